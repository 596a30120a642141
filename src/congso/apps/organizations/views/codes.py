"""The codes an organization bears under several systems: seen by all, given and ended by who administers it."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from congso.apps.organizations.forms import CodeForm, CodesForm, DayForm
from congso.apps.organizations.views.pages import keeps_directory
from congso.kernel.accounts.requests import OfficeRequest
from congso.kernel.directory.models import CodeScheme, Organization, OrganizationCode
from congso.kernel.directory.services import DirectoryRefused, administers
from congso.kernel.directory.services.coding import codes_of, end_code, give_code, load_codes
from congso.kernel.files.sheets import table_rows
from congso.kernel.web.views import forbidden
from congso.lib.csv_tables import NotATable

SHOWN_MISTAKES = 50


def _by(request: OfficeRequest) -> dict[str, Any]:
    return {"by": request.actor.id, "at": timezone.now()}


@login_required
@require_http_methods(["GET", "POST"])
def codes(request: OfficeRequest, pk: int) -> HttpResponse:
    """All codes of one organization; another one is given here."""
    found = get_object_or_404(Organization, pk=pk)
    may_change = keeps_directory(request) and administers(pk, above=True)
    if request.method == "POST" and not may_change:
        return forbidden(request)
    form = CodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            given = give_code(found, **form.cleaned_data, **_by(request))
        except DirectoryRefused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("Đã ghi mã %(code)s.") % {"code": given.value})
            return redirect("organizations:codes", pk)
    context = {
        "organization": found, "codes": codes_of(found), "form": form, "may_change": may_change,
        "back_url": reverse("organizations:organization", args=[pk]),
    }  # fmt: skip
    return render(request, "organizations/codes.html", context, status=422 if form.errors else 200)


@login_required
@require_http_methods(["GET", "POST"])
def end(request: OfficeRequest, pk: int) -> HttpResponse:
    """From a day on the organization no longer bears the code."""
    code = get_object_or_404(OrganizationCode.objects.select_related("organization", "scheme"), pk=pk)
    if not (keeps_directory(request) and administers(code.organization_id, above=True)):
        return forbidden(request)
    form = DayForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            end_code(code, on=form.cleaned_data["on"], **_by(request))
        except DirectoryRefused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("Đã kết thúc mã %(code)s.") % {"code": code.value})
            return redirect("organizations:codes", code.organization_id)
    context = {
        "form": form, "organization": code.organization, "title": _("Kết thúc mã %(code)s") % {"code": code.value},
        "back_url": reverse("organizations:codes", args=[code.organization_id]),
    }  # fmt: skip
    return render(request, "organizations/ask.html", context, status=422 if form.errors else 200)


@login_required
@require_http_methods(["GET", "POST"])
def load(request: OfficeRequest) -> HttpResponse:
    """Many codes from a table: all of them, or every mistake by its row."""
    if not keeps_directory(request):
        return forbidden(request)
    form = CodesForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            loaded = load_codes(table_rows(form.cleaned_data["file"].read()), **_by(request))
        except (NotATable, DirectoryRefused) as refused:
            form.add_error(None, str(refused))
        else:
            for mistake in loaded.mistakes[:SHOWN_MISTAKES]:
                form.add_error(None, mistake)
            if not loaded.mistakes:
                messages.success(request, _("Đã ghi %(count)s mã.") % {"count": loaded.given})
                return redirect("organizations:tree")
    context = {
        "form": form, "title": _("Nhập mã của các tổ chức"), "schemes": CodeScheme.objects.all(),
        "submit_label": _("Nhập"), "submit_icon": "upload", "back_url": reverse("organizations:tree"),
    }  # fmt: skip
    return render(request, "organizations/load_codes.html", context, status=422 if form.errors else 200)
