"""Changing what a task asks for, after the document that gave it was amended."""

from dataclasses import dataclass
from datetime import date, datetime

from django.utils import timezone

from congso.apps.directives.flow import LEADERS
from congso.apps.directives.models import Extension, Task
from congso.apps.directives.rules import may_be_extended_by_office, short_text, working_deadline
from congso.apps.directives.services.assigning import MOST_CHARACTERS
from congso.apps.directives.services.moving import moving
from congso.kernel.access.services import Actor, current_principals
from congso.kernel.directory.queries import title_of
from congso.kernel.regulations.queries import calendar
from congso.kernel.search.services import index_record
from congso.kernel.workflow.moving import save
from congso.kernel.workflow.services import NotYours, Refused


@dataclass(frozen=True)
class Amendment:
    """What the task asks for from now on."""

    content: str
    due_on: date | None
    product: str = ""


def amend_task(task: Task, amendment: Amendment, *, by: Actor, at: datetime, note: str) -> None:
    """Change content, product or deadline with the reason, telling lead and supporters; both versions are kept.

    A deadline moved later is an extension: after it passed only a leader may (office 6.1, rule 4). Raises NotYours,
    Refused when nothing changes or the new text or day is not in order.
    """
    with moving(task, "amend", by=by, at=at, note=note) as move:
        due_on = working_deadline(amendment.due_on, calendar()) if amendment.due_on else None
        changes = _changes(task, amendment, due_on)
        if "due_on" in changes:
            _check_deadline(task, due_on, at)
            _keep_both_deadlines(task, due_on, by=by, at=at, note=note)
        move.note = " ".join([*_words(task, changes), f"Lý do: {note.strip()}"])
        move.facts |= {"before": {name: str(getattr(task, name) or "") for name in changes}}
        if "content" in changes:
            changes["title"] = short_text(str(changes["content"]))
        save(task, **changes)
        index_record(task)


def _changes(task: Task, amendment: Amendment, due_on: date | None) -> dict[str, object]:
    wanted: dict[str, object] = {
        "content": amendment.content.strip(),
        "product": amendment.product.strip(),
        "due_on": due_on,
    }
    if not wanted["content"]:
        raise Refused("Hãy ghi nội dung nhiệm vụ.")
    if len(amendment.content) > MOST_CHARACTERS:
        raise Refused("Nội dung dài quá 5.000 ký tự.")
    changes = {name: value for name, value in wanted.items() if value != getattr(task, name)}
    if not changes:
        raise Refused("Chưa có gì thay đổi so với nhiệm vụ đang giao.")
    return changes


def _check_deadline(task: Task, due_on: date | None, at: datetime) -> None:
    today = timezone.localdate(at)
    if task.recurrence:
        raise Refused("Nhiệm vụ định kỳ chỉ đổi thời gian bằng cách giao lại; hãy gia hạn từng kỳ.")
    if due_on is None and task.due_on is not None:
        raise Refused("Nhiệm vụ có thời hạn không thể bỏ thời hạn; hãy hủy và giao lại.")
    if due_on is not None and due_on < today:
        raise Refused(f"Hạn mới trước ngày hôm nay {today:%d/%m/%Y}.")
    is_late = task.due_on is not None and not may_be_extended_by_office(task.due_on, today)
    if is_late and not current_principals() & set(LEADERS.principals(task)):
        raise NotYours("Đã quá hạn: chỉ lãnh đạo nơi giao được gia hạn.")


def _keep_both_deadlines(task: Task, due_on: date | None, *, by: Actor, at: datetime, note: str) -> None:
    """A later deadline stands among the task's extensions like any other."""
    if task.due_on is None or due_on is None or due_on <= task.due_on or by.person_id is None:
        return
    who = title_of(by.person_id, timezone.localdate(at))
    Extension.objects.create(
        task=task, old_due_on=task.due_on, new_due_on=due_on, reason=note.strip(), asked_by_id=by.person_id,
        asked_label=who, asked_at=at, decision=Extension.Decision.GRANTED, decided_by_id=by.person_id,
        decided_label=who, decided_at=at,
    )  # fmt: skip


def _words(task: Task, changes: dict[str, object]) -> list[str]:
    said = []
    if "content" in changes:
        said.append(f"Nội dung trước đây: “{short_text(task.content)}”.")
    if "product" in changes:
        said.append(f"Sản phẩm trước đây: “{task.product or 'không ghi'}”.")
    if "due_on" in changes:
        before = f"{task.due_on:%d/%m/%Y}" if task.due_on else "không ghi"
        said.append(f"Hạn từ {before} đến {changes['due_on']:%d/%m/%Y}.")
    return said
