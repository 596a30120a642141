"""The yearly list as an Excel file, and read from one: every mistake with its row, all or nothing."""

from datetime import datetime
from typing import IO, Any
from zipfile import BadZipFile

import openpyxl
from django.utils import timezone
from openpyxl.utils.exceptions import InvalidFileException

from congso.apps.dossiers.models import Catalogue
from congso.apps.dossiers.queries import period_name, periods
from congso.apps.dossiers.services.catalogues import NewLine, add_lines
from congso.kernel.access.services import Actor
from congso.kernel.web.excel import SheetColumn, write_workbook
from congso.kernel.workflow.services import Refused

MOST_ROWS = 2_000
MOST_BYTES = 5 * 2**20
COLUMNS = ("Đề mục", "Số và ký hiệu hồ sơ", "Tiêu đề hồ sơ", "Thời hạn lưu trữ", "Người lập hồ sơ", "Ghi chú")


def catalogue_workbook(catalogue: Catalogue) -> IO[bytes]:
    """The official columns."""
    widths = (30, 16, 60, 16, 28, 24)
    return write_workbook(
        title=catalogue.title,
        words=f"Quyết định {catalogue.number}" if catalogue.number else "",
        office=catalogue.owner.name,
        columns=[SheetColumn(name, width) for name, width in zip(COLUMNS, widths, strict=True)],
        rows=(
            [
                one.heading,
                one.symbol,
                one.title,
                period_name(one.retention, catalogue.opened_on),
                one.holder_label,
                one.note,
            ]
            for one in catalogue.lines.all()
        ),
    )


def import_lines(catalogue: Catalogue, file: Any, *, by: Actor, at: datetime) -> int:
    """Lines of a file with the official columns. Raises Refused naming the row; then nothing is added."""
    if file is None or file.size > MOST_BYTES:
        raise Refused("Hãy chọn một tệp Excel (.xlsx) không quá 5 MB.")
    try:
        book = openpyxl.load_workbook(file, read_only=True, data_only=True)
        rows = [row for _nth, row in zip(range(MOST_ROWS + 1), book.active.iter_rows(values_only=True), strict=False)]
    except (OSError, BadZipFile, InvalidFileException, KeyError, ValueError, TypeError, AttributeError) as error:
        raise Refused("Tệp không đọc được như một tệp Excel (.xlsx).") from error
    if len(rows) > MOST_ROWS:
        raise Refused(f"Tệp có hơn {MOST_ROWS} dòng.")
    return add_lines(catalogue, _lines(rows, at), label="Nhập danh mục từ Excel", by=by, at=at)


def _lines(rows: list[tuple[Any, ...]], at: datetime) -> list[NewLine]:
    texts = [[str(cell).strip() if cell is not None else "" for cell in row] for row in rows]
    start = next((nth for nth, row in enumerate(texts) if COLUMNS[1] in row and COLUMNS[2] in row), None)
    if start is None:
        raise Refused("Tệp thiếu dòng tên cột: " + ", ".join(COLUMNS) + ".")
    head = texts[start]
    codes = {name.casefold(): code for code, name in periods(timezone.localdate(at))}
    found = []
    for number, row in enumerate(texts[start + 1 :], start + 2):
        cells = {
            name: row[head.index(name)] if name in head and head.index(name) < len(row) else "" for name in COLUMNS
        }
        if not any(cells.values()) or all(not text or text.startswith("(") for text in cells.values()):
            continue  # empty, or the row of column numbers
        retention = codes.get(cells[COLUMNS[3]].casefold())
        if retention is None:
            raise Refused(f"Dòng {number}: thời hạn “{cells[COLUMNS[3]][:40]}” không có trong danh mục.")
        found.append(
            NewLine(cells[COLUMNS[1]], cells[COLUMNS[2]], retention, heading=cells[COLUMNS[0]], note=cells[COLUMNS[5]])
        )
    if not found:
        raise Refused("Tệp không có dòng hồ sơ nào.")
    return found
