"""Whether one list ballot is valid and for whom it counts (190-QĐ/TW, Điều 15 and Điều 30 khoản 1)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from congso.apps.voting.rules.terms import Marks, Tally

FOREIGN = "không do ban kiểm phiếu phát ra"
TOO_MANY = "bầu nhiều hơn số lượng quy định"
NOBODY = "không bầu ai trong danh sách có số dư"
STRANGE_NAME = "ghi tên người ngoài danh sách"
SIGNED = "có ký tên, đánh dấu hoặc viết thêm"
UNREADABLE = "rách, không đọc được"
BOTH_OR_NEITHER = "đánh dấu cả hai ô hoặc không đánh dấu ô nào cho người duy nhất trong danh sách"
BASIS = "190-QĐ/TW, Điều 15"


@dataclass(frozen=True)
class Sheet:
    """What is on one ballot.

    `struck`: places of names struck out (strike-out sheets). `yes`, `no`: places whose box is ticked (box sheets).
    """

    struck: frozenset[int] = frozenset()
    yes: frozenset[int] = frozenset()
    no: frozenset[int] = frozenset()
    is_ours: bool = True
    has_strange_name: bool = False
    is_signed: bool = False
    is_readable: bool = True


@dataclass(frozen=True)
class Judged:
    """Valid or why not; the places it counts for."""

    why_not: str = ""
    votes: frozenset[int] = frozenset()
    uncounted: frozenset[int] = field(default_factory=frozenset)

    @property
    def is_valid(self) -> bool:
        """Whether it counts."""
        return not self.why_not


def judge_sheet(sheet: Sheet, *, names: int, seats: int, marks: Marks) -> Judged:
    """Judge one ballot of a list with so many names for so many seats. Fewer names than seats is valid."""
    broken = _broken(sheet)
    if broken:
        return Judged(broken)
    if marks is Marks.STRIKE:
        return _struck(sheet, names, seats)
    return _boxes(sheet, names, seats)


def chosen_sheet(chosen: Iterable[int], *, names: int, marks: Marks) -> Sheet:
    """The sheet of somebody who chose these places on a screen."""
    picked = frozenset(chosen)
    rest = frozenset(range(names)) - picked
    return Sheet(struck=rest) if marks is Marks.STRIKE else Sheet(yes=picked, no=rest)


def count_sheets(sheets: Sequence[Sheet], *, issued: int, names: int, seats: int, marks: Marks) -> Tally:
    """All ballots of a list together."""
    judged = [judge_sheet(one, names=names, seats=seats, marks=marks) for one in sheets]
    votes = [sum(place in one.votes for one in judged) for place in range(names)]
    why: dict[str, int] = {}
    for one in judged:
        if one.why_not:
            why[one.why_not] = why.get(one.why_not, 0) + 1
    valid = sum(one.is_valid for one in judged)
    return Tally(issued, len(sheets), valid, votes=votes, invalid_why=why)


def _broken(sheet: Sheet) -> str:
    if not sheet.is_ours:
        return FOREIGN
    if not sheet.is_readable:
        return UNREADABLE
    if sheet.has_strange_name:
        return STRANGE_NAME
    return SIGNED if sheet.is_signed else ""


def _struck(sheet: Sheet, names: int, seats: int) -> Judged:
    votes = frozenset(range(names)) - sheet.struck
    if len(votes) > seats:
        return Judged(TOO_MANY)
    if not votes and names > seats:
        return Judged(NOBODY)
    return Judged(votes=votes)


def _boxes(sheet: Sheet, names: int, seats: int) -> Judged:
    both, neither = sheet.yes & sheet.no, frozenset(range(names)) - sheet.yes - sheet.no
    unclear = both | neither
    if names == 1 and unclear:
        return Judged(BOTH_OR_NEITHER)
    votes = sheet.yes - unclear
    if len(votes) > seats:
        return Judged(TOO_MANY)
    if not votes and names > seats:
        return Judged(NOBODY)
    return Judged(votes=votes, uncounted=unclear)
