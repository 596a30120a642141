"""Preparing a meeting: when and where, who runs it, who is convened; calling it, changing it, calling it off."""

import secrets
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone

from congso.apps.meetings.models import RECORD_TYPE, Capacity, Forum, Item, Meeting, MeetingKind, Participant
from congso.apps.meetings.queries import bodies_for, items_of, meetings, refresh_parties
from congso.apps.meetings.services.moving import hand_items_on, moving
from congso.apps.meetings.services.telling import HeardKind, tell_programme
from congso.kernel.access.principals import person
from congso.kernel.access.services import Actor, current_principals
from congso.kernel.directory.models import Organization, Person
from congso.kernel.directory.queries import people_in, title_of
from congso.kernel.notify.services import notify
from congso.kernel.search.services import index_record
from congso.kernel.workflow.moving import save
from congso.kernel.workflow.services import NotYours, Refused, start

LONGEST = timedelta(days=7)
MOST_PEOPLE = 1000


class InvalidMeeting(Refused):
    """A meeting that cannot be so; the message says why."""


@dataclass(frozen=True)
class MeetingFacts:
    """What is known of a meeting when it is written down."""

    title: str
    starts_at: datetime
    ends_at: datetime
    forum: str = Forum.STANDING
    kind: str = MeetingKind.REGULAR
    place: str = ""
    is_online: bool = False
    chair: Person | None = None
    secretary: Person | None = None
    note: str = ""


@dataclass(frozen=True)
class Convened:
    """A line of who is convened."""

    person: Person
    capacity: str = Capacity.MEMBER


def create_meeting(facts: MeetingFacts, *, body: Organization, by: Actor, at: datetime) -> Meeting:
    """A meeting being prepared, with the people of the body's last sitting of this kind, else with those of the body.

    Raises NotYours where one does not prepare the body's meetings, InvalidMeeting for what cannot be.
    """
    _check(facts)
    if not bodies_for(current_principals()).filter(pk=body.pk).exists():
        raise NotYours("Bạn không tổ chức cuộc họp của cơ quan này.")
    meeting = Meeting(type=RECORD_TYPE, owner=body)
    _fill(meeting, facts)
    with start(meeting, by=by, at=at, label="Chuẩn bị cuộc họp") as move:
        _write_people(meeting, _people_of_last(meeting, at) or _people_of_body(body, at), at=at)
        refresh_parties(meeting)
        move.facts |= {"forum": facts.forum, "kind": facts.kind}
    index_record(meeting)
    return meeting


def edit_meeting(meeting: Meeting, facts: MeetingFacts, *, by: Actor, at: datetime) -> None:
    """Say something else of a meeting nobody was called to yet."""
    _check(facts)
    with moving(meeting, "edit", by=by, at=at):
        _rewrite(meeting, facts, at=at)
    index_record(meeting)


def change_meeting(meeting: Meeting, facts: MeetingFacts, *, reason: str, by: Actor, at: datetime) -> None:
    """Another time, place or chair of a meeting that was called: all concerned are told, with the reason."""
    _check(facts)
    with moving(meeting, "change", by=by, at=at, note=reason) as move:
        before, day = told_words(meeting), meeting.opened_on
        _rewrite(meeting, facts, at=at)
        after = told_words(meeting)
        changed = [f"{key}: {before[key]} → {after[key]}" for key in after if before[key] != after[key]]
        move.note = "\n".join([reason.strip(), *changed])
        move.facts |= {"changed": changed}
        _tell_guests(meeting, f"Cuộc họp thay đổi: {'; '.join(changed)}", by=by, at=at)
        if meeting.opened_on != day:
            for item in _still_planned(meeting):
                tell_programme(item, HeardKind.MOVED, reason=reason, to=meeting.opened_on, by=by, at=at)
    index_record(meeting)


def set_people(meeting: Meeting, convened: Sequence[Convened], *, by: Actor, at: datetime) -> None:
    """The list of who is convened anew. Who was called and is left out stays as a line; who comes new is told.

    Raises InvalidMeeting for nobody, too many, or somebody twice.
    """
    keys = [one.person.pk for one in convened]
    if len(set(keys)) != len(keys):
        raise InvalidMeeting("Có người được ghi hai lần trong thành phần.")
    if len(keys) > MOST_PEOPLE:
        raise InvalidMeeting(f"Thành phần có nhiều hơn {MOST_PEOPLE} người.")
    if any(one.capacity not in (Capacity.MEMBER, Capacity.ATTENDING) for one in convened):
        raise InvalidMeeting("Người dự thay chỉ có khi thành viên cử và người triệu tập đồng ý.")
    with moving(meeting, "people", by=by, at=at) as move:
        fresh = _write_people(meeting, convened, at=at)
        refresh_parties(meeting)
        hand_items_on(meeting, at=at)
        move.facts |= {"people": len(keys)}
    if fresh and meeting.state != "draft":
        notify(meeting, principals={person(one) for one in fresh}, text="Được triệu tập họp", by=by, at=at)


def convene_meeting(meeting: Meeting, *, by: Actor, at: datetime, note: str = "") -> None:
    """Call everybody: each is told and may answer."""
    with moving(meeting, "convene", by=by, at=at, note=note):
        pass


def cancel_meeting(meeting: Meeting, *, by: Actor, at: datetime, note: str) -> None:
    """Call it off."""
    with moving(meeting, "cancel", by=by, at=at, note=note):
        _tell_guests(meeting, f"Cuộc họp đã hủy: {note.strip()}", by=by, at=at)
        for item in _still_planned(meeting):
            tell_programme(item, HeardKind.DROPPED, reason=f"Hủy cuộc họp: {note.strip()}", by=by, at=at)


def _tell_guests(meeting: Meeting, words: str, *, by: Actor, at: datetime) -> None:
    """Who sees one item alone hears of the meeting by that item."""
    for item in items_of(meeting):
        guests = {person(one.person_id) for one in item.guests.all() if one.person_id}
        if guests and item.state in ("released", "running"):
            notify(item, principals=guests, text=words[:300], by=by, at=at)


def told_words(meeting: Meeting) -> dict[str, str]:
    """A meeting as people compare it."""
    begins, ends = timezone.localtime(meeting.starts_at), timezone.localtime(meeting.ends_at)
    return {
        "tên": meeting.title, "thời gian": f"{begins:%H:%M %d/%m/%Y} – {ends:%H:%M %d/%m/%Y}",
        "địa điểm": meeting.place, "chủ trì": meeting.chair_label, "thư ký": meeting.secretary_label,
    }  # fmt: skip


def _check(facts: MeetingFacts) -> None:
    if not facts.title.strip():
        raise InvalidMeeting("Hãy ghi tên cuộc họp.")
    if facts.ends_at <= facts.starts_at:
        raise InvalidMeeting("Giờ kết thúc phải sau giờ bắt đầu.")
    if facts.ends_at - facts.starts_at > LONGEST:
        raise InvalidMeeting(f"Một cuộc họp dài nhất {LONGEST.days} ngày.")
    if facts.chair is not None and facts.chair == facts.secretary:
        raise InvalidMeeting("Chủ trì và thư ký phải là hai người.")


def _fill(meeting: Meeting, facts: MeetingFacts) -> None:
    day = timezone.localtime(facts.starts_at).date()
    meeting.title, meeting.opened_on = " ".join(facts.title.split())[:1000], day
    meeting.starts_at, meeting.ends_at = facts.starts_at, facts.ends_at
    meeting.forum, meeting.kind = facts.forum, facts.kind
    meeting.place, meeting.note = facts.place.strip(), facts.note.strip()
    meeting.room_key = (meeting.room_key or secrets.token_hex(12)) if facts.is_online else ""
    meeting.chair, meeting.secretary = facts.chair, facts.secretary
    meeting.chair_label = title_of(facts.chair.pk, day)[:300] if facts.chair else ""
    meeting.secretary_label = title_of(facts.secretary.pk, day)[:300] if facts.secretary else ""


def _rewrite(meeting: Meeting, facts: MeetingFacts, *, at: datetime) -> None:
    _fill(meeting, facts)
    names = (
        "title", "opened_on", "starts_at", "ends_at", "forum", "kind", "place", "note", "room_key", "chair",
        "secretary", "chair_label", "secretary_label",
    )  # fmt: skip
    save(meeting, **{name: getattr(meeting, name) for name in names})
    refresh_parties(meeting)
    hand_items_on(meeting, at=at)


def _still_planned(meeting: Meeting) -> list[Item]:
    return [one for one in items_of(meeting) if one.state in ("planned", "released")]


def _people_of_last(meeting: Meeting, at: datetime) -> list[Convened]:
    last = meetings().filter(owner=meeting.owner_id, forum=meeting.forum, starts_at__lt=meeting.starts_at)
    before = last.exclude(state__in=("draft", "cancelled")).exclude(pk=meeting.pk).order_by("-starts_at").first()
    if before is None:
        return []
    rows = before.participants.filter(left_out_at=None, replaces=None).select_related("person").order_by("id")
    return [Convened(one.person, one.capacity) for one in rows]


def _people_of_body(body: Organization, at: datetime) -> list[Convened]:
    return [Convened(one) for one in people_in(body, timezone.localdate(at))[:MOST_PEOPLE]]


def _write_people(meeting: Meeting, convened: Iterable[Convened], *, at: datetime) -> list[int]:
    """Returns who is new, by the person's id."""
    day, is_draft = meeting.opened_on, meeting.state == "draft"
    wanted = {one.person.pk: one for one in convened}
    known = {one.person_id: one for one in meeting.participants.all()}
    gone = [one for key, one in known.items() if key not in wanted and one.capacity != Capacity.DELEGATE]
    if is_draft:
        meeting.participants.filter(pk__in=[one.pk for one in gone]).delete()
    else:
        keys = [one.pk for one in gone if one.left_out_at is None]
        meeting.participants.filter(pk__in=keys).update(left_out_at=at)
        meeting.participants.filter(replaces__in=keys, left_out_at=None).update(left_out_at=at)
    fresh = []
    for key, line in wanted.items():
        old = known.get(key)
        facts: dict[str, Any] = {"capacity": line.capacity, "is_voting": line.capacity == Capacity.MEMBER}
        if old is None:
            Participant.objects.create(meeting=meeting, person_id=key, label=title_of(key, day)[:300], **facts)
            fresh.append(key)
        elif old.capacity == Capacity.DELEGATE and old.left_out_at is None:
            raise InvalidMeeting(f"{old.label} đang dự thay người khác.")
        elif old.replaces_id is None and (old.left_out_at is not None or old.capacity != line.capacity):
            meeting.participants.filter(pk=old.pk).update(left_out_at=None, **facts)
    return fresh
