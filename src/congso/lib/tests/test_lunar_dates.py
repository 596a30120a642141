"""Lunar days against the calendar of another library, over a hundred years."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from congso.lib.lunar import first_day_of_tet, hung_kings_day
from congso.lib.lunar_dates import LunarDay, lunar_day


def test_every_tet_and_every_day_of_the_hung_kings_lies_where_the_other_calendar_has_it():
    for year in range(2008, 2100):
        assert lunar_day(first_day_of_tet(year)) == LunarDay(1, 1, year)
        assert lunar_day(hung_kings_day(year)) == LunarDay(10, 3, year)


def test_tet_2030_is_the_vietnamese_one_and_the_sixth_month_of_2025_came_twice():
    assert lunar_day(date(2030, 2, 2)) == LunarDay(1, 1, 2030)
    assert lunar_day(date(2025, 8, 1)) == LunarDay(8, 6, 2025, is_leap=True)
    assert str(lunar_day(date(2025, 8, 1))) == "8/6 nhuận"


@settings(max_examples=30, deadline=None)
@given(st.dates(date(1900, 1, 1), date(2199, 12, 30)))
def test_each_day_follows_the_one_before(day):
    before, after = lunar_day(day), lunar_day(day + timedelta(days=1))
    assert after.day in (before.day + 1, 1)
    assert after.day != 1 or before.day in (29, 30)


@pytest.mark.parametrize("year", [2026, 2027, 2028, 2029, 2031])
def test_the_handbooks_days_of_tet(year):
    days = {2026: (2, 17), 2027: (2, 6), 2028: (1, 26), 2029: (2, 13), 2031: (1, 23)}
    assert lunar_day(date(year, *days[year])) == LunarDay(1, 1, year)
