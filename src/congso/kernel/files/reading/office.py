"""Word, Excel and plain text files: their text in reading order, and LibreOffice for everything seen.

`docx_text`, `xlsx_text` run in the guarded child; `to_pdf` starts LibreOffice under a guard of its own.
"""

import shutil
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING
from xml.sax.saxutils import quoteattr

from congso.kernel.files.reading import refusals
from congso.kernel.files.reading.isolation import run_command
from congso.kernel.files.reading.kinds import FACTS, FileKind
from congso.kernel.files.reading.limits import Limits
from congso.kernel.files.reading.text import decode, segments

if TYPE_CHECKING:  # loaded where they are used: most files are PDFs, and a child starts for each
    import docx.table
    import openpyxl.worksheet._read_only
    from docx.document import Document

NOT_INSTALLED = "Máy chủ chưa cài LibreOffice nên tệp Word, Excel chưa xem trước được; vẫn tải về được bản gốc."
_HEAD_LINES = 60  # about half a page of short lines: where number, symbol and marks stand
_HEAD_ROWS = 15
_CELLS = 400_000


def docx_text(path: Path, limits: Limits) -> tuple[str, tuple[str, ...]]:
    """The whole text and the lines at its top; page headers and text boxes (drawn stamps) come first."""
    import docx

    document = docx.Document(str(path))
    apart, body = list(_apart(document)), list(_lines(document))
    top = segments("\n".join([*apart, *body[:_HEAD_LINES]]))
    return "\n".join([*apart, *body])[: limits.text_per_page * 50], top


def _lines(document: "Document") -> Iterator[str]:
    """Paragraphs in order, those of table cells too: a line each, as a mark may stand in a cell of the header."""
    for block in document.iter_inner_content():
        if hasattr(block, "rows"):
            for row in block.rows:
                yield from (line for cell in _distinct(row.cells) for line in cell.text.split("\n"))
        else:
            yield from block.text.split("\n")


def _distinct(cells: Iterable["docx.table._Cell"]) -> Iterator["docx.table._Cell"]:
    """Merged cells come once for each column they span."""
    previous = None
    for cell in cells:
        if cell._tc is not previous:
            yield cell
        previous = cell._tc


def _apart(document: "Document") -> Iterator[str]:
    from docx.oxml.ns import qn

    for section in document.sections:
        for header in (section.first_page_header, section.header):
            if not header.is_linked_to_previous:
                yield from (paragraph.text for paragraph in header.paragraphs if paragraph.text.strip())
                yield from (cell.text for table in header.tables for row in table.rows for cell in row.cells)
    for box in document.element.body.iter(qn("w:txbxContent")):
        for paragraph in box.iter(qn("w:p")):
            yield "".join(run.text or "" for run in paragraph.iter(qn("w:t")))


def xlsx_text(path: Path, limits: Limits) -> tuple[list[str], tuple[str, ...]]:
    """A text for each sheet (rows as lines, cells apart by tabs) and the lines at the top of every sheet."""
    import openpyxl

    sheets: list[str] = []
    top: list[str] = []
    with path.open("rb") as file:
        book = openpyxl.load_workbook(file, read_only=True, data_only=True, keep_links=False)
        for sheet in book.worksheets:
            lines = list(_rows(sheet, limits))
            sheets.append("\n".join([sheet.title, *lines]))
            top += lines[:_HEAD_ROWS]
    return sheets, segments("\n".join(top))


def sheet_rows(path: Path, limits: Limits) -> list[list[str]]:
    """The first sheet's cells as text, row by row, up to as many as a sheet may have."""
    import openpyxl

    found: list[list[str]] = []
    cells = length = 0
    with path.open("rb") as file:
        book = openpyxl.load_workbook(file, read_only=True, data_only=True, keep_links=False)
        for row in book.worksheets[0].iter_rows(values_only=True):
            texts = ["" if value is None else str(value) for value in row]
            cells, length = cells + len(row), length + sum(map(len, texts))
            if cells > _CELLS or length > limits.text_per_page:
                raise refusals.too_heavy()
            found.append(texts)
    return found


def _rows(sheet: "openpyxl.worksheet._read_only.ReadOnlyWorksheet", limits: Limits) -> Iterator[str]:
    cells = length = 0
    for row in sheet.iter_rows(values_only=True):
        line = "\t".join(" ".join(str(value).split()) for value in row if value is not None)
        cells, length = cells + len(row), length + len(line)
        if cells > _CELLS or length > limits.text_per_page:
            return
        if line.strip():
            yield line


def plain_text(path: Path) -> str:
    """A text file's content, whatever encoding it was saved in."""
    return decode(path.read_bytes())


def libreoffice() -> str | None:
    """The program, when it is installed."""
    return shutil.which("soffice") or shutil.which("libreoffice")


def to_pdf(path: Path, kind: FileKind, *, limits: Limits, work: Path, options: str = "") -> Path | None:
    """Print the file to a PDF, or None when LibreOffice could not: the original is kept all the same.

    `options` are those of its PDF export, as JSON.

    Each run has its own profile: runs do not wait for each other, nothing is remembered, macros and outside
    links are off. Raises Refused when it takes too long.
    """
    program = libreoffice()
    if program is None:
        return None
    profile, out = work / "office-profile", work / "office-out"
    source = work / f"office-source.{FACTS[kind].endings[0]}"
    shutil.copyfile(path, source)
    (profile / "user").mkdir(parents=True)
    (profile / "user" / "registrymodifications.xcu").write_text(_settings(), encoding="utf-8")
    command = [
        *(program, f"-env:UserInstallation={profile.as_uri()}", "--headless", "--norestore", "--nolockcheck"),
        *("--convert-to", f"pdf:writer_pdf_Export:{options}" if options else "pdf", "--outdir", str(out), str(source)),
    ]
    try:
        run_command(command, limits=limits, work=work, seconds=limits.seconds_per_file)
    finally:
        shutil.rmtree(profile, ignore_errors=True)
        source.unlink()
    made = out / "office-source.pdf"
    return made if made.exists() and made.stat().st_size else None


def _settings() -> str:
    """LibreOffice's own settings file: no macros; links never updated (0 in Writer, 1 in Calc)."""
    values = {
        ("Common/Security/Scripting", "MacroSecurityLevel"): "3",
        ("Common/Security/Scripting", "DisableMacrosExecution"): "true",
        ("Common/Security/Scripting", "BlockUntrustedRefererLinks"): "true",
        ("Writer/Content/Update", "Link"): "0",
        ("Calc/Content/Update", "Link"): "1",
    }
    items = "".join(
        f"<item oor:path={quoteattr('/org.openoffice.Office.' + path)}>"
        f"<prop oor:name={quoteattr(name)} oor:op='fuse'><value>{value}</value></prop></item>"
        for (path, name), value in values.items()
    )
    return (
        "<?xml version='1.0' encoding='UTF-8'?><oor:items xmlns:oor='http://openoffice.org/2001/registry'"
        f" xmlns:xs='http://www.w3.org/2001/XMLSchema'>{items}</oor:items>"
    )
