"""The head of a table of tasks: which column holds what, over one, two or three rows.

Headings are compared without tones and blanks, so that a scan's slips rarely matter.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from congso.kernel.papers.tasks.units import starts_with_unit
from congso.lib.layout import Box, Cell, Table
from congso.lib.vietnamese import fold


class Role(StrEnum):
    """What a column tells."""

    NUMBER = "number"
    CONTENT = "content"
    LEAD = "lead"
    SUPPORT = "support"
    BOTH = "both"
    TIME = "time"
    START = "start"
    END = "end"
    PERIOD = "period"  # a month, quarter or year to be marked with x
    PRODUCT = "product"
    LEADER = "leader"
    AUTHORITY = "authority"
    MONEY = "money"
    TARGET = "target"
    PERSON = "person"
    NOTE = "note"
    OTHER = "other"


Grid = tuple[tuple[Cell, ...], ...]
_LONGEST_HEADING = 130
_LONGEST_COMPACT = 60  # letters of one heading; content is longer
_HEADER_ROWS_LOOKED_AT = 25
_DEEPEST = 3
_WHO = {Role.LEAD, Role.SUPPORT, Role.BOTH}
_WHEN = {Role.TIME, Role.START, Role.END, Role.PERIOD}

_FORMS: tuple[tuple[Role, re.Pattern[str]], ...] = (
    (Role.NUMBER, re.compile(r"^(?:s?t{1,2}|so?tt|sothutu|sott|no|stt\w?|[ti]t|m[as]so|so)$")),
    (Role.PERSON, re.compile(r"hovaten|hoten|^chucvu|ngaysinh|namsinh|quequan|sodienthoai")),
    (Role.TARGET, re.compile(r"donvitinh|^dvt$|^chitieu|^muctieu|^tieuchi|thuctrang|^kehoachnam|kyhieu")),
    (Role.MONEY, re.compile(r"kinhphi|dutoan|sotien|nguonvon|thanhtien|dongia|nhucauvon|trieudong|tongmuc")),
    (Role.BOTH, re.compile(r"chutri.*phoihop|phoihop.*chutri|thuchien.*phoihop")),
    (Role.SUPPORT, re.compile(r"ph[oô0]ih[oơ0]p|thamgia$|(?:coquan|donvi)thamgia|(?:coquan|donvi)lienquan")),
    (Role.LEADER, re.compile(
        r"lanhdao(?:phutrach|chidao|theodoi|uybannhandan|ubnd)|(?:dongchi|uyvien|thanhvien)\w*(?:phutrach|chidao|"
        r"theodoi)|^(?:nguoi)?chidao$")),
    (Role.AUTHORITY, re.compile(
        r"c[aâ]ptrinh|capbanhanh|coquanbanhanh|coquantrinh|thamquyen|capquyetdinh|capphe|noinhan|tt?rinhai|"
        r"hoinghi|diadiem|thanhphan|doituong")),
    (Role.START, re.compile(r"batdau$|thoigianbatdau|^tungay$|ngaybatdau|khoicong")),
    (Role.END, re.compile(r"ketthuc$|thoigianketthuc|^denngay$|ngayketthuc|/hoanthanh$")),
    (Role.PRODUCT, re.compile(
        r"sanpham|ketqua|dauratac|^daura|hinhthucvanban|loaivanban|hinhthuc(?:the)?hien|yeucaudatduoc|"
        r"dukienhoanthanhva")),
    (Role.TIME, re.compile(
        r"th[oơ]i(?:gian|han|diem|ky)|tiendo|^han$|^han(?:cuoi|xuly|chot|nop|bao)|hanhoanthanh|hanthuchien|lotrinh|m[oố]cthoi|ngayhoanthanh|"
        r"hoanthanh$|namthuchien|thoigjan|^thang$|^thangnam|ngaythang|^tuan$|^ngay$")),
    (
        Role.LEAD,
        re.compile(
            r"ch[uủ]tr[iìj]|(?:coquan|donvi|bophan|nguoi|canbo|donviphong|phongban|chuthe)\w*(?:thuchien|phutrach|"
            r"thammuu|chuanbi|soanthao|trienkhai|daumoi|chinh)"
            r"|^(?:phancong|tochuc)?thuchien$|^phancong|chiutrachnhiem|phutrach|daumoi|soanthao|chuanbi$|"
            r"^(?:cac)?(?:coquan|donvi|trachnhiem|bophan)$|coquandonvi|duocgiao|trachnhiemthuchien|coquanthammuu|"
            r"thammuu$"
        ),
    ),
    (Role.NOTE, re.compile(r"ghichu|luuy|cancu")),
    (Role.CONTENT, re.compile(
        r"n[oô0]idung|nhi[eê]mvu|congviec|danhmuc|hoatdong|tenvanban|tendean|dean|vande|giaiphap|viec|congtac|"
        r"tenchuyende|chuyende|vanban|nhimvu|nhiẹmvu")),
)  # fmt: skip
_PERIOD = re.compile(
    r"(?:^|/)(?:thang|t)?(0?[1-9]|1[0-2])(?:/20\d\d)?$|(?:^|/)quy(i{1,3}|iv|[1-4])(?:/20\d\d)?$|(?:^|"
    r"/)(?:nam)?(20[2-4]\d)$"
)
_FEWEST_WORDS = 3
_WORDS: tuple[tuple[Role, re.Pattern[str]], ...] = (
    (Role.CONTENT, re.compile(r"noi dung|nhiem vu|cong viec")),
    (Role.LEAD, re.compile(r"chu tri|don vi thuc hien|co quan thuc hien")),
    (Role.SUPPORT, re.compile(r"phoi\b")),
    (Role.TIME, re.compile(r"thoi (?:gian|han)|tien do")),
    (Role.PRODUCT, re.compile(r"san pham|ket qua")),
    (Role.NOTE, re.compile(r"ghi chu")),
)
_COLUMN_NUMBER = re.compile(r"\(?\s*(?:\d{1,2}|[A-HIVX])\s*\)?")


@dataclass(frozen=True)
class Header:
    """Where the header of a table stands and what each column tells."""

    first: int
    last: int
    roles: tuple[Role, ...]
    titles: tuple[str, ...]
    boxes: tuple[Box | None, ...] = field(default=(), compare=False)

    def columns(self, *roles: Role) -> list[int]:
        return [column for column, role in enumerate(self.roles) if role in roles]

    @property
    def is_of_tasks(self) -> bool:
        """Whether rows below are tasks: something to do, and who does it or when; no names, targets or money."""
        roles = set(self.roles)
        if Role.CONTENT not in roles or Role.PERSON in roles:
            return False
        if roles & _WHO:
            return not (Role.TARGET in roles and not roles & {Role.LEAD, Role.BOTH})
        return bool(roles & _WHEN) and not roles & {Role.MONEY, Role.TARGET}


def grid_of(table: Table) -> Grid:
    """The cell at every position; a merged cell stands at each of its positions."""
    rows: list[list[Cell | None]] = [[None] * table.columns for _ in range(table.rows)]
    for cell in table.cells:
        for row in range(cell.row, min(cell.row + cell.row_span, table.rows)):
            for column in range(cell.column, min(cell.column + cell.column_span, table.columns)):
                rows[row][column] = cell
    return tuple(
        tuple(cell or Cell(row, column, "") for column, cell in enumerate(cells)) for row, cells in enumerate(rows)
    )


def find_header(grid: Grid) -> Header | None:
    """The first header in the table, of tasks or of something else; None when no row looks like one."""
    for row in range(min(len(grid), _HEADER_ROWS_LOOKED_AT)):
        if header := header_at(grid, row):
            return header
    return None


def header_at(grid: Grid, row: int) -> Header | None:
    """The header beginning at this row, the deepest that makes sense."""
    if grid[row][0].text.strip().rstrip(".").isdigit() or not _may_be_heading(grid[row]):
        return None
    best: Header | None = None
    for depth in range(1, min(_DEEPEST, len(grid) - row) + 1):
        if depth > 1 and not _may_go_on(grid, row, row + depth - 1):
            break
        titles = tuple(_title(grid, row, depth, column) for column in range(len(grid[row])))
        roles = _settled([role_of(title) for title in titles])
        if len(roles) > 2 and not titles[0] and roles[1] is Role.CONTENT:
            roles[0] = Role.NUMBER  # its “TT” was lost
        if _is_header(roles, titles):
            boxes = tuple(cell.place.box if cell.place else None for cell in grid[row + depth - 1])
            best = Header(row, row + depth - 1, tuple(roles), _counted_titles(titles, roles), boxes)
    return best


def is_column_numbers(cells: Sequence[Cell]) -> bool:
    """The row “(1) (2) (3) …” below a header."""
    texts = [cell.text.strip() for cell in _distinct(cells)]
    filled = [text for text in texts if text]
    return len(filled) >= max(3, len(texts) - 1) and all(_COLUMN_NUMBER.fullmatch(text) for text in filled)


def role_of(title: str) -> Role:
    """What a column with this heading tells; the lower row of a double heading is read first."""
    compact = _compact(title)
    if not compact or max(map(len, compact.split("/"))) > _LONGEST_COMPACT:
        return Role.OTHER
    if _PERIOD.search(compact):
        return Role.PERIOD
    parts = [part for part in compact.split("/") if part]
    for part in (compact, *reversed(parts)):
        for role, form in _FORMS:
            if form.search(part if part is not compact or len(parts) == 1 else parts[-1]):
                return role
    return Role.OTHER


def _compact(title: str) -> str:
    plain = fold(title).lower()
    return "/".join(re.sub(r"[^a-z0-9]+", "", part) for part in plain.split("//"))


def _title(grid: Grid, row: int, depth: int, column: int) -> str:
    texts: list[str] = []
    for cell in dict.fromkeys(grid[row + down][column] for down in range(depth)):
        text = " ".join(cell.text.split())
        if text:
            texts.append(text)
    return "//".join(texts)


def _distinct(cells: Sequence[Cell]) -> list[Cell]:
    return list(dict.fromkeys(cells))


def _may_be_heading(cells: Sequence[Cell]) -> bool:
    distinct = [cell for cell in _distinct(cells) if cell.text.strip()]
    return len(distinct) >= 2 and all(len(cell.text) <= _LONGEST_HEADING for cell in distinct)


def _may_go_on(grid: Grid, first: int, row: int) -> bool:
    """A further row belongs to the header when it only tells apart what stands above it."""
    new = [cell for cell in _distinct(grid[row]) if cell.row == row and cell.text.strip()]
    if not new or any(len(cell.text) > _LONGEST_HEADING or starts_with_unit(cell.text.strip()) for cell in new):
        return False
    spanning_above = any(cell.column_span > 1 for cell in grid[row - 1] if cell.row >= first)
    return spanning_above or any(cell.row_span > 1 and cell.row < row for cell in grid[row])


def _settled(roles: list[Role]) -> list[Role]:
    """Odd roles put right by their neighbours."""
    for place in range(1, len(roles) - 1):
        if roles[place] in (Role.OTHER, Role.TIME) and roles[place - 1] is roles[place + 1] is Role.PERIOD:
            roles[place] = Role.PERIOD
    if roles.count(Role.PERIOD) == 1:
        roles = [Role.OTHER if role is Role.PERIOD else role for role in roles]
    if Role.START in roles and Role.END not in roles:
        roles = [Role.END if role is Role.TIME else role for role in roles]
    if Role.CONTENT not in roles and Role.NUMBER in roles and set(roles) & _WHO:
        place = roles.index(Role.NUMBER) + 1
        if place < len(roles) and roles[place] in (Role.OTHER, Role.PRODUCT):
            roles[place] = Role.CONTENT
    return roles


def _counted_titles(titles: Sequence[str], roles: Sequence[Role]) -> tuple[str, ...]:
    """A month that was misread takes its number from the one before it."""
    counted = list(titles)
    for place in range(1, len(titles)):
        before = re.search(r"(\d{1,2})\D*$", counted[place - 1])
        if roles[place] is roles[place - 1] is Role.PERIOD and before and not _PERIOD.search(_compact(titles[place])):
            counted[place] = str(int(before.group(1)) + 1)
    return tuple(counted)


def words_of_header(text: str) -> list[Role]:
    """The headings found in the text of one cell, in their order: a scan may lose the lines between them."""
    plain = fold(text[: 3 * _LONGEST_HEADING]).lower()
    found = [(match.start(), role) for role, form in _WORDS if (match := form.search(plain))]
    return [role for _, role in sorted(found)]


def jumbled_header(grid: Grid) -> Header | None:
    """A header whose headings all ended in one cell: their order gives the columns below it."""
    for row in range(min(len(grid), 3)):
        for cell in dict.fromkeys(grid[row]):
            roles = words_of_header(cell.text)
            if len(roles) >= _FEWEST_WORDS and len(roles) == cell.column_span:
                before = [Role.NUMBER] * min(cell.column, 1) + [Role.OTHER] * max(0, cell.column - 1)
                after = [Role.OTHER] * (len(grid[row]) - cell.column - cell.column_span)
                own = (*before, *roles, *after)
                return Header(row, row, own, ("",) * len(own))
    return None


def _is_header(roles: Sequence[Role], titles: Sequence[str]) -> bool:
    filled = [role for role, title in zip(roles, titles, strict=True) if title]
    known = [role for role in filled if role is not Role.OTHER]
    kinds = set(known)
    if len(kinds - {Role.PERIOD}) < 2 or len(known) * 2 < len(filled):
        return False
    return bool(kinds & {Role.CONTENT, Role.TARGET, Role.PERSON, Role.MONEY}) or len(kinds) >= 3
