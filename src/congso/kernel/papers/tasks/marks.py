"""The numbers and signs that begin paragraphs and rows: “II.”, “3.”, “1.2.”, “a)”, “-”, “Điều 4.”.

Recognised scans confuse I, l, 1 and |; `roman_of` forgives that, and the caller compares with what it expects.
"""

import re
from dataclasses import dataclass
from enum import IntEnum
from itertools import pairwise

_LIKE_I = str.maketrans({"l": "I", "1": "I", "|": "I", "!": "I", "i": "I", "í": "I", "Í": "I", "Ï": "I", "ï": "I"})
_LIKE_ROMAN = {"H": "II", "HI": "III", "IH": "III", "M": "III", "II1": "III", "N": "IV", "W": "IV", "Y": "V"}
_ROMAN = re.compile(r"(?=[IVX])X{0,3}(?:IX|IV|V?I{0,3})")
_VALUES = {"I": 1, "V": 5, "X": 10}


class Level(IntEnum):
    """How deep a mark stands; a smaller level holds the greater ones."""

    PART = 0  # Phần thứ nhất, Chương I, A.
    ROMAN = 1
    ARTICLE = 2  # Điều 3
    ARABIC = 3
    SUB = 4  # 1.1
    SUBSUB = 5  # 1.1.1
    LETTER = 6
    DASH = 7
    PLUS = 8


@dataclass(frozen=True)
class Mark:
    """A mark: its level, its label as clauses name it (“II”, “3”, “1.2”, “a”; none of a dash), and the rest."""

    level: Level
    label: str
    rest: str
    is_parenthesised: bool = False


_END = r"\s*(?P<end>[.):/]|\.\)|\s?[-–—](?=\s|\D))\s*"
_FORMS: tuple[tuple[Level, re.Pattern[str]], ...] = (
    (
        Level.PART,
        re.compile(
            r"(?:Phần|PHẦN|Chương|CHƯƠNG)\s+(?P<label>(?:thứ|THỨ)\s+\w{2,4}|[IVX]{1,5}|\d{1,2}|[A-H])(?:\s*[.:\-–]\s*|\s+|$)"
        ),
    ),
    (Level.ARTICLE, re.compile(r"(?P<label>(?:Điều|ĐIỀU)\s+\d{1,3})\s*[.:]\s*")),
    (Level.SUBSUB, re.compile(r"(?P<label>\d{1,2}\.\d{1,2}\.\d{1,2})(?:[.)]\s*|\s+|$)")),
    (Level.SUB, re.compile(r"(?P<label>\d{1,2}\.\d{1,2})(?:[.)]\s*|\s*[-–]\s+|\s+(?=[^\W\d])|$)(?!\d)")),
    (Level.ROMAN, re.compile(rf"(?P<label>[IVX]{{1,6}}){_END}")),
    (Level.ARABIC, re.compile(rf"(?P<label>\d{{1,3}}){_END}(?!\d)")),
    (Level.PART, re.compile(r"(?P<label>[A-H])\s*[.)/]\s+")),
    (Level.LETTER, re.compile(r"(?P<label>[a-zđ]{1,2})(?P<end>[.)]|\s?[-–](?=\s))\s*")),
    (Level.DASH, re.compile(r"[-–—*•●▪■·→](?!\w?-)\s*(?=\S)")),
    (Level.PLUS, re.compile(r"[+○o](?=\s)\s*")),
)
_NOISY_ROMAN = re.compile(r"(?P<label>[IVXHMNWYl1|!ií]{1,5})\s*[.,\-:]\s+(?=[^\W\d_])")
_LONGEST_LOOKED_AT = 60
_LETTER_AND_DOT = 2


def mark_of(text: str) -> Mark | None:
    """The mark a paragraph begins with, None when there is none."""
    head = text[:_LONGEST_LOOKED_AT]
    for level, form in _FORMS:
        found = form.match(head)
        if found is None:
            continue
        label = found.groupdict().get("label") or ""
        if level is Level.LETTER and label in ("tr", "số", "kg", "tp"):
            continue
        if level is Level.ROMAN and not _ROMAN.fullmatch(label):
            continue
        end = found.groupdict().get("end") or ""
        if level is Level.PART and len(found.group(0).split()[0]) > _LETTER_AND_DOT:
            label = ""  # “Phần II. …”: clauses are named by what stands in it
        return Mark(level, " ".join(label.split()), text[found.end() :].strip(), ")" in end)
    return None


def noisy_roman(text: str) -> Mark | None:
    """A heading whose roman number was misread (“lI. NHIỆM VỤ”, “1V. TỔ CHỨC”)."""
    found = _NOISY_ROMAN.match(text[:_LONGEST_LOOKED_AT])
    label = roman_of(found.group("label")) if found else ""
    return Mark(Level.ROMAN, label, text[found.end() :].strip()) if found and label else None


def roman_of(written: str) -> str:
    """The roman number a scan may have meant (“Il” → “II”, “H” → “II”), empty when it is none."""
    compact = written.strip(" .,:;)-–_'’").replace(" ", "")
    if not 0 < len(compact) <= 5:
        return ""
    for candidate in (compact, _LIKE_ROMAN.get(compact, ""), compact.translate(_LIKE_I)):
        if candidate and _ROMAN.fullmatch(candidate):
            return candidate
    return ""


def roman_value(label: str) -> int:
    """The number a roman label names."""
    total = 0
    for letter, following in pairwise(f"{label} "):
        worth = _VALUES.get(letter, 0)
        total += -worth if worth < _VALUES.get(following, 0) else worth
    return total
