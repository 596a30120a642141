"""Doing what the flow calls an act, on the meeting or item as it stands at this moment, and telling the room."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

from django.db import transaction

from congso.apps.meetings.flow.meetings import members_of
from congso.apps.meetings.models import Event, EventKind, Item, Meeting
from congso.apps.meetings.queries import item_of, items_of, meeting_of, refresh_item, refresh_parties
from congso.kernel.access.services import Actor
from congso.kernel.journal.services import write_entry
from congso.kernel.live.telling import tell_of_record
from congso.kernel.workflow.flow import flow_of
from congso.kernel.workflow.moving import read_anew, save
from congso.kernel.workflow.services import Move, act, regrant

NOT_YOURS = "Bạn không có quyền thực hiện việc này, hoặc cuộc họp đã chuyển sang bước khác."


@contextmanager
def moving(meeting: Meeting, key: str, *, by: Actor, at: datetime, note: str = "") -> Iterator[Move]:
    """Lock the meeting, carry out the transition on it as it stands, tell the room."""
    with transaction.atomic():
        refresh(meeting)
        with act(meeting, key, by=by, at=at, note=note) as move:
            yield move
            refresh_parties(meeting)
        happened(meeting, EventKind.MEETING, move.label, at=at)


@contextmanager
def moving_item(item: Item, key: str, *, by: Actor, at: datetime, note: str = "") -> Iterator[Move]:
    """Lock the item and carry out the transition on it as it stands."""
    with transaction.atomic():
        read_anew(item, item_of, refusal=NOT_YOURS)
        refresh_item(item)
        with act(item, key, by=by, at=at, note=note) as move:
            yield move
            refresh_item(item)


def refresh(meeting: Meeting) -> None:
    """Lock it and read anew what somebody just did. Raises NotYours when the actor does not see it any more."""
    read_anew(meeting, meeting_of, refusal=NOT_YOURS)
    refresh_parties(meeting)


def happened(meeting: Meeting, kind: EventKind, words: str, *, at: datetime) -> None:
    """One more thing happened: pages that show the meeting are told to look again."""
    Event.objects.create(meeting_id=meeting.pk, kind=kind, words=words[:500], at=at)
    tell_of_record(meeting)


def copy_to_item(meeting: Meeting, item: Item) -> None:
    """What who has a part in the item alone must know of the meeting."""
    item.meets_as, item.meets_at, item.meets_in = meeting.title, meeting.starts_at, meeting.place
    item.running_ids = [meeting.chair_id or 0, meeting.secretary_id or 0]
    item.member_ids = sorted(members_of(meeting))


COPIED = ("meets_as", "meets_at", "meets_in", "running_ids", "member_ids")


def hand_items_on(meeting: Meeting, *, at: datetime) -> None:
    """After a change of time, place or people: items say it and are seen by whom the meeting now names."""
    for item in items_of(meeting):
        before = {name: getattr(item, name) for name in COPIED}
        copy_to_item(meeting, item)
        changed = {name: getattr(item, name) for name in COPIED if getattr(item, name) != before[name]}
        if not changed or not flow_of(item.type).leaving(item.state):
            continue
        save(item, **changed)
        regrant(item, at=at)


def journal(meeting: Meeting, act_name: str, *, label: str, by: Actor, at: datetime, **facts: object) -> None:
    """The line of an act that is no transition."""
    write_entry(
        act=f"meeting.{act_name}", actor=str(by), actor_label=label, at=at, organization_id=meeting.owner_id,
        record_id=meeting.pk, facts=facts,
    )  # fmt: skip
