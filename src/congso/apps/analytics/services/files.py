"""Files of figures: read, mapped column by column, previewed with what is refused, taken all at once.

Two shapes: long (a column each for unit, period and value) and wide (a column for the unit, one for each period).
"""

import hashlib
import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils import timezone

from congso.apps.analytics.models import DataFile
from congso.apps.analytics.queries import answerable
from congso.apps.analytics.rules import BadCell, read_number, read_period, unit_named
from congso.kernel.access.services import Actor
from congso.kernel.directory.models import Organization
from congso.kernel.directory.queries import organizations_on, title_of
from congso.kernel.files.sheets import MOST_BYTES, table_rows
from congso.kernel.indicators.models import Indicator, Origin
from congso.kernel.indicators.periods import Period
from congso.kernel.indicators.services import InvalidFigure, Seen, observe_all
from congso.kernel.workflow.services import Refused
from congso.lib.csv_tables import NotATable, clean_cell
from congso.lib.vietnamese import fold

MOST_ROWS = 5_000
MOST_COLUMNS = 60
LONGEST_CELL = 300
MOST_REFUSED = 200
MOST_FIGURES = 20_000
# What no statistics of the portal holds: it selects people by what they are (the mission's limits).
_DROPPED = re.compile(r"\b(dan toc|ton giao|quoc tich|ngay sinh|cccd|cmnd|ho va ten|ho ten)\b")


@dataclass(frozen=True)
class Mapping:
    """Which column is what, by place. `periods`: columns whose heads are periods (wide); else `period` and `value`.

    Without a unit column every figure is `organization`'s.
    """

    indicator: str
    unit: int | None = None
    organization: int | None = None
    period: int | None = None
    value: int | None = None
    periods: Sequence[int] = field(default_factory=tuple)

    def plain(self) -> dict[str, Any]:
        """As it is kept."""
        return {name: list(told) if name == "periods" else told for name, told in vars(self).items()}


def read_file(name: str, content: bytes, *, by: Actor, at: datetime) -> DataFile:
    """The table of a CSV or Excel file, kept as text. Raises Refused for what is no table, or empty."""
    if by.person_id is None:
        raise Refused("Số liệu phải có người chịu trách nhiệm.")
    if len(content) > MOST_BYTES:
        raise Refused(f"Tệp lớn hơn {MOST_BYTES // 2**20} MB.")
    rows = [row for row in _rows(name, content) if any(row)]
    if len(rows) < 2:
        raise Refused("Tệp không có dòng số liệu nào: cần một dòng tên cột và ít nhất một dòng số liệu.")
    if len(rows) > MOST_ROWS + 1:
        raise Refused(f"Tệp có hơn {MOST_ROWS} dòng; hãy chia nhỏ.")
    heads = _heads(rows)
    kept = [place for place, head in enumerate(heads) if not _DROPPED.search(fold(head).lower())]
    dropped = [heads[place] for place in range(len(heads)) if place not in kept]
    return DataFile.objects.create(
        name=unicodedata.normalize("NFC", name)[:200], sha256=hashlib.sha256(content).hexdigest(),
        heads=[heads[place] for place in kept], rows=[_cells(row, kept) for row in rows[1:]],
        refused=[f"Cột “{head}” không nhận: không lưu số liệu về đặc điểm của từng người." for head in dropped],
        by_id=by.person_id, by_label=title_of(by.person_id, timezone.localdate(at)), at=at,
    )  # fmt: skip


@transaction.atomic
def map_file(file: DataFile, mapping: Mapping, *, by: Actor, at: datetime) -> list[Seen]:
    """Try the mapping: the figures it finds; what it refuses is kept with its row and the reason. Nothing is taken."""
    held = _locked(file)
    seen, refused = _found(held, mapping, timezone.localdate(at))
    DataFile.objects.filter(pk=file.pk).update(
        mapping=mapping.plain(), refused=refused[:MOST_REFUSED], found=len(seen), state=DataFile.State.MAPPED
    )
    file.refresh_from_db()
    return seen


@transaction.atomic
def take_file(file: DataFile, *, by: Actor, at: datetime) -> int:
    """Take the figures as they were mapped; how many were new or different. All or nothing.

    Raises Refused when one of them cannot stand, or is of a unit the person does not answer for.
    """
    held = _locked(file)
    if held.state != DataFile.State.MAPPED:
        raise Refused("Hãy ghép cột trước khi nhận số liệu.")
    seen, _refused = _found(held, Mapping(**held.mapping), timezone.localdate(at))
    if not seen:
        raise Refused("Không có số liệu nào để nhận.")
    try:
        with transaction.atomic():
            made = observe_all(seen, origin=Origin.IMPORT, by=by, at=at)
    except InvalidFigure as problem:
        raise Refused(str(problem)) from problem
    DataFile.objects.filter(pk=file.pk).update(state=DataFile.State.TAKEN, taken=len(made))
    return len(made)


@transaction.atomic
def drop_file(file: DataFile, *, by: Actor, at: datetime) -> None:
    """Put the file away untaken."""
    _locked(file)
    DataFile.objects.filter(pk=file.pk).update(state=DataFile.State.DROPPED)


def _locked(file: DataFile) -> DataFile:
    held = DataFile.objects.select_for_update().filter(pk=file.pk).first()
    if held is None or held.state in (DataFile.State.TAKEN, DataFile.State.DROPPED):
        raise Refused("Tệp này đã nhận hoặc đã bỏ; hãy đưa lại tệp nếu cần.")
    return held


def _rows(name: str, content: bytes) -> list[list[str]]:
    if not name.lower().endswith((".csv", ".xlsx")):
        raise Refused("Chỉ nhận tệp CSV (.csv) hoặc Excel (.xlsx).")
    try:
        rows = table_rows(content)
    except NotATable as problem:
        raise Refused(str(problem)) from problem
    return [[clean_cell(cell)[:LONGEST_CELL] for cell in row[:MOST_COLUMNS]] for row in rows]


def _heads(rows: Sequence[Sequence[str]]) -> list[str]:
    width = max(len(row) for row in rows)
    first = [*rows[0], *[""] * (width - len(rows[0]))]
    return [head or f"Cột {place}" for place, head in enumerate(first, 1)]


def _cells(row: Sequence[str], kept: Sequence[int]) -> list[str]:
    return [row[place] if place < len(row) else "" for place in kept]


def _found(file: DataFile, mapping: Mapping, today: date) -> tuple[list[Seen], list[str]]:
    indicator = Indicator.objects.filter(code=mapping.indicator).first()
    if indicator is None:
        raise Refused("Hãy chọn chỉ tiêu thống kê.")
    if not indicator.is_observed:
        raise Refused(f"“{indicator.name}” được tính từ hai chỉ tiêu khác, không nhập trực tiếp.")
    _check(mapping, len(file.heads))
    _check_unit(file, mapping, indicator)
    units = _Units(mapping.organization, today)
    seen: dict[tuple[int, date], Seen] = {}
    refused: list[str] = []
    for number, row in enumerate(file.rows, 2):
        for where, period_text, value_text in _figures(file, row, mapping):
            try:
                unit = row[mapping.unit] if mapping.unit is not None else None
                one = _seen(indicator, units, (unit, period_text, value_text), f"{file.name}, dòng {number}{where}")
            except BadCell as problem:
                refused.append(f"Dòng {number}{where}: {problem}.")
                continue
            if one is None:
                continue
            key = (one.organization_id, one.period.start)
            if key in seen and seen[key].value != one.value:
                refused.append(f"Dòng {number}{where}: đơn vị và kỳ này đã có ở dòng trên với số khác.")
                continue
            seen[key] = one
    if len(seen) > MOST_FIGURES:
        raise Refused(f"Tệp có hơn {MOST_FIGURES} số liệu; hãy chia nhỏ.")
    return list(seen.values()), refused


def _check(mapping: Mapping, width: int) -> None:
    places = [mapping.unit, mapping.period, mapping.value, *mapping.periods]
    if any(place is not None and not 0 <= place < width for place in places):
        raise Refused("Cách ghép cột không khớp với tệp.")
    if mapping.unit is None and mapping.organization is None:
        raise Refused("Hãy chọn cột tên đơn vị, hoặc một đơn vị cho cả tệp.")
    if not mapping.periods and (mapping.period is None or mapping.value is None):
        raise Refused("Hãy chọn cột kỳ và cột số liệu, hoặc các cột mà tên là kỳ.")


def _check_unit(file: DataFile, mapping: Mapping, indicator: Indicator) -> None:
    """A column that says it is in another unit of measure is not taken: figures would be a thousand times off."""
    if mapping.periods or mapping.value is None:
        return
    named = unit_named(file.heads[mapping.value])
    if named and indicator.unit and _key(named) != _key(indicator.unit):
        raise Refused(
            f"Cột “{file.heads[mapping.value]}” tính bằng “{named}”, chỉ tiêu “{indicator.name}” tính bằng "
            f"“{indicator.unit}”. Hãy đổi số trong tệp rồi sửa tên cột."
        )


def _figures(file: DataFile, row: Sequence[str], mapping: Mapping) -> Iterator[tuple[str, str, str]]:
    """The cells of a row that hold figures: where, of which period, the text."""
    if mapping.periods:
        for place in mapping.periods:
            yield f", cột “{file.heads[place]}”", file.heads[place], row[place]
    else:
        yield "", row[mapping.period or 0], row[mapping.value or 0]


def _seen(indicator: Indicator, units: "_Units", cells: tuple[str | None, str, str], words: str) -> Seen | None:
    """One figure; None for an empty cell. Raises BadCell."""
    unit, period, value = cells
    if value.strip() in ("", "-", "–"):
        return None
    organization = units.find(unit) if unit is not None else units.only()
    when = Period.parse(read_period(period, indicator.frequency))
    number = read_number(value)
    if abs(number) >= Decimal(10) ** 15:
        raise BadCell(f"“{value[:40]}” quá lớn")
    if number != round(number, indicator.decimals):
        raise BadCell(f"“{value[:40]}” có nhiều hơn {indicator.decimals} chữ số thập phân")
    if indicator.unit == "%" and not 0 <= number <= 100:
        raise BadCell(f"“{value[:40]}” không phải là tỉ lệ phần trăm từ 0 đến 100")
    return Seen(indicator, organization, when, number, words=words[:500])


class _Units:
    """Organizations by what files call them: code, official code, name or short name, accents or not."""

    def __init__(self, only: int | None, day: date) -> None:
        self._only = only
        self._answered = answerable()
        self._named: dict[str, set[int]] = {}
        rows: Any = organizations_on(day) if only is None else Organization.objects.none()
        for one in rows:
            for name in (one.code, one.official_code, one.name, one.short_name):
                if name:
                    self._named.setdefault(_key(name), set()).add(one.pk)

    def only(self) -> int:
        """The one unit of the whole file."""
        if self._only is None:
            raise BadCell("thiếu tên đơn vị")
        return self._answered_for(self._only, "đơn vị đã chọn")

    def find(self, typed: str) -> int:
        """The one organization called so. Raises BadCell."""
        found = self._named.get(_key(typed), set())
        if not typed.strip():
            raise BadCell("thiếu tên đơn vị")
        if not found:
            raise BadCell(f"không có đơn vị “{typed[:80]}”")
        if len(found) > 1:
            raise BadCell(f"có nhiều đơn vị gọi là “{typed[:80]}”; hãy ghi mã đơn vị")
        return self._answered_for(next(iter(found)), f"“{typed[:80]}”")

    def _answered_for(self, pk: int, named: str) -> int:
        if pk not in self._answered:
            raise BadCell(f"bạn không chịu trách nhiệm số liệu của {named}")
        return pk


def _key(name: str) -> str:
    return " ".join(fold(name).lower().split())
