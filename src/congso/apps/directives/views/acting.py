"""Which form each act of the flow asks for, and which service it calls."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django import forms
from django.utils import timezone

from congso.apps.directives import services
from congso.apps.directives.forms import AmendForm, ConfirmForm, ExtensionForm, GrantForm, LeadForm, PassForm
from congso.apps.directives.models import Extension, Task
from congso.apps.directives.queries import OrganizationIndex, people_of
from congso.kernel.access.services import Actor
from congso.kernel.web.forms import NoteForm, ReasonForm


@dataclass(frozen=True)
class ActForm:
    """How an act is asked and done: the form, what it is opened with, the service."""

    form: type[forms.Form]
    carry_out: Callable[..., Any]
    prepare: Callable[[Task], dict[str, Any]] = lambda task: {}


def _with_note(service: Callable[..., Any]) -> Callable[..., Any]:
    def carry_out(task: Task, data: dict[str, Any], by: Actor, at: datetime) -> None:
        service(task, by=by, at=at, note=data["note"])

    return carry_out


def _confirm(task: Task, data: dict[str, Any], by: Actor, at: datetime) -> None:
    services.confirm_completion(task, by=by, at=at, note=data["note"], completed_on=data["completed_on"])


def _ask_extension(task: Task, data: dict[str, Any], by: Actor, at: datetime) -> None:
    services.request_extension(task, new_due_on=data["new_due_on"], reason=data["note"], by=by, at=at)


def _grant(task: Task, data: dict[str, Any], by: Actor, at: datetime) -> None:
    services.decide_extension(task, is_granted=True, new_due_on=data["new_due_on"], note=data["note"], by=by, at=at)


def _refuse(task: Task, data: dict[str, Any], by: Actor, at: datetime) -> None:
    services.decide_extension(task, is_granted=False, note=data["note"], by=by, at=at)


def _grant_late(task: Task, data: dict[str, Any], by: Actor, at: datetime) -> None:
    services.grant_late_extension(task, new_due_on=data["new_due_on"], note=data["note"], by=by, at=at)


def _amend(task: Task, data: dict[str, Any], by: Actor, at: datetime) -> None:
    note = data.pop("note")
    services.amend_task(task, services.Amendment(**data), by=by, at=at, note=note)


def _change_lead(task: Task, data: dict[str, Any], by: Actor, at: datetime) -> None:
    services.change_lead(task, lead=data["lead"], note=data["note"], by=by, at=at)


def _reassign(task: Task, data: dict[str, Any], by: Actor, at: datetime) -> None:
    if task.unit is not None:
        services.change_lead(task, lead=task.unit, note=data["note"], by=by, at=at)


def _pass_on(task: Task, data: dict[str, Any], by: Actor, at: datetime) -> None:
    services.pass_task(task, person=data["person"], note=data["note"], by=by, at=at)


def _wish(task: Task) -> dict[str, Any]:
    pending = next((one for one in task.extensions.all() if one.decision == Extension.Decision.PENDING), None)
    return {"initial": {"new_due_on": pending.new_due_on if pending else None}}


def _asked_for(task: Task) -> dict[str, Any]:
    return {"initial": {"content": task.content, "product": task.product, "due_on": task.due_on}}


def _finished(task: Task) -> dict[str, Any]:
    return {"initial": {"completed_on": task.finished_on or timezone.localdate()}}


def _leads(task: Task) -> dict[str, Any]:
    return {"index": OrganizationIndex(timezone.localdate())}


def _people(task: Task) -> dict[str, Any]:
    people = people_of(task.unit, timezone.localdate()) if task.unit else []
    return {"people": people, "initial": {"person": task.in_charge_id}}


ACTS: dict[str, ActForm] = {
    "accept": ActForm(NoteForm, _with_note(services.accept_task)),
    "return": ActForm(ReasonForm, _with_note(services.return_task)),
    "pass_on": ActForm(PassForm, _pass_on, _people),
    "finish": ActForm(NoteForm, _with_note(services.ask_confirmation)),
    "request_extension": ActForm(ExtensionForm, _ask_extension),
    "confirm": ActForm(ConfirmForm, _confirm, _finished),
    "reject": ActForm(ReasonForm, _with_note(services.reject_completion)),
    "grant_extension": ActForm(GrantForm, _grant, _wish),
    "refuse_extension": ActForm(ReasonForm, _refuse),
    "grant_late_extension": ActForm(ExtensionForm, _grant_late, _wish),
    "amend": ActForm(AmendForm, _amend, _asked_for),
    "change_lead": ActForm(LeadForm, _change_lead, _leads),
    "reassign": ActForm(ReasonForm, _reassign),
    "keep": ActForm(NoteForm, _with_note(services.keep_task)),
    "pause": ActForm(ReasonForm, _with_note(services.pause_task)),
    "resume": ActForm(NoteForm, _with_note(services.resume_task)),
    "cancel": ActForm(ReasonForm, _with_note(services.cancel_task)),
    "reopen": ActForm(ReasonForm, _with_note(services.reopen_task)),
}
# Done by pressing, without a page that asks first.
PRESSED = frozenset({"accept", "keep", "resume"})
# Their dialog asks for nothing but the reason.
REASON_ONLY = frozenset(key for key, one in ACTS.items() if one.form is ReasonForm)
