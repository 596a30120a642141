"""Tables by their ruled lines: strokes, thin rectangles, or found in a scan; every position is held once."""

import io
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pikepdf
import pypdfium2
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, ImageChops, ImageDraw, ImageFilter
from weasyprint import HTML

from congso.kernel.files.reading.kinds import FileKind
from congso.kernel.files.reading.layouts import read_layout
from congso.kernel.files.reading.limits import Limits
from congso.kernel.files.reading.pages.grid import Grid, Rule, grids_of
from congso.kernel.files.reading.pages.scanned_ruling import Scan
from congso.kernel.files.tests import papers
from congso.lib.layout import Layout, Paragraph, Table

LIMITS = Limits(seconds_per_file=60)
_STYLE = """<style>@page { size: A4 landscape; margin: 20mm } body { font-family: Tinos; font-size: 12pt }
table { border-collapse: collapse; width: 100% } td, th { border: 0.5pt solid black; padding: 3pt }
.open td { border-left: none; border-right: none } .frame { border: 1pt solid black; padding: 4pt }</style>"""
MERGED = """<table><tr><th rowspan=2>TT</th><th rowspan=2>Nội dung</th><th colspan=2>Cơ quan</th>
<th rowspan=2>Thời gian</th></tr><tr><th>Chủ trì</th><th>Phối hợp</th></tr>
<tr><td colspan=5>I. NHIỆM VỤ CHUNG</td></tr>
<tr><td>1</td><td>Rà soát quy chế làm việc của các cơ quan tham mưu, giúp việc Tỉnh ủy bảo đảm thống nhất,
đồng bộ trong toàn tỉnh và đúng quy định của Trung ương</td><td rowspan=2>Ban Tổ chức</td>
<td>- Văn phòng;<br>- Ủy ban Kiểm tra;<br>- Ban Nội chính.</td><td>Quý I/2026</td></tr>
<tr><td>2</td><td>Sơ kết</td><td></td><td>Hằng năm</td></tr></table>"""
Lay = Callable[[bytes], Layout]


@pytest.fixture
def lay(tmp_path: Path) -> Lay:
    def run(data: bytes) -> Layout:
        path, work = tmp_path / "paper.pdf", tmp_path / "work"
        path.write_bytes(data)
        work.mkdir(exist_ok=True)
        return read_layout(path, FileKind.PDF, limits=LIMITS, work=work)

    return run


def made(html: str) -> bytes:
    data: bytes = HTML(string=_STYLE + html).write_pdf()
    return data


def tables(layout: Layout) -> list[Table]:
    return [block for block in layout.blocks if isinstance(block, Table)]


def cells(table: Table) -> dict[tuple[int, int, int, int], str]:
    return {(cell.row, cell.column, cell.row_span, cell.column_span): cell.text for cell in table.cells}


def is_whole(grid: Grid) -> bool:
    held = [
        (row, column)
        for cell in grid.cells
        for row in range(cell.top, cell.bottom)
        for column in range(cell.left, cell.right)
    ]
    rows, columns = len(grid.heights) - 1, len(grid.sides) - 1
    return sorted(held) == [(row, column) for row in range(rows) for column in range(columns)]


def test_merged_cells_stand_once_with_their_spans_and_paragraphs_in_a_cell_stay_apart(lay: Lay) -> None:
    (table,) = tables(lay(made(MERGED)))
    assert (table.rows, table.columns) == (5, 5)
    assert cells(table) == {
        (0, 0, 2, 1): "TT",
        (0, 1, 2, 1): "Nội dung",
        (0, 2, 1, 2): "Cơ quan",
        (0, 4, 2, 1): "Thời gian",
        (1, 2, 1, 1): "Chủ trì",
        (1, 3, 1, 1): "Phối hợp",
        (2, 0, 1, 5): "I. NHIỆM VỤ CHUNG",
        (3, 0, 1, 1): "1",
        (3, 1, 1, 1): "Rà soát quy chế làm việc của các cơ quan tham mưu, giúp việc Tỉnh ủy bảo đảm thống nhất,"
        " đồng bộ trong toàn tỉnh và đúng quy định của Trung ương",
        (3, 2, 2, 1): "Ban Tổ chức",
        (3, 3, 1, 1): "- Văn phòng;\n- Ủy ban Kiểm tra;\n- Ban Nội chính.",
        (3, 4, 1, 1): "Quý I/2026",
        (4, 0, 1, 1): "2",
        (4, 1, 1, 1): "Sơ kết",
        (4, 3, 1, 1): "",
        (4, 4, 1, 1): "Hằng năm",
    }


def test_a_table_stands_between_the_paragraphs_around_it_and_its_cells_never_share_a_line(lay: Lay) -> None:
    layout = lay(made(f"<p>Trước bảng.</p>{MERGED}<p>Sau bảng.</p>"))
    before, table, after = layout.blocks
    assert isinstance(before, Paragraph)
    assert isinstance(table, Table)
    assert isinstance(after, Paragraph)
    assert (before.text, after.text) == ("Trước bảng.", "Sau bảng.")
    texts = [line.text for line in layout.pages[0].lines]
    assert {"Chủ trì", "Phối hợp", "Sơ kết", "- Văn phòng;"} <= set(texts)
    assert texts[0] == "Trước bảng."
    assert texts[-1] == "Sau bảng."


def test_a_frame_around_text_is_no_table(lay: Lay) -> None:
    layout = lay(made("<p class=frame>Một khung quanh một đoạn văn.</p>"))
    assert [block.text for block in layout.blocks if isinstance(block, Paragraph)] == ["Một khung quanh một đoạn văn."]
    assert tables(layout) == []


def test_a_table_ruled_by_level_lines_alone_gets_its_columns_from_the_blank_between_them(lay: Lay) -> None:
    rows = "".join(f"<tr><td>Đơn vị {n}</td><td>{n}.000</td></tr>" for n in range(1, 4))
    (table,) = tables(lay(made(f"<table class=open>{rows}</table>")))
    assert [cell.text for cell in table.cells] == ["Đơn vị 1", "1.000", "Đơn vị 2", "2.000", "Đơn vị 3", "3.000"]


def test_lines_drawn_as_thin_filled_rectangles_in_a_form_are_lines(lay: Lay) -> None:
    """As Word exports them; here with a form around them, moved and scaled."""
    with pikepdf.open(io.BytesIO(made("<p>&nbsp;</p>"))) as pdf:
        page = pdf.pages[0]
        level = "".join(f"50 {y} 200 0.5 re f\n" for y in (100, 130, 160))
        upright = "".join(f"{x} 100 0.5 60.5 re f\n" for x in (50, 150, 250))
        words = "".join(
            f"BT /F 8 Tf {x} {y} Td ({text}) Tj ET\n"
            for x, y, text in ((60, 140, "Mot"), (160, 140, "Hai"), (60, 110, "Ba"), (160, 110, "Bon"))
        )
        font = pikepdf.Dictionary(Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica)
        form = pdf.make_stream((level + upright + words).encode())
        form.Type, form.Subtype, form.BBox = pikepdf.Name.XObject, pikepdf.Name.Form, [0, 0, 600, 600]
        form.Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F=font))
        page.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(X=form))
        page.Contents = pdf.make_stream(b"q 1.5 0 0 1.5 20 30 cm /X Do Q")
        out = io.BytesIO()
        pdf.save(out)
    (table,) = tables(lay(out.getvalue()))
    assert [cell.text for cell in table.cells] == ["Mot", "Hai", "Ba", "Bon"]


def test_a_table_of_word_is_read_from_the_print_of_libreoffice(lay: Lay, tmp_path: Path) -> None:
    import docx

    from congso.kernel.files.reading import office

    document = docx.Document()
    table = document.add_table(rows=3, cols=3, style="Table Grid")
    for place, cell in enumerate(cell for row in table.rows for cell in row.cells):
        cell.text = f"Ô {place}"
    table.cell(1, 0).merge(table.cell(2, 0))
    document.save(tmp_path / "bảng.docx")
    work = tmp_path / "print"
    work.mkdir()
    printed = office.to_pdf(tmp_path / "bảng.docx", FileKind.DOCX, limits=LIMITS, work=work)
    if printed is None:
        pytest.skip("LibreOffice is not installed")
    (found,) = tables(lay(printed.read_bytes()))
    assert cells(found)[(1, 0, 2, 1)] == "Ô 3\nÔ 6"
    assert (found.rows, found.columns, len(found.cells)) == (3, 3, 8)


def scanned(angle: float = 0.0, ink: int = 0, noise: int = 0, *, is_stamped: bool = False) -> Image.Image:
    """The table of merged cells as a scanner sees it; `ink` greys its lines and letters."""
    picture = papers.pictures(made(MERGED), 200)[0]
    picture = picture.point(lambda value: ink + value * (255 - ink) // 255)
    if is_stamped:
        draw = ImageDraw.Draw(picture, "RGBA")
        draw.ellipse((500, 150, 1000, 650), outline=(205, 30, 45, 230), width=14)
        draw.line((700, 120, 1300, 520), fill=(30, 40, 180, 255), width=8)
    picture = picture.rotate(angle, Image.Resampling.BICUBIC, fillcolor="white").filter(ImageFilter.GaussianBlur(0.5))
    if noise:
        grain = np.random.default_rng(1).integers(0, noise, (picture.height, picture.width, 1), np.uint8)
        picture = ImageChops.subtract(picture, Image.fromarray(np.repeat(grain, 3, axis=2)))
    return picture


@pytest.mark.parametrize(
    "seen",
    [
        pytest.param({}, id="clean"),
        pytest.param({"angle": 2.0, "noise": 30}, id="turned left, grainy"),
        pytest.param({"angle": -1.7, "noise": 60}, id="turned right, very grainy"),
        pytest.param({"angle": 0.6, "ink": 150, "noise": 30}, id="faint"),
        pytest.param({"angle": 1.0, "noise": 30, "is_stamped": True}, id="a seal and a signature across it"),
    ],
)
def test_the_lines_of_a_scanned_table_are_found(seen: dict[str, float], tmp_path: Path) -> None:
    path = tmp_path / "scan.pdf"
    scanned(**seen).save(path, "PDF", resolution=200, quality=75)  # type: ignore[arg-type]
    document = pypdfium2.PdfDocument(path)
    scan = Scan.of(document[0], LIMITS)
    document.close()
    assert scan
    tilt = scan.tilt()
    (grid,) = grids_of(scan.rules([], tilt), reach=6.0)
    assert is_whole(grid)
    spans = {(cell.top, cell.left, cell.bottom - cell.top, cell.right - cell.left) for cell in grid.cells}
    assert spans == {
        *((0, 0, 2, 1), (0, 1, 2, 1), (0, 2, 1, 2), (0, 4, 2, 1), (1, 2, 1, 1), (1, 3, 1, 1), (2, 0, 1, 5)),
        *((3, 0, 1, 1), (3, 1, 1, 1), (3, 2, 2, 1), (3, 3, 1, 1), (3, 4, 1, 1)),
        *((4, 0, 1, 1), (4, 1, 1, 1), (4, 3, 1, 1), (4, 4, 1, 1)),
    }
    assert tilt == pytest.approx(-seen.get("angle", 0.0), abs=0.15)


rules_of_a_page = st.lists(
    st.builds(
        lambda is_level, at, start, length: Rule(is_level, at * 20.0, start * 20.0, (start + length) * 20.0),
        st.booleans(),
        st.integers(0, 9),
        st.integers(0, 8),
        st.integers(1, 9),
    ),
    max_size=40,
)


@given(rules_of_a_page)
def test_whatever_is_ruled_every_position_of_a_table_is_held_by_exactly_one_cell(rules: list[Rule]) -> None:
    for grid in grids_of(rules, reach=2.5):
        assert is_whole(grid)
        assert len(grid.sides) > 2


def test_a_drawing_of_many_lines_is_no_table() -> None:
    def hatch() -> Iterator[Rule]:
        for step in range(3_000):
            yield Rule(is_level=True, at=step * 6.0, start=0, end=9)
            yield Rule(is_level=False, at=step * 6.0, start=0, end=9)

    assert grids_of(hatch(), reach=2.5) == []
