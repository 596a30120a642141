"""The middle of a paper: type name and summary, addressees, passages, tables, annexes."""

import re

from docx.document import Document
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Mm, Pt
from docx.text.paragraph import Paragraph

from congso.kernel.composing.contents import Annex, Block, Grid, Level, PaperContent
from congso.kernel.composing.forms import Component, Form
from congso.kernel.composing.letter_widths import width_of
from congso.kernel.composing.making.styles import RULE_STYLE, style_name
from congso.kernel.composing.making.tables import TEXT_WIDTH, add_grid

LANDSCAPE_WIDTH = 252.0
_POINTS_A_MM = 72 / 25.4
_OF_LEVEL = {
    Level.PARAGRAPH: Component.BODY, Level.BASIS: Component.BASIS, Level.ENACTING: Component.ENACTING,
    Level.PART: Component.PART, Level.SECTION: Component.SECTION, Level.HEADING: Component.HEADING,
    Level.ARTICLE: Component.ARTICLE,
}  # fmt: skip
_ARTICLE = re.compile(r"(Điều\s+\d+[a-zđ]?\.)(.*)", re.DOTALL)
_SHORT_RULE = 0.42
_SHORT_END = 500
ASKS_ABOVE = {"submission": "Kính trình"}
"""Types whose addressees are asked, not written to (office 1.6)."""


class Body:
    """Writes what stands between head and tail, and the annexes after it."""

    def __init__(self, document: Document, content: PaperContent, form: Form) -> None:
        self._document, self._content, self._form = document, content, form

    def write_title(self) -> None:
        """Type name, summary and the hyphens or rule below; nothing for a letter."""
        content = self._content
        if not content.printed_type:
            return
        self._add(Component.TYPE, content.printed_type)
        self._add(Component.TITLE, content.title)
        if self._form.has_asterisk:
            self._add(Component.DASHES, "-----")
            return
        size = self._form.texts[Component.TITLE].sizes[1]
        room = TEXT_WIDTH * _POINTS_A_MM
        side = (room - _SHORT_RULE * min(room, width_of(content.title, size, is_bold=True))) / 2
        rule = self._document.add_paragraph(style=RULE_STYLE)
        rule.paragraph_format.left_indent = rule.paragraph_format.right_indent = Pt(side)

    def write_addressees(self) -> None:
        """One in the middle of a line; several below each other."""
        names = self._content.addressees
        if not names:
            return
        label = ASKS_ABOVE.get(self._content.doc_type, self._form.letter_addressee)
        if len(names) == 1:
            self._add(Component.ADDRESSEE, f"{label}: {names[0]}").alignment = WD_ALIGN_PARAGRAPH.CENTER
            return
        self._add(Component.ADDRESSEE, f"{label}:").paragraph_format.left_indent = Mm(25)
        for number, name in enumerate(names, 1):
            line = self._add(Component.ADDRESSEE, f"- {name.rstrip(',;.')}{'.' if number == len(names) else ';'}")
            line.paragraph_format.left_indent = Mm(45)

    def write_blocks(self, blocks: tuple[Block, ...], width: float = TEXT_WIDTH) -> None:
        """Passages and tables."""
        for block in blocks:
            if isinstance(block, Grid):
                add_grid(self._document, block, self._form, width)
                self._add(Component.TABLE, "")  # two tables that touch become one in Word
                continue
            article = _ARTICLE.fullmatch(block.text) if block.level is Level.ARTICLE else None
            if article:
                paragraph = self._add(Component.ARTICLE, "")
                paragraph.add_run(article[1]).bold = True
                paragraph.add_run(article[2])
            else:
                self._add(_OF_LEVEL[block.level], block.text)

    def keep_end_with_tail(self) -> None:
        """The signature never stands on a page without words of the paper."""
        last = self._document.paragraphs[-1] if self._document.paragraphs else None
        if last is not None:
            last.paragraph_format.keep_with_next = True
            last.paragraph_format.keep_together = len(last.text) < _SHORT_END

    def write_annexes(self) -> None:
        """Each on its own page, a wide one on a page laid sideways."""
        for annex in self._content.annexes:
            is_wide = annex.is_landscape
            self._turn_page(is_wide=is_wide)
            self._label(annex)
            self.write_blocks(annex.body, LANDSCAPE_WIDTH if is_wide else TEXT_WIDTH)

    def _label(self, annex: Annex) -> None:
        label = self._add(Component.ANNEX_LABEL, f"PHỤ LỤC {annex.number}".strip())
        if self._form.layout != "PARTY":
            label.runs[0].bold = True
        label.paragraph_format.page_break_before = False  # the section begins a page already
        self._add(Component.ANNEX_TITLE, annex.title)

    def _turn_page(self, *, is_wide: bool) -> None:
        section = self._document.add_section(WD_SECTION.NEW_PAGE)
        section.different_first_page_header_footer = False
        long, short = Mm(297), Mm(210)
        section.orientation = WD_ORIENT.LANDSCAPE if is_wide else WD_ORIENT.PORTRAIT
        section.page_width, section.page_height = (long, short) if is_wide else (short, long)

    def _add(self, component: Component, text: str) -> Paragraph:
        return self._document.add_paragraph(text, style=style_name(component, self._form))
