"""Dashboards one sees, and who keeps them."""

from collections.abc import Collection
from datetime import date

from django.db.models import Q, QuerySet

from congso.apps.analytics.models import Dashboard, PublicEdition
from congso.kernel.access.principals import Function, Kind, describe, office
from congso.kernel.directory.models import Organization
from congso.kernel.directory.queries import organizations_on

_OFFICES = (Function.STAFF, Function.LEADERS, Function.CLERKS, Function.CHIEFS, Function.TRACKERS)


def boards() -> QuerySet[Dashboard]:
    """Every dashboard one sees that is not put away."""
    return Dashboard.objects.select_related("owner").filter(is_archived=False)


def board_of(pk: int) -> Dashboard:
    """One dashboard with its questions. Raises Dashboard.DoesNotExist."""
    found = Dashboard.objects.select_related("owner").prefetch_related("questions__below")
    return found.get(pk=pk)


def offices_of(held: Collection[int], day: date) -> QuerySet[Organization]:
    """Organizations in whose name somebody with these principals makes dashboards: where she works, not its units."""
    told = (describe(principal) for principal in held)
    own = {pk for kind, pk, function in told if kind is Kind.OFFICE and function in _OFFICES}
    parents = Organization.objects.filter(pk__in=own, kind="unit").values_list("parent_id", flat=True)
    return organizations_on(day).filter(pk__in=own | set(parents)).exclude(kind="unit")


def answers_for(owner: Organization, held: Collection[int], day: date) -> bool:
    """Whether somebody with these principals works for an indicator's owner, or in the office that serves it."""
    return offices_of(held, day).filter(Q(pk=owner.pk) | Q(serves=owner)).exists()


def publishes(board: Dashboard, held: Collection[int]) -> bool:
    """Whether somebody with these principals tells everybody what it says: leaders and chiefs of its owner."""
    return bool({office(board.owner_id, one) for one in (Function.LEADERS, Function.CHIEFS)} & set(held))


def public_editions() -> QuerySet[PublicEdition]:
    """What everybody reads."""
    return PublicEdition.objects.filter(withdrawn_at__isnull=True).order_by("title", "id")


def public_edition(pk: int) -> PublicEdition | None:
    """One of them; None when it is not public (any more)."""
    return public_editions().filter(pk=pk).first()


def keeps(board: Dashboard, held: Collection[int], person_id: int) -> bool:
    """Whether somebody with these principals changes the dashboard."""
    leads = {office(board.owner_id, function) for function in (Function.LEADERS, Function.CHIEFS)}
    return board.author_id == person_id or not leads.isdisjoint(held)
