"""Entries of the test world, made through the services."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from congso.apps.schedule import services
from congso.apps.schedule.models import Entry, Thing
from congso.apps.schedule.queries import entry_of
from congso.apps.schedule.services import EntryFacts
from congso.apps.schedule.services.things import ThingFacts
from congso.kernel.access.services import Actor, acting_as
from congso.kernel.directory.models import Person
from congso.kernel.directory.testing import World

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
NOW = datetime(2026, 11, 23, 8, 0, tzinfo=ZONE)


def as_one(world: World, who: str) -> Any:
    """The block in which the transaction is this person's."""
    return acting_as(Actor.person(getattr(world, who)))


def at(hour: int, minute: int = 0, day: int = 26) -> datetime:
    """An hour in November 2026 in the office."""
    return datetime(2026, 11, day, hour, minute, tzinfo=ZONE)


def facts(
    world: World, *, starts: datetime | None = None, hours: float = 1, chair: str | None = "secretary",
    people: tuple[str, ...] = (), owner: str = "TU", unit: str = "VPTU", units: tuple[str, ...] = (), **more: Any,
) -> EntryFacts:  # fmt: skip
    """What an entry says; read as the running transaction's person."""
    begins = starts or at(9)
    persons = {one.pk: one for one in Person.objects.filter(pk__in=[getattr(world, who) for who in people])}
    return EntryFacts(
        owner=world.organization(owner), unit=world.organization(unit), starts_at=begins,
        ends_at=begins + timedelta(hours=hours), chair=Person.objects.get(pk=getattr(world, chair)) if chair else None,
        people=tuple(persons[getattr(world, who)] for who in people),
        units=tuple(world.organization(code) for code in units), **({"title": "Họp giao ban"} | more),
    )  # fmt: skip


def make(world: World, who: str = "clerk", **told: Any) -> Entry:
    """A draft by somebody of the office."""
    actor = Actor.person(getattr(world, who))
    with acting_as(actor):
        return services.create_entry(facts(world, **told), by=actor, at=NOW)


def do(world: World, who: str, service: Callable[..., Any], entry: Entry, **told: Any) -> Any:
    """Call a service on the entry as one of the cast, from a fresh read."""
    actor = Actor.person(getattr(world, who))
    with acting_as(actor):
        return service(entry_of(entry.pk), by=actor, at=NOW, **told)


def proposed(world: World, who: str = "clerk", **told: Any) -> Entry:
    """In the hands of the calendar's office."""
    made = make(world, who, **told)
    do(world, who, services.propose_entry, made)
    return made


def approved(world: World, accept: str = "", **told: Any) -> Entry:
    """In the calendar."""
    made = proposed(world, **told)
    do(world, "chief", services.approve_entry, made, accept=accept)
    return made


def published(world: World, **told: Any) -> Entry:
    """Seen by everybody of the office."""
    made = approved(world, **told)
    do(world, "chief", services.publish_entry, made)
    return made


def room(world: World, name: str = "Phòng họp số 1", who: str = "clerk") -> Thing:
    """A room of the office."""
    actor = Actor.person(getattr(world, who))
    with acting_as(actor):
        return services.add_thing(world.organization("VPTU"), ThingFacts("room", name, 20), by=actor, at=NOW)


def read(world: World, entry: Entry, who: str = "chief") -> Entry:
    """As somebody sees it now."""
    with as_one(world, who):
        return entry_of(entry.pk)
