"""Names of people as papers print them: where a name begins, what stands before it, how likely it is one.

Vietnamese names are two to five syllables, the family name first. Family names are few; those of the
mountain peoples of the north-west are among them (Giàng, Lò, Sùng, Tẩn …). A rare family name is still a name.
"""

import re
from functools import cache
from importlib.resources import files

from congso.lib.syllables import split_syllable
from congso.lib.vietnamese import canonical_tones

_TITLES = re.compile(
    r"^(?:(?:PGS|GS|TS|ThS|TSKH|BS|BSCK\s?I{0,2}|CK\s?I{1,2}|DS|KS|CN|LS|NGƯT|NGND|NSƯT|TTƯT|Ths|Bs|Ts)\s?[.,]\s?|"
    r"(?:Đồng chí|Đ/c|Ông|Bà)\s+|"
    r"(?:Đại|Thượng|Trung|Thiếu)\s+(?:tướng|tá|úy|uý)\s+|(?:Tiến sĩ|Thạc sĩ|Bác sĩ|Luật sư|Kỹ sư)\s+)+"
)
_LONGEST = 60


def without_titles(written: str) -> str:
    """The name alone: “PGS.TS. Nguyễn Văn Mẫu”, “Đại tá Nguyễn Văn Mẫu” → “Nguyễn Văn Mẫu”."""
    return _TITLES.sub("", written[:_LONGEST].strip(), count=1).strip()


def ordinary_name(written: str) -> str:
    """A name with large first letters and current tone placement: “NGUYỄN VĂN THUỶ” → “Nguyễn Văn Thủy”."""
    return " ".join(part[:1].upper() + part[1:].lower() for part in canonical_tones(written).split())


def name_likelihood(written: str) -> float:
    """From 0 (no name) to 1: two to five capitalised syllables, a known family name first."""
    parts = without_titles(written).split()
    if not 2 <= len(parts) <= 6 or any(not part.replace("-", "").isalpha() for part in parts):
        return 0.0
    if any(not part[0].isupper() for part in parts):
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
