"""Word tables as grids: cells that span columns, cells merged downwards, rows that were deleted.

Runs in the guarded child only.
"""

from collections.abc import Callable, Iterator
from dataclasses import replace

from lxml import etree

from congso.kernel.files.reading.word_numbering import W
from congso.lib.layout import Cell, Table

_COLUMNS = 100
_ROWS = 20_000
_CELLS = 400_000
_CONTAINERS = {f"{W}sdt", f"{W}sdtContent", f"{W}customXml"}


def table_of(element: etree._Element, read: Callable[[etree._Element], str]) -> Table | None:
    """The table as a full grid, `read` giving each cell's text; None when it has no cell."""
    cells: list[Cell] = []
    open_above: dict[int, int] = {}  # the column where a merged cell begins -> its place in `cells`
    columns = number = 0
    for row in _children(element, f"{W}tr"):
        if number >= _ROWS or len(cells) > _CELLS:
            break
        if row.find(f"{W}trPr/{W}del") is not None:
            continue
        column = min(_count(row.find(f"{W}trPr"), "gridBefore", 0), _COLUMNS)
        merged_here: dict[int, int] = {}
        for cell in _children(row, f"{W}tc"):
            properties = cell.find(f"{W}tcPr")
            span = min(_count(properties, "gridSpan", 1), _COLUMNS - column)
            if span <= 0:
                break
            if _goes_on(properties, "hMerge") and cells and cells[-1].row == number:
                cells[-1] = replace(cells[-1], column_span=cells[-1].column_span + span)
            elif _goes_on(properties, "vMerge") and column in open_above:
                place = open_above[column]
                cells[place] = replace(cells[place], row_span=number - cells[place].row + 1)
                merged_here[column] = place
            else:
                merged_here[column] = len(cells)
                cells.append(Cell(number, column, read(cell), 1, span))
            column += span
        open_above, columns, number = merged_here, max(columns, column), number + 1
    if not cells or not number:
        return None
    number = min(number, max(1, _CELLS // columns))  # a ragged table is filled up: its whole grid counts
    cells = [cell for cell in cells if cell.row < number]
    return Table(number, columns, tuple(_filled(cells, number, columns)))


def _filled(cells: list[Cell], rows: int, columns: int) -> Iterator[Cell]:
    """The cells and an empty one wherever a ragged row left a hole, in reading order."""
    held: set[tuple[int, int]] = set()
    kept: list[Cell] = []
    for merged in cells:
        cell = replace(merged, row_span=min(merged.row_span, rows - merged.row))
        own = _positions(cell)
        if own & held:  # overlapping merges of a broken file: the later cell shrinks to its own corner
            if (cell.row, cell.column) in held:
                continue
            cell = replace(cell, row_span=1, column_span=1)
            own = _positions(cell)
        held |= own
        kept.append(cell)
    holes = (Cell(row, column, "") for row in range(rows) for column in range(columns) if (row, column) not in held)
    yield from sorted([*kept, *holes], key=lambda cell: (cell.row, cell.column))


def _positions(cell: Cell) -> set[tuple[int, int]]:
    return {
        (cell.row + down, cell.column + right) for down in range(cell.row_span) for right in range(cell.column_span)
    }


def _children(parent: etree._Element, tag: str) -> Iterator[etree._Element]:
    for child in parent:
        if child.tag == tag:
            yield child
        elif child.tag in _CONTAINERS:
            yield from _children(child, tag)


def _count(properties: etree._Element | None, name: str, default: int) -> int:
    child = properties.find(f"{W}{name}") if properties is not None else None
    written = child.get(f"{W}val", "") if child is not None else ""
    return int(written[:4]) if written.isdecimal() else default


def _goes_on(properties: etree._Element | None, name: str) -> bool:
    """Whether the cell continues a merge; in the XML a missing value means that it does."""
    child = properties.find(f"{W}{name}") if properties is not None else None
    return child is not None and child.get(f"{W}val", "continue") == "continue"
