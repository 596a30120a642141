"""Doing what a flow calls an act, on the record as it stands at this moment."""

from contextlib import AbstractContextManager
from datetime import datetime

from congso.apps.digitization.models import DigitalCopy, ScanBatch
from congso.apps.digitization.queries import batch_of, copy_of
from congso.kernel.access.services import Actor
from congso.kernel.workflow.moving import moved_copy
from congso.kernel.workflow.services import Move, NotYours

_NOT_YOURS = "Bạn không có quyền thực hiện việc này, hoặc việc đã chuyển sang người khác."


def moving(
    record: ScanBatch | DigitalCopy, key: str, *, by: Actor, at: datetime, note: str = ""
) -> AbstractContextManager[Move]:
    """Lock the record, read it anew, carry out the transition. `move.record` is what was read anew."""
    if isinstance(record, ScanBatch):
        return moved_copy(record, key, read=batch_of, refusal=_NOT_YOURS, by=by, at=at, note=note)
    return moved_copy(record, key, read=copy_of, refusal=_NOT_YOURS, by=by, at=at, note=note)


def person_of(by: Actor) -> int:
    """The acting person's id. Raises NotYours for a system."""
    if by.person_id is None:
        raise NotYours("Việc số hóa phải có người chịu trách nhiệm.")
    return by.person_id
