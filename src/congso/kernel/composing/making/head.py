"""The head of a paper: bodies, number and symbol, marks on the left; header, place and date on the right."""

import re

from docx.document import Document
from docx.shared import Pt
from docx.table import _Cell
from docx.text.paragraph import Paragraph

from congso.kernel.composing import anchors
from congso.kernel.composing.contents import PaperContent
from congso.kernel.composing.forms import Component, Form
from congso.kernel.composing.letter_widths import width_of
from congso.kernel.composing.making.styles import RULE_STYLE, style_name
from congso.kernel.composing.making.tables import TEXT_WIDTH, frame
from congso.kernel.composing.making.xml import Bookmarks
from congso.lib.vietnamese_dates import paper_date

_LEFT = {True: 72.0, False: 65.0}  # millimetres; the state's header needs more room than the Party's
_POINTS_A_MM = 72 / 25.4
_SHORT_RULE = 0.42  # of the text's width: annex I of 30/2020 wants a third to a half
_STEP = 4.0
BLANK = "\u00a0"
_TOGETHER = re.compile(r"VIỆT NAM|MẶT TRẬN|TỔ QUỐC|HỒ CHÍ MINH|\S+ \S+$")
BLANKS = {"number": 8, "day": 5, "month": 5}
"""Blanks that stand for a number of four digits, two and two: 3.5 points each at size 14."""


class Head:
    """Writes the head's frame."""

    def __init__(self, document: Document, content: PaperContent, form: Form, bookmarks: Bookmarks) -> None:
        self._content, self._form, self._bookmarks = content, form, bookmarks
        left = _LEFT[form.has_asterisk]
        self._widths = (left * _POINTS_A_MM, (TEXT_WIDTH - left) * _POINTS_A_MM)
        self._table = frame(document, 2, (left, TEXT_WIDTH - left))

    def write(self) -> None:
        """All four cells."""
        self._bodies(_Lines(self._table.cell(0, 0), self._form))
        self._header(_Lines(self._table.cell(0, 1), self._form))
        self._left(_Lines(self._table.cell(1, 0), self._form))
        self._place_and_date(_Lines(self._table.cell(1, 1), self._form))

    def _bodies(self, lines: "_Lines") -> None:
        room = self._widths[0]
        if self._content.parent:
            size = self._form.texts[Component.PARENT].sizes[1]
            lines.add(Component.PARENT, "\n".join(balanced(self._content.parent, room, size)))
        size = self._form.texts[Component.ISSUER].sizes[1]
        issuer = balanced(self._content.issuer, room, size)
        lines.add(Component.ISSUER, "\n".join(issuer))
        if self._form.has_asterisk:
            lines.add(Component.ASTERISK, "*")
        else:
            widest = max(width_of(line, size, is_bold=True) for line in issuer)
            lines.rule(_SHORT_RULE * widest, room)

    def _header(self, lines: "_Lines") -> None:
        last = Component.HEADER
        lines.add(Component.HEADER, self._form.header)
        if self._form.motto:
            last = Component.MOTTO
            lines.add(Component.MOTTO, self._form.motto)
        text = self._form.motto or self._form.header
        lines.rule(width_of(text, self._form.texts[last].sizes[1], is_bold=True), self._widths[1])

    def _left(self, lines: "_Lines") -> None:
        content = self._content
        symbol = lines.add(Component.SYMBOL, f"{self._form.number_label} ")
        printed = "" if content.number is None else f"{content.number:02d}{content.number_letter}"
        self._blank(symbol, "number", printed)
        symbol.add_run(("-" if self._form.has_asterisk else "/") + content.symbol)
        if not content.printed_type:
            lines.add(Component.LETTER_TITLE, f"{self._form.letter_prefix} {content.title}")
        if content.marks.urgency:
            lines.add(Component.URGENCY, content.marks.urgency.value)
            if content.marks.deliver_by:
                lines.add(Component.CIRCULATION, content.marks.deliver_by.upper())
        if content.marks.circulation:
            lines.add(Component.CIRCULATION, content.marks.circulation.upper())
        if content.marks.draft:
            lines.add(Component.DRAFT, f"Dự thảo lần {content.marks.draft}")

    def _place_and_date(self, lines: "_Lines") -> None:
        paragraph = lines.add(Component.PLACE_DATE, f"{self._content.place}, ")
        day, year = self._content.issued_on, self._content.year
        written = paper_date(day).split() if day else ["", "", "", "", "", str(year) if year else ""]
        for word, name, value in zip(
            ("ngày", "tháng", "năm"), ("day", "month", "year"), (written[1], written[3], written[5]), strict=True
        ):
            paragraph.add_run(f"{word} " if name == "day" else f" {word} ")
            if name == "year":  # at the end of a line LibreOffice drops blanks and their anchors
                paragraph.add_run(value)
            else:
                self._blank(paragraph, name, value)

    def _blank(self, paragraph: Paragraph, name: str, value: str) -> None:
        anchor = anchors.BLANKS[name]
        self._bookmarks.around(paragraph, anchor, value or BLANK * BLANKS[name])
        self._bookmarks.around(paragraph, anchor + anchors.END, "")


class _Lines:
    """Paragraphs one after another in a cell."""

    def __init__(self, cell: _Cell, form: Form) -> None:
        self._cell, self._form, self._is_empty = cell, form, True

    def add(self, component: Component, text: str) -> Paragraph:
        paragraph = self._next()
        paragraph.style = style_name(component, self._form)
        paragraph.add_run(text)
        return paragraph

    def rule(self, width: float, room: float) -> None:
        """A line as wide as told, in the middle."""
        paragraph = self._next()
        paragraph.style = RULE_STYLE
        side = max(0.0, (room - width) / 2)
        paragraph.paragraph_format.left_indent = paragraph.paragraph_format.right_indent = Pt(side)

    def _next(self) -> Paragraph:
        if self._is_empty:
            self._is_empty = False
            first: Paragraph = self._cell.paragraphs[0]
            return first
        added: Paragraph = self._cell.add_paragraph()
        return added


def balanced(text: str, room: float, size: float) -> list[str]:
    """As few lines as the room needs, each about as long as the others: no lonely last word."""
    lines = _folded(text, room, size)
    narrower = room
    while len(lines) > 1 and narrower > _STEP:
        narrower -= _STEP
        tried = _folded(text, narrower, size)
        if len(tried) > len(lines) or any(width_of(line, size, is_bold=True) > room for line in tried):
            break
        lines = tried
    return [line.replace(BLANK, " ") for line in lines]


def _folded(text: str, room: float, size: float) -> list[str]:
    """The lines the words take, greedily as Word fills them; names of two syllables are not torn."""
    lines = [""]
    for word in _TOGETHER.sub(lambda found: found[0].replace(" ", BLANK), " ".join(text.split())).split(" "):
        longer = f"{lines[-1]} {word}".strip()
        if lines[-1] and width_of(longer, size, is_bold=True) > room:
            lines.append(word)
        else:
            lines[-1] = longer
    return lines
