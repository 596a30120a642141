"""Number and symbol: found under the issuer, repaired where a recogniser slips, never filled in.

Slips seen on scans: “Sô”, “S6”, O for 0, l and I for 1, the slash as I, l, 1 or 7, accents lost (QD, HDND) or won
(TƯ, ỦBND: only Đ bears one in symbols), spaces inside. What was repaired lowers the confidence; a number left
blank stays blank, and is told.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from congso.kernel.papers.fields.agency_codes import proper_code
from congso.kernel.papers.fields.header import Head
from congso.kernel.papers.fields.rows import Row, field_from
from congso.kernel.papers.proposals import FieldName, FieldReading, Form
from congso.lib.document_types import DOCUMENT_TYPES, canonical_abbreviation, types_abbreviated
from congso.lib.vietnamese import fold, nfc

_DASHES = re.compile("[\u2010-\u2015\u2212\u00ad_~]|--")
_PREFIX = re.compile(
    r"^\W{0,4}(?:s[ốôóoòỏõọổỗộồớờơđ06õ][:;.,]?|[58$][ốôóòỏổỗ][:;.,]?|n[oº°][:.])\s*[:;.,]?\s*", re.IGNORECASE
)
_NUMBER = re.compile(r"[0-9OoQDlI|SBZ]{0,5}")
_DIGITS = str.maketrans(
    {"O": "0", "o": "0", "Q": "0", "D": "0", "l": "1", "I": "1", "|": "1", "S": "5", "B": "8", "Z": "2"}
)
_WORD = r"[^\W\d_][^\W_]*(?:\.[^\W\d_]+)?"
_TAIL = re.compile(rf"{_WORD}(?:[-/]{_WORD}){{0,5}}")
_YEAR = re.compile(r"((?:19|20)\d\d)/")
_DATE_BESIDE = re.compile(r"\s+(?=(?:[^\s\d/]{1,12}\s){1,4}ngày\s)", re.IGNORECASE)  # of the other column
_NEAR = 1.1  # of ranks
_SLASHES = "Il1|J7!\\("
_TYPES = sorted(
    {kind.abbreviation for kind in DOCUMENT_TYPES if kind.abbreviation} | {"QĐi", "QyĐ"}, key=len, reverse=True
)
NO_NUMBER = "Số chưa được ghi trên văn bản (chỉ có ký hiệu)."
REPAIRED = "Số, ký hiệu đọc từ bản chụp có chỗ không rõ; cần đối chiếu."
UNUSUAL = "Ký hiệu không theo thể thức thường gặp; cần đối chiếu."


@dataclass(frozen=True)
class ReadSymbol:
    """A symbol as read. `repairs` counts what was not printed that way or not read that way."""

    number: str
    joint: str
    tail: str
    type: str
    repairs: int
    is_known: bool

    @property
    def value(self) -> str:
        return f"{self.number}{self.joint}{self.tail}"


def read_number_symbol(head: Head, issuer: Sequence[str]) -> FieldReading | None:
    """The best candidate of the left column, else of the whole head."""
    party = head.form in (Form.PARTY, Form.YOUTH)
    for rows in (head.left, head.top_rows):
        found = [(row, read) for row, read in _candidates(rows, party=party, issuer=issuer) if _is_fit(read)]
        if found:
            return _field(*_best(found))
    return None


def _best(found: Sequence[tuple[Row, ReadSymbol]]) -> tuple[Row, ReadSymbol]:
    """The highest of those that rank nearly alike: an abstract below may cite another paper's number."""
    most = max(_rank(*pair) for pair in found)
    return min((pair for pair in found if _rank(*pair) > most - _NEAR), key=lambda pair: pair[0].box.top)


def symbol_row(head: Head) -> Row | None:
    """Where the number stands; it parts the issuer from what is below."""
    party = head.form in (Form.PARTY, Form.YOUTH)
    found = [(row, read) for row, read in _candidates(head.left, party=party, issuer=()) if _is_fit(read)]
    if found:
        return _best(found)[0]
    return next((row for row in head.left if _PREFIX.match(row.text)), None)


def _candidates(rows: Iterable[Row], *, party: bool, issuer: Sequence[str]) -> Iterable[tuple[Row, ReadSymbol]]:
    for row in rows:
        for text in dict.fromkeys((row.text, row.text.split(" V/v")[0])):
            read = parse(text, party=party, issuer=issuer, is_certain=not row.is_scan)
            if read:
                yield row, read


def _is_fit(read: ReadSymbol) -> bool:
    return read.is_known or bool(read.type) or (bool(read.number) and len(read.tail) >= 2)


def _rank(row: Row, read: ReadSymbol) -> float:
    return (
        2.0 * bool(_PREFIX.match(row.text))
        + 1.5 * bool(read.type)
        + 1.5 * read.is_known
        + 1.0 * bool(read.number)
        - 0.3 * read.repairs
        + row.confidence
    )


def _field(row: Row, read: ReadSymbol) -> FieldReading:
    fit = 0.98 if read.is_known or read.type else 0.8
    doubt = ""
    if not read.number:
        fit, doubt = 0.3, NO_NUMBER
    elif read.repairs:
        fit, doubt = max(0.4, fit - 0.1 * read.repairs), REPAIRED
    elif not (read.is_known or read.type):
        doubt = UNUSUAL
    return field_from(FieldName.NUMBER_SYMBOL, read.value, [row], confidence=fit, doubt=doubt)


def parse(text: str, *, party: bool, issuer: Sequence[str] = (), is_certain: bool = True) -> ReadSymbol | None:
    """The symbol in one row; `issuer` are the lines of the issuer above it, whose initials it should carry."""
    has_prefix = bool(_PREFIX.match(text))
    rest = _DATE_BESIDE.split(_PREFIX.sub("", nfc(text)[:120], count=1), maxsplit=1)[0]
    spaced = bool(re.match(r"\d+\s+[A-ZĐ]", rest))
    if not is_certain:
        rest = "".join(letter if letter in "Đđ" else fold(letter) for letter in rest)
    compact = re.sub(r"\s+", "", _DASHES.sub("-", rest)).strip(".,;:*'’‘\"")
    if not compact or (not has_prefix and not re.match(r"[\dOIl]", compact)):
        return None
    digits = _NUMBER.match(compact)
    number, after = (digits.group(0), compact[digits.end() :]) if digits else ("", compact)
    number, after = _undo_greed(number, after)
    letter = re.match(r"[a-z](?=[-/])", after)
    if number and letter:
        number, after = number + letter.group(0), after[1:]
    if not after or not (number or has_prefix):
        return None
    if after[0] in "-/":
        return _with_tail(number, after[0], after[1:], party=party, issuer=issuer, is_certain=is_certain)
    return _without_joint(number, after, party=party, spaced=spaced, issuer=issuer, is_certain=is_certain)


def _undo_greed(number: str, after: str) -> tuple[str, str]:
    """Letters that stand for digits belong to the symbol when they are followed by more of it (Số DA-…)."""
    while number and number[-1].isalpha() and after[:1].isalpha():
        number, after = number[:-1], number[-1] + after
    return number, after


def _with_tail(
    number: str, joint: str, written: str, *, party: bool, issuer: Sequence[str], is_certain: bool
) -> ReadSymbol | None:
    year = _YEAR.match(written)
    prefix = year.group(0) if year else ""
    found = _TAIL.match(written[len(prefix) :])
    if not found:
        return None
    tail, repairs = found.group(0), 0
    if party and joint == "-" and "/" not in tail:
        tail, repairs = _slash_restored(tail)
    tail, kind, known, respelled = _proper_tail(tail, issuer, is_certain=is_certain)
    digits = _digits(number)
    repairs += respelled + (digits != number)
    return ReadSymbol(digits, joint, prefix + tail, kind, repairs, known)


def _without_joint(
    number: str, after: str, *, party: bool, spaced: bool, issuer: Sequence[str], is_certain: bool
) -> ReadSymbol | None:
    """The sign after the number is missing or was read as something else: 16KH/TU, 15IKH-UBND, 298 KH/TWĐTN."""
    if after[0] in _SLASHES and len(after) > 2:
        read = _with_tail(number, "-" if party else "/", after[1:], party=party, issuer=issuer, is_certain=is_certain)
        if read and (read.type or read.is_known):
            return ReadSymbol(read.number, read.joint, read.tail, read.type, read.repairs + 1, read.is_known)
    joint = "-" if party else "/"
    if not party and len(number) > 1 and number[-1] in "17lI|":
        shorter = _with_tail(number[:-1], "/", after, party=party, issuer=issuer, is_certain=is_certain)
        if shorter and shorter.type and not is_certain:
            return ReadSymbol(shorter.number, "/", shorter.tail, shorter.type, shorter.repairs + 2, shorter.is_known)
    read = _with_tail(number, joint, after, party=party, issuer=issuer, is_certain=is_certain)
    if read is None or not (read.type or read.is_known):
        return None
    if is_certain and spaced:
        joint = " "  # “298 KH/TWĐTN”: an older habit of the Youth Union, printed so
    return ReadSymbol(read.number, joint, read.tail, read.type, read.repairs + (joint != " "), read.is_known)


def _slash_restored(tail: str) -> tuple[str, int]:
    """KHITU, QĐlTW → KH/TU, QĐ/TW: a known type, a stroke, an agency."""
    for kind in _TYPES:
        rest = tail[len(kind) :]
        if fold(tail[: len(kind)]).upper() == fold(kind).upper() and len(rest) > 1:
            if rest[0] in _SLASHES and rest[1:2].isalpha():
                return f"{tail[: len(kind)]}/{rest[1:]}", 1
            if rest[0] == "-":
                return f"{tail[: len(kind)]}/{rest[1:]}", 1
    return tail, 0


def _proper_tail(tail: str, issuer: Sequence[str], *, is_certain: bool) -> tuple[str, str, bool, int]:
    """The tail with its parts respelled, the type in it, whether an agency is known, how much was changed."""
    parts = re.split(r"([-/])", tail)
    kind, known, changed = "", False, 0
    first = canonical_abbreviation(parts[0])
    if first is None and not is_certain:  # Đ is read twice: QĐD
        once = re.sub("Đ[DĐ]|DĐ", "Đ", parts[0])
        first = canonical_abbreviation(once)
        parts[0] = once if first else parts[0]
    if first and len(parts) > 1:
        kind = first
        if parts[0] != first and not is_certain:
            parts[0], changed = first, changed + (fold(parts[0]) != fold(first))
    for at in range(2 if kind else 0, len(parts), 2):
        spelled, is_known = proper_code(parts[at], issuer, may_repair=not is_certain)
        known = known or is_known
        changed += fold(spelled) != fold(parts[at])
        parts[at] = spelled
    return "".join(parts), kind, known, changed


def _digits(number: str) -> str:
    if number[-1:].islower() and number[-1:] not in "ol":
        return number[:-1].translate(_DIGITS) + number[-1]
    return number.translate(_DIGITS)


def kinds_of(value: str) -> tuple[str, ...]:
    """Names of the types the symbol's letters may stand for; empty when it carries none."""
    parts = re.split(r"[-/ ]", value.split("/", 1)[1] if re.match(r"\d+[a-z]?/", value) else value)
    letters = next((part for part in parts if part and not part[0].isdigit()), "")
    return tuple(kind.name for kind in types_abbreviated(letters)) if letters else ()
