"""One PDF page, read: its lines in reading order and its blocks. Runs in the guarded child only."""

import re
from collections.abc import Sequence

import pypdfium2 as pdfium

from congso.kernel.files.reading.limits import Limits
from congso.kernel.files.reading.pages.columns import Column, in_reading_order
from congso.kernel.files.reading.pages.drawn_ruling import drawn_rules
from congso.kernel.files.reading.pages.grid import grids_of
from congso.kernel.files.reading.pages.lines import lines_of
from congso.kernel.files.reading.pages.open_tables import sides_of_open_tables
from congso.kernel.files.reading.pages.paragraphs import area_of, paragraphs_in
from congso.kernel.files.reading.pages.tables import Held, filled, looks_like_a_wall
from congso.kernel.files.reading.pages.turn import UPRIGHT
from congso.kernel.files.reading.pages.words import Drawn, words_on
from congso.lib.layout import Block, Line, Page

_PAGE_NUMBER = re.compile(r"^[-–—]?\s*\d{1,4}\s*[-–—]?$")
_EDGE = 0.09
_DRAWN, _SCANNED = 2.5, 6.0  # points by which lines that should meet may miss each other


def read_page(page: pdfium.PdfPage, number: int, limits: Limits, *, is_scan: bool) -> tuple[Page, list[Block]]:
    """The page and what stands on it as blocks; its printed number is a line but no block."""
    width, height = (float(side) for side in page.get_size())
    tables, free = _tables(page, words_on(page), number, limits, is_scan=is_scan)
    lines = lines_of(free)
    numbers = [line for line in lines if _is_page_number(line, height)]
    parts = _between([line for line in lines if not _is_page_number(line, height)], tables)
    plain = [line for columns in parts for column in columns if not column.is_beside for line in column.lines]
    area = area_of(plain, width)
    ordered, blocks = list(numbers), list[Block]()
    for index, columns in enumerate(parts):
        for column in columns:
            ordered += column.lines
            blocks += paragraphs_in(column, number, area)
        if index < len(tables):
            ordered += tables[index].lines
            blocks.append(tables[index].table)
    return Page(number, width, height, tuple(ordered), is_scan), blocks


def _tables(
    page: pdfium.PdfPage, words: list[Drawn], number: int, limits: Limits, *, is_scan: bool
) -> tuple[list[Held], list[Drawn]]:
    """The ruled tables from top to bottom, and the words outside them."""
    if not words:
        return [], []
    turn = UPRIGHT
    rules, reach = drawn_rules(page), _DRAWN
    if is_scan:
        from congso.kernel.files.reading.pages.scanned_ruling import scanned_rules

        (rules, turn), reach = (
            scanned_rules(page, [one.word.box for one in words if not looks_like_a_wall(one)], limits),
            _SCANNED,
        )
    tables: list[Held] = []
    rules += sides_of_open_tables(rules, words, reach=reach)
    for grid in grids_of(rules, reach=reach):
        if found := filled(grid, words, number, is_recognised=is_scan, turn=turn):
            table, words = found
            tables.append(table)
    return tables, words


def _between(lines: Sequence[Line], tables: Sequence[Held]) -> list[list[Column]]:
    """The columns above each table, then those below the last."""
    parts: list[list[Line]] = [[] for _ in range(len(tables) + 1)]
    for line in lines:
        middle = (line.box.top + line.box.bottom) / 2
        parts[sum(table.box.top < middle for table in tables)].append(line)
    return [in_reading_order(part) for part in parts]


def _is_page_number(line: Line, height: float) -> bool:
    at_edge = line.box.bottom < _EDGE * height or line.box.top > (1 - _EDGE) * height
    return at_edge and len(line.words) <= 3 and bool(_PAGE_NUMBER.match(line.text))
