"""What can be asked about tasks. Row-level security has already taken away what is not the asker's."""

from collections.abc import Collection
from datetime import date

from django.db.models import Exists, OuterRef, Q, QuerySet, prefetch_related_objects

from congso.apps.directives.flow import JUDGED_BY_OTHERS, RUNNING, STARTED, lead_side
from congso.apps.directives.models import DeadlineKind, Support, Task
from congso.kernel.access.principals import Function, Kind, describe
from congso.kernel.directory.models import Organization
from congso.kernel.workflow.flow import Transition
from congso.kernel.workflow.services import possible_transitions

_PARTIES = ("supports", "owner__serving_offices", "unit__serving_offices")
_MANAGING = (Function.LEADERS, Function.CHIEFS, Function.CLERKS)
_ASSIGNING = (Function.LEADERS, Function.CHIEFS, Function.TRACKERS)


def tasks() -> QuerySet[Task]:
    """Every task one may see, with what lists show."""
    return Task.objects.select_related("owner__serves", "unit", "in_charge", "supervisor", "occurrence")


def task_of(pk: int) -> Task:
    """One task with its parties at hand, so that the flow asks nothing more. Raises Task.DoesNotExist."""
    task = tasks().select_related("tracker").get(pk=pk)
    gather_parties(task)
    return task


def gather_parties(task: Task) -> None:
    """(Re)read who takes part, after it changed."""
    for name in ("supports",):
        getattr(task, "_prefetched_objects_cache", {}).pop(name, None)
    prefetch_related_objects([task], *_PARTIES)


def organizations_where(held: Collection[int], functions: Collection[Function]) -> set[int]:
    """The organizations in which somebody with these principals does one of these things."""
    described = (describe(principal) for principal in held)
    return {object_id for kind, object_id, code in described if kind is Kind.OFFICE and code in functions}


def assigning_for(held: Collection[int]) -> QuerySet[Organization]:
    """Organizations in whose name somebody with these principals may assign, in Vietnamese order."""
    own = organizations_where(held, _ASSIGNING)
    return Organization.objects.filter(
        Q(pk__in=own) | Q(serves__in=own)
        | Q(pk__in=Organization.objects.filter(pk__in=own, serves__is_office=False).values("serves_id"))
    ).order_by("name_key", "id")


def stands_on_lead_side(task: Task, held: Collection[int]) -> bool:
    """Whether somebody with these principals acts for the lead and so must not judge its work."""
    return not lead_side(task).isdisjoint(held)


def acts_open_to(task: Task, held: frozenset[int]) -> list[Transition]:
    """What the person may do with the task now; judging is left out for those on the lead side."""
    possible = possible_transitions(task, held=held)
    if stands_on_lead_side(task, held):
        return [one for one in possible if one.key not in JUDGED_BY_OTHERS]
    return possible


def waiting_for(found: QuerySet[Task], held: Collection[int], person_id: int) -> QuerySet[Task]:
    """“Của tôi”: what I carry out or follow, what waits for my unit's hand, what waits for my judgement."""
    managed = organizations_where(held, _MANAGING)
    assigned_by_me = assigning_for(held).order_by().values("pk")
    return found.filter(
        Q(in_charge_id=person_id, state__in=STARTED)
        | Q(tracker_id=person_id, state__in=RUNNING)
        | Q(unit_id__in=managed, in_charge__isnull=True, state__in=STARTED)
        | Q(owner_id__in=assigned_by_me, state__in=("awaiting_confirmation", "returned"))
    )


def of_units(found: QuerySet[Task], held: Collection[int]) -> QuerySet[Task]:
    """“Đơn vị tôi”: tasks my organizations lead or support."""
    own = organizations_where(held, tuple(Function))
    supported = Support.objects.filter(task_id=OuterRef("pk"), organization_id__in=own)
    return found.filter(Q(unit_id__in=own) | Exists(supported))


def overdue(found: QuerySet[Task], today: date) -> QuerySet[Task]:
    """“Quá hạn”, as rules.is_overdue says."""
    return found.filter(state__in=RUNNING, due_on__lt=today)


def due_soon(found: QuerySet[Task], today: date, until: date) -> QuerySet[Task]:
    """“Sắp đến hạn”: due from today to the day rules.soon_until gives."""
    return found.filter(state__in=RUNNING, due_on__range=(today, until))


def open_series() -> QuerySet[Task]:
    """Recurring tasks whose periods are to be opened."""
    found = Task.objects.filter(deadline_kind=DeadlineKind.RECURRING, state__in=STARTED)
    return found.select_related("owner__serves", "unit").prefetch_related("supports", "targets").order_by("id")
