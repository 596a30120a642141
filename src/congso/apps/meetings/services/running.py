"""Running a sitting: opened with a quorum, items one after the other, closed; papers to be returned are withdrawn."""

from datetime import datetime

from django.db import transaction

from congso.apps.meetings.models import EventKind, Item, Meeting, Speech, SpeechState
from congso.apps.meetings.queries import attendance_of, item_of, items_of, running_item
from congso.apps.meetings.services.moving import happened, moving, moving_item, refresh
from congso.apps.meetings.services.papers import withdraw_item
from congso.apps.meetings.services.telling import HeardKind, tell_programme
from congso.kernel.access.services import Actor
from congso.kernel.workflow.moving import save
from congso.kernel.workflow.services import Refused, WrongState

NOT_REACHED = "Cuộc họp bế mạc khi chưa họp đến nội dung này"


def open_meeting(meeting: Meeting, *, by: Actor, at: datetime, note: str = "") -> None:
    """Open the sitting. How many there are and the rule with its source are kept as they stand. Raises Refused."""
    with moving(meeting, "open", by=by, at=at, note=note) as move:
        there = attendance_of(meeting)
        if not there.is_enough:
            raise Refused(f"Chưa khai mạc được. {there.words}")
        rule = there.quorum
        kept = {
            "part": rule.part, "whole": rule.whole, "source": rule.source, "is_verified": rule.is_verified,
            "members": there.members, "present": there.present, "words": there.words,
        }  # fmt: skip
        save(meeting, sat_from=meeting.sat_from or at, sat_until=None, quorum_kept=kept)
        move.facts |= {"members": there.members, "present": there.present}
        move.note = "\n".join(part for part in (note.strip(), there.words) if part)


def close_meeting(meeting: Meeting, *, by: Actor, at: datetime, note: str = "") -> None:
    """Close the sitting; papers to be returned are withdrawn, and the programme hears what was not reached."""
    with moving(meeting, "close", by=by, at=at, note=note):
        save(meeting, sat_until=at)
        _end_speeches(meeting, at)
        for item in items_of(meeting):
            if item.state in ("planned", "released"):
                tell_programme(item, HeardKind.MISSED, reason=NOT_REACHED, by=by, at=at)
            if item.is_withdrawn_after and item.state in ("released", "done"):
                withdraw_item(item, by=by, at=at)


def reopen_meeting(meeting: Meeting, *, by: Actor, at: datetime, note: str) -> None:
    """The body sits on: it was closed too early. What was withdrawn stays so."""
    with moving(meeting, "reopen", by=by, at=at, note=note):
        save(meeting, sat_until=None, circulated_at=None)


@transaction.atomic
def start_item(item: Item, *, by: Actor, at: datetime, note: str = "") -> None:
    """Take an item up; what was being taken up is ended. Pressed twice it is started once.

    Raises WrongState when the body does not sit.
    """
    meeting = item.sitting
    refresh(meeting)
    if meeting.state != "open":
        raise WrongState("Chỉ bắt đầu nội dung khi cuộc họp đã khai mạc.")
    current = running_item(meeting)
    if current is not None and current.pk == item.pk:
        return
    if current is not None:
        end_item(item_of(current.pk), by=by, at=at)
    with moving_item(item, "start", by=by, at=at, note=note):
        save(item, started_at=at)
    happened(meeting, EventKind.ITEM, f"Bắt đầu: {item.title}", at=at)


def end_item(item: Item, *, by: Actor, at: datetime, note: str = "") -> None:
    """It was taken up; the time it took is added to what it took before."""
    with moving_item(item, "end", by=by, at=at, note=note):
        used = max(int((at - item.started_at).total_seconds()), 0) if item.started_at else 0
        save(item, seconds_used=item.seconds_used + used, started_at=None)
        _end_speeches(item.sitting, at, item)
        happened(item.sitting, EventKind.ITEM, f"Kết thúc: {item.title}", at=at)
        tell_programme(item, HeardKind.HELD, by=by, at=at)


def summarize_item(item: Item, summary: str, *, by: Actor, at: datetime) -> None:
    """What the secretary writes of how it went; it goes into the minutes."""
    if item.sitting.state not in ("open", "closed") or item.sitting.secretary_signed_at is not None:
        raise WrongState("Biên bản đã chốt hoặc cuộc họp chưa khai mạc nên không ghi được.")
    with moving_item(item, "note", by=by, at=at):
        save(item, summary=summary.strip()[:20_000])
        happened(item.sitting, EventKind.MINUTES, f"Ghi diễn biến: {item.title}", at=at)


def _end_speeches(meeting: Meeting, at: datetime, item: Item | None = None) -> None:
    of_item = {"item": item.pk} if item else {}
    Speech.objects.filter(meeting=meeting.pk, state=SpeechState.SPEAKING, **of_item).update(
        state=SpeechState.DONE, ended_at=at
    )
    Speech.objects.filter(meeting=meeting.pk, state=SpeechState.WAITING, **of_item).update(state=SpeechState.DROPPED)
