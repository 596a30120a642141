"""Personal data of dossiers and the archive: who makes, hands over, receives, decides, reads."""

from django.utils.translation import gettext_lazy as _

from congso.lib.personal import Datum, work_trace

PERSONAL_DATA = (
    work_trace("dossiers.Line", "holder", _("Người lập hồ sơ"), Datum("holder_label", _("Tên người lập"))),
    work_trace("dossiers.FilingRule", "made_by", _("Người đặt quy tắc")),
    work_trace("dossiers.Dossier", "holder", _("Người lập hồ sơ"), Datum("holder_label", _("Tên người lập"))),
    work_trace("dossiers.Entry", "added_by", _("Người đưa văn bản vào hồ sơ")),
    work_trace("dossiers.Share", "person", _("Người được chia sẻ"), Datum("label", _("Tên, chức vụ"))),
    work_trace("dossiers.Share", "given_by", _("Người chia sẻ")),
    work_trace("dossiers.HandOver", "giver", _("Người nộp"), Datum("giver_label", _("Tên người nộp"))),
    work_trace("dossiers.HandOver", "receiver", _("Người nhận"), Datum("receiver_label", _("Tên người nhận"))),
    work_trace("dossiers.Hold", "placed_by", _("Người yêu cầu không hủy")),
    work_trace("dossiers.Hold", "ended_by", _("Người thôi yêu cầu")),
    work_trace(
        "dossiers.Disposal",
        "decided_by",
        _("Người quyết định hủy"),
        Datum("decided_label", _("Tên người quyết định")),
        Datum("witness", _("Người chứng kiến")),
    ),
    work_trace(
        "dossiers.CouncilMember",
        "person",
        _("Thành viên Hội đồng xét hủy"),
        Datum("label", _("Tên, chức vụ")),
        Datum("text", _("Ý kiến")),
    ),
    work_trace(
        "dossiers.ReadingRequest", "asker", _("Người yêu cầu khai thác"), Datum("asker_label", _("Tên người yêu cầu"))
    ),
    work_trace(
        "dossiers.ReadingRequest", "granted_by", _("Người cho phép"), Datum("granted_label", _("Tên người cho phép"))
    ),
    work_trace("dossiers.ReadingLog", "person", _("Người đọc tài liệu lưu trữ"), Datum("label", _("Tên, chức vụ"))),
)
