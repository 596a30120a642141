"""Writing the journal, one line an act in the act's own transaction, sealing it, and noting how it was found."""

from datetime import datetime
from typing import Any

from django.db import connection
from django.utils import timezone

from congso.kernel.journal.models import Entry, Verification
from congso.kernel.journal.queries import Verdict


def write_entry(
    *,
    act: str,
    actor: str,
    actor_label: str,
    at: datetime,
    organization_id: int = 0,
    record_id: int | None = None,
    facts: dict[str, Any] | None = None,
) -> None:
    """Record that the act happened. `actor` must be the transaction's own (the database checks)."""
    Entry.objects.create(
        at=at,
        act=act,
        actor=actor,
        actor_label=actor_label,
        organization_id=organization_id,
        record_id=record_id,
        facts=facts or {},
    )


def seal_journal() -> int:
    """Give every settled entry its place in its chain; returns how many. Safe to call from anywhere."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT congso.seal_journal()")
        return int(cursor.fetchone()[0])


def note_verification(verdict: Verdict, *, started_at: datetime) -> Verification:
    """Keep what a reading of the whole book found, for the auditors' screen."""
    return Verification.objects.create(
        started_at=started_at,
        finished_at=timezone.now(),
        sealed=verdict.sealed,
        chains=len(verdict.heads),
        checkpoints=verdict.checkpoints,
        unsealed=verdict.unsealed,
        faults=[str(fault) for fault in verdict.faults],
    )
