"""Doing what the flow calls an act, on the programme as it stands at this moment."""

from contextlib import AbstractContextManager
from datetime import datetime

from congso.apps.programme.models import Programme
from congso.apps.programme.queries import programme_of, refresh_parties
from congso.kernel.access.services import Actor
from congso.kernel.workflow.moving import moved
from congso.kernel.workflow.services import Move

NOT_YOURS = "Bạn không có quyền thực hiện việc này, hoặc chương trình đã chuyển sang bước khác."


def moving(programme: Programme, key: str, *, by: Actor, at: datetime, note: str = "") -> AbstractContextManager[Move]:
    """Carry out the transition on the programme as it stands, hand it to those its items then name."""
    return moved(programme, key, read=programme_of, refusal=NOT_YOURS, by=by, at=at, note=note, then=refresh_parties)
