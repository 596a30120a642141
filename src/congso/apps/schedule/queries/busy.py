"""Who and what is busy when. Of entries the person does not see only the hours are known."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from congso.apps.schedule.models import Claim, Entry, Participant, Thing
from congso.apps.schedule.rules import Slot
from congso.kernel.directory.models import Person


@dataclass(frozen=True)
class Conflict:
    """Somebody or something that is wanted and taken. `title` is empty for what the person may not see.

    `is_firm`: by an approved entry; otherwise by another proposal.
    """

    person_id: int | None
    thing_id: int | None
    name: str
    slot: Slot
    title: str
    entry_id: int | None
    is_firm: bool

    @property
    def hours(self) -> str:
        """“24/11 08:00–09:00”."""
        begins, ends = timezone.localtime(self.slot.starts_at), timezone.localtime(self.slot.ends_at)
        until = f"{ends:%H:%M}" if begins.date() == ends.date() else f"{ends:%d/%m %H:%M}"
        return f"{begins:%d/%m %H:%M}–{until}"


def conflicts(
    slot: Slot, people: Collection[int], things: Collection[int], *, but: int | None = None, most: int = 50
) -> list[Conflict]:
    """What already takes these people and things in these hours; `but` leaves an entry itself out. Four queries."""
    found = _claims(slot, people, things)
    rows = list((found.exclude(entry=but) if but else found).order_by("during", "id")[:most])
    names = _names(rows)
    titles = dict(Entry.objects.filter(pk__in={row.entry_id for row in rows}).values_list("pk", "title"))
    return [
        Conflict(
            row.person_id, row.thing_id, names[row.person_id, row.thing_id], _slot(row), titles.get(row.entry_id, ""),
            row.entry_id if row.entry_id in titles else None, row.is_firm,
        )
        for row in rows
    ]  # fmt: skip


def busy_slots(window: Slot, people: Collection[int], things: Collection[int] = ()) -> list[Slot]:
    """The hours in which one of them is taken by an approved entry. One query."""
    return [_slot(row) for row in _claims(window, people, things).filter(is_firm=True)]


def hidden_claims(window: Slot, people: Iterable[int]) -> QuerySet[Claim]:
    """Hours in which these people are busy with what the person does not see."""
    seen = Entry.objects.filter(pk=OuterRef("entry_id"))
    found = _claims(window, list(people), ()).filter(is_firm=True, person__isnull=False)
    return found.filter(~Exists(seen)).select_related("person").order_by("during", "id")


def people_of(chair_id: int | None, participants: Iterable[Participant]) -> set[int]:
    """Whose time an entry takes."""
    return {one.person_id for one in participants if one.person_id} | ({chair_id} if chair_id else set())


def _claims(slot: Slot, people: Collection[int], things: Collection[int]) -> QuerySet[Claim]:
    wanted = Q(person__in=list(people)) | Q(thing__in=list(things))
    return Claim.objects.filter(wanted, during__overlap=(slot.starts_at, slot.ends_at))


def _names(rows: Iterable[Claim]) -> Mapping[tuple[int | None, int | None], str]:
    listed = list(rows)
    people = dict(
        Person.objects.filter(pk__in={row.person_id for row in listed if row.person_id}).values_list("pk", "full_name")
    )
    things = dict(
        Thing.objects.filter(pk__in={row.thing_id for row in listed if row.thing_id}).values_list("pk", "name")
    )
    return {
        (row.person_id, row.thing_id): people.get(row.person_id or 0) or things.get(row.thing_id or 0, "")
        for row in listed
    }


def _slot(row: Claim) -> Slot:
    return Slot(row.during.lower, row.during.upper)
