"""Lines of the journal about signing: who, with which certificate, which bytes. Never a PIN."""

from datetime import datetime
from typing import Any

from django.utils import timezone

from congso.kernel.access.services import Actor
from congso.kernel.directory.queries import title_of
from congso.kernel.journal.services import write_entry


def note(act: str, *, by: Actor, at: datetime, organization_id: int | None = None, **facts: Any) -> None:
    """Write that the act happened, in the running transaction."""
    label = title_of(by.person_id, timezone.localdate(at)) if by.person_id else "Hệ thống"
    write_entry(
        act=f"signing.{act}", actor=str(by), actor_label=label, at=at, organization_id=organization_id or 0, facts=facts
    )
