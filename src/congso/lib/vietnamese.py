"""Vietnamese text as it is stored, compared and sorted.

Text is kept in NFC. `fold` removes accents one character for one, so that an offset found in the folded
text is the offset in the text. Sort keys are strings whose bytes are in Vietnamese order, because the
database collates bytes (C.UTF-8). Source: domain handbook, public 8.2.
"""

import re
import unicodedata
from functools import lru_cache

TONES = "\u0300\u0309\u0303\u0301\u0323"  # huyền, hỏi, ngã, sắc, nặng: the order of dictionaries
_DISTINCT_D = {"đ": "d", "Đ": "D", "ð": "d", "Ð": "D", "ɖ": "d", "Ɖ": "D"}  # none of them decomposes
_LETTERS = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
_LETTER_CODE = {letter: chr(ord("A") + place) for place, letter in enumerate(_LETTERS)}
_OPEN_SYLLABLE = re.compile(r"([oO])([àáảãạèéẻẽẹÀÁẢÃẠÈÉẺẼẸ])(?!\w)|(?<![qQ])([uU])([ỳýỷỹỵỲÝỶỸỴ])(?!\w)")
_I_OR_Y = re.compile(r"(h|k|l|m|qu|s|t|v)([iìỉĩíị]|[yỳỷỹýỵ])", re.IGNORECASE)
_OTHER_I_OR_Y = str.maketrans("iìỉĩíịyỳỷỹýỵIÌỈĨÍỊYỲỶỸÝỴ", "yỳỷỹýỵiìỉĩíịYỲỶỸÝỴIÌỈĨÍỊ")
_FORBIDDEN_IN_FILENAME = re.compile(r'[/\\:*?"<>|\n\t]+')
MAX_FILENAME = 200


def nfc(text: str) -> str:
    """The composed form. Accepts what macOS and some PDFs give (letters and marks apart)."""
    return unicodedata.normalize("NFC", text)


def fold(text: str) -> str:
    """Without accents, case kept: `fold(text)` has as many characters as `nfc(text)`."""
    return nfc(text).translate(_FOLDED)


def toneless(text: str) -> str:
    """Without tone marks, vowels otherwise kept: Sần and Sân both give Sân."""
    return nfc("".join(letter for letter in unicodedata.normalize("NFD", text) if letter not in TONES))


class _Folded(dict[int, str]):
    """Learns each character's plain letter on first use."""

    def __missing__(self, code: int) -> str:
        character = chr(code)
        base = unicodedata.normalize("NFD", character)[0]
        self[code] = base if base.isascii() else _DISTINCT_D.get(character, character)
        return self[code]


_FOLDED = _Folded()


def canonical_tones(text: str) -> str:
    """NFC with one placement of tones in open syllables: hoà → hòa, khoẻ → khỏe, thuỷ → thủy; quý stays."""
    return _OPEN_SYLLABLE.sub(_move_tone_left, nfc(text))


def _move_tone_left(found: re.Match[str]) -> str:
    pair = found.group(0)
    second = unicodedata.normalize("NFD", pair[1])
    return nfc(pair[0] + second[1]) + second[0]


def index_form(text: str) -> str:
    """The exact layer of the index: NFC, canonical tones, lower case. As long as `nfc(text)`."""
    canonical = canonical_tones(text)
    lowered = canonical.lower()
    if len(lowered) == len(canonical):
        return lowered
    return "".join(letter.lower() if len(letter.lower()) == 1 else letter for letter in canonical)


def spelling_variants(syllable: str) -> tuple[str, ...]:
    """Other accepted spellings with i or y: lý → lí, kĩ → kỹ, quý → quí; also without marks (ly → li)."""
    form = canonical_tones(syllable)
    found = _I_OR_Y.fullmatch(form)
    return (found.group(1) + found.group(2).translate(_OTHER_I_OR_Y),) if found else ()


def sort_key(text: str) -> str:
    """A string whose bytes sort as a Vietnamese dictionary does (like ICU `vi`): letters, then tones.

    At most half as long again as the text, plus two.
    """
    words = [_word_key(word) for word in canonical_tones(text).lower().split()]
    letters = "!".join(letters for letters, _ in words)
    tones = "".join(tone for _, tone in words).rstrip("0")
    return f"{letters} {tones}".rstrip(" ")


@lru_cache(maxsize=4096)
def _word_key(word: str) -> tuple[str, str]:
    letters, tone = [], "0"
    for character in word:
        marks = [mark for mark in unicodedata.normalize("NFD", character) if mark in TONES]
        if marks:
            tone = str(TONES.index(marks[0]) + 1)
        toneless = nfc("".join(c for c in unicodedata.normalize("NFD", character) if c not in TONES))
        letters.append(_LETTER_CODE.get(toneless) or _other_code(toneless))
    return "".join(letters), tone


def _other_code(character: str) -> str:
    """Punctuation before digits before letters; other scripts after."""
    plain = fold(character)
    if plain in _LETTER_CODE:
        return _LETTER_CODE[plain]
    if plain.isascii():
        return plain if plain.isdigit() else "-"
    return plain


def person_sort_key(full_name: str) -> str:
    """The key by which people are listed: given name (last syllable), then family, then middle names."""
    names = full_name.split()
    if not names:
        return ""
    family = names[0] if len(names) > 1 else ""
    parts = (names[-1], family, " ".join(names[1:-1]))
    return "  ".join(sort_key(part) for part in parts).rstrip(" ")


def clean_text(text: str) -> str:
    """NFC, plain line ends and spaces, no control or invisible characters. Line breaks and tabs stay.

    Text in an old font encoding must be converted first: there U+00AD is the letter ư (`legacy_fonts`).
    """
    lines = re.sub(r"\r\n?|[\u2028\u2029\x0b\x0c\x85]", "\n", text)
    return nfc(lines.translate(_CLEANED))


class _Cleaned(dict[int, str]):
    """Learns on first use what each character becomes: itself, a plain space, or nothing."""

    def __missing__(self, code: int) -> str:
        character = chr(code)
        category = unicodedata.category(character)
        invisible = category in ("Cc", "Cf", "Cs") or code & 0xFFFE == 0xFFFE
        if category == "Zs":
            self[code] = " "
        else:
            self[code] = "" if invisible and character not in "\n\t" else character
        return self[code]


_CLEANED = _Cleaned()


def clean_line(text: str) -> str:
    """`clean_text` for a one-line field: every run of white space becomes one space."""
    return " ".join(clean_text(text).split())


def clean_filename(name: str) -> str:
    """A name safe to show, store and download: no path, no control characters, at most 200 characters."""
    line = " ".join(_FORBIDDEN_IN_FILENAME.sub("-", clean_text(name)).split())
    line = line.lstrip(" .-").rstrip(" .")
    stem, dot, extension = line.rpartition(".")
    if dot and stem and len(extension) <= 10:
        return stem[: MAX_FILENAME - len(extension) - 1].rstrip(" .") + "." + extension
    return line[:MAX_FILENAME].rstrip(" .") or "tệp không tên"
