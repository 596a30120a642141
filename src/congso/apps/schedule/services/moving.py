"""Doing what the flow calls an act, on the entry as it stands at this moment."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

from django.db import transaction

from congso.apps.schedule.flow import FLOW
from congso.apps.schedule.models import Entry
from congso.apps.schedule.queries import entry_of, refresh_parties
from congso.kernel.access.services import Actor
from congso.kernel.records.models import Record
from congso.kernel.workflow.services import Move, NotYours, act, check

NOT_YOURS = "Bạn không có quyền thực hiện việc này, hoặc lịch đã chuyển sang bước khác."


@contextmanager
def moving(entry: Entry, key: str, *, by: Actor, at: datetime, note: str = "") -> Iterator[Move]:
    """Lock the entry, carry out the transition on it as it stands, hand it to those who now take part."""
    with transaction.atomic():
        fresh = Record.objects.select_for_update().filter(pk=entry.pk).values_list("version", flat=True).first()
        if fresh is None or fresh != entry.version:
            try:
                entry.__dict__.update(entry_of(entry.pk).__dict__)
            except Entry.DoesNotExist:
                raise NotYours(NOT_YOURS) from None
        check(entry, FLOW.transition(key), at=at, note=note)
        with act(entry, key, by=by, at=at, note=note) as move:
            yield move
            refresh_parties(entry)
