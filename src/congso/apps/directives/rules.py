"""When a task is late, due soon or extendable, and how its periods and rates are counted.

Sources: domain handbook office 6.1 (conclusion 226-KL/TW of 11/12/2025; practice of the operations system)
and public 8 (counting of terms). Numbers come in as arguments, from regulations.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from congso.lib.recurrences import Occurrence, Recurrence, occurrences
from congso.lib.vietnamese import fold
from congso.lib.workdays import Calendar, next_working_day, term_end, working_days_between

TITLE_LENGTH = 180
# What offices write instead of a date, without accents: how the task then ends, or how often it comes back.
_WORDS = {
    "hang thang": Recurrence.MONTHLY.value,
    "hang quy": Recurrence.QUARTERLY.value,
    "6 thang": Recurrence.HALF_YEARLY.value,
    "hang nam": Recurrence.YEARLY.value,
    "theo ": "as_directed",
    "thuong xuyen": "none",
}
_CHAPTER = re.compile(r"\s*([IVXLC]+|\d+|[A-ZĐ])\s*[.)/\-–]")


@dataclass(frozen=True)
class Span:
    """What the rules need of a task: its deadline and the day it was completed, if it was."""

    due_on: date | None
    completed_on: date | None = None
    is_cancelled: bool = False


def is_overdue(due_on: date | None, today: date, *, is_running: bool) -> bool:
    """The end of the due day has passed and the task is not completed, paused or cancelled (office 6.1, rule 3)."""
    return is_running and due_on is not None and today > due_on


def days_late(due_on: date, until: date) -> int:
    """Calendar days by which the deadline was missed; 0 when it was kept."""
    return max(0, (until - due_on).days)


def is_due_soon(due_on: date | None, today: date, *, within: int, calendar: Calendar) -> bool:
    """At most `within` working days are left and the due day has not ended; counted as public 8.1 says."""
    return due_on is not None and today <= due_on and working_days_between(today, due_on, calendar) <= within


def soon_until(today: date, *, within: int, calendar: Calendar) -> date:
    """The last due day that counts as due soon, so that a database can compare: see `is_due_soon`."""
    end = today
    while working_days_between(today, date.fromordinal(end.toordinal() + 1), calendar) <= within:
        end = date.fromordinal(end.toordinal() + 1)
    return end


def is_completed_late(due_on: date | None, completed_on: date) -> bool:
    """“Hoàn thành quá hạn”: completed after the due day; both dates are kept."""
    return due_on is not None and completed_on > due_on


def on_time_rate(tasks: Iterable[Span], start: date, end: date) -> float | None:
    """Completed on time ÷ due in the period (office 6.1); cancelled tasks are not due. None when none was due."""
    due = [task for task in tasks if task.due_on is not None and start <= task.due_on <= end and not task.is_cancelled]
    kept = [
        task for task in due if task.completed_on is not None and not is_completed_late(task.due_on, task.completed_on)
    ]
    return len(kept) / len(due) if due else None


def working_deadline(day: date, calendar: Calendar) -> date:
    """A deadline falling on a day off moves to the next working day (public 8.1; practice office 6.1)."""
    return next_working_day(day, calendar)


def default_deadline(assigned_on: date, days: int, calendar: Calendar) -> date:
    """Without an explicit date: so many days from the assigning letter (practice, +10 [S]; office 6.1)."""
    return term_end(assigned_on, calendar, days=days)


def may_be_extended_by_office(due_on: date | None, today: date) -> bool:
    """Until the due day ends the assigning office extends; afterwards only a leader may (office 6.1, rule 4)."""
    return due_on is not None and today <= due_on


def periods_to_open(
    recurrence: Recurrence, start: date, end: date, *, assigned_on: date, today: date
) -> Iterator[Occurrence]:
    """Periods of a recurring task that have begun by today and had not ended when it was assigned."""
    for period in occurrences(recurrence, start, end):
        if period.first_day <= today and period.last_day >= assigned_on:
            yield period


def period_deadline(period: Occurrence, day: int | None, calendar: Calendar) -> date:
    """The due day of one period: its last day, or the given date of its last month; a working day."""
    return working_deadline(period.day_of_last_month(day) if day else period.last_day, calendar)


def chapter_of(clause: str) -> str:
    """The group a clause stands in: “II.5” and “II-5” are in II; “Điểm 3” names none."""
    found = _CHAPTER.match(clause)
    return found.group(1) if found else ""


def short_text(content: str) -> str:
    """The title of a task: its content up to a word's end, on one line."""
    line = " ".join(content.split())
    if len(line) <= TITLE_LENGTH:
        return line
    return f"{line[: TITLE_LENGTH - 1].rsplit(' ', 1)[0]}…"


def kind_in_words(words: str) -> str:
    """The recurrence or kind of deadline that words stand for (“hằng quý”, “theo chỉ đạo”); empty for others."""
    plain = fold(words).lower()
    return next((kind for written, kind in _WORDS.items() if plain.startswith(written)), "")


def kind_of_deadline(due: str, recurrence: str, schedule_text: str) -> str:
    """How a task read from a paper ends: it comes back, has its day, follows a schedule in words, or says nothing
    and so is a fixed one whose day is still to be given."""
    if recurrence:
        return "recurring"
    if due or not schedule_text:
        return "fixed"
    return "none" if kind_in_words(schedule_text) == "none" else "as_directed"


def first_day_of(written: str) -> date | None:
    """The day work begins: an ISO day, or 1 January of a year; None for nothing."""
    return _day_of(written, 1, 1)


def last_day_of(written: str) -> date | None:
    """The day a deadline ends: an ISO day, or 31 December of a year; None for nothing."""
    return _day_of(written, 12, 31)


def is_day_or_year(written: str) -> bool:
    """Whether it is an ISO day, a year, or nothing: what rows keep."""
    try:
        last_day_of(written)
    except ValueError:
        return False
    return True


def _day_of(written: str, month: int, day: int) -> date | None:
    if not written:
        return None
    return date(int(written), month, day) if len(written) == 4 else date.fromisoformat(written)
