"""Making records findable."""

import json
from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from django.db import connection
from django.utils import timezone

from congso.kernel.files.queries import pages_of
from congso.kernel.records.models import Record
from congso.kernel.search.cutting import Part, cut
from congso.kernel.search.marks import Marks
from congso.kernel.search.texts import marks_of, text_of
from congso.kernel.search.vectors import MAX_TEXT, build_vectors, passage_vector

_MOST_AT_ONCE = 2_000_000  # characters of passages in one statement


def index_record(
    record: Record, *, title: str | None = None, number: str | None = None, body: str | None = None
) -> None:
    """Make a record findable by its words as they are now. Call it in the act that made or changed them.

    What is not given is read from the record and from its system's announced text. Who may find it, its
    type, owner, unit and day are the database's own copy. Its passages are cut anew; those that stay as they were keep
    their meaning. Raises DatabaseError when the actor does not see the record. Indexing the same words again changes
    nothing.
    """
    said = text_of(record) if body is None else body
    passages = list(_passages(record, _parts(record, said)))
    _store(
        "congso.index_record(%s, %s, %s, %s, %s::jsonb)", record, said, json.dumps(passages), title=title, number=number
    )


class Words(NamedTuple):
    """What a record is to be found by."""

    record: Record
    body: str
    marks: Marks = Marks()


def index_records(found_by: Sequence[Words]) -> None:
    """`index_record` for many new records in one statement, with the texts given. Raises DatabaseError alike."""
    vectors = [
        build_vectors(number=each.record.number, title=each.record.title, body=each.body, marks=each.marks.lexemes)
        for each in found_by
    ]
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT congso.index_records(%s, %s, %s, %s)",
            [
                [each.record.pk for each in found_by],
                [each.title for each in vectors],
                [each.text for each in vectors],
                timezone.now(),
            ],
        )
    _keep_passages("congso.keep_passages", [(each.record, [Part(each.body[:MAX_TEXT])]) for each in found_by])


def reindex_record(record: Record) -> None:
    """Index as the database's owner, who needs no audience: for the command that indexes everything."""
    said = text_of(record)
    _store("congso.store_entry(%s, %s, %s, %s)", record, said)
    _keep_passages("congso.write_passages", [(record, _parts(record, said))])


def weigh_terms() -> int:
    """Count in which share of the records each word stands, and which syllables stand side by side, from samples.

    Returns how many words are known.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT congso.weigh_terms()")
        known = int(cursor.fetchone()[0])
        cursor.execute("SELECT congso.weigh_pairs()")
    return known


def _store(
    call: str, record: Record, said: str, *more: str, title: str | None = None, number: str | None = None
) -> None:
    vectors = build_vectors(
        number=record.number if number is None else number,
        title=record.title if title is None else title,
        body=said,
        marks=marks_of(record).lexemes,
    )
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {call}", [record.pk, vectors.title, vectors.text, timezone.now(), *more])


def _parts(record: Record, body: str) -> list[Part]:
    """The texts a record consists of: what its system says of it beside its files, then the pages of its files."""
    pages = pages_of(record)
    own = body.replace("\n".join(text for _file, _page, text in pages), "\n") if pages else body
    return [Part(own[:MAX_TEXT]), *(Part(text, file, page) for file, page, text in pages)]


def _keep_passages(function: str, records: Sequence[tuple[Record, list[Part]]]) -> None:
    """Store the passages in statements of bounded size; a record is never divided between two."""
    keys: list[int] = []
    rows: list[dict[str, Any]] = []
    size = 0
    for record, parts in records:
        cuts = list(_passages(record, parts))
        keys.append(record.pk)
        rows += cuts
        size += sum(len(row["text"]) for row in cuts)
        if size > _MOST_AT_ONCE:
            _write(function, keys, rows)
            keys, rows, size = [], [], 0
    if keys:
        _write(function, keys, rows)


def _passages(record: Record, parts: list[Part]) -> Iterable[dict[str, Any]]:
    """A record without a text is known by its title."""
    for position, passage in enumerate(cut(parts) or cut([Part(record.title)])):
        text = passage.text.replace("\x00", "")
        yield {
            "record": record.pk,
            "position": position,
            "file": passage.file,
            "page": passage.page,
            "clause": passage.clause,
            "text": text,
            "words": passage_vector(text),
        }


def _write(function: str, keys: list[int], rows: list[dict[str, Any]]) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {function}(%s, %s::jsonb)", [keys, json.dumps(rows)])
