"""Numbers of rows in scanned tables, recognised again one by one.

A recogniser that reads a page as a whole takes a lone “3” in a narrow column for dust; alone in its cell it
is read. Thirty cells take a second.
"""

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from congso.kernel.files.reading.layouts import Zone, read_zones
from congso.kernel.files.reading.limits import Limits
from congso.lib.layout import Box, Cell, Layout, Line, Place, Table

_NUMBER = re.compile(r"(?:\d{1,3}(?:\.\d{1,3}){0,2}|[IVX]{1,5}|[A-ZĐa-zđ])[.)]?")
_SPECKS = " ,;:'|{}[]_-~*\"“”‘’"
_WIDEST = 0.2  # of the page's width
_INSET = 2.0  # points: the lines around a cell are no strokes of its number
_SMALLEST = 4.0
_SURE = 0.5
_MOST_CELLS = 3_000
_ONE_BLOCK = 6


def with_row_numbers(layout: Layout, path: Path, *, limits: Limits, work: Path) -> Layout:
    """The layout of a PDF with blank cells of narrow first columns on scanned pages read again. Raises Refused."""
    widths = {page.number: page.width for page in layout.pages if page.is_scan}
    wanted = [
        (number, cell, place)
        for number, block in enumerate(layout.blocks)
        if isinstance(block, Table)
        for cell, place in _unread(block, widths)
    ][:_MOST_CELLS]
    zones = [Zone(place, _ONE_BLOCK, without_ink=True) for _, _, place in wanted]
    read = read_zones(path, zones, limits=limits, work=work)
    found = {
        (number, cell.row): text
        for (number, cell, _), lines in zip(wanted, read, strict=True)
        if (text := _number_in(lines))
    }
    blocks = tuple(
        _with_numbers(block, number, found) if isinstance(block, Table) else block
        for number, block in enumerate(layout.blocks)
    )
    return replace(layout, blocks=blocks) if found else layout


def _unread(table: Table, widths: dict[int, float]) -> Iterator[tuple[Cell, Place]]:
    for cell in table.cells:
        if cell.column or cell.column_span > 1 or _NUMBER.fullmatch(cell.text.strip()):
            continue
        place = cell.place
        if place is None or place.box is None or place.page not in widths or len(cell.text.strip()) > len("1.10.10."):
            continue
        box = place.box
        inner = Box(box.left + _INSET, box.top + _INSET, box.right - _INSET, box.bottom - _INSET)
        if inner.width <= widths[place.page] * _WIDEST and min(inner.width, inner.height) > _SMALLEST:
            yield cell, Place(place.page, inner)


def _number_in(lines: tuple[Line, ...]) -> str:
    """What was read, when it looks like a row's number and the recogniser believed it; else empty."""
    if len(lines) != 1 or lines[0].confidence < _SURE:
        return ""
    text = lines[0].text.strip(_SPECKS)
    return text if _NUMBER.fullmatch(text) else ""


def _with_numbers(table: Table, number: int, found: dict[tuple[int, int], str]) -> Table:
    cells = tuple(
        replace(cell, text=found[number, cell.row]) if not cell.column and (number, cell.row) in found else cell
        for cell in table.cells
    )
    return replace(table, cells=cells)
