"""Writing the journal: one line an act, in the act's own transaction."""

from datetime import datetime
from typing import Any

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
    entry = Entry(
        at=at, act=act, actor=actor, actor_label=actor_label, organization_id=organization_id,
        record_id=record_id, facts=facts or {},
    )
    entry.save(force_insert=True)
