"""Programmes of the test world, made through the services."""

import io
import re
import zipfile
from collections.abc import Callable
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from congso.apps.programme import services
from congso.apps.programme.models import Item, Opinion, Programme
from congso.apps.programme.queries import programme_of
from congso.apps.programme.services import ItemFacts, NewProgramme
from congso.kernel.access.principals import System
from congso.kernel.access.services import Actor, acting_as
from congso.kernel.directory.testing import World

NOW = datetime(2026, 11, 23, 8, 0, tzinfo=ZoneInfo("Asia/Ho_Chi_Minh"))
REMINDERS = Actor.system(System.REMINDERS)
DECEMBER = date(2026, 12, 1)


def as_one(world: World, who: str) -> Any:
    """The block in which the transaction is this person's."""
    return acting_as(Actor.person(getattr(world, who)))


def make(
    world: World, *, body: str = "BTV", span: str = "M", day: date = DECEMBER, code: str = "TU", who: str = "chief"
) -> Programme:
    """An empty draft of the committee's."""
    actor = Actor.person(getattr(world, who))
    with acting_as(actor):
        new = NewProgramme(world.organization(code), body, span, day)
        return services.create_programme(new, by=actor, at=NOW)


def do(
    world: World, who: str, service: Callable[..., Any], programme: Programme, *, at: datetime = NOW, **facts: Any
) -> Any:
    """Call a service on the programme as one of the cast, from a fresh read."""
    actor = Actor.person(getattr(world, who))
    with acting_as(actor):
        return service(programme_of(programme.pk), by=actor, at=at, **facts)


def item(world: World, programme: Programme, content: str = "Đề án số hóa", reason: str = "", **facts: Any) -> Item:
    """One more item, prepared by BTC in the programme's month."""
    actor = Actor.person(world.chief)
    with acting_as(actor):
        told = {"preparer": world.organization("BTC"), "month": programme.first_day} | facts
        return services.add_item(
            programme_of(programme.pk), ItemFacts(content, **told), by=actor, at=NOW, reason=reason
        )


def on_item(world: World, who: str, service: Callable[..., Any], one: Item, *, at: datetime = NOW, **facts: Any) -> Any:
    """Call a service on an item as one of the cast."""
    actor = Actor.person(getattr(world, who))
    with acting_as(actor):
        programme = programme_of(one.programme_id)
        fresh = next(each for each in programme.items.all() if each.pk == one.pk)
        fresh.programme = programme
        return service(fresh, by=actor, at=at, **facts)


def approved(world: World, programme: Programme | None = None, **facts: Any) -> Programme:
    """In force, with an item if it had none."""
    made = programme or make(world, **facts)
    with as_one(world, "chief"):
        is_empty = not Item.objects.filter(programme=made).exists()
    if is_empty:
        item(world, made)
    do(world, "chief", services.submit_programme, made)
    do(world, "secretary", services.approve_programme, made)
    return made


def read(world: World, programme: Programme, who: str = "chief") -> Programme:
    """As somebody sees it now."""
    with as_one(world, who):
        return programme_of(programme.pk)


def consulted(world: World) -> tuple[Programme, Opinion]:
    """A draft that BTC was asked about, with its opinion."""
    made = make(world)
    item(world, made)
    actor = Actor.person(world.chief)
    with acting_as(actor):
        units = [world.organization("BTC")]
        services.consult_units(programme_of(made.pk), units, until=date(2026, 11, 30), by=actor, at=NOW)
    speaker = Actor.person(world.agency_leader)
    with acting_as(speaker):
        unit = world.organization("BTC")
        said = services.give_opinion(
            programme_of(made.pk), "Nên chuyển sang tháng sau", organization=unit, item=None, by=speaker, at=NOW
        )
    return made, said


def paper_words(content: bytes) -> str:
    """What a Word file says, without its form."""
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        return re.sub(r"<[^>]+>", "", parts.read("word/document.xml").decode())
