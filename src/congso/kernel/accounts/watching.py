"""Telling a person what happened at her door: failures since she was last here, another machine, a slowed account.

All of it is written by the sign-in desk; the notice stands in her bell whatever page she opens first.
"""

import hashlib
import re
import secrets
from dataclasses import dataclass
from datetime import datetime

from django.db import connection
from django.db.models import F
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from congso.kernel.access.services import acting_as
from congso.kernel.accounts.journaling import DESK
from congso.kernel.accounts.models import Machine, User, Watch
from congso.kernel.accounts.sessions import device_of

MACHINE_COOKIE = "machine"
_YEAR = 365 * 24 * 3600
_SECRET = re.compile(r"[A-Za-z0-9_-]{43}")
TOLD_AT = (5, 10, 20)
"""At so many failures the door slows down (ACCOUNT_RATE_LIMITS), and the person is told."""


@dataclass(frozen=True)
class Before:
    """When and where the person was last here, and how many failures there were since."""

    signed_in_at: datetime | None
    device: str
    failures: int


def note_failure(username: str, *, at: datetime) -> None:
    """A wrong password or second step for an account that exists."""
    with acting_as(DESK):
        user = User.objects.filter(username=username, is_active=True).first()
        if user is None:
            return
        Watch.objects.get_or_create(user=user)
        Watch.objects.filter(user=user).update(failed_since=F("failed_since") + 1, last_failed_at=at)
        count = Watch.objects.values_list("failed_since", flat=True).get(user=user)
        if count in TOLD_AT:
            words = (
                f"Đã có {count} lần đăng nhập sai vào tài khoản của bạn, lần cuối lúc {_moment(at)}; tài khoản tạm bị"
                " làm chậm. Nếu không phải bạn, hãy đổi mật khẩu và báo quản trị."
            )
            tell(user, words, at=at)


def note_sign_in(request: HttpRequest, response: HttpResponse, user: User, *, at: datetime) -> Before:
    """The person is in: what was before her, and a notice when her account was never opened in this browser."""
    device = device_of(request.headers.get("User-Agent", ""))
    secret = request.COOKIES.get(MACHINE_COOKIE, "")
    if not _SECRET.fullmatch(secret):
        secret = secrets.token_urlsafe(32)
    with acting_as(DESK):
        watch, _made = Watch.objects.get_or_create(user=user)
        before = Before(watch.last_sign_in_at, watch.last_device, watch.failed_since)
        Watch.objects.filter(pk=watch.pk).update(last_sign_in_at=at, last_device=device, failed_since=0)
        _note_machine(user, secret, device, at)
    response.set_cookie(
        MACHINE_COOKIE, secret, max_age=_YEAR, httponly=True, samesite="Lax", secure=request.is_secure()
    )
    return before


def tell(user: User, words: str, *, at: datetime) -> None:
    """Put the words into the person's bell. Called as the sign-in desk."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT congso.tell_account(%s, %s, %s)", [user.person_id, words, at])


def _note_machine(user: User, secret: str, device: str, at: datetime) -> None:
    known = Machine.objects.filter(user=user)
    key = hashlib.sha256(secret.encode()).hexdigest()
    if known.filter(hash=key).update(last_seen_at=at, device=device):
        return
    if known.exists():
        words = f"Tài khoản của bạn vừa đăng nhập từ một máy chưa từng dùng: {device}, lúc {_moment(at)}."
        tell(user, f"{words} Nếu không phải bạn, hãy kết thúc phiên đó và đổi mật khẩu.", at=at)
    Machine.objects.create(user=user, hash=key, device=device, first_seen_at=at, last_seen_at=at)


def _moment(at: datetime) -> str:
    return f"{timezone.localtime(at):%H:%M ngày %d/%m/%Y}"
