"""The secrecy officer's screen: files with a mark of secrecy, to be released or erased."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_http_methods

from congso.kernel.access.principals import Function
from congso.kernel.accounts.requests import OfficeRequest
from congso.kernel.files.models import QuarantineItem
from congso.kernel.files.queries import held_items, settled_items
from congso.kernel.files.services import (
    NotPossible,
    erase_quarantined,
    release_quarantined,
)
from congso.kernel.web.asking import posted
from congso.kernel.web.forms import ReasonForm
from congso.kernel.web.navigation import holds

SETTLED_SHOWN = 100
_ACTS = {
    "tra-lai": (release_quarantined, _("Trả lại: báo động nhầm")),
    "xoa": (erase_quarantined, _("Xóa tài liệu mật")),
}


@login_required
@require_GET
def quarantine(request: OfficeRequest) -> HttpResponseBase:
    """What is held, and what was settled lately. Only the office's secrecy officers see any row."""
    if not holds(request, Function.SECRECY_OFFICERS):
        raise Http404
    context = {"held": held_items(), "settled": settled_items()[:SETTLED_SHOWN]}
    return render(request, "documents/quarantine.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def settle(request: OfficeRequest, pk: int, how: str) -> HttpResponseBase:
    """Release a false alarm or erase a secret, with the reason; the services check and journal it."""
    item = get_object_or_404(QuarantineItem, pk=pk)
    if how not in _ACTS:
        raise Http404
    service, label = _ACTS[how]
    form = ReasonForm(posted(request))
    if request.method == "POST" and form.is_valid():
        try:
            service(item, by=request.actor, at=timezone.now(), reason=form.cleaned_data["note"])
        except NotPossible as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Đã thực hiện: %(act)s.") % {"act": label})
            return redirect("documents:quarantine")
    context = {"title": label, "form": form, "submit_label": label, "back_url": reverse("documents:quarantine")}
    context["record"] = {"number": item.name, "title": ""}
    return render(request, "web/confirm.html", context, status=422 if form.errors else 200)
