"""A session from sign-in to its end: left alone it ends, and its key changes when its person's powers do."""

import hashlib
import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.sessions.models import Session
from django.http import HttpRequest
from django.utils import timezone

from congso.kernel.access.principals import Role, role
from congso.kernel.accounts.models import User
from congso.kernel.accounts.session_store import stored_key

_SEEN, _HELD = "seen", "held"
_WRITTEN_EVERY = timedelta(minutes=1)
ASKED_BY_ITSELF = "X-Idle"  # what a page fetches with nobody at it (the bell) is not work


@dataclass(frozen=True)
class OpenSession:
    """A place where the person is signed in, in her words."""

    id: int
    device: str
    address: str
    since: datetime
    last_seen: datetime
    assurance: str
    is_current: bool


def begin_session(request: HttpRequest) -> None:
    """Somebody has just signed in."""
    request.session[_SEEN] = timezone.now().timestamp()
    request.session.pop(_HELD, None)


def keep_level(request: HttpRequest, level: str) -> None:
    """The level of assurance an identity provider vouched for stays with the session."""
    UserSession.objects.filter(session_key=request.session.session_key).update(data={"assurance": level})


def idle_seconds(principals: Collection[int]) -> float:
    """For how long somebody with these principals may leave a session alone."""
    minutes: float = settings.SESSION_IDLE_MINUTES
    if role(Role.ADMINISTRATOR) in principals:
        minutes = min(minutes, settings.SESSION_IDLE_MINUTES_ADMINISTRATORS)
    return minutes * 60


def seconds_left(request: HttpRequest, principals: Collection[int], *, at: datetime) -> float:
    """For how long the session goes on when nobody works in it."""
    seen: float = request.session.get(_SEEN, at.timestamp())
    return seen + idle_seconds(principals) - at.timestamp()


def is_left_alone(request: HttpRequest, principals: Collection[int], *, at: datetime) -> bool:
    """Whether nobody has worked in this session for longer than the office allows (TCVN 14423, level 3)."""
    return seconds_left(request, principals, at=at) < 0


def keep_session(request: HttpRequest, principals: Iterable[int], *, at: datetime) -> bool:
    """Note that the person works, at most once a minute; a new key when what she may do has changed.

    Returns whether the key was changed.
    """
    held = hashlib.sha256(repr(sorted(principals)).encode()).hexdigest()[:16]
    known = request.session.get(_HELD)
    changed = known is not None and known != held
    if known != held:
        request.session[_HELD] = held
    if changed:
        _change_key(request)
    seen = request.session.get(_SEEN, 0.0)
    if ASKED_BY_ITSELF not in request.headers and at.timestamp() - seen >= _WRITTEN_EVERY.total_seconds():
        request.session[_SEEN] = at.timestamp()
        UserSession.objects.filter(session_key=request.session.session_key).update(last_seen_at=at)
    return changed


def sessions_of(user: User, *, current: str | None) -> list[OpenSession]:
    """Where the person is signed in now, the one asking first, then the latest used."""
    found = [
        OpenSession(
            id=one.pk,
            device=device_of(one.user_agent),
            address=one.ip,
            since=one.created_at,
            last_seen=one.last_seen_at,
            assurance=one.data.get("assurance", ""),
            is_current=one.session_key == current,
        )
        for one in UserSession.objects.purge_and_list(user)
    ]
    return sorted(found, key=lambda one: (not one.is_current, -one.last_seen.timestamp()))


def end_sessions(user: User, *, only: int | None = None, keep: str | None = None) -> int:
    """Sign the person out elsewhere: of one session, or of all but the one kept. Returns of how many."""
    chosen = UserSession.objects.filter(user=user).exclude(session_key=keep or "")
    if only is not None:
        chosen = chosen.filter(pk=only)
    ended = 0
    for session in chosen:
        session.end()
        ended += 1
    return ended


def forget_old_sessions() -> int:
    """Remove from the list what no longer is a session; returns how many. Runs as the sign-in desk."""
    keys = set(Session.objects.values_list("session_key", flat=True))
    listed = UserSession.objects.values_list("pk", "session_key")
    over = [pk for pk, key in listed if stored_key(key) not in keys]
    return int(UserSession.objects.filter(pk__in=over).delete()[0])


_SYSTEMS = (
    ("Android", "Android"), ("iPhone|iPad", "iOS"), ("Windows", "Windows"), ("Mac OS X", "macOS"), ("Linux", "Linux"),
)  # fmt: skip
_BROWSERS = (
    (r"Edg/", "Edge"), ("CocCoc|coc_coc", "Cốc Cốc"), ("Firefox/", "Firefox"), ("Chrome/", "Chrome"),
    ("Safari/", "Safari"),
)  # fmt: skip


def device_of(user_agent: str) -> str:
    """“Chrome, Windows”: what a person recognises of what a browser says of itself."""
    parts = [
        next((name for pattern, name in table if re.search(pattern, user_agent)), "")
        for table in (_BROWSERS, _SYSTEMS)
    ]  # fmt: skip
    return ", ".join(part for part in parts if part) or "Thiết bị không rõ"


def _change_key(request: HttpRequest) -> None:
    before = request.session.session_key
    request.session.cycle_key()
    UserSession.objects.filter(session_key=before).update(session_key=request.session.session_key)
