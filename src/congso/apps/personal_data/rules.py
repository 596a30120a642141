"""What the law on personal data says of time (91/2025/QH15, 356/2025/NĐ-CP); numbers come from the regulations.

Days are counted by the Civil Code (`lib.workdays`); hours of a breach run through nights and holidays (public.md 5,
rule 4).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from congso.lib.workdays import Calendar, add_months, add_working_days, term_end


@dataclass(frozen=True)
class Clock:
    """The countdown of a breach: when its report is due, how much is left (negative: how late)."""

    due_at: datetime
    left: timedelta

    @property
    def is_late(self) -> bool:
        """Whether the report can only be sent late."""
        return self.left < timedelta(0)

    @property
    def hours(self) -> int:
        """Whole hours left, or by which it is late."""
        return int(abs(self.left).total_seconds() // 3600)

    @property
    def minutes(self) -> int:
        """Minutes beyond the whole hours."""
        return int(abs(self.left).total_seconds() % 3600 // 60)


def breach_clock(discovered_at: datetime, now: datetime, *, hours: int) -> Clock:
    """A breach likely to do harm is reported within 72 hours of its discovery, in wall time."""
    due_at = discovered_at + timedelta(hours=hours)
    return Clock(due_at, due_at - now)


def breach_step(discovered_at: datetime, now: datetime, steps: Sequence[int]) -> int | None:
    """The latest of the reminder steps (hours since discovery) that has been reached."""
    passed = (now - discovered_at).total_seconds() / 3600
    reached = [step for step in steps if passed >= step]
    return max(reached, default=None)


def acknowledged_by(received_on: date, working_days: int, calendar: Calendar) -> date:
    """By when the person is told that her request was received and how it is handled: 2 working days."""
    return add_working_days(received_on, working_days, calendar)


def answered_by(received_on: date, days: int, calendar: Calendar) -> date:
    """By when the request is carried out: the kind's number of days."""
    return term_end(received_on, calendar, days=days)


def extended_to(due_on: date, days: int, calendar: Calendar) -> date:
    """The one extension a request may get."""
    return term_end(due_on, calendar, days=days)


def anonymised_from(left_on: date, years: int) -> date:
    """From which day the data of somebody who left is no longer needed."""
    return add_months(left_on, 12 * years)


def assessed_by(begun_on: date, days: int, calendar: Calendar) -> date:
    """By when an impact assessment exists: a number of days from the beginning of the processing."""
    return term_end(begun_on, calendar, days=days)


def reviewed_by(last_on: date, months: int, calendar: Calendar) -> date:
    """By when an assessment is looked through again."""
    return term_end(last_on, calendar, months=months)


def reminder_step(left_days: int, steps: Sequence[int]) -> int | None:
    """The nearest reminder step (days before a limit) that has been reached; None when none has."""
    reached = [step for step in steps if left_days <= step]
    return min(reached, default=None)
