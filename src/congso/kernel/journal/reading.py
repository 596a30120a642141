"""Reading the book from the database, in the order in which it is checked and written out.

An entry's text is made by the statement itself, not by a stored function somebody may have changed.
"""

from collections.abc import Iterable, Iterator
from typing import Any

from django.db import connection, transaction

from congso.kernel.journal.chain import Line

Heads = dict[int, tuple[int, str]]
Range = tuple[int, int, int]  # chain, the position before the first line, the last position

TEXT = """pg_catalog.jsonb_build_array(e.id,
 pg_catalog.to_char(e.at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'),
 e.organization_id, e.actor, e.actor_label, e.act, e.record_id, e.facts)::text"""
_LINE = f"SELECT s.organization_id, s.position, s.previous, s.digest, e.organization_id, {TEXT}"
_WITH_ENTRY = "LEFT JOIN journal_entry e ON e.id = s.entry_id"
_RANGES = "unnest(%s::bigint[], %s::bigint[], %s::bigint[]) AS r(chain, past, last)"
_WITHIN = "s.organization_id = r.chain AND s.position > r.past AND s.position <= r.last"
_ORDER = "ORDER BY s.organization_id, s.position"
_LINES = f"{_LINE} FROM {_RANGES} JOIN journal_seal s ON {_WITHIN} {_WITH_ENTRY} {_ORDER}"
_DIGESTS = f"SELECT s.organization_id, s.position, s.digest FROM {_RANGES} JOIN journal_seal s ON {_WITHIN} {_ORDER}"  # noqa: S608

# One step an index for each chain, however long the chains are.
_HEADS = """
WITH RECURSIVE chains(id) AS (
  (SELECT s.organization_id FROM journal_seal s ORDER BY s.organization_id LIMIT 1)
  UNION ALL
  SELECT (SELECT s.organization_id FROM journal_seal s WHERE s.organization_id > chains.id
          ORDER BY s.organization_id LIMIT 1)
  FROM chains WHERE chains.id IS NOT NULL)
SELECT chains.id, head.position, head.digest FROM chains CROSS JOIN LATERAL (
  SELECT s.position, s.digest FROM journal_seal s WHERE s.organization_id = chains.id
  ORDER BY s.position DESC LIMIT 1) AS head
"""
_STRAYS = f"""
SELECT e.organization_id, {TEXT} FROM journal_entry e
WHERE NOT EXISTS (SELECT 1 FROM journal_seal s WHERE s.entry_id = e.id)
  AND NOT EXISTS (SELECT 1 FROM journal_unsealed u WHERE u.entry_id = e.id) ORDER BY e.id
"""  # noqa: S608 - a constant


def heads() -> Heads:
    """Where every chain stands now."""
    with connection.cursor() as cursor:
        cursor.execute(_HEADS)
        return {chain: (position, digest) for chain, position, digest in cursor.fetchall()}


def ranges(past: Heads, last: Heads) -> list[Range]:
    """What lies between two stands of the book."""
    found = ((chain, past.get(chain, (0, ""))[0], position) for chain, (position, _) in last.items())
    return sorted(one for one in found if one[1] < one[2])


def lines(within: Iterable[Range]) -> Iterator[Line]:
    """The lines of the ranges, ordered by chain and position; a few at a time."""
    for row in _rows(_LINES, within):
        yield Line(*row)


def digests(within: Iterable[Range]) -> Iterator[tuple[int, int, str]]:
    """Chain, position and digest of the same lines: the leaves of a checkpoint's tree."""
    yield from _rows(_DIGESTS, within)


def strays() -> Iterator[tuple[int, str]]:
    """Entries that stand in no chain and wait for none: nobody can have written them but past the product."""
    yield from _streamed(_STRAYS, [])


def _rows(statement: str, within: Iterable[Range]) -> Iterator[Any]:
    wanted = list(within)
    if wanted:
        yield from _streamed(statement, [list(column) for column in zip(*wanted, strict=True)])


def _streamed(statement: str, values: list[Any]) -> Iterator[Any]:
    with transaction.atomic(), connection.chunked_cursor() as cursor:
        cursor.execute(statement, values)
        while rows := cursor.fetchmany(5000):
            yield from rows
