"""A specimen as PDF (set by WeasyPrint) and as a Word file."""

from html import escape
from io import BytesIO

from docx import Document
from docx.document import Document as WordDocument
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Mm, Pt
from docx.table import _Cell
from weasyprint import HTML

from congso.apps.documents.samples.phrases import ACTIONS, GOALS, PLACES, SUBJECTS
from congso.apps.documents.samples.seeded import chance
from congso.kernel.papers.proposals import Form
from tests.reading.papers import Signing, Specimen


def body_of(specimen: Specimen) -> list[str]:
    """Invented paragraphs, the same every time."""
    random = chance("body", specimen.name)
    opening = f"Thực hiện chương trình công tác năm, về {random.choice(SUBJECTS)}, nay có ý kiến như sau:"
    numbered = []
    for number in range(1, specimen.paragraphs + 1):
        said = [
            random.choice(ACTIONS).format(
                subject=random.choice(SUBJECTS), place=random.choice(PLACES), goal=random.choice(GOALS)
            )
            for _ in range(2)
        ]
        numbered.append(f"{number}. " + ". ".join(said) + ".")
    return [opening, *numbered]


def pdf(specimen: Specimen) -> bytes:
    made: bytes = HTML(string=_page(specimen)).write_pdf()
    return made


def _page(specimen: Specimen) -> str:
    look = specimen.look
    indent = "10mm" if look.is_indented else "0"
    title_gap = "4pt" if look.is_tight else "12pt"
    style = f"""
    @page {{ size: A4; margin: 20mm 15mm 20mm 30mm; @top-center {{ content: counter(page); font: 13pt {look.font} }} }}
    @page :first {{ @top-center {{ content: none }} }}
    body {{ font-family: {look.font}; font-size: {look.size}pt; line-height: 1.35; margin: 0 }}
    p {{ text-align: justify; text-indent: {indent}; margin: 0 0 5pt }}
    table {{ width: 100%; border-collapse: collapse }} td {{ vertical-align: top; padding: 0 }}
    .head td {{ text-align: center; font-size: {look.size - 1}pt; line-height: 1.25 }}
    .head td.right {{ white-space: {"normal" if look.is_tight else "nowrap"} }}
    .left {{ width: {look.left_share}% }} .rule {{ width: 30%; border-top: 0.7pt solid; margin: 2pt auto }}
    .motto {{ display: inline-block; border-bottom: 0.7pt solid }}
    .title {{ text-align: center; font-weight: bold; margin: {title_gap} 0 }}
    .about {{ font-size: 12pt }} .sign td.left {{ font-size: 12pt; line-height: 1.2 }}
    .block {{ text-align: center }}
    .caption {{ font-size: 7.5pt; text-align: left; font-family: Arimo; line-height: 1.15 }}
    .mark {{ font-weight: bold; border: 1pt solid; display: inline-block; padding: 0 8pt; margin-top: 3pt }}
    .top {{ text-align: right; font-weight: bold; font-size: 12pt }}
    """
    bases = "".join(f"<p><i>{escape(base)}</i></p>" for base in specimen.bases)
    body = "".join(f"<p>{escape(text)}</p>" for text in body_of(specimen))
    top = "".join(f"<div class=top>{escape(mark)}</div>" for mark in specimen.top_marks)
    annex = "<div style='break-before: page'></div><p><b>PHỤ LỤC</b></p>" + body if look.has_annex else ""
    return (
        f"<html lang=vi><meta charset=utf-8><style>{style}</style><body>{top}{_head(specimen)}{_title(specimen)}"
        f"{bases}{_decides(specimen)}{body}{_ending(specimen)}{annex}</body></html>"
    )


def _lines(lines: tuple[str, ...], tag: str = "div") -> str:
    return "".join(f"<div><{tag}>{escape(line)}</{tag}></div>" for line in lines)


def _head(specimen: Specimen) -> str:
    rule = {Form.PARTY: "<div>*</div>", Form.YOUTH: "<div>***</div>"}.get(specimen.form, "<div class=rule></div>")
    weight = "b" if specimen.look.is_issuer_bold else "span"
    left = (
        _lines(specimen.superior, "span") + _lines(specimen.issuer, weight) + rule + _lines((specimen.number,), "span")
    )
    if not specimen.kind:
        left += "".join(f"<div class=about>{escape(line)}</div>" for line in specimen.about.split("\n"))
    left += "".join(f"<div class=mark>{escape(mark)}</div><br>" for mark in specimen.marks)
    *first, last = specimen.country
    right = (
        _lines(tuple(first), "b")
        + f"<div class=motto><b>{escape(last)}</b></div><div><i>{escape(specimen.dated)}</i></div>"
    )
    return f"<table class=head><tr><td class=left>{left}</td><td class=right>{right}</td></tr></table>"


def _title(specimen: Specimen) -> str:
    made = ""
    if specimen.kind:
        rule = specimen.look.rule
        under = "<div class=rule></div>" if rule == "line" else f"<div>{escape(rule)}</div>"
        about = "".join(f"<div>{escape(line)}</div>" for line in specimen.about.split("\n") if line)
        made = f"<div class=title>{_lines(specimen.kind, 'span')}{about}{under}</div>"
    if len(specimen.addressed) == 1:
        made += f"<p style='text-align:center;margin:8pt 0'>Kính gửi: {escape(specimen.addressed[0])}</p>"
    elif specimen.addressed:
        items = "".join(f"<div style='margin-left:60mm'>- {escape(line)}</div>" for line in specimen.addressed)
        made += f"<div style='margin-left:45mm'>Kính gửi:</div>{items}<br>"
    return made


def _decides(specimen: Specimen) -> str:
    if not specimen.decider:
        return ""
    return f"<div class=title>{escape(specimen.decider)}</div>"


def _ending(specimen: Specimen) -> str:
    listed = "".join(f"<div>- {escape(line)}</div>" for line in specimen.recipients)
    blocks = [_signing(signing, specimen) for signing in specimen.signings]
    if len(blocks) > 1:
        cells = "".join(f"<td class=block>{block}</td>" for block in blocks)
        below = f"<div style='font-size:12pt'><b><i>Nơi nhận:</i></b>{listed}</div>" if listed else ""
        return f"<table class=sign style='break-inside:avoid;margin-top:10pt'><tr>{cells}</tr></table>{below}"
    head = "<b><i>Nơi nhận:</i></b>" if listed else ""
    return (
        f"<table class=sign style='break-inside:avoid;margin-top:10pt'><tr><td class=left>{head}{listed}</td>"
        f"<td class=block>{blocks[0]}</td></tr></table>"
    )


def _signing(signing: Signing, specimen: Specimen) -> str:
    weight = "b" if specimen.look.is_post_bold else "span"
    caption = "".join(f"<div class=caption>{escape(line)}</div>" for line in signing.caption)
    return f"{_lines(signing.lines, weight)}<br><br>{caption}<br><br><b>{escape(signing.name)}</b>"


def docx(specimen: Specimen) -> bytes:
    """The specimen as an office types it in Word: header and ending in borderless tables."""
    document = Document()
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin, section.right_margin = Mm(30), Mm(15)
    document.styles["Normal"].font.name = "Times New Roman"
    document.styles["Normal"].font.size = Pt(specimen.look.size)
    for mark in specimen.top_marks:
        _centred(document, mark, bold=True)
    _word_head(document, specimen)
    if specimen.kind:
        for line in (*specimen.kind, *specimen.about.split("\n")):
            _centred(document, line, bold=True)
        _centred(document, "-----" if specimen.look.rule == "line" else specimen.look.rule)
    if len(specimen.addressed) == 1:
        _centred(document, f"Kính gửi: {specimen.addressed[0]}")
    elif specimen.addressed:
        document.add_paragraph("Kính gửi:").paragraph_format.left_indent = Mm(45)
        for line in specimen.addressed:
            document.add_paragraph(f"- {line}").paragraph_format.left_indent = Mm(60)
    for text in specimen.bases:
        _body(document, text)
    if specimen.decider:
        _centred(document, specimen.decider, bold=True)
    for text in body_of(specimen):
        _body(document, text)
    _word_ending(document, specimen)
    stored = BytesIO()
    document.save(stored)
    return stored.getvalue()


def _word_head(document: WordDocument, specimen: Specimen) -> None:
    left, right = document.add_table(rows=1, cols=2).rows[0].cells
    for line in specimen.superior:
        _cell(left, line)
    for line in specimen.issuer:
        _cell(left, line, bold=specimen.look.is_issuer_bold)
    _cell(left, {Form.PARTY: "*", Form.YOUTH: "***"}.get(specimen.form, "_______"))
    _cell(left, specimen.number)
    if not specimen.kind:
        for line in specimen.about.split("\n"):
            _cell(left, line)
    for mark in specimen.marks:
        _cell(left, mark, bold=True)
    for line in specimen.country:
        _cell(right, line, bold=True)
    _cell(right, "_______________")
    _cell(right, specimen.dated)


def _word_ending(document: WordDocument, specimen: Specimen) -> None:
    count = max(2, len(specimen.signings))
    cells = document.add_table(rows=1, cols=count).rows[0].cells
    if len(specimen.signings) < 2:
        for line in ("Nơi nhận:", *(f"- {line}" for line in specimen.recipients)):
            _cell(cells[0], line, left=True, size=12)
    for cell, signing in zip(cells[-len(specimen.signings) :], specimen.signings, strict=True):
        for line in signing.lines:
            _cell(cell, line, bold=True)
        for line in ("", "", *signing.caption, ""):
            _cell(cell, line)
        _cell(cell, signing.name, bold=True)


def _cell(cell: _Cell, text: str, *, bold: bool = False, left: bool = False, size: float = 13) -> None:
    paragraph = cell.add_paragraph()
    paragraph.alignment = WD_ALIGN_PARAGRAPH.LEFT if left else WD_ALIGN_PARAGRAPH.CENTER
    paragraph.paragraph_format.space_after = Pt(0)
    run = paragraph.add_run(text)
    run.bold, run.font.size = bold, Pt(size)


def _centred(document: WordDocument, text: str, *, bold: bool = False) -> None:
    paragraph = document.add_paragraph()
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    paragraph.paragraph_format.space_after = Pt(0)
    paragraph.add_run(text).bold = bold


def _body(document: WordDocument, text: str) -> None:
    paragraph = document.add_paragraph(text)
    paragraph.alignment = WD_ALIGN_PARAGRAPH.JUSTIFY
    paragraph.paragraph_format.first_line_indent = Mm(10)
    paragraph.paragraph_format.space_after = Pt(6)
