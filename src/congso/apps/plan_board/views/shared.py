"""What several pages need: a plan one sees, its tiles, its answers to a wrong act."""

from collections.abc import Sequence
from typing import Any

from django.http import Http404
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from congso.apps.plan_board.models import Item, Plan
from congso.apps.plan_board.queries import Board, Node, item_of, plan_of
from congso.apps.plan_board.rules import Outlook, TaskStanding
from congso.apps.plan_board.services.words import OUTLOOKS, TONES, reason_of
from congso.kernel.accounts.requests import OfficeRequest
from congso.kernel.web.dashboard import Tile
from congso.kernel.workflow.services import possible_transitions

SHOWN_OUTLOOKS = (Outlook.LATE, Outlook.AT_RISK, Outlook.UNMEASURED, Outlook.ON_COURSE, Outlook.REACHED)


def plan_or_404(request: OfficeRequest, pk: int) -> Plan:
    """A plan the person sees; not there and not hers look alike."""
    try:
        plan = plan_of(pk)
    except Plan.DoesNotExist:
        raise Http404 from None
    request.shown_record = pk
    return plan


def item_or_404(plan: Plan, pk: int) -> Item:
    """An item of the plan."""
    try:
        return item_of(plan, pk)
    except Item.DoesNotExist:
        raise Http404 from None


def keys_of(request: OfficeRequest, plan: Plan) -> set[str]:
    """What the flow lets this person do now."""
    return {one.key for one in possible_transitions(plan, held=request.principals)}


def tiles_of(board: Board) -> list[Tile]:
    """How many targets stand how, and what is late; each opens what it counts."""
    address = reverse("plan_board:detail", args=[board.plan.pk])
    outlooks = [node.judgement.outlook for node in board.targets]
    found = [
        Tile(OUTLOOKS[one], outlooks.count(one), f"{address}?tinh-hinh={one}", _tone(one) if one in outlooks else "")
        for one in SHOWN_OUTLOOKS
        if one in (Outlook.LATE, Outlook.AT_RISK) or outlooks.count(one)
    ]
    counted = [line for line in board.tasks if line.is_counted]
    done = sum(line.standing in (TaskStanding.DONE, TaskStanding.DONE_LATE) for line in counted)
    return [
        *found,
        Tile(_("Nhiệm vụ"), len(counted), f"{address}#nhiem-vu"),
        Tile(_("Nhiệm vụ hoàn thành"), done, f"{address}#nhiem-vu", "good" if done else ""),
        Tile(_("Nhiệm vụ quá hạn"), len(board.overdue), f"{address}#qua-han", "bad" if board.overdue else ""),
    ]


def _tone(outlook: Outlook) -> str:
    tone = TONES[outlook]
    return tone if tone in ("bad", "warn", "good") else ""


def lines_of(nodes: Sequence[Node], wanted: str = "") -> list[dict[str, Any]]:
    """Rows of the tree for templates, from top to bottom; narrowed to targets of one outlook."""
    return [line_of(node) for node in nodes if not wanted or node.judgement.outlook == wanted]


def line_of(node: Node) -> dict[str, Any]:
    """One row: the item, its figure against the next milestone, its outlook in words."""
    item, judgement = node.item, node.judgement
    own = judgement.outlook if item.measured_by else node.outlook
    percent = min(100, max(0, float(node.figure.value))) if node.figure and item.figure_unit == "%" else None
    wanted = judgement.milestone.value if judgement.milestone else None
    return {
        "node": node,
        "item": item,
        "url": reverse("plan_board:item", args=[item.plan_id, item.pk]),
        "figure": node.figure,
        "milestone": judgement.milestone,
        "outlook": own,
        "outlook_words": OUTLOOKS[own],
        "tone": TONES[own],
        "reason": reason_of(judgement, item),
        "bar": f"{percent:.1f}" if percent is not None else "",
        "mark": f"{min(99.0, float(wanted)):.1f}" if percent is not None and wanted is not None else "",
    }
