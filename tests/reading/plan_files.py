"""Invented plans as files: Word as an office writes it, the PDF printed from it, and its scan."""

import io
from collections.abc import Sequence
from pathlib import Path

import docx
import numpy as np
import pypdfium2 as pdfium
from docx.enum.section import WD_ORIENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Mm, Pt
from PIL import Image

from congso.kernel.files.reading.kinds import FileKind
from congso.kernel.files.reading.limits import Limits
from congso.kernel.files.reading.office import to_pdf
from tests.reading.plan_parts import LEFT, UP, Break, Grid, P, Plan

_WIDTH_MM, _LONG_MM = 165, 252
_LEVELS = (("upperRoman", "%1."), ("decimal", "%2."), ("decimal", "%2.%3."), ("lowerLetter", "%4)"))
_DPI = 200


def write_docx(plan: Plan, path: Path) -> None:
    """The plan as a Word file with real merges, repeated header rows and automatic numbers."""
    document = docx.Document()
    style = document.styles["Normal"]
    style.font.name, style.font.size = "Times New Roman", Pt(13)
    style.element.rPr.rFonts.set(qn("w:eastAsia"), "Times New Roman")
    _set_page(document.sections[0], landscape=plan.landscape)
    list_id = _add_list(document)
    for part in plan.parts:
        if isinstance(part, Break):
            _set_page(document.add_section(), landscape=part.landscape)
        elif isinstance(part, P):
            _add_paragraph(document, part, list_id)
        else:
            _add_table(document, part)
    document.save(str(path))


def _set_page(section: "docx.section.Section", *, landscape: bool) -> None:
    section.orientation = WD_ORIENT.LANDSCAPE if landscape else WD_ORIENT.PORTRAIT
    section.page_width, section.page_height = (Mm(297), Mm(210)) if landscape else (Mm(210), Mm(297))
    section.left_margin, section.right_margin = Mm(30), Mm(15)
    section.top_margin = section.bottom_margin = Mm(20)


def _add_list(document: "docx.document.Document") -> int:
    numbering = document.part.numbering_part.element
    levels = "".join(
        f'<w:lvl w:ilvl="{level}"><w:start w:val="1"/><w:numFmt w:val="{form}"/><w:lvlText w:val="{text}"/></w:lvl>'
        for level, (form, text) in enumerate(_LEVELS)
    )
    abstract = parse_xml(f'<w:abstractNum {nsdecls("w")} w:abstractNumId="77">{levels}</w:abstractNum>')
    numbering.insert(0, abstract)
    numbering.append(parse_xml(f'<w:num {nsdecls("w")} w:numId="77"><w:abstractNumId w:val="77"/></w:num>'))
    return 77


def _add_paragraph(document: "docx.document.Document", part: P, list_id: int) -> None:
    paragraph = document.add_paragraph()
    run = paragraph.add_run(part.text)
    run.bold, run.italic = part.bold, part.italic
    paragraph.paragraph_format.space_after = Pt(4)
    if part.centred:
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    else:
        paragraph.alignment = WD_ALIGN_PARAGRAPH.JUSTIFY
        paragraph.paragraph_format.first_line_indent = Mm(10)
    if part.level is not None:
        properties = paragraph._p.get_or_add_pPr()
        properties.append(
            parse_xml(f'<w:numPr {nsdecls("w")}><w:ilvl w:val="{part.level}"/><w:numId w:val="{list_id}"/></w:numPr>')
        )


def _add_table(document: "docx.document.Document", part: Grid) -> None:
    table = document.add_table(len(part.rows), len(part.widths))
    if part.header_rows:
        table.style = "Table Grid"
    table.autofit = False
    section = document.sections[-1]
    whole = _LONG_MM if section.orientation == WD_ORIENT.LANDSCAPE else _WIDTH_MM
    for column, share in enumerate(part.widths):
        for cell in table.columns[column].cells:
            cell.width = Mm(share * whole)
    for row, texts in enumerate(part.rows):
        for column, text in enumerate(texts):
            if text not in (UP, LEFT):
                _fill(table, part, row, column, text)
    for row in range(part.header_rows if part.repeats_header else 0):
        mark = OxmlElement("w:tblHeader")
        table.rows[row]._tr.get_or_add_trPr().append(mark)


def _fill(table: "docx.table.Table", part: Grid, row: int, column: int, text: str) -> None:
    last_row, last_column = row, column
    while last_row + 1 < len(part.rows) and part.rows[last_row + 1][column] == UP:
        last_row += 1
    while last_column + 1 < len(part.widths) and part.rows[row][last_column + 1] == LEFT:
        last_column += 1
    cell = table.cell(row, column)
    if (last_row, last_column) != (row, column):
        cell = cell.merge(table.cell(last_row, last_column))
    is_head = row < part.header_rows or last_column > column
    for number, line in enumerate(text.split("\n")):
        paragraph = cell.paragraphs[0] if number == 0 else cell.add_paragraph()
        run = paragraph.add_run(line)
        run.bold, run.font.size = is_head, Pt(12)
        if row < part.header_rows or column == 0 or not part.header_rows:
            paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER if "Nơi nhận" not in text else None


def print_pdf(source: Path, work: Path, limits: Limits) -> Path:
    """The PDF an office would make of its Word file."""
    made = to_pdf(source, FileKind.DOCX, limits=limits, work=work)
    if made is None:
        raise RuntimeError("LibreOffice made no PDF")
    return made


def scan(printed: Path, into: Path, *, seed: int = 1) -> None:
    """A scan of the printed pages: 200 dpi, grey noise, each page slightly askew."""
    random = np.random.default_rng(seed)
    pictures: list[Image.Image] = []
    document = pdfium.PdfDocument(printed)
    for page in document:
        picture = page.render(scale=_DPI / 72).to_pil().convert("L")
        picture = picture.rotate(float(random.uniform(-0.7, 0.7)), fillcolor=250, resample=Image.Resampling.BICUBIC)
        pixels = np.asarray(picture, dtype=np.float32) + random.normal(0, 9, (picture.height, picture.width))
        pictures.append(_as_jpeg(Image.fromarray(np.clip(pixels, 0, 255).astype(np.uint8))))
    document.close()
    pictures[0].save(into, "PDF", save_all=True, append_images=pictures[1:], resolution=_DPI)


def _as_jpeg(picture: Image.Image) -> Image.Image:
    held = io.BytesIO()
    picture.save(held, "JPEG", quality=70)
    return Image.open(held)


def write_all(plans: Sequence[Plan], folder: Path, limits: Limits) -> None:
    """All plans as NAME.docx, NAME.pdf and NAME-scan.pdf; what is there already stays."""
    for number, plan in enumerate(plans):
        source, printed, scanned = (folder / f"{plan.name}{end}" for end in (".docx", ".pdf", "-scan.pdf"))
        if scanned.exists():
            continue
        write_docx(plan, source)
        work = folder / "work"
        work.mkdir(exist_ok=True)
        print_pdf(source, work, limits).replace(printed)
        scan(printed, scanned, seed=number + 1)
