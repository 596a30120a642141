"""What the lead does with a task: accept, pass inside, report, ask."""

from collections.abc import Sequence
from datetime import date, datetime

from django.utils import timezone

from congso.apps.directives.models import Extension, Figure, ProgressReport, Task
from congso.apps.directives.rules import working_deadline
from congso.apps.directives.services.assigning import FigureRow, works_in
from congso.apps.directives.services.moving import moving
from congso.kernel.access.services import Actor
from congso.kernel.directory.models import Person
from congso.kernel.directory.queries import title_of
from congso.kernel.regulations.queries import calendar, value
from congso.kernel.search.services import index_record
from congso.kernel.workflow.moving import save
from congso.kernel.workflow.services import NotYours, Refused


def accept_task(task: Task, *, by: Actor, at: datetime, note: str = "") -> None:
    """The lead takes the task on."""
    with moving(task, "accept", by=by, at=at, note=note):
        pass


def return_task(task: Task, *, by: Actor, at: datetime, note: str) -> None:
    """The lead hands the task back with the reason why it is not its own; the assigner decides."""
    with moving(task, "return", by=by, at=at, note=note):
        pass


def pass_task(task: Task, *, person: Person | None, by: Actor, at: datetime, note: str = "") -> None:
    """Put somebody of the lead in charge, or nobody again."""
    with moving(task, "pass_on", by=by, at=at, note=note) as move:
        if person is not None and task.unit and not works_in(person, task.unit, timezone.localdate(at)):
            raise Refused(f"{person} không thuộc {task.unit.name}.")
        before = str(task.in_charge) if task.in_charge else "chưa phân công"
        move.facts |= {"from": task.in_charge_id, "to": person.pk if person else None}
        move.note = f"{before} → {person or 'chưa phân công'}. {note}".strip()
        save(task, in_charge=person)


def report_progress(
    task: Task,
    *,
    text: str,
    percent: int,
    by: Actor,
    at: datetime,
    period: str = "",
    late_reason: str = "",
    figures: Sequence[FigureRow] = (),
) -> ProgressReport:
    """The lead says how far the work is; at 100 % it thereby asks for confirmation (office 6.1).

    Raises Refused when words are missing or the percentage is none.
    """
    if not 0 <= percent <= 100:
        raise Refused("Tiến độ từ 0 đến 100%.")
    if not text.strip():
        raise Refused("Hãy ghi kết quả đã thực hiện.")
    with moving(task, "finish" if percent == 100 else "report", by=by, at=at) as move:
        reporter = _person(by)
        report = ProgressReport.objects.create(
            task=task,
            text=text.strip(),
            percent=percent,
            period=period.strip(),
            late_reason=late_reason.strip(),
            reporter_id=reporter,
            reporter_label=title_of(reporter, timezone.localdate(at)),
            at=at,
        )
        Figure.objects.bulk_create(
            Figure(report=report, name=row.name.strip(), value=row.value, unit=row.unit.strip())
            for row in figures
            if row.name.strip() and row.value is not None
        )
        _keep_latest(task, report)
        index_record(task)
        move.facts |= {"report": report.pk, "percent": percent}
        move.note = f"{percent}%: {report.text[:300]}"
    return report


def ask_confirmation(task: Task, *, by: Actor, at: datetime, note: str = "") -> None:
    """The lead asks to confirm completion without a further report."""
    with moving(task, "finish", by=by, at=at, note=note):
        save(task, finished_on=timezone.localdate(at), progress=100)


def request_extension(task: Task, *, new_due_on: date, reason: str, by: Actor, at: datetime) -> Extension:
    """The lead asks for a later deadline; a day off moves to the next working day. Raises Refused."""
    with moving(task, "request_extension", by=by, at=at, note=reason) as move:
        today = timezone.localdate(at)
        new_due_on = working_deadline(new_due_on, calendar())
        if task.due_on is None or new_due_on <= max(task.due_on, today):
            raise Refused("Hạn mới phải sau hạn hiện tại và sau hôm nay.")
        most = int(value("directives.extension", on=today)["most_times"])
        granted = task.extensions.filter(decision=Extension.Decision.GRANTED).count()
        if most and granted >= most:
            raise Refused(f"Nhiệm vụ đã được gia hạn {granted} lần, không được gia hạn thêm.")
        asker = _person(by)
        extension = Extension.objects.create(
            task=task,
            old_due_on=task.due_on,
            new_due_on=new_due_on,
            reason=reason.strip(),
            asked_by_id=asker,
            asked_label=title_of(asker, today),
            asked_at=at,
        )
        move.facts |= {"extension": extension.pk, "new_due_on": new_due_on.isoformat()}
        move.note = f"Đến ngày {new_due_on:%d/%m/%Y}. Lý do: {reason.strip()}"
    return extension


def _keep_latest(task: Task, report: ProgressReport) -> None:
    """The task shows its last report; the reports themselves stay."""
    finished_on = timezone.localdate(report.at) if report.percent == 100 else None
    save(
        task,
        progress=report.percent,
        result=report.text[:3000],
        reported_at=report.at,
        finished_on=finished_on,
        late_reason=report.late_reason or task.late_reason,
    )


def _person(by: Actor) -> int:
    if by.person_id is None:
        raise NotYours("Việc này do người thực hiện.")
    return by.person_id
