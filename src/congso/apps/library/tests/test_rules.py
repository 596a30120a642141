"""The library's pure rules."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from congso.apps.library.rules.counting import FEWEST, folded, folded_sum
from congso.apps.library.rules.lending import LendingRules, Reminder, due_on, kept_until, reminder_on
from congso.apps.library.rules.numbers import NoIsbn, isbn13, next_numbers, split_number, with_check_digit
from congso.apps.library.rules.searching import asked_words, author_key, is_body_name, title_key
from congso.lib.workdays import Calendar

CALENDAR = Calendar(frozenset(), frozenset(), frozenset({2026}))
RULES = LendingRules(15, 2, 5, 3, 3, 7, 12)
few = settings(max_examples=30)


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("978-0-306-40615-7", "9780306406157"),
        ("0-306-40615-2", "9780306406157"),
        ("ISBN: 080442957X", "9780804429573"),
        ("  ", ""),
    ],
)
def test_an_isbn_is_kept_in_thirteen_digits(written: str, kept: str) -> None:
    assert isbn13(written) == kept


@pytest.mark.parametrize("wrong", ["9780306406158", "0306406153", "123", "97803064061570", "abc", "9770306406157"])
def test_a_wrong_isbn_is_told(wrong: str) -> None:
    with pytest.raises(NoIsbn):
        isbn13(wrong)


@few
@given(st.integers(0, 999_999_999), st.integers(0, 12), st.integers(1, 9))
def test_one_wrong_digit_is_always_found(value: int, place: int, by: int) -> None:
    whole = with_check_digit(f"978{value:09d}")
    assert isbn13(whole) == whole
    broken = whole[:place] + str((int(whole[place]) + by) % 10) + whole[place + 1 :]
    with pytest.raises(NoIsbn):
        isbn13(broken)


def test_numbers_of_the_book_go_on() -> None:
    assert next_numbers("TV", 12, 2) == ["TV000013", "TV000014"]
    assert split_number("TV000013") == ("TV", 13)
    assert split_number("abc") is None


@few
@given(st.dates(date(2026, 1, 1), date(2026, 11, 1)), st.integers(1, 30))
def test_a_loan_ends_on_an_open_day(day: date, days: int) -> None:
    due = due_on(day, days, CALENDAR)
    assert due >= day + timedelta(days=days)
    assert CALENDAR.is_working_day(due)


def test_a_copy_is_kept_for_working_days() -> None:
    assert kept_until(date(2026, 11, 26), 3, CALENDAR) == date(2026, 12, 1)  # Thursday: Friday, Monday, Tuesday


def test_reminders_come_before_on_and_after_the_day() -> None:
    due = date(2026, 11, 20)
    told = [reminder_on(due + timedelta(days=n), due, RULES) for n in (-4, -3, -1, 0, 1, 7, 8, 15)]
    assert told == [
        (Reminder.NONE, 0), (Reminder.SOON, 0), (Reminder.SOON, 0), (Reminder.TODAY, 0), (Reminder.LATE, 0),
        (Reminder.LATE, 0), (Reminder.LATE, 1), (Reminder.LATE, 2),
    ]  # fmt: skip


@few
@given(st.lists(st.integers(0, 30), max_size=6))
def test_no_small_figure_follows_from_what_is_told(counts: list[int]) -> None:
    told = [folded(one) for one in counts]
    assert all(one is None or one == 0 or one >= FEWEST for one in told)
    total = folded_sum(counts)
    if sum(0 < one < FEWEST for one in counts) == 1 and total is not None:
        hidden = next(one for one in counts if 0 < one < FEWEST)
        assert total != sum(counts) or total % 10 == 0 or hidden not in range(1, FEWEST)


def test_authors_and_titles_have_vietnamese_order() -> None:
    names = ["Nguyễn Văn Ánh", "Trần Văn An", "Lê Thị Bình", "Đỗ Ân"]
    assert sorted(names, key=lambda one: author_key(one, is_body=False)) == [
        "Trần Văn An", "Nguyễn Văn Ánh", "Đỗ Ân", "Lê Thị Bình",
    ]  # fmt: skip
    assert is_body_name("Ban Tuyên giáo Tỉnh ủy")
    assert not is_body_name("Bàn Tài Đoàn")
    assert title_key("“Đường về bản”") == title_key("Đường về bản")
    assert asked_words("  Đường VỀ, bản! ") == "duong ve ban"
