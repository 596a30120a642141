"""Personal data of the calendar: who chairs, takes part, is busy, decides."""

from django.utils.translation import gettext_lazy as _

from congso.lib.personal import Datum, PersonalData, work_trace

PERSONAL_DATA: tuple[PersonalData, ...] = (
    work_trace("schedule.Entry", "chair", _("Người chủ trì"), Datum("chair_label", _("Tên, chức vụ người chủ trì"))),
    work_trace("schedule.Participant", "person", _("Người dự"), Datum("label", _("Tên, chức vụ người dự"))),
    work_trace("schedule.Claim", "person", _("Người bận trong giờ ấy"), Datum("during", _("Từ giờ nào đến giờ nào"))),
    work_trace("schedule.Series", "made_by", _("Người đặt lịch lặp lại")),
    work_trace(
        "schedule.Acceptance", "by", _("Người chấp nhận trùng lịch"),
        Datum("by_label", _("Tên, chức vụ vào ngày chấp nhận")),
    ),
    work_trace(
        "schedule.EntryChange", "by", _("Người thay đổi lịch"), Datum("by_label", _("Tên, chức vụ vào ngày thay đổi"))
    ),
)  # fmt: skip
