"""Text as the office keeps it: Unicode NFC, no control characters, old fonts converted."""

import re

from congso.lib.legacy_fonts import detect_legacy_encoding, to_unicode
from congso.lib.vietnamese import clean_text

_BLANKS = re.compile(r"[ \t]+")
_GAP = re.compile(r"\t+| {3,}")


def clean(raw: str, limit: int) -> str:
    """Convert old fonts, normalise, collapse runs of blanks and empty lines, cut at the limit."""
    text = clean_text(to_unicode(raw[: 4 * limit].replace("\x02", "-")))  # U+0002: PDFium's hyphen at a line's end
    lines = (_BLANKS.sub(" ", line).strip() for line in text.split("\n"))
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()[:limit]


def segments(raw: str) -> tuple[str, ...]:
    """The lines of a text, cut where a tab or a wide gap stands between columns; empty ones left out.

    Capitals of the old fonts are a matter of the font, not of the letters, so such text is given in capitals:
    the search for marks, which needs them, must not miss one.
    """
    legacy = detect_legacy_encoding(raw) is not None
    text = clean_text(to_unicode(raw))
    if legacy:
        text = text.upper()
    return tuple(part.strip() for line in text.split("\n") for part in _GAP.split(line) if part.strip())


def decode(data: bytes) -> str:
    """A plain text file: UTF-8, UTF-16 with its mark, else an old one-byte page told apart by its letters."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", "replace")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        latin = data.decode("latin-1")
        return latin if detect_legacy_encoding(latin) else data.decode("cp1258", "replace")


def readable_share(text: str) -> float:
    """The share of characters a Vietnamese page would hold; a font without a Unicode map gives a low one."""
    visible = [character for character in text if not character.isspace()]
    if not visible:
        return 1.0
    return sum(_is_usual(ord(character)) for character in visible) / len(visible)


def _is_usual(code: int) -> bool:
    return 32 < code < 0x250 or 0x1E00 <= code <= 0x1EFF or 0x2010 <= code <= 0x2300 or 0x2500 <= code <= 0x27BF
