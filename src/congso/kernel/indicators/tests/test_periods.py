"""Periods as values."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from congso.kernel.indicators.periods import Frequency, Period


@pytest.mark.parametrize(
    ("code", "name", "first", "last"),
    [
        ("2026-M02", "tháng 2/2026", date(2026, 2, 1), date(2026, 2, 28)),
        ("2026-Q4", "quý IV/2026", date(2026, 10, 1), date(2026, 12, 31)),
        ("2026-H1", "6 tháng đầu năm 2026", date(2026, 1, 1), date(2026, 6, 30)),
        ("2026-H2", "6 tháng cuối năm 2026", date(2026, 7, 1), date(2026, 12, 31)),
        ("2026-Y", "năm 2026", date(2026, 1, 1), date(2026, 12, 31)),
    ],
)
def test_a_period_is_read_named_and_bounded(code: str, name: str, first: date, last: date):
    period = Period.parse(code)
    assert (period.code, period.name, period.start, period.end) == (code, name, first, last)


@pytest.mark.parametrize(
    "code", ["", "2026", "2026-M13", "2026-M1", "2026-Q5", "2026-H0", "0001-Y", "2026-M02 ", "٢٠٢٦-Y"]
)
def test_what_is_no_period_is_refused(code: str):
    with pytest.raises(ValueError, match=r"period|year"):
        Period.parse(code)


@settings(max_examples=50)
@given(st.dates(date(1950, 1, 1), date(2150, 1, 1)), st.sampled_from(Frequency))
def test_periods_follow_each_other_without_gap(day: date, frequency: Frequency):
    period = Period.containing(day, frequency)
    assert day in period
    assert Period.parse(period.code) == period
    assert period.next.previous == period
    assert (period.next.start - period.end).days == 1
    assert Period.containing(day, Frequency.YEAR).covers(period)
    steps, reached = 0, period.year_before
    while reached != period:
        steps, reached = steps + 1, reached.next
    assert steps == {"M": 12, "Q": 4, "H": 2, "Y": 1}[frequency]
