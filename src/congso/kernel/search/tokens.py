"""Text as the units search knows: syllables, numbers, dates and whole symbols of papers.

Offsets are offsets in `nfc(text)`, so what was found can be marked in what is shown.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

from congso.lib.symbols import find_symbols, render, search_parts
from congso.lib.vietnamese import fold, index_form

LONGEST_TOKEN = 100  # nothing anybody types; PostgreSQL takes 2,046 bytes
_WORD = re.compile(r"[^\W_]+")
_NUMBER = re.compile(r"\d+(?:\.\d{3})+(?:,\d+)?(?![\d/])|\d+,\d+(?![\d/])")
_DATE = re.compile(r"(?<![\d/.-])(\d{1,2})([/.-])(\d{1,2})\2(\d{4})(?![\d/-])")
_DATE_IN_WORDS = re.compile(r"ngày (\d{1,2}) tháng (\d{1,2}) năm (\d{4})")


class Token(NamedTuple):
    """One word: lower case, canonical tones. `wholes` are the symbol, date or number that begins with it."""

    form: str
    start: int
    end: int
    wholes: tuple[str, ...] = ()


class Whole(NamedTuple):
    """Several words that are one thing; `forms` are its index tokens, the first names it exactly."""

    start: int
    end: int
    forms: tuple[str, ...]


def tokens(text: str) -> Iterator[Token]:
    """The words of a text in order."""
    form = index_form(text)
    begins = {whole.start: whole.forms for whole in wholes(form)}
    for found in _WORD.finditer(form):
        yield Token(found.group(0)[:LONGEST_TOKEN], found.start(), found.end(), begins.get(found.start(), ()))


def wholes(form: str) -> list[Whole]:
    """Symbols, dates and numbers with separators; what begins inside another is left out."""
    found = [
        Whole(start, end, (fold(render(symbol).lstrip("0")).lower(), *search_parts(symbol)))
        for symbol, start, end in find_symbols(form)
    ]
    found += [_date(date, *date.group(1, 3, 4)) for date in _DATE.finditer(form)]
    found += [_date(date, *date.groups()) for date in _DATE_IN_WORDS.finditer(form)]
    found += [
        Whole(number.start(), number.end(), (number.group(0).replace(".", ""),)) for number in _NUMBER.finditer(form)
    ]
    found.sort()
    kept: list[Whole] = []
    for whole in found:
        if not kept or whole.start >= kept[-1].end:
            kept.append(whole)
    return kept


def _date(found: re.Match[str], day: str, month: str, year: str) -> Whole:
    return Whole(found.start(1), found.end(), (f"{int(day)}/{int(month)}/{year}",))
