"""Excel files in the look of official registers, written row by row so that memory stays small."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from tempfile import SpooledTemporaryFile
from typing import IO, Any

from django.http import FileResponse
from django.utils import timezone
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Alignment, Border, Font, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

CONTENT_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
FONT = "Times New Roman"
CELL_LIMIT = 32_767
A4 = "9"  # the file format's number of the paper size
_SPOOL = 8 * 1024 * 1024
_THIN = Side(style="thin")
_FRAME = Border(left=_THIN, right=_THIN, top=_THIN, bottom=_THIN)


@dataclass(frozen=True)
class SheetColumn:
    """A column of a sheet: its official title, its width in characters, where its values stand."""

    title: str
    width: int = 16
    align: str = "left"


@dataclass(frozen=True)
class FurtherSheet:
    """A plain sheet behind the first: its title, its columns and rows."""

    title: str
    columns: Sequence[SheetColumn]
    rows: Iterable[Sequence[Any]]


def write_workbook(
    *,
    title: str,
    words: str,
    office: str,
    columns: Sequence[SheetColumn],
    rows: Iterable[Sequence[Any]],
    note: str = "",
    further: Sequence[FurtherSheet] = (),
) -> IO[bytes]:
    """A workbook with the office, the title, what it was narrowed to, numbered heads and the rows.

    Text is always written as text: a value that begins like a formula is never calculated.
    """
    book = Workbook(write_only=True)
    sheet = book.create_sheet(title="Danh sách")
    _prepare(sheet, columns)
    sheet.append([_cell(sheet, office.upper(), bold=True)])
    sheet.append([_cell(sheet, title.upper(), bold=True, size=14)])
    sheet.append([_cell(sheet, words, italic=True)])
    sheet.append([_cell(sheet, one.title, bold=True, align="center", framed=True) for one in columns])
    numbers = (f"({place})" for place in range(1, len(columns) + 1))
    sheet.append([_cell(sheet, number, italic=True, align="center", framed=True) for number in numbers])
    for row in rows:
        pairs = zip(row, columns, strict=True)
        sheet.append([_cell(sheet, value, align=column.align, framed=True) for value, column in pairs])
    if note:
        sheet.append([_cell(sheet, note, italic=True)])
    for one in further:
        behind = book.create_sheet(title=one.title)
        _set_widths(behind, one.columns)
        behind.freeze_panes = "A2"
        behind.append([_cell(behind, column.title, bold=True, align="center", framed=True) for column in one.columns])
        for row in one.rows:
            pairs = zip(row, one.columns, strict=True)
            behind.append([_cell(behind, value, align=column.align, framed=True) for value, column in pairs])
    # Closed by the response that streams it.
    file = SpooledTemporaryFile(max_size=_SPOOL)  # noqa: SIM115
    book.save(file)
    file.seek(0)
    return file


def workbook_response(file: IO[bytes], name: str) -> FileResponse:
    """The workbook as a download; the name says what it is and when it was made."""
    stamp = timezone.localtime().strftime("%Y%m%d-%H%M")
    return FileResponse(file, as_attachment=True, filename=f"{name}-{stamp}.xlsx", content_type=CONTENT_TYPE)


def _set_widths(sheet: Worksheet, columns: Sequence[SheetColumn]) -> None:
    for place, column in enumerate(columns, start=1):
        sheet.column_dimensions[get_column_letter(place)].width = column.width


def _prepare(sheet: Worksheet, columns: Sequence[SheetColumn]) -> None:
    _set_widths(sheet, columns)
    sheet.freeze_panes = "A6"
    sheet.print_title_rows = "4:5"
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = A4
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True


def _cell(
    sheet: Worksheet,
    value: Any,
    *,
    bold: bool = False,
    italic: bool = False,
    size: int = 12,
    align: str = "left",
    framed: bool = False,
) -> WriteOnlyCell:
    cell = WriteOnlyCell(sheet)
    if isinstance(value, datetime):
        cell.value = timezone.make_naive(value) if timezone.is_aware(value) else value
        cell.number_format = "DD/MM/YYYY HH:MM"
    elif isinstance(value, date):
        cell.value = value
        cell.number_format = "DD/MM/YYYY"
    elif isinstance(value, int | float) and not isinstance(value, bool):
        cell.value = value
    elif value is not None:
        cell.value = ILLEGAL_CHARACTERS_RE.sub(" ", str(value))[:CELL_LIMIT]
        cell.data_type = "s"
    cell.font = Font(name=FONT, size=size, bold=bold, italic=italic)
    if framed:
        cell.border = _FRAME
        cell.alignment = Alignment(horizontal=align, vertical="top", wrap_text=True)
    return cell
