"""Doing what the flow calls an act, on the task as it stands at this moment."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

from congso.apps.directives.flow import JUDGED_BY_OTHERS
from congso.apps.directives.models import Task
from congso.apps.directives.queries import gather_parties, stands_on_lead_side
from congso.kernel.access.services import Actor, current_principals
from congso.kernel.workflow.moving import moved
from congso.kernel.workflow.services import Move, NotYours

_NOT_YOURS = "Bạn không có quyền thực hiện việc này, hoặc việc đã chuyển sang người khác."


@contextmanager
def moving(task: Task, key: str, *, by: Actor, at: datetime, note: str = "") -> Iterator[Move]:
    """Lock the task, read it anew if somebody acted meanwhile, and carry out the transition.

    Raises NotYours also for whoever acts for the lead and would judge its own work through another post.
    """
    with moved(task, key, read=_read, refusal=_NOT_YOURS, by=by, at=at, note=note) as move:
        if key in JUDGED_BY_OTHERS and stands_on_lead_side(task, current_principals()):
            raise NotYours("Người của đơn vị chủ trì không tự xác nhận, gia hạn việc của mình.")
        yield move


def _read(pk: int) -> Task:
    task = Task.objects.get(pk=pk)
    gather_parties(task)
    return task
