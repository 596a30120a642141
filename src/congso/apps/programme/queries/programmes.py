"""Programmes as they are listed and opened."""

from collections.abc import Collection
from typing import Any

from django.db.models import Prefetch, Q, QuerySet, prefetch_related_objects

from congso.apps.programme.flow import offices_around
from congso.apps.programme.models import Item, Programme, Span
from congso.kernel.access.principals import Function, Kind, describe
from congso.kernel.directory.models import Organization, OrganizationKind
from congso.kernel.workflow.flow import Transition
from congso.kernel.workflow.services import possible_transitions

_DRAFTING = (Function.CHIEFS, Function.TRACKERS)
# Which spans are longer than one.
LONGER = {
    Span.MONTH: (Span.QUARTER, Span.HALF, Span.YEAR),
    Span.QUARTER: (Span.HALF, Span.YEAR),
    Span.HALF: (Span.YEAR,),
    Span.YEAR: (),
}


def programmes() -> QuerySet[Programme]:
    """Everything the person sees, with what a list shows."""
    return Programme.objects.select_related("owner", "organization")


def _parties() -> "tuple[Prefetch[str, Any, str], ...]":
    """What the flow's roles ask of a programme, so that they ask nothing more."""
    offices = Organization.objects.prefetch_related("serving_offices")
    items = Item.objects.select_related("supervisor").prefetch_related(
        Prefetch("preparer", offices), Prefetch("verifier", offices), "heard"
    )
    return (
        Prefetch("items", items),
        Prefetch("owner", offices),
        Prefetch("consulted__organization", offices),
    )


def programme_of(pk: int) -> Programme:
    """One programme with its parties at hand. Raises Programme.DoesNotExist."""
    return Programme.objects.select_related("organization", "above").prefetch_related(*_parties()).get(pk=pk)


def refresh_parties(programme: Programme) -> None:
    """Read anew what hangs on it, after a change of it."""
    programme.__dict__.pop("_prefetched_objects_cache", None)
    prefetch_related_objects([programme], *_parties())


def acts_open_to(programme: Programme, held: frozenset[int]) -> list[Transition]:
    """What the person may do now."""
    return possible_transitions(programme, held=held)


def organizations_where(held: Collection[int], functions: Collection[Function]) -> set[int]:
    """The organizations in which somebody with these principals does one of these things."""
    described = (describe(principal) for principal in held)
    return {object_id for kind, object_id, code in described if kind is Kind.OFFICE and code in functions}


def drafting_for(held: Collection[int]) -> QuerySet[Organization]:
    """Whose programmes somebody with these principals drafts: the committee her office serves, else her own office."""
    own = organizations_where(held, _DRAFTING)
    is_mine = Q(pk__in=own) | Q(serving_offices__in=own, kind__in=_COMMITTEES)
    return Organization.objects.filter(is_mine).distinct().order_by("name_key", "id")


_COMMITTEES = (OrganizationKind.COMMITTEE, OrganizationKind.COMMUNE_COMMITTEE, OrganizationKind.FRONT)


def drafts_anything(held: Collection[int]) -> bool:
    """Whether there is anybody whose programmes she drafts; asks nothing of the database, so that menus may."""
    return bool(organizations_where(held, _DRAFTING))


def units_speaking_for(programme: Programme, held: Collection[int]) -> list[Organization]:
    """The consulted units for which the person may say an opinion."""
    own = organizations_where(held, tuple(Function))
    asked = (one.organization for one in programme.consulted.all())
    return [unit for unit in asked if own & {one.pk for one in offices_around(unit)}]
