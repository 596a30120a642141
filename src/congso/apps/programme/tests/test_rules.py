"""Papers' days, differences, shares."""

from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from congso.apps.programme.rules import differences, papers_due, papers_step, share
from congso.lib.workdays import Calendar, working_days_between

CALENDAR = Calendar(days_off=frozenset({date(2026, 11, 24)}), confirmed_years=frozenset({2026}))
PLAN = {"before_working_days": [5, 2, 1], "overdue_every_working_days": 1}


@settings(max_examples=30, deadline=None)
@given(st.dates(date(2026, 1, 1), date(2026, 12, 31)), st.integers(0, 15))
def test_papers_are_due_a_working_day_with_so_many_between_it_and_the_session(session, days):
    due = papers_due(session, days, CALENDAR)
    assert due <= session
    assert CALENDAR.is_working_day(due)
    # A session may lie on a day off; the days in between are counted from the papers' day on.
    assert working_days_between(due, session, CALENDAR) >= days - 1


def test_five_working_days_before_a_session_pass_over_the_day_of_culture():
    assert papers_due(date(2026, 11, 30), 5, CALENDAR) == date(2026, 11, 20)


def test_reminders_come_before_on_and_after_the_day():
    due = date(2026, 12, 4)
    told = {day: papers_step(date(2026, 12, day), date(2026, 12, day), plan=PLAN, calendar=CALENDAR) for day in (4,)}
    assert told[4]
    assert told[4][0].startswith("due:")
    assert papers_step(due, date(2026, 12, 2), plan=PLAN, calendar=CALENDAR) == (
        "before-2:20261204", "Còn 2 ngày làm việc đến hạn gửi tài liệu 04/12/2026",
    )  # fmt: skip
    assert papers_step(due, date(2026, 11, 20), plan=PLAN, calendar=CALENDAR) is None
    late = papers_step(due, date(2026, 12, 8), plan=PLAN, calendar=CALENDAR)
    assert late
    assert late[0] == "late-2:20261204"


@given(st.integers(0, 400), st.integers(0, 400))
@settings(max_examples=30, deadline=None)
def test_a_share_is_rounded_once_and_of_nothing_is_nothing(part, extra):
    whole = part + extra
    told = share(part, whole)
    if not whole:
        assert told == "–"
    else:
        assert abs(float(told.removesuffix(" %").replace(",", ".")) - 100 * part / whole) <= 0.0501


def test_differences_name_what_changed_alone():
    assert differences({"month": "12/2026", "output": "NQ"}, {"month": "01/2027", "output": "NQ"}) == {
        "month": ("12/2026", "01/2027")
    }
