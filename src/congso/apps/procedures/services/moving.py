"""Doing what a flow calls an act, on the record as it stands at this moment."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

from django.db import transaction

from congso.apps.procedures.flow import NOT_ONES_OWN
from congso.apps.procedures.models import Case
from congso.apps.procedures.queries import gather
from congso.kernel.access.services import Actor
from congso.kernel.records.models import Record
from congso.kernel.workflow.moving import read_anew
from congso.kernel.workflow.services import Move, NotYours, act

_NOT_YOURS = "Bạn không có quyền thực hiện việc này, hoặc việc đã chuyển sang người khác."


@contextmanager
def moving(record: Record, key: str, *, by: Actor, at: datetime, note: str = "") -> Iterator[Move]:
    """Lock the record, read it anew if somebody acted meanwhile, and carry out the transition.

    Raises NotYours also for who would decide on her own application.
    """
    with transaction.atomic():
        read_anew(record, type(record).objects.get, refusal=_NOT_YOURS)
        if isinstance(record, Case):
            gather(record)
            if key in NOT_ONES_OWN and by.person_id is not None and by.person_id == record.applicant_id:
                raise NotYours("Không ai tiếp nhận, giải quyết hồ sơ do chính mình nộp; hãy để người khác làm.")
        with act(record, key, by=by, at=at, note=note) as move:
            yield move
