"""The registry's pages: intake, the waiting list, registering, correcting, reserving a number."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from congso.apps.documents import queries, services
from congso.apps.documents.forms import CorrectionForm, EntryForm, type_hints
from congso.apps.documents.models import IncomingDocument
from congso.apps.documents.services.papers import PURPOSE
from congso.apps.documents.services.proposing import is_certain
from congso.apps.documents.views.hints import fields_to_see, hints_of
from congso.apps.documents.views.papers import readable
from congso.kernel.accounts.requests import OfficeRequest
from congso.kernel.directory.models import Organization
from congso.kernel.files.models import Upload
from congso.kernel.files.reading.refusals import Refused as FileRefused
from congso.kernel.files.services import NotPossible, receive_upload, retry_upload
from congso.kernel.files.store import StorageFull
from congso.kernel.web.asking import found_or_404, posted
from congso.kernel.web.navigation import once
from congso.kernel.workflow.services import Refused

UNFINISHED = (Upload.State.WAITING, Upload.State.READING, Upload.State.REFUSED, Upload.State.FAILED)
SHOWN_UPLOADS = 50


@login_required
@require_GET
def intake(request: OfficeRequest) -> HttpResponse:
    """Drop files, watch them being read, register what waits."""
    offices = keeping(request)
    office = named(request, offices)
    uploads = Upload.objects.filter(organization__in=offices, purpose=PURPOSE, state__in=UNFINISHED)
    waiting = queries.with_duplicates(queries.waiting_documents(offices))
    context = {
        "offices": offices,
        "waiting": waiting,
        "certain_count": sum(one.owner_id == office.pk and not same and is_certain(one) for one, same in waiting),
        "uploads": uploads.select_related("job").order_by("-pk")[:SHOWN_UPLOADS],
        "upload_url": reverse("documents:upload"),
        "upload_fields": {"office": office.pk},
        "office": office,
    }
    if request.htmx:
        return render(request, "documents/_waiting.html", context)
    return render(request, "documents/intake.html", context)


@login_required
@require_POST
def upload(request: OfficeRequest) -> HttpResponseBase:
    """Take files in; each answers for itself, so one bad file never stops the others."""
    office = _office(request)
    told = [_take_in(request, office, file) for file in request.FILES.getlist("files")]
    if request.headers.get("X-Requested-With") == "XMLHttpRequest":
        return JsonResponse({"uploads": told})
    for one in told:
        tell = messages.error if one["state"] == "refused" else messages.success
        tell(request, f"{one['name']}: {one['message']}")
    return redirect("documents:intake")


@login_required
@require_GET
def upload_state(request: OfficeRequest, pk: int) -> JsonResponse:
    """How far one upload is."""
    return JsonResponse(_told(get_object_or_404(Upload.objects.select_related("job"), pk=pk)))


@login_required
@require_POST
def retry(request: OfficeRequest, pk: int) -> HttpResponseBase:
    """Read again what could not be read."""
    try:
        retry_upload(get_object_or_404(Upload, pk=pk), by=request.actor, at=timezone.now())
    except NotPossible as refusal:
        messages.error(request, str(refusal))
    return redirect("documents:intake")


@login_required
@require_http_methods(["GET", "POST"])
@found_or_404
def register(request: OfficeRequest, pk: int) -> HttpResponseBase:
    """Enter a waiting document into the register, then go on to the next that waits."""
    document = queries.incoming_document(pk)
    if document.state != "received":
        return redirect("documents:detail", pk)
    proposals = list(queries.proposals_of(document))
    form = EntryForm(posted(request), document=document, proposals=proposals)
    duplicates = list(queries.duplicates_of(document))
    if request.method == "POST" and form.is_valid():
        is_another = form.cleaned_data["is_another"]
        try:
            services.register_document(
                document, entry=form.entry(), by=request.actor, at=timezone.now(), is_another=is_another
            )
        except services.Duplicated as refusal:
            duplicates = refusal.found
            form.add_error("is_another", str(refusal))
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Đã vào sổ: số đến %(number)s.") % {"number": document.arrival_number})
            following = queries.next_waiting(document)
            if following and "stop" not in request.POST:
                return redirect("documents:register", following.pk)
            return redirect("documents:detail", pk)
        document = queries.incoming_document(pk)
    hints = hints_of(proposals)
    return _entry_page(
        request, document, form, title=_("Vào sổ văn bản đến"), duplicates=duplicates, hints=hints,
        to_see=fields_to_see(form, hints),
    )  # fmt: skip


@login_required
@require_http_methods(["GET", "POST"])
@found_or_404
def correct(request: OfficeRequest, pk: int) -> HttpResponseBase:
    """Correct the register, with the reason; what stood before stays in the timeline."""
    document = queries.incoming_document(pk)
    form = CorrectionForm(posted(request), document=document)
    if request.method == "POST" and form.is_valid():
        reason = form.cleaned_data["reason"]
        try:
            services.correct_document(document, entry=form.entry(), reason=reason, by=request.actor, at=timezone.now())
        except Refused as refusal:
            form.add_error(None, str(refusal))
            document = queries.incoming_document(pk)
        else:
            messages.success(request, _("Đã sửa thông tin sổ."))
            return redirect("documents:detail", pk)
    return _entry_page(request, document, form, title=_("Sửa thông tin sổ"), is_correction=True)


@login_required
@require_http_methods(["GET", "POST"])
def reserve(request: OfficeRequest) -> HttpResponseBase:
    """Keep a number for a classified paper managed outside the system."""
    office = _office(request)
    if request.method == "POST":
        try:
            given = services.reserve_arrival_number(office, by=request.actor, at=timezone.now())
        except Refused as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, _("Đã giữ số đến %(number)s.") % {"number": given})
        return redirect("documents:book")
    return render(request, "documents/reserve.html", {"office": office})


def keeping(request: OfficeRequest) -> list[Organization]:
    """The offices whose register the person keeps; “not there” without one."""
    offices = once(request, queries.registry_offices)
    if not offices:
        raise Http404
    return offices


def _office(request: OfficeRequest) -> Organization:
    """The office named in the request, or the clerk's own."""
    return named(request, keeping(request))


def named(request: OfficeRequest, offices: list[Organization]) -> Organization:
    """The office the request names, or the first."""
    wanted = request.POST.get("office") or request.GET.get("office")
    return next((office for office in offices if str(office.pk) == wanted), offices[0])


def _take_in(request: OfficeRequest, office: Organization, file: Any) -> dict[str, Any]:
    try:
        taken = receive_upload(
            file.chunks(),
            name=file.name,
            organization=office,
            purpose=PURPOSE,
            by=request.actor,
            at=timezone.now(),
            expected_size=file.size,
        )
    except FileRefused as refusal:
        return {"name": file.name, "state": "refused", "message": refusal.message_vi, "url": ""}
    except StorageFull as refusal:
        return {"name": file.name, "state": "refused", "message": str(refusal), "url": ""}
    return _told(taken)


def _told(one: Upload) -> dict[str, Any]:
    job = one.job
    reading = job.message if job and one.state in {Upload.State.WAITING, Upload.State.READING} else ""
    return {
        "name": one.name,
        "state": "refused" if one.state == Upload.State.FAILED else one.state,
        "message": one.message or reading,
        "url": reverse("documents:register", args=[one.record_id]) if one.record_id else "",
        "progress_url": reverse("documents:upload_state", args=[one.pk]),
    }


def _entry_page(request: OfficeRequest, document: IncomingDocument, form: EntryForm, **more: Any) -> HttpResponseBase:
    context = {
        "document": document,
        "form": form,
        "shown_file": readable(document),
        "issuers": queries.issuer_names(document.owner, timezone.localdate()),
        "types": type_hints(),
        "waiting_count": queries.waiting_documents([document.owner]).count(),
        "back_url": reverse(
            "documents:intake" if document.state == "received" else "documents:detail",
            args=[] if document.state == "received" else [document.pk],
        ),
        **more,
    }
    return render(request, "documents/entry.html", context, status=422 if form.errors else 200)
