"""Whatever a file holds, its fields are read without failing, and in time that grows with its length only."""

import time

from hypothesis import given, settings
from hypothesis import strategies as st

from congso.kernel.papers.fields import read_fields
from congso.lib.layout import Box, Cell, Layout, Line, Page, Paragraph, Table, Word

_SAID = st.one_of(
    st.text(max_size=40),
    st.sampled_from(
        (
            "Số", "Số:", "/KH-UBND", "12-CV/TU", "ngày", "tháng", "năm", "2025", "KẾ HOẠCH", "V/v", "Kính gửi:",
            "Nơi nhận:", "T/M BAN THƯỜNG VỤ", "KT. CHỦ TỊCH", "Nguyễn Văn Mẫu", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
            "*", "-----", "Người ký:", "Thời gian ký:", "TỈNH ỦY LÀO CAI", "MẬT", "HỎA TỐC",
        )
    ),
)  # fmt: skip
_NUMBER = st.floats(-1000, 2000, allow_nan=False)
_BOX = st.builds(Box, _NUMBER, _NUMBER, _NUMBER, _NUMBER)
_WORD = st.builds(Word, _SAID, _BOX, st.floats(0, 1), st.floats(0, 40), st.booleans(), st.booleans())
_LINE = st.builds(Line, st.lists(_WORD, min_size=0, max_size=6).map(tuple))
_PAGE = st.builds(
    Page,
    st.integers(1, 9),
    st.floats(0, 1000),
    st.floats(0, 1000),
    st.lists(_LINE, max_size=25).map(tuple),
    st.booleans(),
)
_CELL = st.builds(Cell, st.integers(0, 2), st.integers(0, 2), _SAID)
_TABLE = st.builds(Table, st.integers(0, 3), st.integers(0, 3), st.lists(_CELL, max_size=6).map(tuple))
_BLOCK = st.one_of(_TABLE, st.builds(Paragraph, _SAID))
_LAYOUT = st.builds(Layout, st.lists(_PAGE, max_size=3).map(tuple), st.lists(_BLOCK, max_size=12).map(tuple))


@given(_LAYOUT)
@settings(max_examples=60, deadline=None)
def test_no_layout_makes_reading_fail(layout):
    read_fields(layout, reread=lambda zones: [page.lines for page in layout.pages])


def _long(pages: int) -> Layout:
    words = tuple(
        Word(text, Box(85 + 60 * at, 0, 140 + 60 * at, 14)) for at, text in enumerate(("Kính", "gửi:", "các", "xã"))
    )
    lines = tuple(
        Line(tuple(Word(w.text, Box(w.box.left, 16.0 * row, w.box.right, 16.0 * row + 14)) for w in words))
        for row in range(48)
    )
    return Layout(tuple(Page(number, 595, 842, lines) for number in range(1, pages + 1)))


def test_two_hundred_pages_take_less_than_two_seconds():
    layout = _long(200)
    started = time.process_time()
    read_fields(layout)
    assert time.process_time() - started < 2


def test_a_row_of_a_hundred_thousand_letters_is_no_trap():
    text = "Số " + "1-" * 50_000
    started = time.process_time()
    read_fields(Layout(blocks=(Paragraph(text), Paragraph("ngày " * 20_000), Paragraph("T / " * 30_000))))
    assert time.process_time() - started < 2
