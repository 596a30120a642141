"""What distinguishes two versions of a list, code by code, and what keeps a draft from being published. Pure."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any, Protocol

LABELS = {
    "name": "tên", "parent_code": "mã cha", "place": "thứ tự", "valid_from": "từ ngày", "valid_to": "đến ngày",
    "replaced_by": "thay bằng",
}  # fmt: skip


class HasFacts(Protocol):
    """An item of either version."""

    code: str
    name: str

    def facts(self) -> dict[str, Any]: ...


class Change(StrEnum):
    """What happened to a code."""

    ADDED = "Thêm"
    CHANGED = "Sửa"
    CLOSED = "Đóng"
    LOST = "Mất"


@dataclass(frozen=True)
class Difference:
    """One code that differs; `details` are sentences “tên: cũ → mới”."""

    change: Change
    code: str
    name: str
    details: tuple[str, ...] = ()


def differences(before: Iterable[HasFacts], after: Iterable[HasFacts]) -> list[Difference]:
    """Every code that differs, in the later list's order; codes it lost come last."""
    old = {one.code: one for one in before}
    new = {one.code: one for one in after}
    found = [told for code, one in new.items() if (told := _told(old.get(code), one))]
    return found + [Difference(Change.LOST, code, one.name) for code, one in old.items() if code not in new]


def problems(before: Sequence[HasFacts], draft: Sequence[HasFacts], *, today: date) -> Iterator[str]:
    """Why the draft cannot be published, one sentence each. Codes are never lost nor given again (public 4.3)."""
    facts = {one.code: one.facts() for one in draft}
    if not facts:
        yield "Bản thảo chưa có mục nào."
    for one in before:
        closed = one.facts()["valid_to"]
        if one.code not in facts:
            yield f"Mã {one.code} đã ban hành, không được bỏ; hãy đóng mã."
        elif closed is not None and closed <= today and facts[one.code]["valid_to"] != closed:
            yield f"Mã {one.code} đã đóng từ ngày {closed:%d/%m/%Y}, không dùng lại; hãy lập mã mới."
    for code, own in facts.items():
        for name in ("parent_code", "replaced_by"):
            if own[name] and own[name] not in facts:
                yield f"Mã {code}: {LABELS[name]} {own[name]} không có trong danh mục."
        if _circles(code, facts):
            yield f"Mã {code} nằm dưới chính nó."


def _told(old: HasFacts | None, new: HasFacts) -> Difference | None:
    if old is None:
        return Difference(Change.ADDED, new.code, new.name)
    was, now = old.facts(), new.facts()
    details = tuple(_details(was, now))
    if not details:
        return None
    closed = now["valid_to"] is not None and was["valid_to"] is None
    return Difference(Change.CLOSED if closed else Change.CHANGED, new.code, new.name, details)


def _details(was: Mapping[str, Any], now: Mapping[str, Any]) -> Iterator[str]:
    for name, label in LABELS.items():
        if was[name] != now[name]:
            yield f"{label}: {_shown(was[name])} → {_shown(now[name])}"
    for key in sorted({*was["attributes"], *now["attributes"]}):
        old, new = was["attributes"].get(key, ""), now["attributes"].get(key, "")
        if old != new:
            yield f"{key}: {_shown(old)} → {_shown(new)}"


def _shown(value: Any) -> str:
    if isinstance(value, date):
        return f"{value:%d/%m/%Y}"
    return str(value) if value not in ("", None) else "trống"


def _circles(code: str, facts: Mapping[str, Mapping[str, Any]]) -> bool:
    met: set[str] = set()
    above = facts[code]["parent_code"]
    while above and above in facts and above not in met:
        if above == code:
            return True
        met.add(above)
        above = facts[above]["parent_code"]
    return False
