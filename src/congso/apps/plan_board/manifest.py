from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from congso.apps.plan_board.flow import FLOW
from congso.apps.plan_board.home import BLOCKS
from congso.apps.plan_board.measures import MEASURES
from congso.apps.plan_board.models import PLAN, Direction, ItemKind, MeasuredBy, Plan
from congso.apps.plan_board.views.drafting import may_begin
from congso.kernel.catalogues.code_lists import CodeList
from congso.kernel.manifest.registry import Manifest
from congso.kernel.records.types import RecordType
from congso.kernel.web.navigation import Group, MenuItem
from congso.kernel.web.offers import Offer


def _search_text(plan: Plan) -> str:
    return "\n".join([plan.basis, *(str(item) for item in plan.items.all() if not item.is_dropped)])


MANIFEST = Manifest(
    label="plan_board",
    record_types=(RecordType(PLAN, _("Kế hoạch"), Plan, "plan_board:detail", "target-arrow"),),
    flows=(FLOW,),
    url_prefix="ban-chi-dao",
    menu=(
        MenuItem(
            "plan-board", pgettext_lazy("menu", "Kế hoạch, chỉ tiêu"), "target-arrow", "plan_board:list",
            Group.DIRECTION, order=5,
        ),
    ),
    offers=(Offer(_("Theo dõi như kế hoạch"), "target-arrow", "plan_board:new", may_begin),),
    home=BLOCKS,
    search_texts={PLAN: _search_text},
    measures=MEASURES,
    code_lists=(
        CodeList("plan_item_kinds", _("Loại mục của kế hoạch"), ItemKind.choices, _("Cây kế hoạch dựa vào từng mã.")),
        CodeList("plan_measured_by", _("Cách đo chỉ tiêu"), MeasuredBy.choices, _("Cách đo dựa vào từng mã.")),
        CodeList("plan_directions", _("Khi nào chỉ tiêu đạt"), Direction.choices, _("Cách đánh giá dựa vào từng mã.")),
    ),
)  # fmt: skip
