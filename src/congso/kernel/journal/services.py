"""Writing the journal, one line an act in the act's own transaction, and sealing it."""

from datetime import datetime
from typing import Any

from django.db import connection

from congso.kernel.journal.models import Entry


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
