"""Quorum in whole numbers, presence from what was noted."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from congso.apps.meetings.rules import Happened, Quorum, needed, quorum_words, standing_of

TWO_THIRDS = Quorum(2, 3, "302-QĐ/TW")
BEGIN = datetime(2026, 11, 23, 1, tzinfo=UTC)


@pytest.mark.parametrize(("members", "enough"), [(17, 12), (65, 44), (3, 2), (1, 1), (4, 3)])
def test_two_thirds_of_all_members(members, enough):
    # 17 → 12, 65 → 44: the boundaries of the handbook (office 7, rule 4).
    assert needed(TWO_THIRDS, members) == enough
    assert TWO_THIRDS.is_reached(enough, members)
    assert not TWO_THIRDS.is_reached(enough - 1, members)


@settings(max_examples=30)
@given(st.integers(0, 200), st.integers(1, 200))
def test_enough_is_what_is_needed(present, members):
    assert TWO_THIRDS.is_reached(present, members) == (present >= needed(TWO_THIRDS, members))


def test_a_body_without_a_rule_and_a_rule_without_members():
    assert Quorum(0, 1).is_reached(0, 0)
    assert not TWO_THIRDS.is_reached(0, 0)
    assert "không quy định" in quorum_words(Quorum(0, 1), 2, 5)
    assert "cần ít nhất 12" in quorum_words(TWO_THIRDS, 11, 17)


def at(minutes):
    return BEGIN + timedelta(minutes=minutes)


def test_late_leaving_coming_back_and_a_mistake():
    late = standing_of([Happened("came", at(10))])
    assert late.is_present
    assert late.is_late(BEGIN)
    gone = standing_of([Happened("came", at(0)), Happened("left", at(30))])
    assert (gone.is_present, gone.left_at, gone.has_been) == (False, at(30), True)
    back = standing_of([Happened("came", at(0)), Happened("left", at(30)), Happened("came", at(40))])
    assert (back.is_present, back.came_at, back.left_at) == (True, at(0), None)
    void = standing_of([Happened("came", at(0)), Happened("void", at(5))])
    assert not void.has_been
    assert not standing_of([]).has_been


@settings(max_examples=30)
@given(st.lists(st.sampled_from(["came", "left", "void"]), max_size=8))
def test_the_last_row_says_whether_she_is_there(kinds):
    rows = [Happened(kind, at(place)) for place, kind in enumerate(kinds)]
    assert standing_of(rows).is_present == (bool(kinds) and kinds[-1] == "came")
