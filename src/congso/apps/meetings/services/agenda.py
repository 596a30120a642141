"""The agenda: items from the working programme or written here, their order, their guests."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.utils import timezone

from congso.apps.meetings.models import ITEM_TYPE, EventKind, Guest, Item, Meeting
from congso.apps.meetings.queries import items_of, refresh_item, refresh_parties
from congso.apps.meetings.services.moving import copy_to_item, happened, moving, moving_item
from congso.apps.meetings.services.preparing import InvalidMeeting
from congso.apps.meetings.services.telling import HeardKind, tell_programme
from congso.apps.programme.services import session_items
from congso.kernel.access.principals import person
from congso.kernel.access.services import Actor
from congso.kernel.directory.models import Organization, Person
from congso.kernel.directory.queries import title_of
from congso.kernel.notify.services import notify
from congso.kernel.search.services import index_record
from congso.kernel.workflow.moving import save
from congso.kernel.workflow.services import start

MOST_ITEMS = 60
MOST_GUESTS = 50


@dataclass(frozen=True)
class ItemFacts:
    """What an item says. Without `papers_due_on` its papers are not waited for."""

    title: str
    minutes_planned: int = 15
    presenter_label: str = ""
    preparer: Organization | None = None
    papers_due_on: date | None = None
    output: str = ""
    is_withdrawn_after: bool = False
    position: int | None = None


@dataclass(frozen=True)
class Invited:
    """A guest: somebody with an account, or a name on the paper."""

    label: str
    person: Person | None = None


def add_item(meeting: Meeting, facts: ItemFacts, *, by: Actor, at: datetime) -> Item:
    """One more item, at the end or in its place."""
    with moving(meeting, "agenda", by=by, at=at) as move:
        item = _add(meeting, facts, by=by, at=at)
        move.label = f"Thêm nội dung: {item.title}"[:200]
        move.facts |= {"item": item.pk}
    return item


def take_from_programme(meeting: Meeting, *, by: Actor, at: datetime) -> int:
    """What the working programme says this session takes up and is not here yet; returns how many. Safe to repeat."""
    with moving(meeting, "agenda", by=by, at=at) as move:
        known = {one.programme_item_id for one in items_of(meeting)}
        found = session_items(meeting.owner, meeting.opened_on, body=meeting.forum)
        fresh = [one for one in found if one.item_id not in known]
        units = Organization.objects.in_bulk([one.preparer_id for one in fresh if one.preparer_id])
        for one in fresh:
            unit = units.get(one.preparer_id or 0)
            facts = ItemFacts(one.content, preparer=unit, papers_due_on=one.papers_due_on, output=one.output)
            _add(meeting, facts, by=by, at=at, programme_item_id=one.item_id)
        move.label, move.facts = "Lấy nội dung từ chương trình công tác", {"items": len(fresh)}
    return len(fresh)


def edit_item(item: Item, facts: ItemFacts, *, by: Actor, at: datetime) -> None:
    """Say something else of an item not taken up yet."""
    _check(facts)
    with moving_item(item, "edit", by=by, at=at):
        _fill(item, facts)
        names = (
            "title", "minutes_planned", "presenter_label", "unit", "due_on", "output", "is_withdrawn_after",
        )  # fmt: skip
        save(item, **{name: getattr(item, name) for name in names})
        refresh_item(item)
        if facts.position is not None:
            _move(item, facts.position)
        happened(item.sitting, EventKind.ITEM, f"Sửa nội dung: {item.title}", at=at)
    index_record(item)


def drop_item(
    item: Item, *, by: Actor, at: datetime, note: str, kind: str = HeardKind.DROPPED, to: date | None = None
) -> None:
    """Take an item off the agenda, with the reason; its papers are closed, its programme hears it.

    `kind`: what becomes of it there: its office plans it anew (dropped), it is put off to the month of a day
    (postponed), withdrawn for good. Raises Refused for a month that is not later.
    """
    if kind not in (HeardKind.DROPPED, HeardKind.POSTPONED, HeardKind.WITHDRAWN):
        raise InvalidMeeting("Hãy chọn việc xử lý trong chương trình công tác.")
    if (kind == HeardKind.POSTPONED) != (to is not None):
        raise InvalidMeeting("Hãy chọn tháng lùi đến.")
    with moving_item(item, "drop", by=by, at=at, note=note):
        tell_programme(item, HeardKind(kind), reason=note, to=to, by=by, at=at)
        happened(item.sitting, EventKind.ITEM, f"Đưa ra khỏi chương trình: {item.title}", at=at)


def set_guests(item: Item, invited: Sequence[Invited], *, by: Actor, at: datetime) -> None:
    """Who is invited to this item alone. From now on each of them sees it, and who is left out no longer does."""
    labels = [one.label.strip()[:300] for one in invited]
    if len(set(labels)) != len(labels) or not all(labels):
        raise InvalidMeeting("Mỗi khách mời ghi một dòng, không trùng nhau.")
    if len(labels) > MOST_GUESTS:
        raise InvalidMeeting(f"Mỗi nội dung có nhiều nhất {MOST_GUESTS} khách mời.")
    with moving_item(item, "guests", by=by, at=at) as move:
        known = {one.label: one for one in item.guests.all()}
        item.guests.exclude(label__in=labels).delete()
        for one, label in zip(invited, labels, strict=True):
            if label not in known:
                Guest.objects.create(item=item, person=one.person, label=label)
        move.facts |= {"guests": len(labels)}
    fresh = {person(one.person.pk) for one in invited if one.person and one.label.strip()[:300] not in known}
    if fresh and item.state in ("released", "running"):
        notify(item, principals=fresh, text="Được mời dự nội dung họp", by=by, at=at)


def guest_label(one: Person, day: date) -> str:
    """A guest with an account, as she is called on the day."""
    return title_of(one.pk, day)[:300]


def _add(meeting: Meeting, facts: ItemFacts, *, by: Actor, at: datetime, programme_item_id: int | None = None) -> Item:
    _check(facts)
    last = max((one.position for one in meeting.items.all()), default=0)
    if len(meeting.items.all()) >= MOST_ITEMS:
        raise InvalidMeeting(f"Chương trình họp có nhiều nhất {MOST_ITEMS} nội dung.")
    item = Item(
        type=ITEM_TYPE, owner=meeting.owner, sitting=meeting, position=last + 1, opened_on=timezone.localdate(at),
        programme_item_id=programme_item_id,
    )  # fmt: skip
    _fill(item, facts)
    copy_to_item(meeting, item)
    with start(item, by=by, at=at, label="Đưa vào chương trình họp"):
        refresh_item(item)
    index_record(item)
    refresh_parties(meeting)
    return item


def _check(facts: ItemFacts) -> None:
    if not facts.title.strip():
        raise InvalidMeeting("Hãy ghi nội dung.")
    if not 1 <= facts.minutes_planned <= 1440:
        raise InvalidMeeting("Thời lượng từ 1 đến 1440 phút.")


def _fill(item: Item, facts: ItemFacts) -> None:
    item.title = " ".join(facts.title.split())[:1000]
    item.minutes_planned, item.presenter_label = facts.minutes_planned, facts.presenter_label.strip()
    item.unit, item.due_on, item.output = facts.preparer, facts.papers_due_on, facts.output.strip()
    item.is_withdrawn_after = facts.is_withdrawn_after


def _move(item: Item, position: int) -> None:
    """Put the item in its place; those behind it move on."""
    others = [one for one in items_of(item.sitting) if one.pk != item.pk]
    place = min(max(position, 1), len(others) + 1)
    others.insert(place - 1, item)
    for number, one in enumerate(others, start=1):
        if one.position != number:
            save(one, position=number)
