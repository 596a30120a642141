"""Personal data of this system itself: requests, breaches, copies."""

from django.utils.translation import gettext_lazy as _

from congso.lib.personal import OFFICERS, Basis, Datum, Fate, PersonalData, Retention, work_trace

PERSONAL_DATA = (
    PersonalData(
        "personal_data.SubjectRequest",
        "subject_id",
        activity=_("Yêu cầu của chủ thể dữ liệu"),
        data=(
            Datum("subject", _("Người yêu cầu")),
            Datum("subject_label", _("Tên, chức vụ người yêu cầu")),
            Datum("kind", _("Loại yêu cầu")),
            Datum("text", _("Nội dung yêu cầu")),
            Datum("proposed", _("Giá trị mới đề nghị")),
            Datum("answer", _("Nội dung trả lời")),
        ),
        purpose=_("Giải quyết quyền của chủ thể dữ liệu, chứng minh đã giải quyết đúng hạn"),
        basis=Basis.LEGAL,
        retention=Retention.RECORD,
        recipients=_("Người yêu cầu, người phụ trách bảo vệ dữ liệu, lãnh đạo cơ quan"),
        people=OFFICERS,
    ),
    work_trace(
        "personal_data.SubjectRequest",
        "answered_by",
        _("Người trả lời yêu cầu"),
        Datum("answered_label", _("Tên, chức vụ người trả lời")),
    ),
    work_trace(
        "personal_data.BreachReport",
        "sent_by",
        _("Người báo cáo sự cố"),
        Datum("sent_by_label", _("Tên, chức vụ người báo cáo")),
    ),
    work_trace(
        "personal_data.AffectedNotice",
        "told_by",
        _("Người báo cho người bị ảnh hưởng"),
        Datum("told_by_label", _("Tên, chức vụ người báo")),
    ),
    PersonalData(
        "personal_data.DataExport",
        "person_id",
        activity=_("Bản sao dữ liệu của chính mình"),
        data=(
            Datum("person", _("Người yêu cầu bản sao"), fate=Fate.ERASE),
            Datum("content", _("Tệp bản sao, giữ 24 giờ"), fate=Fate.ERASE, is_secret=True),
        ),
        purpose=_("Trao bản sao dữ liệu cho chủ thể dữ liệu"),
        basis=Basis.LEGAL,
        retention=Retention.SHORT,
        recipients=_("Chính người yêu cầu"),
        people=OFFICERS,
    ),
    work_trace("personal_data.Anonymisation", "person", _("Người được đề nghị ẩn danh")),
    work_trace("personal_data.Anonymisation", "decided_by", _("Người quyết định ẩn danh")),
    work_trace("personal_data.Hold", "person", _("Người có dữ liệu phải giữ")),
    work_trace("personal_data.Hold", "placed_by", _("Người yêu cầu giữ dữ liệu")),
)
