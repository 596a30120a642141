"""Numbers as people write them: 1.234,5 and 1234,5 and 1,234.5 and 12.5.

The comma is the decimal sign, the point groups thousands; written the other way it is read where only one reading is
possible. A single comma before three digits in a cell without decimals is not guessed at: the person is asked.
"""

import re
from decimal import Decimal

_SPACES = re.compile(r"[ \t\r\n\u00a0\u2009\u202f]+")
_GROUPED = re.compile(r"-?[1-9][0-9]{0,2}(?:\.[0-9]{3})+(?:,[0-9]+)?")
_ENGLISH = re.compile(r"-?[1-9][0-9]{0,2}(?:,[0-9]{3})+\.[0-9]+|-?[1-9][0-9]{0,2}(?:,[0-9]{3}){2,}")
_COMMA = re.compile(r"-?[0-9]+,[0-9]+")
_POINT = re.compile(r"-?[0-9]+\.[0-9]+")
_WHOLE = re.compile(r"-?[0-9]+")
_LIKE_THOUSANDS = re.compile(r"-?[1-9][0-9]{0,2},[0-9]{3}")
MOST_DIGITS = 15
SHOWN = 40


class NotANumber(ValueError):
    """`code` names the sentence in `words.WORDS`, `facts` fill it."""

    def __init__(self, code: str, **facts: str) -> None:
        super().__init__(code)
        self.code, self.facts = code, facts


def parse_number(raw: str, decimals: int) -> Decimal | None:
    """The number a person wrote; None for nothing. Raises NotANumber."""
    written = _SPACES.sub("", raw).replace("\u2212", "-")
    if not written:
        return None
    if written.startswith("="):
        raise NotANumber("formula")
    if decimals == 0 and _LIKE_THOUSANDS.fullmatch(written):
        raise NotANumber("ambiguous", raw=written, as_whole=written.replace(",", "."))
    plain = _plain(written)
    if plain is None:
        raise NotANumber("not_a_number", raw=raw.strip()[:SHOWN])
    whole, _, fraction = plain.partition(".")
    fraction = fraction.rstrip("0")
    if len(whole.lstrip("-").lstrip("0")) > MOST_DIGITS:
        raise NotANumber("too_large")
    if len(fraction) > decimals:
        raise NotANumber("decimals", decimals=str(decimals))
    return Decimal(f"{whole}.{fraction}" if fraction else whole) + 0  # -0 is 0


def _plain(written: str) -> str | None:
    """With the point as decimal sign and without groups; None for what is no number."""
    if _GROUPED.fullmatch(written):
        return written.replace(".", "").replace(",", ".")
    if _ENGLISH.fullmatch(written):
        return written.replace(",", "")
    if _COMMA.fullmatch(written):
        return written.replace(",", ".")
    if _POINT.fullmatch(written) or _WHOLE.fullmatch(written):
        return written
    return None


def show_number(value: Decimal | None) -> str:
    """As reports print it: 1.234,5. `parse_number` reads it back."""
    if value is None:
        return ""
    whole, _, fraction = f"{value:f}".partition(".")
    fraction = fraction.rstrip("0")
    sign, digits = ("-", whole[1:]) if whole.startswith("-") else ("", whole)
    grouped = f"{int(digits):,}".replace(",", ".")
    return f"{sign}{grouped},{fraction}" if fraction else f"{sign}{grouped}"
