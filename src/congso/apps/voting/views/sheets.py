"""Paper ballots that a scanner reads: printed by organizers, scanned and looked through by each counter."""

import base64
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from congso.apps.voting import services
from congso.apps.voting.forms import whole_numbers
from congso.apps.voting.models import Ballot, BallotMethod, Counter
from congso.apps.voting.queries import counter_of, open_doubts, sheets_of, tally_of_sheets
from congso.apps.voting.services.sheets import MOST_SHEETS
from congso.apps.voting.views.requests import ballot_or_404, may, organized_or_404
from congso.kernel.accounts.requests import OfficeRequest
from congso.kernel.files.models import Upload
from congso.kernel.files.reading.refusals import Refused as FileRefused
from congso.kernel.files.services import receive_upload
from congso.kernel.files.store import StorageFull
from congso.kernel.files.views import state_of
from congso.kernel.web.asking import posted, who
from congso.kernel.workflow.services import Refused

SHOWN = 20
_UNFINISHED = (Upload.State.WAITING, Upload.State.READING, Upload.State.FAILED, Upload.State.REFUSED)


class PrintForm(forms.Form):
    """How many sheets."""

    number = forms.IntegerField(
        label=gettext_lazy("Số phiếu cần in"), min_value=1, max_value=MOST_SHEETS,
        help_text=gettext_lazy("In đủ số người dự cộng phiếu dự phòng; xáo trộn trước khi phát."),
    )  # fmt: skip


@login_required
@require_http_methods(["GET", "POST"])
def print_sheets(request: OfficeRequest, pk: int) -> HttpResponse:
    """The sheets as a PDF to print."""
    ballot = organized_or_404(request, pk)
    if not may(request, ballot, "print"):
        return redirect("voting:detail", pk)
    form = PrintForm(posted(request))
    if request.method == "POST" and form.is_valid():
        try:
            made = services.print_ballots(ballot, form.cleaned_data["number"], **who(request))
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            response = HttpResponse(made, content_type="application/pdf")
            response["Content-Disposition"] = f'attachment; filename="phieu-bau-{pk}.pdf"'
            return response
    context = {"record": ballot, "form": form, "back_url": reverse("voting:detail", args=[pk])}
    return render(request, "voting/print.html", context, status=422 if form.errors else 200)


@login_required
@require_http_methods(["GET", "POST"])
def scanned(request: OfficeRequest, pk: int) -> HttpResponse:
    """What a counter has scanned: doubts to decide, then her count. Posted: one decision, or the count."""
    ballot, own = _counting(request, pk)
    problem = ""
    if request.method == "POST":
        problem = _decide(request, ballot) if "doubt" in request.POST else _enter(request, ballot, own)
        if not problem:
            return redirect("voting:detail" if "issued" in request.POST else "voting:scanned", pk)
    found = sheets_of(ballot, own)
    names = {one.position: one.name for one in ballot.options.all()}
    doubts = [
        {
            "one": one, "name": names.get(one.place, "") if one.place is not None else "",
            "picture": base64.b64encode(bytes(one.picture)).decode(), "decisions": services.decisions_for(one),
        }
        for one in open_doubts(own, SHOWN)
    ]  # fmt: skip
    waiting = Upload.objects.filter(batch=_batch(ballot, own), state__in=_UNFINISHED).order_by("-pk")[:SHOWN]
    context = {
        "record": ballot, "problem": problem, "found": found, "doubts": doubts, "unfinished": list(waiting),
        "back_url": reverse("voting:detail", args=[pk]), "upload_url": reverse("voting:scan", args=[pk]),
        "upload_accept": ".pdf,.tif,.tiff,.jpg,.jpeg,.png",
        "upload_hint": _("PDF, TIFF, JPG, PNG của máy quét, từ 200 dpi, một mặt mỗi trang."),
        "can_enter": bool(found.sheets) and not found.undecided and not found.incomplete,
    }  # fmt: skip
    return render(request, "voting/scanned.html", context, status=422 if problem else 200)


@login_required
@require_POST
def scan(request: OfficeRequest, pk: int) -> HttpResponse:
    """Scans sent; each answers for itself."""
    ballot, own = _counting(request, pk)
    told = [_take_in(request, ballot, own, file) for file in request.FILES.getlist("files")]
    if request.headers.get("X-Requested-With") == "XMLHttpRequest":
        return JsonResponse({"uploads": told})
    for one in told:
        tell = messages.error if one["state"] == "refused" else messages.success
        tell(request, f"{one['name']}: {one['message'] or _('đã nhận, chờ đọc')}")
    return redirect("voting:scanned", pk)


def _take_in(request: OfficeRequest, ballot: Ballot, own: Counter, file: Any) -> dict[str, Any]:
    try:
        taken = receive_upload(
            file.chunks(), name=file.name, organization=ballot.owner, purpose=services.PURPOSE,
            details={"ballot": ballot.pk}, batch=_batch(ballot, own), expected_size=file.size, **who(request),
        )  # fmt: skip
    except (FileRefused, StorageFull) as refusal:
        return {"name": file.name, "state": "refused", "message": refusal.message_vi, "url": ""}
    return state_of(taken)


def _batch(ballot: Ballot, own: Counter) -> str:
    return f"phieu-{ballot.pk}-{own.pk}"


def _counting(request: OfficeRequest, pk: int) -> tuple[Ballot, Counter]:
    ballot = ballot_or_404(pk)
    own = counter_of(ballot, request.actor.person_id or 0)
    is_paper_list = ballot.method == BallotMethod.PAPER and ballot.is_list
    if own is None or not is_paper_list or not may(request, ballot, "count"):
        raise Http404
    return ballot, own


def _decide(request: OfficeRequest, ballot: Ballot) -> str:
    named = request.POST.get("doubt", "")
    doubt = int(named) if named.isascii() and named.isdigit() and len(named) < 19 else 0
    try:
        services.decide_doubt(ballot, doubt, request.POST.get("decision", "")[:10], **who(request))
    except Refused as refusal:
        return str(refusal)
    return ""


def _enter(request: OfficeRequest, ballot: Ballot, own: Counter) -> str:
    issued = whole_numbers(request.POST, ["issued"])["issued"]
    found = sheets_of(ballot, own)
    if issued is None:
        return _("Hãy ghi số phiếu phát ra bằng số nguyên.")
    if found.undecided or found.incomplete or not found.sheets:
        return _("Còn chỗ chưa xem hoặc phiếu thiếu trang nên chưa ghi được số đếm.")
    try:
        services.enter_count(ballot, tally_of_sheets(ballot, found, issued=issued), **who(request))
    except Refused as refusal:
        return str(refusal)
    messages.success(request, _("Đã ghi số đếm từ %(count)s phiếu quét.") % {"count": len(found.sheets)})
    return ""
