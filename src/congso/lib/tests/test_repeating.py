"""Repeated days against dateutil's rules of RFC 5545, an implementation of other people."""

from datetime import date, datetime, time, timedelta

from dateutil import rrule
from hypothesis import given, settings
from hypothesis import strategies as st

from congso.lib.repeating import MOST, OnDayOff, Rhythm, Rule, repeated
from congso.lib.workdays import Calendar

firsts = st.dates(date(2026, 1, 1), date(2027, 6, 30))
ALL_DAYS = Calendar(working_rest_days=frozenset(date(2026, 1, 1) + timedelta(days=step) for step in range(3000)))


def others(rule: Rule, first: date) -> list[date]:
    more = {
        Rhythm.DAILY: {"freq": rrule.DAILY},
        Rhythm.WEEKLY: {"freq": rrule.WEEKLY, "byweekday": sorted(rule.weekdays or {first.weekday()})},
        Rhythm.MONTHLY_DATE: {
            "freq": rrule.MONTHLY, "bymonthday": list(range(min(first.day, 28), first.day + 1)), "bysetpos": -1,
        },
        Rhythm.MONTHLY_WEEKDAY: {
            "freq": rrule.MONTHLY,
            "byweekday": rrule.weekday(first.weekday(), -1 if first.day > 28 else (first.day - 1) // 7 + 1),
        },
        Rhythm.YEARLY: {
            "freq": rrule.YEARLY, "bymonth": first.month, "bymonthday": list(range(min(first.day, 28), first.day + 1)),
            "bysetpos": -1,
        },
    }[rule.rhythm]  # fmt: skip
    start, until = datetime.combine(first, time.min), datetime.combine(rule.until, time.min)
    return [one.date() for one in rrule.rrule(dtstart=start, interval=rule.every, until=until, **more)][:MOST]


@settings(max_examples=30, deadline=None)
@given(firsts, st.sampled_from(Rhythm), st.integers(1, 4), st.integers(0, 900), st.sets(st.integers(0, 6), max_size=3))
def test_the_days_are_those_of_the_standard(first, rhythm, every, lasting, weekdays):
    rule = Rule(rhythm, first + timedelta(days=lasting), every, frozenset(weekdays))
    assert repeated(rule, first, ALL_DAYS) == others(rule, first)


@settings(max_examples=30, deadline=None)
@given(firsts, st.sampled_from(OnDayOff))
def test_days_off_are_left_out_moved_or_kept(first, on_day_off):
    law = Calendar(days_off=frozenset({first + timedelta(days=7), first + timedelta(days=8)}))
    rule = Rule(Rhythm.DAILY, first + timedelta(days=20), on_day_off=on_day_off)
    found = repeated(rule, first, law)
    assert found == sorted(set(found))
    if on_day_off is OnDayOff.KEEP:
        assert len(found) == 21
    else:
        assert all(law.is_working_day(day) for day in found)


def test_the_thirty_first_of_a_shorter_month_is_its_last_day():
    rule = Rule(Rhythm.MONTHLY_DATE, date(2026, 4, 30), on_day_off=OnDayOff.KEEP)
    assert repeated(rule, date(2026, 1, 31), ALL_DAYS) == [
        date(2026, 1, 31), date(2026, 2, 28), date(2026, 3, 31), date(2026, 4, 30),
    ]  # fmt: skip
