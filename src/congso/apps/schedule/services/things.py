"""Rooms, cars, equipment, interpreters: listed and changed by those who keep them."""

from dataclasses import asdict, dataclass
from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils import timezone

from congso.apps.schedule.models import Thing
from congso.apps.schedule.queries import keeping_for
from congso.kernel.access.services import Actor, current_principals
from congso.kernel.directory.models import Organization
from congso.kernel.directory.queries import title_of
from congso.kernel.journal.services import write_entry
from congso.kernel.workflow.services import NotYours, Refused


@dataclass(frozen=True)
class ThingFacts:
    """What is said of it."""

    kind: str
    name: str
    seats: int | None = None
    note: str = ""
    is_in_use: bool = True


def add_thing(organization: Organization, facts: ThingFacts, *, by: Actor, at: datetime) -> Thing:
    """List one more. Raises NotYours, and Refused for a name the list has."""
    _check_keeper(organization.pk)
    return _saved(Thing(owner=organization), facts, "schedule.list_thing", by=by, at=at)


def change_thing(thing: Thing, facts: ThingFacts, *, by: Actor, at: datetime) -> Thing:
    """Say something else of it, or take it out of use; entries that have it keep it."""
    _check_keeper(thing.owner_id)
    return _saved(thing, facts, "schedule.change_thing", by=by, at=at)


def _check_keeper(organization_id: int) -> None:
    if not keeping_for(current_principals()).filter(pk=organization_id).exists():
        raise NotYours("Bạn không quản lý phòng, xe, thiết bị của cơ quan này.")


def _saved(thing: Thing, facts: ThingFacts, act: str, *, by: Actor, at: datetime) -> Thing:
    told = asdict(facts)
    for key, value in told.items():
        setattr(thing, key, value.strip() if isinstance(value, str) else value)
    try:
        with transaction.atomic():
            thing.save(update_fields=list(told) if thing.pk else None)
    except IntegrityError:
        raise Refused("Danh sách đã có mục mang tên này.") from None
    write_entry(
        act=act, actor=str(by), actor_label=title_of(by.id, timezone.localdate(at)) if by.person_id else "", at=at,
        organization_id=thing.owner_id, record_id=None, facts={"thing": thing.pk, **told},
    )  # fmt: skip
    return thing
