"""A rule as it is kept (plain JSON) and what is missing in it."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Any, TypeVar

from congso.apps.voting.rules.terms import (
    NO_QUORUM,
    Base,
    Kind,
    Marks,
    NoQuorum,
    Quorum,
    Rule,
    Secrecy,
    Share,
    Tie,
)

_Choice = TypeVar("_Choice", bound=StrEnum)
NONE = "none"
MOST_WHOLE = 1000
MOST_PERCENT = 100


def parse_rule(plain: Mapping[str, Any]) -> Rule:
    """Read a kept rule; whatever does not make sense is left undefined, so that nothing opens under it."""
    return Rule(
        kind=_one(Kind, plain.get("kind")) or Kind.QUESTION,
        base=_one(Base, plain.get("base")),
        share=_share(plain.get("share")),
        quorum=_quorum(plain.get("quorum")),
        secrecy=_one(Secrecy, plain.get("secrecy")),
        by_circulation=_bool(plain.get("by_circulation")),
        basis=str(plain.get("basis") or "").strip(),
        marks=_one(Marks, plain.get("marks")) or Marks.STRIKE,
        needs_surplus=_bool(plain.get("needs_surplus")),
        surplus_most=_whole(plain.get("surplus_most"), MOST_PERCENT),
        tie=_one(Tie, plain.get("tie")),
        rounds_most=_whole(plain.get("rounds_most"), 20) or 0,
    )


def plain_rule(rule: Rule) -> dict[str, Any]:
    """The same as it is kept."""
    quorum: Any = None
    if isinstance(rule.quorum, NoQuorum):
        quorum = NONE
    elif rule.quorum is not None:
        quorum = {"base": rule.quorum.base.value, "share": _plain_share(rule.quorum.share)}
    return {
        "kind": rule.kind.value,
        "base": rule.base.value if rule.base else None,
        "share": _plain_share(rule.share) if rule.share else None,
        "quorum": quorum,
        "secrecy": rule.secrecy.value if rule.secrecy else None,
        "by_circulation": rule.by_circulation,
        "basis": rule.basis,
        "marks": rule.marks.value,
        "needs_surplus": rule.needs_surplus,
        "surplus_most": rule.surplus_most,
        "tie": rule.tie.value if rule.tie else None,
        "rounds_most": rule.rounds_most,
    }


def undefined_parts(rule: Rule) -> list[str]:
    """What the rule does not say, in words; a ballot opens only when this is empty."""
    missing = {
        "căn cứ của quy tắc": not rule.basis,
        "cơ sở tính tỉ lệ (trên tổng số nào)": rule.base is None,
        "tỉ lệ phải đạt": rule.share is None,
        "số người phải có mặt (hoặc ghi rõ là không quy định)": rule.quorum is None,
        "bỏ phiếu kín hay công khai": rule.secrecy is None,
        "có được lấy ý kiến bằng văn bản hay không": rule.by_circulation is None,
    }
    if rule.kind is Kind.LIST:
        missing |= {
            "danh sách có bắt buộc số dư hay không": rule.needs_surplus is None,
            "số dư tối đa": rule.surplus_most is None,
            "cách xử lý khi bằng phiếu ở vị trí cuối": rule.tie is None,
        }
    return [name for name, is_missing in missing.items() if is_missing]


def _one(choices: type[_Choice], value: Any) -> _Choice | None:
    return choices(value) if isinstance(value, str) and value in set(choices) else None


def _bool(value: Any) -> bool | None:
    return value if isinstance(value, bool) else None


def _whole(value: Any, most: int) -> int | None:
    return value if isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= most else None


def _share(value: Any) -> Share | None:
    if not isinstance(value, Mapping):
        return None
    part, whole = _whole(value.get("part"), MOST_WHOLE), _whole(value.get("whole"), MOST_WHOLE)
    is_more_than = _bool(value.get("is_more_than"))
    if part is None or not whole or is_more_than is None or not 0 < part <= whole:
        return None
    # More than all of them is nobody's rule.
    return None if part == whole and is_more_than else Share(part, whole, is_more_than)


def _plain_share(share: Share) -> dict[str, Any]:
    return {"part": share.part, "whole": share.whole, "is_more_than": share.is_more_than}


def _quorum(value: Any) -> Quorum | NoQuorum | None:
    if value == NONE:
        return NO_QUORUM
    if not isinstance(value, Mapping):
        return None
    base, share = _one(Base, value.get("base")), _share(value.get("share"))
    if base not in (Base.MEMBERS, Base.SUMMONED) or share is None:
        return None
    return Quorum(base, share)
