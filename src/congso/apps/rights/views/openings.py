"""Emergency openings: ask, answer, close, and the report of what was looked at."""

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from congso.apps.rights.forms import AnswerOpeningForm, AskOpeningForm
from congso.apps.rights.queries.roles import openings_seen
from congso.apps.rights.services.opening import ask_sight, end_sight, give_sight, refuse_sight
from congso.apps.rights.views.asking import Refusals, act_and_return, ask_and_act
from congso.kernel.access.models import Opening
from congso.kernel.access.openings import matches_of, may_answer
from congso.kernel.accounts.requests import OfficeRequest
from congso.kernel.records.models import Record
from congso.kernel.records.types import url_of
from congso.kernel.web.asking import posted

ASKING = require_http_methods(["GET", "POST"])
LOOKS_SHOWN = 500


def _opening(pk: int) -> Opening:
    return get_object_or_404(Opening.objects.select_related("organization", "asked_by", "answered_by"), pk=pk)


@login_required
@require_GET
def openings(request: OfficeRequest) -> HttpResponse:
    """What the person asked for, and what she may answer."""
    now = timezone.now()
    context = {
        "openings": [(one, one.standing(now), one.is_open(now) or one.is_running(now)) for one in openings_seen(now)]
    }
    return render(request, "rights/openings.html", context)


@login_required
@ASKING
def ask(request: OfficeRequest) -> HttpResponseBase:
    """Ask for sight of one record or of an organization's records."""
    form = AskOpeningForm(posted(request))
    return ask_and_act(
        request, form, title=_("Xin mở khẩn cấp"), icon="send", back_url=reverse("rights:openings"),
        about=_("Lãnh đạo cơ quan có hồ sơ, hoặc người soát xét nhật ký, đồng ý thì bạn xem được trong số giờ đã ghi. "
                "Mọi lượt mở được ghi lại và báo cho cơ quan có hồ sơ. Hồ sơ niêm phong không mở được."),
        carry_out=lambda: ask_sight(by=request.actor.id, **form.cleaned_data),
        done=_("Đã gửi đề nghị; chờ người thứ hai đồng ý."),
    )  # fmt: skip


@login_required
@ASKING
def opening(request: OfficeRequest, pk: int) -> HttpResponse:
    """One opening: its story, the looks under it, and the second person's answer."""
    found, now = _opening(pk), timezone.now()
    answers = found.is_open(now) and may_answer(found, by=request.actor.id)
    matches = matches_of(found) if answers else []
    form = AnswerOpeningForm(posted(request), matches=matches, is_named=bool(found.number))
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                _answer(request, found, form)
            except Refusals as refused:
                form.add_error(None, str(refused))
            else:
                return redirect("rights:opening", pk)
    record = Record.objects.filter(pk=found.record_id).first() if found.record_id else None
    context = {
        "opening": found, "standing": found.standing(now), "answers": answers, "form": form, "matches": matches,
        "is_mine": found.asked_by_id == request.actor.id, "is_running": found.is_running(now),
        "may_end": (found.is_open(now) and found.asked_by_id == request.actor.id) or found.is_running(now),
        "record": record, "record_url": url_of(record) if record else "",
        "uses": list(found.uses.order_by("at", "id")[:LOOKS_SHOWN]), "most": LOOKS_SHOWN,
    }  # fmt: skip
    return render(request, "rights/opening.html", context, status=status)


def _answer(request: OfficeRequest, found: Opening, form: AnswerOpeningForm) -> None:
    data = form.cleaned_data
    if "refuse" in request.POST:
        refuse_sight(found, reason=data["words"], by=request.actor.id)
    else:
        give_sight(found, record=data.get("record"), words=data["words"], by=request.actor.id)


@login_required
@require_POST
def end(request: OfficeRequest, pk: int) -> HttpResponseBase:
    """Closed before its time, or taken back."""
    found = _opening(pk)
    return act_and_return(
        request, lambda: end_sight(found, by=request.actor.id), back_url=reverse("rights:openings"), done=_("Đã đóng.")
    )
