"""Plans, their items and figures."""

from collections.abc import Collection
from datetime import date

from django.db.models import Prefetch, Q, QuerySet

from congso.apps.plan_board.models import Figure, Item, Plan
from congso.kernel.access.principals import Function, Kind, describe
from congso.kernel.directory.models import Organization
from congso.kernel.directory.queries import organizations_on

_KEEPING = (Function.LEADERS, Function.CHIEFS, Function.TRACKERS)
MOST_FIGURES = 400


def keeping_for(held: Collection[int], day: date) -> QuerySet[Organization]:
    """Organizations whose plans somebody with these principals keeps: committees and those with an office."""
    told = (describe(principal) for principal in held)
    own = {pk for kind, pk, function in told if kind is Kind.OFFICE and function in _KEEPING}
    found = organizations_on(day).filter(Q(pk__in=own) | Q(serving_offices__in=own, is_office=False))
    return found.exclude(kind="unit").distinct()


def units_on(day: date) -> QuerySet[Organization]:
    """Organizations an item may name as its lead."""
    return organizations_on(day).exclude(kind__in=("unit", "province", "district", "commune"))


def plans() -> QuerySet[Plan]:
    """Every plan one may see."""
    return Plan.objects.select_related("owner", "unit")


def plan_of(pk: int) -> Plan:
    """One plan with its tree at hand, so that the flow asks nothing more. Raises Plan.DoesNotExist."""
    items = Item.objects.select_related("unit").prefetch_related("milestones", "unit__serving_offices")
    found = plans().select_related("document", "owner__parent", "clock").prefetch_related(
        "owner__serving_offices", Prefetch("items", queryset=items)
    )  # fmt: skip
    return found.get(pk=pk)


def item_of(plan: Plan, pk: int) -> Item:
    """One item of the plan that was not dropped. Raises Item.DoesNotExist."""
    for item in plan.items.all():
        if item.pk == pk and not item.is_dropped:
            return item
    raise Item.DoesNotExist


def figures_of(item: Item) -> list[Figure]:
    """A target's figures, newest first, the newest `MOST_FIGURES`."""
    found = Figure.objects.filter(item=item).select_related("evidence").order_by("-day", "-id")
    return list(found[:MOST_FIGURES])
