"""Forecasts, small cells and cells of files, by examples and properties."""

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from congso.apps.analytics.rules import BadCell, forecast, read_number, read_period, suppressed


def test_a_straight_series_is_drawn_on_without_error():
    told = forecast([Decimal(10 + 3 * place) for place in range(24)], ahead=3, season=12)
    assert told.method == "straight_line"
    assert told.error == 0
    assert [round(value) for value in told.values] == [82, 85, 88]


def test_a_season_is_seen():
    year = [5, 1, 1, 2, 3, 9, 9, 8, 4, 3, 2, 7]
    told = forecast([Decimal(value) for value in year * 3], ahead=12, season=12)
    assert told.method == "same_as_last_year"
    assert list(told.values) == year


def test_too_little_past_gives_no_forecast():
    assert forecast([Decimal(1)] * 7, ahead=3, season=12) is None
    assert forecast([Decimal(1)] * 8, ahead=3, season=12).trials >= 4


@settings(max_examples=50, deadline=None)
@given(values=st.lists(st.integers(-1000, 1000), min_size=8, max_size=40), season=st.sampled_from([1, 2, 4, 12]))
def test_the_error_shown_is_that_of_the_method_on_the_past(values, season):
    told = forecast([Decimal(value) for value in values], ahead=4, season=season)
    assert told.error >= 0
    assert all(low <= value <= high for low, value, high in zip(told.low, told.values, told.high, strict=True))
    widths = [high - low for low, high in zip(told.low, told.high, strict=True)]
    assert widths == sorted(widths)
    naive = [
        abs(values[place] - values[place - 1]) for place in range(min(len(values) // 2, len(values) - 4), len(values))
    ]
    assert told.error <= Decimal(sum(naive)) / len(naive) + Decimal("0.001")


@settings(max_examples=50, deadline=None)
@given(counts=st.lists(st.integers(0, 30), max_size=12), least=st.integers(2, 10))
def test_no_small_cell_shows_and_none_can_be_worked_out(counts, least):
    shown = suppressed(counts, least=least)
    for count, told in zip(counts, shown, strict=True):
        assert told in (None, count)
        assert told is None or told == 0 or told >= least
    hidden = [count for count, told in zip(counts, shown, strict=True) if told is None]
    others = [count for count, told in zip(counts, shown, strict=True) if told]
    assert len(hidden) != 1 or not others


@pytest.mark.parametrize(
    ("typed", "value"),
    [("1.234,5", "1234.5"), ("1,234.5", "1234.5"), ("1234,5", "1234.5"), ("12", "12"), ("-3,25", "-3.25"),
     ("1.234", "1234"), ("0,125", "0.125"), ("62,4%", "62.4"), ("1 234", "1234")],
)  # fmt: skip
def test_numbers_are_read_as_people_type_them(typed, value):
    assert read_number(typed) == Decimal(value)


@pytest.mark.parametrize("typed", ["12,345", "abc", "=1+1", "1e5", "1.2.3", "NaN", "--1", "٣", "12 con", ""])
def test_what_is_unclear_or_no_number_is_refused(typed):
    with pytest.raises(BadCell):
        read_number(typed)


@pytest.mark.parametrize(
    ("typed", "frequency", "code"),
    [("Tháng 11/2026", "M", "2026-M11"), ("11-2026", "M", "2026-M11"), ("2026-11", "M", "2026-M11"),
     ("2026-11-01 00:00:00", "M", "2026-M11"), ("2026-M07", "M", "2026-M07"), ("Quý IV/2026", "Q", "2026-Q4"),
     ("quý 2 năm 2026", "Q", "2026-Q2"), ("6 tháng cuối năm 2026", "H", "2026-H2"), ("Năm 2026", "Y", "2026-Y")],
)  # fmt: skip
def test_periods_are_read_as_people_type_them(typed, frequency, code):
    assert read_period(typed, frequency) == code


@pytest.mark.parametrize(
    ("typed", "frequency"), [("13/2026", "M"), ("2026", "M"), ("quý 5/2026", "Q"), ("1/1800", "M")]
)
def test_a_period_of_another_kind_is_refused(typed, frequency):
    with pytest.raises(BadCell):
        read_period(typed, frequency)
