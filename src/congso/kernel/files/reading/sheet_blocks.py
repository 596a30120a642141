"""Excel workbooks as blocks: each visible sheet its title and a table with merged cells.

Runs in the guarded child only.
"""

from datetime import date, datetime
from itertools import islice
from pathlib import Path
from typing import Any

import openpyxl
from openpyxl.worksheet.worksheet import Worksheet

from congso.kernel.files.reading.limits import Limits
from congso.lib.layout import Block, Cell, Paragraph, Table
from congso.lib.vietnamese import clean_text
from congso.lib.vietnamese_dates import screen_date

_COLUMNS = 100
_ROWS = 20_000
_CELLS = 400_000
_SHEETS = 100


def sheet_blocks(path: Path, limits: Limits) -> tuple[Block, ...]:
    """The sheets in their order; hidden sheets and empty ones are left out."""
    blocks: list[Block] = []
    cells = length = 0
    with path.open("rb") as file:
        book = openpyxl.load_workbook(file, data_only=True, keep_links=False)
    for sheet in islice(book.worksheets, _SHEETS):
        table = _table(sheet) if sheet.sheet_state == "visible" else None
        if table is None:
            continue
        cells += len(table.cells)
        length += sum(len(cell.text) for cell in table.cells)
        if cells > _CELLS or length > limits.text_per_file:
            break
        blocks += [Paragraph(sheet.title, is_bold=True), table]
    return tuple(blocks)


def _table(sheet: Worksheet) -> Table | None:
    """The used part of a sheet, at most so many rows and columns."""
    written = {
        (cell.row - 1, cell.column - 1): text
        for row in sheet.iter_rows(max_row=min(sheet.max_row, _ROWS), max_col=min(sheet.max_column, _COLUMNS))
        for cell in row
        if (text := _text(cell.value))
    }
    if not written:
        return None
    columns = max(column for _, column in written) + 1
    rows = min(max(row for row, _ in written) + 1, max(1, _CELLS // columns))
    spans = {}
    hidden: set[tuple[int, int]] = set()
    for merged in islice(sheet.merged_cells.ranges, _CELLS):
        row, column = merged.min_row - 1, merged.min_col - 1
        down = min(merged.max_row, rows) - row
        right = min(merged.max_col, columns) - column
        covered = {(row + r, column + c) for r in range(max(0, down)) for c in range(max(0, right))}
        if covered and not covered & hidden:
            spans[row, column] = (down, right)
            hidden |= covered - {(row, column)}
    return Table(
        rows,
        columns,
        tuple(
            Cell(row, column, written.get((row, column), ""), *spans.get((row, column), (1, 1)))
            for row in range(rows)
            for column in range(columns)
            if (row, column) not in hidden
        ),
    )


def _text(value: Any) -> str:
    """What the cell shows: dates as 15/9/2025, whole numbers without a point."""
    if value is None:
        return ""
    if isinstance(value, datetime):
        value = value.date()
    if isinstance(value, date):
        return screen_date(value)
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return "\n".join(line for part in clean_text(str(value)).split("\n") if (line := " ".join(part.split())))
