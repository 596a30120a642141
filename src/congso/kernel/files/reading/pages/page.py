"""One PDF page, read: its lines in reading order and its blocks. Runs in the guarded child only."""

import re

import pypdfium2 as pdfium

from congso.kernel.files.reading.pages.columns import in_reading_order
from congso.kernel.files.reading.pages.lines import lines_of
from congso.kernel.files.reading.pages.paragraphs import area_of, paragraphs_in
from congso.kernel.files.reading.pages.words import words_on
from congso.lib.layout import Block, Line, Page

_PAGE_NUMBER = re.compile(r"^[-–—]?\s*\d{1,4}\s*[-–—]?$")
_EDGE = 0.09


def read_page(page: pdfium.PdfPage, number: int, *, is_scan: bool) -> tuple[Page, list[Block]]:
    """The page and what stands on it as blocks; its printed number is a line but no block."""
    width, height = (float(side) for side in page.get_size())
    lines = lines_of(words_on(page))
    columns = in_reading_order([line for line in lines if not _is_page_number(line, height)])
    numbers = [line for line in lines if _is_page_number(line, height)]
    area = area_of([line for column in columns if not column.is_beside for line in column.lines], width)
    blocks: list[Block] = [part for column in columns for part in paragraphs_in(column, number, area)]
    ordered = [line for column in columns for line in column.lines]
    return Page(number, width, height, (*numbers, *ordered), is_scan), blocks


def _is_page_number(line: Line, height: float) -> bool:
    at_edge = line.box.bottom < _EDGE * height or line.box.top > (1 - _EDGE) * height
    return at_edge and len(line.words) <= 3 and bool(_PAGE_NUMBER.match(line.text))
