"""Sending letters: each once, whatever is killed when.

A letter is claimed in its own transaction just before it is handed to the mail server and settled just after. Killed
before: it is still queued. Killed in between, the only moment in which nobody can know: it is never sent again, and
what it told comes with the next digest, which begins where the last one that surely went out ended.
"""

import logging
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from smtplib import SMTPException, SMTPRecipientsRefused, SMTPResponseException, SMTPServerDisconnected
from typing import Any

from django.conf import settings
from django.core.mail import get_connection
from django.core.mail.message import BadHeaderError, EmailMultiAlternatives
from django.utils import timezone

from congso.kernel.access.principals import System
from congso.kernel.access.services import Actor, acting_as
from congso.kernel.notify.letters import compose
from congso.kernel.notify.models import Letter, MailSettings, Notice
from congso.kernel.notify.queries import mail_settings_of
from congso.kernel.notify.rules import Frequency, Kind, digest_day, is_held
from congso.kernel.regulations.queries import calendar

MAILER = Actor.system(System.MAILER)
AT_ONCE = 500  # letters a run: the next begins a minute later
ATTEMPTS = 5
AGAIN_AFTER = timedelta(minutes=10)

_log = logging.getLogger(__name__)


def queue_digests(*, at: datetime) -> int:
    """Queue the digest of everybody whose hour has come on a working day; returns how many. Safe to repeat."""
    now = timezone.localtime(at)
    with acting_as(MAILER):
        days = calendar()
        due: dict[date, list[int]] = {}
        for frequency in (Frequency.DAILY, Frequency.WEEKLY):
            day = digest_day(frequency, now.hour, now, days)
            if day is not None:
                due.setdefault(day, []).extend(_whose_hour_has_come(frequency, now.hour, day))
        letters = [
            Letter(person_id=person, key=f"digest:{day.isoformat()}", due_at=at)
            for day, people in due.items()
            for person in people
        ]
        Letter.objects.bulk_create(letters, batch_size=1000, ignore_conflicts=True)
    return len(letters)


def send_letters(*, at: datetime) -> int:
    """Send what is due, as each letter's person sees it now; returns how many went out. One run at a time."""
    with acting_as(MAILER):
        _give_up_unknown(at)
        due = list(Letter.objects.filter(state=Letter.State.QUEUED, due_at__lte=at).order_by("due_at", "id")[:AT_ONCE])
    if not due:
        return 0
    connection = get_connection()
    connection.open()  # a server that is away is found out before any letter is claimed
    try:
        return sum(_send(letter, connection, at=at) for letter in due)
    finally:
        connection.close()


def _whose_hour_has_come(frequency: Frequency, hour: int, day: date) -> Iterable[int]:
    written = Letter.objects.filter(key=f"digest:{day.isoformat()}").values("person_id")
    wanting = MailSettings.objects.filter(frequency=frequency, hour__lte=hour).exclude(person_id__in=written)
    return wanting.values_list("person_id", flat=True)


def _send(letter: Letter, connection: Any, *, at: datetime) -> int:
    with acting_as(Actor.person(letter.person_id)):
        wait_until = _held_until(letter, at)
        mail = None if wait_until else compose(letter, at=at)
    if wait_until:
        _settle(letter, Letter.State.QUEUED, at, due_at=wait_until)
        return 0
    if mail is None:
        _settle(letter, Letter.State.DROPPED, at)
        return 0
    with acting_as(MAILER):
        claimed = Letter.objects.filter(pk=letter.pk, state=Letter.State.QUEUED).update(
            state=Letter.State.HANDING, attempts=letter.attempts + 1
        )
    return _hand_over(letter, mail, connection, at=at) if claimed else 0


def _hand_over(letter: Letter, mail: EmailMultiAlternatives, connection: Any, *, at: datetime) -> int:
    try:
        connection.send_messages([mail])
    except (SMTPRecipientsRefused, SMTPResponseException, BadHeaderError) as refusal:
        _refused(letter, refusal, at)
        return 0
    except (SMTPServerDisconnected, SMTPException, OSError) as lost:
        _settle(letter, Letter.State.UNKNOWN, at, error=str(lost))
        raise
    _settle(letter, Letter.State.SENT, at)
    return 1


def _refused(letter: Letter, refusal: Exception, at: datetime) -> None:
    """The server said no: try again later when it says “not now”, else leave it."""
    codes = [refusal.smtp_code] if isinstance(refusal, SMTPResponseException) else []
    if isinstance(refusal, SMTPRecipientsRefused):
        codes = [code for code, _words in refusal.recipients.values()]
    is_for_now = bool(codes) and all(400 <= code < 500 for code in codes) and letter.attempts + 1 < ATTEMPTS
    words = f"{type(refusal).__name__} {codes}"
    _log.warning("letter %s refused: %s", letter.pk, words)
    if is_for_now:
        later = at + AGAIN_AFTER * (letter.attempts + 1)
        _settle(letter, Letter.State.QUEUED, at, due_at=later, error=words)
    else:
        _settle(letter, Letter.State.FAILED, at, error=words)


def _held_until(letter: Letter, at: datetime) -> datetime | None:
    """The end of the person's quiet hours when a letter at once has to wait for it. Asked as the person."""
    if letter.notice_id is None:
        return None
    kind = Notice.objects.filter(pk=letter.notice_id).values_list("kind", flat=True).first()
    quiet, now = mail_settings_of(letter.person_id).quiet, timezone.localtime(at)
    if kind is None or not is_held(Kind(kind), quiet, now.time()):
        return None
    end = now.replace(hour=quiet.ends.hour, minute=quiet.ends.minute, second=0, microsecond=0)
    return end if end > now else end + timedelta(days=1)


def _settle(letter: Letter, state: Letter.State, at: datetime, **more: Any) -> None:
    settled_at = None if state is Letter.State.QUEUED else at
    more["error"] = str(more.get("error", ""))[:300]
    with acting_as(MAILER):
        Letter.objects.filter(pk=letter.pk).update(state=state, settled_at=settled_at, **more)


def _give_up_unknown(at: datetime) -> None:
    """Letters somebody was killed over."""
    left = Letter.objects.filter(state=Letter.State.HANDING).update(state=Letter.State.UNKNOWN, settled_at=at)
    if left:
        _log.warning("%s letters may or may not have been sent; they are not sent again", left)


def is_mail_on() -> bool:
    """Whether the operator named a mail server."""
    return bool(settings.EMAIL_HOST)
