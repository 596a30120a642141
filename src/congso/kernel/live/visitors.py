"""Who opens a stream, asked of the database once at its beginning; whose sessions are over, asked for all together.

Runs in a thread of its own, with a connection of the pool for the moment of asking only.
"""

from collections.abc import Collection
from dataclasses import dataclass

from django.conf import settings
from django.contrib.auth import get_user
from django.contrib.sessions.models import Session
from django.db import connection, transaction
from django.http import HttpRequest
from django.http.cookie import parse_cookie
from django.utils import timezone

from congso.kernel.access.services import Actor, enter
from congso.kernel.accounts.factors import has_second_factor, must_have_second_factor
from congso.kernel.accounts.models import User
from congso.kernel.accounts.session_store import SessionStore, stored_key
from congso.kernel.accounts.sessions import is_left_alone
from congso.kernel.notify.models import Notice
from congso.kernel.notify.queries import unread_count


@dataclass(frozen=True)
class Visitor:
    """A person who may listen, and where her bell stands."""

    person: int
    principals: frozenset[int]
    session: str
    unread: int
    latest: int


def visitor_of(cookies: str) -> Visitor | None:
    """Who sends these cookies; None for nobody, a session left alone, and who must set up a second factor first."""
    key = parse_cookie(cookies).get(settings.SESSION_COOKIE_NAME, "")
    if not key:
        return None
    request = HttpRequest()
    request.session = SessionStore(key)
    try:
        with transaction.atomic():
            user = get_user(request)
            if not isinstance(user, User):
                return None
            held = enter(Actor.person(user.person_id))
            is_pending = must_have_second_factor(held) and not has_second_factor(user)
            if is_pending or is_left_alone(request, held, at=timezone.now()):
                return None
            latest = Notice.objects.filter(person_id=user.person_id).order_by("-id").values_list("id", flat=True)
            return Visitor(user.person_id, held, stored_key(key), unread_count(user.person_id), latest.first() or 0)
    finally:
        connection.close()  # back to the pool: a stream keeps none


def sessions_over(keys: Collection[str]) -> set[str]:
    """Of these sessions, which have ended: signed out, revoked, expired or gone on under another key."""
    try:
        alive = Session.objects.filter(session_key__in=keys, expire_date__gt=timezone.now())
        return set(keys) - set(alive.values_list("session_key", flat=True))
    finally:
        connection.close()
