from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from congso.apps.analytics.measures import MEASURES
from congso.kernel.manifest.registry import Manifest
from congso.kernel.web.navigation import Group, MenuItem, PublicPlace

MANIFEST = Manifest(
    label="analytics",
    url_prefix="phan-tich",
    menu=(
        MenuItem(
            "analytics-boards", pgettext_lazy("menu", "Bảng số liệu"), "chart-bar", "analytics:boards",
            Group.REPORTS, order=70,
        ),
        MenuItem(
            "analytics-indicators", pgettext_lazy("menu", "Chỉ tiêu thống kê"), "trending-up", "analytics:indicators",
            Group.REPORTS, order=71,
        ),
    ),
    public=(
        PublicPlace(_("Số liệu công khai"), _("Số liệu các cơ quan đã công bố, kèm tệp để dùng lại."), "chart-bar",
                    "analytics:public"),
    ),
    measures=MEASURES,
)  # fmt: skip
