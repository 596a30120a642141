"""Days of loans. The library's own rules (nội quy): how long, how often, how many are its settings, not the law's."""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from congso.lib.workdays import Calendar


@dataclass(frozen=True)
class LendingRules:
    """A library's settings: days of a loan, renewals, copies at once, days a copy is kept, days of a first reminder."""

    loan_days: int
    renewals: int
    most_loans: int
    keep_days: int
    remind_before: int
    remind_every: int
    unlink_months: int


def due_on(lent_on: date, days: int, calendar: Calendar) -> date:
    """The last day of a loan: the first working day from that many days on, so that the desk is open."""
    return _open_day(lent_on + timedelta(days=days), calendar)


def kept_until(ready_on: date, days: int, calendar: Calendar) -> date:
    """The last day on which a copy waits for who asked for it: that many working days."""
    day = ready_on
    for _each in range(days):
        day = _open_day(day + timedelta(days=1), calendar)
    return day


def _open_day(day: date, calendar: Calendar) -> date:
    for _each in range(30):
        if calendar.is_working_day(day):
            break
        day += timedelta(days=1)
    return day


class Reminder(StrEnum):
    """Which reminder a loan calls for on a day."""

    NONE = ""
    SOON = "soon"
    TODAY = "today"
    LATE = "late"


def reminder_on(today: date, due: date, rules: LendingRules) -> tuple[Reminder, int]:
    """The reminder of the day and its step: one before, one on the day, then one each `remind_every` days.

    A morning missed is made up for: the step tells which of them were due, and each is told once.
    """
    left = (due - today).days
    if left > rules.remind_before:
        return Reminder.NONE, 0
    if left > 0:
        return Reminder.SOON, 0
    if left == 0:
        return Reminder.TODAY, 0
    return Reminder.LATE, (-left - 1) // max(1, rules.remind_every)
