"""What stands on a page and where: words, lines that never cross columns, paragraphs in reading order."""

import io
from collections.abc import Callable
from pathlib import Path

import img2pdf
import pikepdf
import pytest
from PIL import Image, ImageChops, ImageDraw
from weasyprint import HTML

from congso.kernel.files.reading.kinds import FileKind
from congso.kernel.files.reading.layouts import Zone, layout_from, read_layout, read_zones, to_plain
from congso.kernel.files.reading.limits import Limits
from congso.kernel.files.reading.pages.words import RECOGNISED
from congso.kernel.files.reading.reader import read
from congso.kernel.files.tests import papers
from congso.kernel.files.tests.test_reading import needs_ocr
from congso.lib.layout import Box, Layout, Line, Paragraph, Place
from congso.lib.vietnamese import fold

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


@needs_ocr
def test_parts_of_a_scan_are_read_one_by_one_with_places_and_confidence(tmp_path: Path) -> None:
    path = tmp_path / "scan.pdf"
    path.write_bytes(papers.scan(papers.pdf(), dpi=200))
    left, right = Place(1, Box(70, 50, 300, 150)), Place(1, Box(300, 50, 580, 110))
    seen, beside, nowhere = read_zones(path, [Zone(left), Zone(right), Zone(Place(7), 3)], limits=LIMITS, work=tmp_path)
    assert [fold(line.text) for line in seen][:2] == ["DANG BO TINH MAU", "VAN PHONG"]
    assert [line.text for line in beside] == ["ĐẢNG CỘNG SẢN VIỆT NAM", "Mẫu, ngày 11 tháng 8 năm 2025"]
    assert nowhere == ()
    assert all(0.5 < line.confidence <= 1 for line in beside)
    assert 300 < beside[0].box.left < beside[0].box.right < 580
    assert sorted(path.name for path in tmp_path.iterdir()) == ["scan.pdf"]


@needs_ocr
def test_a_zone_under_a_red_stamp_is_read_without_its_ink(tmp_path: Path) -> None:
    path = tmp_path / "scan.pdf"
    picture = papers.pictures(papers.pdf(), 200)[0]
    red = Image.new("RGB", picture.size, "white")
    draw = ImageDraw.Draw(red)
    for step in range(0, 500, 22):
        draw.line((230 + step, 130, 130 + step, 330), fill=(205, 30, 45), width=7)
    stamped = ImageChops.multiply(picture, red)
    path.write_bytes(img2pdf.convert(papers.encoded(stamped, "JPEG", quality=85, dpi=(200, 200))))
    place = Place(1, Box(70, 50, 300, 110))
    with_ink, without = read_zones(path, [Zone(place), Zone(place, without_ink=True)], limits=LIMITS, work=tmp_path)
    wanted = ["DANG BO TINH MAU", "VAN PHONG"]
    assert [fold(line.text) for line in without][:2] == wanted
    assert [fold(line.text) for line in with_ink][:2] != wanted


@needs_ocr
def test_a_scan_askew_is_read_line_by_line_and_says_how_sure_the_recogniser_was(tmp_path: Path) -> None:
    picture = papers.pictures(papers.pdf(), 200)[0].rotate(1.2, Image.Resampling.BICUBIC, fillcolor="white")
    path, work = tmp_path / "scan.pdf", tmp_path / "work"
    path.write_bytes(img2pdf.convert(papers.encoded(picture, "JPEG", quality=85, dpi=(200, 200))))
    work.mkdir()
    reading = read(path, "scan.pdf", limits=LIMITS, work=work)
    assert reading.searchable_pdf_path
    layout = read_layout(reading.searchable_pdf_path, FileKind.PDF, limits=LIMITS, work=work)
    texts = [fold(one.text) for one in layout.pages[0].lines]
    assert {"VAN PHONG", "DANG CONG SAN VIET NAM", "Mau, ngay 11 thang 8 nam 2025"} <= set(texts)
    assert layout.pages[0].is_scan
    assert len([text for text in paragraphs(layout) if fold(text).startswith("Cac co quan")]) == 6
    confidences = {word.confidence for one in layout.pages[0].lines for word in one.words}
    assert len(confidences - {RECOGNISED}) > 3
    assert all(0 <= confidence <= 1 for confidence in confidences)
    right = line(layout, "VIỆT NAM").box
    assert picture.width / 2 * 72 / 200 < right.left
    assert right.bottom < picture.height / 6 * 72 / 200


def test_what_software_wrote_into_a_field_of_the_page_is_read_too(lay: Lay) -> None:
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(papers.pdf())) as pdf:
        font = pikepdf.Dictionary(Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica)
        look = pdf.make_stream(b"BT /F 12 Tf 2 5 Td (1234) Tj ET")
        look.Type, look.Subtype, look.BBox = pikepdf.Name.XObject, pikepdf.Name.Form, [0, 0, 60, 20]
        look.Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F=font))
        note = pikepdf.Dictionary(
            Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.FreeText, Rect=[300, 300, 360, 320], F=4, AP={"/N": look}
        )
        pdf.pages[0].Annots = pdf.make_indirect([note])
        pdf.save(out)
    written = line(lay(out.getvalue()), "1234")
    assert written.box.left == pytest.approx(302, abs=2)


def test_a_sentence_broken_by_the_end_of_a_page_is_one_paragraph_with_the_place_where_it_begins(lay: Lay) -> None:
    style = "<style>@page { size: A5; margin: 20mm } p { font: 14pt/20pt Tinos; text-indent: 10mm }</style>"
    sentence = " ".join(["tăng cường kiểm tra, giám sát việc thực hiện nhiệm vụ được giao"] * 40)
    layout = lay(HTML(string=f"{style}<p>1. Các cơ quan {sentence}.</p><p>2. Báo cáo kết quả.</p>").write_pdf())
    assert len(layout.pages) > 1
    assert paragraphs(layout) == [f"1. Các cơ quan {sentence}.", "2. Báo cáo kết quả."]
    assert [block.place.page for block in layout.blocks if block.place] == [1, len(layout.pages)]
