"""The one question: words in, the best records and how all hits divide out."""

import json
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass, replace
from typing import Any

from django.db import connection
from django.utils import timezone

from congso.kernel.directory.finding import organizations_named
from congso.kernel.directory.models import Organization
from congso.kernel.records.models import Record
from congso.kernel.records.naming import name_as_of_their_day
from congso.kernel.records.types import record_types
from congso.kernel.search.answers import Bucket, Facets, Filters, Hit, Results, counted_with, facets_of
from congso.kernel.search.fields import Narrowing, narrowing
from congso.kernel.search.fusing import Ranked, fuse
from congso.kernel.search.highlights import marked
from congso.kernel.search.models import Entry
from congso.kernel.search.places import Passage, near_passages, saying_passages
from congso.kernel.search.reading import MAX_CHARACTERS, Reading, given, possible_names, readings
from congso.kernel.search.wanted import wanted
from congso.lib.vietnamese import fold

__all__ = ["MAX_PAGE", "PAGE", "Bucket", "Facets", "Filters", "Hit", "Results", "search"]

EVERYTHING = Filters()
COUNTED = 5_000  # of a very common word; the database's copy is in internal/functions.sql
PAGE = 20
MAX_PAGE = 100
_TOLD_NAMES = 3
_SENTENCE = 5  # from so many words on few records have all, and what is nearest counts
_QUESTION = 10  # nobody expects so many words in one record
_ENOUGH = 10  # records that have all words of a sentence; with fewer, the nearest are looked for
_FUSED = 300  # of the records found by words, those put in order together with those found by meaning
_READ = 60  # of these, those whose passages are read
_NEAR = 100  # passages found by meaning
_LIKE = 0.86  # of few words: what is less near is not what was meant
_FIRST_YEAR = 1930

_NEAREST = "Ít hồ sơ có đủ các từ; đang hiện những hồ sơ gần nhất với câu hỏi."


def search(
    text: str,
    *,
    filters: Filters = EVERYTHING,
    limit: int = PAGE,
    offset: int = 0,
    by_meaning: bool = True,
    with_facets: bool = True,
) -> Results:
    """The best of what the running transaction's actor may see, with facets over all of it where somebody shows them.

    Without accents any accents are found; with them, only these, unless nothing has them. Symbols of papers
    are found whole, quotation marks keep words together, filters may be typed (`fields`). A sentence is answered by
    words and meaning together; to a few words that few records have, what means the same is added. Never raises for
    anything typed.
    """
    begun = _Begun(time.perf_counter(), with_facets)
    typed = narrowing(text[: 2 * MAX_CHARACTERS])
    filters = filters.and_typed(typed)
    tried = readings(typed.words)
    size, first = max(1, min(limit, MAX_PAGE)), max(0, offset)
    if not tried and typed.is_any:
        return _results("", Reading(), _ask(_anything(filters), filters, size, first), _ignored(typed), begun)
    if not tried:
        return Results(message="Hãy gõ từ cần tìm: số, ký hiệu hoặc vài chữ trong nội dung." if text.strip() else "")
    named = _named(typed.words)
    is_first = first + size <= _FUSED
    reading, answer = _first_answer(tried, named, filters, _FUSED if is_first else size, 0 if is_first else first)
    note = _note(typed.words, tried[0], reading) or answer.get("note", "") or _names_note(named)
    note = " ".join(filter(None, [note, _ignored(typed)]))
    if not is_first:
        return _results(typed.words, reading, answer, note, begun)
    found = _with_meaning(typed.words, reading, answer, filters) if by_meaning else None
    return _results(typed.words, reading, answer, note, begun, page=slice(first, first + size), order=found)


@dataclass(frozen=True)
class _Begun:
    """When the question was asked, and whether its facets are shown."""

    at: float
    with_facets: bool


@dataclass(frozen=True)
class _Order:
    """Records in the order of words and meaning together; `extra` were found by meaning alone."""

    ranked: list[Ranked]
    likeness: Mapping[int, float]
    extra: frozenset[int]


def _with_meaning(question: str, reading: Reading, answer: Mapping[str, Any], filters: Filters) -> _Order | None:
    """The order of a sentence's records; of few words, their records and then what is near. None: as words found it."""
    words: list[int] = answer["hits"]
    is_sentence = _is_sentence(reading)
    if reading.phrases or not (is_sentence or _is_meant(reading, answer)):
        return None
    near = near_passages(question, most=_NEAR, filters=filters.as_json())
    likeness: dict[int, float] = {}
    for one in near:
        likeness.setdefault(one.record, one.likeness)
    if not is_sentence:
        likeness = {record: value for record, value in likeness.items() if value >= _LIKE}
        extra = [record for record in likeness if record not in set(words)]
        ranked = [Ranked(*pair) for pair in zip(words, answer["scores"], strict=True)]
        return _Order([*ranked, *(Ranked(record, 0.0) for record in extra)], likeness, frozenset(extra))
    best = _saying(reading, [*words[:_READ], *likeness])
    said = {one.record: one.said for one in best}
    by_words = [Ranked(*pair) for pair in zip(words, answer["scores"], strict=True)]
    fitting = _fitting(question, [*near, *best])
    ranked = fuse(by_words, said, likeness, named=int(answer.get("named", 0)), fitting=fitting)
    return _Order(ranked, likeness, frozenset(likeness) - frozenset(words))


def _is_meant(reading: Reading, answer: Mapping[str, Any]) -> bool:
    """Several words, none a symbol, that few records have."""
    return len(reading.groups) > 1 and answer["total"] < _ENOUGH and not any(g.is_symbol for g in reading.groups)


def _saying(reading: Reading, records: Iterable[int]) -> list[Passage]:
    """Of each record the passage that says most of the question."""
    return saying_passages(reading, dict.fromkeys(records), of_each=1, most=2 * _FUSED)


def _fitting(question: str, found: Iterable[Passage]) -> set[int]:
    """The records whose first passage here has the kind of thing the question asks for."""
    form = wanted(question)
    firsts: dict[int, str] = {}
    for one in found if form else ():
        firsts.setdefault(one.record, one.text)
    return {record for record, text in firsts.items() if form and form.search(text.lower())}


def _anything(filters: Filters) -> Reading:
    """A question of filters alone: everything they let through, newest first."""
    if filters.marks:
        return Reading((given(filters.marks),))
    years = filters.years or range(
        filters.since.year if filters.since else _FIRST_YEAR, (filters.until or timezone.localdate()).year + 2
    )
    return Reading((given(" | ".join(f"'~{year}'" for year in years)),))


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


def _results(
    question: str,
    reading: Reading,
    answer: Mapping[str, Any],
    note: str,
    begun: _Begun,
    *,
    page: slice = slice(None),
    order: _Order | None = None,
) -> Results:
    ranked = order.ranked if order else [Ranked(*pair) for pair in zip(answer["hits"], answer["scores"], strict=True)]
    shown = ranked[page]
    with _by_key() if shown else nullcontext():
        rows = _rows([one.record for one in shown], [one.score for one in shown], reading.words)
        extra = _counted(order.extra) if order else []
    total = int(answer["total"])
    return Results(
        rows=tuple(
            replace(
                hit,
                likeness=order.likeness.get(hit.record.pk, 0.0),
                is_by_meaning_alone=hit.record.pk in order.extra,
            )
            for hit in rows
        )
        if order
        else rows,
        facets=facets_of(counted_with(answer["facets"], extra)) if begun.with_facets else Facets(),
        ranked=answer["ranked"] + len(extra),
        total=(min(total, COUNTED) if answer["more"] else total) + len(extra),
        is_more=answer["more"],
        message=note,
        milliseconds=(time.perf_counter() - begun.at) * 1000,
        question=question,
        reading=reading,
        by_meaning=len(extra),
    )


@contextmanager
def _by_key() -> Iterator[None]:
    """Read rows by their keys: for somebody with a thousand principals the planner would rather look each of these up
    in the index of audiences, which takes half a second.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('enable_bitmapscan', 'off', true)")
    yield
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('enable_bitmapscan', 'on', true)")


def _counted(records: Iterable[int]) -> list[Entry]:
    """What was found by meaning, as far as facets count it, read under the policy."""
    ids = list(records)
    return list(Entry.objects.filter(pk__in=ids).only("type", "owner_id", "unit_id", "day")) if ids else []


def _rows(ids: list[int], scores: list[float], words: set[str]) -> tuple[Hit, ...]:
    """The records themselves, read once more under the policy: an independent check of the same rule."""
    types = {each.key: each for each in record_types()}
    found = name_as_of_their_day(Record.objects.select_related("owner", "unit").filter(pk__in=ids))
    records = {record.pk: record for record in found}
    return tuple(
        Hit(record, types.get(record.type), marked(record.title, words), marked(record.number, words), score)
        for record, score in ((records[key], score) for key, score in zip(ids, scores, strict=True) if key in records)
    )


def _names_note(named: Mapping[str, Sequence[int]]) -> str:
    """Whose records are shown too: organizations named otherwise today than in the question."""
    ids = {pk for found in named.values() for pk in found}
    names = Organization.objects.filter(id__in=ids).order_by("name_key").values_list("name", flat=True) if ids else ()
    others = [name for name in names if fold(name).lower() not in named]
    if not others:
        return ""
    told = ", ".join(others[:_TOLD_NAMES]) + ("…" if len(others) > _TOLD_NAMES else "")
    return f"Gồm cả hồ sơ của {told}: cùng một tổ chức qua các thời kỳ."


def _ignored(typed: Narrowing) -> str:
    """Filters nobody understood."""
    named = [value for value in typed.ignored if value]
    return f"Không rõ bộ lọc “{named[0][:60]}”; đang tìm như từ ngữ." if named else ""


def _note(typed: str, asked: Reading, used: Reading) -> str:
    if used is not asked:
        if used == asked.without_accents():
            return "Không có kết quả đúng dấu; đang hiện kết quả không phân biệt dấu."
        words = " ".join(" ".join(group.readings[0]) for group in used.groups)
        return f"Không có kết quả cho “{typed.strip()[:80]}”; đang hiện kết quả cho “{words}”."
    if len(typed.strip()) > MAX_CHARACTERS:
        return f"Câu tìm quá dài; chỉ tìm {MAX_CHARACTERS} ký tự đầu."
    return ""
