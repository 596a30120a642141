"""Doing what the flow calls an act, on the task as it stands at this moment."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

from django.db import transaction

from congso.apps.directives.flow import JUDGED_BY_OTHERS
from congso.apps.directives.models import Task
from congso.apps.directives.queries import gather_parties, stands_on_lead_side
from congso.kernel.access.services import Actor, current_principals
from congso.kernel.records.models import Record
from congso.kernel.workflow.flow import flow_of
from congso.kernel.workflow.services import Move, NotYours, act, check

_NOT_YOURS = "Bạn không có quyền thực hiện việc này, hoặc việc đã chuyển sang người khác."


@contextmanager
def moving(task: Task, key: str, *, by: Actor, at: datetime, note: str = "") -> Iterator[Move]:
    """Lock the task, read it anew if somebody acted meanwhile, and carry out the transition.

    Raises NotYours also for whoever acts for the lead and would judge its own work through another post.
    """
    with transaction.atomic():
        version = Record.objects.select_for_update().filter(pk=task.pk).values_list("version", flat=True).first()
        if version != task.version:  # every act gives the record a new version
            _read_anew(task)
        if version is None:
            # Whoever still sees the task is told that it has moved on, not that it never was hers.
            check(task, flow_of(task.type).transition(key), at=at, note=note)
            raise NotYours(_NOT_YOURS)
        with act(task, key, by=by, at=at, note=note) as move:
            if key in JUDGED_BY_OTHERS and stands_on_lead_side(task, current_principals()):
                raise NotYours("Người của đơn vị chủ trì không tự xác nhận, gia hạn việc của mình.")
            yield move


def save(task: Task, **changes: object) -> None:
    """Write the named columns of the task; spine and own columns go to their tables."""
    for name, value in changes.items():
        setattr(task, name, value)
    task.save(update_fields=list(changes))


def _read_anew(task: Task) -> None:
    try:
        task.refresh_from_db()
    except Task.DoesNotExist:
        raise NotYours(_NOT_YOURS) from None
    gather_parties(task)
