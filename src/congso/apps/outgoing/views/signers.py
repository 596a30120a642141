"""Who signs besides the document's own signer, in their order; while it is drafted."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from congso.apps.outgoing import queries, services
from congso.apps.outgoing.forms import CoSignerForm, OutsideSignerForm
from congso.apps.outgoing.models import OutgoingDocument
from congso.kernel.accounts.requests import OfficeRequest
from congso.kernel.web.asking import found_or_404, who
from congso.kernel.workflow.services import Refused, possible_transitions

ACTS = {"drop": services.drop_co_signer, "earlier": services.move_co_signer}


@login_required
@require_http_methods(["GET", "POST"])
@found_or_404
def signers(request: OfficeRequest, pk: int) -> HttpResponseBase:
    """The list, and one more; each change lays the paper out anew."""
    document = queries.outgoing_document(pk)
    if "set_signers" not in {one.key for one in possible_transitions(document, held=request.principals)}:
        raise Http404
    act = ACTS.get(request.POST.get("how", ""))
    if act is not None:
        try:
            act(document, document.co_signers.get(pk=_number(request.POST.get("signer", ""))), **who(request))
        except Refused as refusal:
            messages.error(request, str(refusal))
        return redirect("outgoing:signers", pk)
    is_outside = request.POST.get("how") == "outside"
    outside = OutsideSignerForm(request.POST if is_outside else None)
    form = CoSignerForm(request.POST if request.method == "POST" and not is_outside else None)
    if request.method == "POST" and (outside if is_outside else form).is_valid():
        try:
            if is_outside:
                services.add_outside_signer(document, services.OutsideSigning(**outside.cleaned_data), **who(request))
            else:
                services.add_co_signer(document, services.Signing(**form.cleaned_data), **who(request))
        except Refused as refusal:
            (outside if is_outside else form).add_error(None, str(refusal))
        else:
            return redirect("outgoing:signers", pk)
    return _page(request, document, form, outside)


def _page(
    request: OfficeRequest, document: OutgoingDocument, form: CoSignerForm, outside: OutsideSignerForm
) -> HttpResponseBase:
    context: dict[str, Any] = {
        "document": document, "rows": document.signers_after, "form": form, "outside": outside,
        "back_url": reverse("outgoing:detail", args=[document.pk]),
    }  # fmt: skip
    return render(request, "outgoing/signers.html", context, status=422 if form.errors or outside.errors else 200)


def _number(typed: str) -> int:
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 19 else 0
