"""Beginning a plan, changing its head, moving it."""

from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _t
from django.views.decorators.http import require_http_methods

from congso.apps.plan_board import services
from congso.apps.plan_board.flow import FLOW
from congso.apps.plan_board.forms import PlanForm, StarterForm
from congso.apps.plan_board.models import PLAN, Plan
from congso.apps.plan_board.queries import keeping_for, units_on
from congso.apps.plan_board.views.shared import keys_of, plan_or_404
from congso.kernel.access.principals import Function
from congso.kernel.accounts.requests import OfficeRequest
from congso.kernel.directory.models import Organization
from congso.kernel.records.models import Record
from congso.kernel.web.asking import fill, posted, who
from congso.kernel.web.forms import NoteForm, ReasonForm
from congso.kernel.web.navigation import holds
from congso.kernel.workflow.services import Refused

_STEPS: dict[str, type[Any]] = {
    "approve": NoteForm, "drop": ReasonForm, "close": ReasonForm, "reopen": ReasonForm, "count": forms.Form,
    "stop_counting": forms.Form,
}  # fmt: skip
_CLOCK = {"count": services.start_counting, "stop_counting": services.stop_counting}


@login_required
@require_http_methods(["GET", "POST"])
def new(request: OfficeRequest) -> HttpResponse:
    """Begin a plan, empty or from a paper (`?source=`)."""
    owners = _owners(request)
    document = _source(request)
    followed = Plan.objects.filter(document=document).exclude(state="dropped").first() if document else None
    if followed is not None:
        messages.info(request, _t("Văn bản này đã được theo dõi như kế hoạch dưới đây."))
        return redirect("plan_board:detail", followed.pk)
    initial: dict[str, Any] = {}
    if document is not None:
        initial = {"number": document.number, "title": document.title, "issued_on": document.opened_on}
    form = PlanForm(request.POST if request.method == "POST" else None, owners=list(owners),
                    units=units_on(timezone.localdate()), initial=initial)  # fmt: skip
    if request.method == "POST" and form.is_valid():
        facts = form.facts
        if document is not None:
            facts = services.PlanFacts(**{**vars(facts), "document": document})
        try:
            plan = services.draft_plan(facts, owner=form.cleaned_data["owner"], by=request.actor, at=timezone.now())
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _t("Đã lập kế hoạch. Hãy thêm mục tiêu, chỉ tiêu, nhiệm vụ."))
            return redirect("plan_board:detail", plan.pk)
    context = {"form": form, "title": _t("Lập kế hoạch theo dõi"), "back_url": reverse("plan_board:list"),
               "starter_url": reverse("plan_board:starter"), "document": document}  # fmt: skip
    return render(request, "plan_board/plan_form.html", context, status=422 if form.errors else 200)


@login_required
@require_http_methods(["GET", "POST"])
def from_starter(request: OfficeRequest) -> HttpResponse:
    """Begin from a plan kept as data, with its whole tree."""
    owners = _owners(request)
    choices = [(one.key, f"{one.number} {one.title}"[:180]) for one in services.starters()]
    form = StarterForm(request.POST if request.method == "POST" else None, owners=list(owners), starters=choices)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            plan = services.draft_from_starter(
                data["starter"], owner=data["owner"], by=request.actor, at=timezone.now()
            )
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _t("Đã lập từ kế hoạch có sẵn. Hãy xem lại từng mục rồi đưa vào thực hiện."))
            return redirect("plan_board:detail", plan.pk)
    context = {"form": form, "title": _t("Lập từ kế hoạch có sẵn"), "back_url": reverse("plan_board:list")}
    return render(request, "web/form.html", context, status=422 if form.errors else 200)


@login_required
@require_http_methods(["GET", "POST"])
def edit(request: OfficeRequest, pk: int) -> HttpResponseBase:
    """Change the head of a draft."""
    plan = plan_or_404(request, pk)
    back = reverse("plan_board:detail", args=[pk])
    if "edit" not in keys_of(request, plan):
        messages.warning(request, _t("Chỉ sửa được kế hoạch đang lập."))
        return redirect(back)
    form = PlanForm(posted(request), owners=[plan.owner], units=units_on(timezone.localdate()),
                    initial=PlanForm.initial_of(plan))  # fmt: skip
    return fill(
        request, form, title=_t("Sửa kế hoạch"), act=_t("Lưu"), back_url=back, template="plan_board/plan_form.html",
        record=plan, do=lambda form: services.edit_plan(plan, form.facts, **who(request)), done=lambda _made: back,
    )  # fmt: skip


@login_required
@require_http_methods(["GET", "POST"])
def act(request: OfficeRequest, pk: int, key: str) -> HttpResponse:
    """Ask what the act needs, then do it."""
    if key not in _STEPS:
        raise Http404
    plan = plan_or_404(request, pk)
    back = reverse("plan_board:detail", args=[pk])
    transition = FLOW.transition(key)
    if request.method == "GET" and key not in keys_of(request, plan):
        messages.warning(request, _t("Việc này đã chuyển sang bước khác. Dưới đây là tình trạng mới nhất."))
        return redirect(back)
    form = _STEPS[key](request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            if key in _CLOCK:
                _CLOCK[key](plan, **who(request))
            else:
                services.step_on(plan, key, note=form.cleaned_data["note"], **who(request))
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _t("Đã làm: %(act)s.") % {"act": transition.label})
            return redirect(back if key != "drop" else "plan_board:list")
    context = {"record": plan, "title": transition.label, "form": form, "back_url": back,
               "submit_label": transition.label, "submit_icon": transition.icon}  # fmt: skip
    return render(request, "web/confirm.html", context, status=422 if form.errors else 200)


def _owners(request: OfficeRequest) -> QuerySet[Organization]:
    owners = keeping_for(request.principals, timezone.localdate())
    if not owners.exists():
        raise Http404
    return owners


def _source(request: OfficeRequest) -> Record | None:
    """The paper the plan is, when it is one the person sees."""
    asked = request.GET.get("source", "")
    if not asked.isascii() or not asked.isdigit() or len(asked) > 18:
        return None
    return Record.objects.filter(pk=int(asked)).exclude(type=PLAN).first()


def may_begin(request: OfficeRequest, record: Record) -> bool:
    """Whether a document's page offers to follow it as a plan; a task or a plan is none. No query."""
    return record.type not in (PLAN, "task") and holds(request, Function.LEADERS, Function.CHIEFS, Function.TRACKERS)
