"""What the assigning side decides: completion, deadlines, pause, cancellation."""

from datetime import date, datetime

from django.utils import timezone

from congso.apps.directives.models import Extension, Task
from congso.apps.directives.rules import may_be_extended_by_office, working_deadline
from congso.apps.directives.services.moving import moving
from congso.kernel.access.services import Actor
from congso.kernel.directory.queries import title_of
from congso.kernel.regulations.queries import calendar
from congso.kernel.workflow.moving import save
from congso.kernel.workflow.services import NotYours, Refused

_NOT_YET = 99


def confirm_completion(
    task: Task, *, by: Actor, at: datetime, note: str = "", completed_on: date | None = None
) -> None:
    """The assigner confirms. The day of completion is the day the lead asked, or the one the assigner names."""
    with moving(task, "confirm", by=by, at=at, note=note) as move:
        today = timezone.localdate(at)
        day = completed_on or task.finished_on or today
        if not task.opened_on <= day <= today:
            raise Refused("Ngày hoàn thành phải từ ngày giao đến hôm nay.")
        save(task, completed_on=day, progress=100)
        move.facts |= {"completed_on": day.isoformat()}


def reject_completion(task: Task, *, by: Actor, at: datetime, note: str) -> None:
    """The work is not accepted as done; it goes on, with the reason."""
    with moving(task, "reject", by=by, at=at, note=note):
        save(task, finished_on=None, progress=min(task.progress, _NOT_YET))


def reopen_task(task: Task, *, by: Actor, at: datetime, note: str) -> None:
    """A closed task goes on, with the reason; what was reported and confirmed stays in the timeline."""
    with moving(task, "reopen", by=by, at=at, note=note) as move:
        move.facts |= {"was_completed_on": task.completed_on.isoformat() if task.completed_on else None}
        save(task, completed_on=None, finished_on=None, progress=min(task.progress, _NOT_YET))


def pause_task(task: Task, *, by: Actor, at: datetime, note: str) -> None:
    """The task rests, with the reason; it is not counted as late meanwhile."""
    with moving(task, "pause", by=by, at=at, note=note):
        pass


def resume_task(task: Task, *, by: Actor, at: datetime, note: str = "") -> None:
    """A resting task goes on."""
    with moving(task, "resume", by=by, at=at, note=note):
        pass


def cancel_task(task: Task, *, by: Actor, at: datetime, note: str) -> None:
    """The task is not needed any more, with the reason."""
    with moving(task, "cancel", by=by, at=at, note=note):
        pass


def decide_extension(
    task: Task, *, is_granted: bool, by: Actor, at: datetime, note: str = "", new_due_on: date | None = None
) -> Extension:
    """Decide the pending wish, granting the wished day or another. After the deadline only a leader grants."""
    key = _deciding(task, is_granted=is_granted, at=at)
    pending = task.extensions.filter(decision=Extension.Decision.PENDING)
    reason = note or (next((wish.reason for wish in pending), "") if key == "grant_late_extension" else "")
    with moving(task, key, by=by, at=at, note=reason) as move:
        wish = pending.select_for_update().first()
        if wish is None:
            raise Refused("Không có đề nghị gia hạn nào đang chờ quyết định.")
        if is_granted:
            wish.new_due_on = _later(task, new_due_on or wish.new_due_on, at)
            _extend(task, wish.new_due_on)
        _sign(wish, is_granted=is_granted, by=by, at=at, note=note)
        move.facts |= {"extension": wish.pk, "new_due_on": wish.new_due_on.isoformat()}
        move.note = _words(wish)
    return wish


def grant_late_extension(task: Task, *, new_due_on: date, note: str, by: Actor, at: datetime) -> Extension:
    """A leader extends an overdue task, with or without a wish of the lead."""
    with moving(task, "grant_late_extension", by=by, at=at, note=note) as move:
        wish = task.extensions.filter(decision=Extension.Decision.PENDING).select_for_update().first()
        day = _later(task, new_due_on, at)
        if wish is None:
            wish = _own_wish(task, day, by=by, at=at, note=note)
        wish.new_due_on = day
        _extend(task, day)
        _sign(wish, is_granted=True, by=by, at=at, note=note)
        move.facts |= {"extension": wish.pk, "new_due_on": day.isoformat()}
        move.note = _words(wish)
    return wish


def _own_wish(task: Task, day: date, *, by: Actor, at: datetime, note: str) -> Extension:
    leader = _person(by)
    if task.due_on is None:
        raise Refused("Nhiệm vụ này không có thời hạn để gia hạn.")
    return Extension.objects.create(
        task=task,
        old_due_on=task.due_on,
        new_due_on=day,
        reason=note.strip(),
        asked_by_id=leader,
        asked_label=title_of(leader, timezone.localdate(at)),
        asked_at=at,
    )


def _deciding(task: Task, *, is_granted: bool, at: datetime) -> str:
    if not is_granted:
        return "refuse_extension"
    in_time = may_be_extended_by_office(task.due_on, timezone.localdate(at))
    return "grant_extension" if in_time else "grant_late_extension"


def _later(task: Task, day: date, at: datetime) -> date:
    moved = working_deadline(day, calendar())
    if task.due_on is None or moved <= max(task.due_on, timezone.localdate(at)):
        raise Refused("Hạn mới phải sau hạn hiện tại và sau hôm nay.")
    return moved


def _extend(task: Task, day: date) -> None:
    save(task, due_on=day)


def _sign(wish: Extension, *, is_granted: bool, by: Actor, at: datetime, note: str) -> None:
    wish.decision = Extension.Decision.GRANTED if is_granted else Extension.Decision.REFUSED
    wish.decided_by_id = _person(by)
    wish.decided_label = title_of(_person(by), timezone.localdate(at))
    wish.decided_at, wish.note = at, note.strip()
    wish.save(update_fields=["decision", "decided_by", "decided_label", "decided_at", "note", "new_due_on"])


def _words(wish: Extension) -> str:
    to = f"Từ {wish.old_due_on:%d/%m/%Y} đến {wish.new_due_on:%d/%m/%Y}."
    return f"{to} {wish.note}".strip()


def _person(by: Actor) -> int:
    if by.person_id is None:
        raise NotYours("Việc này do người quyết định.")
    return by.person_id
