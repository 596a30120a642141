"""What the law says on a day, and what of it nobody has verified."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Prefetch, Q, QuerySet

from congso.kernel.regulations.internal.snapshot import snapshot
from congso.kernel.regulations.models import CalendarDay, CalendarYear, Parameter, Trust
from congso.lib.periods import is_valid_on
from congso.lib.workdays import Calendar


class NotInForce(LookupError):
    """No version of the parameter is in force on the day."""


@dataclass(frozen=True)
class Unverified:
    """One thing an administrator should compare with the text of the law."""

    subject: str
    value: str
    source: str
    trust: str
    note: str


def value(key: str, *, on: date) -> Any:
    """The value in force on the day. Ask once an act, not once a row: each call costs one small query.

    Raises NotInForce: a rule without its number must fail, not guess.
    """
    for version in snapshot().versions.get(key, ()):
        if is_valid_on(on, version.valid_from, version.valid_to):
            return version.value
    raise NotInForce(f"{key} on {on.isoformat()}")


def calendar() -> Calendar:
    """Days off, worked Saturdays and confirmed years, for `congso.lib.workdays`. Ask once an act."""
    return snapshot().calendar


def parameters_on(day: date) -> QuerySet[Parameter]:
    """The versions in force on the day or later, by key, for the administrators' screen."""
    live = Q(valid_to__isnull=True) | Q(valid_to__gt=day)
    return Parameter.objects.filter(live).select_related("confirmed_by").order_by("key", "valid_from")


def versions_of(key: str) -> QuerySet[Parameter]:
    """All versions of one parameter, newest first."""
    return Parameter.objects.filter(key=key).select_related("confirmed_by").order_by("-valid_from")


def calendar_years() -> QuerySet[CalendarYear]:
    """All years with their days (`year.days.all()`), newest first."""
    days = Prefetch("days", CalendarDay.objects.order_by("day"))
    return CalendarYear.objects.select_related("confirmed_by").prefetch_related(days).order_by("-year")


def unverified(day: date) -> list[Unverified]:
    """What is in force on the day or later, was not read in the law's text, and nobody has confirmed."""
    return [*_unverified_parameters(day), *_unverified_days(day)]


def _unverified_parameters(day: date) -> list[Unverified]:
    rows = parameters_on(day).filter(confirmed_at__isnull=True).exclude(trust=Trust.VERIFIED)
    return [
        Unverified(
            f"{row.name} [{row.key}]", f"{row.value} {row.unit}".strip(),
            f"{row.source}, {row.clause}".rstrip(", "), row.trust, row.note,
        )
        for row in rows
    ]  # fmt: skip


def _unverified_days(day: date) -> list[Unverified]:
    found = []
    for year in calendar_years().filter(year__gte=day.year, confirmed_at__isnull=True).reverse():
        if year.trust != Trust.VERIFIED:
            found.append(Unverified(f"Lịch nghỉ năm {year}", "tạm tính", year.notice, year.trust, year.note))
        found.extend(
            Unverified(str(row), row.get_kind_display(), row.notice, row.trust, "")
            for row in year.days.all()
            if row.trust != Trust.VERIFIED and year.trust == Trust.VERIFIED
        )
    return found


def days_named(first: date, last: date) -> dict[date, str]:
    """What the days off and worked rest days in a stretch are called (“Quốc khánh”). One query."""
    found = CalendarDay.objects.filter(day__range=(first, last)).exclude(kind="ordinary").order_by("day")
    return {one.day: one.name for one in found}
