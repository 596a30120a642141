"""Filters typed into the question: “loại: kế hoạch, cơ quan: Ban Tổ chức Tỉnh ủy, từ: 1/2026 chuyển đổi số”.

A value ends at a comma, a semicolon, the next field or the end; of what is not in quotation marks the longest beginning
that names something is taken, and the rest are words to be found. Field names count with or without accents.
"""

import calendar
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from congso.kernel.directory.finding import organizations_named
from congso.kernel.records.types import record_types
from congso.kernel.search.marks import all_of, any_of, kind_mark, words_of
from congso.kernel.search.texts import states_named
from congso.lib.document_types import DOCUMENT_TYPES, type_named, types_abbreviated
from congso.lib.vietnamese import clean_line, fold

_NAMES = {
    "loai": "kind", "loai van ban": "kind", "ten loai": "kind",
    "co quan": "issuer", "co quan ban hanh": "issuer", "noi ban hanh": "issuer",
    "don vi": "unit", "don vi chu tri": "unit",
    "trang thai": "state",
    "nguoi ky": "signer",
    "tu": "from", "tu ngay": "from",
    "den": "to", "den ngay": "to",
    "tai": "as_of", "tai ngay": "as_of",
    "nam": "year",
}  # fmt: skip
_FIELD = re.compile(r"(?<!\w)(" + "|".join(sorted(_NAMES, key=len, reverse=True)) + r")\s*:(?!//)\s*", re.IGNORECASE)
_VALUE = re.compile(r"\s*[\"“”„«»]([^\"“”„«»]*)[\"“”„«»]|\s*([^,;]*)")
_DATE = re.compile(r"(?:(?:(\d{1,2})[/.-])?(\d{1,2})[/.-])?(\d{4})$|(\d{4})-(\d{1,2})-(\d{1,2})$")
_LONGEST_NAME = 14  # words
_EARLIEST, _LATEST = 1900, 2999


class Typed(NamedTuple):
    """One filter as typed."""

    field: str
    value: str
    is_quoted: bool


@dataclass(frozen=True)
class Narrowing:
    """What typed filters mean: `marks` is a tsquery over index tokens, `words` what remains to be found.

    `ignored` are the filters that name nothing known; their words are looked for as words.
    """

    words: str
    types: tuple[str, ...] = ()
    states: tuple[str, ...] = ()
    years: tuple[int, ...] = ()
    since: date | None = None
    until: date | None = None
    marks: str = ""
    ignored: tuple[str, ...] = ()
    is_any: bool = False


def split_fields(typed: str) -> tuple[str, list[Typed]]:
    """The words outside filters, and the filters in order. Nothing typed is an error."""
    line = clean_line(typed)
    found = list(_FIELD.finditer(fold(line)))  # as long as the line
    if not found:
        return line, []
    words, fields = [line[: found[0].start()].strip()], []
    for place, one in enumerate(found):
        end = found[place + 1].start() if place + 1 < len(found) else len(line)
        value = _VALUE.match(line[one.end() : end])
        said = value.group(1) if value and value.group(1) is not None else (value.group(2) if value else "")
        fields.append(Typed(_NAMES[one.group(1).lower()], said.strip(), bool(value and value.group(1) is not None)))
        words.append(line[one.end() + (value.end() if value else 0) : end].strip(" ,;"))
    return " ".join(word for word in words if word.strip()), fields


def narrowing(typed: str) -> Narrowing:
    """The question without its filters, and what these mean."""
    words, fields = split_fields(typed)
    if not fields:
        return Narrowing(words)
    found = _Found()
    for field in fields:
        found.take(field)
    return Narrowing(
        " ".join(part for part in (words, *found.words) if part),
        types=tuple(found.types),
        states=tuple(found.states),
        years=tuple(found.years),
        since=max(found.since, default=None),
        until=min(found.until, default=None),
        marks=" & ".join(f"({query})" for query in found.marks),
        ignored=tuple(found.ignored),
        is_any=bool(found.types or found.states or found.years or found.since or found.until or found.marks),
    )


class _Found:
    """What has been understood so far."""

    def __init__(self) -> None:
        self.words: list[str] = []
        self.types: list[str] = []
        self.states: list[str] = []
        self.years: list[int] = []
        self.since: list[date] = []
        self.until: list[date] = []
        self.marks: list[str] = []
        self.ignored: list[str] = []

    def take(self, field: Typed) -> None:
        """Understand one filter; what names nothing is looked for as words."""
        words = field.value.split()
        most = min(len(words), _LONGEST_NAME)
        lengths = range(most, 0, -1) if not field.is_quoted else [most][: len(words)]
        for length in lengths:
            if _TAKERS[field.field](self, " ".join(words[:length])):
                self.words.append(" ".join(words[length:]))
                return
        named = words_of("j", field.value) if field.field == "issuer" else []
        if named:  # nobody in the directory; papers come from elsewhere too
            self.marks.append(all_of(named))
            return
        self.ignored.append(field.value)
        self.words.append(field.value)

    def kind(self, value: str) -> bool:
        """A kind of paper, by name or abbreviation, or a kind of record."""
        wanted = fold(value).lower()
        types = [each.key for each in record_types() if fold(str(each.label)).lower() == wanted]
        named = type_named(value, DOCUMENT_TYPES)
        kinds = [named.name] if named else [kind.name for kind in types_abbreviated(value, DOCUMENT_TYPES)]
        if kinds:
            self.marks.append(any_of(all_of([kind_mark(kind)]) for kind in kinds))
        elif types:
            self.types += types
        return bool(kinds or types)

    def issuer(self, value: str) -> bool:
        """An organization that issued it, whose it is or whose unit carries it; by any name it bore."""
        ids = _organizations(value)
        if ids:
            marks = [all_of([f"~{letter}{pk}"]) for pk in ids for letter in "oi"]
            self.marks.append(any_of([*marks, all_of(words_of("j", value))]))
        return bool(ids)

    def unit(self, value: str) -> bool:
        """A unit that carries it or whose it is, by any name it bore."""
        ids = _organizations(value)
        if ids:
            self.marks.append(any_of(all_of([f"~o{pk}"]) for pk in ids))
        return bool(ids)

    def state(self, value: str) -> bool:
        """A state of life by its word."""
        states = states_named(value)
        self.states += states
        return bool(states)

    def signer(self, value: str) -> bool:
        """Who signed, by any part of the name; a name in capitals ends where capitals end."""
        words = value.split()
        if words[0][0].isupper() and not all(word[0].isupper() for word in words):
            return False
        marks = all_of(words_of("k", value))
        if marks:
            self.marks.append(marks)
        return bool(marks)

    def first_day(self, value: str) -> bool:
        """From a day, the first of a month or of a year."""
        span = days_of(value)
        if span:
            self.since.append(span[0])
        return span is not None

    def last_day(self, value: str) -> bool:
        """To a day, the last of a month or of a year."""
        span = days_of(value)
        if span:
            self.until.append(span[1])
        return span is not None

    def year(self, value: str) -> bool:
        """Of a year."""
        is_year = value.isascii() and value.isdigit() and _EARLIEST <= int(value) <= _LATEST
        if is_year:
            self.years.append(int(value))
        return is_year


_TAKERS: dict[str, Callable[[_Found, str], bool]] = {
    "kind": _Found.kind,
    "issuer": _Found.issuer,
    "unit": _Found.unit,
    "state": _Found.state,
    "signer": _Found.signer,
    "from": _Found.first_day,
    "to": _Found.last_day,
    "as_of": _Found.last_day,  # what there was on that day
    "year": _Found.year,
}


def days_of(written: str) -> tuple[date, date] | None:
    """First and last day of a day, a month or a year as people write them; None for anything else."""
    found = _DATE.match(written.strip())
    if not found:
        return None
    day, month, year = found.group(1, 2, 3) if found.group(3) else found.group(6, 5, 4)
    if not _EARLIEST <= int(year) <= _LATEST:
        return None
    try:
        first = date(int(year), int(month or 1), int(day or 1))
        last_month = int(month or 12)
        last = first if day else date(int(year), last_month, calendar.monthrange(int(year), last_month)[1])
    except (ValueError, calendar.IllegalMonthError):
        return None
    return first, last


def _organizations(name: str) -> Sequence[int]:
    wanted = " ".join(fold(name).lower().split())
    return organizations_named([wanted]).get(wanted, [])
