"""The registry's one screen of issuing: number and date, seal, last judgement, out."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from congso.apps.outgoing import queries, services
from congso.apps.outgoing.flow import seals_missing
from congso.apps.outgoing.forms import KeyForm
from congso.apps.outgoing.models import OutgoingDocument
from congso.apps.outgoing.services.contents import symbol_tail_of
from congso.apps.outgoing.views.papers import file_lines
from congso.kernel.accounts.requests import OfficeRequest
from congso.kernel.signing.queries import credentials_of
from congso.kernel.web.asking import found_or_404, posted, who
from congso.kernel.workflow.services import Refused, possible_transitions

STEPS = (("number", "signed"), ("seal_part", "numbered"), ("seal", "numbered"), ("issue", "sealed"))
SEALING = {"seal", "seal_part"}


@login_required
@sensitive_post_parameters("pin")
@require_http_methods(["GET", "POST"])
@found_or_404
def issue(request: OfficeRequest, pk: int) -> HttpResponseBase:
    """Whatever step the paper stands at is the next; a step that fails changes nothing and can be pressed again."""
    document = queries.outgoing_document(pk)
    keys = {one.key for one in possible_transitions(document, held=request.principals)}
    step = next((key for key, state in STEPS if state == document.state and key in keys), "")
    if not step:
        return _nothing_to_do(request, document)
    form = KeyForm(posted(request) if step in SEALING else None, credentials=_seals(document))
    if request.method == "POST" and (step not in SEALING or form.is_valid()):
        try:
            _do(document, step, form, who(request))
        except Refused as refusal:
            if step in SEALING:
                form.add_error("pin", str(refusal))
            else:
                messages.error(request, str(refusal))
                return redirect("outgoing:issue", pk)
        else:
            if step == "seal_part":
                messages.success(request, _("Đã đóng dấu."))
                return redirect("outgoing:detail", pk)
            if step == "issue":
                messages.success(request, _("Đã phát hành %(number)s.") % {"number": document.number})
                return redirect("outgoing:detail", pk)
            return redirect("outgoing:issue", pk)
    context = {
        "document": document, "record": document, "step": step, "form": form, "tail": symbol_tail_of(document),
        "shown_file": next((one for one in file_lines(document) if one.pages), None),
        "report": services.report_of(document, at=timezone.now()) if step == "issue" else None,
        "recipients": list(queries.recipients_of(document).filter(state="waiting")),
        "today": timezone.localdate(), "back_url": reverse("outgoing:detail", args=[pk]),
        "is_late": document.signed_at is not None and (timezone.now() - document.signed_at).days >= 1,
    }  # fmt: skip
    return render(request, "outgoing/issue.html", context, status=422 if form.errors else 200)


def _nothing_to_do(request: OfficeRequest, document: OutgoingDocument) -> HttpResponseBase:
    """Another agency's seal comes first, or somebody was quicker; else it is not this person's step."""
    missing = seals_missing(document) if document.state == "numbered" else []
    if missing:
        names = ", ".join(one.body for one in missing)
        messages.info(request, _("Đang chờ %(names)s đóng dấu.") % {"names": names})
    elif request.method != "POST" or document.state in {state for _key, state in STEPS}:
        raise Http404
    return redirect("outgoing:detail", document.pk)


def _do(document: OutgoingDocument, step: str, form: KeyForm, by: dict[str, Any]) -> None:
    if step == "number":
        services.number_document(document, **by)
    elif step in SEALING:
        seal = services.seal_document if step == "seal" else services.seal_part
        seal(document, credential=form.chosen, secret=form.cleaned_data["pin"], **by)
    else:
        services.issue_document(document, **by)


def _seals(document: OutgoingDocument) -> list[Any]:
    """Seals of the issuer and of its office that this clerk holds."""
    return list(credentials_of(active=True).filter(organization_id__in=services.seals_of(document)))
