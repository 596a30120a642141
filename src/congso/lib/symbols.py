"""Number and symbol of official papers: `16-KH/TU`, `15/BC-UBND`, `154/2026/NĐ-CP`.

Party bodies put the hyphen first (399-QĐ/TW, 05-HD/VPTW; office 1.3), state and Front bodies the slash
(30/2020/NĐ-CP; 91/HD-MTTW-BTT). Reading forgives “Số:”, spaces, long dashes, decomposed letters and lost
accents; it never guesses digits or letters. The symbol is not unique: two `16-KH/TU` of one year exist.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from congso.lib.document_types import canonical_abbreviation
from congso.lib.vietnamese import fold, nfc

_DASHES = "\u2010\u2011\u2012\u2013\u2014\u2015\u2212\u00ad"
_WORD = r"[^\W\d_][^\W_]*"  # begins with a letter: NQ, UBTVQH15


def _pattern(gap: str, gap_in_agency: str) -> re.Pattern[str]:
    """Both forms. In a running text a spaced dash after the agency belongs to the sentence."""
    dash, slash = rf"{gap}[-{_DASHES}]{gap}", rf"{gap}/{gap}"
    agency = rf"{_WORD}(?:{gap_in_agency}[-{_DASHES}]{gap_in_agency}{_WORD})*"
    return re.compile(
        rf"(?<![\w/.,-])(?P<number>\d{{1,5}})(?P<letter>[a-zđ]?)"
        rf"(?:{dash}(?P<party_type>{_WORD}){slash}(?P<party_agency>{agency})(?:{slash}(?P<suffix>{_WORD}))?"
        rf"|{slash}(?:(?P<year>(?:19|20)\d\d){slash})?(?P<tail>{agency}))"
        rf"(?![\w/])"
    )


_SPACES = r"[ \t\u00a0]*"
_TYPED = _pattern(_SPACES, _SPACES)
_IN_TEXT = _pattern(_SPACES, "")
_PREFIX = re.compile(r"\s*(?:(?:số|so)\b)?[\s,]*(?:(?:ký hiệu|ky hieu)\b)?\s*[:.]?\s*", re.IGNORECASE)


class SymbolForm(StrEnum):
    PARTY = "party"
    STATE = "state"


@dataclass(frozen=True)
class Symbol:
    """The parts of a symbol. `type` is empty where the form prints none (laws, state official letters)."""

    number: int
    letter: str
    year: int | None
    type: str
    agency: str
    suffix: str
    form: SymbolForm

    def __str__(self) -> str:
        return render(self)


def parse_symbol(written: str) -> Symbol | None:
    """The symbol somebody typed or a machine read; None when the whole text is not one."""
    found = _TYPED.fullmatch(_without_prefix(written))
    return _symbol(found) if found else None


def find_symbols(text: str) -> Iterator[tuple[Symbol, int, int]]:
    """Symbols inside a running text, with the offsets where each stands in `nfc(text)`.

    Only where a known type or the year makes it one: `3/5` and `1/HN` in a sentence are none.
    """
    for found in _IN_TEXT.finditer(nfc(text)):
        symbol = _symbol(found)
        if symbol.year or canonical_abbreviation(symbol.type):
            yield symbol, found.start(), found.end()


def render(symbol: Symbol) -> str:
    """The symbol as papers print it, numbers below 10 with a zero (05-HD/VPTW; 30/2020 annex I)."""
    number = f"{symbol.number:02d}{symbol.letter}"
    if symbol.form is SymbolForm.PARTY:
        tail = f"/{symbol.suffix}" if symbol.suffix else ""
        return f"{number}-{symbol.type}/{symbol.agency}{tail}"
    year = f"/{symbol.year}" if symbol.year else ""
    tail = "-".join(part for part in (symbol.type, symbol.agency) if part)
    return f"{number}{year}/{tail}"


def normalise_symbol(written: str) -> str:
    """The key two spellings of one symbol share: `Số: 05 - NQ / ĐU` and `5-nq/du` both give `5-NQ/DU`.

    A text that is no symbol gives its letters and signs without spaces, so it can still be compared.
    """
    symbol = parse_symbol(written)
    if symbol:
        printed = render(symbol).lstrip("0") or "0"
        return fold(printed).upper()
    rest = re.sub(rf"[{_DASHES}]", "-", _without_prefix(written))
    return fold(re.sub(r"\s+", "", rest)).upper()


def search_parts(symbol: Symbol) -> tuple[str, ...]:
    """Lower-case index tokens: the whole symbol with and without accents, then its parts."""
    printed = render(symbol).lower()
    joint = "-" if symbol.form is SymbolForm.PARTY else "/"
    head = f"{symbol.number}{symbol.letter}"
    year = str(symbol.year) if symbol.year else ""
    parts = [
        printed, printed.lstrip("0"), fold(printed.lstrip("0")),
        head, f"{head}{joint}{year or symbol.type.lower()}", year,
        symbol.type.lower(), *symbol.agency.lower().split("-"), symbol.agency.lower(), symbol.suffix.lower(),
    ]  # fmt: skip
    return tuple(dict.fromkeys(part for part in parts if part and not part.endswith(("-", "/"))))


def _without_prefix(written: str) -> str:
    return _PREFIX.sub("", nfc(written), count=1).rstrip(" \t\n\u00a0.,;")


def _symbol(found: re.Match[str]) -> Symbol:
    number, letter = int(found["number"]), found["letter"]
    if found["party_type"]:
        written = found["party_type"]
        kind = canonical_abbreviation(written) or written
        agency, suffix = _agency(found["party_agency"]), found["suffix"] or ""
        return Symbol(number, letter, None, kind, agency, suffix, SymbolForm.PARTY)
    year = int(found["year"]) if found["year"] else None
    tail = _agency(found["tail"])
    first, _, rest = tail.partition("-")
    known = canonical_abbreviation(first) if rest else None
    kind, agency = (known, rest) if known else ("", tail)
    return Symbol(number, letter, year, kind, agency, "", SymbolForm.STATE)


def _agency(written: str) -> str:
    plain = re.sub(rf"\s*[-{_DASHES}]\s*", "-", written)
    return plain.upper() if plain.islower() else plain
