from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from congso.apps.directives.flow import FLOW
from congso.apps.directives.home import BLOCKS
from congso.apps.directives.measures import MEASURES
from congso.apps.directives.models import RECORD_TYPE, DeadlineKind, Priority, Task
from congso.apps.directives.queries import assigning_for, overdue, waiting_for
from congso.kernel.access.principals import Function
from congso.kernel.accounts.requests import OfficeRequest
from congso.kernel.catalogues.code_lists import CodeList
from congso.kernel.manifest.registry import Manifest
from congso.kernel.records.models import Record
from congso.kernel.records.types import RecordType
from congso.kernel.web.navigation import Group, MenuItem, QuickAct, holds
from congso.kernel.web.offers import Offer

COUNTED = 100


def may_assign(request: OfficeRequest) -> bool:
    """Leaders, chiefs of office and trackers assign; whether here and now, the service decides."""
    return holds(request, Function.LEADERS, Function.CHIEFS, Function.TRACKERS)


def _may_assign_from(request: OfficeRequest, record: Record) -> bool:
    return record.type != RECORD_TYPE and may_assign(request) and assigning_for(request.principals).exists()


def _late_count(request: OfficeRequest) -> int:
    mine = waiting_for(Task.objects.all(), request.principals, request.actor.id)
    return overdue(mine, timezone.localdate()).order_by()[:COUNTED].count()


def _search_text(task: Task) -> str:
    parts = [task.content, task.product, task.source_symbol, task.clause, task.chapter, task.result]
    return "\n".join(part for part in parts if part)


MANIFEST = Manifest(
    label="directives",
    record_types=(
        RecordType(
            RECORD_TYPE, _("Nhiệm vụ"), Task, "directives:detail", "clipboard-list", kept_offline=lambda task: True
        ),
    ),
    flows=(FLOW,),
    url_prefix="nhiem-vu",
    menu=(
        MenuItem(
            "directives",
            pgettext_lazy("menu", "Nhiệm vụ"),
            "clipboard-list",
            "directives:list",
            Group.DIRECTION,
            order=10,
            phone=3,
            count=_late_count,
        ),
        MenuItem("directives-board", _("Bảng nhiệm vụ"), "layout-board", "directives:board", Group.DIRECTION, order=20),
        MenuItem(
            "directives-dashboard",
            _("Tổng hợp tiến độ"),
            "chart-bar",
            "directives:dashboard",
            Group.DIRECTION,
            order=30,
        ),
        MenuItem(
            "directives-assign",
            _("Giao nhiệm vụ"),
            "plus",
            "directives:assign",
            Group.DIRECTION,
            order=40,
            visible=may_assign,
        ),
    ),
    quick_acts=(QuickAct(_("Giao nhiệm vụ"), "clipboard-list", "directives:assign", may_assign),),
    offers=(
        Offer(_("Giao nhiệm vụ"), "clipboard-list", "directives:assign", _may_assign_from),
        Offer(_("Đọc nhiệm vụ từ văn bản"), "scan", "directives:read", _may_assign_from),
    ),
    home=BLOCKS,
    search_texts={RECORD_TYPE: _search_text},
    code_lists=(
        CodeList("priorities", _("Mức độ của nhiệm vụ"), Priority.choices, _("Thứ tự của danh sách dựa vào từng mã.")),
        CodeList("deadline_kinds", _("Loại hạn"), DeadlineKind.choices, _("Cách tính hạn dựa vào từng mã.")),
    ),
    measures=MEASURES,
)
