"""The numbers of a table's rows, those a scan lost or misread counted on from their neighbours.

Recognisers often miss a single digit that stands alone in a cell. A row with a unit or a time of its own has a
number even when none was read.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from congso.kernel.papers.tasks.headers import Header, Role
from congso.kernel.papers.tasks.marks import Level, Mark, mark_of, roman_of
from congso.kernel.papers.tasks.outline import ROMANS
from congso.kernel.papers.tasks.rows import Row
from congso.lib.vietnamese import fold

_WHO_OR_WHEN = (Role.LEAD, Role.BOTH, Role.TIME, Role.START, Role.END)
_LOST_SHARE = 0.2
_FEWEST_LOST = 2
_FURTHEST = 4  # so many numbers may be missing between two rows
_MISREAD_SUB = re.compile(r"(\d{1,2})\s*[-,;:.]\s*(\d{1,2})\s*[.)]?")
_BELOW_ROMAN = re.compile(r"[IVX]{1,5}\s*[.\-]\s*(\d{1,3})\.?")  # “II.5”: the section is known already
_LONG = 3


@dataclass(frozen=True)
class Numbered:
    """A row with its mark, its content without it, and whether the number is a guess."""

    row: Row
    mark: Mark | None
    content: str
    is_guessed: bool = False


def numbered(rows: Sequence[Row], header: Header) -> list[Numbered]:
    """Each row with its number; guesses only where a recogniser may have failed."""
    plain = [Numbered(row, *number_of(row)) for row in rows]
    if Role.NUMBER not in header.roles or not any(row.places for row in rows):
        return plain
    candidates = [each for each in plain if _is_candidate(each)]
    lost = [each for each in candidates if not _is_sound(each)]
    counts_on = len(lost) >= _FEWEST_LOST and len(lost) >= _LOST_SHARE * len(candidates)
    return _counted(plain, counts_on=counts_on)


def number_of(row: Row) -> tuple[Mark | None, str]:
    """The row's number as a mark and its content without it; a number may stand in the content itself."""
    written = row.number.strip()
    if not written:
        mark = mark_of(row.content)
        return (mark, mark.rest) if mark else (None, row.content)
    if misread := _MISREAD_SUB.fullmatch(written):
        return Mark(Level.SUB, f"{misread.group(1)}.{misread.group(2)}", ""), row.content
    if below := _BELOW_ROMAN.fullmatch(written):
        return Mark(Level.ARABIC, below.group(1), ""), row.content
    mark = mark_of(f"{written.rstrip(' .):')}. x") or mark_of(f"{written} x")
    if mark is None or fold(written).lower() in ("-", "+"):
        mark = mark_of(f"{written} x")
    return mark, row.content


def has_own(row: Row, roles: Sequence[Role] = _WHO_OR_WHEN) -> bool:
    """Whether a unit or time begins in this very row, not in a merged cell from above."""
    return bool(row.periods) or any(row.value(role) and row.from_row.get(role) == row.index for role in roles)


def _is_candidate(each: Numbered) -> bool:
    return not each.row.is_wide and bool(each.content) and has_own(each.row)


def _is_sound(each: Numbered) -> bool:
    return each.mark is not None and each.mark.level in (
        Level.ARABIC,
        Level.SUB,
        Level.SUBSUB,
        Level.LETTER,
        Level.DASH,
    )


def _counted(plain: list[Numbered], *, counts_on: bool) -> list[Numbered]:
    result: list[Numbered] = []
    last, before = 0, ""  # the last whole number, the last label
    for place, each in enumerate(plain):
        mark = each.mark
        if each.row.is_wide or (mark and mark.level in (Level.ROMAN, Level.PART) and not _is_candidate(each)):
            last, before = 0, ""
            result.append(each)
            continue
        following = plain[place + 1 :]
        if _is_sound(each) and mark is not None and not _is_odd(mark, last, before, following):
            if mark.level is Level.ARABIC:
                last = int(mark.label)
            before = mark.label
            result.append(each)
            continue
        # Something stands in the cell of the number, or this and other numbers were lost altogether.
        is_lost = _is_candidate(each) and (each.row.number or counts_on or _fills_gap(following, last))
        if is_lost or _stands_between(each, following, last):
            label = _guess(each, following, last, before)
            level = Level.SUB if "." in label else Level.ARABIC
            last = last if level is Level.SUB else int(label)
            before = label
            result.append(replace(each, mark=Mark(level, label, each.content), is_guessed=True))
        elif counts_on and each.content and not each.row.has_values and before and _begins_subs(following):
            last, before = last + 1, str(last + 1)
            result.append(replace(each, mark=Mark(Level.ARABIC, before, each.content), is_guessed=True))
        else:
            result.append(each)
    return result


def _is_odd(mark: Mark, last: int, before: str, following: Sequence[Numbered]) -> bool:
    """A whole number that does not follow: misread, unless counting begins anew."""
    if mark.level is Level.LETTER:
        return mark.label != "a" and not before.isalpha()  # letters begin with a: a “z” was a 2
    if mark.level is not Level.ARABIC or int(mark.label) == last + 1:
        return False
    after = following[0].mark if following else None
    if after is not None and after.level is Level.ARABIC and int(after.label) == last + 2:
        return True
    return not last < int(mark.label) <= last + _FURTHEST and int(mark.label) != 1


def _stands_between(each: Numbered, following: Sequence[Numbered], last: int) -> bool:
    """One row between 1 and 3, whose unit and time are merged with those of the row above: it is 2."""
    after = following[0].mark if following else None
    is_next_but_one = after is not None and after.level is Level.ARABIC and int(after.label) == last + 2
    return last > 0 and is_next_but_one and each.mark is None and each.content[:1].isupper()


def _fills_gap(following: Sequence[Numbered], last: int) -> bool:
    """The next number that was read leaves room for exactly this row, or the section ends with it."""
    for each in following:
        if each.row.is_wide:
            return last > 0
        if each.mark and each.mark.level is Level.ARABIC:
            return int(each.mark.label) == last + 2
        if _is_candidate(each):
            return False
    return last > 0


def _guess(each: Numbered, following: Sequence[Numbered], last: int, before: str) -> str:
    after = following[0].mark if following else None
    if after is not None and after.level is Level.SUB:
        group, number = after.label.split(".")[:2]
        if int(number) > 1:
            return f"{group}.{int(number) - 1}"
    if "." in before and (len(each.row.number) >= _LONG or (after is not None and after.level is Level.SUB)):
        group, number = before.split(".")[:2]
        return f"{group}.{int(number) + 1}"
    return str(last + 1)


def _begins_subs(following: Sequence[Numbered]) -> bool:
    after = following[0].mark if following else None
    return after is not None and after.level is Level.SUB


def section_label(written: str, expected: int, seen: str, *, is_scan: bool) -> str:
    """The roman number of a section row; one that repeats the last was misread and is the next."""
    read = roman_of(written)
    if is_scan and (not read or read == seen):
        return ROMANS[expected] if expected < len(ROMANS) else read
    return read
