"""The one question: words in, the best records and how all hits divide out."""

import json
import time
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import connection

from congso.kernel.directory.finding import organizations_named
from congso.kernel.directory.models import Organization
from congso.kernel.records.models import Record
from congso.kernel.records.naming import name_as_of_their_day
from congso.kernel.records.types import RecordType, record_types
from congso.kernel.search.highlights import Piece, marked
from congso.kernel.search.reading import MAX_CHARACTERS, Reading, possible_names, readings
from congso.lib.vietnamese import fold

COUNTED = 5_000  # of a very common word; the database's copy is in internal/functions.sql
PAGE = 20
MAX_PAGE = 100
_SHOWN_UNITS = 10
_TOLD_NAMES = 3
_SENTENCE = 5  # from so many words on few records have all, and what is nearest counts
_QUESTION = 10  # nobody expects so many words in one record
_ENOUGH = 10  # records that have all words of a sentence; with fewer, the nearest are looked for

_NEAREST = "Ít hồ sơ có đủ các từ; đang hiện những hồ sơ gần nhất với câu hỏi."


@dataclass(frozen=True)
class Filters:
    """What narrows a question: kinds of record, owners, lead units (organization ids), years."""

    types: tuple[str, ...] = ()
    owners: tuple[int, ...] = ()
    units: tuple[int, ...] = ()
    years: tuple[int, ...] = ()

    def as_json(self) -> str:
        """As the database takes them; what is not narrowed is left out."""
        named = {"type": self.types, "owner": self.owners, "unit": self.units, "year": self.years}
        return json.dumps({name: list(values) for name, values in named.items() if values})


@dataclass(frozen=True)
class Hit:
    """One record found, its title and number with what was asked for marked. Scores compare hits of one question."""

    record: Record
    type: RecordType | None
    title: tuple[Piece, ...]
    number: tuple[Piece, ...]
    score: float = 0.0


@dataclass(frozen=True)
class Bucket:
    """How many of the hits share a value; `value` is what a filter takes."""

    value: str
    label: str
    count: int


@dataclass(frozen=True)
class Facets:
    """How the hits divide, most first; years newest first; the ten first owners and units."""

    types: tuple[Bucket, ...] = ()
    owners: tuple[Bucket, ...] = ()
    units: tuple[Bucket, ...] = ()
    years: tuple[Bucket, ...] = ()


@dataclass(frozen=True)
class Results:
    """The answer: rows, facets, how many, and a sentence when the question was read otherwise than typed.

    `ranked` of the hits were put in order (newest and best titles); pages end there, and more words help more.
    """

    rows: tuple[Hit, ...] = ()
    facets: Facets = field(default_factory=Facets)
    total: int = 0
    ranked: int = 0
    is_more: bool = False
    message: str = ""
    milliseconds: float = 0.0

    @property
    def total_label(self) -> str:
        """`1.234`, or `5.000+` when there are more than were counted."""
        return f"{self.total:,}".replace(",", ".") + ("+" if self.is_more else "")


def search(text: str, *, filters: Filters = Filters(), limit: int = PAGE, offset: int = 0) -> Results:
    """The best of what the running transaction's actor may see, with facets over all of it.

    Without accents any accents are found; with them, only these, unless nothing has them. Symbols of papers
    are found whole, quotation marks keep words together. Never raises for anything typed.
    """
    begun = time.perf_counter()
    tried = readings(text)
    if not tried:
        return Results(message="Hãy gõ từ cần tìm: số, ký hiệu hoặc vài chữ trong nội dung." if text.strip() else "")
    named = _named(text)
    reading, answer = _first_answer(tried, named, filters, max(1, min(limit, MAX_PAGE)), max(0, offset))
    note = _note(text, tried[0], reading) or answer.get("note", "") or _names_note(named)
    return _results(reading, answer, note, begun)


def _named(text: str) -> dict[str, list[int]]:
    """The organizations the question names, by any name they bore; a longer name hides those within it."""
    names = possible_names(text)
    found = organizations_named(names) if names else {}
    return {name: ids for name, ids in found.items() if not any(name != other and name in other for other in found)}


def _first_answer(
    tried: list[Reading], named: Mapping[str, Sequence[int]], filters: Filters, size: int, first: int
) -> tuple[Reading, Mapping[str, Any]]:
    """The first reading that finds anything; of a sentence few records have all of, what is nearest to it."""

    def ask(reading: Reading, *, for_all_words: bool) -> Mapping[str, Any]:
        if for_all_words:
            return _ask(reading.or_of(named), filters, size, first)
        return _ask_nearest(reading.and_of(named), filters, size, first)

    answer: Mapping[str, Any] = {}
    for reading in tried:
        answer = ask(reading, for_all_words=not _is_question(reading))
        if _is_sentence(reading) and answer["total"] < _ENOUGH:
            other = ask(reading, for_all_words=_is_question(reading))
            answer = max(answer, other, key=lambda found: found["total"])
        if answer["total"]:
            return reading, answer
    return tried[0], answer


def _is_sentence(reading: Reading) -> bool:
    return len(reading.groups) >= _SENTENCE and not reading.phrases


def _is_question(reading: Reading) -> bool:
    """Long, or about a paper named by its symbol: records that have all its words are not what is asked for."""
    return _is_sentence(reading) and (
        len(reading.groups) >= _QUESTION or any(group.is_symbol for group in reading.groups)
    )


def _ask(reading: Reading, filters: Filters, size: int, first: int) -> Mapping[str, Any]:
    return _answer(
        "SELECT congso.search_records(%s, %s, %s, %s, %s, %s::jsonb, %s, %s)",
        [*_groups(reading), reading.quoted, len(reading.groups), filters.as_json(), first, size],
    )


def _ask_nearest(reading: Reading, filters: Filters, size: int, first: int) -> Mapping[str, Any]:
    answer = _answer(
        "SELECT congso.search_nearest(%s, %s, %s, %s, %s::jsonb, %s, %s)",
        [
            *_groups(reading),
            [place for place, group in enumerate(reading.groups, start=1) if group.is_symbol],
            filters.as_json(),
            first,
            size,
        ],
    )
    return {**answer, "note": _NEAREST}


def _groups(reading: Reading) -> list[list[str]]:
    return [[group.query for group in reading.groups], [group.lead for group in reading.groups], reading.pairs]


def _answer(statement: str, values: list[Any]) -> Mapping[str, Any]:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        answer: dict[str, Any] = json.loads(cursor.fetchone()[0])
    return answer


def _results(reading: Reading, answer: Mapping[str, Any], note: str, begun: float) -> Results:
    rows = _rows(answer["hits"], answer["scores"], reading.words)
    facets = _facets(answer["facets"])
    total = int(answer["total"])
    return Results(
        rows=rows,
        facets=facets,
        ranked=answer["ranked"],
        total=min(total, COUNTED) if answer["more"] else total,
        is_more=answer["more"],
        message=note,
        milliseconds=(time.perf_counter() - begun) * 1000,
    )


def _rows(ids: list[int], scores: list[float], words: set[str]) -> tuple[Hit, ...]:
    """The records themselves, read once more under the policy: an independent check of the same rule."""
    types = {each.key: each for each in record_types()}
    found = name_as_of_their_day(Record.objects.select_related("owner", "unit").filter(pk__in=ids))
    records = {record.pk: record for record in found}
    return tuple(
        Hit(record, types.get(record.type), marked(record.title, words), marked(record.number, words), score)
        for record, score in ((records[key], score) for key, score in zip(ids, scores, strict=True) if key in records)
    )


def _facets(counted: Iterable[tuple[str, str, int]]) -> Facets:
    buckets: dict[str, list[tuple[str, int]]] = {"type": [], "owner": [], "unit": [], "year": []}
    for kind, key, count in sorted(counted, key=lambda row: (-row[2], row[1])):
        buckets[kind].append((key, count))
    owners, units = buckets["owner"][:_SHOWN_UNITS], buckets["unit"][:_SHOWN_UNITS]
    names = _names({int(key) for key, _ in (*owners, *units)})
    types = {each.key: str(each.label) for each in record_types()}
    return Facets(
        types=tuple(Bucket(key, types.get(key, key), count) for key, count in buckets["type"]),
        owners=tuple(Bucket(key, names.get(key, key), count) for key, count in owners),
        units=tuple(Bucket(key, names.get(key, key), count) for key, count in units),
        years=tuple(Bucket(key, key, count) for key, count in sorted(buckets["year"], reverse=True)),
    )


def _names(ids: set[int]) -> dict[str, str]:
    found = Organization.objects.filter(id__in=ids).values_list("id", "short_name") if ids else ()
    return {str(key): name for key, name in found}


def _names_note(named: Mapping[str, Sequence[int]]) -> str:
    """Whose records are shown too: organizations named otherwise today than in the question."""
    ids = {pk for found in named.values() for pk in found}
    names = Organization.objects.filter(id__in=ids).order_by("name_key").values_list("name", flat=True) if ids else ()
    others = [name for name in names if fold(name).lower() not in named]
    if not others:
        return ""
    told = ", ".join(others[:_TOLD_NAMES]) + ("…" if len(others) > _TOLD_NAMES else "")
    return f"Gồm cả hồ sơ của {told}: cùng một tổ chức qua các thời kỳ."


def _note(typed: str, asked: Reading, used: Reading) -> str:
    if used is not asked:
        if used == asked.without_accents():
            return "Không có kết quả đúng dấu; đang hiện kết quả không phân biệt dấu."
        words = " ".join(" ".join(group.readings[0]) for group in used.groups)
        return f"Không có kết quả cho “{typed.strip()[:80]}”; đang hiện kết quả cho “{words}”."
    if len(typed.strip()) > MAX_CHARACTERS:
        return f"Câu tìm quá dài; chỉ tìm {MAX_CHARACTERS} ký tự đầu."
    return ""
