"""Personal data of plans: who measured, raised, decided, made the pack."""

from django.utils.translation import gettext_lazy as _

from congso.lib.personal import Datum, work_trace

PERSONAL_DATA = (
    work_trace("plan_board.Clock", "by", _("Người để máy đo thay"), Datum("by_label", _("Tên, chức vụ"))),
    work_trace("plan_board.Figure", "by", _("Người ghi số liệu"), Datum("by_label", _("Tên, chức vụ vào ngày ghi"))),
    work_trace("plan_board.Matter", "raised_by", _("Người nêu kiến nghị"), Datum("raised_label", _("Tên, chức vụ"))),
    work_trace("plan_board.Matter", "decided_by", _("Người ghi kết luận"), Datum("decided_label", _("Tên, chức vụ"))),
    work_trace("plan_board.Pack", "by", _("Người lập tài liệu họp"), Datum("by_label", _("Tên, chức vụ"))),
)
