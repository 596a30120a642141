"""A PDF as a paper: its head and tail line by line in two columns, its body by paragraphs. Guarded child only.

What only a Word file tells stays unknown, so the rules about it are silent.
"""

import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from congso.kernel.composing.paper import Look, Paper, Para, Sheet
from congso.kernel.files.reading import refusals
from congso.kernel.files.reading.kinds import FileKind
from congso.kernel.files.reading.limits import Limits
from congso.kernel.files.reading.pages.document import layout_of
from congso.lib.layout import Block, Box, Line, Page, Paragraph, Table
from congso.lib.vietnamese import nfc

_MM_A_POINT = 25.4 / 72
_MOSTLY = 0.8
_HEAD = 0.45  # of page one: the head never reaches lower
_LEFT, _RIGHT = 0.44, 0.57  # of the page's width: middles of the two columns lie outside
_ROW = 4.0
_NUMBER_ZONE = 22.0  # millimetres from the upper edge
_MOST_PAGES = 400
_HEAD_CELL, _TAIL_CELL = -1, 10**6
_ADDRESSEE = re.compile(r"kính (?:gửi|trình|mời)", re.IGNORECASE)
_RECIPIENTS = re.compile(r"nơi nhận\s*:?", re.IGNORECASE)


def read_pdf(path: Path, limits: Limits) -> Paper:
    """Raises Refused, also for a PDF without letters (a scan)."""
    layout = layout_of(path, FileKind.PDF, limits, lambda _done, _total: None)
    pages = layout.pages[:_MOST_PAGES]
    if not any(page.lines for page in pages):
        raise refusals.unsupported("PDF chỉ có ảnh, không có chữ để kiểm tra thể thức")
    head = list(_head(pages[0]))
    head_end = max((line.box.bottom for line, _column in head), default=0.0)
    tail_page, tail_top = _tail_begins(pages)
    tail = [line for page in pages if page.number == tail_page for line in page.lines if line.box.top >= tail_top]
    found: list[Para] = []
    for cell, rows in ((_HEAD_CELL, head), (_TAIL_CELL, [(line, _column(line.box, pages[0])) for line in tail])):
        if cell == _TAIL_CELL:
            found += _middle(layout.blocks, head_end, (tail_page, tail_top), pages)
        page = pages[0] if cell == _HEAD_CELL or tail_page is None else pages[tail_page - 1]
        for side in (0, 1):
            lines = [line for line, column in rows if (column or 0) == side]
            found += [_para(row, page, (cell, 0, side)) for row in _rows(lines)]
    for number, one in enumerate(found, 1):
        one.number = number
    return Paper(found, [_sheet(pages)], is_word=False, pages=len(pages))


def _column(box: Box, page: Page) -> int | None:
    middle = (box.left + box.right) / 2 / page.width
    return 0 if middle < _LEFT else 1 if middle > _RIGHT else None


def _head(page: Page) -> Iterator[tuple[Line, int]]:
    """The two columns at the top of page one, until something stands in the middle."""
    for row in _by_rows(page.lines):
        columns = {_column(line.box, page) for line in row}
        wide = any(line.box.width > 0.62 * page.width for line in row)
        if wide or None in columns or _ADDRESSEE.match(row[0].text) or row[0].box.top > _HEAD * page.height:
            return
        for line in row:
            yield line, _column(line.box, page) or 0


def _by_rows(lines: Sequence[Line]) -> list[list[Line]]:
    rows: list[list[Line]] = []
    for line in sorted(lines, key=lambda one: (one.box.bottom, one.box.left)):
        if rows and abs(rows[-1][0].box.bottom - line.box.bottom) < _ROW:
            rows[-1].append(line)
        else:
            rows.append([line])
    return rows


def _rows(lines: Sequence[Line]) -> list[list[Line]]:
    """Lines of one column; what a blank left for number or date cut apart is one again."""
    return [sorted(row, key=lambda line: line.box.left) for row in _by_rows(lines)]


def _tail_begins(pages: Sequence[Page]) -> tuple[int | None, float]:
    """Page and height where recipients and signatures begin."""
    for page in reversed(pages):
        labels = [line for line in page.lines if _RECIPIENTS.match(line.text)]
        if labels:
            top = labels[-1].box.top
            wide = [line.box.bottom for line in page.lines if line.box.width > 0.62 * page.width and line.box.top < top]
            above = max(wide, default=0.0)
            pairs = [
                row[0].box.top
                for row in _by_rows([line for line in page.lines if above < line.box.top <= top + _ROW])
                if {_column(line.box, page) for line in row} == {0, 1} and all(_is_upper(line.text) for line in row)
            ]
            return page.number, min([top, *pairs]) - _ROW
    return None, 0.0


def _is_upper(text: str) -> bool:
    return text == text.upper() and any(letter.isalpha() for letter in text)


def _middle(
    blocks: Sequence[Block], head_end: float, tail: tuple[int | None, float], pages: Sequence[Page]
) -> Iterator[Para]:
    tail_page, tail_top = tail
    for count, block in enumerate(blocks):
        place = block.place
        if place is None or place.box is None or place.page > len(pages):
            continue
        is_before = place.page == 1 and place.box.top < head_end - _ROW
        is_after = tail_page is not None and place.page == tail_page and place.box.top >= tail_top - _ROW
        if is_before or is_after:
            continue
        if isinstance(block, Table):
            cells = [cell for cell in block.cells if cell.text.strip()]
            yield from (
                Para(0, nfc(cell.text), Look(is_known=False), (count, cell.row, cell.column), place.page)
                for cell in cells
            )
        elif block.text.strip() and not (block.text.strip().isdecimal() and place.page > 1):
            yield _of_block(block, place.page)


def _of_block(block: Paragraph, page: int) -> Para:
    look = Look(
        size=round(block.size * 2) / 2 if block.size else None,
        is_bold=block.is_bold or None,
        is_italic=block.is_italic or None,
        is_known=False,  # a block says yes for sure, but no for “mixed” as well
    )
    return Para(0, nfc(block.text), look, None, page)


def _para(row: Sequence[Line], page: Page, cell: tuple[int, int, int]) -> Para:
    words = [word for line in row for word in line.words]
    sizes = sorted(word.size for word in words if word.size)
    look = Look(
        size=round(sizes[len(sizes) // 2] * 2) / 2 if sizes else None,
        is_bold=_judged([word.is_bold for word in words]),
        is_italic=_judged([word.is_italic for word in words]),
        is_known=not page.is_scan,
    )
    return Para(0, nfc(" ".join(line.text for line in row)), look, cell, page.number)


def _judged(flags: list[bool]) -> bool | None:
    share = sum(flags) / len(flags)
    return True if share >= _MOSTLY else False if share <= 1 - _MOSTLY else None


def _is_number(line: Line, page: Page) -> bool:
    return line.text.strip().isdecimal() and line.box.bottom * _MM_A_POINT < _NUMBER_ZONE and page.number > 1


def _sheet(pages: Sequence[Page]) -> Sheet:
    """Page size, page numbers; left and right margins as far as full lines tell."""
    first = pages[0]
    sheet = Sheet(first.width * _MM_A_POINT, first.height * _MM_A_POINT, {})
    upright = [page for page in pages if page.width < page.height]
    wide = [line.box for page in upright for line in page.lines if line.box.width > 0.7 * page.width]
    if len(wide) >= 5:
        sheet.margins = {
            "left": min(box.left for box in wide) * _MM_A_POINT,
            "right": (first.width - max(box.right for box in wide)) * _MM_A_POINT,
        }
    if len(pages) > 1:
        numbered = [any(_is_number(line, page) for line in page.lines) for page in pages[1:]]
        sheet.number_place = "header" if all(numbered) else "none"
    return sheet
