"""Numbers of rows that stand on a scanned table and are lost when the page is recognised as a whole."""

from dataclasses import replace
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

from congso.kernel.files.reading.limits import Limits
from congso.kernel.files.reading.row_numbers import with_row_numbers
from congso.kernel.files.tests.test_reading import needs_ocr
from congso.lib.layout import Box, Cell, Layout, Page, Place, Table

LIMITS = Limits(seconds_per_file=60)
_FONT = "/usr/share/fonts/truetype/croscore/Tinos-Regular.ttf"
_POINT = 200 / 72  # pixels
WRITTEN = ("1", "2", "dòng này dài", "IV", "")


def scanned(folder: Path) -> tuple[Path, Layout]:
    """A page with a column of five cells, ruled, and its layout as if nothing had been recognised in them."""
    picture = Image.new("RGB", (round(595 * _POINT), round(842 * _POINT)), "white")
    draw, font = ImageDraw.Draw(picture), ImageFont.truetype(_FONT, round(12 * _POINT))
    cells = []
    for row, text in enumerate(WRITTEN):
        box = Box(85, 100 + 40 * row, 115 if row != 2 else 215, 140 + 40 * row)
        draw.rectangle([side * _POINT for side in (box.left, box.top, box.right, box.bottom)], outline="black", width=2)
        draw.text((92 * _POINT, (108 + 40 * row) * _POINT), text, fill="black", font=font)
        cells.append(Cell(row, 0, "", place=Place(1, box)))
    path = folder / "scan.pdf"
    picture.save(path, "PDF", resolution=200)
    table = Table(len(cells), 1, tuple(cells), Place(1, Box(85, 100, 215, 300)))
    return path, Layout((Page(1, 595, 842, (), is_scan=True),), (table,))


def column(layout: Layout) -> list[str]:
    (table,) = layout.blocks
    assert isinstance(table, Table)
    return [cell.text for cell in table.cells]


@needs_ocr
def test_numbers_alone_in_narrow_cells_of_a_scan_are_read_again(tmp_path: Path) -> None:
    path, layout = scanned(tmp_path)
    assert column(with_row_numbers(layout, path, limits=LIMITS, work=tmp_path)) == ["1", "2", "", "IV", ""]


def test_nothing_is_read_again_on_a_page_that_is_no_scan(tmp_path: Path) -> None:
    path, layout = scanned(tmp_path)
    printed = replace(layout, pages=(replace(layout.pages[0], is_scan=False),))
    assert with_row_numbers(printed, path, limits=LIMITS, work=tmp_path) is printed
