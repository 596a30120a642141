"""The leader's screen, thumb first: read page by page, note at a place, approve, send back, sign with a remote key."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from congso.apps.outgoing import queries, services
from congso.apps.outgoing.forms import KeyForm, NoteOnPageForm
from congso.apps.outgoing.views.papers import file_lines
from congso.kernel.accounts.requests import OfficeRequest, account_of
from congso.kernel.signing.queries import credentials_of
from congso.kernel.web.asking import found_or_404, posted, who
from congso.kernel.web.detail import acts_of
from congso.kernel.workflow.services import Refused, possible_transitions

_SHOWN = {"approve_unit", "return_unit", "verify", "return_form", "approve", "return_leader", "return_signer"}


@login_required
@sensitive_post_parameters("pin")
@require_http_methods(["GET", "POST"])
@found_or_404
def read_and_sign(request: OfficeRequest, pk: int) -> HttpResponseBase:
    """Read the paper and decide on it; whoever signs does so here with one of her keys."""
    document = queries.outgoing_document(pk)
    keys = {one.key for one in possible_transitions(document, held=request.principals)}
    may_sign = bool(keys & {"sign", "sign_part"})
    form = KeyForm(posted(request), credentials=_mine(request)) if may_sign else None
    if request.method == "POST":
        if form is None:
            raise Http404
        if form.is_valid():
            is_last = services.turn_of(document).is_last
            try:
                services.sign_document(
                    document, credential=form.chosen, secret=form.cleaned_data["pin"], **who(request)
                )
            except Refused as refusal:
                form.add_error("pin", str(refusal))
            else:
                done = _("Đã ký số. Văn thư sẽ cấp số, đóng dấu và phát hành.")
                messages.success(request, done if is_last else _("Đã ký số. Văn bản chuyển người ký tiếp theo."))
                return redirect("outgoing:detail", pk)
    acts = [one for one in acts_of(request, document, url_name="outgoing:act") if one.key in _SHOWN]
    files = file_lines(document)
    version = document.last_version
    context = {
        "document": document, "record": document, "form": form, "acts": acts, "may_sign": may_sign,
        "shown_file": next((one for one in files if one.pages), None),
        "notes": list(document.page_notes.filter(version=version)) if version else [],
        "note_url": reverse("outgoing:note", args=[pk]), "back_url": reverse("outgoing:detail", args=[pk]),
    }  # fmt: skip
    return render(request, "outgoing/sign.html", context, status=422 if form is not None and form.errors else 200)


@login_required
@require_POST
@found_or_404
def note(request: OfficeRequest, pk: int) -> HttpResponseBase:
    """Write a note at a place of a page of the newest version."""
    document = queries.outgoing_document(pk)
    form, version = NoteOnPageForm(request.POST), document.last_version
    is_script = request.headers.get("X-Requested-With") == "fetch"
    problem = ""
    if version is None:
        raise Http404
    if form.is_valid():
        try:
            services.note_on_page(version, **form.cleaned_data, **who(request))
        except Refused as refusal:
            problem = str(refusal)
    else:
        problem = _("Hãy chọn chỗ trên trang và viết ghi chú.")
    if is_script:
        return JsonResponse({"message": problem}, status=422 if problem else 201)
    if problem:
        messages.error(request, problem)
    return redirect("outgoing:sign", pk)


@login_required
@require_http_methods(["GET", "POST"])
def many(request: OfficeRequest) -> HttpResponseBase:
    """Everything that waits for the person's signature; chosen ones are signed with one PIN."""
    found = queries.waiting_to_sign(account_of(request).person_id)
    waiting = list(found.order_by("-urgency", "due_on", "id")[:200])
    credentials = _mine(request)
    if request.method == "POST":
        chosen = set(request.POST.getlist("document"))
        key = next((one for one in credentials if str(one.pk) == request.POST.get("credential")), None)
        papers = [one for one in waiting if str(one.pk) in chosen]
        if key is None:
            messages.error(request, _("Hãy chọn chứng thư của bạn."))
            return redirect("outgoing:sign_many")
        try:
            batch = services.batch_of(papers, credential=key, by=request.actor, at=timezone.now())
        except Refused as refusal:
            messages.error(request, str(refusal))
        else:
            return redirect("signing:batch", batch.pk)
    return render(request, "outgoing/many.html", {"waiting": waiting, "credentials": credentials})


def _mine(request: OfficeRequest) -> list[Any]:
    return list(credentials_of(active=True).filter(person_id=account_of(request).person_id))
