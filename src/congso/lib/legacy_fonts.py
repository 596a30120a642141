"""Text written for the old one-byte fonts, as it comes out of old files: TCVN3 (.VnTime) and VNI.

“Céng hßa” is “Cộng hòa” in TCVN3, “Coäng hoøa” in VNI. Both look like Latin-1 text, so a text is taken
for one of them only when most of its accented words become Vietnamese syllables by it and were none before.
Tables: TCVN 5712:1993 (VN1); the VNI-Windows font set.
"""

import re
from collections.abc import Callable
from enum import StrEnum

from congso.lib.syllables import split_syllable
from congso.lib.vietnamese import nfc

_VN1 = (  # bytes 0xA1–0xFE; B0–B4 are combining marks
    "ĂÂÊÔƠƯĐăâêôơưđẶ\u0300\u0309\u0303\u0301\u0323àảãáạẲằẳẵắẴẮẦẨẪẤỀặầẩẫấậèỂẻẽéẹềểễếệìỉỄẾỒĩíịòỔỏõóọồổỗốộờởỡớợùỖủũúụ"
    "ừửữứựỳỷỹýỵ"
)
_FROM_VN1 = {0xA1 + place: letter for place, letter in enumerate(_VN1)}
_VNI_MARKS = {
    "Ù": "\u0301", "Ø": "\u0300", "Û": "\u0309", "Õ": "\u0303", "Ï": "\u0323",
    "Â": "\u0302", "Á": "\u0302\u0301", "À": "\u0302\u0300", "Å": "\u0302\u0309", "Ã": "\u0302\u0303",
    "Ä": "\u0302\u0323", "Ê": "\u0306", "É": "\u0306\u0301", "È": "\u0306\u0300", "Ú": "\u0306\u0309",
    "Ü": "\u0306\u0303", "Ë": "\u0306\u0323",
}  # fmt: skip
_VNI_LETTERS = {"Ô": "Ơ", "Ö": "Ư", "Ñ": "Đ", "Í": "Í", "Ì": "Ì", "Æ": "Ỉ", "Ó": "Ĩ", "Ò": "Ị", "Î": "Ỵ"}
_VNI_PAIR = re.compile(f"([AEOUYÔÖ])([{''.join(_VNI_MARKS)}])|([{''.join(_VNI_LETTERS)}])", re.IGNORECASE)
_WORD = re.compile(r"[^\W\d_\u00ad]*[\u00a1-\u00ff][^\s,.;:()/\"?!\-]*|[^\W\d_]+")
_ONLY_IN_UNICODE = re.compile(r"[ăđĩũơưĂĐĨŨƠƯ\u1ea0-\u1ef9\u0300-\u0323]")
_ENOUGH_WORDS = 3
_ENOUGH_SHARE = 0.8


class LegacyEncoding(StrEnum):
    TCVN3 = "tcvn3"
    VNI = "vni"


def detect_legacy_encoding(text: str) -> LegacyEncoding | None:
    """The old encoding the text is in, judged by its lines that hold no Unicode Vietnamese."""
    lines = [line for line in text.splitlines() if not _ONLY_IN_UNICODE.search(line)]
    words = [word for word in _WORD.findall("\n".join(lines)) if not word.isascii()]
    if len(words) < _ENOUGH_WORDS or _share_of_syllables(words, str) >= _ENOUGH_SHARE:
        return None
    shares = {encoding: _share_of_syllables(words, convert) for encoding, convert in _CONVERTERS.items()}
    best = max(shares, key=lambda encoding: shares[encoding])
    return best if shares[best] >= _ENOUGH_SHARE else None


def to_unicode(text: str) -> str:
    """The text with its old-font lines converted; text already in Unicode comes back as it was.

    TCVN3 capitals are a property of the font (.VnTimeH), so such headings come out in lower case.
    """
    encoding = detect_legacy_encoding(text)
    if encoding is None:
        return text
    convert = _CONVERTERS[encoding]
    lines = text.splitlines(keepends=True)
    return "".join(line if _ONLY_IN_UNICODE.search(line) else convert(line) for line in lines)


def _share_of_syllables(words: list[str], convert: Callable[[str], str]) -> float:
    return sum(split_syllable(convert(word)) is not None for word in words) / len(words)


def _from_tcvn3(text: str) -> str:
    return nfc(text.translate(_FROM_VN1))


def _from_vni(text: str) -> str:
    return nfc(_VNI_PAIR.sub(_vni_letter, text))


def _vni_letter(found: re.Match[str]) -> str:
    base, mark, single = found.groups()
    letter = single or base
    plain = _VNI_LETTERS.get(letter.upper(), letter.upper())
    cased = plain if letter.isupper() else plain.lower()
    return cased + (_VNI_MARKS[mark.upper()] if mark else "")


_CONVERTERS: dict[LegacyEncoding, Callable[[str], str]] = {
    LegacyEncoding.TCVN3: _from_tcvn3,
    LegacyEncoding.VNI: _from_vni,
}
