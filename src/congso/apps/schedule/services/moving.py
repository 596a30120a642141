"""Doing what the flow calls an act, on the entry as it stands at this moment."""

from contextlib import AbstractContextManager
from datetime import datetime

from congso.apps.schedule.models import Entry
from congso.apps.schedule.queries import entry_of, refresh_parties
from congso.kernel.access.services import Actor
from congso.kernel.workflow.moving import moved
from congso.kernel.workflow.services import Move

NOT_YOURS = "Bạn không có quyền thực hiện việc này, hoặc lịch đã chuyển sang bước khác."


def moving(entry: Entry, key: str, *, by: Actor, at: datetime, note: str = "") -> AbstractContextManager[Move]:
    """Carry out the transition on the entry as it stands, hand it to those who then take part."""
    return moved(entry, key, read=entry_of, refusal=NOT_YOURS, by=by, at=at, note=note, then=refresh_parties)
