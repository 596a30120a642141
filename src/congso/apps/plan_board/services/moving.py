"""Doing what the flow calls an act, on the plan as it stands at this moment."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

from django.db import transaction

from congso.apps.plan_board.models import Plan
from congso.apps.plan_board.queries import plan_of
from congso.kernel.access.services import Actor
from congso.kernel.records.models import Record
from congso.kernel.workflow.services import Move, NotYours, act

_NOT_YOURS = "Bạn không có quyền thực hiện việc này, hoặc việc đã chuyển sang người khác."


@contextmanager
def moving(plan: Plan, key: str, *, by: Actor, at: datetime, note: str = "") -> Iterator[Move]:
    """Lock the plan, read its tree anew, and carry out the transition. `move.record` is the plan read anew."""
    with transaction.atomic():
        if Record.objects.select_for_update().filter(pk=plan.pk).first() is None:
            raise NotYours(_NOT_YOURS)
        try:
            fresh = plan_of(plan.pk)
        except Plan.DoesNotExist:
            raise NotYours(_NOT_YOURS) from None
        with act(fresh, key, by=by, at=at, note=note) as move:
            yield move
        plan.state, plan.version = fresh.state, fresh.version


def gather(plan: Plan) -> None:
    """Read the tree again after it changed, so that who sees the plan follows from it."""
    fresh = plan_of(plan.pk)
    plan._prefetched_objects_cache = fresh._prefetched_objects_cache  # type: ignore[attr-defined]


def changing(plan: Plan) -> str:
    """What the flow calls a change of the tree in the plan's state."""
    return "edit" if plan.state == "draft" else "adjust"


def save(record: Record, **changes: object) -> None:
    """Write the named columns; spine and own columns go to their tables."""
    for name, value in changes.items():
        setattr(record, name, value)
    record.save(update_fields=list(changes))
