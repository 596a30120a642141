"""Names of people as papers print them: where a name begins, what stands before it, how likely it is one.

Vietnamese names are two to five syllables, the family name first. Family names are few; those of the
mountain peoples of the north-west are among them (Giàng, Lò, Sùng, Tẩn …). A rare family name is still a name.
"""

import re
from functools import cache
from importlib.resources import files

from congso.lib.syllables import split_syllable
from congso.lib.vietnamese import canonical_tones, fold, toneless

_TITLES = re.compile(
    r"^(?:(?:PGS|GS|TS|ThS|TSKH|BS|BSCK\s?I{0,2}|CK\s?I{1,2}|DS|KS|CN|LS|NGƯT|NGND|NSƯT|TTƯT|Ths|Bs|Ts)\s?[.,]\s?|"
    r"(?:Đồng chí|Đ/c|Ông|Bà)\s+|"
    r"(?:Đại|Thượng|Trung|Thiếu)\s+(?:tướng|tá|úy|uý)[\s,.]+|(?:Tiến sĩ|Thạc sĩ|Bác sĩ|Luật sư|Kỹ sư)\s+)+"
)
_QUOTES = re.compile('[“”"]')
_LONGEST = 60


def without_titles(written: str) -> str:
    """The name alone: “PGS.TS. Nguyễn Văn Mẫu”, “Đại tá Nguyễn Văn Mẫu” → “Nguyễn Văn Mẫu”."""
    return _TITLES.sub("", written[:_LONGEST].strip(), count=1).strip()


def ordinary_name(written: str) -> str:
    """A name with large first letters and current tone placement: “NGUYỄN VĂN THUỶ” → “Nguyễn Văn Thủy”."""
    return " ".join(part[:1].upper() + part[1:].lower() for part in canonical_tones(written).split())


def respelled_name(written: str) -> str:
    """A recognised name without specks around it, its family name as the one it must be.

    “vi Nguyến Văn Mẫu” → “Nguyễn Văn Mẫu”, “Giànzg Quốc Hưng” → “Giàng Quốc Hưng”. Where two family names are as near
    the letters stay; given names stay as they were read.
    """
    parts = [part.strip(".,;:'’‘_|*-()") for part in _QUOTES.sub(" ", without_titles(written)).split()]
    while parts and not (parts[0][:1].isupper() and len(parts[0]) > 1):
        parts = parts[1:]
    while parts and not (parts[-1][:1].isupper() and parts[-1].isalpha()):
        parts = parts[:-1]
    if not parts:
        return ""
    middle = [_middle(part) for part in parts[1:-1]]
    return " ".join([_family(parts[0]), *middle, *parts[1:][-1:]])


def _family(part: str) -> str:
    """The family name that is meant, when only one can be: accents first, then single letters."""
    first = canonical_tones("".join(letter for letter in part if letter.isalpha())).capitalize()
    if first in family_names():
        return part if part.isalpha() else first
    for key in (toneless, fold):
        same = [name for name in family_names() if key(name) == key(first)]
        if same:
            return _as_written(same[0], part) if len(same) == 1 else part
    slips = 2 if len(first) > 5 else 1
    near = [name for name in family_names() if len(name) > 3 and name[:2] == first[:2] and _apart(name, first) <= slips]
    return _as_written(near[0], part) if len(near) == 1 and len(first) > 3 else part


def _as_written(name: str, part: str) -> str:
    return name.upper() if part.isupper() and len(part) > 1 else name


def _apart(one: str, other: str) -> int:
    """Edit distance of two short words."""
    row = list(range(len(other) + 1))
    for at, letter in enumerate(one, start=1):
        before, row[0] = row[0], at
        for place, wanted in enumerate(other, start=1):
            before, row[place] = row[place], min(row[place] + 1, row[place - 1] + 1, before + (letter != wanted))
    return row[-1]


def _middle(part: str) -> str:
    """Thị and Văn with one letter misread (ïhị); what could be a name stays, what else stands there is not guessed."""
    if part[:1].isupper() and split_syllable(part):
        return part
    small = fold(part).lower()
    for known, letters in (("Thị", "thi"), ("Văn", "van")):
        if len(small) == 3 and sum(a != b for a, b in zip(small, letters, strict=True)) <= 1:
            return known
    return part


def name_likelihood(written: str) -> float:
    """From 0 (no name) to 1: two to five capitalised syllables, a known family name first.

    One part in the middle may hold a sign where a letter was lost (T:ung): likely a name, misread.
    """
    parts = without_titles(written).split()
    if not 2 <= len(parts) <= 6 or any(not part[0].isupper() for part in parts):
        return 0.0
    broken = [at for at, part in enumerate(parts) if not part.replace("-", "").isalpha()]
    if broken and (len(broken) > 1 or broken[0] in (0, len(parts) - 1) or len(parts[broken[0]]) < 3):
        return 0.0
    syllables = sum(split_syllable(part) is not None for part in parts) / len(parts)
    family = canonical_tones(parts[0]).capitalize() in family_names()
    length = 1.0 if len(parts) in (3, 4) else 0.85
    return syllables * length * (1.0 if family else 0.6)


@cache
def family_names() -> frozenset[str]:
    """The names of `family_names.txt`, first letters large."""
    listed = (files("congso.lib") / "family_names.txt").read_text(encoding="utf-8").splitlines()
    return frozenset(canonical_tones(name) for line in listed if not line.startswith("#") for name in line.split())
