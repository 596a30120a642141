"""What a second reading changes about tasks already given: found once when it is stored, then acted on by people."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from congso.apps.directives.models import DeadlineKind, PlanReading, ProposedTask, Task
from congso.apps.directives.queries import (
    assigned_rows,
    in_words,
    organizations_in,
    proposals_of,
    task_of,
    tasks_made_of,
)
from congso.apps.directives.rules import last_day_of, working_deadline
from congso.apps.directives.services.amending import Amendment, amend_task
from congso.apps.directives.services.assigning import change_lead
from congso.apps.directives.services.changes import check_reviewer
from congso.apps.directives.services.judging import cancel_task
from congso.kernel.access.services import Actor
from congso.kernel.directory.models import Organization
from congso.kernel.papers.proposals import TaskProposal
from congso.kernel.papers.tasks.changes import pair_readings
from congso.kernel.regulations.queries import calendar
from congso.kernel.workflow.services import Refused
from congso.lib.recurrences import Recurrence

# What an amendment of a task can take over; a changed clause or a word for the same schedule needs no act.
TOLD = ("text", "lead", "supporting", "start", "due", "recurrence", "product")


@dataclass(frozen=True)
class Comparison:
    """A reading against the one before it: new rows, rows given that the paper no longer has, and changed ones as
    (before, now)."""

    added: tuple[ProposedTask, ...]
    removed: tuple[ProposedTask, ...]
    changed: tuple[tuple[ProposedTask, ProposedTask], ...]
    unchanged: int


def pair_with_earlier(rows: Sequence[ProposedTask], given: Sequence[ProposedTask]) -> None:
    """Tie new rows to those already given, so that nothing is handed out twice. The rows are not saved yet."""
    units = organizations_in([*rows, *given])
    before, now = ([_proposal(row, units) for row in side] for side in (given, rows))
    for old, new in pair_readings(before, now).items():
        row = rows[new]
        row.amends_id = given[old].amends_id or given[old].pk
        row.amended = [name for name in TOLD if getattr(before[old], name) != getattr(now[new], name)]
        row.state = ProposedTask.State.ASSIGNED


def comparison_of(reading: PlanReading) -> Comparison:
    """What the reading says differently from the one it amends. Three queries."""
    earlier = assigned_rows(reading.previous) if reading.previous is not None else []
    rows = proposals_of(reading)
    by_root = {row.amends_id or row.pk: row for row in earlier}
    paired = {row.amends_id: row for row in rows if row.amends_id}
    changed = tuple((by_root[root], row) for root, row in paired.items() if row.amended and root in by_root)
    return Comparison(
        added=tuple(row for row in rows if not row.amends_id and row.state != ProposedTask.State.DROPPED),
        removed=tuple(row for root, row in by_root.items() if root not in paired),
        changed=changed,
        unchanged=len(paired) - len(changed),
    )


@transaction.atomic
def amend_given(reading: PlanReading, row_id: int, *, by: Actor, at: datetime, note: str) -> int:
    """Let the tasks given from the row say what the paper says now; returns how many were amended.

    Raises Refused with the reason when a task cannot be: then none of them is.
    """
    check_reviewer(reading)
    row = ProposedTask.objects.select_for_update().get(pk=row_id, reading=reading)
    if not row.amended:
        raise Refused("Nhiệm vụ này đã được điều chỉnh theo văn bản mới.")
    units = organizations_in([row])
    tasks = [task_of(pk) for pk in tasks_made_of([row]).get(row.pk, ())]
    for task in tasks:
        _amend(task, row, units, by=by, at=at, note=note)
    row.amended = []
    row.save(update_fields=["amended"])
    return len(tasks)


@transaction.atomic
def withdraw_given(reading: PlanReading, row_id: int, *, by: Actor, at: datetime, note: str) -> int:
    """Cancel the tasks given from a row that the paper no longer has; returns how many."""
    check_reviewer(reading)
    row = ProposedTask.objects.get(pk=row_id, reading=reading.previous)
    tasks = [task_of(pk) for pk in tasks_made_of([row]).get(row.pk, ())]
    running = [task for task in tasks if task.closed_at is None]
    if not running:
        raise Refused("Nhiệm vụ này đã kết thúc, không còn gì để hủy.")
    for task in running:
        cancel_task(task, by=by, at=at, note=note)
    return len(running)


def _amend(
    task: Task, row: ProposedTask, units: Mapping[int, Organization], *, by: Actor, at: datetime, note: str
) -> None:
    """What the row says now of words, product, deadline and lead; what a task cannot take over is told."""
    if "recurrence" in row.amended or (task.recurrence and {"start", "due"} & set(row.amended)):
        raise Refused("Kỳ lặp lại đã đổi: hãy hủy nhiệm vụ cũ rồi giao lại.")
    if "supporting" in row.amended:
        raise Refused("Đơn vị phối hợp đã đổi: hãy hủy nhiệm vụ cũ rồi giao lại.")
    amendment = _amendment(task, row)
    if amendment != Amendment(task.content, task.due_on, task.product):
        amend_task(task, amendment, by=by, at=at, note=note)
    if "lead" in row.amended:
        lead = row.led_by
        if not lead.is_resolved or lead.is_group:
            raise Refused(f"Chủ trì mới “{lead.written}” không phải một đơn vị: hãy hủy nhiệm vụ cũ rồi giao lại.")
        change_lead(task, lead=units[lead.organizations[0]], by=by, at=at, note=note)


def _amendment(task: Task, row: ProposedTask) -> Amendment:
    due = last_day_of(row.due) if row.deadline_kind == DeadlineKind.FIXED else None
    return Amendment(
        content=row.text if "text" in row.amended else task.content,
        due_on=working_deadline(due, calendar()) if due and "due" in row.amended else task.due_on,
        product=row.product if "product" in row.amended else task.product,
    )


def _proposal(row: ProposedTask, units: Mapping[int, Organization]) -> TaskProposal:
    """The row as the machine compares it, its units by the names they were recognised as."""
    return TaskProposal(
        text=row.text, clause=row.clause, lead=in_words(row.led_by, units),
        supporting=tuple(sorted(in_words(one, units) for one in row.supported_by)), start=row.start, due=row.due,
        recurrence=Recurrence(row.recurrence) if row.recurrence else None, schedule_text=row.schedule_text,
        product=row.product,
    )  # fmt: skip
