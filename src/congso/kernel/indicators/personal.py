"""Personal data of figures: who gave one."""

from django.utils.translation import gettext_lazy as _

from congso.lib.personal import Datum, work_trace

PERSONAL_DATA = (
    work_trace(
        "indicators.Observation",
        "by",
        _("Người cho số liệu"),
        Datum("by_label", _("Tên, chức vụ vào ngày cho số liệu")),
    ),
)
