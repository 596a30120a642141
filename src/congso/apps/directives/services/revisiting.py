"""Tasks whose source was replaced or recalled: taken up again or kept as they are, all of one source in one press.

Nothing of this happens by itself: the machine finds them, whoever assigned them decides.
"""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from congso.apps.directives.models import Task
from congso.apps.directives.queries import task_of
from congso.apps.directives.services.judging import reopen_task
from congso.apps.directives.services.moving import moving
from congso.kernel.access.services import Actor
from congso.kernel.records.models import Record
from congso.kernel.workflow.services import Refused


def keep_task(task: Task, *, by: Actor, at: datetime, note: str = "") -> None:
    """The task stands although its source does not any more."""
    with moving(task, "keep", by=by, at=at, note=note):
        pass


@transaction.atomic
def reopen_completed(tasks: Sequence[Task], source: Record, *, by: Actor, at: datetime) -> int:
    """Let those that were done by what the source said go on, with that as the reason; all of them or none."""
    done = [task for task in tasks if task.state == "completed"]
    if not done:
        raise Refused("Không có nhiệm vụ nào đã hoàn thành theo văn bản này để mở lại.")
    note = f"{source.number or source.title[:200]} không còn hiệu lực: xem lại kết quả theo văn bản mới."
    for task in done:
        reopen_task(task_of(task.pk), by=by, at=at, note=note)
    return len(done)


@transaction.atomic
def keep_all(tasks: Sequence[Task], source: Record, *, by: Actor, at: datetime) -> int:
    """All of them stand as they are; they are not asked about again for this source."""
    note = f"{source.number or source.title[:200]} không còn hiệu lực; nhiệm vụ vẫn thực hiện như đã giao."
    for task in tasks:
        keep_task(task_of(task.pk), by=by, at=at, note=note)
    return len(tasks)
