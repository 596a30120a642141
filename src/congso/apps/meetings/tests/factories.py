"""Meetings of the test world, made through the services: the province's standing committee with four members.

Its office's clerk prepares, the secretary of the committee chairs, the tracker writes the minutes (she organizes
nothing herself), the Organization Commission prepares papers, the stranger is a guest of one item.
"""

from contextlib import AbstractContextManager
from datetime import datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from zoneinfo import ZoneInfo

from congso.apps.meetings import services
from congso.apps.meetings.models import Item, Meeting, PaperVersion, Participant, Reply
from congso.apps.meetings.queries import item_of, meeting_of
from congso.apps.meetings.services import Convened, Invited, ItemFacts, MeetingFacts
from congso.apps.meetings.services.papers import add_version
from congso.kernel.access.services import Actor, acting_as
from congso.kernel.directory.models import Person
from congso.kernel.directory.testing import World
from congso.kernel.files.models import Upload
from congso.kernel.files.purposes import ReadUpload
from congso.kernel.files.services import store_file
from congso.kernel.signing.testing import paper

NOW = datetime(2026, 11, 23, 8, 0, tzinfo=ZoneInfo("Asia/Ho_Chi_Minh"))
STARTS = NOW + timedelta(hours=1)
MEMBERS = ("secretary", "agency_leader", "commune_leader", "head")


def as_one(world: World, who: str) -> AbstractContextManager[frozenset[int]]:
    """The block in which the transaction is this person's."""
    return acting_as(Actor.person(getattr(world, who)))


def person(world: World, who: str) -> Person:
    """Somebody of the cast."""
    with as_one(world, "clerk"):
        return Person.objects.get(pk=getattr(world, who))


def do(
    world: World, who: str, service: Any, record: Meeting | Item, *args: Any, at: datetime = NOW, **more: Any
) -> Any:
    """One act as one of the cast, on the record as she finds it."""
    actor = Actor.person(getattr(world, who))
    with acting_as(actor):
        fresh = item_of(record.pk) if isinstance(record, Item) else meeting_of(record.pk)
        return service(fresh, *args, by=actor, at=at, **more)


def see(world: World, who: str, record: Any) -> Any:
    """The record as somebody sees it."""
    with as_one(world, who):
        return item_of(record.pk) if isinstance(record, Item) else meeting_of(record.pk)


def facts(world: World, **more: Any) -> MeetingFacts:
    """What is said of the meeting."""
    told = {
        "title": "Hội nghị Ban Thường vụ tháng 11", "starts_at": STARTS, "ends_at": STARTS + timedelta(hours=3),
        "place": "Phòng họp số 1", "chair": person(world, "secretary"), "secretary": person(world, "tracker"),
    }  # fmt: skip
    return MeetingFacts(**{**told, **more})


def draft(world: World, *, items: int = 2, members: tuple[str, ...] = MEMBERS, **more: Any) -> Meeting:
    """A meeting being prepared, with two items; papers of the first are brought by BTC."""
    clerk = Actor.person(world.clerk)
    with acting_as(clerk):
        made = services.create_meeting(facts(world, **more), body=world.organization("TU"), by=clerk, at=NOW)
        services.set_people(made, [Convened(person(world, who)) for who in members], by=clerk, at=NOW)
        for place in range(items):
            preparer = world.organization("BTC") if place == 0 else None
            told = ItemFacts(
                f"Đề án số {place + 1}", preparer=preparer, papers_due_on=NOW.date() if preparer else None,
                presenter_label="Trưởng ban", is_withdrawn_after=place == 0,
            )  # fmt: skip
            services.add_item(made, told, by=clerk, at=NOW)
    return made


def item(world: World, meeting: Meeting, place: int = 1, who: str = "clerk") -> Item:
    """An item by its place."""
    with as_one(world, who):
        return item_of(Item.objects.get(sitting=meeting.pk, position=place).pk)


def bring(
    world: World, one: Item, *, who: str = "agency_clerk", title: str = "Tờ trình", at: datetime = NOW
) -> PaperVersion:
    """A paper that was read."""
    actor = Actor.person(getattr(world, who))
    with acting_as(actor), TemporaryDirectory() as folder:
        path = Path(folder) / "paper.pdf"
        path.write_bytes(paper(f"To trinh {one.pk} {at:%H%M%d} {len(title)}"))
        blob = store_file(path, media_type="application/pdf", pages=1, by=actor, at=at)
        fresh = item_of(one.pk)
        read = ReadUpload(
            Upload(name="to-trinh.pdf", organization=fresh.owner, uploaded_at=at),
            blob,
            None,
            ("Nội dung tờ trình riêng",),
            (),
        )
        return add_version(fresh, read, title=title, by=actor, at=at)


def convened(world: World, **more: Any) -> Meeting:
    """Called, with the papers of the first item released to members and its guest."""
    made = draft(world, **more)
    bring(world, item(world, made))
    do(world, "clerk", services.convene_meeting, made)
    first = item(world, made)
    do(world, "clerk", services.set_guests, first, [Invited("Hồ Người Lạ, Chuyên viên", person(world, "stranger"))])
    do(world, "clerk", services.release_item, first)
    do(world, "clerk", services.release_item, item(world, made, 2))
    return made


def part(world: World, meeting: Meeting, who: str) -> Participant:
    """Somebody's line."""
    with as_one(world, "clerk"):
        return Participant.objects.get(meeting=meeting.pk, person=getattr(world, who))


def note(world: World, meeting: Meeting, who: str, kind: str = "came", *, by: str = "clerk", **more: Any) -> Any:
    """The clerk notes that somebody came or left."""
    return do(world, by, services.note_presence, meeting, part(world, meeting, who), kind, **more)


def opened(world: World, *, absent: tuple[str, ...] = ("head",), **more: Any) -> Meeting:
    """Sitting, with three of four."""
    made = convened(world, **more)
    for who in MEMBERS:
        if who not in absent:
            note(world, made, who)
    do(world, "secretary", services.open_meeting, made, at=STARTS)
    return made


def running(world: World, **more: Any) -> Meeting:
    """Sitting over its first item."""
    made = opened(world, **more)
    do(world, "secretary", services.start_item, item(world, made), at=STARTS)
    return made


def closed(world: World, **more: Any) -> Meeting:
    """Over: the first item was taken up, its papers are withdrawn."""
    made = running(world, **more)
    do(world, "secretary", services.end_item, item(world, made), at=STARTS + timedelta(minutes=20))
    do(world, "secretary", services.close_meeting, made, at=STARTS + timedelta(hours=1))
    return made


def asked_delegate(world: World) -> Reply:
    """The head proposes her specialist in her place."""
    made = convened(world)
    return delegate(world, made)


def delegate(world: World, meeting: Meeting) -> Reply:
    """The head proposes her specialist in her place."""
    who = person(world, "specialist")
    return do(world, "head", services.reply_to, meeting, "delegate", delegate=who, mandate="Dự và báo cáo lại")
