"""Accounts nobody uses are closed: TCVN 14423:2026 (level 3) and QCVN 12:2026/BCA want it at 45 days.

Told before, in the person's bell and to the administrators; reopened by an administrator, from when the days count
anew. One account of those who administer the whole directory always stays open.
"""

from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import connection
from django.db.models import DateTimeField, F, Max, QuerySet, Value
from django.db.models.functions import Coalesce, Greatest
from django.utils import timezone

from congso.kernel.accounts.journaling import note
from congso.kernel.accounts.models import User, Watch
from congso.kernel.accounts.watching import tell

NOTICE_DAYS = 7
_LONG_AGO = datetime(2000, 1, 1, tzinfo=timezone.get_fixed_timezone(0))


def used_accounts() -> QuerySet[Any]:
    """Open accounts with `used_at`: the last sign-in, use of a token, reopening or, before any of them, opening."""
    return User.objects.filter(is_active=True).annotate(
        used_at=Greatest(
            "date_joined",
            _or_long_ago(F("last_login")),
            _or_long_ago(F("watch__reopened_at")),
            _or_long_ago(Max("tokens__last_used_at")),
        )
    )


def tell_idle_accounts(*, at: datetime) -> int:
    """Tell whose account will be closed within a week, once, and the administrators how many; returns how many.

    Runs as the sign-in desk.
    """
    soon = _unused_since(at - timedelta(days=max(1, settings.ACCOUNT_IDLE_DAYS - NOTICE_DAYS)))
    told = [user for user in soon.select_related("watch") if _is_untold(user)]
    for user in told:
        Watch.objects.update_or_create(user=user, defaults={"idle_told_at": at})
        tell(
            user,
            f"Tài khoản của bạn lâu không dùng, sẽ ngừng sau khoảng {NOTICE_DAYS} ngày nếu không đăng nhập.",
            at=at,
        )
    if told:
        names = ", ".join(user.username for user in told[:5])
        words = f"{len(told)} tài khoản sắp ngừng vì {settings.ACCOUNT_IDLE_DAYS} ngày không dùng: {names}"
        for user in User.objects.filter(person_id__in=_administrators(at), is_active=True):
            tell(user, f"{words}{'…' if len(told) > 5 else '.'}", at=at)
    return len(told)


def close_idle_accounts(*, at: datetime) -> list[str]:
    """Close what nobody used for ACCOUNT_IDLE_DAYS; returns the names.

    Nobody is closed who was not told a week ago. Runs as the sign-in desk; safe to repeat.
    """
    warned = at - timedelta(days=min(NOTICE_DAYS, settings.ACCOUNT_IDLE_DAYS - 1))
    unused = _unused_since(at - timedelta(days=settings.ACCOUNT_IDLE_DAYS)).select_related("watch")
    idle = [user for user in unused if not _is_untold(user) and user.watch.idle_told_at <= warned]
    administrators = _administrators(at)
    staying = User.objects.filter(is_active=True, person_id__in=administrators).exclude(pk__in=[u.pk for u in idle])
    if not staying.exists():
        last = max((u for u in idle if u.person_id in administrators), key=lambda u: u.used_at, default=None)
        idle = [user for user in idle if last is None or user.pk != last.pk]
    for user in idle:
        User.objects.filter(pk=user.pk).update(is_active=False)
        Watch.objects.update_or_create(user=user, defaults={"idle_closed_at": at})
        note("account_idle_closed", person_id=None, at=at, username=user.username, days=settings.ACCOUNT_IDLE_DAYS)
    return [user.username for user in idle]


def _unused_since(moment: datetime) -> QuerySet[Any]:
    return used_accounts().filter(used_at__lte=moment).order_by("username")


def _is_untold(user: Any) -> bool:
    watch = getattr(user, "watch", None)
    return watch is None or watch.idle_told_at is None or watch.idle_told_at < user.used_at


def _administrators(at: datetime) -> set[int]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT congso.administrators_of_all(%s)", [timezone.localdate(at)])
        return {person for (person,) in cursor.fetchall()}


def _or_long_ago(when: F | Max) -> Coalesce:
    return Coalesce(when, Value(_LONG_AGO, output_field=DateTimeField()), output_field=DateTimeField())
