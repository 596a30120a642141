"""Waking devices: each that has news it was not told of, once for all of it, as soon as its person's hours allow.

A push may be lost or come twice; nothing depends on it. What is new stands in the portal.
"""

import logging
from dataclasses import dataclass
from datetime import datetime, timedelta
from http import HTTPStatus
from typing import Any

import requests
from django.conf import settings
from django.utils import timezone

from congso.kernel.access.services import Actor, acting_as
from congso.kernel.accounts.models import User
from congso.kernel.notify.mailing import MAILER
from congso.kernel.notify.models import Notice, PushDevice, PushNews
from congso.kernel.notify.push_address import AddressRefused, check_address, check_endpoint
from congso.kernel.notify.push_message import WORDS, BrowserKeys, authorization, encrypted, portal_key
from congso.kernel.notify.queries import mail_settings_of

AT_ONCE = 1000  # pieces of news a run: the next begins a minute later
AGAIN_AFTER = timedelta(minutes=5)
FAILURES = 8  # in a row, over about eight hours; then the device is forgotten until its person asks again
STALE = timedelta(days=2)  # after which nobody is woken for it; also what is left of devices that went
LIVES = 24 * 3600  # seconds for which the carrier keeps a message for a device that is away
SECONDS = 10
_GONE = {HTTPStatus.NOT_FOUND, HTTPStatus.GONE}

_log = logging.getLogger(__name__)


class PushSession(requests.Session):
    """Asks only what the operator named, and only where all its addresses are public; follows nothing."""

    def send(self, request: requests.PreparedRequest, **more: Any) -> requests.Response:
        """The answer. Raises AddressRefused before anything is sent."""
        check_endpoint(request.url or "")
        check_address(request.url or "")
        more |= {"timeout": SECONDS, "allow_redirects": False, "stream": True}
        return super().send(request, **more)


@dataclass(frozen=True)
class Due:
    """What one device is to be woken for."""

    device: PushDevice
    news: list[PushNews]

    @property
    def is_pressing(self) -> bool:
        """Whether quiet hours do not hold it."""
        return any(one.is_pressing for one in self.news)

    @property
    def since(self) -> datetime:
        """When the first of it came."""
        return min(one.at for one in self.news)


@dataclass(frozen=True)
class Answer:
    """What a carrier said: nothing when it took the message; whether there is no such device any more."""

    words: str = ""
    is_gone: bool = False


def send_pushes(*, at: datetime) -> int:
    """Wake the devices that are due; returns how many carriers took the message. One run at a time."""
    found: dict[int, Due] = {}
    with acting_as(MAILER):
        PushNews.objects.filter(at__lt=at - STALE).delete()
        for one in PushNews.objects.filter(due_at__lte=at).select_related("device").order_by("due_at", "id")[:AT_ONCE]:
            found.setdefault(one.device_id, Due(one.device, [])).news.append(one)
    if not found:
        return 0
    with PushSession() as session:
        session.trust_env = False
        return sum(_wake(due, session, at=at) for due in found.values())


def _wake(due: Due, session: PushSession, *, at: datetime) -> int:
    device = due.device
    with acting_as(Actor.person(device.person_id)):
        wait_until = _held_until(due, at)
        is_news = wait_until is not None or _is_news(due)
    if wait_until is not None:
        _later(due, wait_until)
        return 0
    if not is_news:
        _done(due)
        return 0
    answer = _handed(due, session, at=at)
    if answer.is_gone:
        _remove(device, answer.words)
    elif answer.words:
        _failed(due, answer.words, at=at)
    else:
        _done(due, told_at=at, failures=0, error="")
    return int(not answer.words)


def _handed(due: Due, session: PushSession, *, at: datetime) -> Answer:
    device = due.device
    body = encrypted(WORDS.encode(), BrowserKeys.read(device.p256dh, device.auth))
    signed = authorization(device.endpoint, portal_key(settings.PUSH_KEY), contact=settings.SITE_URL, at=at)
    headers = {
        "Authorization": signed,
        "Content-Encoding": "aes128gcm",
        "Content-Type": "application/octet-stream",
        "TTL": str(LIVES),
        "Urgency": "high" if due.is_pressing else "normal",
        "Topic": "news",  # a message not delivered yet is replaced by the next
    }
    try:
        answer = session.post(device.endpoint, data=body, headers=headers)
    except AddressRefused as refused:  # the operator names it no more, or its name leads inside
        return Answer(str(refused), is_gone=True)
    except requests.RequestException as lost:
        return Answer(type(lost).__name__)
    answer.close()
    words = "" if 200 <= answer.status_code < 300 else f"HTTP {answer.status_code}"
    return Answer(words, is_gone=answer.status_code in _GONE)


def _is_news(due: Due) -> bool:
    """Whether the person may still sign in and has not read what came. Asked as the person."""
    person_id = due.device.person_id
    if not User.objects.filter(person_id=person_id, is_active=True).exists():
        return False
    return Notice.objects.filter(person_id=person_id, read_at__isnull=True, at__gte=due.since).exists()


def _held_until(due: Due, at: datetime) -> datetime | None:
    """The end of the person's quiet hours, unless it is urgent. Asked as the person."""
    quiet, now = mail_settings_of(due.device.person_id).quiet, timezone.localtime(at)
    if due.is_pressing or not quiet.contain(now.time()):
        return None
    end = now.replace(hour=quiet.ends.hour, minute=quiet.ends.minute, second=0, microsecond=0)
    return end if end > now else end + timedelta(days=1)


def _done(due: Due, **values: Any) -> None:
    with acting_as(MAILER):
        PushNews.objects.filter(pk__in=[one.pk for one in due.news]).delete()
        if values:
            PushDevice.objects.filter(pk=due.device.pk).update(**values)


def _later(due: Due, due_at: datetime) -> None:
    with acting_as(MAILER):
        PushNews.objects.filter(pk__in=[one.pk for one in due.news]).update(due_at=due_at)


def _failed(due: Due, words: str, *, at: datetime) -> None:
    failures = due.device.failures + 1
    _log.warning("push device %s: %s", due.device.pk, words)
    if failures >= FAILURES:
        _remove(due.device, words)
        return
    with acting_as(MAILER):
        PushDevice.objects.filter(pk=due.device.pk).update(failures=failures, error=words[:200])
    _later(due, at + AGAIN_AFTER * 2 ** min(failures - 1, 5))


def _remove(device: PushDevice, words: str) -> None:
    _log.info("push device %s removed: %s", device.pk, words)
    with acting_as(MAILER):
        PushDevice.objects.filter(pk=device.pk).delete()
