"""A report as an Excel file: away, back, and what it would change."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from congso.apps.reports import services
from congso.apps.reports.forms import SheetForm
from congso.apps.reports.models import Sheet
from congso.apps.reports.services.sheets import MOST_BYTES
from congso.apps.reports.views.judging import download as as_file
from congso.apps.reports.views.requests import report_or_404
from congso.kernel.accounts.requests import OfficeRequest
from congso.kernel.web.excel import CONTENT_TYPE
from congso.kernel.workflow.services import Refused


@login_required
@require_GET
def download(request: OfficeRequest, pk: int) -> HttpResponse:
    """The report to be filled in Excel."""
    report = report_or_404(pk)
    request.shown_record = pk
    return as_file(services.write_sheet(report), f"bao-cao-{report.period.code}-{report.pk}.xlsx", CONTENT_TYPE)


@login_required
@require_POST
def bring(request: OfficeRequest, pk: int) -> HttpResponse:
    """Take the file in; nothing of it is written yet."""
    report = report_or_404(pk)
    form = SheetForm(request.POST, request.FILES)
    if not form.is_valid():
        messages.error(request, " ".join(str(error) for errors in form.errors.values() for error in errors))
        return redirect("reports:fill", pk)
    file = form.cleaned_data["file"]
    try:
        if (file.size or 0) > MOST_BYTES:
            raise Refused(_("Tệp lớn quá 4 MB. Hãy dùng đúng tệp đã tải xuống từ báo cáo này."))  # noqa: TRY301
        sheet = services.bring_sheet(report, file.name or "", file.read(), by=request.actor, at=timezone.now())
    except Refused as refusal:
        messages.error(request, str(refusal))
        return redirect("reports:fill", pk)
    return redirect("reports:review", pk, sheet.pk)


@login_required
@require_http_methods(["GET", "POST"])
def review(request: OfficeRequest, pk: int, sheet: int) -> HttpResponse:
    """What the file changes; taking it writes those cells."""
    report = report_or_404(pk)
    request.shown_record = pk
    brought = Sheet.objects.filter(pk=sheet, report=report).first()
    if brought is None:
        raise Http404
    if request.method == "POST":
        try:
            saved = services.take_sheet(brought, report, by=request.actor, at=timezone.now())
        except Refused as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, _("Đã ghi %(count)s ô từ tệp Excel.") % {"count": len(saved.written)})
            if saved.contested:
                messages.warning(
                    request, _("Có %(count)s ô người khác đã ghi khác; hãy chọn một.") % {"count": len(saved.contested)}
                )
        return redirect("reports:fill", pk)
    context = {"record": report, "sheet": brought, "changes": services.changes_of(brought, report)}
    return render(request, "reports/review.html", context)
