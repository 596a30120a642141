"""What a letter says: titles and links, asked as the person it is for, at the moment it is sent."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.core import signing
from django.core.mail import EmailMultiAlternatives
from django.core.signing import BadSignature
from django.db.models import Count
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone

from congso.kernel.access.services import Actor, current_principals
from congso.kernel.accounts.models import User
from congso.kernel.notify.models import Letter, Notice
from congso.kernel.notify.queries import choices_of, narrowed, notices_for
from congso.kernel.notify.rules import LABELS, Kind, Way
from congso.kernel.notify.services import choose_letters_off, choose_ways
from congso.kernel.records.models import Record
from congso.kernel.records.types import type_of, url_of
from congso.kernel.records.work import Nearness, nearness_of, waiting_for

DIGEST = "digest"
_SALT = "congso.notify.letters"
_LONGEST_BACK = timedelta(days=31)
_LINES = 30  # of one heading; the portal has the rest
_NEAR = (Nearness.OVERDUE, Nearness.TODAY, Nearness.THIS_WEEK)


@dataclass(frozen=True)
class Line:
    """One record as a letter names it."""

    label: str
    title: str
    note: str
    url: str


@dataclass(frozen=True)
class Section:
    """A heading with its lines, how many there are in all, and where to stop letters of this kind."""

    heading: str
    lines: Sequence[Line]
    count: int
    stop_url: str = ""

    @property
    def left(self) -> int:
        """How many lines are only in the portal."""
        return self.count - len(self.lines)


def compose(letter: Letter, *, at: datetime) -> EmailMultiAlternatives | None:
    """The letter as its person may read it now; None when there is nothing (any more) to tell or nobody to write to.

    Runs in a transaction of that person: what she may not see any more is not in it.
    """
    user = User.objects.select_related("person").filter(person_id=letter.person_id, is_active=True).first()
    if user is None or not user.person.email:
        return None
    what, sections = _digest(letter, at=at) if letter.notice_id is None else _single(letter.person_id, letter.notice_id)
    if not sections:
        return None
    stop_url = _stop_url(letter.person_id, what)
    context = {
        "name": user.person.full_name,
        "sections": sections,
        "is_digest": letter.notice_id is None,
        "day": timezone.localdate(at),
        "stop_url": stop_url,
        "home_url": settings.SITE_URL,
        "settings_url": settings.SITE_URL + reverse("web:notice_settings"),
    }
    mail = EmailMultiAlternatives(
        _subject(sections, letter, at),
        render_to_string("notify/letter.txt", context),
        to=[user.person.email],
        headers={
            # The same letter has the same id however often it is made: a receiver can tell a repetition.
            "Message-ID": f"<letter-{letter.pk}@{settings.SITE_URL.rpartition('/')[2].partition(':')[0]}>",
            "List-Unsubscribe": f"<{stop_url}>",
            "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
            "Auto-Submitted": "auto-generated",
        },
    )
    mail.attach_alternative(render_to_string("notify/letter.html", context), "text/html")
    return mail


def read_stop_link(token: str) -> tuple[int, str]:
    """Whose letters of what (`digest` or a kind) the link at a letter's foot stops. Raises BadSignature."""
    person_id, what = signing.loads(token, salt=_SALT)
    if what != DIGEST and what not in list(Kind):
        raise BadSignature
    return int(person_id), str(what)


def stop_letters(what: str, *, by: Actor) -> None:
    """No more digests, or no more letters about this kind: it still stands in the portal."""
    if what == DIGEST:
        choose_letters_off(by=by)
    else:
        choose_ways({Kind(what): Way.PORTAL}, by=by)


def _subject(sections: Sequence[Section], letter: Letter, at: datetime) -> str:
    if letter.notice_id is not None:
        return f"Cổng Số: {sections[0].heading}"
    told = "; ".join(f"{section.heading}: {section.count}" for section in sections)
    return f"Cổng Số {timezone.localdate(at):%d/%m/%Y} – {told}"


def _single(person_id: int, notice_id: int) -> tuple[str, list[Section]]:
    notice = notices_for(person_id).filter(pk=notice_id, read_at__isnull=True).first()
    if notice is None:
        return "", []
    kind = Kind(notice.kind)
    return kind, [Section(LABELS[kind], [_told(notice)], 1, _stop_url(person_id, kind))]


def _digest(letter: Letter, *, at: datetime) -> tuple[str, list[Section]]:
    return DIGEST, _work(at) + _news(letter, at=at)


def _work(at: datetime) -> list[Section]:
    """What waits for the person and is late or due this week."""
    today = timezone.localdate(at)
    sunday = today + timedelta(days=6 - today.weekday())
    near = waiting_for(current_principals()).filter(due_on__lte=sunday)
    records = list(near.select_related("owner")[: _LINES * len(_NEAR)])
    sections = []
    for nearness in _NEAR:
        found = [record for record in records if nearness_of(record.due_on, today) is nearness]
        lines = [_line(record, f"hạn {record.due_on:%d/%m/%Y}") for record in found[:_LINES]]
        if lines:
            sections.append(Section(str(nearness), lines, len(found)))
    return sections


def _news(letter: Letter, *, at: datetime) -> list[Section]:
    """What was told since the last digest that went out and has not been read."""
    sent = Letter.objects.filter(person_id=letter.person_id, notice=None, state=Letter.State.SENT)
    last = sent.order_by("-settled_at").values_list("settled_at", flat=True).first()
    since = max(last or at - _LONGEST_BACK, at - _LONGEST_BACK)
    wanted = [kind for kind, way in choices_of(letter.person_id).items() if way is Way.DIGEST]
    news = narrowed(notices_for(letter.person_id), unread=True).filter(at__gt=since, at__lte=at, kind__in=wanted)
    counts = dict(news.order_by().values_list("kind").annotate(count=Count("pk")))
    sections = []
    for kind in wanted:
        if counts.get(kind):
            lines = [_told(notice) for notice in news.filter(kind=kind)[:_LINES]]
            sections.append(Section(LABELS[kind], lines, counts[kind], _stop_url(letter.person_id, kind)))
    return sections


def _told(notice: Notice) -> Line:
    """A notice without its words, which people wrote: a letter leaves the office."""
    moment = f"{timezone.localtime(notice.at):%d/%m/%Y %H:%M}"
    if notice.record is None:
        url = settings.SITE_URL + reverse("web:notices")
        return Line(LABELS[Kind(notice.kind)], "", moment, url)
    return _line(notice.record, moment)


def _line(record: Record, note: str) -> Line:
    label = " ".join(part for part in (str(type_of(record).label), record.number) if part)
    title = record.title if settings.MAIL_TITLES else ""
    return Line(label, title, note, settings.SITE_URL + url_of(record))


def _stop_url(person_id: int, what: str) -> str:
    token = signing.dumps([person_id, str(what)], salt=_SALT)
    return settings.SITE_URL + reverse("web:stop_letters", args=[token])
