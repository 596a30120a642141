"""What the rules of administrative procedures say of days (office 8, rules 2–4 and 7), as pure functions.

Days are working days of the calendar given. The day of an event is not counted (Civil Code 91/2015, art. 147).
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time

from congso.lib.workdays import Calendar, add_working_days, working_days_between

MOST_REQUESTS = 1  # papers are asked for once with a complete list; again only with a leader's approval (rule 3)


def counted_from(received: datetime, closes: time, calendar: Calendar) -> date:
    """The day a case counts from: the day it came, or the next working day when it came after the office closed."""
    day = received.date()
    if received.time() >= closes or not calendar.is_working_day(day):
        return add_working_days(day, 1, calendar)
    return day


def promised_day(counted: date, working_days: int, calendar: Calendar) -> date:
    """The last day of a term of working days; the day it counts from is not counted."""
    return add_working_days(counted, working_days, calendar)


def day_after_stop(due: date, stopped: date, resumed: date, calendar: Calendar) -> date:
    """The promised day once a stop is over: as many working days are left as when the clock stopped.

    A case that was late when it stopped stays late by its old day.
    """
    left = working_days_between(stopped, due, calendar)
    return due if left <= 0 else max(due, add_working_days(resumed, left, calendar))


def days_late(due: date | None, day: date, calendar: Calendar) -> int:
    """How many working days the result is late on the day; 0 when it is not."""
    return max(0, working_days_between(due, day, calendar)) if due else 0


def total_days(days: Iterable[int]) -> int:
    """One total over the steps of all bodies (rule 4)."""
    return sum(days)


def missing_papers(papers: Iterable[tuple[str, bool, bool]]) -> list[str]:
    """Names of the required papers not handed in, of (name, required, given)."""
    return [name for name, is_required, is_given in papers if is_required and not is_given]


@dataclass(frozen=True)
class Limit:
    """A limit of the applicant's own: the last day and whether it has passed."""

    last_day: date
    has_passed: bool


def own_limit(event: date | None, working_days: int | None, day: date, calendar: Calendar) -> Limit | None:
    """Until when the applicant must act after an event: 60 and 30 working days in a transfer of Party activity.

    Source: 294-QĐ/TW of 26/5/2025 (office 8.2); the numbers stand in the published procedure. It only warns.
    """
    if event is None or working_days is None:
        return None
    last = add_working_days(event, working_days, calendar)
    return Limit(last, day > last)


def mean_score(counts: Sequence[tuple[int, int]], least: int) -> float | None:
    """The mean of (score, answers); None while fewer than `least` answered, so that no single answer shows."""
    answers = sum(number for _score, number in counts)
    if answers < least:
        return None
    return round(sum(score * number for score, number in counts) / answers, 2)
