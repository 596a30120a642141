"""Personal data of analytics: who made a dashboard, who brought a file."""

from django.utils.translation import gettext_lazy as _

from congso.lib.personal import Datum, work_trace

PERSONAL_DATA = (
    work_trace("analytics.Dashboard", "author", _("Người lập bảng số liệu"), Datum("author_label", _("Tên, chức vụ"))),
    work_trace("analytics.DataFile", "by", _("Người đưa tệp số liệu"), Datum("by_label", _("Tên, chức vụ"))),
)
