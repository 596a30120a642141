"""Acts that ask at most for words: a question on GET, the act on POST."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from congso.apps.outgoing import queries, services
from congso.apps.outgoing.flow import FLOW
from congso.apps.outgoing.forms import SignerForm, UpdateForm
from congso.apps.outgoing.models import OutgoingDocument
from congso.apps.outgoing.views.requests import form_page
from congso.kernel.accounts.requests import OfficeRequest
from congso.kernel.web.asking import found_or_404, posted, who
from congso.kernel.web.forms import NoteForm, ReasonForm
from congso.kernel.workflow.services import Refused

Do = Callable[[Any, dict[str, Any], dict[str, Any]], Any]


@dataclass(frozen=True)
class Question:
    """What an act asks, the service its answer goes to, and how what it asks stands now."""

    form: type[forms.Form]
    do: Do
    stands: Callable[[OutgoingDocument], dict[str, Any]] = lambda _document: {}


def _with_note(service: Callable[..., Any]) -> Question:
    return Question(NoteForm, lambda document, facts, by: service(document, note=facts["note"], **by))


def _with_reason(service: Callable[..., Any]) -> Question:
    return Question(ReasonForm, lambda document, facts, by: service(document, reason=facts["note"], **by))


def _back(key: str) -> Question:
    return Question(
        ReasonForm, lambda document, facts, by: services.send_back(document, key, reason=facts["note"], **by)
    )


ACTS: dict[str, Question] = {
    "submit": _with_note(services.submit),
    "approve_unit": _with_note(services.approve_unit),
    "verify": _with_note(services.verify),
    "approve": _with_note(services.approve),
    "close_opinions": _with_note(services.close_opinions),
    **{
        key: _back(key)
        for key in ("return_unit", "return_form", "return_leader", "return_signer", "return_signed")
    },
    "take_back": _with_reason(services.take_back),
    "withdraw": _with_reason(services.withdraw),
    "cancel": _with_reason(services.cancel_document),
    "recall": _with_reason(services.recall_document),
    "update": Question(
        UpdateForm,
        lambda document, facts, by: services.update_document(
            document, reason=facts["note"], changes=services.Changes(facts["due_on"], facts["content"]),
            with_file=facts["with_file"], **by,
        ),
        lambda document: {
            "due_on": document.asked_by, "content": document.told_last.content if document.told_last else "",
        },
    ),
    "change_signer": Question(
        SignerForm,
        lambda document, facts, by: services.change_signer(
            document, signer=facts["signer"], authority=facts["authority"], authority_over=facts["authority_over"],
            reason=facts["note"], **by,
        ),
    ),
}  # fmt: skip


@login_required
@require_http_methods(["GET", "POST"])
@found_or_404
def act(request: OfficeRequest, pk: int, key: str) -> HttpResponseBase:
    """One act on a document."""
    if key not in ACTS:
        raise Http404
    document = queries.outgoing_document(pk)
    request.shown_record = pk
    question, label = ACTS[key], FLOW.transition(key).label
    form = question.form(posted(request), initial=question.stands(document))
    back = reverse("outgoing:detail", args=[pk])
    if request.method == "POST" and form.is_valid():
        try:
            question.do(document, form.cleaned_data, who(request))
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Đã thực hiện: %(act)s.") % {"act": label})
            still = OutgoingDocument.objects.filter(pk=pk).exists()
            return redirect(back if still else "outgoing:list")
    return form_page(
        request, form, title=label, back=back, label=label, record=document, template="outgoing/act.html",
        people=key == "change_signer",
    )  # fmt: skip
