"""Where in papers something is said: passages that say the words of a question, passages that mean it."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from django.db import connection

from congso.kernel.search import meaning
from congso.kernel.search.accents import restored
from congso.kernel.search.models import StoredPassage
from congso.kernel.search.reading import Reading, without_asking
from congso.lib.vietnamese import clean_line

_WORDS, _MEANING = 0.6, 0.4
_UNRELATED, _RELATED = 0.78, 0.92  # between which likenesses of this model lie


@dataclass(frozen=True)
class Passage:
    """A stretch of a record's stored text, as it stands there. Scores compare passages of one question.

    `file` is the attachment it stands in, `page` its page from 1; both None for a text that is no file's. `clause`
    is its address within the paper (“Điều 5, khoản 2”), empty where the paper has none. `said` is the share of the
    question's words it has, weighed by rarity; `likeness` how near its meaning is (0 where that was not compared).
    """

    id: int
    record: int
    file: int | None
    page: int | None
    clause: str
    text: str
    score: float = 0.0
    said: float = 0.0
    likeness: float = 0.0


def near_passages(
    question: str, *, most: int, records: Collection[int] | None = None, filters: str = "{}"
) -> list[Passage]:
    """The passages nearest in meaning, none where meanings are not known; `filters` as `Filters.as_json` gives them."""
    if not meaning.is_known():
        return []
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT id, likeness FROM congso.nearest_meaning(%s, %s::jsonb, %s, %s)",
            [
                meaning.of_question(restored(without_asking(clean_line(question)))),
                filters,
                list(records) if records is not None else None,
                most,
            ],
        )
        likeness: dict[int, float] = dict(cursor.fetchall())
    found = as_passages(StoredPassage.objects.filter(pk__in=likeness))
    return sorted((replace(one, likeness=likeness[one.id]) for one in found), key=lambda one: -one.likeness)


def nearest_of(question: str, records: Collection[int]) -> list[Passage]:
    """Of each of these records the one passage nearest in meaning."""
    best: dict[int, Passage] = {}
    for one in near_passages(question, most=20 * len(records), records=records) if records else ():
        best.setdefault(one.record, one)
    return list(best.values())


def saying_passages(reading: Reading, records: Iterable[int], *, of_each: int, most: int) -> list[Passage]:
    """The passages of these records that say most of the question's words, so many of each."""
    looked_at, groups = list(records), reading.groups
    if not looked_at:
        return []
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT id, record, file, page, clause, said, score FROM congso.best_passages(%s, %s, %s, %s, %s, %s)",
            [
                looked_at,
                [group.query for group in groups],
                [group.lead for group in groups],
                reading.pairs,
                of_each,
                most,
            ],
        )
        return [
            Passage(id=pk, record=record, file=file, page=page, clause=clause, text=text, said=said)
            for pk, record, file, page, clause, text, said in cursor.fetchall()
        ]


def fused(said: Sequence[Passage], near: Sequence[Passage]) -> list[Passage]:
    """Both kinds of finding in one order: a passage that says the words and means the thing comes first."""
    likeness: Mapping[int, float] = {one.id: one.likeness for one in near}
    known = {one.id: one for one in near} | {one.id: replace(one, likeness=likeness.get(one.id, 0.0)) for one in said}
    scored = [replace(one, score=_score(one)) for one in known.values()]
    return sorted(scored, key=lambda one: (-one.score, one.id))


def _score(one: Passage) -> float:
    related = min(max((one.likeness - _UNRELATED) / (_RELATED - _UNRELATED), 0.0), 1.0)
    return round(_WORDS * min(one.said, 1.5) + _MEANING * related, 4)


def as_passages(rows: Iterable[StoredPassage]) -> list[Passage]:
    """Rows as what they say."""
    return [Passage(row.pk, row.record_id, row.file_id, row.page, row.clause, row.text) for row in rows]
