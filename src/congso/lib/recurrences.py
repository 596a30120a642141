"""Periods that come back: each month, quarter, half-year, year, with the names offices print."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from congso.lib.workdays import add_months


class Recurrence(StrEnum):
    MONTHLY = "monthly"
    QUARTERLY = "quarterly"
    HALF_YEARLY = "half_yearly"
    YEARLY = "yearly"


_MONTHS = {Recurrence.MONTHLY: 1, Recurrence.QUARTERLY: 3, Recurrence.HALF_YEARLY: 6, Recurrence.YEARLY: 12}


@dataclass(frozen=True)
class Occurrence:
    """One month, quarter, half-year or year, both days inside."""

    label: str
    first_day: date
    last_day: date

    def day_of_last_month(self, day: int) -> date:
        """The given date of the period's last month, or that month's last day (a report due on the 31st)."""
        return self.last_day.replace(day=min(day, self.last_day.day))


def occurrences(recurrence: Recurrence, start: date, end: date) -> Iterator[Occurrence]:
    """The calendar periods that share a day with start..end (both inside), in order."""
    months = _MONTHS[recurrence]
    first = date(start.year, (start.month - 1) // months * months + 1, 1)
    while first <= end:
        following = add_months(first, months)
        yield Occurrence(_label(recurrence, first), first, following - timedelta(days=1))
        first = following


def _label(recurrence: Recurrence, first: date) -> str:
    if recurrence is Recurrence.MONTHLY:
        return f"Tháng {first.month}/{first.year}"
    if recurrence is Recurrence.QUARTERLY:
        return f"Quý {('I', 'II', 'III', 'IV')[first.month // 3]}/{first.year}"
    if recurrence is Recurrence.HALF_YEARLY:
        return f"6 tháng {'đầu' if first.month == 1 else 'cuối'} năm {first.year}"
    return f"Năm {first.year}"
