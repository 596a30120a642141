"""Signing outside the portal: take the paper away, bring it back signed; the signer's, the registry's, another's."""

from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from congso.apps.outgoing import queries, services
from congso.apps.outgoing.forms import SendOutsideForm, SignedFileForm
from congso.apps.outgoing.models import OutgoingDocument
from congso.kernel.accounts.requests import OfficeRequest
from congso.kernel.files.views import answer_file
from congso.kernel.web.asking import found_or_404, who
from congso.kernel.workflow.services import Refused


@login_required
@require_http_methods(["GET", "POST"])
@found_or_404
def sign_outside(request: OfficeRequest, pk: int) -> HttpResponseBase:
    """What to sign and where, the paper to take away, and the signed one to bring back; `how` tells which form."""
    document = queries.outgoing_document(pk)
    step = services.outside_step(document)
    if step is None:
        raise Http404
    how = request.POST.get("how", "") if request.method == "POST" else ""
    send = SendOutsideForm(request.POST if how == "send" else None, initial=_sent_before(step))
    take = SignedFileForm(*((request.POST, request.FILES) if how == "take" else ()))
    if how == "send" and send.is_valid() and _done(send, services.send_outside, document, send.cleaned_data, request):
        messages.success(request, _("Đã ghi nhận gửi cơ quan ngoài ký."))
        return redirect("outgoing:outside", pk)
    told = {"data": take.cleaned_data["file"]} if how == "take" and take.is_valid() else None
    if told and _done(take, services.take_back_signed, document, told, request):
        messages.success(request, _("Đã nhận bản ký hợp lệ; văn bản chuyển bước tiếp theo."))
        still = OutgoingDocument.objects.filter(pk=pk).exists()
        return redirect(reverse("outgoing:detail", args=[pk]) if still else "outgoing:list")
    context = {
        "document": document, "step": step, "send": send, "take": take,
        "back_url": reverse("outgoing:detail", args=[pk]),
        "names": ", ".join(filter(None, step.names)),
    }  # fmt: skip
    return render(request, "outgoing/outside.html", context, status=422 if send.errors or take.errors else 200)


@login_required
@require_GET
@found_or_404
def paper(request: OfficeRequest, pk: int) -> HttpResponseBase:
    """The paper to be signed, for whoever's step it is."""
    document = queries.outgoing_document(pk)
    if services.outside_step(document) is None:
        raise Http404
    name, blob = services.paper_for_outside(document)
    return answer_file(request, blob, name, as_attachment=True)


def _sent_before(step: services.OutsideStep) -> dict[str, str]:
    return {"way": step.agency.sent_way, "to": step.agency.sent_to} if step.agency and step.agency.sent_way else {}


def _done(
    form: forms.Form, service: Any, document: OutgoingDocument, facts: dict[str, Any], request: OfficeRequest
) -> bool:
    try:
        service(document, **facts, **who(request))
    except Refused as refusal:
        form.add_error(None, str(refusal))
        return False
    return True
