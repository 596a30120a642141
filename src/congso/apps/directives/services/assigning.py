"""Giving work: one task, many at once from a document, or to another lead."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal

from django.db import transaction
from django.utils import timezone

from congso.apps.directives.flow import (
    IN_CHARGE,
    LEAD,
    RUNNING,
    SUPPORTERS,
    assigner_principals,
    assigning_offices,
    dividing_offices,
)
from congso.apps.directives.models import RECORD_TYPE, DeadlineKind, Priority, Support, Target, Task
from congso.apps.directives.queries import gather_parties
from congso.apps.directives.rules import chapter_of, default_deadline, short_text, working_deadline
from congso.apps.directives.services.moving import moving
from congso.kernel.access.services import NOBODY, Actor, current_principals
from congso.kernel.directory.models import Organization, Person, valid_on
from congso.kernel.directory.queries import people_in, title_of
from congso.kernel.notify.rules import Kind
from congso.kernel.notify.services import notify
from congso.kernel.records.models import Link, Record
from congso.kernel.records.services import link_records
from congso.kernel.regulations.queries import calendar, value
from congso.kernel.search.services import index_record
from congso.kernel.workflow.moving import save
from congso.kernel.workflow.services import NotYours, Refused, start
from congso.lib.recurrences import Recurrence
from congso.lib.workdays import Calendar

MOST_CHARACTERS = 5000
DEEPEST = 5  # levels of sub-tasks: province, commune, unit, and two to spare


@dataclass(frozen=True)
class FigureRow:
    """A figure as people give it: its name, value and unit."""

    name: str
    value: Decimal | None = None
    unit: str = ""


@dataclass(frozen=True)
class NewTask:
    """What is to be done, by whom, by when. A fixed task without a day gets the default deadline."""

    content: str
    lead: Organization | None
    supporting: Sequence[Organization] = ()
    clause: str = ""
    chapter: str = ""
    product: str = ""
    deadline_kind: str = DeadlineKind.FIXED
    due_on: date | None = None
    no_deadline_reason: str = ""
    schedule_text: str = ""
    recurrence: str = ""
    recurrence_start: date | None = None
    recurrence_end: date | None = None
    recurrence_day: int | None = None
    priority: int = Priority.NORMAL
    in_charge: Person | None = None
    supervisor: Person | None = None
    tracker: Person | None = None
    targets: Sequence[FigureRow] = field(default_factory=tuple)


class InvalidTasks(Refused):
    """Some tasks cannot be assigned; `rows` holds a sentence per field per row, and nothing was written."""

    def __init__(self, rows: dict[int, dict[str, str]]) -> None:
        self.rows = rows
        first = next(iter(next(iter(rows.values())).values()))
        super().__init__(first if len(rows) == 1 else f"{len(rows)} dòng chưa hợp lệ. {first}")


@dataclass(frozen=True)
class _Order:
    """What all tasks of one assignment share."""

    owner: Organization
    source: Record | None
    source_symbol: str
    assigned_on: date
    by: Actor
    at: datetime
    calendar: Calendar
    parent: Task | None = None


def assign_task(
    new: NewTask,
    *,
    owner: Organization,
    by: Actor,
    at: datetime,
    source: Record | None = None,
    source_symbol: str = "",
    assigned_on: date | None = None,
    parent: Task | None = None,
) -> Task:
    """Assign one task; see `assign_tasks`."""
    return assign_tasks(
        [new], owner=owner, by=by, at=at, source=source, source_symbol=source_symbol, assigned_on=assigned_on,
        parent=parent,
    )[0]  # fmt: skip


@transaction.atomic
def assign_tasks(
    new_tasks: Sequence[NewTask],
    *,
    owner: Organization,
    by: Actor,
    at: datetime,
    source: Record | None = None,
    source_symbol: str = "",
    assigned_on: date | None = None,
    parent: Task | None = None,
) -> list[Task]:
    """Assign all tasks in the organization's name, or none; below a task (`parent`) they are its sub-tasks.

    Sub-tasks are given by the parent's lead or by whoever gave the parent, are due no later than it, take over its
    document and clause where none is said, and are read by everybody who gave what stands above them. Raises NotYours
    when the actor may not assign for the organization, Refused when the parent takes none, InvalidTasks when a row is
    not in order.
    """
    if not current_principals() & assigner_principals(owner):
        raise NotYours(f"Bạn không có quyền giao nhiệm vụ thay mặt {owner.name}.")
    if parent is not None and (refusal := why_not_below(parent, owner)):
        raise Refused(refusal)
    symbol = (source_symbol or (source.number if source else "") or (parent.source_symbol if parent else "")).strip()
    day = assigned_on or timezone.localdate(at)
    order = _Order(owner, source, symbol, day, by, at, calendar(), parent)
    errors = {place: found for place, new in enumerate(new_tasks) if (found := _errors(new, order))}
    if errors:
        raise InvalidTasks(errors)
    if not new_tasks:
        raise Refused("Chưa có nhiệm vụ nào để giao.")
    default_days = int(value("directives.default_deadline_days", on=day))
    return [_assign(new, order, default_days) for new in new_tasks]


def why_not_below(parent: Task, owner: Organization) -> str:
    """Why the organization gives no sub-tasks of this task, in Vietnamese; empty when it does."""
    if parent.deadline_kind == DeadlineKind.RECURRING:
        return "Nhiệm vụ định kỳ được chia ở từng kỳ."
    if parent.state not in RUNNING:
        return "Nhiệm vụ này không còn thực hiện nên không chia thêm nhiệm vụ con."
    if len(parent.above) >= DEEPEST:
        return f"Nhiệm vụ con có nhiều nhất {DEEPEST} cấp."
    if owner.pk not in {one.pk for one in dividing_offices(parent)}:
        return f"{owner.name} không giao, không chủ trì nhiệm vụ này."
    return ""


def task_errors(
    new_tasks: Sequence[NewTask], *, owner: Organization, source_symbol: str, assigned_on: date
) -> dict[int, dict[str, str]]:
    """What would keep tasks from being assigned: a sentence per field for each place in the list."""
    order = _Order(owner, None, source_symbol.strip(), assigned_on, NOBODY, timezone.now(), Calendar())
    return {place: found for place, new in enumerate(new_tasks) if (found := _errors(new, order))}


def change_lead(task: Task, *, lead: Organization, by: Actor, at: datetime, note: str) -> None:
    """Give the task to another lead with the reason; the same one again only after it returned the task."""
    again = lead.pk == task.unit_id
    with moving(task, "reassign" if again else "change_lead", by=by, at=at, note=note) as move:
        if not _exists(lead, timezone.localdate(at)):
            raise Refused(f"{lead.name} không còn hoạt động.")
        before = task.unit.name if task.unit else ""
        if not again:
            move.note = f"Từ {before} sang {lead.name}. Lý do: {note.strip()}"
            move.facts |= {"from_lead": task.unit_id, "to_lead": lead.pk}
            Support.objects.filter(task=task, organization=lead).delete()
            save(task, unit=lead)
        save(task, in_charge=None, finished_on=None)
        gather_parties(task)


def open_task(
    new: NewTask, *, owner: Organization, assigned_on: date, due_on: date, symbol: str, by: Actor, at: datetime
) -> Task:
    """Bring one period's task to life for the reminders; the series was checked when it was assigned."""
    order = _Order(owner, None, symbol, assigned_on, by, at, Calendar())
    return _write(new, order, due_on=due_on, label="Mở kỳ thực hiện", told="Đã đến kỳ thực hiện nhiệm vụ định kỳ")


def _assign(new: NewTask, order: _Order, default_days: int) -> Task:
    kind = new.deadline_kind
    due_on = new.due_on
    if kind == DeadlineKind.FIXED:
        due_on = due_on or default_deadline(order.assigned_on, default_days, order.calendar)
        if order.parent is not None and order.parent.due_on is not None:
            due_on = min(due_on, order.parent.due_on)
    elif kind == DeadlineKind.RECURRING:
        due_on = new.recurrence_end
    due_on = working_deadline(due_on, order.calendar) if due_on else None
    return _write(new, order, due_on=due_on, label="Giao nhiệm vụ", told="Được giao nhiệm vụ")


def _write(new: NewTask, order: _Order, *, due_on: date | None, label: str, told: str) -> Task:
    task = _task(new, order, due_on)
    with start(task, by=order.by, at=order.at, label=label) as move:
        Support.objects.bulk_create(Support(task=task, organization=one) for one in new.supporting)
        Target.objects.bulk_create(
            Target(task=task, name=row.name, value=row.value, unit=row.unit) for row in new.targets
        )
        if order.source is not None:
            link_records(task, order.source, kind=Link.Kind.SOURCE, by=order.by, at=order.at, clause=new.clause)
        gather_parties(task)
        people = {p for role in (LEAD, IN_CHARGE, SUPPORTERS) for p in role.principals(task)}
        notify(task, principals=people, text=told, by=order.by, at=order.at, kind=Kind.ASSIGNED)
        index_record(task)
        move.facts |= {"lead": task.unit_id, "due_on": due_on.isoformat() if due_on else None}
    return task


def _task(new: NewTask, order: _Order, due_on: date | None) -> Task:
    content, parent = new.content.strip(), order.parent
    clause = new.clause.strip() or (parent.clause if parent else "")
    chapter = new.chapter.strip() or chapter_of(new.clause) or (parent.chapter if parent else "")
    label = title_of(new.supervisor.pk, order.assigned_on) if new.supervisor else ""
    return Task(
        type=RECORD_TYPE, title=short_text(content), content=content, owner=order.owner, unit=new.lead,
        opened_on=order.assigned_on, due_on=due_on, first_due_on=due_on, product=new.product.strip(),
        source_symbol=order.source_symbol, clause=clause, chapter=chapter, in_charge=new.in_charge, parent=parent,
        above=[*parent.above, parent.owner_id] if parent else [],
        supervisor=new.supervisor, supervisor_label=label, tracker=new.tracker,
        deadline_kind=new.deadline_kind, no_deadline_reason=new.no_deadline_reason.strip(),
        schedule_text=new.schedule_text.strip(), recurrence=new.recurrence,
        recurrence_start=new.recurrence_start, recurrence_end=new.recurrence_end,
        recurrence_day=new.recurrence_day, priority=new.priority,
    )  # fmt: skip


def _errors(new: NewTask, order: _Order) -> dict[str, str]:
    """A sentence per field that keeps the task from being assigned."""
    found: dict[str, str] = {}
    if not new.content.strip():
        found["content"] = "Hãy ghi nội dung nhiệm vụ."
    elif len(new.content) > MOST_CHARACTERS:
        found["content"] = "Nội dung dài quá 5.000 ký tự."
    if not order.source_symbol:
        found["source_symbol"] = "Hãy ghi văn bản giao nhiệm vụ (số, ký hiệu, hoặc ý kiến chỉ đạo)."
    return (
        found | _unit_errors(new, order) | _people_errors(new, order) | _deadline_errors(new, order)
        | _below_errors(new, order)
    )  # fmt: skip


def _below_errors(new: NewTask, order: _Order) -> dict[str, str]:
    limit = order.parent.due_on if order.parent else None
    if limit is None:
        return {}
    words = f"Nhiệm vụ con có hạn không sau hạn {limit:%d/%m/%Y} của nhiệm vụ cấp trên."
    if new.due_on is not None and new.due_on > limit:
        return {"due_on": words}
    is_late = new.recurrence_end is not None and new.recurrence_end > limit
    return {"recurrence_end": words} if is_late else {}


def _unit_errors(new: NewTask, order: _Order) -> dict[str, str]:
    if new.lead is None:
        return {"lead": "Hãy chọn một đơn vị chủ trì."}
    if not _exists(new.lead, order.assigned_on):
        return {"lead": f"{new.lead.name} không hoạt động vào ngày {order.assigned_on:%d/%m/%Y}."}
    ids = [one.pk for one in new.supporting]
    if new.lead.pk in ids:
        return {"supporting": "Đơn vị chủ trì không đồng thời là đơn vị phối hợp."}
    if len(set(ids)) != len(ids):
        return {"supporting": "Một đơn vị phối hợp được ghi hai lần."}
    closed = [one.name for one in new.supporting if not _exists(one, order.assigned_on)]
    return {"supporting": f"Không còn hoạt động: {', '.join(closed)}."} if closed else {}


def _people_errors(new: NewTask, order: _Order) -> dict[str, str]:
    found: dict[str, str] = {}
    day = order.assigned_on
    assigning = assigning_offices(order.owner)
    if new.in_charge and new.lead and not works_in(new.in_charge, new.lead, day):
        found["in_charge"] = f"{new.in_charge} không thuộc {new.lead.name}."
    if new.supervisor and not _does(new.supervisor, assigning, day, ("leaders", "chiefs")):
        found["supervisor"] = f"{new.supervisor} không phải lãnh đạo của nơi giao."
    if new.tracker and not _does(new.tracker, assigning, day, ("trackers", "chiefs")):
        found["tracker"] = f"{new.tracker} không làm nhiệm vụ theo dõi, đôn đốc ở nơi giao."
    return found


def _deadline_errors(new: NewTask, order: _Order) -> dict[str, str]:
    kind = new.deadline_kind
    if kind not in DeadlineKind.values:
        return {"deadline_kind": "Hãy chọn loại thời hạn."}
    if new.due_on and new.due_on < order.assigned_on:
        return {"due_on": f"Hạn trước ngày giao {order.assigned_on:%d/%m/%Y}."}
    if kind == DeadlineKind.NONE and not new.no_deadline_reason.strip():
        return {"no_deadline_reason": "Hãy ghi lý do không đặt thời hạn."}
    if kind == DeadlineKind.AS_DIRECTED and not new.schedule_text.strip():
        return {"schedule_text": "Hãy ghi theo tiến độ hoặc chỉ đạo nào."}
    return _recurrence_errors(new) if kind == DeadlineKind.RECURRING else {}


def _recurrence_errors(new: NewTask) -> dict[str, str]:
    if new.recurrence not in set(Recurrence):
        return {"recurrence": "Hãy chọn kỳ lặp lại."}
    if new.recurrence_start is None or new.recurrence_end is None or new.recurrence_end <= new.recurrence_start:
        return {"recurrence_end": "Hãy ghi thời gian bắt đầu và kết thúc của nhiệm vụ định kỳ."}
    if new.recurrence_day is not None and not 1 <= new.recurrence_day <= 31:
        return {"recurrence_day": "Ngày hạn trong tháng từ 1 đến 31."}
    return {}


def works_in(person: Person, organization: Organization, day: date) -> bool:
    """Whether the person holds a post that day in the organization, a unit of it, or the office serving it."""
    own = Organization.objects.filter(valid_on(day), parent=organization, kind="unit")
    inside: Iterable[Organization] = [organization, *own, *organization.serving_offices.all()]
    return any(people_in(one, day).filter(pk=person.pk).exists() for one in inside)


def _does(person: Person, offices: Iterable[Organization], day: date, functions: Sequence[str]) -> bool:
    return any(people_in(one, day, functions).filter(pk=person.pk).exists() for one in offices)


def _exists(organization: Organization, day: date) -> bool:
    ends = organization.valid_to
    return organization.valid_from <= day and (ends is None or ends > day)
