"""Working on a case: steps, requests for papers, pauses, results, apologies. Every clock moves here."""

from datetime import date, datetime

from django.db import connection
from django.utils import timezone

from congso.apps.procedures.models import Apology, Case, CaseStep, Stop
from congso.apps.procedures.queries import gather, people_for
from congso.apps.procedures.rules import day_after_stop
from congso.apps.procedures.services.cases import begin_step
from congso.apps.procedures.services.moving import moving
from congso.apps.procedures.services.secrets import look_up_key
from congso.kernel.access.services import Actor
from congso.kernel.directory.models import Person
from congso.kernel.directory.queries import title_of
from congso.kernel.regulations.queries import calendar
from congso.kernel.workflow.moving import save
from congso.kernel.workflow.services import Refused


def ask_for_papers(case: Case, *, note: str, by: Actor, at: datetime) -> None:
    """Before taking in: the application goes back with a complete list of what is missing."""
    with moving(case, "ask_papers", by=by, at=at, note=note):
        save(case, asked_for=note.strip())


def ask_for_additions(case: Case, *, note: str, by: Actor, at: datetime, is_again: bool = False) -> None:
    """After taking in: once with a complete list, again only by a leader; the clocks stop."""
    with moving(case, "ask_additions_again" if is_again else "ask_additions", by=by, at=at, note=note):
        save(case, asked_for=note.strip(), times_asked=case.times_asked + 1)
        _stop(case, Stop.Kind.ADDITIONS, note, at)


def say_added(case: Case, *, note: str, by: Actor, at: datetime) -> None:
    """The applicant says that what was asked for is there; the clocks stand until it is taken."""
    with moving(case, "say_added", by=by, at=at, note=note):
        pass


def take_additions(case: Case, *, note: str, by: Actor, at: datetime) -> None:
    """What was asked for is complete: the clocks go on, the promised day moves."""
    with moving(case, "take_additions", by=by, at=at, note=note) as move:
        save(case, asked_for="")
        move.label = f"{move.label}: {_go_on(case, at)}"


def pause_case(case: Case, *, note: str, by: Actor, at: datetime) -> None:
    """Stop the clocks for a reason that lies with no paper."""
    with moving(case, "pause", by=by, at=at, note=note):
        _stop(case, Stop.Kind.PAUSE, note, at)


def resume_case(case: Case, *, note: str, by: Actor, at: datetime) -> None:
    """Go on after a pause."""
    with moving(case, "resume", by=by, at=at, note=note) as move:
        move.label = f"{move.label}: {_go_on(case, at)}"


def assign_case(case: Case, *, person: Person | None, by: Actor, at: datetime, note: str = "") -> None:
    """Put somebody of the body where the case lies in charge; nobody works on her own application."""
    with moving(case, "assign", by=by, at=at, note=note) as move:
        where = case.unit or case.owner
        if person is not None and person.pk not in {one.pk for one in people_for(where, timezone.localdate(at))}:
            raise Refused(f"{person} không thuộc {where.name}.")
        if person is not None and person.pk == case.applicant_id:
            raise Refused("Không phân công hồ sơ cho chính người nộp.")
        save(case, handler=person)
        move.note = f"{person or 'Không phân công riêng'}. {note}".strip()


def finish_step(case: Case, *, note: str, by: Actor, at: datetime) -> None:
    """The step is done; the next one's clock starts, where that step lies."""
    with moving(case, "finish_step", by=by, at=at, note=note) as move:
        today = timezone.localdate(at)
        _close_step(case, today, by)
        step = begin_step(case, case.current_step + 1, today)
        move.label = f"Chuyển bước {step.position}: {step.name}"
        move.facts |= {"step": step.position, "organization": step.organization_id}


def send_back(case: Case, *, note: str, by: Actor, at: datetime) -> None:
    """The step before must be done again; its clock starts anew, the one total does not move."""
    with moving(case, "send_back", by=by, at=at, note=note) as move:
        CaseStep.objects.filter(case=case, position=case.current_step).update(due_on=None)  # its clock runs no more
        begin_step(case, case.current_step - 1, timezone.localdate(at))
        move.facts |= {"step": case.current_step}


def ask_signature(case: Case, *, answer: str, by: Actor, at: datetime) -> None:
    """Lay the result before who signs it; `answer` is what the applicant will be told."""
    with moving(case, "ask_signature", by=by, at=at) as move:
        save(case, answer=answer.strip())
        move.note = answer.strip()


def reject_result(case: Case, *, note: str, by: Actor, at: datetime) -> None:
    """Not signed: back to the step with the reason."""
    with moving(case, "reject_result", by=by, at=at, note=note):
        pass


def approve_result(case: Case, *, note: str, by: Actor, at: datetime) -> None:
    """The signed result is there: the desk hands it over."""
    with moving(case, "approve_result", by=by, at=at, note=note) as move:
        today = timezone.localdate(at)
        _close_step(case, today, by)
        save(case, result_on=today)
        move.facts |= {"result_on": today.isoformat(), "is_late": bool(case.due_on and today > case.due_on)}


def return_result(case: Case, *, to: str, on: date, by: Actor, at: datetime) -> None:
    """The applicant has the result."""
    with moving(case, "return_result", by=by, at=at) as move:
        if on > timezone.localdate(at) or (case.result_on and on < case.result_on):
            raise Refused("Ngày trả nằm từ ngày có kết quả đến hôm nay.")
        save(case, returned_to=to.strip() or case.applicant_name, returned_on=on)
        move.note = f"{on:%d/%m/%Y}"


def refuse_case(case: Case, *, note: str, by: Actor, at: datetime) -> None:
    """It cannot be granted; the applicant reads the reason."""
    with moving(case, "refuse", by=by, at=at, note=note):
        save(case, answer=note.strip())


def withdraw_case(case: Case, *, note: str, by: Actor, at: datetime) -> None:
    """The applicant does not want it any more; a stop under way ends with it."""
    with moving(case, "withdraw", by=by, at=at, note=note):
        case.stops.filter(ended_on__isnull=True).update(ended_on=timezone.localdate(at), due_after=case.due_on)


def drop_draft(case: Case, *, by: Actor, at: datetime) -> None:
    """An application that was never handed in is given up; the body it was meant for never saw it."""
    with moving(case, "drop", by=by, at=at):
        pass


def apologise(case: Case, *, new_due_on: date, note: str, by: Actor, at: datetime) -> Apology:
    """A letter of apology with a new promised day; the first one stays in the record and in every count of lateness."""
    if by.person_id is None or case.due_on is None:
        raise Refused("Phiếu xin lỗi có người ký và ngày hẹn cũ.")
    with moving(case, "apologise", by=by, at=at, note=note) as move:
        today = timezone.localdate(at)
        if new_due_on <= today or not calendar().is_working_day(new_due_on):
            raise Refused("Ngày hẹn lại là một ngày làm việc sau hôm nay.")
        made = Apology.objects.create(
            case=case, reason=note.strip(), due_before=case.due_on, new_due_on=new_due_on, signed_by_id=by.person_id,
            signed_label=title_of(by.person_id, today), at=at,
        )  # fmt: skip
        save(case, due_on=new_due_on)
        move.facts |= {"from": made.due_before.isoformat(), "to": new_due_on.isoformat()}
    return made


def reopen_case(case: Case, *, note: str, by: Actor, at: datetime) -> None:
    """A closed case is worked on again, at its last step."""
    with moving(case, "reopen", by=by, at=at, note=note):
        save(case, result_on=None, returned_on=None, returned_to="")
        begin_step(case, max(1, case.current_step), timezone.localdate(at))


def rate_case(code: str, word: str, score: int) -> bool:
    """Count one answer of a receipt's holder; False when it fits no closed case or has been given."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT congso.rate_case(%s, %s)", [look_up_key(code, word), score])
        return bool(cursor.fetchone()[0])


def _stop(case: Case, kind: str, reason: str, at: datetime) -> None:
    if case.due_on is None:
        raise Refused("Hồ sơ chưa có ngày hẹn.")
    Stop.objects.create(
        case=case, kind=kind, reason=reason.strip(), started_on=timezone.localdate(at), due_before=case.due_on
    )


def _go_on(case: Case, at: datetime) -> str:
    """End the stop under way and move both clocks; the new day in words."""
    stop = case.stops.get(ended_on__isnull=True)
    today, days = timezone.localdate(at), calendar()
    due = day_after_stop(stop.due_before, stop.started_on, today, days)
    Stop.objects.filter(pk=stop.pk).update(ended_on=today, due_after=due)
    save(case, due_on=due)
    for step in case.steps.all():
        if step.position == case.current_step and step.due_on and not step.finished_on:
            moved = day_after_stop(step.due_on, stop.started_on, today, days)
            CaseStep.objects.filter(pk=step.pk).update(due_on=moved)
    gather(case)
    return f"hẹn trả {due:%d/%m/%Y}"


def _close_step(case: Case, today: date, by: Actor) -> None:
    label = title_of(by.person_id, today) if by.person_id else "Hệ thống"
    CaseStep.objects.filter(case=case, position=case.current_step).update(
        finished_on=today, finished_by=by.person_id, finished_label=label
    )
    gather(case)
