from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from congso.lib.periods import Period, is_valid_on
from congso.lib.recurrences import Recurrence, occurrences
from congso.lib.vietnamese_dates import (
    NotADate,
    paper_date,
    parse_date,
    place_and_date,
    screen_date,
    weekday_date,
)

TODAY = date(2026, 11, 24)
some_days = st.dates(date(2001, 1, 1), date(2099, 12, 31))


@pytest.mark.parametrize(
    ("day", "printed"),
    [
        (date(2026, 2, 5), "ngày 05 tháng 02 năm 2026"), (date(2026, 3, 9), "ngày 09 tháng 3 năm 2026"),
        (date(2025, 8, 11), "ngày 11 tháng 8 năm 2025"), (date(2026, 12, 1), "ngày 01 tháng 12 năm 2026"),
    ],
)  # fmt: skip
def test_papers_print_a_zero_only_before_small_days_and_months_1_and_2(day: date, printed: str) -> None:
    assert paper_date(day) == printed
    assert place_and_date("Lào Cai", day) == f"Lào Cai, {printed}"


def test_screens_print_no_zeros() -> None:
    assert screen_date(date(2026, 2, 5)) == "5/2/2026"
    assert weekday_date(date(2026, 2, 5)) == "Thứ Năm, 5/2/2026"


@pytest.mark.parametrize(
    "typed",
    [
        "5/2/2026", "05/02/2026", "5-2-26", "5.2.2026", "5 2 2026", "05022026", "050226", "5/2", "0502",
        "ngày 5 tháng 2 năm 2026", "5 tháng 2", "2026-02-05", " 5/2/2026 ",
    ],
)  # fmt: skip
def test_clerks_may_type_a_date_in_many_ways(typed: str) -> None:
    assert parse_date(typed, today=TODAY) == date(2026, 2, 5)


@pytest.mark.parametrize(("typed", "shift"), [("hôm nay", 0), ("Hom nay", 0), ("hôm qua", -1), ("ngày mai", 1)])
def test_days_have_names(typed: str, shift: int) -> None:
    assert parse_date(typed, today=TODAY) == TODAY + timedelta(days=shift)


@pytest.mark.parametrize("typed", ["", "31/2/2026", "13/13/2026", "abc", "5", "5/2/123", "2026"])
def test_what_is_no_date_is_refused_in_vietnamese(typed: str) -> None:
    with pytest.raises(NotADate, match="không phải là ngày"):
        parse_date(typed, today=TODAY)


@given(some_days)
def test_every_printed_date_is_read_back(day: date) -> None:
    for printed in (screen_date(day), paper_date(day), day.isoformat(), f"{day:%d%m%Y}", f"{day:%d-%m-%y}"):
        assert parse_date(printed, today=TODAY) == day


def test_validity_includes_the_first_day_and_excludes_the_end() -> None:
    start, end = date(2025, 7, 1), date(2025, 9, 30)
    assert is_valid_on(start, start, end)
    assert not is_valid_on(end, start, end)
    assert is_valid_on(date(2099, 1, 1), start, None)
    assert is_valid_on(date(1999, 1, 1), None, end)
    assert start in Period(start)
    assert end not in Period(start, end)


def test_a_period_does_not_end_before_it_begins() -> None:
    with pytest.raises(ValueError, match="after it begins"):
        Period(date(2025, 7, 1), date(2025, 7, 1))


@pytest.mark.parametrize(
    ("recurrence", "labels"),
    [
        (Recurrence.MONTHLY, ["Tháng 8/2025", "Tháng 9/2025", "Tháng 10/2025"]),
        (Recurrence.QUARTERLY, ["Quý III/2025", "Quý IV/2025"]),
        (Recurrence.HALF_YEARLY, ["6 tháng cuối năm 2025"]),
        (Recurrence.YEARLY, ["Năm 2025"]),
    ],
)
def test_periods_bear_the_names_offices_print(recurrence: Recurrence, labels: list[str]) -> None:
    found = occurrences(recurrence, date(2025, 8, 11), date(2025, 10, 1))
    assert [occurrence.label for occurrence in found] == labels


@given(st.sampled_from(Recurrence), some_days, st.integers(0, 900))
def test_periods_follow_each_other_and_cover_the_span(recurrence: Recurrence, start: date, length: int) -> None:
    end = start + timedelta(days=length)
    found = list(occurrences(recurrence, start, end))
    assert found[0].first_day <= start
    assert found[-1].last_day >= end
    for earlier, later in pairwise(found):
        assert earlier.last_day + timedelta(days=1) == later.first_day


def test_a_report_due_on_the_31st_is_due_on_the_last_day_of_a_short_month() -> None:
    february = next(iter(occurrences(Recurrence.MONTHLY, date(2026, 2, 1), date(2026, 2, 1))))
    assert february.day_of_last_month(31) == date(2026, 2, 28)
    assert february.day_of_last_month(20) == date(2026, 2, 20)
