"""Taking over records from another system: many at once, each in the state its flow keeps for them."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import models, transaction
from django.db.models.sql import InsertQuery
from django.utils import timezone

from congso.kernel.access import principals
from congso.kernel.access.services import Actor, current_principals
from congso.kernel.directory.queries import title_of
from congso.kernel.journal.services import write_entry
from congso.kernel.records.models import Record, TimelineEntry
from congso.kernel.workflow.flow import flow_of
from congso.kernel.workflow.services import NotYours

LABEL = "Chuyển từ hệ thống cũ"


def start_migrated(
    records: Sequence[Record], *, notes: Sequence[str], by: Actor, at: datetime, facts: dict[str, Any]
) -> None:
    """Bring records of one type and owner to life in their flow's `migrated` state, in one transaction.

    Like `start`, for many: audience and handlers by the flow, a line in each record's timeline with its note,
    one journal line for all with the facts. Nobody is notified, no number is given. Raises NotYours.
    """
    if not records:
        return
    first = records[0]
    flow = flow_of(first.type)
    if not current_principals() & {p for role in flow.migrated_by for p in role.principals(first)}:
        who = ", ".join(str(role.label).lower() for role in flow.migrated_by)
        raise NotYours(f"Chỉ {who} của {first.owner.short_name} chuyển hồ sơ từ hệ thống cũ vào sổ này.")
    state = flow.state(flow.migrated)
    reader = principals.role(principals.Role.READER)
    for record in records:
        record.state = flow.migrated
        record.audience = sorted(flow.audience(record, flow.migrated) | {reader})
        record.handlers = sorted(flow.handlers(record, flow.migrated))
        record.closed_at = at if state.is_closed else None
        record.created_by_id = by.person_id
        record.created_at = record.updated_at = at
    label = title_of(by.person_id, timezone.localdate(at)) if by.person_id else "Hệ thống"
    with transaction.atomic():
        _insert(records)
        TimelineEntry.objects.bulk_create(
            TimelineEntry(
                record_id=record.pk,
                at=at,
                person_id=by.person_id,
                actor_label=label,
                act="migrate",
                label=LABEL,
                to_state=flow.migrated,
                note=note,
            )
            for record, note in zip(records, notes, strict=True)
        )
        write_entry(
            act=f"{first.type}.migrate",
            actor=str(by),
            actor_label=label,
            at=at,
            organization_id=first.owner_id,
            facts={"count": len(records), **facts},
        )


def _insert(records: Sequence[Record]) -> None:
    """The rows of the spine, then those of the type's own table: Django makes both at once for single objects only."""
    model = type(records[0])
    spine = [
        Record(**{field.attname: getattr(record, field.attname) for field in Record._meta.concrete_fields})
        for record in records
    ]
    for record, made in zip(records, Record.objects.bulk_create(spine), strict=True):
        record.pk = record.id = made.pk
    if model is not Record:
        own: list[models.Field[Any, Any]] = list(model._meta.local_concrete_fields)
        query = InsertQuery(model)
        query.insert_values(own, list(records))
        query.get_compiler(using="default").execute_sql()
    for record in records:
        record._state.adding = False
