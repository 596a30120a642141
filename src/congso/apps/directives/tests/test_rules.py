"""The rules by the handbook's examples and by properties that must always hold."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from congso.apps.directives import rules
from congso.apps.directives.rules import (
    Span,
    chapter_of,
    days_late,
    default_deadline,
    is_completed_late,
    is_due_soon,
    is_overdue,
    may_be_extended_by_office,
    on_time_rate,
    period_deadline,
    periods_to_open,
    short_text,
    soon_until,
    working_deadline,
)
from congso.lib.recurrences import Recurrence
from congso.lib.workdays import Calendar

NOVEMBER_2026 = Calendar(days_off=frozenset({date(2026, 11, 24)}))
days = st.dates(date(2025, 1, 1), date(2030, 12, 31))
calendars = st.frozensets(days, max_size=40).map(lambda off: Calendar(days_off=off))


def test_a_task_is_late_only_after_its_due_day_has_ended():
    assert not is_overdue(date(2026, 11, 23), date(2026, 11, 23), is_running=True)
    assert is_overdue(date(2026, 11, 23), date(2026, 11, 24), is_running=True)
    assert not is_overdue(date(2026, 11, 23), date(2026, 11, 24), is_running=False)
    assert not is_overdue(None, date(2026, 11, 24), is_running=True)


def test_working_days_decide_what_is_due_soon():
    monday = date(2026, 11, 23)  # Tuesday is a holiday
    assert is_due_soon(date(2026, 11, 27), monday, within=3, calendar=NOVEMBER_2026)
    assert is_due_soon(date(2026, 11, 29), monday, within=3, calendar=NOVEMBER_2026)  # Sunday: still three
    assert not is_due_soon(date(2026, 11, 30), monday, within=3, calendar=NOVEMBER_2026)
    assert not is_due_soon(date(2026, 11, 20), monday, within=3, calendar=NOVEMBER_2026)


@given(today=days, due=days, within=st.integers(0, 10), calendar=calendars)
def test_the_last_soon_day_separates_soon_from_later(today, due, within, calendar):
    until = soon_until(today, within=within, calendar=calendar)
    assert is_due_soon(due, today, within=within, calendar=calendar) == (today <= due <= until)


@given(due=days, today=days)
def test_late_extendable_and_days_late_agree(due, today):
    late = is_overdue(due, today, is_running=True)
    assert late == (days_late(due, today) > 0) == (not may_be_extended_by_office(due, today))


@given(day=days, calendar=calendars)
def test_a_deadline_is_a_working_day_never_earlier_than_given(day, calendar):
    moved = working_deadline(day, calendar)
    assert calendar.is_working_day(moved)
    assert moved >= day
    assert not any(calendar.is_working_day(day + timedelta(days=n)) for n in range((moved - day).days))


def test_the_default_deadline_is_ten_days_and_no_day_off():
    assert default_deadline(date(2026, 11, 18), 10, NOVEMBER_2026) == date(2026, 11, 30)
    assert default_deadline(date(2026, 11, 13), 10, NOVEMBER_2026) == date(2026, 11, 23)


@given(recurrence=st.sampled_from(list(Recurrence)), start=days, length=st.integers(1, 900), assigned=days, today=days)
def test_every_day_of_a_running_series_lies_in_at_most_one_period_and_none_is_opened_early(
    recurrence, start, length, assigned, today
):
    found = list(periods_to_open(recurrence, start, start + timedelta(days=length), assigned_on=assigned, today=today))
    assert all(one.first_day <= today and one.last_day >= assigned for one in found)
    assert all(a.last_day < b.first_day for a, b in pairwise(found))


@given(recurrence=st.sampled_from(list(Recurrence)), start=days, calendar=calendars, day=st.none() | st.integers(1, 31))
def test_a_periods_deadline_is_a_working_day(recurrence, start, calendar, day):
    period = next(periods_to_open(recurrence, start, start + timedelta(days=1), assigned_on=start, today=start))
    due = period_deadline(period, day, calendar)
    assert calendar.is_working_day(due)
    assert due >= (period.last_day.replace(day=1) if day else period.last_day)


def test_a_monthly_report_due_on_the_31st_is_due_on_the_months_last_working_day_or_after():
    [period] = periods_to_open(
        Recurrence.MONTHLY, date(2026, 2, 1), date(2026, 2, 28), assigned_on=date(2026, 1, 1), today=date(2026, 2, 1)
    )
    assert period.label == "Tháng 2/2026"
    assert period_deadline(period, 31, Calendar()) == date(2026, 3, 2)  # 28 February is a Saturday
    assert period_deadline(period, 25, Calendar()) == date(2026, 2, 25)


spans = st.builds(Span, due_on=st.none() | days, completed_on=st.none() | days, is_cancelled=st.booleans())


@given(tasks=st.lists(spans, max_size=30), start=days, length=st.integers(0, 400))
def test_the_rate_counts_what_was_due_in_the_period_only(tasks, start, length):
    end = start + timedelta(days=length)
    rate = on_time_rate(tasks, start, end)
    due = [t for t in tasks if t.due_on and start <= t.due_on <= end and not t.is_cancelled]
    if not due:
        assert rate is None
        return
    kept = sum(1 for t in due if t.completed_on and not is_completed_late(t.due_on, t.completed_on))
    assert rate == kept / len(due)
    assert 0 <= rate <= 1


@pytest.mark.parametrize(
    ("clause", "chapter"),
    [("II.5", "II"), ("IV-2", "IV"), ("1.2.3", "1"), ("III. Mục 2", "III"), ("Điểm 3", ""), ("", ""), ("B/4", "B")],
)
def test_a_clause_names_its_chapter(clause, chapter):
    assert chapter_of(clause) == chapter


@given(st.text(max_size=600))
def test_a_title_is_one_short_line(content):
    title = short_text(content)
    assert len(title) <= 180
    assert "\n" not in title


@pytest.mark.parametrize(
    ("due", "recurrence", "schedule", "kind"),
    [
        ("2026-12-31", "", "", "fixed"),
        ("", "", "", "fixed"),
        ("2028", "monthly", "Hằng tháng", "recurring"),
        ("", "", "Theo tiến độ của Trung ương", "as_directed"),
        ("", "", "Thường xuyên", "none"),
        ("2026", "", "Năm 2026", "fixed"),
    ],
)
def test_a_task_read_from_a_paper_ends_as_the_paper_says(due, recurrence, schedule, kind):
    assert rules.kind_of_deadline(due, recurrence, schedule) == kind


def test_a_year_is_its_first_or_last_day():
    assert (rules.first_day_of("2026"), rules.last_day_of("2026")) == (date(2026, 1, 1), date(2026, 12, 31))
    assert (rules.first_day_of(""), rules.last_day_of("2026-06-30")) == (None, date(2026, 6, 30))
    assert [rules.is_day_or_year(one) for one in ("", "2026", "2026-02-30", "0000")] == [True, True, False, False]
