"""Meetings as they are listed and opened."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet, prefetch_related_objects

from congso.apps.meetings.models import Event, Item, Meeting, Participant, Reply
from congso.kernel.access.principals import Function, Kind, describe
from congso.kernel.directory.models import Organization
from congso.kernel.workflow.flow import Transition
from congso.kernel.workflow.services import possible_transitions

_ORGANIZING = (Function.LEADERS, Function.CHIEFS, Function.CLERKS)


def meetings() -> QuerySet[Meeting]:
    """Everything the person sees, with what a list shows."""
    return Meeting.objects.select_related("owner", "chair")


def _parties() -> "tuple[Prefetch[str, Any, str] | str, ...]":
    """What the flow's roles and guards ask of a meeting, so that they ask nothing more."""
    items = Item.objects.select_related("unit").prefetch_related("papers__versions").order_by("position", "id")
    return (
        Prefetch("owner", Organization.objects.prefetch_related("serving_offices")),
        Prefetch("participants", Participant.objects.select_related("person").order_by("id")),
        Prefetch("items", items),
        "remarks",
    )


def meeting_of(pk: int) -> Meeting:
    """One meeting with its parties at hand. Raises Meeting.DoesNotExist."""
    return Meeting.objects.prefetch_related(*_parties()).get(pk=pk)


def refresh_parties(meeting: Meeting) -> None:
    """Read anew what hangs on it, after a change of it."""
    meeting.__dict__.pop("_prefetched_objects_cache", None)
    prefetch_related_objects([meeting], *_parties())


def tag_of(meeting_id: int) -> int:
    """How many things have happened: pages with another number are out of date. One small query."""
    return Event.objects.filter(meeting=meeting_id).count()


def acts_open_to(meeting: Meeting, held: frozenset[int]) -> list[Transition]:
    """What the person may do now."""
    return possible_transitions(meeting, held=held)


def meetings_between(first: datetime, last: datetime) -> QuerySet[Meeting]:
    """Called meetings that share a moment with these hours, by time."""
    found = meetings().filter(
        starts_at__lt=last, ends_at__gt=first, state__in=("convened", "open", "closed", "concluded")
    )
    return found.order_by("starts_at", "id")


def mine(found: QuerySet[Meeting], person_id: int) -> QuerySet[Meeting]:
    """Those the person chairs, writes down or is convened to."""
    part = Participant.objects.filter(meeting=OuterRef("pk"), person=person_id, left_out_at=None)
    return found.filter(Q(chair=person_id) | Q(secretary=person_id) | Exists(part))


def to_answer(found: QuerySet[Meeting], person_id: int, at: datetime) -> QuerySet[Meeting]:
    """Meetings to come whose invitation the person has not answered."""
    part = Participant.objects.filter(meeting=OuterRef("pk"), person=person_id, left_out_at=None, capacity="member")
    told = Reply.objects.filter(participant__meeting=OuterRef("pk"), participant__person=person_id)
    return found.filter(Exists(part), ~Exists(told), state="convened", ends_at__gt=at)


def _organizing(held: Collection[int]) -> set[int]:
    described = (describe(principal) for principal in held)
    return {object_id for kind, object_id, code in described if kind is Kind.OFFICE and code in _ORGANIZING}


def organizes_anything(held: Collection[int]) -> bool:
    """Whether the person may prepare meetings of some body; asks nothing of the database, so that menus may."""
    return bool(_organizing(held))


def bodies_for(held: Collection[int]) -> QuerySet[Organization]:
    """Bodies whose meetings somebody with these principals prepares: her own and those her office serves."""
    own = _organizing(held)
    found = Organization.objects.filter(Q(pk__in=own) | Q(serving_offices__in=own))
    return found.distinct().order_by("name_key", "id")
