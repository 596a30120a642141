"""The rule of outlooks against examples and by properties."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from congso.apps.plan_board.rules import (
    Mark,
    Outlook,
    TaskStanding,
    Why,
    expected_on,
    judge,
    line_through,
    share,
    task_standing,
    worst,
)

START, TODAY = date(2025, 8, 11), date(2026, 11, 23)
PLAN16 = [Mark(date(2025, 12, 31), Decimal(30)), Mark(date(2026, 12, 31), Decimal(100))]


def mark(day: date, value: str) -> Mark:
    return Mark(day, Decimal(value))


def told(figures, milestones=PLAN16, today=TODAY, **more):
    return judge(milestones, figures, starts_on=START, today=today, stale_after=45, **more)


@pytest.mark.parametrize(
    ("figures", "outlook", "why"),
    [
        ([], Outlook.LATE, Why.NO_FIGURE),
        ([mark(date(2026, 11, 1), "29.9")], Outlook.LATE, Why.MISSED),
        ([mark(date(2026, 11, 1), "100")], Outlook.REACHED, Why.REACHED_LAST),
        ([mark(date(2026, 9, 1), "99")], Outlook.AT_RISK, Why.STALE),
        ([mark(date(2026, 11, 1), "74")], Outlook.AT_RISK, Why.BELOW_LINE),
        ([mark(date(2026, 11, 1), "90")], Outlook.ON_COURSE, Why.ON_LINE),
        ([mark(date(2027, 1, 1), "100")], Outlook.LATE, Why.NO_FIGURE),  # not known yet on the day
    ],
)
def test_a_target_of_two_years_is_judged_with_its_reason(figures, outlook, why):
    found = told(figures)
    assert (found.outlook, found.why) == (outlook, why)


def test_before_the_first_milestone_nothing_is_late():
    early = date(2025, 10, 1)
    assert told([], today=early).outlook is Outlook.UNMEASURED
    assert told([mark(date(2025, 9, 20), "30")], today=early).why is Why.REACHED_NEXT
    assert told([], milestones=[]).outlook is Outlook.NONE


def test_what_must_fall_is_judged_from_its_first_figure():
    milestones = [mark(date(2026, 12, 31), "10")]
    first = mark(date(2025, 9, 1), "50")
    assert told([first, mark(date(2026, 11, 20), "8")], milestones, is_at_most=True).outlook is Outlook.REACHED
    assert told([first, mark(date(2026, 11, 20), "49")], milestones, is_at_most=True).outlook is Outlook.AT_RISK
    assert told([first, mark(date(2026, 11, 20), "12")], milestones, is_at_most=True).outlook is Outlook.ON_COURSE


@settings(max_examples=50, deadline=None)
@given(low=st.integers(0, 100), more=st.integers(0, 100), age=st.integers(0, 40))
def test_a_better_figure_is_never_judged_worse(low, more, age):
    order = [Outlook.LATE, Outlook.AT_RISK, Outlook.ON_COURSE, Outlook.REACHED]
    day = TODAY - timedelta(days=age)
    worse, better = told([mark(day, str(low))]), told([mark(day, str(low + more))])
    assert order.index(better.outlook) >= order.index(worse.outlook)


@settings(max_examples=50, deadline=None)
@given(a=st.integers(0, 500), b=st.integers(0, 500))
def test_the_line_grows_with_the_days_and_stays_between_its_ends(a, b):
    first, last = mark(START, "0"), mark(START + timedelta(days=500), "100")
    early, late = sorted((a, b))
    one, two = (expected_on(START + timedelta(days=n), first, last) for n in (early, late))
    assert 0 <= one <= two <= 100


@settings(max_examples=50, deadline=None)
@given(top=st.integers(0, 10_000), rest=st.integers(0, 10_000))
def test_a_share_says_hundred_only_when_all_are_there(top, rest):
    found = share(Decimal(top), Decimal(top + rest))
    assert (found is None) == (top + rest == 0)
    if found is not None:
        assert 0 <= found <= 100
        assert (found == 100) == (rest == 0)


def test_the_line_passes_through_its_milestones():
    days = [date(2025, 1, 1), START, date(2025, 12, 31), date(2026, 7, 1), date(2026, 12, 31), date(2027, 1, 1)]
    line = line_through([Mark(START, Decimal(0)), *PLAN16], days)
    assert line[0] is None
    assert line[-1] is None
    assert line[1:3] == [0, 30]
    assert 30 < line[3] < 100
    assert line[4] == 100


def test_the_worst_below_stands_for_what_is_above():
    assert worst([Outlook.REACHED, Outlook.AT_RISK]) is Outlook.AT_RISK
    assert worst([]) is Outlook.NONE


@pytest.mark.parametrize(
    ("facts", "standing"),
    [
        ({"due_on": TODAY}, TaskStanding.RUNNING),
        ({"due_on": TODAY - timedelta(days=1)}, TaskStanding.OVERDUE),
        ({"due_on": TODAY - timedelta(days=1), "is_awaited": False}, TaskStanding.RESTING),
        ({"due_on": TODAY, "is_closed": True, "is_done": True, "closed_on": TODAY}, TaskStanding.DONE),
        ({"due_on": START, "is_closed": True, "is_done": True, "closed_on": TODAY}, TaskStanding.DONE_LATE),
        ({"due_on": START, "is_closed": True, "is_done": False}, TaskStanding.CANCELLED),
    ],
)
def test_tasks_stand_as_office_6_1_says(facts, standing):
    usual = {"is_closed": False, "is_done": False, "is_awaited": True, "closed_on": None}
    assert task_standing(**(usual | facts), today=TODAY) is standing
