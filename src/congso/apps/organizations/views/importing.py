"""A personnel list beside the directory: differences first, then what somebody has chosen."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from congso.apps.organizations.forms import ImportForm
from congso.apps.organizations.views.pages import keeps_directory
from congso.kernel.accounts.requests import OfficeRequest
from congso.kernel.directory.services import DirectoryRefused
from congso.kernel.directory.services.importing import Change, compare_people, read_list, take_over
from congso.kernel.web.views import forbidden

SHOWN = 2000


@login_required
@require_http_methods(["GET", "POST"])
def compare(request: OfficeRequest) -> HttpResponse:
    """Read the list, show what differs; with `take`, carry out what was ticked."""
    if not keeps_directory(request):
        return forbidden(request)
    form = ImportForm(request.POST or None, request.FILES or None)
    context = {"form": form, "title": _("Đối chiếu danh sách nhân sự")}
    if request.method != "POST" or not form.is_valid():
        return render(request, "organizations/import.html", context, status=422 if form.errors else 200)
    file, day = form.cleaned_data["file"], form.cleaned_data["on"]
    content = file.read() if file else form.cleaned_data["text"].encode()
    try:
        rows = read_list(content)
        if "take" in request.POST:
            chosen = frozenset(request.POST.getlist("chosen"))
            done = take_over(rows, chosen=chosen, on=day, by=request.actor.id, at=timezone.now())
            messages.success(request, _("Đã ghi %(count)s thay đổi.") % {"count": len(done)})
            return redirect("organizations:tree")
        differences = compare_people(rows, on=day)
    except DirectoryRefused as refused:
        form.add_error(None, str(refused))
        return render(request, "organizations/import.html", context, status=422)
    context |= {
        "rows": len(rows), "differences": differences[:SHOWN], "count": len(differences), "doubt": Change.DOUBT,
        "missing": Change.MISSING, "text": content.decode("utf-8-sig"), "on": form["on"].value(), "compared": True,
    }  # fmt: skip
    return render(request, "organizations/import.html", context)
