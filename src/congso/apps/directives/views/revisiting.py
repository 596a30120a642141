"""Documents that gave work and no longer stand: what replaced them, the tasks they touch, one press for each."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from congso.apps.directives import queries
from congso.apps.directives.models import Task
from congso.apps.directives.queries.overviews import EndedSource, ended_with_tasks
from congso.apps.directives.services import keep_all, reopen_completed
from congso.kernel.accounts.requests import OfficeRequest
from congso.kernel.web.views import forbidden
from congso.kernel.workflow.services import Refused

SHOWN = 30


@login_required
@require_http_methods(["GET", "POST"])
def sources(request: OfficeRequest) -> HttpResponse:
    """The ended sources of what the person's organizations gave."""
    owners = list(queries.assigning_for(request.principals).order_by().values_list("pk", flat=True))
    if not owners:
        return forbidden(request)
    found = ended_with_tasks(Task.objects.filter(owner__in=owners))
    if request.method == "POST":
        _act(request, found)
        return redirect("directives:sources")
    return render(request, "directives/sources.html", {"found": found, "shown": SHOWN})


def _act(request: OfficeRequest, found: list[EndedSource]) -> None:
    acts: dict[str, tuple[Any, str]] = {
        "reopen": (reopen_completed, _("Đã mở lại %(count)s nhiệm vụ.")),
        "keep": (keep_all, _("Đã giữ nguyên %(count)s nhiệm vụ.")),
    }
    chosen = next((one for one in found if str(one.record.pk) == request.POST.get("source", "")), None)
    if chosen is None or request.POST.get("act", "") not in acts:
        raise Http404
    service, words = acts[request.POST["act"]]
    try:
        count = service(chosen.tasks, chosen.record, by=request.actor, at=timezone.now())
    except Refused as refusal:
        messages.warning(request, str(refusal))
    else:
        messages.success(request, words % {"count": count})
