"""What stands on a page and where: words, lines that never cross columns, paragraphs in reading order."""

from collections.abc import Callable
from pathlib import Path

import pikepdf
import pytest

from congso.kernel.files.reading.kinds import FileKind
from congso.kernel.files.reading.layouts import layout_from, read_layout, to_plain
from congso.kernel.files.reading.limits import Limits
from congso.kernel.files.tests import papers
from congso.lib.layout import Layout, Line, Paragraph

LIMITS = Limits(seconds_per_file=60)
Lay = Callable[[bytes], Layout]


@pytest.fixture
def lay(tmp_path: Path) -> Lay:
    def run(data: bytes) -> Layout:
        path, work = tmp_path / "paper.pdf", tmp_path / "work"
        path.write_bytes(data)
        work.mkdir(exist_ok=True)
        return read_layout(path, FileKind.PDF, limits=LIMITS, work=work)

    return run


def lines(layout: Layout, page: int = 1) -> list[str]:
    return [line.text for line in layout.pages[page - 1].lines]


def line(layout: Layout, text: str) -> Line:
    return next(one for page in layout.pages for one in page.lines if text in one.text)


def paragraphs(layout: Layout) -> list[str]:
    return [block.text for block in layout.blocks if isinstance(block, Paragraph)]


def test_the_two_columns_of_the_header_never_share_a_line_and_the_left_is_read_first(lay: Lay) -> None:
    assert lines(lay(papers.pdf()))[:6] == [
        "ĐẢNG BỘ TỈNH MẪU",
        "VĂN PHÒNG",
        "*",
        "Số 16-KH/TU",
        "ĐẢNG CỘNG SẢN VIỆT NAM",
        "Mẫu, ngày 11 tháng 8 năm 2025",
    ]


def test_words_carry_their_size_and_style_and_stand_where_they_are_seen(lay: Lay) -> None:
    layout = lay(papers.pdf())
    office, date = line(layout, "VĂN PHÒNG").words[0], line(layout, "tháng 8").words[-1]
    assert (office.is_bold, office.is_italic, office.size) == (True, False, 14.0)
    assert (date.is_bold, date.is_italic, date.confidence) == (False, True, 1.0)
    page = layout.pages[0]
    assert office.box.right < page.width / 2 < date.box.left
    assert office.box.bottom < page.height / 6


def test_wrapped_lines_make_one_paragraph(lay: Lay) -> None:
    found = [text for text in paragraphs(lay(papers.pdf())) if text.startswith("Các cơ quan")]
    assert len(found) == 6
    assert all(text.endswith("báo cáo Ban Thường vụ Tỉnh ủy.") for text in found)


def test_a_page_turned_by_its_file_is_read_as_it_is_seen(lay: Lay, tmp_path: Path) -> None:
    upright = lay(papers.pdf())
    with pikepdf.open(tmp_path / "paper.pdf") as turned:
        page = turned.pages[0]
        page.Rotate = 180
        page.Contents = turned.make_stream(b"q -1 0 0 -1 595.276 841.89 cm " + page.Contents.read_bytes() + b" Q")
        turned.save(tmp_path / "turned.pdf")
    seen = lay((tmp_path / "turned.pdf").read_bytes())
    assert lines(seen) == lines(upright)
    first, same = upright.pages[0].lines[0].box, seen.pages[0].lines[0].box
    assert (first.left, first.top) == pytest.approx((same.left, same.top), abs=0.5)


def test_a_layout_survives_being_written_down(lay: Lay) -> None:
    layout = lay(papers.pdf(pages=2))
    assert layout_from(to_plain(layout)) == layout
