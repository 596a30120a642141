from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from congso.lib.lunar import first_day_of_tet, hung_kings_day, propose_days_off
from congso.lib.workdays import (
    Calendar,
    add_months,
    add_working_days,
    days_before,
    next_working_day,
    term_end,
    working_days_before,
    working_days_between,
)


def _days(year: int, *written: str) -> frozenset[date]:
    return frozenset(date(year, *reversed([int(part) for part in text.split("/")])) for text in written)


OFFICIAL_2026 = Calendar(
    days_off=_days(
        2026, "1/1", "2/1", "16/2", "17/2", "18/2", "19/2", "20/2", "27/4", "30/4", "1/5", "31/8", "1/9",
        "2/9", "24/11",
    ),
    working_rest_days=_days(2026, "10/1", "22/8"),
    confirmed_years=frozenset({2026}),
)  # fmt: skip
days = st.dates(date(2024, 1, 1), date(2029, 12, 31))
calendars = st.builds(
    Calendar, st.frozensets(days, max_size=60), st.frozensets(days, max_size=10), st.just(frozenset[int]())
)


def test_seven_working_days_from_28_august_end_after_national_day_on_11_september() -> None:
    assert add_working_days(date(2026, 8, 28), 7, OFFICIAL_2026) == date(2026, 9, 11)


def test_a_working_saturday_counts() -> None:
    assert add_working_days(date(2026, 8, 20), 3, OFFICIAL_2026) == date(2026, 8, 24)


def test_thirty_days_ending_on_a_holiday_end_on_the_next_working_day() -> None:
    assert term_end(date(2026, 3, 31), OFFICIAL_2026, days=30) == date(2026, 5, 4)


def test_culture_day_is_not_counted() -> None:
    assert add_working_days(date(2026, 11, 23), 5, OFFICIAL_2026) == date(2026, 12, 1)


@pytest.mark.parametrize(
    ("start", "months", "end"),
    [
        (date(2026, 1, 31), 1, date(2026, 2, 28)), (date(2024, 2, 29), 12, date(2025, 2, 28)),
        (date(2026, 11, 15), 3, date(2027, 2, 15)), (date(2026, 3, 31), -1, date(2026, 2, 28)),
    ],
)  # fmt: skip
def test_months_end_on_the_same_date_or_the_last_of_the_month(start: date, months: int, end: date) -> None:
    assert add_months(start, months) == end


def test_notice_before_an_event_is_never_shortened_by_a_day_off() -> None:
    assert days_before(date(2026, 9, 7), 5, OFFICIAL_2026) == date(2026, 8, 28)
    assert working_days_before(date(2026, 9, 4), 2, OFFICIAL_2026) == date(2026, 8, 28)


def test_only_years_with_a_notice_are_certain() -> None:
    assert not OFFICIAL_2026.is_provisional(date(2026, 12, 31))
    assert OFFICIAL_2026.is_provisional(date(2027, 1, 4))


@given(calendars, days, st.integers(0, 60))
def test_a_term_ends_on_a_working_day_never_before_its_event(calendar: Calendar, event: date, n: int) -> None:
    ends = (add_working_days(event, n, calendar), term_end(event, calendar, days=n))
    assert all(calendar.is_working_day(end) and end >= event for end in ends)


@given(calendars, days, st.integers(1, 60))
def test_adding_and_counting_working_days_agree(calendar: Calendar, event: date, n: int) -> None:
    end = add_working_days(event, n, calendar)
    assert working_days_between(event, end, calendar) == n
    assert working_days_between(end, event, calendar) == -n


@given(calendars, days, st.integers(1, 60))
def test_counting_back_leaves_at_least_the_notice(calendar: Calendar, event: date, n: int) -> None:
    latest = working_days_before(event, n, calendar)
    assert calendar.is_working_day(latest)
    assert working_days_between(latest, event - timedelta(days=1), calendar) == n - 1
    assert (event - days_before(event, n, calendar)).days >= n


@given(calendars, days, st.integers(0, 40), st.integers(0, 40))
def test_a_longer_term_never_ends_earlier(calendar: Calendar, event: date, n: int, more: int) -> None:
    assert add_working_days(event, n, calendar) <= add_working_days(event, n + more, calendar)
    assert term_end(event, calendar, days=n) <= term_end(event, calendar, days=n + more)


@given(calendars, days)
def test_a_term_of_nothing_ends_on_the_next_worked_day(calendar: Calendar, event: date) -> None:
    assert add_working_days(event, 0, calendar) == next_working_day(event, calendar)


def test_a_term_is_never_negative() -> None:
    with pytest.raises(ValueError, match="none negative"):
        add_working_days(date(2026, 1, 5), -1, OFFICIAL_2026)


@pytest.mark.parametrize(
    ("year", "tet", "hung_kings"),
    [
        (2025, (1, 29), (4, 7)), (2026, (2, 17), (4, 26)), (2027, (2, 6), (4, 16)), (2028, (1, 26), (4, 4)),
        (2029, (2, 13), (4, 23)), (2030, (2, 2), (4, 12)), (2031, (1, 23), (4, 1)),
    ],
)  # fmt: skip
def test_lunar_days_follow_the_vietnamese_meridian(
    year: int, tet: tuple[int, int], hung_kings: tuple[int, int]
) -> None:
    assert first_day_of_tet(year) == date(year, *tet)
    assert hung_kings_day(year) == date(year, *hung_kings)


def test_the_proposal_for_a_year_names_weekdays_only() -> None:
    proposed = propose_days_off(2027)
    assert all(off.day.weekday() < 5 and off.name for off in proposed)
    assert {date(2027, 1, 1), date(2027, 2, 8), date(2027, 4, 16), date(2027, 5, 3), date(2027, 11, 24)} <= {
        off.day for off in proposed
    }
