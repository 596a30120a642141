from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from congso.apps.reports.flow import FLOW
from congso.apps.reports.home import BLOCKS
from congso.apps.reports.measures import MEASURES
from congso.apps.reports.models import RECORD_TYPE, Report
from congso.apps.reports.queries import designs_anything
from congso.kernel.accounts.requests import OfficeRequest
from congso.kernel.manifest.registry import Manifest
from congso.kernel.records.types import RecordType
from congso.kernel.web.navigation import Group, MenuItem


def _designs(request: OfficeRequest) -> bool:
    return designs_anything(request.principals)


def _search_text(report: Report) -> str:
    return f"{report.title}\n{report.organization}"


MANIFEST = Manifest(
    label="reports",
    record_types=(
        RecordType(RECORD_TYPE, pgettext_lazy("record", "Báo cáo"), Report, "reports:detail", "chart-bar"),
    ),
    flows=(FLOW,),
    url_prefix="bao-cao",
    menu=(
        MenuItem(
            "reports", pgettext_lazy("menu", "Báo cáo"), "chart-bar", "reports:list", Group.REPORTS, order=50
        ),
        MenuItem(
            "reports-gathered", _("Tổng hợp báo cáo"), "list-details", "reports:overview", Group.REPORTS, order=60
        ),
        MenuItem(
            "reports-forms", _("Mẫu báo cáo"), "clipboard-list", "reports:forms", Group.REPORTS, order=70,
            visible=_designs,
        ),
    ),
    home=BLOCKS,
    search_texts={RECORD_TYPE: _search_text},
    measures=MEASURES,
)  # fmt: skip
