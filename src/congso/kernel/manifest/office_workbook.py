"""The Excel file from which an empty office is set up: its template, and reading it with every mistake named.

Only what work needs is read. Other columns (a unit's own lists often carry birth dates or origins) are left
aside, and the person is told which.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from zipfile import BadZipFile

import openpyxl
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter
from openpyxl.utils.exceptions import InvalidFileException

from congso.kernel.directory.models import Function, LayoutProfile, OrganizationKind

ORGANIZATIONS, PEOPLE, GUIDE = "Tổ chức", "Nhân sự", "Hướng dẫn"
COLUMNS = {
    ORGANIZATIONS: ("Mã", "Tên", "Tên gọi tắt", "Ký hiệu", "Loại", "Trực thuộc (mã)", "Thể thức", "Có văn thư"),
    PEOPLE: (
        "Tên đăng nhập",
        "Họ và tên",
        "Mã tổ chức",
        "Chức vụ",
        "Việc làm",
        "Thứ tự",
        "Thư điện tử",
        "Điện thoại",
    ),
}
_USERNAME = re.compile(r"[a-z][a-z0-9._-]{2,59}")
_CODE = re.compile(r"[A-Z0-9][A-Z0-9._-]{1,39}")
_PHONE = re.compile(r"[0-9+][0-9 .]{5,19}")
_YES_NO = {"có": True, "x": True, "không": False, "": False}


@dataclass(frozen=True)
class OrganizationRow:
    """One organization the office adds to the province's catalogue."""

    code: str
    name: str
    short_name: str
    symbol: str
    kind: str
    parent: str
    layout_profile: str
    is_office: bool


@dataclass(frozen=True)
class PersonRow:
    """One person in one post; a person with two posts stands in two rows."""

    username: str
    full_name: str
    organization: str
    post: str
    functions: tuple[str, ...]
    rank: int
    email: str
    phone: str


@dataclass
class Workbook:
    """What a file holds, with its mistakes and what was left aside, in Vietnamese."""

    organizations: list[OrganizationRow] = field(default_factory=list)
    people: list[PersonRow] = field(default_factory=list)
    mistakes: list[str] = field(default_factory=list)
    left_aside: list[str] = field(default_factory=list)


def read_workbook(path: Path, known_codes: frozenset[str]) -> Workbook:
    """Read and check every row; `known_codes` are the organizations of the catalogue."""
    found = Workbook()
    try:
        book = openpyxl.load_workbook(path, read_only=True, data_only=True)
    except (OSError, BadZipFile, InvalidFileException, KeyError, ValueError):
        found.mistakes.append(f"{path.name} không đọc được như một tệp Excel (.xlsx).")
        return found
    for line, cells in _rows(book, ORGANIZATIONS, found):
        _read_organization(line, cells, found, known_codes)
    codes = known_codes | {row.code for row in found.organizations}
    for row in found.organizations:
        if row.parent not in codes:
            found.mistakes.append(f"{ORGANIZATIONS}: {row.code} trực thuộc “{row.parent}”, mã này không có.")
    for line, cells in _rows(book, PEOPLE, found):
        _read_person(line, cells, found, codes)
    if not found.people and not found.mistakes:
        found.mistakes.append(f"Trang “{PEOPLE}” không có ai.")
    return found


def write_template(path: Path) -> None:
    """An empty file to fill in, with a page that explains each column."""
    book = openpyxl.Workbook()
    guide = book.active
    guide.title = GUIDE
    for line in _guide():
        guide.append(line)
    guide.column_dimensions["A"].width, guide.column_dimensions["B"].width = 22, 110
    for name, columns in COLUMNS.items():
        sheet = book.create_sheet(name)
        sheet.append(columns)
        sheet.freeze_panes = "A2"
        for place, column in enumerate(columns, start=1):
            sheet.cell(1, place).font = Font(bold=True)
            sheet.column_dimensions[get_column_letter(place)].width = max(14, len(column) + 6)
    book.save(path)


def _guide() -> Iterator[tuple[str, str]]:
    yield ORGANIZATIONS, "Phòng, đơn vị chưa có trong danh mục của tỉnh. Có thể để trống trang này."
    yield "Mã", "Chữ hoa, số, dấu chấm; ví dụ LC.VPTU.TH"
    yield "Loại", "; ".join(map(str, OrganizationKind.labels))
    yield "Thể thức", f"{'; '.join(map(str, LayoutProfile.labels))}. Để trống: {LayoutProfile.PARTY.label}"
    yield "Có văn thư", "Có hoặc để trống: đơn vị có sổ văn bản riêng hay không"
    yield "", ""
    yield PEOPLE, "Mỗi dòng một người giữ một chức vụ; người có hai chức vụ ghi hai dòng, cùng tên đăng nhập"
    yield "Tên đăng nhập", "Chữ thường không dấu, số, dấu chấm; ví dụ vanthu1.vptu"
    yield "Mã tổ chức", "Mã trong danh mục của tỉnh hoặc ở trang Tổ chức"
    yield "Việc làm", f"{'; '.join(map(str, Function.labels))}. Nhiều việc cách nhau bằng dấu chấm phẩy"
    yield "Thứ tự", "Số nhỏ đứng trước. Để trống: 100"


def _rows(book: Any, name: str, found: Workbook) -> Iterator[tuple[int, dict[str, str]]]:
    if name not in book.sheetnames:
        if name == PEOPLE:
            found.mistakes.append(f"Thiếu trang “{PEOPLE}”.")
        return
    rows = book[name].iter_rows(values_only=True)
    header = [_text(cell) for cell in next(rows, ())]
    missing = [column for column in COLUMNS[name] if column not in header]
    if missing:
        found.mistakes.append(f"Trang “{name}” thiếu cột: {', '.join(missing)}.")
        return
    found.left_aside += [
        f"Trang “{name}”: cột “{column}” không dùng, đã bỏ qua."
        for column in header
        if column and column not in COLUMNS[name]
    ]
    for line, cells in enumerate(rows, start=2):
        values = dict(zip(header, map(_text, cells), strict=False))
        if any(values.get(column) for column in COLUMNS[name]):
            yield line, values


def _text(cell: Any) -> str:
    if isinstance(cell, float) and cell.is_integer():
        cell = int(cell)
    return " ".join(unicodedata.normalize("NFC", str(cell if cell is not None else "")).split())


def _labelled(label: str, choices: type[Any]) -> str | None:
    by_label = {text.casefold(): value for value, text in choices.choices}
    return by_label.get(label.casefold())


def _read_organization(line: int, cells: dict[str, str], found: Workbook, known: frozenset[str]) -> None:
    mistakes = []
    code, kind = cells["Mã"], _labelled(cells["Loại"], OrganizationKind)
    profile = _labelled(cells["Thể thức"] or str(LayoutProfile.PARTY.label), LayoutProfile)
    if not _CODE.fullmatch(code):
        mistakes.append(f"mã “{code}” phải gồm chữ hoa, số, dấu chấm")
    if code in known or code in {row.code for row in found.organizations}:
        mistakes.append(f"mã {code} đã có")
    if not cells["Tên"]:
        mistakes.append("thiếu tên")
    if kind is None:
        mistakes.append(
            f"loại “{cells['Loại']}” không có; chọn một trong: {'; '.join(map(str, OrganizationKind.labels))}"
        )
    if profile is None:
        mistakes.append(f"thể thức “{cells['Thể thức']}” không có")
    if cells["Có văn thư"].casefold() not in _YES_NO:
        mistakes.append("cột Có văn thư chỉ ghi Có hoặc để trống")
    if mistakes or kind is None or profile is None:
        found.mistakes.append(f"{ORGANIZATIONS}, dòng {line}: {'; '.join(mistakes)}.")
        return
    found.organizations.append(
        OrganizationRow(
            code,
            cells["Tên"],
            cells["Tên gọi tắt"],
            cells["Ký hiệu"],
            kind,
            cells["Trực thuộc (mã)"],
            profile,
            _YES_NO[cells["Có văn thư"].casefold()],
        )
    )


def _read_person(line: int, cells: dict[str, str], found: Workbook, codes: frozenset[str]) -> None:
    username, full_name, rank = cells["Tên đăng nhập"], cells["Họ và tên"], cells["Thứ tự"] or "100"
    labels = [label.strip() for label in cells["Việc làm"].split(";") if label.strip()]
    functions = {label: _labelled(label, Function) for label in labels}
    mistakes = [f"việc làm “{label}” không có" for label, value in functions.items() if value is None]
    mistakes += _mistakes_about_person(username, full_name, cells, found)
    if cells["Mã tổ chức"] not in codes:
        mistakes.append(f"không có tổ chức mang mã “{cells['Mã tổ chức']}”")
    if not cells["Chức vụ"]:
        mistakes.append("thiếu chức vụ")
    if not rank.isdigit() or int(rank) > 32767:
        mistakes.append(f"thứ tự “{rank}” phải là số từ 0 đến 32767")
    if mistakes:
        found.mistakes.append(f"{PEOPLE}, dòng {line}: {'; '.join(mistakes)}.")
        return
    found.people.append(
        PersonRow(
            username,
            full_name,
            cells["Mã tổ chức"],
            cells["Chức vụ"],
            tuple(value for value in functions.values() if value),
            int(rank),
            cells["Thư điện tử"],
            cells["Điện thoại"],
        )
    )


def _mistakes_about_person(username: str, full_name: str, cells: dict[str, str], found: Workbook) -> Iterator[str]:
    if not _USERNAME.fullmatch(username):
        yield f"tên đăng nhập “{username}” phải gồm 3–60 chữ thường không dấu, số, dấu chấm, bắt đầu bằng chữ"
    if len(full_name.split()) < 2:
        yield f"họ và tên “{full_name}” chưa đủ"
    if any(row.username == username and row.full_name != full_name for row in found.people):
        yield f"tên đăng nhập {username} đã dùng cho người khác"
    if any(
        (row.username, row.organization, row.post) == (username, cells["Mã tổ chức"], cells["Chức vụ"])
        for row in found.people
    ):
        yield "người này đã có chức vụ này ở dòng trước"
    if cells["Thư điện tử"]:
        try:
            validate_email(cells["Thư điện tử"])
        except ValidationError:
            yield f"thư điện tử “{cells['Thư điện tử']}” không đúng"
    if cells["Điện thoại"] and not _PHONE.fullmatch(cells["Điện thoại"]):
        yield f"điện thoại “{cells['Điện thoại']}” không đúng"
