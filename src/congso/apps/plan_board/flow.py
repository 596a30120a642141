"""The life of a plan on one page: drafted by its keepers, put in force by leaders, measured monthly, closed.

Keepers (who keep the board): leaders, chiefs and trackers of the committee and the office serving it. Leads: the
units the items name; they report figures of their own targets and raise matters.
"""

from collections.abc import Iterable
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from congso.apps.plan_board.models import PLAN, ItemKind, Plan
from congso.kernel.access.principals import Function, office
from congso.kernel.directory.models import Organization
from congso.kernel.workflow.flow import Flow, Guard, Role, State, Tone, Transition


def offices_of(owner: Organization) -> list[Organization]:
    """The committee and the offices that serve it; an office alone."""
    return [owner, *(() if owner.is_office else owner.serving_offices.all())]


def _principals(offices: Iterable[Organization], *functions: Function) -> set[int]:
    return {office(one.pk, function) for one in offices for function in functions}


def keeper_principals(owner: Organization) -> set[int]:
    """Who keeps the board of the organization's plans."""
    return _principals(offices_of(owner), Function.LEADERS, Function.CHIEFS, Function.TRACKERS)


def lead_principals(unit: Organization) -> set[int]:
    """Who speaks for a unit that leads an item."""
    served = _principals(unit.serving_offices.all(), Function.CLERKS, Function.CHIEFS)
    return _principals([unit], Function.LEADERS, Function.CHIEFS, Function.CLERKS, Function.TRACKERS) | served


def _units(plan: Plan) -> list[Organization]:
    units = {item.unit_id: item.unit for item in plan.items.all() if item.unit is not None and not item.is_dropped}
    return list(units.values())


def _staff(plan: Plan) -> set[int]:
    return _principals([*offices_of(plan.owner), *_units(plan)], Function.STAFF)


KEEPERS = Role("keepers", _("Người theo dõi kế hoạch"), lambda plan: keeper_principals(plan.owner))
DECIDERS = Role(
    "deciders",
    _("Lãnh đạo cấp ủy, lãnh đạo văn phòng"),
    lambda plan: _principals(offices_of(plan.owner), Function.LEADERS, Function.CHIEFS),
)
LEADS = Role("leads", _("Đơn vị đầu mối"), lambda plan: {one for unit in _units(plan) for one in lead_principals(unit)})
STAFF = Role("staff", _("Cán bộ cơ quan theo dõi và đơn vị đầu mối"), _staff)


def _is_counted(plan: Plan, at: datetime) -> bool:
    return hasattr(plan, "clock")


def _is_not_counted(plan: Plan, at: datetime) -> bool:
    return not _is_counted(plan, at)


def _has_items(plan: Plan, at: datetime) -> bool:
    return any(not item.is_dropped for item in plan.items.all())


def _targets_have_milestones(plan: Plan, at: datetime) -> bool:
    targets = [item for item in plan.items.all() if item.kind == ItemKind.TARGET and not item.is_dropped]
    return all(item.milestones.all() for item in targets)


HAS_ITEMS = Guard(_has_items, _("Kế hoạch chưa có mục nào; hãy thêm mục tiêu, chỉ tiêu, nhiệm vụ."))
HAS_MILESTONES = Guard(_targets_have_milestones, _("Mỗi chỉ tiêu phải có ít nhất một mốc: đến ngày nào đạt bao nhiêu."))
IS_COUNTED = Guard(_is_counted, _("Kế hoạch này chưa được máy đo hằng đêm."))
IS_NOT_COUNTED = Guard(_is_not_counted, _("Kế hoạch này đã được máy đo hằng đêm."))

_OPEN = (KEEPERS, LEADS, STAFF)
_BOTH = (KEEPERS, LEADS)

FLOW = Flow(
    PLAN,
    initial="draft",
    states=(
        State("draft", _("Đang lập"), (KEEPERS,), Tone.NEUTRAL, awaits=(KEEPERS,)),
        State("in_force", _("Đang thực hiện"), _OPEN, Tone.WORKING),
        State("closed", _("Đã kết thúc"), _OPEN, Tone.DONE, is_closed=True),
        State("dropped", _("Đã bỏ bản lập"), (KEEPERS,), Tone.STOPPED, is_closed=True),
    ),
    transitions=(
        Transition("edit", _("Sửa kế hoạch"), ("draft",), "", (KEEPERS,), icon="pencil"),
        Transition("approve", _("Đưa vào thực hiện"), ("draft",), "in_force", (DECIDERS,),
                   guards=(HAS_ITEMS, HAS_MILESTONES), notifies=(LEADS,), icon="circle-check"),
        Transition("drop", _("Bỏ bản lập"), ("draft",), "dropped", (KEEPERS,), needs_reason=True, icon="trash"),
        Transition("adjust", _("Điều chỉnh kế hoạch"), ("in_force",), "", (DECIDERS,), needs_reason=True,
                   notifies=(LEADS,), icon="pencil"),
        Transition("measure", _("Đo các chỉ tiêu"), ("in_force",), "", (KEEPERS,), icon="target-arrow"),
        Transition("count", _("Để máy đo hằng đêm"), ("in_force",), "", (KEEPERS,), guards=(IS_NOT_COUNTED,),
                   icon="clock"),
        Transition("stop_counting", _("Thôi để máy đo"), ("in_force",), "", (KEEPERS,), guards=(IS_COUNTED,),
                   icon="player-pause"),
        Transition("report", _("Ghi số liệu"), ("in_force",), "", _BOTH, icon="chart-bar"),
        Transition("raise", _("Nêu kiến nghị"), ("in_force",), "", _BOTH, notifies=(KEEPERS,), icon="hand-stop"),
        Transition("decide", _("Ghi kết luận về kiến nghị"), ("in_force",), "", (KEEPERS,), notifies=(LEADS,),
                   icon="rubber-stamp"),
        Transition("pack", _("Lập tài liệu họp tháng"), ("in_force",), "", (KEEPERS,), icon="file-text"),
        Transition("close", _("Kết thúc kế hoạch"), ("in_force",), "closed", (DECIDERS,), needs_reason=True,
                   notifies=(LEADS,), icon="flag-check"),
        Transition("reopen", _("Mở lại"), ("closed",), "in_force", (DECIDERS,), needs_reason=True,
                   notifies=(LEADS,), icon="rotate-clockwise"),
    ),
)  # fmt: skip
