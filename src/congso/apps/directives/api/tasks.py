"""REST for tasks: the same services, refusals as problem answers."""

from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import F
from django.shortcuts import get_object_or_404
from django.utils import timezone
from ninja import Field, Query, Router, Schema, Status
from ninja.pagination import LimitOffsetPagination, paginate

from congso.apps.directives import queries, services
from congso.apps.directives.models import DeadlineKind, Priority, Task
from congso.apps.directives.services import FigureRow, NewTask
from congso.kernel.accounts.requests import OfficeRequest
from congso.kernel.directory.models import Organization, Person
from congso.kernel.records.models import Record

router = Router()


class UnitOut(Schema):
    """An organization by id, code and name."""

    id: int
    code: str
    name: str


class TaskOut(Schema):
    """A task as lists give it."""

    id: int
    state: str
    title: str
    source_symbol: str
    clause: str
    owner: UnitOut
    unit: UnitOut | None
    opened_on: date
    due_on: date | None
    completed_on: date | None
    progress: int
    result: str
    late_reason: str


class TaskDetailOut(TaskOut):
    """All that is known of a task, and what the caller may do with it now."""

    content: str
    product: str
    deadline_kind: str
    schedule_text: str
    supporting: list[UnitOut]
    in_charge: str | None
    parent: int | None
    acts: list[str]


class FigureIn(Schema):
    """A figure of a report or a target."""

    name: str = Field(max_length=200)
    value: Decimal | None = None
    unit: str = Field("", max_length=40)


class TaskIn(Schema):
    """A task to assign; organizations by code, people by id."""

    owner: str
    lead: str
    supporting: list[str] = Field(default_factory=list, max_length=300)
    content: str = Field(max_length=5000)
    source_symbol: str = Field("", max_length=120)
    source: int | None = None
    parent: int | None = None
    clause: str = Field("", max_length=120)
    chapter: str = Field("", max_length=200)
    product: str = Field("", max_length=500)
    deadline_kind: DeadlineKind = DeadlineKind.FIXED
    due_on: date | None = None
    no_deadline_reason: str = Field("", max_length=300)
    schedule_text: str = Field("", max_length=200)
    recurrence: str = ""
    recurrence_start: date | None = None
    recurrence_end: date | None = None
    priority: Priority = Priority.NORMAL
    in_charge: int | None = None
    targets: list[FigureIn] = Field(default_factory=list, max_length=40)


class ReportIn(Schema):
    """A progress report."""

    text: str = Field(max_length=5000)
    percent: int = Field(ge=0, le=100)
    period: str = Field("", max_length=60)
    late_reason: str = Field("", max_length=1000)
    figures: list[FigureIn] = Field(default_factory=list, max_length=40)


class NoteIn(Schema):
    """A word, or the reason where one is needed."""

    note: str = Field("", max_length=2000)


class ExtensionIn(Schema):
    """A later deadline and why."""

    new_due_on: date
    reason: str = Field(max_length=1900)


class DecisionIn(NoteIn):
    """What is decided about the pending wish."""

    is_granted: bool
    new_due_on: date | None = None


class TaskFilter(Schema):
    """What a list is narrowed to."""

    scope: str = "all"
    state: str = ""
    symbol: str = ""


@router.get("/tasks", response=list[TaskOut])
@paginate(LimitOffsetPagination)
def list_tasks(request: OfficeRequest, narrow: Query[TaskFilter]) -> Any:
    """Tasks one may see: `scope` is mine, unit, overdue or all."""
    found = queries.tasks()
    if narrow.scope == "mine":
        found = queries.waiting_for(found, request.principals, request.actor.id)
    elif narrow.scope == "unit":
        found = queries.of_units(found, request.principals)
    elif narrow.scope == "overdue":
        found = queries.overdue(found, timezone.localdate())
    if narrow.state:
        found = found.filter(state=narrow.state)
    if narrow.symbol:
        found = found.filter(source_symbol=narrow.symbol)
    return found.order_by(F("due_on").asc(nulls_last=True), "-id")


@router.get("/tasks/{pk}", response=TaskDetailOut)
def get_task(request: OfficeRequest, pk: int) -> dict[str, Any]:
    """One task."""
    return _shown(request, pk)


@router.post("/tasks", response={201: TaskDetailOut})
def assign(request: OfficeRequest, new: TaskIn) -> Status[Any]:
    """Assign a task."""
    codes = {one.code: one for one in Organization.objects.filter(code__in=[new.owner, new.lead, *new.supporting])}
    source = get_object_or_404(Record, pk=new.source) if new.source else None
    facts = new.dict(
        exclude={"owner", "lead", "supporting", "source", "source_symbol", "in_charge", "targets", "parent"}
    )
    task = services.assign_task(
        NewTask(
            lead=_named(codes, new.lead), supporting=[_named(codes, code) for code in new.supporting],
            in_charge=get_object_or_404(Person, pk=new.in_charge) if new.in_charge else None,
            targets=[_row(one) for one in new.targets], **facts,
        ),
        owner=_named(codes, new.owner), source=source, source_symbol=new.source_symbol, by=request.actor,
        at=timezone.now(), parent=queries.task_of(new.parent) if new.parent else None,
    )  # fmt: skip
    return Status(201, _shown(request, task.pk))


@router.post("/tasks/{pk}/accept", response=TaskDetailOut)
def accept(request: OfficeRequest, pk: int, said: NoteIn) -> dict[str, Any]:
    """The lead takes the task on."""
    services.accept_task(queries.task_of(pk), by=request.actor, at=timezone.now(), note=said.note)
    return _shown(request, pk)


@router.post("/tasks/{pk}/return", response=TaskDetailOut)
def give_back(request: OfficeRequest, pk: int, said: NoteIn) -> dict[str, Any]:
    """The lead hands the task back with the reason."""
    services.return_task(queries.task_of(pk), by=request.actor, at=timezone.now(), note=said.note)
    return _shown(request, pk)


@router.post("/tasks/{pk}/reports", response=TaskDetailOut)
def report(request: OfficeRequest, pk: int, told: ReportIn) -> dict[str, Any]:
    """Report progress; 100 % asks for confirmation."""
    services.report_progress(
        queries.task_of(pk), text=told.text, percent=told.percent, period=told.period,
        late_reason=told.late_reason, figures=[_row(one) for one in told.figures], by=request.actor,
        at=timezone.now(),
    )  # fmt: skip
    return _shown(request, pk)


@router.post("/tasks/{pk}/extension", response=TaskDetailOut)
def ask_extension(request: OfficeRequest, pk: int, wish: ExtensionIn) -> dict[str, Any]:
    """Ask for a later deadline."""
    services.request_extension(
        queries.task_of(pk), new_due_on=wish.new_due_on, reason=wish.reason, by=request.actor, at=timezone.now()
    )
    return _shown(request, pk)


@router.post("/tasks/{pk}/extension/decision", response=TaskDetailOut)
def decide_extension(request: OfficeRequest, pk: int, decision: DecisionIn) -> dict[str, Any]:
    """Decide the pending wish."""
    services.decide_extension(
        queries.task_of(pk), is_granted=decision.is_granted, note=decision.note, new_due_on=decision.new_due_on,
        by=request.actor, at=timezone.now(),
    )  # fmt: skip
    return _shown(request, pk)


@router.post("/tasks/{pk}/confirm", response=TaskDetailOut)
def confirm(request: OfficeRequest, pk: int, said: NoteIn) -> dict[str, Any]:
    """Confirm completion."""
    services.confirm_completion(queries.task_of(pk), by=request.actor, at=timezone.now(), note=said.note)
    return _shown(request, pk)


@router.post("/tasks/{pk}/reject", response=TaskDetailOut)
def reject(request: OfficeRequest, pk: int, said: NoteIn) -> dict[str, Any]:
    """Do not accept completion, with the reason."""
    services.reject_completion(queries.task_of(pk), by=request.actor, at=timezone.now(), note=said.note)
    return _shown(request, pk)


@router.post("/tasks/{pk}/reopen", response=TaskDetailOut)
def reopen(request: OfficeRequest, pk: int, said: NoteIn) -> dict[str, Any]:
    """Open a closed task again, with the reason."""
    services.reopen_task(queries.task_of(pk), by=request.actor, at=timezone.now(), note=said.note)
    return _shown(request, pk)


def _shown(request: OfficeRequest, pk: int) -> dict[str, Any]:
    task: Task = queries.task_of(pk)
    return {
        **TaskOut.from_orm(task).dict(),
        "content": task.content, "product": task.product, "deadline_kind": task.deadline_kind,
        "schedule_text": task.schedule_text, "in_charge": str(task.in_charge) if task.in_charge else None,
        "parent": task.parent_id,
        "supporting": [UnitOut.from_orm(support.organization).dict() for support in task.supports.all()],
        "acts": [one.key for one in queries.acts_open_to(task, request.principals)],
    }  # fmt: skip


def _row(figure: FigureIn) -> FigureRow:
    return FigureRow(figure.name, figure.value, figure.unit)


def _named(codes: dict[str, Organization], code: str) -> Organization:
    if code not in codes:
        raise Organization.DoesNotExist(code)
    return codes[code]
