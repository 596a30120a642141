"""What a session says of the items it was to take up: held, not reached, taken off, moved to another day.

Who runs a session need not be one who drafts the programme: what is told is written by the machine SESSIONS, which may
write this into programmes in force and nothing else. The person who did it stands in the line.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils import timezone

from congso.apps.programme.flow import FLOW
from congso.apps.programme.models import ChangeKind, Heard, HeardKind, Item, Standing
from congso.apps.programme.services.editing import InvalidItem, keep_change
from congso.apps.programme.services.moving import moving
from congso.kernel.access.principals import System
from congso.kernel.access.services import Actor, acting_as
from congso.kernel.directory.queries import title_of
from congso.kernel.records.models import Record
from congso.kernel.workflow.services import Move

_MACHINE = Actor.system(System.SESSIONS)
_HEARING = FLOW.transition("hear").sources


@dataclass(frozen=True)
class Told:
    """What became of an item. `to`: any day of the month it is put off to, or the session's new day."""

    kind: HeardKind
    on: date
    reason: str = ""
    to: date | None = None


@dataclass(frozen=True)
class HeardOf:
    """How the programme has an item, for who sees the programme."""

    programme_id: int
    title: str
    words: str


def hear_of_session(item_id: int, told: Told, *, session: Record, by: Actor, at: datetime) -> bool:
    """Write down what the session says of an item, and let it stand so. False: said before, or nobody follows the
    programme any more. Raises InvalidItem for a month that is not later than the one it stood in.
    """
    with acting_as(_MACHINE):
        item = Item.objects.select_related("programme").filter(pk=item_id).first()
        if item is None or by.person_id is None or item.programme.state not in _HEARING:
            return False
        if _is_known(item, told, session):
            return False
        label = title_of(by.person_id, timezone.localdate(at))
        with _writing(item, f"{session.title}: {HeardKind(told.kind).label}", at=at) as move:
            Heard.objects.create(
                item=item, session_id=session.pk, session_label=session.title[:300], kind=told.kind, on=told.on,
                to=told.to.replace(day=1) if told.to and told.kind == HeardKind.POSTPONED else told.to,
                reason=told.reason.strip()[:500], by_id=by.person_id, by_label=label[:300], at=at,
            )  # fmt: skip
            _stand(item, told, by=by, at=at)
            move.facts = {"item": item.pk, "session": session.pk, "kind": str(told.kind), "by": str(by)}
    if told.kind == HeardKind.HELD:
        tell_longer(item_id, on=told.on, outcome="", at=at)
    return True


def hear_of_papers(item_id: int, *, on: date, at: datetime) -> None:
    """The first papers of an item were handed in for its session on this day; noted once."""
    with acting_as(_MACHINE):
        item = Item.objects.select_related("programme").filter(pk=item_id, papers_in_on=None).first()
        if item is not None and item.programme.state in _HEARING:
            with _writing(item, "Đã nộp tài liệu cho cuộc họp", at=at) as move:
                Item.objects.filter(pk=item.pk).update(papers_in_on=on)
                move.facts = {"item": item.pk, "papers_in_on": on.isoformat()}


def tell_longer(item_id: int, *, on: date, outcome: str, at: datetime) -> None:
    """What was carried into a nearer programme and taken up there was taken up for the longer ones too."""
    with acting_as(_MACHINE):
        item = Item.objects.filter(pk=item_id).first()
        while item is not None and item.carried_from_id is not None:
            item = Item.objects.select_related("programme").filter(pk=item.carried_from_id).first()
            if item is None or item.standing != Standing.PLANNED or item.programme.state not in _HEARING:
                continue
            with _writing(item, "Đã xem xét theo chương trình cụ thể hơn", at=at) as move:
                Item.objects.filter(pk=item.pk).update(standing=Standing.DONE, done_on=on, outcome=outcome)
                move.facts = {"item": item.pk}


def heard_of(item_id: int) -> HeardOf | None:
    """How the item stands in the programme; None for who does not see the programme."""
    item = Item.objects.select_related("programme").filter(pk=item_id).first()
    if item is None:
        return None
    last = item.last_heard if item.is_missed else None
    words = last.get_kind_display() if last is not None else item.get_standing_display()
    return HeardOf(item.programme_id, item.programme.title, words)


@contextmanager
def _writing(item: Item, words: str, *, at: datetime) -> Iterator[Move]:
    with moving(item.programme, "hear", by=_MACHINE, at=at, note=f"{item.content[:200]} · {words}") as move:
        yield move


def _is_known(item: Item, told: Told, session: Record) -> bool:
    """Whether the session's last word of it is this one."""
    last = item.heard.filter(session=session.pk).last()
    return last is not None and (last.kind, last.reason, last.to) == (told.kind, told.reason.strip()[:500], told.to)


def _stand(item: Item, told: Told, *, by: Actor, at: datetime) -> None:
    """What was held is done, whatever was planned meanwhile; the rest changes what still stands as planned."""
    changes: dict[str, Any] = {}
    if told.kind == HeardKind.HELD and item.standing != Standing.DONE:
        changes = {"standing": Standing.DONE, "done_on": told.on}
    elif item.standing == Standing.PLANNED and told.kind == HeardKind.POSTPONED and told.to is not None:
        changes = _put_off(item, told.to.replace(day=1), told.reason, by=by, at=at)
    elif item.standing == Standing.PLANNED and told.kind == HeardKind.WITHDRAWN:
        changes = {"standing": Standing.WITHDRAWN, "slip_reason": told.reason.strip()[:500]}
        keep_change(item, ChangeKind.WITHDRAWN, {}, told.reason, by=by, at=at)
    elif item.standing == Standing.PLANNED and told.kind == HeardKind.MOVED and told.to is not None:
        changes = _move(item, told.to, told.reason, by=by, at=at)
    if changes:
        Item.objects.filter(pk=item.pk).update(**changes)


def _put_off(item: Item, month: date, reason: str, *, by: Actor, at: datetime) -> dict[str, Any]:
    stood = (item.session_on or item.month or month).replace(day=1)
    if month <= stood:
        raise InvalidItem("Tháng lùi đến phải sau tháng đang dự kiến.")
    keep_change(item, ChangeKind.POSTPONED, {"month": (f"{stood:%m/%Y}", f"{month:%m/%Y}")}, reason, by=by, at=at)
    return {"standing": Standing.POSTPONED, "slip_reason": reason.strip()[:500], "moved_to": month}


def _move(item: Item, day: date, reason: str, *, by: Actor, at: datetime) -> dict[str, Any]:
    was = f"{item.session_on:%d/%m/%Y}" if item.session_on else ""
    keep_change(item, ChangeKind.EDITED, {"session_on": (was, f"{day:%d/%m/%Y}")}, reason, by=by, at=at)
    due = min(item.papers_due_on, day) if item.papers_due_on else None
    return {"session_on": day, "month": day.replace(day=1), "papers_due_on": due}
