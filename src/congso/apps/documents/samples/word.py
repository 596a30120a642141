"""A paper as a Word file with the margins and sizes of the form (office.md 1.6)."""

from collections.abc import Callable
from io import BytesIO

from docx import Document
from docx.document import Document as WordDocument
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_BREAK
from docx.shared import Mm, Pt
from docx.table import _Cell
from docx.text.paragraph import Paragraph as WordParagraph

from congso.apps.documents.samples.frozen import frozen_zip
from congso.apps.documents.samples.paper import Block, Heading, Layout, PageBreak, Paper, Paragraph, Table

_CENTRE = WD_ALIGN_PARAGRAPH.CENTER
_TEXT_WIDTH = 165  # mm: A4 less margins of 30 and 15


def docx(paper: Paper, change: Callable[[str], str] = str) -> bytes:
    """The paper as DOCX. `change` is applied to every text (for example to decompose its accents)."""
    document = Document()
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin, section.bottom_margin = Mm(20), Mm(20)
    section.left_margin, section.right_margin = Mm(30), Mm(15)
    document.styles["Normal"].font.name = "Times New Roman"
    document.styles["Normal"].font.size = Pt(14)
    _header(document, paper, change)
    _title(document, paper, change)
    for base in paper.bases:
        _body_line(document, change(base))
    body, annexes = paper.parts
    _blocks(document, body, change)
    _ending(document, paper, change)
    _blocks(document, annexes, change)
    stored = BytesIO()
    document.save(stored)
    return frozen_zip(stored.getvalue())


def _header(document: WordDocument, paper: Paper, change: Callable[[str], str]) -> None:
    left, right = document.add_table(rows=1, cols=2).rows[0].cells
    for line in paper.superior.splitlines():
        _cell_line(left, change(line))
    for line in paper.issuer.splitlines():
        _cell_line(left, change(line), bold=True)
    _cell_line(left, "*" if paper.layout is Layout.PARTY else "_______")
    _cell_line(left, change(paper.symbol_line))
    if not paper.type_name:
        _cell_line(left, change(paper.abstract), italic=True, size=12)
    for mark in (paper.secrecy, paper.urgency):
        if mark:
            _cell_line(left, change(mark), bold=True)
    for line in paper.country_lines:
        _cell_line(right, change(line), bold=True, size=15 if paper.layout is Layout.PARTY else 13)
    _cell_line(right, "________________")
    _cell_line(right, change(paper.place_and_date), italic=True)
    for cell in (left, right):
        blank = cell.paragraphs[0]._element
        blank.getparent().remove(blank)


def _title(document: WordDocument, paper: Paper, change: Callable[[str], str]) -> None:
    if paper.type_name:
        under = "-----" if paper.layout is Layout.PARTY else "_______"
        for text, size in ((paper.type_name, 16), (paper.abstract, 15), (under, 14)):
            line = document.add_paragraph()
            line.alignment = _CENTRE
            _run(line, change(text), bold=True, size=size)
    if paper.addressed_to:
        line = document.add_paragraph()
        line.alignment = _CENTRE
        _run(line, change(f"Kính gửi: {paper.addressed_to}"))


def _blocks(document: WordDocument, blocks: tuple[Block, ...], change: Callable[[str], str]) -> None:
    for block in blocks:
        if isinstance(block, Heading):
            _run(_body_line(document), change(block.text), bold=True)
        elif isinstance(block, Paragraph):
            _body_line(document, change(block.text))
        elif isinstance(block, PageBreak):
            document.add_paragraph().add_run().add_break(WD_BREAK.PAGE)
        else:
            _table(document, block, change)


def _table(document: WordDocument, block: Table, change: Callable[[str], str]) -> None:
    table = document.add_table(rows=1, cols=len(block.columns), style="Table Grid")
    table.alignment = WD_TABLE_ALIGNMENT.CENTER
    table.autofit = False
    for cell, text in zip(table.rows[0].cells, block.columns, strict=True):
        _run(cell.paragraphs[0], change(text), bold=True, size=12)
    for row in block.rows:
        for cell, text in zip(table.add_row().cells, row, strict=True):
            _run(cell.paragraphs[0], change(text), size=12)
    for column, share in zip(table.columns, block.widths, strict=True):
        for cell in column.cells:
            cell.width = Mm(_TEXT_WIDTH * share / 100)
            cell.paragraphs[0].paragraph_format.space_after = Pt(0)


def _ending(document: WordDocument, paper: Paper, change: Callable[[str], str]) -> None:
    left, right = document.add_table(rows=1, cols=2).rows[0].cells
    _run(left.paragraphs[0], change("Nơi nhận:"), underline=True)
    for recipient in paper.recipients:
        line = left.add_paragraph()
        line.paragraph_format.space_after = Pt(0)
        _run(line, change(f"- {recipient}"), size=12)
    _cell_line(right, change(paper.authority), bold=True)
    _cell_line(right, change(paper.position), bold=paper.layout is Layout.STATE)
    for _ in range(3):
        right.add_paragraph()
    _cell_line(right, change(paper.signer), bold=True)


def _body_line(document: WordDocument, text: str = "") -> WordParagraph:
    line = document.add_paragraph()
    line.alignment = WD_ALIGN_PARAGRAPH.JUSTIFY
    line.paragraph_format.first_line_indent = Mm(10)
    line.paragraph_format.space_after = Pt(6)
    line.paragraph_format.line_spacing = Pt(20)
    if text:
        _run(line, text)
    return line


def _cell_line(cell: _Cell, text: str, *, bold: bool = False, italic: bool = False, size: int = 14) -> None:
    line = cell.add_paragraph()
    line.alignment = _CENTRE
    line.paragraph_format.space_after = Pt(0)
    _run(line, text, bold=bold, italic=italic, size=size)


def _run(
    line: WordParagraph,
    text: str,
    *,
    bold: bool = False,
    italic: bool = False,
    underline: bool = False,
    size: int = 14,
) -> None:
    run = line.add_run(text)
    run.bold, run.italic, run.underline = bold, italic, underline
    run.font.size = Pt(size)
