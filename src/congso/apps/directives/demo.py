"""The demo's tasks: plan 16-KH/TU followed from August 2025 to today, and two conclusions of November 2026.

Everything is made by the services, each act by the person who would do it. What is told is in
`starter/plan16.json` (the plan) and `starter/progress.json` (invented progress).
"""

import json
from dataclasses import replace
from datetime import date, datetime, time
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils import timezone

from congso.apps.directives import services
from congso.apps.directives.models import RECORD_TYPE, DeadlineKind, Task
from congso.apps.directives.queries import task_of
from congso.apps.directives.services import FigureRow, NewTask
from congso.kernel.access.principals import System
from congso.kernel.access.services import Actor, acting_as
from congso.kernel.accounts.models import User
from congso.kernel.directory.models import Organization, Person
from congso.kernel.directory.queries import organizations_on, people_in
from congso.kernel.notify.services import mark_read
from congso.kernel.records.models import Record

_STARTER = Path(__file__).parent / "starter"
_REMINDERS = Actor.system(System.REMINDERS)
_CHIEF, _TRACKER = "chanhvp.vptu", "theodoi1.vptu"


@transaction.atomic  # half a demo would be worse than none, and one commit is quicker than four hundred
def load() -> int:
    """Make the demo's tasks; returns how many, 0 when they are there."""
    plan, told = _read("plan16.json"), _read("progress.json")
    if _is_loaded(plan["document"]["symbol"]):
        return 0
    _follow_plan(plan, told["plan"])
    _read_old_notices()
    for conclusion in told["conclusions"]:
        _follow_conclusion(conclusion)
    _have_plan_read(plan["document"]["symbol"])
    with acting_as(_REMINDERS):
        services.send_reminders(by=_REMINDERS, at=timezone.now())
    with acting_as(_person(_CHIEF)):
        return Task.objects.count()


def _follow_plan(plan: dict[str, Any], told: dict[str, Any]) -> None:
    at = _morning(told["assigned_at"])
    chief = _person(_CHIEF)
    with acting_as(chief):
        by_code = {one.code: one for one in organizations_on(timezone.localdate())}
        communes = [one for one in by_code.values() if one.kind == "commune_committee"]
        supervisor, tracker = (Person.objects.get(user__username=told[key]) for key in ("supervisor", "tracker"))
        symbol = plan["document"]["symbol"]
        source = Record.objects.filter(number=symbol).exclude(type="task").first()
        made = services.assign_tasks(
            [
                replace(_of_plan(row, by_code, communes, at.date()), supervisor=supervisor, tracker=tracker)
                for row in plan["tasks"]
            ],
            owner=by_code[plan["document"]["issuer"]],
            source=source,
            source_symbol=symbol,
            by=chief,
            at=at,
        )
    for task in made:
        steps = told["story"].get(task.clause, [])
        _tell(task, steps, who=_leader_of(task))
    _run_periods(made, told["late_periods"])


def _of_plan(
    row: dict[str, Any], by_code: dict[str, Organization], communes: list[Organization], assigned_on: date
) -> NewTask:
    recurrence = row["recurrence"] or ""
    due = date.fromisoformat(row["due"]) if row["due"] else None
    supporting = [by_code[code] for code in row["supporting"]]
    if "commune_committee" in row["supporting_kinds"]:
        supporting += communes
    return NewTask(
        content=row["content"], lead=by_code[row["lead"]], supporting=supporting, clause=row["clause"],
        chapter=f"{row['clause'].split('.')[0]}. {row['group']}", product=row["product"],
        deadline_kind=_kind(recurrence, due), due_on=None if recurrence else due, schedule_text=row["schedule"],
        recurrence=recurrence, recurrence_start=assigned_on if recurrence else None,
        recurrence_end=(due or date(2028, 12, 31)) if recurrence else None,
    )  # fmt: skip


def _kind(recurrence: str, due: date | None) -> str:
    if recurrence:
        return DeadlineKind.RECURRING
    return DeadlineKind.FIXED if due else DeadlineKind.AS_DIRECTED


def _run_periods(made: list[Task], late: dict[str, int]) -> None:
    """Each month opens its periods; past ones are reported and confirmed, the last ones stand as they may."""
    series = [task for task in made if task.recurrence]
    for task in series:
        _tell(task, [{"on": "2025-08-20", "accept": True}], who=_leader_of(task))
    with acting_as(_REMINDERS):
        services.open_next_occurrences(by=_REMINDERS, at=timezone.now())
    with acting_as(_person(_CHIEF)):
        periods = list(
            Task.objects.filter(occurrence__isnull=False).select_related("unit", "occurrence").order_by("due_on", "id")
        )
    last = max(task.occurrence.first_day for task in periods)
    for place, task in enumerate(periods):
        _run_period(task, place, is_last=task.occurrence.first_day == last, late=late)


def _run_period(task: Task, place: int, *, is_last: bool, late: dict[str, int]) -> None:
    due = task.due_on or timezone.localdate()
    clause, month = task.clause, f"{task.occurrence.first_day:%Y-%m}"
    if is_last and clause == "I.3":
        return
    if is_last:
        percent = 100 if clause == "I.2" else 50
        steps = [{"on": "2026-11-16", "percent": percent, "text": "Đã chuẩn bị nội dung, tài liệu."}]
    elif month == "2026-10" and clause == "I.3":
        steps = [
            {
                "on": "2026-11-04",
                "percent": 60,
                "text": "Đã có báo cáo của IOC, chưa có của SOC.",
                "late": "SOC chuyển số liệu chậm.",
            }
        ]
    else:
        slip = late.get(month, 0) if place % 3 == 0 else -3
        done = date.fromordinal(due.toordinal() + slip)
        confirmed = date.fromordinal(done.toordinal() + 1)
        steps = [
            {"on": done.isoformat(), "percent": 100, "text": "Đã hoàn thành theo kỳ.", "confirm": confirmed.isoformat()}
        ]
    _tell(task, steps, who=_leader_of(task))


def _follow_conclusion(told: dict[str, Any]) -> None:
    by, at = _person(told["by"]), _morning(told["assigned_on"])
    with acting_as(by):
        by_code = {one.code: one for one in organizations_on(timezone.localdate())}
        in_charge = {
            row["in_charge"]: Person.objects.get(user__username=row["in_charge"])
            for row in told["tasks"]
            if "in_charge" in row
        }
        made = services.assign_tasks(
            [
                NewTask(
                    content=row["content"],
                    lead=by_code[row["lead"]],
                    clause=row["clause"],
                    product=row["product"],
                    supporting=[by_code[code] for code in row["supporting"]],
                    due_on=date.fromisoformat(row["due"]),
                    in_charge=in_charge.get(row.get("in_charge", "")),
                )
                for row in told["tasks"]
            ],
            owner=by_code[told["owner"]],
            source_symbol=told["symbol"],
            by=by,
            at=at,
        )
    for task, row in zip(made, told["tasks"], strict=True):
        _tell(task, row["story"], who=_person(row["who"]) if "who" in row else None)


def _have_plan_read(symbol: str) -> None:
    """The plan's own paper, where the office has it, is read by the worker while people watch."""
    chief = _person(_CHIEF)
    with acting_as(chief):
        paper = Record.objects.filter(number=symbol).exclude(type=RECORD_TYPE).order_by("id").first()
        if paper is not None:
            owner = Organization.objects.select_related("serves").get(code="LC.TU")
            services.start_reading(paper, organization=owner, by=chief, at=timezone.now())


def _tell(task: Task, steps: list[dict[str, Any]], *, who: Actor | None) -> None:
    """Let the lead do what is told, and the assigning side what it leads to."""
    if who is None:
        return
    for step in steps:
        at = _morning(step["on"])
        with acting_as(who):
            _act_of_lead(task_of(task.pk), step, who, at)
        if "granted" in step:
            _decide(task, step, at)
        if "confirm" in step:
            with acting_as(_person(_TRACKER)):
                services.confirm_completion(
                    task_of(task.pk), by=_person(_TRACKER), at=_morning(step["confirm"]), note="Đủ sản phẩm."
                )


def _act_of_lead(task: Task, step: dict[str, Any], who: Actor, at: datetime) -> None:
    if "accept" in step:
        services.accept_task(task, by=who, at=at)
    elif "extend" in step:
        services.request_extension(
            task, new_due_on=date.fromisoformat(step["extend"]), reason=step["reason"], by=who, at=at
        )
    else:
        services.report_progress(
            task,
            text=step["text"],
            percent=step["percent"],
            late_reason=step.get("late", ""),
            by=who,
            at=at,
            figures=[FigureRow(name, _number(value), unit) for name, value, unit in step.get("figures", [])],
        )


def _decide(task: Task, step: dict[str, Any], at: datetime) -> None:
    leader = _person("pbttt.tu")
    with acting_as(leader):
        services.decide_extension(task_of(task.pk), is_granted=True, note=step["granted"], by=leader, at=at)


def _read_old_notices() -> None:
    """Nobody opens the demo to a year of unread notices."""
    for person_id in User.objects.values_list("person_id", flat=True):
        actor = Actor.person(person_id)
        with acting_as(actor):
            mark_read(by=actor, at=timezone.now())


def _leader_of(task: Task) -> Actor | None:
    """The first leader of the lead unit; None where the demo has invented nobody."""
    with acting_as(_person(_CHIEF)):
        leader = people_in(task.unit, timezone.localdate(), ["leaders"]).first() if task.unit else None
    return Actor.person(leader.pk) if leader else None


@cache
def _person(username: str) -> Actor:
    return Actor.person(User.objects.values_list("person_id", flat=True).get(username=username))


def _is_loaded(symbol: str) -> bool:
    with acting_as(_person(_CHIEF)):
        return Task.objects.filter(source_symbol=symbol).exists()


def _number(written: str) -> Decimal:
    return Decimal(written.replace(".", "").replace(",", "."))


def _morning(day: str) -> datetime:
    return timezone.make_aware(datetime.combine(date.fromisoformat(day), time(9, 30)))


def _read(name: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((_STARTER / name).read_text(encoding="utf-8"))
    return found
