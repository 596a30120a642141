from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from congso.apps.schedule.flow import FLOW
from congso.apps.schedule.home import BLOCKS
from congso.apps.schedule.models import RECORD_TYPE, Entry, ThingKind
from congso.kernel.accounts.requests import OfficeRequest
from congso.kernel.catalogues.code_lists import CodeList
from congso.kernel.manifest.registry import Manifest
from congso.kernel.records.types import RecordType
from congso.kernel.web.navigation import Group, MenuItem, QuickAct


def _works_here(request: OfficeRequest) -> bool:
    return bool(request.principals)


def _search_text(entry: Entry) -> str:
    return "\n".join(part for part in (entry.content, entry.place, entry.chair_label) if part)


MANIFEST = Manifest(
    label="schedule",
    record_types=(
        RecordType(
            RECORD_TYPE, pgettext_lazy("record", "Lịch công tác"), Entry, "schedule:detail", "calendar",
            kept_offline=lambda entry: True,
        ),
    ),
    flows=(FLOW,),
    url_prefix="lich",
    menu=(
        MenuItem("schedule", _("Lịch công tác"), "calendar", "schedule:week", Group.WORK, order=40),
        MenuItem("schedule-list", _("Đề xuất lịch"), "calendar-due", "schedule:list", Group.WORK, order=45),
    ),
    quick_acts=(QuickAct(_("Đăng ký lịch"), "calendar", "schedule:new", _works_here),),
    home=BLOCKS,
    search_texts={RECORD_TYPE: _search_text},
    code_lists=(
        CodeList("thing_kinds", _("Loại phòng, xe, thiết bị"), ThingKind.choices, _("Trang đặt xếp theo từng mã.")),
    ),
)  # fmt: skip
