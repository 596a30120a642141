"""How and when people may be told, without a database."""

from datetime import date, datetime, time
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from congso.kernel.notify.rules import Frequency, Kind, QuietHours, Way, digest_day, is_held, ways_for
from congso.lib.workdays import Calendar

TET = Calendar(
    days_off=frozenset({date(2026, 2, 16), date(2026, 2, 17)}), working_rest_days=frozenset({date(2026, 2, 21)})
)
OFFICE = ZoneInfo("Asia/Ho_Chi_Minh")
TIMES = st.integers(0, 24 * 60 - 1).map(lambda minute: time(minute // 60, minute % 60))


def moment(day: int, hour: int, minute: int = 0) -> datetime:
    """A moment in the office, in February 2026."""
    return datetime(2026, 2, day, hour, minute, tzinfo=OFFICE)


@pytest.mark.parametrize("kind", [Kind.ASSIGNED, Kind.URGENT, Kind.SECURITY])
def test_duty_cannot_be_silenced(kind):
    assert Way.NONE not in ways_for(kind)
    assert Way.NONE in ways_for(Kind.REMINDER)


@given(TIMES, TIMES, TIMES)
def test_every_moment_is_in_the_quiet_hours_or_in_what_is_left_of_the_day(begins, ends, moment):
    if begins != ends:
        assert QuietHours(begins, ends).contain(moment) is not QuietHours(ends, begins).contain(moment)


def test_quiet_hours_pass_midnight_and_hold_back_what_can_wait():
    night = QuietHours(time(21), time(6, 30))
    assert [is_held(Kind.ASSIGNED, night, time(hour)) for hour in (20, 21, 3, 7)] == [False, True, True, False]
    assert not is_held(Kind.URGENT, night, time(3))
    assert not QuietHours(time(0), time(0)).contain(time(0))


@pytest.mark.parametrize(
    ("frequency", "now", "day"),
    [
        (Frequency.DAILY, moment(13, 6, 59), None),
        (Frequency.DAILY, moment(13, 7), date(2026, 2, 13)),
        (Frequency.DAILY, moment(14, 9), None),  # a Saturday
        (Frequency.DAILY, moment(17, 9), None),  # Tết
        (Frequency.DAILY, moment(21, 9), date(2026, 2, 21)),  # a Saturday worked instead
        (Frequency.WEEKLY, moment(13, 9), None),
        (Frequency.WEEKLY, moment(9, 9), date(2026, 2, 9)),
        (Frequency.WEEKLY, moment(18, 9), date(2026, 2, 18)),  # Monday and Tuesday were off
        (Frequency.OFF, moment(13, 9), None),
    ],
)
def test_a_digest_is_due_from_its_hour_on_working_days(frequency, now, day):
    assert digest_day(frequency, 7, now, TET) == day
