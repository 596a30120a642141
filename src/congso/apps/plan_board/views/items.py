"""Items: their page with figures and sources, adding, changing, measuring."""

from decimal import Decimal
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from congso.apps.plan_board import services
from congso.apps.plan_board.forms import FigureForm, ItemForm, MilestoneFormSet
from congso.apps.plan_board.models import Direction, Figure, Item, ItemKind, MeasuredBy, Plan
from congso.apps.plan_board.queries import board_of, figures_of, units_on
from congso.apps.plan_board.queries.board import stale_after
from congso.apps.plan_board.rules import Mark, line_through
from congso.apps.plan_board.services.measuring import may_report
from congso.apps.plan_board.services.words import STANDINGS
from congso.apps.plan_board.views.shared import item_or_404, keys_of, line_of, plan_or_404
from congso.kernel.accounts.requests import OfficeRequest
from congso.kernel.directory.models import Organization
from congso.kernel.indicators.measures import measure_of, measures
from congso.kernel.indicators.models import Indicator
from congso.kernel.indicators.periods import Period
from congso.kernel.indicators.queries import parts_of
from congso.kernel.records.models import Record
from congso.kernel.records.types import url_of
from congso.kernel.search.queries import search
from congso.kernel.web.charts import Chart, Series, line_chart
from congso.kernel.web.forms import NoteForm, ReasonForm
from congso.kernel.workflow.services import Refused

MOST_PARENTS = 60
MOST_INDICATORS = 500
MOST_PARTS = 300
MOST_HITS = 20


@login_required
@require_GET
def show(request: OfficeRequest, pk: int, item_id: int) -> HttpResponse:
    """An item: how it is measured, every figure with what it was counted from, its tasks."""
    plan = plan_or_404(request, pk)
    item = item_or_404(plan, item_id)
    today = timezone.localdate()
    keys = keys_of(request, plan)
    node = next(one for one in board_of(plan, today).nodes() if one.item.pk == item.pk)
    figures = figures_of(item)
    context = {
        "plan": plan, "item": item, "line": line_of(node), "keys": keys, "figures": figures, "today": today,
        "milestones": item.milestones.all(), "chart": _chart(item, plan, figures), "stale_after": stale_after(today),
        "tasks": [(line, url_of(line.record), STANDINGS[line.standing]) for line in node.tasks],
        "below": [line_of(child) for child in node.children],
        "source": _source_words(item), "may_report": may_report(plan, item, request.principals),
        "may_change": bool(keys & {"edit", "adjust"}), "evidence_urls": _evidence(figures),
        "live": services.count_item(item, plan=plan, day=today) if plan.state == "in_force" else None,
        "parts": _parts(item, plan, figures, today), "matters": item.matters.all(),
    }  # fmt: skip
    return render(request, "plan_board/item.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def add(request: OfficeRequest, pk: int) -> HttpResponse:
    """A new item."""
    return _written(request, plan_or_404(request, pk), None)


@login_required
@require_http_methods(["GET", "POST"])
def edit(request: OfficeRequest, pk: int, item_id: int) -> HttpResponse:
    """Change an item: freely in a draft, with a reason in a plan in force."""
    plan = plan_or_404(request, pk)
    return _written(request, plan, item_or_404(plan, item_id))


@login_required
@require_http_methods(["GET", "POST"])
def drop(request: OfficeRequest, pk: int, item_id: int) -> HttpResponse:
    """Take an item out of the plan."""
    plan = plan_or_404(request, pk)
    item = item_or_404(plan, item_id)
    back = reverse("plan_board:detail", args=[pk])
    if not keys_of(request, plan) & {"edit", "adjust"}:
        raise Http404
    asked = NoteForm if plan.state == "draft" else ReasonForm
    form = asked(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            services.drop_item(item, plan=plan, by=request.actor, at=timezone.now(), note=form.cleaned_data["note"])
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _t("Đã bỏ mục khỏi kế hoạch; số liệu đã ghi vẫn được lưu."))
            return redirect(back)
    context = {"record": plan, "title": _t("Bỏ mục: %(item)s") % {"item": str(item)[:120]}, "form": form,
               "back_url": back, "submit_label": _t("Bỏ mục"), "submit_icon": "trash"}  # fmt: skip
    return render(request, "web/confirm.html", context, status=422 if form.errors else 200)


@login_required
@require_POST
def move(request: OfficeRequest, pk: int, item_id: int) -> HttpResponse:
    """One place up or down among its neighbours."""
    plan = plan_or_404(request, pk)
    item = item_or_404(plan, item_id)
    try:
        services.move_item(item, up=request.POST.get("up") == "1", plan=plan, by=request.actor, at=timezone.now())
    except Refused as refused:
        messages.error(request, str(refused))
    return redirect(f"{reverse('plan_board:detail', args=[pk])}#muc-{item.pk}")


@login_required
@require_POST
def measure(request: OfficeRequest, pk: int) -> HttpResponse:
    """Count all targets that can be counted."""
    plan = plan_or_404(request, pk)
    try:
        made, missing = services.measure_plan(plan, by=request.actor, at=timezone.now())
    except Refused as refused:
        messages.error(request, str(refused))
        return redirect("plan_board:detail", pk)
    messages.success(request, _t("Đã ghi %(made)s số đo mới.") % {"made": made})
    if missing:
        names = ", ".join(item.code or item.text[:40] for item in missing[:8])
        messages.warning(request, _t("Chưa có gì để đếm cho: %(names)s.") % {"names": names})
    return redirect("plan_board:detail", pk)


@login_required
@require_http_methods(["GET", "POST"])
def report(request: OfficeRequest, pk: int, item_id: int) -> HttpResponse:
    """Type a figure with what proves it."""
    plan = plan_or_404(request, pk)
    item = item_or_404(plan, item_id)
    back = reverse("plan_board:item", args=[pk, item_id])
    if not may_report(plan, item, request.principals):
        raise Http404
    form = FigureForm(request.POST if request.method == "POST" else None, initial={"day": timezone.localdate()})
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            services.report_figure(
                item, plan=plan, value=data["value"], day=data["day"], note=data["note"],
                evidence=_found_evidence(data["evidence"]), by=request.actor, at=timezone.now(),
            )  # fmt: skip
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _t("Đã ghi số liệu."))
            return redirect(back)
    context = {"record": plan, "title": _t("Ghi số liệu: %(item)s") % {"item": str(item)[:120]}, "form": form,
               "back_url": back, "submit_label": _t("Ghi số liệu")}  # fmt: skip
    return render(request, "web/confirm.html", context, status=422 if form.errors else 200)


def _found_evidence(number: str) -> Record | None:
    """The record of that number among those the person sees. Raises Refused when there is none, or more than one."""
    wanted = number.strip()
    if not wanted:
        return None
    # Through the search index: numbers have no index of their own on the spine.
    hits = [hit.record for hit in search(wanted, limit=MOST_HITS).rows]
    found = [one for one in hits if one.number == wanted and one.type != "task"][:2]
    if not found:
        raise Refused(f"Không thấy văn bản “{wanted}” trong những văn bản bạn được xem.")
    if len(found) > 1:
        raise Refused(f"Có nhiều văn bản mang số “{wanted}”; hãy ghi rõ trong phần căn cứ.")
    return found[0]


def _written(request: OfficeRequest, plan: Plan, item: Item | None) -> HttpResponse:
    keys = keys_of(request, plan)
    back = reverse("plan_board:item", args=[plan.pk, item.pk]) if item else reverse("plan_board:detail", args=[plan.pk])
    if not keys & {"edit", "adjust"}:
        messages.warning(request, _t("Kế hoạch đang thực hiện chỉ do lãnh đạo điều chỉnh; kế hoạch đã đóng không sửa."))
        return redirect("plan_board:detail", plan.pk)
    posted = request.POST if request.method == "POST" else None
    form = ItemForm(
        posted, parents=_parents(plan), units=units_on(timezone.localdate()), is_new=item is None,
        is_draft=plan.state == "draft", measures=[(one.code, one.title) for one in measures()],
        indicators=[(one.code, f"{one.code} · {one.name}")
                    for one in Indicator.objects.order_by("code")[:MOST_INDICATORS]],
        initial=ItemForm.initial_of(item) if item
        else {"parent": request.GET.get("thuoc", ""), "kind": ItemKind.TARGET},
    )  # fmt: skip
    milestones: Any = MilestoneFormSet(posted, prefix="moc", initial=_milestones(item))
    if posted is not None and all([form.is_valid(), milestones.is_valid()]):
        who: dict[str, Any] = {"by": request.actor, "at": timezone.now(), "note": form.cleaned_data.get("note", "")}
        facts = form.facts(milestones.rows)
        try:
            if item is None:
                item = services.add_item(plan, facts, parent=form.cleaned_data["parent"], **who)
            else:
                services.change_item(item, facts, plan=plan, **who)
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _t("Đã lưu mục."))
            return redirect("plan_board:item", plan.pk, item.pk)
    context = {"form": form, "milestones": milestones, "back_url": back, "record": plan,
               "title": _t("Sửa mục") if item else _t("Thêm mục")}  # fmt: skip
    is_wrong = posted is not None
    return render(request, "plan_board/item_form.html", context, status=422 if is_wrong else 200)


def _parents(plan: Plan) -> list[Item]:
    """Under what an item may stand: goals and groups first, as the tree has them."""
    living = [one for one in plan.items.all() if not one.is_dropped]
    return sorted(living, key=lambda one: one.kind in (ItemKind.TARGET, ItemKind.TASK))[:MOST_PARENTS]


def _milestones(item: Item | None) -> list[dict[str, Any]]:
    rows = item.milestones.all() if item else ()
    return [{"due_on": row.due_on, "value": f"{row.value.normalize():f}".replace(".", ",")} for row in rows]


def _chart(item: Item, plan: Plan, figures: list[Figure]) -> Chart | None:
    """Figures over the same days as the line that leads from one milestone to the next."""
    milestones = [Mark(one.due_on, one.value) for one in item.milestones.all()]
    known = {one.day: one.value for one in reversed(figures)}
    days = sorted({*known, *(one.day for one in milestones)})
    if not known:
        return None
    # What must fall has no line before its first milestone: it does not begin at zero.
    begins = [] if item.direction == Direction.AT_MOST else [Mark(plan.starts_on, Decimal(0))]
    series = [
        Series(_("Số đo"), [known.get(day) for day in days]),
        Series(_("Đường tới các mốc"), line_through([*begins, *milestones], days), is_dashed=True),
    ]
    return line_chart(item.text[:120], [f"{day:%d/%m/%y}" for day in days], series, unit=item.figure_unit)


def _source_words(item: Item) -> str:
    if item.measured_by == MeasuredBy.MEASURE:
        found = measure_of(item.measure)
        return str(found.title) if found else _t("Phép đếm %(code)s không có trong hệ thống") % {"code": item.measure}
    if item.measured_by == MeasuredBy.INDICATOR:
        indicator = Indicator.objects.filter(code=item.indicator).first()
        return str(indicator) if indicator else _t("Chỉ tiêu báo cáo %(code)s chưa có") % {"code": item.indicator}
    return ""


def _evidence(figures: list[Figure]) -> dict[int, str]:
    return {one.pk: url_of(one.evidence) for one in figures if one.evidence is not None}


def _parts(item: Item, plan: Plan, figures: list[Figure], today: Any) -> list[dict[str, Any]]:
    """Unit by unit, what the newest reported figure was made of, as the person may see it."""
    newest = next((one for one in figures if one.origin == MeasuredBy.INDICATOR), None)
    indicator = Indicator.objects.filter(code=item.indicator).first() if newest else None
    if newest is None or indicator is None:
        return []
    rows = parts_of(indicator, Period.containing(newest.day, indicator.rhythm), plan.owner_id, today, most=MOST_PARTS)
    names = dict(Organization.objects.filter(pk__in=[row.organization_id for row in rows]).values_list("pk", "name"))
    return [{"name": names.get(row.organization_id, ""), "value": row.value, "beside": row.beside} for row in rows]
