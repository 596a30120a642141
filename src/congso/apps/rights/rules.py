"""The review's calendar: which quarter a day belongs to, when a review opens by itself and when it is reminded of."""

from datetime import date

from congso.lib.workdays import Calendar, working_days_before

OPENS_WITHIN = 10  # days of a quarter: an installation set up later waits for the next one
_REMINDED_BEFORE = 3  # working days
_MONDAY = 0


def quarter_of(day: date) -> tuple[int, int]:
    """Year and quarter of the day."""
    return day.year, (day.month - 1) // 3 + 1


def opens_by_itself(day: date) -> bool:
    """Whether the day is one of the first of its quarter."""
    return day.month % 3 == 1 and day.day <= OPENS_WITHIN


def is_reminded(day: date, due_on: date, calendar: Calendar) -> bool:
    """Three working days before the deadline, on it, and every Monday after it."""
    if day > due_on:
        return day.weekday() == _MONDAY
    return day in {due_on, working_days_before(due_on, _REMINDED_BEFORE, calendar)}
