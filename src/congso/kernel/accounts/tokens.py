"""Personal API tokens: made by a signed-in person for her own software, shown once, kept as a hash.

A token can do less than its person, never more: only the systems named, only reading unless it may act, and
only until its end. What it does is done in her name.
"""

import base64
import hashlib
import secrets
from collections.abc import Iterable
from datetime import datetime, timedelta
from importlib.util import find_spec

from allauth.account.adapter import get_adapter
from django.apps import apps
from django.db import transaction
from django.http import HttpRequest
from django.utils import timezone

from congso.kernel.access.services import enter
from congso.kernel.accounts.counters import count_one_more
from congso.kernel.accounts.journaling import DESK, note
from congso.kernel.accounts.models import ApiToken, User

MARK = "congso_"  # secret scanners find a token that was put into code
LONGEST = timedelta(days=366)
USES_A_MINUTE = 300
FAILURES_A_MINUTE = 20
_WRITTEN_EVERY = timedelta(minutes=1)
_READING = frozenset({"GET", "HEAD", "OPTIONS", "PROPFIND", "REPORT"})  # the last two: how calendars ask (CalDAV)
_WORDS = {
    "documents": "Văn bản",
    "outgoing": "Văn bản đi",
    "directives": "Nhiệm vụ",
    "search": "Tìm kiếm",
    "notify": "Thông báo",
    "signing": "Ký số",
    "personal_data": "Dữ liệu cá nhân",
    "packets": "Trao đổi qua trục",
    "library": "Thư viện",
    "schedule": "Lịch công tác",
}


class TokenRefused(Exception):
    """A token that opens nothing here; the message says why, in Vietnamese."""

    def __init__(self, message: str, *, code: str, status: int) -> None:
        super().__init__(message)
        self.code, self.status = code, status


def systems_with_api() -> dict[str, str]:
    """The systems other software can ask, by label, with their words."""
    configs = [config for config in apps.get_app_configs() if config.name.startswith("congso.")]
    labels = [config.label for config in configs if config.label != "api" and find_spec(f"{config.name}.api")]
    return {label: _WORDS.get(label, label) for label in sorted(labels)}


@transaction.atomic
def issue_token(
    user: User, *, name: str, systems: Iterable[str], may_act: bool, expires_at: datetime, at: datetime
) -> tuple[ApiToken, str]:
    """A new token and its secret, which nobody can read again. Raises ValueError for an end too far away."""
    if not at < expires_at <= at + LONGEST:
        raise ValueError("a token lives at most a year")
    secret = MARK + secrets.token_urlsafe(32)
    token = ApiToken.objects.create(
        user=user,
        name=name,
        hash=_hash(secret),
        start=secret[:12],
        systems=sorted(systems),
        may_act=may_act,
        created_at=at,
        expires_at=expires_at,
    )
    told = {"token": token.name, "systems": token.systems, "may_act": may_act, "until": expires_at.isoformat()}
    note("token_issued", person_id=user.person_id, at=at, **told)
    return token, secret


@transaction.atomic
def revoke_token(token: ApiToken, *, at: datetime) -> None:
    """The token opens nothing from its next request on."""
    if ApiToken.objects.filter(pk=token.pk, revoked_at__isnull=True).update(revoked_at=at):
        note("token_revoked", person_id=token.user.person_id, at=at, token=token.name)


def bearer_token(request: HttpRequest) -> ApiToken | None:
    """The token in the request's header, or None without one; counted and noted in a transaction of its own.

    Calendars know no bearers: they send it as the password of a basic header, whatever the name beside it.
    Raises TokenRefused for one that is wrong, over, revoked, used too fast, or of a closed account.
    """
    secret = _secret_in(request.headers.get("Authorization", ""))
    if secret is None:
        return None
    now, address = timezone.now(), get_adapter().get_client_ip(request)
    with transaction.atomic():
        enter(DESK)
        live = ApiToken.objects.filter(hash=_hash(secret.strip()), revoked_at__isnull=True, expires_at__gt=now)
        token = live.filter(user__is_active=True).select_related("user").first()
        counted, most = (f"token:{token.pk}", USES_A_MINUTE) if token else (f"wrong:{address}", FAILURES_A_MINUTE)
        is_too_fast = count_one_more(counted, within=timedelta(minutes=1)) > most
        if token and (token.last_used_at is None or now - token.last_used_at >= _WRITTEN_EVERY):
            ApiToken.objects.filter(pk=token.pk).update(last_used_at=now, last_address=address)
    if is_too_fast:
        raise TokenRefused("Gọi quá nhanh. Hãy đợi một phút.", code="too_many_requests", status=429)
    if token is None:
        raise TokenRefused("Mã truy cập sai, đã hết hạn hoặc đã thu hồi.", code="bad_token", status=401)
    return token


def _secret_in(header: str) -> str | None:
    scheme, _space, told = header.partition(" ")
    if scheme.lower() == "bearer":
        return told
    if scheme.lower() != "basic":
        return None
    try:
        _name, _colon, secret = base64.b64decode(told.strip(), validate=True).decode().partition(":")
    except ValueError:
        return ""  # no token is called so: refused like a wrong one
    return secret


def check_reach(token: ApiToken, *, path: str, method: str) -> None:
    """Raises TokenRefused where the token's person may go but the token may not."""
    system = path.removeprefix("/api/v1/").partition("/")[0]
    if system not in token.systems:
        raise TokenRefused("Mã truy cập không dùng được cho hệ thống này.", code="out_of_reach", status=403)
    if method not in _READING and not token.may_act:
        raise TokenRefused("Mã truy cập này chỉ được đọc.", code="only_reading", status=403)


def _hash(secret: str) -> str:
    # 256 random bits: nothing to guess, so no slow hash is needed.
    return hashlib.sha256(secret.encode()).hexdigest()
