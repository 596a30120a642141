"""Amounts, shares, numbers, days and spans of time as sentences write them."""

import re
from enum import StrEnum
from typing import NamedTuple

from congso.lib.vietnamese import fold, nfc


class Sort(StrEnum):
    """What a value is."""

    DAY = "day"
    MONTH = "month"  # a month, a quarter or a year as a time
    SPAN = "span"  # so many days
    SHARE = "share"
    MONEY = "money"
    NUMBER = "number"


class Value(NamedTuple):
    """A value with its written form; `key` is the same for the same value written otherwise."""

    sort: Sort
    text: str
    start: int
    end: int
    key: str
    after: tuple[str, ...]


_AMOUNT = r"\d{1,3}(?:\.\d{3})+(?:,\d+)?|\d+(?:,\d+)?"
# On the text without accents, in this order; what begins inside an earlier find is no value of its own.
_FORMS: tuple[tuple[Sort, re.Pattern[str]], ...] = (
    (Sort.DAY, re.compile(r"(?:ngay )?(?<![\d/.-])(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})(?![\d/])")),
    (Sort.DAY, re.compile(r"ngay (\d{1,2}) thang (\d{1,2})(?: nam (\d{4}))?")),
    (Sort.DAY, re.compile(r"ngay (\d{1,2})/(\d{1,2})(?![\d/])()")),
    (Sort.DAY, re.compile(r"ngay (\d{1,2})()() (?:hang|hang) thang")),
    (Sort.MONTH, re.compile(r"(?:cuoi |dau |giua )?thang (\d{1,2})(?:/| nam )(\d{4})()")),
    (Sort.MONTH, re.compile(r"(?:cuoi |dau |giua )?quy (i{1,3}|iv|[1-4])(?:[/ ]|,? nam )?(\d{4})?()(?!\w)")),
    (Sort.SHARE, re.compile(rf"({_AMOUNT})()() ?(?:%|phan tram)")),
    (Sort.MONEY, re.compile(rf"({_AMOUNT}) ?(nghin ty|trieu|ty|nghin|ngan)? ?(dong|vnd|d)(?!\w)")),
    (Sort.MONEY, re.compile(rf"({_AMOUNT}) ?(trieu|ty)()(?!\w)")),
    (Sort.SPAN, re.compile(r"(?<![\d/.,])(\d{1,3}) (ngay lam viec|ngay|gio|tuan|thang|nam|phut)()(?!\w)(?! \d)")),
    (Sort.MONTH, re.compile(r"nam ((?:19|20)\d\d)()()(?![\d.])")),
    (Sort.NUMBER, re.compile(rf"(?<![\w/.,-])({_AMOUNT})()()(?![\w/]|[.,]\d|-[a-z])")),
)  # fmt: skip
_WORD = re.compile(r"[a-z]+")
_AFTER = 4


def values_of(text: str) -> list[Value]:
    """The values of a text in NFC, in order of their places."""
    shown = nfc(text)
    form = fold(shown).lower()
    taken = bytearray(len(form))
    found: list[Value] = []
    for sort, pattern in _FORMS:
        for match in pattern.finditer(form):
            if any(taken[match.start() : match.end()]):
                continue
            taken[match.start() : match.end()] = b"\1" * (match.end() - match.start())
            after = tuple(word.group(0) for word in _WORD.finditer(form, match.end(), match.end() + 40))[:_AFTER]
            found.append(
                Value(sort, shown[match.start() : match.end()], match.start(), match.end(), _key(sort, match), after)
            )
    return sorted(found, key=lambda value: value.start)


def _key(sort: Sort, match: re.Match[str]) -> str:
    parts = [(part or "").strip() for part in match.groups()]
    if sort is Sort.DAY:
        return f"{sort}:" + "/".join(part.lstrip("0") for part in parts if part)
    if sort in (Sort.NUMBER, Sort.MONEY, Sort.SHARE, Sort.SPAN):
        parts[0] = parts[0].replace(".", "").lstrip("0") or "0"
    if sort is Sort.MONEY:
        parts = [parts[0], parts[1]]
    return f"{sort}:" + " ".join(part for part in parts if part)
