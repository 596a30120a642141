"""Doing what a flow calls an act, on the record as it stands at this moment."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

from django.db import transaction

from congso.apps.digitization.models import DigitalCopy, ScanBatch
from congso.apps.digitization.queries import batch_of, copy_of
from congso.kernel.access.services import Actor
from congso.kernel.records.models import Record
from congso.kernel.workflow.services import Move, NotYours, act

_NOT_YOURS = "Bạn không có quyền thực hiện việc này, hoặc việc đã chuyển sang người khác."


@contextmanager
def moving(record: ScanBatch | DigitalCopy, key: str, *, by: Actor, at: datetime, note: str = "") -> Iterator[Move]:
    """Lock the record, read it anew, carry out the transition. `move.record` is what was read anew."""
    with transaction.atomic():
        if Record.objects.select_for_update().filter(pk=record.pk).first() is None:
            raise NotYours(_NOT_YOURS)
        fresh: ScanBatch | DigitalCopy = batch_of(record.pk) if isinstance(record, ScanBatch) else copy_of(record.pk)
        with act(fresh, key, by=by, at=at, note=note) as move:
            yield move
        record.state, record.version = fresh.state, fresh.version


def person_of(by: Actor) -> int:
    """The acting person's id. Raises NotYours for a system."""
    if by.person_id is None:
        raise NotYours("Việc số hóa phải có người chịu trách nhiệm.")
    return by.person_id


def save(record: Record, **changes: object) -> None:
    """Write the named columns; spine and own columns go to their tables."""
    for name, value in changes.items():
        setattr(record, name, value)
    record.save(update_fields=list(changes))
