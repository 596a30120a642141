"""Terms in days, months and working days, over a calendar given as a value.

Counting follows Civil Code 91/2015 art. 147 and 148: the day of the event is not counted; a term ends at the
end of its last day; when that is a rest day or holiday, at the end of the next working day. “Ngày” are
calendar days, “ngày làm việc” working days. The days off are dated law: `kernel.regulations`.
"""

from calendar import monthrange
from dataclasses import dataclass, field
from datetime import date, timedelta

_ONE_DAY = timedelta(days=1)
_SATURDAY = 5


@dataclass(frozen=True)
class Calendar:
    """Weekdays off, rest days worked in exchange, and the years whose official notice is known."""

    days_off: frozenset[date] = field(default_factory=frozenset)
    working_rest_days: frozenset[date] = field(default_factory=frozenset)
    confirmed_years: frozenset[int] = field(default_factory=frozenset)

    def is_working_day(self, day: date) -> bool:
        """Monday to Friday unless off; Saturday and Sunday only when swapped into work."""
        if day.weekday() >= _SATURDAY:
            return day in self.working_rest_days
        return day not in self.days_off

    def is_provisional(self, day: date) -> bool:
        """Whether the day's year still waits for its official calendar; its deadlines may move."""
        return day.year not in self.confirmed_years


def next_working_day(day: date, calendar: Calendar) -> date:
    """The day itself when it is worked, else the first working day after."""
    while not calendar.is_working_day(day):
        day += _ONE_DAY
    return day


def previous_working_day(day: date, calendar: Calendar) -> date:
    """The day itself when it is worked, else the last working day before."""
    while not calendar.is_working_day(day):
        day -= _ONE_DAY
    return day


def add_working_days(event: date, count: int, calendar: Calendar) -> date:
    """The last day of a term of `count` working days from the event. 0: the event's day or the next."""
    if count == 0:
        return next_working_day(event, calendar)
    return _walk(event, count, _ONE_DAY, calendar)


def working_days_before(event: date, count: int, calendar: Calendar) -> date:
    """The latest day that lies at least `count` working days before the event, the event not counted."""
    if count == 0:
        return previous_working_day(event, calendar)
    return _walk(event, count, -_ONE_DAY, calendar)


def term_end(event: date, calendar: Calendar, *, days: int = 0, weeks: int = 0, months: int = 0) -> date:
    """The last day of a term in calendar time, moved to the next working day when it falls on a day off.

    Months end on the same date of the month, or on the month's last day when there is no such date.
    """
    end = add_months(event, months) + timedelta(days=days, weeks=weeks)
    return next_working_day(end, calendar)


def days_before(event: date, count: int, calendar: Calendar) -> date:
    """The latest working day at least `count` calendar days before the event (“trước ít nhất n ngày”).

    From a day off it moves to the working day *before*: moving forward would shorten the notice.
    """
    return previous_working_day(event - timedelta(days=count), calendar)


def working_days_between(start: date, end: date, calendar: Calendar) -> int:
    """Working days after `start` up to and including `end`; negative when the end lies before."""
    if end < start:
        return -working_days_between(end, start, calendar)
    span = (end - start).days
    return sum(calendar.is_working_day(start + timedelta(days=step)) for step in range(1, span + 1))


def add_months(day: date, months: int) -> date:
    """The same date `months` later, or that month's last day."""
    years, month = divmod(day.month - 1 + months, 12)
    year = day.year + years
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def _walk(day: date, count: int, step: timedelta, calendar: Calendar) -> date:
    if count < 0:
        raise ValueError("A term is counted in whole days, none negative.")
    while count:
        day += step
        count -= calendar.is_working_day(day)
    return day
