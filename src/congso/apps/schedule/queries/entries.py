"""Entries as they are listed and opened, and whose calendars somebody proposes into or approves."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet, prefetch_related_objects

from congso.apps.schedule.flow import SETTLED
from congso.apps.schedule.models import Entry, Participant
from congso.kernel.access.principals import Function, Kind, describe
from congso.kernel.directory.models import Organization, OrganizationKind

_COMMITTEES = (OrganizationKind.COMMITTEE, OrganizationKind.COMMUNE_COMMITTEE, OrganizationKind.FRONT)


def entries() -> QuerySet[Entry]:
    """Everything the person sees, with what a list shows."""
    return Entry.objects.select_related("owner", "unit", "chair")


def _parties() -> "tuple[Prefetch[str, Any, str], ...]":
    """What the flow's roles ask of an entry, so that they ask nothing more."""
    offices = Organization.objects.prefetch_related("serving_offices")
    taking_part = Participant.objects.select_related("person", "post").prefetch_related(
        Prefetch("organization", offices)
    )
    return (Prefetch("owner", offices), Prefetch("participants", taking_part))


def entry_of(pk: int) -> Entry:
    """One entry with its parties at hand. Raises Entry.DoesNotExist."""
    return Entry.objects.select_related("unit", "chair", "series").prefetch_related(*_parties()).get(pk=pk)


def refresh_parties(entry: Entry) -> None:
    """Read anew what hangs on it, after a change of it."""
    entry.__dict__.pop("_prefetched_objects_cache", None)
    prefetch_related_objects([entry], *_parties())


def entries_between(first: datetime, last: datetime) -> QuerySet[Entry]:
    """Approved and published entries that share a moment with these hours, by time, with who takes part."""
    found = entries().filter(starts_at__lt=last, ends_at__gt=first, state__in=SETTLED)
    return found.prefetch_related("participants").order_by("starts_at", "ends_at", "id")


def mine(found: QuerySet[Entry], held: Collection[int], person_id: int) -> QuerySet[Entry]:
    """Those the person chairs or takes part in, in person, by a post, or with her unit."""
    own, posts = organizations_where(held, tuple(Function)), posts_held(held)
    taking_part = Participant.objects.filter(entry=OuterRef("pk")).filter(
        Q(person=person_id) | Q(post__in=posts) | Q(organization__in=own)
    )
    return found.filter(Q(chair=person_id) | Exists(taking_part))


def organizations_where(held: Collection[int], functions: Collection[Function]) -> set[int]:
    """The organizations in which somebody with these principals does one of these things."""
    described = (describe(principal) for principal in held)
    return {object_id for kind, object_id, code in described if kind is Kind.OFFICE and code in functions}


def posts_held(held: Collection[int]) -> set[int]:
    """The posts somebody with these principals holds or continues."""
    described = (describe(principal) for principal in held)
    return {object_id for kind, object_id, _code in described if kind is Kind.POST}


def units_for(held: Collection[int]) -> QuerySet[Organization]:
    """In whose name somebody proposes: where she works."""
    own = organizations_where(held, tuple(Function))
    return Organization.objects.filter(pk__in=own).order_by("name_key", "id")


def owners_for(held: Collection[int]) -> QuerySet[Organization]:
    """Whose calendars somebody may propose into: her own offices', those they serve, those above them."""
    own = organizations_where(held, tuple(Function))
    around = Q(pk__in=own) | Q(serving_offices__in=own) | Q(children__in=own) | Q(serving_offices__children__in=own)
    return (
        Organization.objects.filter(around)
        .exclude(kind=OrganizationKind.PROVINCE)
        .distinct()
        .order_by("name_key", "id")
    )


def approving_for(held: Collection[int]) -> QuerySet[Organization]:
    """Whose calendars somebody approves and publishes."""
    own = organizations_where(held, (Function.LEADERS, Function.CHIEFS))
    found = Organization.objects.filter(Q(pk__in=own) | Q(serving_offices__in=own, kind__in=_COMMITTEES))
    return found.distinct().order_by("name_key", "id")
