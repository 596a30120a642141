"""Files of figures on their way in."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _t
from django.views.decorators.http import require_http_methods, require_POST

from congso.apps.analytics import services
from congso.apps.analytics.forms import FileForm, MappingForm
from congso.apps.analytics.forms.figures import guessed
from congso.apps.analytics.models import DataFile
from congso.apps.analytics.queries import answerable
from congso.kernel.accounts.requests import OfficeRequest
from congso.kernel.directory.queries import organizations_on
from congso.kernel.indicators.models import Indicator, RollUp
from congso.kernel.indicators.services import Seen
from congso.kernel.workflow.services import Refused

FILES_SHOWN = 50
ROWS_SHOWN = 12
FIGURES_SHOWN = 50
MOST_CHOICES = 600


@login_required
@require_http_methods(["GET", "POST"])
def file_list(request: OfficeRequest) -> HttpResponse:
    """Bring a file; the ones brought before."""
    is_posted = request.method == "POST"
    form = FileForm(request.POST if is_posted else None, request.FILES if is_posted else None)
    if is_posted and form.is_valid():
        file = form.cleaned_data["file"]
        try:
            made = services.read_file(file.name, file.read(), by=request.actor, at=timezone.now())
        except Refused as refused:
            form.add_error("file", str(refused))
        else:
            return redirect("analytics:file", made.pk)
    files = DataFile.objects.defer("rows", "heads", "refused")[:FILES_SHOWN]
    context = {"form": form, "files": files, "title": _t("Đưa số liệu từ tệp")}
    return render(request, "analytics/files.html", context, status=422 if form.errors else 200)


@login_required
@require_http_methods(["GET", "POST"])
def show(request: OfficeRequest, pk: int) -> HttpResponse:
    """Map the columns; see what would be taken and what is refused."""
    file = _file(pk)
    is_live = file.state in (DataFile.State.READ, DataFile.State.MAPPED)
    units = list(organizations_on(timezone.localdate()).filter(pk__in=answerable())[:MOST_CHOICES])
    known = list(Indicator.objects.exclude(roll_up=RollUp.RATIO).order_by("code")[:MOST_CHOICES])
    form = MappingForm(request.POST if request.method == "POST" else None, file=file, indicators=known, units=units,
                       initial=file.mapping or guessed(file))  # fmt: skip
    seen: list[Seen] = []
    if request.method == "POST" and is_live and form.is_valid():
        try:
            seen = services.map_file(file, form.mapping, by=request.actor, at=timezone.now())
        except Refused as refused:
            form.add_error(None, str(refused))
    context = {
        "file": file, "form": form, "is_live": is_live, "rows": file.rows[:ROWS_SHOWN], "seen": seen[:FIGURES_SHOWN],
        "names": {one.pk: one.name for one in units}, "title": file.name, "more": max(0, len(seen) - FIGURES_SHOWN),
    }  # fmt: skip
    return render(request, "analytics/file.html", context, status=422 if form.errors else 200)


@login_required
@require_POST
def take(request: OfficeRequest, pk: int) -> HttpResponse:
    """Take what was mapped."""
    file = _file(pk)
    try:
        made = services.take_file(file, by=request.actor, at=timezone.now())
    except Refused as refused:
        messages.error(request, str(refused))
        return redirect("analytics:file", pk)
    messages.success(request, _t("Đã nhận %(made)s số liệu mới hoặc thay đổi.") % {"made": made})
    code = file.mapping.get("indicator", "")
    return redirect(reverse("analytics:indicator", args=[code]) if code else reverse("analytics:files"))


@login_required
@require_POST
def drop(request: OfficeRequest, pk: int) -> HttpResponse:
    """Put the file away."""
    try:
        services.drop_file(_file(pk), by=request.actor, at=timezone.now())
    except Refused as refused:
        messages.error(request, str(refused))
    return redirect("analytics:files")


def _file(pk: int) -> DataFile:
    found = DataFile.objects.filter(pk=pk).first()
    if found is None:
        raise Http404
    return found
