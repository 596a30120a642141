"""Lines put together into paragraphs. Pure.

A line goes on the paragraph above it when its first word would not have had room there, it does not begin
like a paragraph (number, dash, indent), stands at the usual distance and is set alike.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from statistics import median

from congso.kernel.files.reading.pages.columns import Column
from congso.kernel.files.reading.pages.lines import seam
from congso.lib.layout import Block, Box, Line, Paragraph, Place

_NUMBERED = re.compile(
    r"^(?:[-–+•*●○▪☐☑]\s|(?:\d{1,3}|[a-zđA-ZĐ]|[IVXLC]{1,6})(?:\.\d{1,3}){0,4}[.)/]\s?|\d{1,3}(?:\.\d{1,3}){1,4}\s"
    r"|[^\W\d][\w .]{1,30}, ngày\s"
    r"|(?:Điều|Chương|Phần|Mục|Phụ lục)\s+[\dIVXLC]+)"
)
_ORNAMENT = re.compile(r"^[*_\-–—.…=~\s]+$")
_SENTENCE_ENDS = re.compile(r"[.;:!?…]['\"”)]*$")
_STEP = 6.0  # points: less is no indent
_FAR = 1.45  # of the usual distance between lines
_ALIKE = 0.8  # points of size


@dataclass(frozen=True, slots=True)
class Area:
    """The width within which the text of a page is set."""

    left: float
    right: float

    @property
    def middle(self) -> float:
        return (self.left + self.right) / 2


def area_of(lines: Sequence[Line], width: float) -> Area:
    """Judged by the full lines; with few lines the margins of the official form are assumed."""
    if len(lines) < 6:
        return Area(width * 85 / 595, width * 553 / 595)
    lefts, rights = sorted(line.box.left for line in lines), sorted(line.box.right for line in lines)
    return Area(lefts[len(lefts) // 10], rights[-1 - len(rights) // 10])


def paragraphs_in(column: Column, page: int, area: Area) -> list[Paragraph]:
    """The paragraphs of a column, from top to bottom."""
    if column.is_beside:
        area = Area(column.box.left, column.box.right)
    pitch = _pitch(column.lines)
    groups: list[list[Line]] = []
    for line in column.lines:
        if groups and _goes_on(groups[-1], line, area, pitch, is_beside=column.is_beside):
            groups[-1].append(line)
        else:
            groups.append([line])
    return [_paragraph(group, page, area) for group in groups]


def _pitch(lines: Sequence[Line]) -> float:
    steps = [below.box.bottom - above.box.bottom for above, below in pairwise(lines)]
    usual = [step for step in steps if step > 0]
    return median(usual) if usual else 0.0


def _goes_on(group: Sequence[Line], line: Line, area: Area, pitch: float, *, is_beside: bool) -> bool:
    above = group[-1]
    step = line.box.bottom - above.box.bottom
    if not 0 < step < max(_FAR * pitch, 1.6 * line.box.height) or not _is_alike(above, line):
        return False
    if _is_centred(line.box, area) and (_is_centred(above.box, area) or _is_in_the_middle(above.box, area)):
        return not is_beside or not (above.text.isupper() or line.text.isupper())
    is_indented = line.box.left > max(area.left, above.box.left) + _STEP
    if is_indented or (is_beside and above.text.isupper()):
        return False
    # A justified line may leave a little less than its next word needs.
    blank = 0.25 * line.box.height
    return above.box.right + blank + line.words[0].box.width > area.right - 2 * blank


def _is_alike(above: Line, line: Line) -> bool:
    if _ORNAMENT.match(above.text) or _ORNAMENT.match(line.text) or _NUMBERED.match(line.text + " "):
        return False
    first, last = line.words[0], above.words[-1]
    if first.size and last.size and abs(first.size - last.size) > _ALIKE:
        return False
    whole = all(word.is_bold for word in above.words) != all(word.is_bold for word in line.words)
    return not (whole and first.is_bold != last.is_bold) and above.text.isupper() <= line.text.isupper()


def _is_centred(box: Box, area: Area) -> bool:
    is_clear = box.left > area.left + 2 * _STEP and box.right < area.right - 2 * _STEP
    return is_clear and _is_in_the_middle(box, area)


def _is_in_the_middle(box: Box, area: Area) -> bool:
    return abs((box.left + box.right) / 2 - area.middle) < _STEP


def _text(group: Sequence[Line]) -> str:
    text = group[0].text
    for line in group[1:]:
        text += seam(text) + line.text
    return text


def _paragraph(group: Sequence[Line], page: int, area: Area) -> Paragraph:
    words = [word for line in group for word in line.words]
    letters = sum(len(word.text) for word in words)
    return Paragraph(
        text=_text(group),
        place=Place(page, Box.around(line.box for line in group)),
        is_bold=2 * sum(len(word.text) for word in words if word.is_bold) > letters,
        is_italic=2 * sum(len(word.text) for word in words if word.is_italic) > letters,
        is_centred=all(_is_centred(line.box, area) for line in group),
        size=median(word.size for word in words),
        indent=max(0.0, round(group[0].box.left - area.left, 1)),
        confidence=min(word.confidence for word in words),
    )


def joined_over_pages(pages: Iterable[Sequence[Block]]) -> list[Block]:
    """The blocks of all pages in one row; a sentence broken by the end of a page is one paragraph again.

    It keeps the place where it begins. Only what plainly goes on is joined: no full stop before, a small letter
    after, set alike, no indent.
    """
    whole: list[Block] = []
    for blocks in pages:
        rest = list(blocks)
        if whole and rest and _is_broken(whole[-1], rest[0], blocks):
            before, after = whole[-1], rest.pop(0)
            if isinstance(before, Paragraph) and isinstance(after, Paragraph):
                text = before.text + seam(before.text) + after.text
                whole[-1] = replace(before, text=text, confidence=min(before.confidence, after.confidence))
        whole += rest
    return whole


def _is_broken(before: Block, after: Block, page: Sequence[Block]) -> bool:
    if not isinstance(before, Paragraph) or not isinstance(after, Paragraph):
        return False
    is_alike = before.is_bold == after.is_bold and abs(before.size - after.size) <= _ALIKE
    is_alone = len(page) == 1 or _stands_above(after, page[1])
    goes_on = after.text[:1].islower() and after.indent < _STEP and not after.is_centred and not before.is_centred
    return is_alike and is_alone and goes_on and not _SENTENCE_ENDS.search(before.text)


def _stands_above(block: Block, other: Block) -> bool:
    boxes = [one.place.box for one in (block, other) if one.place and one.place.box]
    return len(boxes) < 2 or boxes[0].bottom <= boxes[1].top + _STEP
