"""The rows of a paper: lines with their places, whatever the layout came from.

Pages give their lines. A Word file that was never printed gives blocks only: its paragraphs and the cells of
its two-column tables (header, signature) are laid out on one imagined page, so that all rules are the same.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from congso.kernel.papers.proposals import FieldName, FieldReading
from congso.lib.layout import Box, Cell, Layout, Line, Page, Paragraph, Place, Table, Word
from congso.lib.vietnamese import clean_line, fold

LONGEST = 1000  # letters of one row that are looked at
_PAGE_WIDTH, _ROW_HEIGHT, _MARGIN = 595.0, 14.0, 80.0
_ENDLESS = 1e9  # height of the imagined page
_SPECKS = " _|'`‘’~^°\\!¡[({*:;.“”"
_WIDE_GAP = 26.0  # points between words of one line that no justified line has
_RIGHT_COLUMN = re.compile(
    r"CONG HOA XA HOI|CONG HOA XHCN|DANG CONG SAN VIET|DOAN TNCS HO|DOAN THANH NIEN CONG SAN HO|Doc lap"
)
_UNMEASURED = 0.86  # belief in a recognised word whose text layer carries no confidence of its own
_RULE = re.compile(r"[\W_]+")


@dataclass(frozen=True, slots=True)
class Row:
    """One line of one column. `confidence` is the mean of its words; `size` its letters' or its height."""

    text: str
    page: int
    box: Box
    page_width: float = _PAGE_WIDTH
    page_height: float = 842.0
    confidence: float = 1.0
    size: float = 0.0
    is_bold: bool = False
    is_italic: bool = False
    is_centred: bool = False
    is_scan: bool = False
    words: tuple[Word, ...] = ()

    @property
    def centre(self) -> float:
        return (self.box.left + self.box.right) / 2

    @property
    def is_imagined(self) -> bool:
        """Its place was made up: the layout has no pages."""
        return self.page_height >= _ENDLESS

    @property
    def letters(self) -> str:
        """Letters and digits without accents, in capitals: what survives spacing and misread accents."""
        return "".join(letter for letter in fold(self.text).upper() if letter.isalnum())

    @property
    def plain(self) -> str:
        """Without accents, small, single spaces."""
        return fold(self.text).lower()

    @property
    def is_rule(self) -> bool:
        """A drawn or typed rule, asterisks: nothing to read."""
        return bool(_RULE.fullmatch(self.text)) or not any(letter.isalnum() for letter in self.text)


def rows_of(layout: Layout) -> tuple[Row, ...]:
    """All rows in reading order, without the captions of digital signatures."""
    rows = [row for page in layout.pages for row in page_rows(page)] if layout.pages else list(_block_rows(layout))
    return tuple(without_captions(rows))


def page_rows(page: Page) -> Iterator[Row]:
    for line in page.lines:
        for part in _columns(line, page):
            row = line_row(part, page)
            if row:
                yield row


def line_row(line: Line, page: Page) -> Row | None:
    """None for a line without words."""
    words = tuple(word for word in line.words if word.text.strip())
    if not words:
        return None
    heavy = sum(len(word.text) for word in words if word.is_bold)
    slanted = sum(len(word.text) for word in words if word.is_italic)
    length = sum(len(word.text) for word in words)
    box = Box.around(word.box for word in words)
    sure = sum(word.confidence for word in words) / len(words)
    return Row(
        text=_text(" ".join(word.text for word in words)),
        page=page.number,
        box=box,
        page_width=page.width or _PAGE_WIDTH,
        page_height=page.height or 842.0,
        confidence=_UNMEASURED if page.is_scan and sure >= 1.0 else sure,
        size=max(word.size for word in words) or box.height,
        is_bold=heavy * 2 > length and not page.is_scan,
        is_italic=slanted * 2 > length,
        is_scan=page.is_scan,
        words=words,
    )


def _text(words: str) -> str:
    """One line, with the Vietnamese Đ where its Icelandic twin stands."""
    return clean_line(words[: LONGEST * 2]).replace("Ð", "Đ").replace("ð", "đ")[:LONGEST]


def _columns(line: Line, page: Page) -> Iterator[Line]:
    """A line cut where columns meet, should the reader have joined them."""
    start = 0
    words = line.words
    in_head = bool(words) and words[0].box.top < page.height * 0.3
    for at in range(1, len(words)):
        gap = words[at].box.left - words[at - 1].box.right
        is_right = in_head and words[at].box.left > page.width * 0.4
        if gap > _WIDE_GAP or (is_right and _begins_right_column(words, at)):
            yield Line(words[start:at])
            start = at
    yield Line(words[start:])


def _begins_right_column(words: Sequence[Word], at: int) -> bool:
    return bool(_RIGHT_COLUMN.match(fold(" ".join(word.text for word in words[at : at + 6]))))


def _block_rows(layout: Layout) -> Iterator[Row]:
    top = 40.0
    for block in layout.blocks:
        drawn = list(_table_rows(block, top) if isinstance(block, Table) else _paragraph_rows(block, top))
        yield from drawn
        top = max((row.box.bottom for row in drawn), default=top) + (2.0 if drawn else _ROW_HEIGHT)


def _paragraph_rows(paragraph: Paragraph, top: float) -> Iterator[Row]:
    for number, line in enumerate(paragraph.text.split("\n")):
        pieces = [piece for piece in re.split(r"\t+|\s{4,}", line) if piece.strip()]
        for place, piece in enumerate(pieces):
            column = (place, len(pieces)) if len(pieces) == 2 else None
            row = _imagined(piece, top + number * (_ROW_HEIGHT + 2), column, is_centred=paragraph.is_centred)
            yield replace(
                row,
                is_bold=paragraph.is_bold,
                is_italic=paragraph.is_italic,
                size=paragraph.size,
                confidence=paragraph.confidence,
            )


def _table_rows(table: Table, top: float) -> Iterator[Row]:
    """Only tables that set columns side by side are drawn: headers, signatures. Tables of data say nothing here."""
    if table.columns > 3 or table.rows > 8:
        return
    for row_number in range(table.rows):
        cells = sorted((cell for cell in table.cells if cell.row == row_number), key=lambda cell: cell.column)
        filled = [cell for cell in cells if cell.text.strip()]
        bottom = top
        for cell in filled:
            lines = [line for line in cell_lines(cell) if line.strip()]
            for number, line in enumerate(lines):
                column = (cell.column, table.columns) if table.columns > 1 else None
                yield _imagined(line, top + number * (_ROW_HEIGHT + 2), column, is_centred=True)
            bottom = max(bottom, top + len(lines) * (_ROW_HEIGHT + 2))
        top = bottom


_STARTS_LINE = re.compile(
    r"\s+(?=\*\s|Số\s*[:\d]|V/v\s|(?:KT|TM|TL|TUQ|K/T|T/M|T/L)\.?\s+[A-ZĐ]|Độc lập\s|[^\s,]+(?:\s[^\s,]+){0,3}, ngày\s)"
)


def cell_lines(cell: Cell) -> list[str]:
    """The lines of a cell; where they were run together they are parted before what always begins one."""
    return cell.text.split("\n") if "\n" in cell.text else _STARTS_LINE.split(cell.text[:LONGEST])


def _imagined(text: str, top: float, column: tuple[int, int] | None, *, is_centred: bool) -> Row:
    """A row on the imagined page: columns share the width, centred text is as long as its letters."""
    number, count = column or (0, 1)
    left = _MARGIN + number * (_PAGE_WIDTH - 2 * _MARGIN) / count
    right = left + (_PAGE_WIDTH - 2 * _MARGIN) / count
    length = min(right - left, 6.0 * len(text))
    middle = (left + right) / 2
    box = Box(middle - length / 2, top, middle + length / 2, top + _ROW_HEIGHT)
    if not is_centred:
        box = Box(left, top, left + length, top + _ROW_HEIGHT)
    return Row(_text(text), 1, box, is_centred=is_centred, page_height=_ENDLESS)


_CAPTION_START = re.compile(
    r"(?:ký bởi|người ký|ký số bởi|được ký bởi|ký điện tử bởi|signed by|digitally signed|signature)\b", re.IGNORECASE
)
_CAPTION = re.compile(
    r"(?:email|e-mail|cơ quan|tổ chức|đơn vị|chức vụ|thời gian ký|thời gian|ngày ký|giờ ký|lý do|date|reason|location|"
    r"vị trí|nơi ký|số sê-ri|foxit|signature)\b[^:]{0,20}:|signature not verified|signature valid",
    re.IGNORECASE,
)
_CAPTION_END = re.compile(r"(?:thời gian ký|ngày ký|giờ ký|date)\b", re.IGNORECASE)
_MOMENT = re.compile(r"[\d:.+/\sT-]{4,40}(?:GMT|UTC)?[\d:.+\s]{0,12}")
_CAPTION_ROWS = 9


def without_captions(rows: Sequence[Row]) -> Iterator[Row]:
    """Rows less those a signing program printed over the paper (Ký bởi …, Email …, Thời gian ký …)."""
    left_of_caption: float | None = None
    remaining, page, ended = 0, 0, False
    for row in rows:
        if _CAPTION_START.match(row.text):
            left_of_caption, remaining, page, ended = row.box.left, _CAPTION_ROWS, row.page, False
            continue
        if left_of_caption is not None and remaining and row.page == page:
            remaining -= 1
            beside = abs(row.box.left - left_of_caption) < 10
            if _CAPTION.match(row.text) or (ended and _MOMENT.fullmatch(row.text)) or (beside and not ended):
                ended = ended or bool(_CAPTION_END.match(row.text))
                continue
        yield row


def field_from(
    name: FieldName,
    value: str,
    rows: Iterable[Row],
    *,
    written: str | None = None,
    confidence: float | None = None,
    doubt: str = "",
) -> FieldReading:
    """A reading with the places of its rows: a box for each page they stand on."""
    held = list(rows)
    sure = sum(row.confidence for row in held) / len(held) if held else 0.0
    places = tuple(
        Place(page, _known_box([row for row in held if row.page == page]))
        for page in dict.fromkeys(row.page for row in held)
    )
    text = written if written is not None else "\n".join(row.text for row in held)
    return FieldReading(name, value, text, round(sure if confidence is None else confidence * sure, 3), places, doubt)


def _known_box(rows: Sequence[Row]) -> Box | None:
    drawn = [row.box for row in rows if not row.is_imagined]
    return Box.around(drawn) if drawn else None


def joined(rows: Iterable[Row]) -> str:
    """The text of consecutive lines as one, without specks at their ends that a recogniser took for signs."""
    return clean_line(" ".join(row.text.strip(_SPECKS) if row.is_scan else row.text for row in rows))


def mended(rows: Sequence[Row], within: float = 110.0) -> list[Row]:
    """Rows of one column of which a wide gap made two (“Số:      /KH-UBND”) as one again, from the top down.

    `within` is the widest gap in points.
    """
    whole: list[Row] = []
    for row in sorted(rows, key=lambda row: (row.page, row.box.top)):
        at = next(
            (at for at, other in enumerate(whole[-3:], max(len(whole) - 3, 0)) if _beside(other, row, within)), None
        )
        if at is None:
            whole.append(row)
        else:
            whole[at] = _one_row(whole[at], row)
    return whole


def _one_row(one: Row, other: Row) -> Row:
    """Word by word from the left: a number printed later may stand in the gap of the line."""
    words = tuple(sorted((*one.words, *other.words), key=lambda word: word.box.left))
    return replace(
        one,
        text=_text(" ".join(word.text for word in words)),
        box=Box.around((one.box, other.box)),
        confidence=min(one.confidence, other.confidence),
        words=words,
    )


def _beside(one: Row, other: Row, within: float) -> bool:
    if one.page != other.page or one.is_imagined:
        return False
    shared = min(one.box.bottom, other.box.bottom) - max(one.box.top, other.box.top)
    gap = max(one.box.left, other.box.left) - min(one.box.right, other.box.right)
    return shared > 0.6 * min(one.box.height, other.box.height) and gap < within and one.box.left != other.box.left
