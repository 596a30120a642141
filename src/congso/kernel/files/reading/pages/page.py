"""One PDF page, read: its lines in reading order and its blocks. Runs in the guarded child only."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

import pypdfium2 as pdfium

from congso.kernel.files.reading.confidences import Sure
from congso.kernel.files.reading.limits import Limits
from congso.kernel.files.reading.pages.columns import Column, in_reading_order
from congso.kernel.files.reading.pages.drawn_ruling import drawn_rules
from congso.kernel.files.reading.pages.grid import Rule, grids_of
from congso.kernel.files.reading.pages.lines import lines_of
from congso.kernel.files.reading.pages.open_tables import sides_of_open_tables
from congso.kernel.files.reading.pages.paragraphs import area_of, paragraphs_in
from congso.kernel.files.reading.pages.tables import Held, filled, looks_like_a_wall
from congso.kernel.files.reading.pages.turn import Turn, turn_of
from congso.kernel.files.reading.pages.words import Drawn, words_on
from congso.kernel.files.reading.pdf import is_scan
from congso.lib.layout import Block, Line, Page

_PAGE_NUMBER = re.compile(r"^[-–—]?\s*\d{1,4}\s*[-–—]?$")
_EDGE = 0.09
_DRAWN, _SCANNED = 2.5, 6.0  # points by which lines that should meet may miss each other


def read_page(page: pdfium.PdfPage, number: int, limits: Limits, sure: Sure = ()) -> tuple[Page, list[Block]]:
    """The page and what stands on it as blocks; its printed number is a line but no block.

    `sure` is what the recogniser said of the words it laid over the page.
    """
    width, height = (float(side) for side in page.get_size())
    words, scan = words_on(page, sure), is_scan(page)
    rules, reach, turn = drawn_rules(page), _DRAWN, None
    if scan and words:
        words, rules, turn = _scanned(page, words, limits)
        reach = _SCANNED
    tables, free = _tables(rules, words, number, reach, is_recognised=scan)
    ordered, blocks = _in_order(tables, lines_of(free), Sheet(number, width, height))
    if turn:
        ordered, blocks = [turn.line_back(line) for line in ordered], [turn.block_back(block) for block in blocks]
    return Page(number, width, height, tuple(ordered), scan), blocks


@dataclass(frozen=True, slots=True)
class Sheet:
    """Number and size of a page."""

    number: int
    width: float
    height: float


def _scanned(page: pdfium.PdfPage, words: list[Drawn], limits: Limits) -> tuple[list[Drawn], list[Rule], Turn | None]:
    """The words and the ruled lines of a scan as they stand on the straightened page, and how it was turned."""
    from congso.kernel.files.reading.pages.scanned_ruling import Scan

    width, height = page.get_size()
    picture, turn = Scan.of(page, limits), turn_of(words, (width / 2, height / 2))
    if picture and turn is None:
        turn = Turn(picture.tilt(), (width / 2, height / 2))
    if turn:
        words = [turn.straightened(one) for one in words]
    if picture is None:
        return words, [], turn
    letters = [one.word.box for one in words if not looks_like_a_wall(one)]
    return words, picture.rules(letters, turn.degrees if turn else 0.0), turn


def _tables(
    rules: list[Rule], words: list[Drawn], number: int, reach: float, *, is_recognised: bool
) -> tuple[list[Held], list[Drawn]]:
    """The ruled tables from top to bottom, and the words outside them."""
    tables: list[Held] = []
    if not words:
        return tables, words
    for grid in grids_of([*rules, *sides_of_open_tables(rules, words, reach=reach)], reach=reach):
        if found := filled(grid, words, number, is_recognised=is_recognised):
            table, words = found
            tables.append(table)
    return tables, words


def _in_order(tables: Sequence[Held], lines: Sequence[Line], sheet: Sheet) -> tuple[list[Line], list[Block]]:
    """All lines, and the blocks they make, as they are read."""
    ordered = [line for line in lines if _is_page_number(line, sheet.height)]
    parts = _between([line for line in lines if not _is_page_number(line, sheet.height)], tables)
    plain = [line for columns in parts for column in columns if not column.is_beside for line in column.lines]
    area = area_of(plain, sheet.width)
    blocks: list[Block] = []
    for index, columns in enumerate(parts):
        for column in columns:
            ordered += column.lines
            blocks += paragraphs_in(column, sheet.number, area)
        if index < len(tables):
            ordered += tables[index].lines
            blocks.append(tables[index].table)
    return ordered, blocks


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
