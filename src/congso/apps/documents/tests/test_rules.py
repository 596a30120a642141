from datetime import date, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from congso.apps.documents import rules
from congso.lib.workdays import Calendar

CALENDAR = Calendar(days_off=frozenset({date(2026, 11, 24)}), confirmed_years=frozenset({2026}))
MONDAY = date(2026, 11, 23)
days = st.dates(date(2026, 1, 1), date(2026, 12, 31))


def test_an_ordinary_document_is_presented_by_the_next_working_day():
    assert rules.must_present_by(MONDAY, rules.NORMAL, CALENDAR) == date(2026, 11, 25)  # 24/11 is off


@pytest.mark.parametrize("urgency", [1, 2, 3, 4])
def test_an_urgent_document_is_presented_the_day_it_is_registered(urgency):
    assert rules.must_present_by(MONDAY, urgency, CALENDAR) == MONDAY


@given(registered=days, urgency=st.integers(0, 4))
def test_presenting_is_never_due_before_registering_nor_on_a_day_off(registered, urgency):
    due = rules.must_present_by(registered, urgency, CALENDAR)
    assert due >= registered
    assert urgency or CALENDAR.is_working_day(due)


def test_the_last_day_itself_is_in_time():
    assert not rules.is_late(MONDAY, None, MONDAY)
    assert rules.is_late(MONDAY, None, MONDAY + timedelta(1))


@given(due=days, closed=days, today=days)
def test_once_closed_lateness_no_longer_depends_on_today(due, closed, today):
    assert rules.is_late(due, closed, today) == (closed > due)


@given(due=days, today=days)
def test_a_document_is_never_late_and_due_soon_at_once(due, today):
    assert not (rules.is_late(due, None, today) and rules.is_due_soon(due, today, CALENDAR))


def test_without_a_deadline_nothing_is_late_or_due_soon():
    assert not rules.is_late(None, None, MONDAY)
    assert not rules.is_due_soon(None, MONDAY, CALENDAR)


def test_due_soon_counts_working_days():
    assert rules.is_due_soon(date(2026, 11, 26), MONDAY, CALENDAR)  # Wednesday and Thursday; Tuesday is off
    assert not rules.is_due_soon(date(2026, 11, 27), MONDAY, CALENDAR)


@given(opened=st.none() | st.datetimes())
def test_withdrawing_is_possible_exactly_while_unopened(opened):
    assert rules.may_withdraw(opened) == (opened is None)


def test_who_only_needs_to_know_completes_nothing_and_passes_on_only_to_know():
    assert not rules.may_complete(rules.INFORM)
    assert rules.may_pass_on(rules.INFORM, rules.INFORM)
    assert not rules.may_pass_on(rules.INFORM, rules.LEAD)
    assert rules.may_complete(rules.LEAD)
    assert rules.may_complete(rules.SUPPORT)
    assert rules.may_pass_on(rules.LEAD, rules.SUPPORT)


@pytest.mark.parametrize(("note", "is_result"), [("", False), ("   .", False), ("x", False), ("OK", True)])
def test_a_result_is_words(note, is_result):
    assert rules.is_result(note) == is_result


@given(
    st.lists(
        st.tuples(st.integers(0, 4), st.datetimes(datetime(2026, 1, 1), datetime(2026, 12, 31))),  # noqa: DTZ001
        max_size=20,
    )
)
def test_urgent_documents_jump_the_queue_and_equals_keep_their_order(rows):
    queue = sorted(rows, key=lambda row: rules.queue_key(row[0], None, row[1]))
    assert [row[0] for row in queue] == sorted((row[0] for row in rows), reverse=True)
    for earlier, later in pairwise(queue):
        assert earlier[0] > later[0] or earlier[1] <= later[1]


def test_only_timed_express_needs_an_hour():
    assert [rules.needs_hour(urgency) for urgency in range(5)] == [False, False, False, False, True]


def test_two_spellings_of_one_document_have_one_key():
    one = rules.duplicate_key("Số: 05 - NQ/ĐU", MONDAY, "Đảng ủy xã  Mẫu")
    assert one == rules.duplicate_key("5-nq/du", MONDAY, "đảng uỷ xã mẫu".replace("uỷ", "ủy"))


def test_facts_that_are_missing_prove_no_duplicate():
    assert rules.duplicate_key("", MONDAY, "Tỉnh ủy") is None
    assert rules.duplicate_key("16-KH/TU", None, "Tỉnh ủy") is None
    assert rules.duplicate_key("16-KH/TU", MONDAY, " . ") is None


@given(st.text(), st.text())
def test_the_issuer_key_ignores_marks_and_spaces_around_it(name, noise):
    assert rules.issuer_key(rules.issuer_key(name)) == rules.issuer_key(name)
