"""What can be asked about tasks. Row-level security has already taken away what is not the asker's."""

from collections.abc import Collection, Iterable
from datetime import date
from functools import cached_property
from typing import Any

from django.db.models import Case, Count, Exists, F, OuterRef, Q, QuerySet, When, Window, prefetch_related_objects
from django.db.models.functions import RowNumber

from congso.apps.directives.flow import JUDGED_BY_OTHERS, RUNNING, STARTED, assigning_offices, lead_side
from congso.apps.directives.models import DeadlineKind, Support, Task
from congso.kernel.access.principals import Function, Kind, describe
from congso.kernel.directory.models import Organization, Person
from congso.kernel.directory.queries import organizations_on, people_in
from congso.kernel.workflow.flow import Transition, flow_of
from congso.kernel.workflow.services import possible_transitions
from congso.lib.vietnamese import fold

_PARTIES = ("supports__organization", "extensions", "owner__serving_offices", "unit__serving_offices")
AT_ONCE = ("accept", "confirm", "resume")
_MANAGING = (Function.LEADERS, Function.CHIEFS, Function.CLERKS)
_ASSIGNING = (Function.LEADERS, Function.CHIEFS, Function.TRACKERS)


def tasks() -> QuerySet[Task]:
    """Every task one may see, with what lists show; `open_due` sorts what is closed behind what is not."""
    open_due = Case(When(closed_at__isnull=True, then=F("due_on")))
    found = Task.objects.select_related("owner__serves", "unit", "in_charge", "supervisor", "occurrence")
    return found.annotate(open_due=open_due)


def task_of(pk: int) -> Task:
    """One task with its parties at hand, so that the flow asks nothing more. Raises Task.DoesNotExist."""
    task = tasks().select_related("tracker", "unit__serves").get(pk=pk)
    gather_parties(task)
    return task


def gather_parties(task: Task) -> None:
    """(Re)read who takes part, after it changed."""
    for name in ("supports", "extensions"):
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
        Q(pk__in=own)
        | Q(serves__in=own)
        | Q(pk__in=Organization.objects.filter(pk__in=own, serves__is_office=False).values("serves_id"))
    ).order_by("name_key", "id")


def owners_first(found: QuerySet[Organization]) -> list[Organization]:
    """In whose name people mostly assign stands first: the committee an office serves, then offices."""
    rows = list(found.select_related("serves"))
    served = {one.serves_id for one in rows}
    return sorted(rows, key=lambda one: (one.pk not in served, not one.is_office))


def stands_on_lead_side(task: Task, held: Collection[int]) -> bool:
    """Whether somebody with these principals acts for the lead and so must not judge its work."""
    return not lead_side(task).isdisjoint(held)


def acts_open_to(task: Task, held: frozenset[int]) -> list[Transition]:
    """What the person may do with the task now; judging is left out for those on the lead side."""
    possible = possible_transitions(task, held=held)
    if stands_on_lead_side(task, held):
        return [one for one in possible if one.key not in JUDGED_BY_OTHERS]
    return possible


def board_acts(task: Task, held: frozenset[int]) -> list[Transition]:
    """The acts that need no words, so that a card does them at once; guards are left to the act itself."""
    on_lead_side = stands_on_lead_side(task, held)
    return [
        one
        for one in flow_of(task.type).leaving(task.state)
        if one.key in AT_ONCE
        and not (on_lead_side and one.key in JUDGED_BY_OTHERS)
        and held & {principal for role in one.by for principal in role.principals(task)}
    ]


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


def standings(today: date) -> dict[str, Q]:
    """How tasks stand, as conditions; all but `counted` exclude each other and together make `counted`.

    A recurring task is counted through its periods, a cancelled one not at all.
    """
    counted = ~Q(state="cancelled") & ~Q(deadline_kind=DeadlineKind.RECURRING)
    late_done = Q(due_on__isnull=False, completed_on__gt=F("due_on"))
    past = Q(due_on__isnull=False, due_on__lt=today)
    return {
        "counted": counted,
        "on_time": counted & Q(state="completed") & ~late_done,
        "late_done": counted & Q(state="completed") & late_done,
        "running": counted & Q(state__in=RUNNING) & ~past,
        "overdue": counted & Q(state__in=RUNNING) & past,
        "resting": counted & Q(state="paused"),
    }


def counts_by(found: QuerySet[Task], fields: Iterable[str], today: date) -> list[dict[str, Any]]:
    """One row per value of the fields with how many tasks stand how; one query, counted in the database."""
    names = tuple(fields)
    counting = {key: Count("pk", filter=condition) for key, condition in standings(today).items()}
    rows = found.filter(standings(today)["counted"]).order_by().values(*names).annotate(**counting)
    return list(rows.order_by(*names))


def totals(found: QuerySet[Task], today: date, soon: date) -> dict[str, int]:
    """The dashboard's figures in one query; `due` and `kept` make the on-time rate of the year so far."""
    standing = standings(today)
    due = standing["counted"] & Q(due_on__range=(date(today.year, 1, 1), today))
    return found.aggregate(
        **{key: Count("pk", filter=condition) for key, condition in standing.items()},
        soon=Count("pk", filter=standing["running"] & Q(due_on__range=(today, soon))),
        awaiting=Count("pk", filter=standing["counted"] & Q(state="awaiting_confirmation")),
        series=Count("pk", filter=Q(deadline_kind=DeadlineKind.RECURRING, state__in=STARTED)),
        due=Count("pk", filter=due),
        kept=Count("pk", filter=due & standing["on_time"]),
    )


def first_of_each_state(found: QuerySet[Task], most: int) -> dict[str, list[Task]]:
    """The nearest tasks of every state for the board, in one query and its parties' few."""
    place = Window(RowNumber(), partition_by="state", order_by=[F("due_on").asc(nulls_last=True), "-id"])
    rows = found.annotate(place=place).filter(place__lte=most).order_by("state", "place")
    columns: dict[str, list[Task]] = {}
    for task in rows.prefetch_related(*_PARTIES):
        columns.setdefault(task.state, []).append(task)
    return columns


def counts_by_state(found: QuerySet[Task]) -> dict[str, int]:
    """How many tasks are in each state."""
    return dict(found.order_by().values_list("state").annotate(Count("pk")))


def distinct_values(field: str) -> list[Any]:
    """The values of a field among the tasks one sees, for filters."""
    return list(Task.objects.order_by(field).values_list(field, flat=True).distinct())


def people_of(organization: Organization, day: date) -> list[Person]:
    """Who may be put in charge: people of the lead, of its units and of the office serving it."""
    units = organizations_on(day).filter(Q(parent=organization, kind="unit") | Q(serves=organization))
    inside = [organization, *units]
    found = {person.pk: person for one in inside for person in people_in(one, day)}
    return sorted(found.values(), key=lambda person: person.name_key)


def directors_of(owners: Iterable[Organization], day: date, functions: Iterable[str]) -> list[Person]:
    """People who do one of these things in the assigning organizations, in Vietnamese order of names."""
    wanted = list(functions)
    found = {
        person.pk: person
        for owner in owners
        for one in assigning_offices(owner)
        for person in people_in(one, day, wanted)
    }
    return sorted(found.values(), key=lambda person: person.name_key)


class UnknownOrganization(LookupError):
    """No organization, or more than one, is called so; the message says it in Vietnamese."""


def working_on(day: date) -> QuerySet[Organization]:
    """All organizations of the day that can be given work."""
    return organizations_on(day).exclude(kind__in=("province", "district", "commune"))


class OrganizationIndex:
    """The organizations of a day by what people type: name, short name, symbol or code, accents or not.

    They are read (one query) when the first name is asked for: a form nobody has filled costs nothing.
    """

    def __init__(self, day: date) -> None:
        self._day = day
        self._found: dict[str, tuple[Organization, ...]] = {}

    @cached_property
    def _organizations(self) -> tuple[Organization, ...]:
        return tuple(working_on(self._day))

    def find(self, typed: str) -> Organization:
        """The one organization called so, or whose name alone has all typed words. Raises UnknownOrganization."""
        key = _key(typed)
        if key not in self._found:
            self._found[key] = self._called(key)
        named = self._found[key]
        if len(named) == 1:
            return named[0]
        if not named:
            raise UnknownOrganization(f"Không có đơn vị nào tên “{typed.strip()}”.")
        some = "; ".join(one.name for one in named[:3]) + ("…" if len(named) > 3 else "")
        raise UnknownOrganization(f"“{typed.strip()}” khớp {len(named)} đơn vị: {some}. Hãy ghi rõ hơn.")

    def _called(self, key: str) -> tuple[Organization, ...]:
        """Only names that have all the words are folded and compared: of ten thousand a few."""
        words = key.split()
        near = [one for one in self._organizations if all(word in one.name_folded for word in words)]
        exact = [one for one in near if key in {_key(text) for text in (one.name, one.short_name, one.symbol)}]
        coded = [one for one in self._organizations if one.code.lower() == key and one not in exact]
        return tuple(exact + coded) or tuple(near)


def _key(text: str) -> str:
    return " ".join(fold(text).lower().split())
