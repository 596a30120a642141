"""What the system does by itself: open a recurring task's periods, remind, tell leaders what is late.

Everything runs as the system REMINDERS, may run any number of times, and never changes anybody's state.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone

from congso.apps.directives.flow import (
    ASSIGNERS,
    IN_CHARGE,
    LEAD,
    RUNNING,
    STARTED,
    assigning_offices,
)
from congso.apps.directives.models import DeadlineKind, Digest, Occurrence, Task
from congso.apps.directives.queries import open_series, overdue, tasks
from congso.apps.directives.rules import days_late, period_deadline, periods_to_open
from congso.apps.directives.services.assigning import FigureRow, NewTask, open_task
from congso.kernel.access.principals import Function, office, person
from congso.kernel.access.services import Actor
from congso.kernel.directory.models import Organization
from congso.kernel.journal.services import write_entry
from congso.kernel.notify.rules import Kind
from congso.kernel.notify.services import notify
from congso.kernel.records.models import Link
from congso.kernel.records.services import link_records
from congso.kernel.regulations.queries import calendar, value
from congso.lib.recurrences import Occurrence as Period
from congso.lib.recurrences import Recurrence
from congso.lib.workdays import Calendar, working_days_between

_SYSTEM_LABEL = "Hệ thống"


@dataclass(frozen=True)
class Step:
    """One reminder: its key (sent once per person), its words, and whether the assigning side hears it too."""

    key: str
    text: str
    is_for_assigners: bool


def open_next_occurrences(*, by: Actor, at: datetime) -> int:
    """Open a task for every period that has begun and has none; returns how many. Safe to repeat."""
    today = timezone.localdate(at)
    opened = 0
    for series in open_series():
        existing = set(series.occurrences.values_list("first_day", flat=True))
        for period in _periods(series, today):
            if period.first_day not in existing:
                opened += _open_period(series, period, by=by, at=at)
    return opened


def send_reminders(*, by: Actor, at: datetime) -> int:
    """Remind of what is due soon, due today and late; once a week tell leaders. Returns notices delivered."""
    today = timezone.localdate(at)
    days = calendar()
    if not days.is_working_day(today):
        return 0
    plan = value("directives.reminder_steps", on=today)
    told = 0
    # A series is reminded of through its periods.
    due = tasks().filter(state__in=RUNNING, due_on__isnull=False).exclude(deadline_kind=DeadlineKind.RECURRING)
    for task in due.prefetch_related("owner__serving_offices", "unit__serving_offices").order_by("id"):
        step = reminder_step(task.due_on, today, plan=plan, calendar=days)
        if step is not None and (task.state in STARTED or step.is_for_assigners):
            told += _remind(task, step, by=by, at=at)
    return told + _send_digests(today, by=by, at=at)


def reminder_step(due_on: date | None, today: date, *, plan: Mapping[str, Any], calendar: Calendar) -> Step | None:
    """The step a task stands at: the nearest of the days before, the due day, or the latest one after."""
    if due_on is None:
        return None
    if today > due_on:
        every = int(plan["overdue_every_working_days"])
        nth = working_days_between(due_on, today, calendar) // every
        words = f"Quá hạn {days_late(due_on, today)} ngày (hạn {due_on:%d/%m/%Y})"
        return Step(f"late-{nth}:{due_on:%Y%m%d}", words, is_for_assigners=True)
    if today == due_on:
        due_today = Step(f"due:{due_on:%Y%m%d}", "Đến hạn hôm nay", is_for_assigners=True)
        return due_today if plan["on_due_day"] else None
    left = working_days_between(today, due_on, calendar)
    steps = [int(before) for before in plan["before_working_days"] if left <= int(before)]
    if not steps:
        return None
    return Step(
        f"before-{min(steps)}:{due_on:%Y%m%d}",
        f"Còn {left} ngày làm việc đến hạn {due_on:%d/%m/%Y}",
        is_for_assigners=False,
    )


def _periods(series: Task, today: date) -> Iterable[Period]:
    if series.recurrence_start is None or series.recurrence_end is None:
        return ()
    return periods_to_open(
        Recurrence(series.recurrence),
        series.recurrence_start,
        series.recurrence_end,
        assigned_on=series.opened_on,
        today=today,
    )


def _open_period(series: Task, period: Period, *, by: Actor, at: datetime) -> int:
    """One period's task, its tie to the series; 0 when another run was faster."""
    due_on = period_deadline(period, series.recurrence_day, calendar())
    try:
        with transaction.atomic():
            task = open_task(
                _of_period(series, period, due_on),
                owner=series.owner,
                by=by,
                at=at,
                symbol=series.source_symbol,
                assigned_on=max(period.first_day, series.opened_on),
                due_on=due_on,
            )
            Occurrence.objects.create(
                series=series, task=task, label=period.label, first_day=period.first_day, last_day=period.last_day
            )
            link_records(task, series, kind=Link.Kind.SERIES, by=by, at=at, clause=period.label)
    except IntegrityError:
        return 0
    return 1


def _of_period(series: Task, period: Period, due_on: date) -> NewTask:
    return NewTask(
        content=f"{period.label}: {series.content}"[:5000],
        lead=series.unit,
        supporting=[support.organization for support in series.supports.select_related("organization")],
        clause=series.clause,
        chapter=series.chapter,
        product=series.product,
        due_on=due_on,
        schedule_text=series.schedule_text,
        priority=series.priority,
        in_charge=series.in_charge,
        supervisor=series.supervisor,
        tracker=series.tracker,
        targets=[FigureRow(row.name, row.value, row.unit) for row in series.targets.all()],
    )


def _remind(task: Task, step: Step, *, by: Actor, at: datetime) -> int:
    people = set(IN_CHARGE.principals(task)) | set(LEAD.principals(task))
    if step.is_for_assigners:
        trackers = {office(one.pk, Function.TRACKERS) for one in assigning_offices(task.owner)}
        people |= trackers | ({person(task.supervisor_id)} if task.supervisor_id else set())
    if task.state in ("awaiting_confirmation", "returned"):
        people = set(ASSIGNERS.principals(task))
    told = notify(task, principals=people, text=step.text, by=by, at=at, key=step.key, kind=Kind.REMINDER)
    if told:
        write_entry(
            act="task.remind",
            actor=str(by),
            actor_label=_SYSTEM_LABEL,
            at=at,
            organization_id=task.owner_id,
            record_id=task.pk,
            facts={"step": step.key, "told": told},
        )
    return told


def _send_digests(today: date, *, by: Actor, at: datetime) -> int:
    """Once a week, on its first working day, each assigning organization's leaders hear what is late."""
    monday = today - timedelta(days=today.weekday())
    told = 0
    late: dict[Organization, list[Task]] = {}
    for task in overdue(tasks(), today).exclude(deadline_kind=DeadlineKind.RECURRING).order_by("due_on", "id"):
        late.setdefault(task.owner, []).append(task)
    for owner, found in late.items():
        if Digest.objects.filter(organization=owner, day=monday).exists():
            continue
        try:
            with transaction.atomic():
                Digest.objects.create(organization=owner, day=monday, late=len(found))
        except IntegrityError:
            continue
        words = f"Tuần này có {len(found)} nhiệm vụ quá hạn; chậm nhất là nhiệm vụ này"
        leaders = {office(one.pk, Function.LEADERS) for one in assigning_offices(owner)}
        key = f"digest:{monday:%Y%m%d}"
        told += notify(found[0], principals=leaders, text=words, by=by, at=at, key=key, kind=Kind.REMINDER)
    return told
