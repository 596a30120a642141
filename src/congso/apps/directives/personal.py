"""Personal data of tasks: who assigns, carries out, reports, decides."""

from django.utils.translation import gettext_lazy as _

from congso.lib.personal import Datum, work_trace

PERSONAL_DATA = (
    work_trace("directives.Task", "in_charge", _("Người thực hiện nhiệm vụ")),
    work_trace(
        "directives.Task", "supervisor", _("Lãnh đạo chỉ đạo"), Datum("supervisor_label", _("Tên lãnh đạo chỉ đạo"))
    ),
    work_trace("directives.Task", "tracker", _("Người theo dõi")),
    work_trace(
        "directives.ProgressReport",
        "reporter",
        _("Người báo cáo"),
        Datum("reporter_label", _("Tên, chức vụ vào ngày báo cáo")),
        Datum("text", _("Nội dung báo cáo")),
    ),
    work_trace("directives.Extension", "asked_by", _("Người xin gia hạn"), Datum("asked_label", _("Tên người xin"))),
    work_trace(
        "directives.Extension",
        "decided_by",
        _("Người quyết định gia hạn"),
        Datum("decided_label", _("Tên người quyết định")),
    ),
    work_trace(
        "directives.PlanReading", "asked_by", _("Người cho đọc văn bản"), Datum("asked_label", _("Tên người cho đọc"))
    ),
    work_trace("directives.ProposalChange", "by", _("Người sửa đề xuất")),
)
