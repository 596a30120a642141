"""Confirmed proposals become tasks, all of the chosen ones or none, each once."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from django.db import transaction

from congso.apps.directives.models import DeadlineKind, HandOut, PlanReading, ProposedTask, Task
from congso.apps.directives.queries import is_without_deadline, organizations_in
from congso.apps.directives.rules import first_day_of, last_day_of
from congso.apps.directives.services.assigning import InvalidTasks, NewTask, assign_tasks, task_errors
from congso.apps.directives.services.changes import OPEN, State, check_reviewer, locked_rows
from congso.kernel.access.services import Actor
from congso.kernel.directory.models import Organization, Person
from congso.kernel.workflow.services import Refused, WrongState


@dataclass(frozen=True)
class Spread:
    """How a group named as lead gets the work: a task for each unit, or one task that `lead` leads and the others
    support."""

    lead: Organization | None = None

    @property
    def is_each(self) -> bool:
        return self.lead is None


@dataclass(frozen=True)
class Terms:
    """What all tasks of one hand-out share. `spreads` says for each group of leads, by its words, how it gets work;
    `due_on` stands in for a deadline the paper does not give (without it the default term runs)."""

    source_symbol: str
    assigned_on: date
    supervisor: Person | None = None
    tracker: Person | None = None
    due_on: date | None = None
    spreads: Mapping[str, Spread] = field(default_factory=dict)


@dataclass(frozen=True)
class Plan:
    """What a hand-out would do: every task with the row it comes from, and what keeps rows from being handed out."""

    pairs: tuple[tuple[ProposedTask, NewTask], ...]
    errors: Mapping[int, dict[str, str]]

    @property
    def by_unit(self) -> list[tuple[Organization, int]]:
        """How many tasks each unit would lead, the busiest first."""
        units = {new.lead.pk: new.lead for _row, new in self.pairs if new.lead is not None}
        counts = Counter(new.lead.pk for _row, new in self.pairs if new.lead is not None)
        return sorted(((units[pk], count) for pk, count in counts.items()), key=lambda one: (-one[1], one[0].name_key))

    @property
    def undated(self) -> int:
        """How many rows the paper gives no deadline."""
        return sum(1 for row in {row.pk: row for row, _new in self.pairs}.values() if is_without_deadline(row))


def groups_leading(rows: Collection[ProposedTask]) -> dict[str, list[ProposedTask]]:
    """The groups named as lead, by their words, with the rows that name them."""
    found: dict[str, list[ProposedTask]] = {}
    for row in rows:
        if row.led_by.is_group:
            found.setdefault(group_key(row), []).append(row)
    return found


def group_key(row: ProposedTask) -> str:
    """The words by which people know the group that leads the row."""
    lead = row.led_by
    return lead.group or lead.written


def plan_hand_out(reading: PlanReading, rows: Sequence[ProposedTask], terms: Terms) -> Plan:
    """What handing the rows out would do. Writes nothing."""
    units = organizations_in(rows)
    pairs = tuple((row, new) for row in rows for new in _new_tasks(row, terms, units))
    found = task_errors(
        [new for _row, new in pairs], owner=reading.organization, source_symbol=terms.source_symbol,
        assigned_on=terms.assigned_on,
    )  # fmt: skip
    errors: dict[int, dict[str, str]] = {}
    for place, words in found.items():
        errors.setdefault(pairs[place][0].pk, words)
    return Plan(pairs, errors)


def hand_out(reading: PlanReading, ids: Collection[int], *, terms: Terms, by: Actor, at: datetime) -> list[Task]:
    """Make tasks of the confirmed rows, all or none, and tie each to the row and the document it comes from.

    Raises WrongState when somebody was quicker, InvalidTasks (rows by id) when a row is not in order.
    """
    check_reviewer(reading)
    with transaction.atomic():
        rows = locked_rows(reading, ids)
        if not rows:
            raise Refused("Chưa chọn dòng nào để giao.")
        if any(row.state != State.CONFIRMED for row in rows):
            raise WrongState("Có dòng không còn ở trạng thái đã xác nhận. Hãy tải lại trang.")
        plan = plan_hand_out(reading, rows, terms)
        if plan.errors:
            raise InvalidTasks(dict(plan.errors))
        tasks = assign_tasks(
            [new for _row, new in plan.pairs], owner=reading.organization, source=reading.record,
            source_symbol=terms.source_symbol, assigned_on=terms.assigned_on, by=by, at=at,
        )  # fmt: skip
        HandOut.objects.bulk_create(
            HandOut(proposal=row, organization=new.lead, task=task)
            for (row, new), task in zip(plan.pairs, tasks, strict=True)
        )
        ProposedTask.objects.filter(pk__in=[row.pk for row in rows]).update(state=State.ASSIGNED)
        if not ProposedTask.objects.filter(reading=reading, state__in=OPEN).exists():
            PlanReading.objects.filter(pk=reading.pk).update(state=PlanReading.State.FINISHED)
    return tasks


def _new_tasks(row: ProposedTask, terms: Terms, units: Mapping[int, Organization]) -> list[NewTask]:
    lead = row.led_by
    leads = [units[pk] for pk in lead.organizations if pk in units]
    helpers = [units[pk] for one in row.supported_by for pk in one.organizations if pk in units]
    if not lead.is_group:
        return [_new_task(row, terms, leads[0] if leads else None, helpers)]
    spread = terms.spreads.get(group_key(row), Spread())
    if spread.is_each:
        return [_new_task(row, terms, one, helpers) for one in leads]
    return [_new_task(row, terms, spread.lead, [*leads, *helpers])]


def _new_task(row: ProposedTask, terms: Terms, lead: Organization | None, helpers: Sequence[Organization]) -> NewTask:
    supporting = {one.pk: one for one in helpers if lead is None or one.pk != lead.pk}
    recurs = row.deadline_kind == DeadlineKind.RECURRING
    due = last_day_of(row.due)
    fixed = row.deadline_kind == DeadlineKind.FIXED
    return NewTask(
        content=row.text, lead=lead, supporting=tuple(supporting.values()), clause=row.clause, chapter=row.chapter,
        product=row.product, deadline_kind=row.deadline_kind, due_on=(due or terms.due_on) if fixed else None,
        no_deadline_reason=row.no_deadline_reason, schedule_text=row.schedule_text,
        recurrence=row.recurrence if recurs else "",
        recurrence_start=(first_day_of(row.start) or terms.assigned_on) if recurs else None,
        recurrence_end=(due or date(terms.assigned_on.year, 12, 31)) if recurs else None,
        supervisor=terms.supervisor, tracker=terms.tracker,
    )  # fmt: skip
