"""Doing what the flow calls an act, on the programme as it stands at this moment."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

from django.db import transaction

from congso.apps.programme.flow import FLOW
from congso.apps.programme.models import Programme
from congso.apps.programme.queries import programme_of, refresh_parties
from congso.kernel.access.services import Actor
from congso.kernel.records.models import Record
from congso.kernel.workflow.services import Move, NotYours, act, check

NOT_YOURS = "Bạn không có quyền thực hiện việc này, hoặc chương trình đã chuyển sang bước khác."


@contextmanager
def moving(programme: Programme, key: str, *, by: Actor, at: datetime, note: str = "") -> Iterator[Move]:
    """Lock the programme, carry out the transition on it as it stands, hand it to those its items now name."""
    with transaction.atomic():
        fresh = Record.objects.select_for_update().filter(pk=programme.pk).values_list("version", flat=True).first()
        if fresh is None or fresh != programme.version:
            try:
                programme.__dict__.update(programme_of(programme.pk).__dict__)
            except Programme.DoesNotExist:
                raise NotYours(NOT_YOURS) from None
        check(programme, FLOW.transition(key), at=at, note=note)
        with act(programme, key, by=by, at=at, note=note) as move:
            yield move
            refresh_parties(programme)


def save(programme: Programme, **changes: object) -> None:
    """Write the named columns; spine and own columns go to their tables."""
    for name, value in changes.items():
        setattr(programme, name, value)
    programme.save(update_fields=list(changes))
