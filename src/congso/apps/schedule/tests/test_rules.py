"""Free hours are what a look at every minute finds."""

import itertools
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given, settings
from hypothesis import strategies as st

from congso.apps.schedule.rules import Slot, free_slots, merged, working_windows
from congso.lib.workdays import Calendar

START = datetime(2026, 11, 23, 0, 30, tzinfo=UTC)
STEP = timedelta(minutes=30)
minutes = st.integers(0, 20)


def slot(first: int, length: int) -> Slot:
    begins = START + first * timedelta(minutes=15)
    return Slot(begins, begins + length * timedelta(minutes=15))


slots = st.builds(slot, minutes, st.integers(1, 12))


@settings(max_examples=30, deadline=None)
@given(st.lists(slots, max_size=40), st.lists(slots, min_size=1, max_size=3), st.integers(1, 6))
def test_free_slots_are_those_a_plain_look_finds(busy, windows, quarters):
    length = quarters * timedelta(minutes=15)
    plain = []
    for window in sorted(windows):
        at = window.starts_at
        while at + length <= window.ends_at:
            wanted = Slot(at, at + length)
            if not any(wanted.overlaps(one) for one in busy):
                plain.append(wanted)
            at += STEP
    assert free_slots(busy, windows, length, step=STEP) == plain


@settings(max_examples=30, deadline=None)
@given(st.lists(slots, max_size=20))
def test_merged_time_is_the_same_time(busy):
    found = merged(busy)
    assert all(one.ends_at < two.starts_at for one, two in itertools.pairwise(found))
    moments = [START + step * timedelta(minutes=5) for step in range(120)]
    for moment in moments:
        at = Slot(moment, moment + timedelta(minutes=1))
        assert any(one.overlaps(at) for one in busy) == any(one.overlaps(at) for one in found)


def test_working_windows_leave_out_days_off_and_are_told_in_the_offices_time():
    zone = ZoneInfo("Asia/Ho_Chi_Minh")
    law = Calendar(days_off=frozenset({date(2026, 11, 24)}))
    found = working_windows(date(2026, 11, 23), 3, [(time(7, 30), time(11, 30))], law, zone)
    assert [one.starts_at.astimezone(UTC) for one in found] == [
        datetime(2026, 11, 23, 0, 30, tzinfo=UTC), datetime(2026, 11, 25, 0, 30, tzinfo=UTC),
    ]  # fmt: skip
