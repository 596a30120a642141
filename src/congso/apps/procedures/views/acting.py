"""Which form each act on a case asks for, and which service it calls."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils import timezone

from congso.apps.procedures import services
from congso.apps.procedures.forms import ApologyForm, AssignForm, ReturnForm, SignatureForm
from congso.apps.procedures.models import Case
from congso.apps.procedures.queries import people_for
from congso.kernel.web.forms import NoteForm, ReasonForm


@dataclass(frozen=True)
class ActForm:
    """How an act is asked and done: the form, what it is opened with, the service that takes what it holds."""

    form: type[forms.Form]
    carry_out: Callable[..., Any]
    prepare: Callable[[Case], dict[str, Any]] = lambda case: {}


def _silent(service: Callable[..., Any]) -> Callable[..., Any]:
    def carry_out(case: Case, *, note: str, **who: Any) -> None:
        service(case, **who)

    return carry_out


def _again(case: Case, *, note: str, **who: Any) -> None:
    services.ask_for_additions(case, note=note, is_again=True, **who)


def _people(case: Case) -> dict[str, Any]:
    people = people_for(case.unit or case.owner, timezone.localdate())
    return {"people": [one for one in people if one.pk != case.applicant_id], "initial": {"person": case.handler_id}}


def _returned(case: Case) -> dict[str, Any]:
    return {"initial": {"to": case.applicant_name, "on": timezone.localdate()}}


def _answered(case: Case) -> dict[str, Any]:
    return {"initial": {"answer": case.answer}}


ACTS: dict[str, ActForm] = {
    "submit": ActForm(NoteForm, _silent(services.submit_case)),
    "receive": ActForm(NoteForm, _silent(services.receive_case)),
    "ask_papers": ActForm(ReasonForm, services.ask_for_papers),
    "withdraw": ActForm(ReasonForm, services.withdraw_case),
    "drop": ActForm(NoteForm, _silent(services.drop_draft)),
    "return_result": ActForm(ReturnForm, services.return_result, _returned),
    "assign": ActForm(AssignForm, services.assign_case, _people),
    "finish_step": ActForm(NoteForm, services.finish_step),
    "send_back": ActForm(ReasonForm, services.send_back),
    "ask_additions": ActForm(ReasonForm, services.ask_for_additions),
    "ask_additions_again": ActForm(ReasonForm, _again),
    "say_added": ActForm(NoteForm, services.say_added),
    "take_additions": ActForm(NoteForm, services.take_additions),
    "pause": ActForm(ReasonForm, services.pause_case),
    "resume": ActForm(NoteForm, services.resume_case),
    "ask_signature": ActForm(SignatureForm, services.ask_signature, _answered),
    "reject_result": ActForm(ReasonForm, services.reject_result),
    "approve_result": ActForm(NoteForm, services.approve_result),
    "refuse": ActForm(ReasonForm, services.refuse_case),
    "apologise": ActForm(ApologyForm, services.apologise),
    "reopen": ActForm(ReasonForm, services.reopen_case),
}
# Their dialog asks for nothing but the reason; the others with more to ask open a page.
REASON_ONLY = frozenset(key for key, one in ACTS.items() if one.form is ReasonForm)
ASKS = frozenset(key for key, one in ACTS.items() if one.form not in (NoteForm, ReasonForm))
