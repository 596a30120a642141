"""Plans one sees, and the board of one."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from congso.apps.plan_board.flow import FLOW
from congso.apps.plan_board.models import Pack, Plan
from congso.apps.plan_board.queries import board_of, keeping_for, plans
from congso.apps.plan_board.queries.board import stale_after
from congso.apps.plan_board.services.words import STANDINGS
from congso.apps.plan_board.views.shared import SHOWN_OUTLOOKS, keys_of, lines_of, plan_or_404, tiles_of
from congso.kernel.accounts.requests import OfficeRequest
from congso.kernel.records.types import url_of
from congso.kernel.web.detail import Act, Fact, acts_of, detail_context
from congso.kernel.web.filters import ChoiceFilter, TextFilter
from congso.kernel.web.lists import Card, Column, Empty, Kind, RecordList, list_response

PACKS_SHOWN = 24
TASKS_SHOWN = 300
_STEPS = frozenset({"approve", "drop", "close", "reopen", "count", "stop_counting"})

PLANS = RecordList(
    key="ban-chi-dao",
    title=_("Kế hoạch và chỉ tiêu"),
    official_title=_("Danh mục kế hoạch theo dõi"),
    columns=(
        Column("number", _("Số, ký hiệu"), sort="number", card=Card.TOP, width=16),
        Column("title", _("Kế hoạch"), kind=Kind.LINK, sort="title", card=Card.TITLE, width=60),
        Column("unit", _("Cơ quan thường trực"), value="unit.short_name", width=24),
        Column("starts_on", _("Từ ngày"), kind=Kind.DATE, sort="starts_on", width=12),
        Column("ends_on", _("Đến ngày"), kind=Kind.DATE, sort="ends_on", width=12),
        Column("state", _("Trạng thái"), kind=Kind.STATE, sort="state", width=18, card=Card.TOP),
    ),
    filters=(
        TextFilter("q", _("Tìm kế hoạch")),
        ChoiceFilter(
            "state", _("Trạng thái"), lookup="state", choices=tuple((state.key, state.label) for state in FLOW.states)
        ),
    ),
    default_sort="-starts_on",
    empty=Empty(
        _("Chưa có kế hoạch nào"),
        _("Kế hoạch của cấp ủy mà cơ quan bạn theo dõi hoặc được giao làm đầu mối sẽ hiện ở đây."),
    ),
)


@login_required
@require_GET
def plan_list(request: OfficeRequest) -> HttpResponseBase:
    """All plans one sees."""
    context = {"may_keep": keeping_for(request.principals, timezone.localdate()).exists()}
    return list_response(request, PLANS, plans(), template="plan_board/list.html", context=context)


@login_required
@require_GET
def detail(request: OfficeRequest, pk: int) -> HttpResponse:
    """The board: how the plan stands today, from its targets down to what is late."""
    plan = plan_or_404(request, pk)
    keys = keys_of(request, plan)
    context = detail_context(
        request, plan, facts=_facts(plan), acts=_acts(request, plan, keys), keys=keys, **_shown(request, plan)
    )
    return render(request, "plan_board/board.html", context)


@login_required
@require_GET
def printed(request: OfficeRequest, pk: int) -> HttpResponse:
    """The board on paper."""
    plan = plan_or_404(request, pk)
    return render(request, "plan_board/print.html", {"plan": plan, **_shown(request, plan)})


def _shown(request: OfficeRequest, plan: Plan) -> dict[str, Any]:
    today = timezone.localdate()
    board = board_of(plan, today)
    asked = request.GET.get("tinh-hinh", "")
    wanted = asked if asked in SHOWN_OUTLOOKS else ""
    roots = [
        {"head": lines_of([root])[0], "lines": lines_of(list(root.walk())[1:] or [root], wanted)}
        for root in board.roots
    ]
    shown = [(line, url_of(line.record), STANDINGS[line.standing]) for line in board.tasks[:TASKS_SHOWN]]
    matters = list(plan.matters.select_related("item"))
    return {
        "board": board,
        "today": today,
        "tiles": tiles_of(board),
        "roots": [one for one in roots if one["lines"]],
        "wanted": wanted,
        "late": [(line, url_of(line.record), (today - line.record.due_on).days)
                 for line in board.overdue[:TASKS_SHOWN] if line.record.due_on],
        "tasks": shown,
        "tasks_more": max(0, len(board.tasks) - TASKS_SHOWN),
        "awaiting": [one for one in matters if not one.decision],
        "decided": [one for one in matters if one.decision],
        "packs": list(Pack.objects.filter(plan=plan).defer("content")[:PACKS_SHOWN]),
        "stale_after": stale_after(today),
    }  # fmt: skip


def _acts(request: OfficeRequest, plan: Plan, keys: set[str]) -> list[Act]:
    """The buttons: pages for what is filled in, the flow's own for what only moves the plan."""
    found = [act for act in acts_of(request, plan, url_name="plan_board:act", primary="approve") if act.key in _STEPS]
    pages = (
        ("edit", _("Sửa thông tin"), "plan_board:edit", "pencil"),
        ("edit", _("Thêm mục"), "plan_board:item-add", "plus"),
        ("adjust", _("Thêm mục"), "plan_board:item-add", "plus"),
        ("raise", _("Nêu kiến nghị"), "plan_board:raise", "hand-stop"),
        ("pack", _("Lập tài liệu họp"), "plan_board:pack-new", "file-text"),
    )
    links = [
        Act(f"page-{place}", label, reverse(name, args=[plan.pk]), icon, is_link=True)
        for place, (key, label, name, icon) in enumerate(pages)
        if key in keys
    ]
    if "measure" in keys:
        url = reverse("plan_board:measure", args=[plan.pk])
        links.insert(0, Act("measure", _("Đo các chỉ tiêu"), url, "target-arrow", tone="primary"))
    return [*found[:1], *links, *found[1:]] if "approve" in keys else [*links, *found]


def _facts(plan: Plan) -> list[Fact]:
    return [
        Fact(_("Số, ký hiệu"), plan.number),
        Fact(_("Kế hoạch của"), plan.owner.name),
        Fact(_("Cơ quan thường trực"), plan.unit.name if plan.unit else ""),
        Fact(_("Ngày ban hành"), plan.opened_on, "date"),
        Fact(_("Thực hiện từ ngày"), plan.starts_on, "date"),
        Fact(_("Đến ngày"), plan.ends_on, "date"),
        Fact(_("Căn cứ"), plan.basis, is_wide=True),
        Fact(_("Văn bản"), str(plan.document or ""), url=url_of(plan.document) if plan.document else ""),
    ]  # fmt: skip
