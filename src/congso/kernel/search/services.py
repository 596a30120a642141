"""Making records findable."""

from collections.abc import Sequence
from typing import NamedTuple

from django.db import connection
from django.utils import timezone

from congso.kernel.records.models import Record
from congso.kernel.search.texts import text_of
from congso.kernel.search.vectors import build_vectors


def index_record(
    record: Record, *, title: str | None = None, number: str | None = None, body: str | None = None
) -> None:
    """Make a record findable by its words as they are now. Call it in the act that made or changed them.

    What is not given is read from the record and from its system's announced text. Who may find it, its
    type, owner, unit and day are the database's own copy. Raises DatabaseError when the actor does not see
    the record. Indexing the same words again changes nothing.
    """
    _store("congso.index_record", record, title=title, number=number, body=body)


class Words(NamedTuple):
    """What a record is to be found by."""

    record: Record
    body: str


def index_records(found_by: Sequence[Words]) -> None:
    """`index_record` for many new records in one statement, with the texts given. Raises DatabaseError alike."""
    vectors = [build_vectors(number=each.record.number, title=each.record.title, body=each.body) for each in found_by]
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


def reindex_record(record: Record) -> None:
    """Index as the database's owner, who needs no audience: for the command that indexes everything."""
    _store("congso.store_entry", record, title=None, number=None, body=None)


def weigh_terms() -> int:
    """Count in which share of the records each word stands, from a sample; returns how many words are known."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT congso.weigh_terms()")
        return int(cursor.fetchone()[0])


def _store(function: str, record: Record, *, title: str | None, number: str | None, body: str | None) -> None:
    vectors = build_vectors(
        number=record.number if number is None else number,
        title=record.title if title is None else title,
        body=text_of(record) if body is None else body,
    )
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT {function}(%s, %s, %s, %s)",
            [record.pk, vectors.title, vectors.text, timezone.now()],
        )
