"""Versions told apart: words, rows, moves; what is put together again is either version; bounded time."""

import time
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from congso.kernel.composing.aligning import Unit, align, words
from congso.kernel.composing.comparing import ChangeKind, PieceKind, differences
from congso.kernel.composing.contents import Grid, Passage
from congso.kernel.composing.templates import make_docx
from congso.kernel.composing.tests import samples
from congso.kernel.files.reading.refusals import Refused

LINES = st.lists(st.sampled_from(["một hai ba bốn", "một hai ba năm", "sáu", "", "bảy tám chín mười"]), max_size=12)


def units(lines: list[str]) -> list[Unit]:
    return [Unit((line,)) for line in lines]


@settings(max_examples=200, deadline=None)
@given(old=LINES, new=LINES)
def test_both_versions_can_be_put_together_again(old: list[str], new: list[str]) -> None:
    told = align(units(old), units(new))
    olds = [_text(one.pieces, {"same", "removed"}) for one in told if one.old]
    news = [_text(one.pieces, {"same", "added"}) for one in told if one.new]
    assert (olds, news) == (old, new)
    assert [one.old for one in told if one.old] == list(range(1, len(old) + 1))
    assert [one.new for one in told if one.new] == list(range(1, len(new) + 1))


def _text(cells: tuple[tuple[tuple[str, str], ...], ...], kinds: set[str]) -> str:
    return "".join(text for cell in cells for kind, text in cell if kind in kinds)


@given(old=st.text("ab ,.\n", max_size=40), new=st.text("ab ,.\n", max_size=40))
def test_words_of_a_paragraph_lose_nothing(old: str, new: str) -> None:
    pieces = words(old, new)
    assert "".join(text for kind, text in pieces if kind != "added") == old
    assert "".join(text for kind, text in pieces if kind != "removed") == new


def test_a_changed_word_is_shown_with_its_neighbours() -> None:
    assert words("trước ngày 30 tháng 6", "trước ngày 15 tháng 6") == [
        ("same", "trước ngày "), ("removed", "30"), ("added", "15"), ("same", " tháng 6"),
    ]  # fmt: skip


@pytest.mark.parametrize("lines", [6_000])
def test_a_long_paper_of_repeated_lines_is_compared_in_bounded_time(lines: int) -> None:
    old = units(["dòng lặp lại nhiều lần", ""] * (lines // 2))
    new = units(["", "dòng lặp lại nhiều lần", "dòng khác hẳn với tất cả"] * (lines // 3))
    begun = time.perf_counter()
    align(old, new)
    assert time.perf_counter() - begun < 10


def test_two_versions_of_a_file() -> None:
    old = samples.PLAN
    grid = next(block for block in old.body if isinstance(block, Grid))
    changed = replace(
        grid, rows=(*grid.rows[:-1], ("2", "Tập huấn cán bộ", "30/9/2026"), ("3", "Kiểm tra", "31/12/2026"))
    )
    body = tuple(changed if block is grid else block for block in old.body)
    new = replace(old, body=(*body[:1], Passage("Một đoạn mới được thêm vào."), *body[1:]), title=f"{old.title} (sửa)")
    found = differences(make_docx(old), make_docx(new))
    kinds = [one.kind for one in found if one.kind is not ChangeKind.SAME]
    assert kinds == [ChangeKind.CHANGED, ChangeKind.ADDED, ChangeKind.CHANGED, ChangeKind.ADDED]
    row = next(one for one in found if one.cells and one.kind is ChangeKind.CHANGED)
    assert [piece.text for cell in row.cells for piece in cell if piece.kind is PieceKind.ADDED] == [" cán bộ", "9"]
    assert all(one.kind is ChangeKind.SAME for one in differences(make_docx(old), make_docx(old)))


def test_a_moved_paragraph_is_no_new_one() -> None:
    told = align(units(["a b c d e", "một", "hai"]), units(["một", "hai", "a b c d e"]))
    assert {one.kind for one in told} == {"moved", "same"}


def test_what_cannot_be_read_is_refused() -> None:
    with pytest.raises(Refused):
        differences(make_docx(samples.PLAN), b"PK\x03\x04 half a file")
