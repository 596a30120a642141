"""What comes back on a calendar: each day, week, month or year, and what becomes of days off."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum

from congso.lib.workdays import Calendar, add_months, next_working_day

MOST = 120


class Rhythm(StrEnum):
    DAILY = "daily"
    WEEKLY = "weekly"
    MONTHLY_DATE = "monthly_date"  # the 5th of each month; a shorter month: its last day
    MONTHLY_WEEKDAY = "monthly_weekday"  # the second Tuesday of each month; the fifth: the last
    YEARLY = "yearly"


class OnDayOff(StrEnum):
    SKIP = "skip"
    NEXT = "next"  # to the next working day
    KEEP = "keep"


@dataclass(frozen=True)
class Rule:
    """How something comes back from its first day on: every `every` days, weeks …, at the latest on `until`.

    `weekdays` (0: Monday) are those of a weekly rule; without them the first day's.
    """

    rhythm: Rhythm
    until: date
    every: int = 1
    weekdays: frozenset[int] = field(default_factory=frozenset)
    on_day_off: OnDayOff = OnDayOff.SKIP

    def __post_init__(self) -> None:
        if not 1 <= self.every <= 99:
            raise ValueError("every 1 to 99")


def repeated(rule: Rule, first: date, calendar: Calendar) -> list[date]:
    """The days from the first on, each once, in order, at most `MOST`; days off as the rule says."""
    found: list[date] = []
    for plain in _days(rule, first):
        if plain > rule.until or len(found) >= MOST:
            break
        is_kept = rule.on_day_off is OnDayOff.KEEP or calendar.is_working_day(plain)
        if not is_kept and rule.on_day_off is OnDayOff.SKIP:
            continue
        day = plain if is_kept else next_working_day(plain, calendar)
        if day not in found:
            found.append(day)
    return sorted(found)


def _days(rule: Rule, first: date) -> Iterator[date]:
    """The plain days, without end."""
    step = 0
    while True:
        yield from _of_step(rule, first, step)
        step += rule.every


def _of_step(rule: Rule, first: date, step: int) -> Iterator[date]:
    match rule.rhythm:
        case Rhythm.DAILY:
            yield first + timedelta(days=step)
        case Rhythm.WEEKLY:
            monday = first - timedelta(days=first.weekday()) + timedelta(weeks=step)
            days = (monday + timedelta(days=one) for one in sorted(rule.weekdays or {first.weekday()}))
            yield from (day for day in days if day >= first)
        case Rhythm.MONTHLY_DATE:
            yield add_months(first, step)
        case Rhythm.MONTHLY_WEEKDAY:
            yield _nth_weekday(add_months(first.replace(day=1), step), first.weekday(), (first.day - 1) // 7)
        case Rhythm.YEARLY:
            yield add_months(first, 12 * step)


def _nth_weekday(month: date, weekday: int, nth: int) -> date:
    day = month + timedelta(days=(weekday - month.weekday()) % 7 + 7 * nth)
    return day if day.month == month.month else day - timedelta(days=7)
