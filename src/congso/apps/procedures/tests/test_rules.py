"""Days of procedures, by example and by property."""

from datetime import date, datetime, time, timedelta

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from congso.apps.procedures.rules import (
    counted_from,
    day_after_stop,
    days_late,
    mean_score,
    missing_papers,
    own_limit,
    promised_day,
    total_days,
)
from congso.apps.procedures.tests.factories import OFFICE_TIME
from congso.lib.workdays import Calendar, add_working_days, working_days_between

HOLIDAY = date(2026, 11, 25)
CALENDAR = Calendar(days_off=frozenset({HOLIDAY}), working_rest_days=frozenset({date(2026, 11, 28)}))
DAYS = st.dates(date(2026, 1, 1), date(2027, 12, 31))
calmly = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])  # the machine may be busy
WORKDAYS = DAYS.filter(CALENDAR.is_working_day)


def test_a_case_counts_from_its_day_or_from_the_next_working_one():
    def counted(day: int, *clock: int) -> int:
        came = datetime(2026, 11, day, *clock, tzinfo=OFFICE_TIME)
        return counted_from(came, time(17), CALENDAR).day

    assert counted(23, 16, 59) == 23
    assert counted(23, 17, 0) == 24
    assert counted(24, 18, 0) == 26  # over the holiday
    assert counted(28, 9, 0) == 28  # a worked Saturday


def test_the_promised_day_leaves_out_the_first_day_and_days_off():
    assert promised_day(date(2026, 11, 23), 3, CALENDAR) == date(2026, 11, 27)


def test_a_stop_keeps_the_days_that_were_left():
    # due Friday 4/12; stopped Thursday 26/11 with 6 days left (27, the worked Saturday 28, 30, 1, 2, 3, 4 are 7)
    due, stopped, resumed = date(2026, 12, 4), date(2026, 11, 26), date(2026, 12, 10)
    left = working_days_between(stopped, due, CALENDAR)
    moved = day_after_stop(due, stopped, resumed, CALENDAR)
    assert left == 7
    assert working_days_between(resumed, moved, CALENDAR) == left


def test_what_was_late_when_it_stopped_stays_late():
    due = date(2026, 11, 20)
    assert day_after_stop(due, date(2026, 11, 24), date(2026, 12, 10), CALENDAR) == due


@calmly
@given(WORKDAYS, st.integers(1, 60), st.integers(0, 40), st.integers(0, 60))
def test_stops_never_take_or_give_days(counted, term, until_stop, length):
    due = promised_day(counted, term, CALENDAR)
    stopped = counted + timedelta(days=until_stop)
    resumed = stopped + timedelta(days=length)
    moved = day_after_stop(due, stopped, resumed, CALENDAR)
    assert moved >= due
    assert CALENDAR.is_working_day(moved)
    left = working_days_between(stopped, due, CALENDAR)
    if left > 0:
        worked = working_days_between(counted, stopped, CALENDAR)
        assert worked + left == term
        assert working_days_between(resumed, moved, CALENDAR) >= left
        if resumed == stopped:
            assert moved == due


@calmly
@given(WORKDAYS, st.lists(st.integers(0, 20), min_size=1, max_size=6))
def test_steps_one_after_another_make_the_one_total(counted, days):
    day = counted
    for step in days:
        day = promised_day(day, step, CALENDAR)
    assert day == promised_day(counted, total_days(days), CALENDAR)


@calmly
@given(DAYS, DAYS)
def test_late_is_counted_in_working_days_and_never_negative(due, day):
    late = days_late(due, day, CALENDAR)
    assert late >= 0
    assert (late == 0) or day > due


def test_ones_own_limits_only_warn():
    event = date(2026, 9, 1)
    limit = own_limit(event, 60, date(2026, 11, 23), CALENDAR)
    assert limit is not None
    assert limit.last_day == add_working_days(event, 60, CALENDAR)
    assert not limit.has_passed
    assert own_limit(event, 5, date(2026, 11, 23), CALENDAR).has_passed
    assert own_limit(None, 60, event, CALENDAR) is None
    assert own_limit(event, None, event, CALENDAR) is None


def test_missing_papers_are_the_required_ones_not_given():
    papers = [("Đơn", True, False), ("Ảnh", False, False), ("Quyết định", True, True)]
    assert missing_papers(papers) == ["Đơn"]


def test_few_answers_show_nothing():
    assert mean_score([(5, 4)], 5) is None
    assert mean_score([(5, 4), (1, 1)], 5) == 4.2
    assert days_late(None, date(2026, 1, 1), CALENDAR) == 0
