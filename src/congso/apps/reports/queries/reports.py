"""Reports as they are listed and opened."""

from collections.abc import Collection
from datetime import date

from django.db.models import Count, Q, QuerySet

from congso.apps.reports.flow import FILLING, JUDGED_BY_OTHERS, RUNNING, fillers
from congso.apps.reports.models import Report
from congso.kernel.workflow.flow import Transition
from congso.kernel.workflow.services import possible_transitions

_PARTIES = ("owner__serves", "organization__serves", "unit", "form", "version_of_form")


def reports() -> QuerySet[Report]:
    """Everything the person sees, with what a list shows."""
    return Report.objects.select_related(*_PARTIES)


def report_of(pk: int) -> Report:
    """One report with its parties at hand, so that the flow asks nothing more. Raises Report.DoesNotExist."""
    found = reports().prefetch_related("owner__serving_offices", "organization__serving_offices")
    return found.get(pk=pk)


def stands_on_unit_side(report: Report, held: Collection[int]) -> bool:
    """Whether somebody with these principals belongs to the unit that reports."""
    return bool(fillers(report) & set(held))


def acts_open_to(report: Report, held: frozenset[int]) -> list[Transition]:
    """What the person may do now; judging is left out for those of the unit's side."""
    possible = possible_transitions(report, held=held)
    if stands_on_unit_side(report, held):
        return [one for one in possible if one.key not in JUDGED_BY_OTHERS]
    return possible


def in_hand(found: QuerySet[Report], held: Collection[int]) -> QuerySet[Report]:
    """Those the person's units have still to send."""
    return found.filter(awaited__overlap=list(held), state__in=FILLING)


def to_judge(found: QuerySet[Report], held: Collection[int]) -> QuerySet[Report]:
    """Those that wait for the person's judgement."""
    return found.filter(awaited__overlap=list(held), state="submitted")


def overdue(found: QuerySet[Report], today: date) -> QuerySet[Report]:
    """Not sent although the deadline has passed."""
    return found.filter(state__in=FILLING, due_on__lt=today)


def counts_by_state(found: QuerySet[Report]) -> dict[str, int]:
    """How many stand in each state."""
    return dict(found.order_by().values_list("state").annotate(Count("pk")))


def running(found: QuerySet[Report]) -> QuerySet[Report]:
    """Not yet judged."""
    return found.filter(Q(state__in=RUNNING))
