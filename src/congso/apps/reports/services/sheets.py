"""A report as an Excel file that can be filled where there is no network, and its way back.

A hidden sheet says whose report, which period, which version of the form, and which entry each cell had shown; a hidden
first column and row of each table name the cells, so moved rows find their way. Nothing is taken before the person has
seen what would change. Formulas and macros are refused.
"""

import io
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from typing import Any

import openpyxl
from django.utils import timezone
from openpyxl.styles import Alignment, Border, Font, PatternFill, Protection, Side
from openpyxl.worksheet.worksheet import Worksheet

from congso.apps.reports.models import Entry, Means, Report, Sheet
from congso.apps.reports.queries import Board, board_of
from congso.apps.reports.rules import WORDS, NotANumber, Schema, Section, parse_number, show_number
from congso.apps.reports.services.filling import Given, Saved, save_cells, says_same
from congso.apps.reports.services.moving import filling
from congso.kernel.access.services import Actor
from congso.kernel.web.excel import FONT
from congso.kernel.workflow.services import Refused

FACTS, PAGE = "_congso", "Báo cáo"
MOST_BYTES, MOST_UNPACKED, MOST_ROWS, MOST_COLUMNS = 4 << 20, 40 << 20, 3000, 60
MOST_PARTS = 500
_NOT_EXCEL = "“{name}” không đọc được như một tệp Excel (.xlsx)."
_FRAME = Border(*(Side(style="thin"),) * 4)
_OPEN = PatternFill("solid", fgColor="FFF9DB")
_TITLE, _UNIT, _VALUE, _LAST = 2, 3, 4, 5


@dataclass(frozen=True)
class Change:
    """What the file says otherwise: as it stands now, and in the file; `clashes` with what somebody wrote meanwhile."""

    key: str
    title: str
    now: str
    new: str
    clashes: bool
    problem: str = ""


@dataclass
class _Read:
    cells: dict[str, str] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)


def write_sheet(report: Report) -> bytes:
    """The report as it stands, to be filled in."""
    schema = Schema.parse(report.version_of_form.schema)
    board = board_of(report, schema)
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = PAGE
    _head(sheet, report)
    for section in schema.sections:
        _section(sheet, section, board)
    for column, width in (("A", 4), ("B", 52), ("C", 14), ("D", 20), ("E", 20)):
        sheet.column_dimensions[column].width = width
    sheet.column_dimensions["A"].hidden = True
    sheet.protection.sheet = True
    sheet.protection.formatColumns = sheet.protection.formatRows = False
    _facts(book, report, board)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def bring_sheet(report: Report, name: str, content: bytes, *, by: Actor, at: datetime) -> Sheet:
    """Read a file somebody brings back and keep it until she has seen what it changes.

    Raises Refused: not Excel, macros, too large, another unit's or period's report, not made by this form.
    """
    with filling(report, at=at):
        book = _open(content, name)
        seen = _check_facts(book, report)
        found = _Read()
        _read(book[PAGE], found, Schema.parse(report.version_of_form.schema))
        if by.person_id is None:
            raise Refused("Cần người chịu trách nhiệm về tệp.")
        return Sheet.objects.create(
            report=report, name=name[:200], cells=found.cells, seen=seen, notes=found.notes[:50], by_id=by.person_id,
            at=at,
        )  # fmt: skip


def changes_of(sheet: Sheet, report: Report) -> list[Change]:
    """What taking the file would change, cell by cell."""
    schema = Schema.parse(report.version_of_form.schema)
    board = board_of(report, schema)
    return list(_changes(sheet, board))


def take_sheet(sheet: Sheet, report: Report, *, by: Actor, at: datetime) -> Saved:
    """Write the file's cells; those changed by somebody else since it was downloaded stand contested."""
    if sheet.taken_at is not None:
        raise Refused("Tệp này đã được ghi vào báo cáo.")
    given = {key: Given(text, int(sheet.seen.get(key, 0)), f"Tệp {sheet.name}") for key, text in sheet.cells.items()}
    with filling(report, at=at):
        saved = save_cells(report, given, by=by, at=at, means=Means.EXCEL)
        Sheet.objects.filter(pk=sheet.pk, taken_at__isnull=True).update(taken_at=at)
    return saved


def _changes(sheet: Sheet, board: Board) -> Iterator[Change]:
    ids = {int(one) for one in sheet.seen.values()}
    shown = dict(Entry.objects.filter(report=board.report, pk__in=ids).values_list("pk", "text"))
    for key, new in sheet.cells.items():
        cell = board.cells.get(key)
        if cell is None:
            continue
        seen = int(sheet.seen.get(key, 0))
        before = shown.get(seen, "" if cell.entry else cell.text)
        if says_same(new, before, key, board.schema) or says_same(new, cell.text, key, board.schema):
            continue
        yield Change(
            key, board.schema.title_of(key), cell.text, new, clashes=cell.since not in (0, seen),
            problem=_problem(board.schema, key, new),
        )  # fmt: skip


def _problem(schema: Schema, key: str, text: str) -> str:
    cell = schema.numbers.get(key)
    try:
        if cell is not None:
            parse_number(text, cell.decimals)
    except NotANumber as wrong:
        return WORDS[wrong.code].format(**wrong.facts)
    return ""


def _head(sheet: Worksheet, report: Report) -> None:
    lines = (
        (report.organization.name.upper(), True, 12),
        (report.title.upper(), True, 14),
        (f"Kỳ {report.period.name}; hạn gửi {report.due_on:%d/%m/%Y}. Chỉ điền ô màu vàng.", False, 12),
    )
    for text, is_bold, size in lines:
        sheet.append([None, text])
        sheet.cell(sheet.max_row, _TITLE).font = Font(name=FONT, bold=is_bold, size=size)
    sheet.append([])


def _section(sheet: Worksheet, section: Section, board: Board) -> None:
    sheet.append([None, section.title])
    sheet.cell(sheet.max_row, _TITLE).font = Font(name=FONT, bold=True, size=13)
    if section.kind == "figures":
        _line(sheet, (None, "Chỉ tiêu", "Đơn vị tính", "Số liệu", "Kỳ trước"), is_head=True)
        for cell in section.numbers:
            last = board.cells[cell.key].last
            row = _line(sheet, (f"n:{cell.key}", cell.title, cell.unit, None, last))
            _fill(sheet, row, _VALUE, board, cell.key)
    elif section.kind == "table":
        _line(sheet, (f"t:{section.key}", "", *(column.key for column in section.columns)))
        sheet.row_dimensions[sheet.max_row].hidden = True
        _line(sheet, (None, "Nội dung", *(column.title for column in section.columns)), is_head=True)
        for row_name, cells in section.grid:
            row = _line(sheet, (f"r:{section.key}.{row_name.key}", row_name.title, *(None,) * len(cells)))
            for place, cell in enumerate(cells):
                _fill(sheet, row, _UNIT + place, board, cell.key)
    elif section.text is not None:
        row = _line(sheet, (f"x:{section.text.key}", board.cells[section.text.key].text))
        target = sheet.cell(row, _TITLE)
        target.fill, target.protection = _OPEN, Protection(locked=False)
        target.alignment = Alignment(wrap_text=True, vertical="top")
        target.data_type = "s"
        sheet.row_dimensions[row].height = 90
    sheet.append([])


def _line(sheet: Worksheet, values: tuple[Any, ...], *, is_head: bool = False) -> int:
    sheet.append(list(values))
    row: int = sheet.max_row
    for place, value in enumerate(values, start=1):
        cell = sheet.cell(row, place)
        cell.font = Font(name=FONT, bold=is_head, size=12)
        if isinstance(value, str):
            cell.data_type = "s"
        if place > 1:
            cell.border = _FRAME
            cell.alignment = Alignment(wrap_text=True, vertical="top", horizontal="center" if is_head else None)
    return row


def _fill(sheet: Worksheet, row: int, column: int, board: Board, key: str) -> None:
    filled, spec = board.cells[key], board.schema.numbers[key]
    target = sheet.cell(row, column)
    number = filled.entry.number if filled.entry else None
    if filled.entry is None and filled.text:
        number = parse_number(filled.text, spec.decimals)
    target.value = number if number is not None else (filled.text or None)
    if isinstance(target.value, str):
        target.data_type = "s"
    target.number_format = "#,##0" + ("." + "0" * spec.decimals if spec.decimals else "")
    target.fill, target.border, target.protection = _OPEN, _FRAME, Protection(locked=False)
    target.font = Font(name=FONT, size=12)


def _facts(book: Any, report: Report, board: Board) -> None:
    facts = book.create_sheet(FACTS)
    facts.sheet_state = "veryHidden"
    for row in (
        ("report", report.pk), ("form", report.form.code), ("version", report.version_of_form.number),
        ("period", report.period.code), ("unit", report.organization.code), ("made", timezone.localtime().isoformat()),
    ):  # fmt: skip
        facts.append(row)
    for key, one in board.cells.items():
        facts.append(("since", key, one.since))


def _open(content: bytes, name: str) -> Any:
    """The workbook, read as data. Raises Refused for anything that is not a plain, small .xlsx."""
    if len(content) > MOST_BYTES:
        raise Refused("Tệp lớn quá 4 MB. Hãy dùng đúng tệp đã tải xuống từ báo cáo này.")
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            names = [one.filename.lower() for one in packed.infolist()]
            unpacked = sum(one.file_size for one in packed.infolist())
    except (zipfile.BadZipFile, ValueError, OSError):
        raise Refused(_NOT_EXCEL.format(name=name[:80])) from None
    if unpacked > MOST_UNPACKED or len(names) > MOST_PARTS:
        raise Refused("Tệp chứa quá nhiều dữ liệu. Hãy dùng đúng tệp đã tải xuống từ báo cáo này.")
    if any("vbaproject" in one or "/macrosheets/" in one for one in names):
        raise Refused("Tệp có macro nên không nhận. Hãy lưu lại thành .xlsx, không có macro.")
    try:
        return openpyxl.load_workbook(io.BytesIO(content), data_only=False, keep_links=False)
    except Exception as broken:  # a hostile file may break the reader anywhere; nothing was kept
        raise Refused(_NOT_EXCEL.format(name=name[:80])) from broken


def _check_facts(book: Any, report: Report) -> dict[str, int]:
    if FACTS not in book.sheetnames or PAGE not in book.sheetnames:
        raise Refused(
            "Tệp này không phải tệp đã tải xuống từ trang báo cáo. Hãy bấm “Tải tệp Excel”, điền rồi đưa lên."
        )
    facts: dict[str, str] = {}
    seen: dict[str, int] = {}
    for row in book[FACTS].iter_rows(max_row=MOST_ROWS, max_col=3, values_only=True):
        if row[0] == "since" and isinstance(row[1], str) and isinstance(row[2], int):
            seen[row[1]] = row[2]
        elif isinstance(row[0], str):
            facts[row[0]] = str(row[1])
    if facts.get("form") != report.form.code:
        raise Refused(f"Tệp này thuộc mẫu báo cáo khác, không phải “{report.form.title}”.")
    if facts.get("unit") != report.organization.code:
        raise Refused("Tệp này là báo cáo của đơn vị khác.")
    if facts.get("period") != report.period.code:
        raise Refused(
            f"Tệp này là báo cáo của kỳ khác, không phải {report.period.name}. "
            "Hãy tải tệp của kỳ này; số trong tệp vừa đưa lên chưa được ghi vào đâu."
        )
    return seen


def _read(sheet: Worksheet, found: _Read, schema: Schema) -> None:
    columns: list[str] = []
    for number, row in enumerate(sheet.iter_rows(max_row=MOST_ROWS, max_col=MOST_COLUMNS), start=1):
        mark = row[0].value
        if not isinstance(mark, str) or ":" not in mark:
            continue
        kind, _, key = mark.partition(":")
        if kind == "t":
            columns = [str(cell.value) for cell in row[2:] if cell.value]
        elif kind == "n":
            _take(row[_VALUE - 1], key, number, found, schema)
        elif kind == "x":
            _take(row[_TITLE - 1], key, number, found, schema)
        elif kind == "r":
            for column, cell in zip(columns, row[2:], strict=False):
                _take(cell, f"{key}.{column}", number, found, schema)


def _take(cell: Any, key: str, number: int, found: _Read, schema: Schema) -> None:
    where, value = f"Dòng {number}", cell.value
    if key not in schema.numbers and key not in schema.texts:
        if value not in (None, ""):
            found.notes.append(f"{where}: mẫu hiện nay không còn ô này; nội dung “{str(value)[:60]}” không ghi vào.")
        return
    if cell.data_type == "f" or (isinstance(value, str) and value.startswith("=")):
        found.notes.append(f"{where}, “{schema.title_of(key)}”: là công thức nên không nhận; hãy thay bằng con số.")
        return
    if cell.data_type == "e":
        found.notes.append(f"{where}, “{schema.title_of(key)}”: Excel báo lỗi {value}.")
        return
    if isinstance(value, bool | datetime):
        found.notes.append(f"{where}, “{schema.title_of(key)}”: không phải số.")
        return
    if isinstance(value, int | float):
        value = show_number(Decimal(repr(value))) if key in schema.numbers else str(value)
    found.cells[key] = "" if value is None else str(value)[:20_000]
