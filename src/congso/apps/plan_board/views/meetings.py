"""Matters for the steering committee and the papers of its monthly meeting."""

from datetime import date, timedelta

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _t
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from congso.apps.plan_board import services
from congso.apps.plan_board.forms import DecisionForm, MatterForm, PackForm
from congso.apps.plan_board.models import Matter, Pack, Plan
from congso.apps.plan_board.rules import month_of
from congso.apps.plan_board.views.shared import keys_of, plan_or_404
from congso.kernel.accounts.requests import OfficeRequest
from congso.kernel.records.types import url_of
from congso.kernel.workflow.services import Refused

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_MONTHS_BACK = 12


@login_required
@require_http_methods(["GET", "POST"])
def ask(request: OfficeRequest, pk: int) -> HttpResponse:
    """Raise a matter."""
    plan = plan_or_404(request, pk)
    back = reverse("plan_board:detail", args=[pk])
    if "raise" not in keys_of(request, plan):
        raise Http404
    items = [item for item in plan.items.all() if not item.is_dropped]
    form = MatterForm(request.POST if request.method == "POST" else None, items=items,
                      initial={"item": request.GET.get("muc", "")})  # fmt: skip
    if request.method == "POST" and form.is_valid():
        try:
            services.raise_matter(
                plan, text=form.cleaned_data["text"], item=form.about, by=request.actor, at=timezone.now()
            )
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _t("Đã nêu kiến nghị; sẽ vào tài liệu họp tới."))
            return redirect(f"{back}#kien-nghi")
    context = {"record": plan, "title": _t("Nêu kiến nghị với Ban Chỉ đạo"), "form": form, "back_url": back,
               "submit_label": _t("Nêu kiến nghị")}  # fmt: skip
    return render(request, "web/confirm.html", context, status=422 if form.errors else 200)


@login_required
@require_http_methods(["GET", "POST"])
def decide(request: OfficeRequest, pk: int, matter_id: int) -> HttpResponse:
    """Write down what was decided about a matter."""
    plan = plan_or_404(request, pk)
    back = reverse("plan_board:detail", args=[pk])
    matter = Matter.objects.select_related("plan").filter(plan=plan, pk=matter_id).first()
    if matter is None or "decide" not in keys_of(request, plan):
        raise Http404
    form = DecisionForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            services.decide_matter(matter, text=form.cleaned_data["text"], by=request.actor, at=timezone.now())
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _t("Đã ghi kết luận."))
            return redirect(f"{back}#kien-nghi")
    context = {"record": plan, "title": _t("Kết luận về: %(text)s") % {"text": matter.text[:160]}, "form": form,
               "back_url": back, "submit_label": _t("Ghi kết luận")}  # fmt: skip
    return render(request, "web/confirm.html", context, status=422 if form.errors else 200)


@login_required
@require_http_methods(["GET", "POST"])
def make(request: OfficeRequest, pk: int) -> HttpResponse:
    """Make the month's papers."""
    plan = plan_or_404(request, pk)
    back = reverse("plan_board:detail", args=[pk])
    if "pack" not in keys_of(request, plan):
        raise Http404
    today = timezone.localdate()
    months = _months(today)
    initial = {"month": months[0][0], "meeting_on": today, "agenda": "\n".join(_agenda(plan))}
    form = PackForm(request.POST if request.method == "POST" else None, months=months, initial=initial)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            made = services.make_pack(
                plan, month=date.fromisoformat(data["month"]), meeting_on=data["meeting_on"], place=data["place"],
                agenda=data["agenda"].splitlines(), by=request.actor, at=timezone.now(),
            )  # fmt: skip
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _t("Đã lập tài liệu họp."))
            return redirect("plan_board:pack", pk, made.pk)
    context = {"record": plan, "title": _t("Lập tài liệu họp Ban Chỉ đạo"), "form": form, "back_url": back,
               "submit_label": _t("Lập tài liệu"), "submit_icon": "file-text"}  # fmt: skip
    return render(request, "web/confirm.html", context, status=422 if form.errors else 200)


@login_required
@require_GET
def pack(request: OfficeRequest, pk: int, pack_id: int) -> HttpResponse:
    """The papers as they were made, to be read and printed."""
    plan = plan_or_404(request, pk)
    found = _pack(plan, pack_id)
    may_hand_over = services.may_hand_over(found, request.actor, timezone.localdate())
    context = {
        "plan": plan, "pack": found, "told": found.content, "may_hand_over": may_hand_over,
        "has_sources": any(one.get("source") for one in found.content["targets"]),
    }  # fmt: skip
    return render(request, "plan_board/pack.html", context)


@login_required
@require_GET
def word(request: OfficeRequest, pk: int, pack_id: int) -> HttpResponse:
    """The papers as a Word file, to be edited, signed and issued."""
    plan = plan_or_404(request, pk)
    found = _pack(plan, pack_id)
    try:
        data = services.paper_of(found)
    except Refused as refused:
        messages.error(request, str(refused))
        return redirect("plan_board:pack", pk, pack_id)
    answer = HttpResponse(data, content_type=WORD)
    name = f"tai-lieu-hop-{found.month:%Y-%m}-{found.edition}.docx"
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


@login_required
@require_POST
def hand_over(request: OfficeRequest, pk: int, pack_id: int) -> HttpResponse:
    """The papers become a draft of the outgoing documents, to be checked, signed and issued."""
    found = _pack(plan_or_404(request, pk), pack_id)
    try:
        document = services.hand_over_pack(found, by=request.actor, at=timezone.now())
    except Refused as refused:
        messages.error(request, str(refused))
        return redirect("plan_board:pack", pk, pack_id)
    messages.success(request, _t("Đã lập dự thảo văn bản đi. Hãy xem lại người ký, nơi nhận rồi trình."))
    return redirect(url_of(document))


def _pack(plan: Plan, pk: int) -> Pack:
    found = Pack.objects.select_related("plan__owner", "plan__unit").filter(plan=plan, pk=pk).first()
    if found is None:
        raise Http404
    return found


def _agenda(plan: Plan) -> list[str]:
    """The usual order of the monthly meeting (plan 16-KH/TU, annex I.1), to be changed."""
    lines = [
        f"Báo cáo tình hình thực hiện {plan.number or 'Kế hoạch'} trong tháng",
        "Các chỉ tiêu chậm, có nguy cơ; nhiệm vụ quá hạn và giải pháp",
    ]
    if plan.matters.filter(decision="").exists():
        lines.append("Cho ý kiến về các vấn đề đơn vị kiến nghị")
    return [*lines, "Kết luận của Trưởng Ban Chỉ đạo"]


def _months(today: date) -> list[tuple[str, str]]:
    """This month and those before it."""
    months = [month_of(today)]
    while len(months) < _MONTHS_BACK:
        months.append(month_of(months[-1] - timedelta(days=1)))
    return [(month.isoformat(), f"{month:%m/%Y}") for month in months]
