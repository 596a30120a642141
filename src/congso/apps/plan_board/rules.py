"""How a target stands against its milestones, and what the pages say of the rule.

The rule is ours, stated on the page beside every outlook; the sources set milestones only (plan 16-KH/TU, part III).
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum


class Outlook(StrEnum):
    """How a target or an item stands; the worst one stands for what is above it."""

    LATE = "late"
    AT_RISK = "at_risk"
    UNMEASURED = "unmeasured"
    ON_COURSE = "on_course"
    REACHED = "reached"
    NONE = "none"


_WORST_FIRST = (Outlook.LATE, Outlook.AT_RISK, Outlook.UNMEASURED, Outlook.ON_COURSE, Outlook.REACHED, Outlook.NONE)


@dataclass(frozen=True)
class Mark:
    """A value on a day: a milestone or a figure."""

    day: date
    value: Decimal


class Why(StrEnum):
    """The reason of an outlook; pages say it in words with `Judgement`'s numbers."""

    NO_MILESTONE = "no_milestone"
    NO_FIGURE = "no_figure"
    MISSED = "missed"
    REACHED_LAST = "reached_last"
    REACHED_NEXT = "reached_next"
    STALE = "stale"
    ON_LINE = "on_line"
    BELOW_LINE = "below_line"


@dataclass(frozen=True)
class Judgement:
    """An outlook with what led to it: the figure, the milestone it is held against, what the line expects by now."""

    outlook: Outlook
    why: Why
    figure: Mark | None = None
    milestone: Mark | None = None
    expected: Decimal | None = None


def judge(
    milestones: Sequence[Mark], figures: Sequence[Mark], *, starts_on: date, today: date, stale_after: int,
    is_at_most: bool = False,
) -> Judgement:  # fmt: skip
    """How a target stands on the day.

    1. A milestone whose day has passed and which the newest figure misses: late.
    2. No figure: not measured.
    3. The last milestone reached: reached.
    4. A figure older than `stale_after` days: at risk.
    5. The next milestone reached already: on course.
    6. At least what a straight line from the milestone before (or the first figure, or zero at the plan's start) to the
       next expects on the figure's day: on course; less: at risk.
    """
    known = sorted((one for one in figures if one.day <= today), key=lambda one: one.day)
    ordered = sorted(milestones, key=lambda one: one.day)
    if not ordered:
        return Judgement(Outlook.NONE, Why.NO_MILESTONE, known[-1] if known else None)
    newest = known[-1] if known else None
    past = [one for one in ordered if one.day < today]
    coming = [one for one in ordered if one.day >= today]
    if newest is None:
        awaited = past[-1] if past else coming[0]
        return Judgement(Outlook.LATE if past else Outlook.UNMEASURED, Why.NO_FIGURE, None, awaited)
    missed = next((one for one in past if not _meets(newest.value, one.value, is_at_most=is_at_most)), None)
    if missed is not None:
        return Judgement(Outlook.LATE, Why.MISSED, newest, missed)
    if not coming or _meets(newest.value, ordered[-1].value, is_at_most=is_at_most):
        return Judgement(Outlook.REACHED, Why.REACHED_LAST, newest, ordered[-1])
    if (today - newest.day).days > stale_after:
        return Judgement(Outlook.AT_RISK, Why.STALE, newest, coming[0])
    # What must fall begins at the first figure: zero would be below every milestone.
    beginning = past[-1] if past else Mark(starts_on, known[0].value if is_at_most else Decimal(0))
    return _on_the_way(newest, beginning, coming[0], is_at_most=is_at_most)


def _on_the_way(newest: Mark, beginning: Mark, following: Mark, *, is_at_most: bool) -> Judgement:
    """The newest figure against the straight line between two milestones."""
    if _meets(newest.value, following.value, is_at_most=is_at_most):
        return Judgement(Outlook.ON_COURSE, Why.REACHED_NEXT, newest, following)
    expected = expected_on(newest.day, beginning, following)
    if _meets(newest.value, expected, is_at_most=is_at_most):
        return Judgement(Outlook.ON_COURSE, Why.ON_LINE, newest, following, expected)
    return Judgement(Outlook.AT_RISK, Why.BELOW_LINE, newest, following, expected)


def expected_on(day: date, beginning: Mark, end: Mark) -> Decimal:
    """The value of the straight line between two marks on the day, to a tenth; its ends outside of them."""
    span = (end.day - beginning.day).days
    if span <= 0 or day >= end.day:
        return end.value
    gone = Decimal(max(0, (day - beginning.day).days))
    value = beginning.value + (end.value - beginning.value) * gone / Decimal(span)
    return value.quantize(Decimal("0.1"), ROUND_HALF_UP)


def line_through(marks: Sequence[Mark], days: Sequence[date]) -> list[Decimal | None]:
    """The straight lines from mark to mark on these days; nothing before the first or after the last."""
    ordered = sorted(marks, key=lambda one: one.day)
    found: list[Decimal | None] = []
    for day in days:
        before = [one for one in ordered if one.day <= day]
        after = [one for one in ordered if one.day >= day]
        found.append(expected_on(day, before[-1], after[0]) if before and after else None)
    return found


def is_news(known_on: date, known: Decimal, day: date, value: Decimal) -> bool:
    """Whether the machine keeps what it counted beside the newest figure: it changed, or a month has begun since."""
    return day >= known_on and (value != known or month_of(day) > month_of(known_on))


def _meets(value: Decimal, wanted: Decimal, *, is_at_most: bool) -> bool:
    return value <= wanted if is_at_most else value >= wanted


def worst(outlooks: Iterable[Outlook]) -> Outlook:
    """The outlook of what stands above these."""
    found = set(outlooks)
    return next((one for one in _WORST_FIRST if one in found), Outlook.NONE)


def share(numerator: Decimal, denominator: Decimal) -> Decimal | None:
    """Percent to a tenth; None of nothing. Rounded down below 100, so that 100 % is never said too early."""
    if denominator <= 0:
        return None
    exact = 100 * numerator / denominator
    rounded = exact.quantize(Decimal("0.1"), ROUND_HALF_UP)
    return Decimal("99.9") if rounded >= 100 and exact < 100 else rounded


class TaskStanding(StrEnum):
    """How a task of the plan stands on a day."""

    DONE = "done"
    DONE_LATE = "done_late"
    OVERDUE = "overdue"
    RUNNING = "running"
    RESTING = "resting"
    CANCELLED = "cancelled"


def task_standing(
    *, is_closed: bool, is_done: bool, is_awaited: bool, due_on: date | None, closed_on: date | None, today: date
) -> TaskStanding:
    """Office 6.1, rule 3: late when the due day has ended; an open task nobody is awaited on rests."""
    if is_closed:
        if not is_done:
            return TaskStanding.CANCELLED
        is_late = due_on is not None and closed_on is not None and closed_on > due_on
        return TaskStanding.DONE_LATE if is_late else TaskStanding.DONE
    if not is_awaited:
        return TaskStanding.RESTING
    return TaskStanding.OVERDUE if due_on is not None and today > due_on else TaskStanding.RUNNING


def month_of(day: date) -> date:
    """The first day of the month."""
    return day.replace(day=1)
