"""Each process keeps the law in memory and reads it anew when the revision's token has changed.

The token is asked for every time (one row by key), inside the caller's transaction: a change is seen at
once, a rolled-back change is forgotten with it.
"""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from congso.kernel.regulations.models import CalendarDay, CalendarYear, Parameter, Revision
from congso.lib.workdays import Calendar


@dataclass(frozen=True)
class Version:
    """One version of a value and the period it is in force."""

    valid_from: date
    valid_to: date | None
    value: Any


@dataclass(frozen=True)
class Snapshot:
    """The whole law as of one token."""

    token: UUID
    versions: dict[str, tuple[Version, ...]]
    calendar: Calendar


_kept: list[Snapshot] = []


def snapshot() -> Snapshot:
    """The law as this transaction sees it."""
    token = Revision.objects.values_list("token", flat=True).get(id=1)
    if not _kept or _kept[0].token != token:
        _kept[:] = [Snapshot(token, _versions(), _calendar())]
    return _kept[0]


def _versions() -> dict[str, tuple[Version, ...]]:
    found: dict[str, tuple[Version, ...]] = {}
    rows = Parameter.objects.order_by("key", "valid_from")
    for key, *facts in rows.values_list("key", "valid_from", "valid_to", "value"):
        found[key] = (*found.get(key, ()), Version(*facts))
    return found


def _calendar() -> Calendar:
    days: dict[str, set[date]] = {kind: set() for kind in CalendarDay.Kind.values}
    for day, kind in CalendarDay.objects.values_list("day", "kind"):
        days[kind].add(day)
    return Calendar(
        days_off=frozenset(days["off"]),
        working_rest_days=frozenset(days["working"]),
        confirmed_years=frozenset(year.year for year in CalendarYear.objects.all() if year.is_confirmed),
    )
