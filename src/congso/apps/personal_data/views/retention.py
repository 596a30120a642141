"""“Lưu giữ”: what is proposed to be anonymised, counted before it is confirmed; what is kept and why."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from congso.apps.personal_data.models import Anonymisation
from congso.apps.personal_data.services.retention import anonymise, keep_data, rehearse
from congso.kernel.access.principals import Function
from congso.kernel.accounts.requests import OfficeRequest
from congso.kernel.web.navigation import holds
from congso.kernel.web.views import forbidden
from congso.kernel.workflow.services import Refused

SHOWN = 100


@login_required
@require_http_methods(["GET", "POST"])
def proposals(request: OfficeRequest) -> HttpResponse:
    """The proposals and what was decided; POST counts (`act=try`), anonymises or keeps the chosen ones."""
    if not holds(request, Function.DATA_PROTECTION):
        return forbidden(request)
    context: dict[str, Any] = {"reason": request.POST.get("reason", "")}
    if request.method == "POST":
        chosen = _chosen(request)
        context["chosen"] = {one.pk for one in chosen}
        try:
            answer = _act(request, chosen, context)
        except Refused as refused:
            context["problem"] = str(refused)
        else:
            if answer is not None:
                return answer
    rows = Anonymisation.objects.select_related("person", "organization", "decided_by")
    waiting = rows.filter(state=Anonymisation.State.PROPOSED).order_by("due_on", "id")
    context |= {
        "waiting": list(waiting[:SHOWN]), "total": waiting.count(),
        "decided": list(rows.exclude(state=Anonymisation.State.PROPOSED).order_by("-decided_at")[:SHOWN]),
    }  # fmt: skip
    status = 422 if "problem" in context else 200
    return render(request, "personal_data/retention.html", context, status=status)


def _act(request: OfficeRequest, chosen: list[Anonymisation], context: dict[str, Any]) -> HttpResponse | None:
    if not chosen:
        raise Refused(_("Hãy chọn ít nhất một người."))
    by, at = request.actor, timezone.now()
    match request.POST.get("act"):
        case "anonymise" if "sure" in request.POST:
            anonymise(chosen, by=by, at=at)
            messages.success(request, _("Đã ẩn danh %(count)s người, không khôi phục được.") % {"count": len(chosen)})
        case "keep":
            keep_data(chosen, reason=request.POST.get("reason", "")[:500], by=by, at=at)
            messages.success(request, _("Đã giữ lại dữ liệu của %(count)s người.") % {"count": len(chosen)})
        case _:  # trying first is also what anonymising without the last word does
            context["counts"] = sorted(rehearse(chosen, by=by, at=at).items())
            return None
    return redirect("personal_data:retention")


def _chosen(request: OfficeRequest) -> list[Anonymisation]:
    asked = [int(pk) for pk in request.POST.getlist("chosen")[:SHOWN] if pk.isascii() and pk.isdigit() and len(pk) < 18]
    return list(Anonymisation.objects.filter(pk__in=asked, state=Anonymisation.State.PROPOSED).order_by("id"))
