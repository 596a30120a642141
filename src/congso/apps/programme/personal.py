"""Personal data of working programmes: who supervises an item, who changed and said what."""

from django.utils.translation import gettext_lazy as _

from congso.lib.personal import Datum, PersonalData, work_trace

PERSONAL_DATA: tuple[PersonalData, ...] = (
    work_trace(
        "programme.Item",
        "supervisor",
        _("Lãnh đạo chỉ đạo nội dung chương trình"),
        Datum("supervisor_label", _("Tên, chức vụ lãnh đạo chỉ đạo")),
    ),
    work_trace(
        "programme.Change",
        "by",
        _("Người điều chỉnh chương trình"),
        Datum("by_label", _("Tên, chức vụ vào ngày điều chỉnh")),
    ),
    work_trace(
        "programme.Heard",
        "by",
        _("Người điều hành cuộc họp đã xem xét nội dung"),
        Datum("by_label", _("Tên, chức vụ vào ngày họp")),
    ),
    work_trace(
        "programme.Opinion",
        "by",
        _("Người góp ý chương trình"),
        Datum("by_label", _("Tên, chức vụ vào ngày góp ý")),
        Datum("text", _("Nội dung góp ý")),
    ),
)
