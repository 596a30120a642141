"""A document's tasks read by the machine: start, progress, the screen beside the document, Excel."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from congso.apps.directives import queries
from congso.apps.directives.forms import StartForm
from congso.apps.directives.models import PlanReading
from congso.apps.directives.services import read_again, start_reading, stop_reading
from congso.apps.directives.views.requests import reading_or_404
from congso.apps.directives.views.showing import Narrowing, due_words, pictures_of, screen_of, shown
from congso.kernel.accounts.requests import OfficeRequest
from congso.kernel.jobs.models import Job
from congso.kernel.records.models import Record
from congso.kernel.web.excel import SheetColumn, workbook_response, write_workbook
from congso.kernel.web.htmx import render_page
from congso.kernel.web.views import forbidden
from congso.kernel.workflow.services import Refused
from congso.lib.languages import in_vietnamese

_EARLIER_SHOWN = 50
_COLUMNS = (
    SheetColumn("Mục", 10), SheetColumn("Nhóm nhiệm vụ", 24), SheetColumn("Nội dung nhiệm vụ", 60),
    SheetColumn("Chủ trì", 28), SheetColumn("Phối hợp", 36), SheetColumn("Thời hạn", 16),
    SheetColumn("Tiến độ theo văn bản", 20), SheetColumn("Sản phẩm", 28), SheetColumn("Trạng thái", 14),
    SheetColumn("Cần xem", 40), SheetColumn("Trang", 8, "center"),
)  # fmt: skip


@login_required
@require_http_methods(["GET", "POST"])
def start(request: OfficeRequest) -> HttpResponse:
    """What was read of the document before, and a new reading in the name of an organization one assigns for."""
    owners = queries.owners_first(queries.assigning_for(request.principals))
    if not owners:
        return forbidden(request)
    source = _source(request)
    before = list(queries.readings().filter(record_id=source.pk)[:20])
    earlier = queries.readings_with_tasks(one.pk for one in owners)[:_EARLIER_SHOWN]
    last = next((one.pk for one in before if one.organization_id == owners[0].pk and one.read_at), None)
    form = StartForm(
        request.POST or None, owners=owners, earlier=earlier, initial={"organization": owners[0].pk, "previous": last}
    )
    if request.method == "POST" and form.is_valid():
        try:
            reading = start_reading(source, by=request.actor, at=timezone.now(), **form.cleaned_data)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            return redirect("directives:reading", reading.pk)
    context = {
        "title": _("Đọc nhiệm vụ từ văn bản"), "record": source, "form": form, "before": before,
        "submit_label": _("Đọc nhiệm vụ"), "submit_icon": "scan", "form_action": f"?source={source.pk}",
    }  # fmt: skip
    return render(request, "directives/read.html", context, status=422 if form.errors else 200)


@login_required
@require_GET
def review(request: OfficeRequest, pk: int) -> HttpResponse:
    """The pages on one side, what they give to do on the other."""
    reading = reading_or_404(pk)
    if reading.read_at is None:
        return render_page(
            request, "directives/reading_waits.html", "directives/_reading_progress.html", _told(reading)
        )
    narrowing = Narrowing.of(request.GET)
    context = review_context(request, reading, narrowing)
    return render_page(request, "directives/reading.html", "directives/_proposals.html", context)


def review_context(
    request: OfficeRequest, reading: PlanReading, narrowing: Narrowing, refusals: dict[int, str] | None = None
) -> dict[str, Any]:
    """What the list and its head show."""
    return {
        "title": _("Nhiệm vụ đọc từ văn bản"), "reading": reading, "screen": screen_of(reading, narrowing, refusals),
        "undoable": queries.last_change_by(reading, request.actor), "pictures": pictures_of(reading),
        "query": narrowing.query(), "first_picture": reading.pages[0] if reading.pages else None,
    }  # fmt: skip


@login_required
@require_POST
def stop(request: OfficeRequest, pk: int) -> HttpResponse:
    """Stop a reading under way."""
    stop_reading(reading_or_404(pk))
    return redirect("directives:reading", pk)


@login_required
@require_POST
def again(request: OfficeRequest, pk: int) -> HttpResponse:
    """Read once more what failed or was stopped."""
    try:
        read_again(reading_or_404(pk), by=request.actor, at=timezone.now())
    except Refused as refusal:
        messages.warning(request, str(refusal))
    return redirect("directives:reading", pk)


@login_required
@require_GET
@in_vietnamese()
def export(request: OfficeRequest, pk: int) -> HttpResponseBase:
    """The rows chosen on the screen, as a workbook."""
    reading, narrowing = reading_or_404(pk), Narrowing.of(request.GET)
    rows = shown([row for row in queries.proposals_of(reading) if narrowing.holds(row)], {})
    file = write_workbook(
        title="Nhiệm vụ đọc từ văn bản", words=str(reading.record), office=reading.organization.name, columns=_COLUMNS,
        rows=(
            (
                one.row.clause, one.row.chapter, one.row.text, one.lead.name,
                "; ".join(unit.name for unit in one.supporting), due_words(one.row), one.row.schedule_text,
                one.row.product, one.row.get_state_display(), "; ".join(one.doubts),
                one.row.places[0][0] if one.row.places else None,
            )
            for one in rows
        ),
    )  # fmt: skip
    return workbook_response(file, "nhiem-vu-doc-tu-van-ban")


def _source(request: OfficeRequest) -> Record:
    asked = request.GET.get("source", "")
    found = Record.objects.filter(pk=int(asked)).first() if asked.isascii() and asked.isdigit() else None
    if found is None:
        raise Http404
    return found


def _told(reading: PlanReading) -> dict[str, Any]:
    """How far a reading is; its job is seen by who asked alone."""
    job = reading.job if reading.job_id else None
    ended = job is not None and job.state in (Job.State.FAILED, Job.State.STOPPED)
    is_failed = reading.state == PlanReading.State.FAILED or ended
    words = reading.message or (job.message if job is not None else "")
    return {
        "title": _("Đọc nhiệm vụ từ văn bản"), "reading": reading, "job": job, "is_failed": is_failed, "words": words,
        "may_retry": ended, "back_url": f"{reverse('directives:read')}?source={reading.record_id}",
    }  # fmt: skip
