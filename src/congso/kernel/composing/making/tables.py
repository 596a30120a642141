"""Tables of a paper: the frames that hold head and tail, and the ruled tables of the body."""

from collections.abc import Sequence

from docx.document import Document
from docx.enum.table import WD_CELL_VERTICAL_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Mm
from docx.table import Table, _Cell

from congso.kernel.composing.contents import Grid
from congso.kernel.composing.forms import Component, Form
from congso.kernel.composing.making.styles import style_name
from congso.kernel.composing.making.xml import TWIPS_A_MM, element

TEXT_WIDTH = 165.0
"""Millimetres between the margins of an upright page."""
_NARROWEST, _WIDEST = 6, 40  # letters a column of a table without told widths is measured by


def frame(document: Document, rows: int, widths: Sequence[float]) -> Table:
    """A table without lines, its columns so many millimetres wide, no row of it broken by a page's end."""
    table: Table = document.add_table(rows, len(widths))
    _fix(table, widths)
    margins = element("w:tblCellMar")
    for side in ("left", "right"):
        margins.append(element(f"w:{side}", w=0, type="dxa"))
    table._tbl.tblPr.append(margins)
    for row in table.rows:
        row._tr.get_or_add_trPr().append(element("w:cantSplit"))
    return table


def add_grid(document: Document, grid: Grid, form: Form, width: float) -> None:
    """A ruled table; its header rows come again on each page."""
    columns = max(len(row) for row in grid.rows)
    shares = grid.widths or _shares(grid.rows, columns)
    widths = [width * share / sum(shares) for share in shares]
    table = document.add_table(0, columns)
    table.style = document.styles["Table Grid"]
    for number, texts in enumerate(grid.rows):
        row = table.add_row()
        is_header = number < grid.header_rows
        properties = row._tr.get_or_add_trPr()
        properties.append(element("w:cantSplit"))
        if is_header:
            properties.append(element("w:tblHeader"))
        for cell, text in zip(row.cells, (*texts, *[""] * (columns - len(texts))), strict=True):
            _write(cell, text, form, is_header=is_header)
    _fix(table, widths)


def _shares(rows: Sequence[Sequence[str]], columns: int) -> list[float]:
    """A column is as wide as its longest cell, within bounds: one long sentence must not squeeze the figures away."""
    longest = [max((len(row[place]) for row in rows if place < len(row)), default=0) for place in range(columns)]
    return [float(min(_WIDEST, max(_NARROWEST, letters))) for letters in longest]


def _write(cell: _Cell, text: str, form: Form, *, is_header: bool) -> None:
    for number, line in enumerate(text.split("\n")):
        paragraph = cell.paragraphs[0] if number == 0 else cell.add_paragraph()
        paragraph.style = style_name(Component.TABLE, form)
        run = paragraph.add_run(line)
        if is_header:
            run.bold = True
            paragraph.paragraph_format.alignment = WD_ALIGN_PARAGRAPH.CENTER
    cell.vertical_alignment = WD_CELL_VERTICAL_ALIGNMENT.CENTER if is_header else WD_CELL_VERTICAL_ALIGNMENT.TOP


def _fix(table: Table, widths: Sequence[float]) -> None:
    table.autofit = False
    properties = table._tbl.tblPr
    for old in properties.findall(qn("w:tblW")):
        properties.remove(old)
    properties.append(element("w:tblW", w=round(sum(widths) * TWIPS_A_MM), type="dxa"))
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Mm(width)
        for cell in column.cells:
            cell.width = Mm(width)
