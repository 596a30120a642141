"""Reading the journal as it is proved. Auditors, or the owner at the command line."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.db import connection, transaction

from congso.kernel.journal.chain import Fault, Line, faults
from congso.kernel.journal.models import Seal, Unsealed


@dataclass(frozen=True)
class Verdict:
    """What a verification found: how many lines stand, the first fault of each chain, the unsealed tail."""

    sealed: int
    faults: tuple[Fault, ...]
    unsealed: int
    heads: dict[int, str]


def verify_journal() -> Verdict:
    """Read every chain from its first line and check it. Memory does not grow with the journal."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM journal_entry e WHERE NOT EXISTS"
            " (SELECT 1 FROM journal_seal s WHERE s.entry_id = e.id)"
            " AND NOT EXISTS (SELECT 1 FROM journal_unsealed u WHERE u.entry_id = e.id)"
        )
        lost = cursor.fetchone()[0]
    found = tuple(faults(_lines()))
    if lost:
        found += (Fault(0, 0, f"{lost} dòng không nằm trong chuỗi nào"),)
    heads = dict(
        Seal.objects.order_by("organization_id", "-position")
        .distinct("organization_id")
        .values_list("organization_id", "digest")
    )
    return Verdict(Seal.objects.count(), found, Unsealed.objects.count(), heads)


def _lines() -> Iterator[Line]:
    with transaction.atomic(), connection.chunked_cursor() as cursor:
        cursor.execute(
            "SELECT s.organization_id, s.position, s.previous, s.digest, e.id, e.at, e.organization_id, e.actor,"
            " e.actor_label, e.act, e.record_id, e.facts::text"
            " FROM journal_seal s LEFT JOIN journal_entry e ON e.id = s.entry_id"
            " ORDER BY s.organization_id, s.position"
        )
        for row in cursor:
            yield Line(*row)
