"""A form as declared: sections of figures, tables, words and files, and the rules between cells.

Every number cell has a key that never changes its meaning: `section.row` or `section.row.column`. Parsing is strict and
tells every mistake in Vietnamese; what it returns is the whole truth about a form.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from functools import cached_property
from typing import Any, Self

_KEY = re.compile(r"[a-z0-9_]{1,40}")
_INDICATOR = re.compile(r"[A-Za-z0-9_.\-]{1,80}")
KINDS = {"figures": "Chỉ tiêu", "table": "Bảng số liệu", "text": "Phần lời", "files": "Tệp kèm theo"}
ROLL_UPS = {
    "sum": "Cộng các đơn vị",
    "last": "Số cuối kỳ, cộng các đơn vị",
    "count": "Đếm đơn vị có số liệu",
}
RULES = {
    "at_most": "không lớn hơn",
    "equals": "bằng",
    "change": "cảnh báo khi thay đổi quá (%)",
}
MOST_CELLS = 400
MOST_SECTIONS = 40
LONGEST_TEXT = 20_000


class SchemaErrors(ValueError):
    """What is wrong with a form, sentence by sentence."""

    def __init__(self, mistakes: list[str]) -> None:
        super().__init__("; ".join(mistakes))
        self.mistakes = mistakes


@dataclass(frozen=True)
class NumberCell:
    """One figure. `indicator`: the code of the catalogue it fills; empty: one of the form's own."""

    key: str
    title: str
    unit: str = ""
    decimals: int = 0
    least: Decimal | None = None
    most: Decimal | None = None
    is_required: bool = False
    roll_up: str = "sum"
    indicator: str = ""
    carries: bool = False


@dataclass(frozen=True)
class TextCell:
    """A part in words."""

    key: str
    title: str
    most: int = 5000
    is_required: bool = False
    carries: bool = False


@dataclass(frozen=True)
class Named:
    """A row or column of a table."""

    key: str
    title: str


@dataclass(frozen=True)
class Section:
    """A part of the form, in the order of the paper."""

    key: str
    title: str
    kind: str
    numbers: tuple[NumberCell, ...] = ()
    text: TextCell | None = None
    rows: tuple[Named, ...] = ()
    columns: tuple[Named, ...] = ()

    def at(self, row: str, column: str) -> NumberCell:
        """The cell of a table."""
        return self._by_key[f"{self.key}.{row}.{column}"]

    @property
    def grid(self) -> list[tuple[Named, list[NumberCell]]]:
        """A table row by row."""
        return [(row, [self.at(row.key, column.key) for column in self.columns]) for row in self.rows]

    @cached_property
    def _by_key(self) -> dict[str, NumberCell]:
        return {one.key: one for one in self.numbers}


@dataclass(frozen=True)
class Rule:
    """A condition between cells: the sum on the left against the sum on the right; or how far one may move."""

    kind: str
    left: tuple[str, ...]
    right: tuple[str, ...] = ()
    percent: int = 0
    message: str = ""


@dataclass(frozen=True)
class Schema:
    """A whole form."""

    sections: tuple[Section, ...]
    rules: tuple[Rule, ...] = ()
    raw: Mapping[str, Any] = field(default_factory=dict, compare=False)

    @cached_property
    def numbers(self) -> dict[str, NumberCell]:
        """Every number cell by key, in order."""
        return {cell.key: cell for section in self.sections for cell in section.numbers}

    @cached_property
    def texts(self) -> dict[str, TextCell]:
        """Every part in words by key, in order."""
        return {section.text.key: section.text for section in self.sections if section.text}

    @property
    def takes_files(self) -> bool:
        """Whether it asks for files."""
        return any(section.kind == "files" for section in self.sections)

    def title_of(self, key: str) -> str:
        """What a cell is called; its key where the form no longer has it."""
        cell = self.numbers.get(key) or self.texts.get(key)
        return cell.title if cell else key

    @classmethod
    def parse(cls, raw: Any) -> Self:
        """The form a JSON value declares. Raises SchemaErrors with every mistake."""
        reader = _Reader()
        sections = tuple(reader.sections(raw))
        found = cls(sections, tuple(reader.rules(raw, sections)), raw if isinstance(raw, dict) else {})
        if not reader.mistakes and not (found.numbers or found.texts):
            reader.mistakes.append("Mẫu chưa có ô nào để điền.")
        if len(found.numbers) > MOST_CELLS:
            reader.mistakes.append(f"Mẫu có {len(found.numbers)} ô số, nhiều nhất {MOST_CELLS}.")
        if reader.mistakes:
            raise SchemaErrors(reader.mistakes)
        return found


class _Reader:
    """Reads a declaration, gathering mistakes instead of stopping at the first."""

    def __init__(self) -> None:
        self.mistakes: list[str] = []

    def sections(self, raw: Any) -> Iterator[Section]:
        listed = raw.get("sections") if isinstance(raw, dict) else None
        if not isinstance(listed, list) or not listed:
            self.mistakes.append("Mẫu chưa có phần nào.")
            return
        if len(listed) > MOST_SECTIONS:
            self.mistakes.append(f"Mẫu có nhiều nhất {MOST_SECTIONS} phần.")
        seen: set[str] = set()
        for place, one in enumerate(listed[:MOST_SECTIONS], start=1):
            if not isinstance(one, dict):
                self.mistakes.append(f"Phần {place} không đọc được.")
                continue
            where = f"Phần {place}"
            key, title = self._named(one, where, seen)
            kind = one.get("kind")
            if kind not in KINDS:
                self.mistakes.append(f"{where}: chưa chọn loại phần.")
            elif key:
                yield self._section(key, title, str(kind), one, f"{where} “{title}”")

    def _section(self, key: str, title: str, kind: str, one: dict[str, Any], where: str) -> Section:
        if kind == "text":
            most = self._whole(one.get("most", 5000), where, 1, LONGEST_TEXT)
            return Section(
                key, title, kind, text=TextCell(key, title, most, bool(one.get("required")), bool(one.get("carries")))
            )
        if kind == "figures":
            return Section(key, title, kind, tuple(self._figures(key, one.get("figures"), where)))
        if kind == "table":
            rows = tuple(self._names(one.get("rows"), f"{where}: dòng"))
            columns = tuple(self._names(one.get("columns"), f"{where}: cột"))
            return Section(key, title, kind, tuple(self._cells(key, one, where)), rows=rows, columns=columns)
        return Section(key, title, kind)

    def _figures(self, section: str, listed: Any, where: str) -> Iterator[NumberCell]:
        seen: set[str] = set()
        for place, one in enumerate(self._list(listed, where, "chỉ tiêu"), start=1):
            key, title = self._named(one, f"{where}: chỉ tiêu {place}", seen)
            if key:
                yield self._number(f"{section}.{key}", title, one, f"“{title}”")

    def _cells(self, section: str, table: dict[str, Any], where: str) -> Iterator[NumberCell]:
        for row in self._quiet(table.get("rows")):
            for column in self._quiet(table.get("columns")):
                told = {**row, **column}
                told["unit"] = row.get("unit") or column.get("unit") or ""
                told["required"] = row.get("required") or column.get("required")
                told["indicator"] = (
                    row.get("indicators", {}).get(column["key"], "")
                    if isinstance(row.get("indicators", {}), dict)
                    else ""
                )
                title = f"{row['title']} – {column['title']}"
                yield self._number(f"{section}.{row['key']}.{column['key']}", title, told, f"“{title}”")

    def _quiet(self, listed: Any) -> list[dict[str, Any]]:
        """Those that were found good; their mistakes are told elsewhere."""
        found = listed if isinstance(listed, list) else []
        return [
            one
            for one in found
            if isinstance(one, dict)
            and isinstance(one.get("key"), str)
            and _KEY.fullmatch(one["key"])
            and isinstance(one.get("title"), str)
        ]

    def _names(self, listed: Any, where: str) -> Iterator[Named]:
        seen: set[str] = set()
        for place, one in enumerate(self._list(listed, where, ""), start=1):
            key, title = self._named(one, f"{where} {place}", seen)
            if key:
                yield Named(key, title)

    def _list(self, listed: Any, where: str, what: str) -> list[dict[str, Any]]:
        if not isinstance(listed, list) or not listed:
            self.mistakes.append(f"{where}: chưa có {what}".rstrip() + ("." if what else " nào."))
            return []
        good = [one for one in listed if isinstance(one, dict)]
        if len(good) < len(listed):
            self.mistakes.append(f"{where}: có mục không đọc được.")
        return good

    def _named(self, one: dict[str, Any], where: str, seen: set[str]) -> tuple[str, str]:
        key, title = one.get("key"), one.get("title")
        if not isinstance(title, str) or not title.strip() or len(title) > 300:
            self.mistakes.append(f"{where}: chưa có tên (nhiều nhất 300 ký tự).")
            return "", ""
        if not isinstance(key, str) or not _KEY.fullmatch(key):
            self.mistakes.append(f"{where} “{title}”: mã chỉ gồm chữ thường không dấu, số, gạch dưới.")
            return "", ""
        if key in seen:
            self.mistakes.append(f"{where} “{title}”: mã “{key}” trùng.")
            return "", ""
        seen.add(key)
        return key, title.strip()

    def _number(self, key: str, title: str, one: dict[str, Any], where: str) -> NumberCell:
        least, most = self._bound(one.get("least", "0"), where), self._bound(one.get("most"), where)
        if least is not None and most is not None and least > most:
            self.mistakes.append(f"{where}: số nhỏ nhất lớn hơn số lớn nhất.")
        roll_up = one.get("roll_up") or "sum"
        if roll_up not in ROLL_UPS:
            self.mistakes.append(f"{where}: cách tổng hợp không có.")
        indicator = one.get("indicator") or ""
        if indicator and (not isinstance(indicator, str) or not _INDICATOR.fullmatch(indicator)):
            self.mistakes.append(f"{where}: mã chỉ tiêu dùng chung không đúng.")
        unit = one.get("unit") or ""
        if not isinstance(unit, str) or len(unit) > 40:
            self.mistakes.append(f"{where}: đơn vị tính dài quá 40 ký tự.")
        decimals = self._whole(one.get("decimals", 0), where, 0, 6)
        return NumberCell(
            key, title, str(unit), decimals, least, most, bool(one.get("required")), str(roll_up), str(indicator),
            bool(one.get("carries")),
        )  # fmt: skip

    def _whole(self, value: Any, where: str, least: int, most: int) -> int:
        if isinstance(value, int) and not isinstance(value, bool) and least <= value <= most:
            return value
        self.mistakes.append(f"{where}: số phải từ {least} đến {most}.")
        return least

    def _bound(self, value: Any, where: str) -> Decimal | None:
        if value is None or value == "":
            return None
        try:
            found = Decimal(str(value))
        except InvalidOperation:
            found = Decimal("NaN")
        if not found.is_finite() or abs(found) >= Decimal(10) ** 15:
            self.mistakes.append(f"{where}: giới hạn “{value}” không phải số.")
            return None
        return found

    def rules(self, raw: Any, sections: tuple[Section, ...]) -> Iterator[Rule]:
        known = {cell.key for section in sections for cell in section.numbers}
        listed = raw.get("rules", []) if isinstance(raw, dict) else []
        for place, one in enumerate(listed if isinstance(listed, list) else [], start=1):
            where = f"Quy tắc {place}"
            if not isinstance(one, dict) or one.get("kind") not in RULES:
                self.mistakes.append(f"{where}: chưa chọn loại.")
                continue
            left, right = (tuple(map(str, one.get(side) or ())) for side in ("left", "right"))
            needs_right = one["kind"] != "change"
            if not left or (needs_right and not right):
                self.mistakes.append(f"{where}: chưa chọn đủ ô.")
            unknown = [key for key in (*left, *right) if key not in known]
            if unknown:
                self.mistakes.append(f"{where}: không có ô {', '.join(unknown)}.")
            percent = 0 if needs_right else self._whole(one.get("percent", 0), where, 1, 10_000)
            yield Rule(str(one["kind"]), left, right, percent, str(one.get("message") or "")[:300])
