"""Personal data of reports: who designs, fills, sends, judges."""

from django.utils.translation import gettext_lazy as _

from congso.lib.personal import Datum, PersonalData, work_trace

PERSONAL_DATA: tuple[PersonalData, ...] = (
    work_trace("reports.FormVersion", "published_by", _("Người ban hành mẫu báo cáo")),
    work_trace(
        "reports.Entry",
        "by",
        _("Người nhập số liệu"),
        Datum("by_label", _("Tên, chức vụ vào ngày nhập")),
        Datum("text", _("Nội dung nhập")),
    ),
    work_trace(
        "reports.Remark",
        "by",
        _("Người ghi nhận xét"),
        Datum("by_label", _("Tên, chức vụ vào ngày nhận xét")),
        Datum("text", _("Nhận xét")),
    ),
    work_trace("reports.Paper", "by", _("Người lập văn bản từ số tổng hợp"), Datum("by_label", _("Tên, chức vụ"))),
    work_trace("reports.Sheet", "by", _("Người đưa tệp Excel lên")),
)
