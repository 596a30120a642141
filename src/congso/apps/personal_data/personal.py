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
    work_trace(
        "personal_data.AssessmentVersion",
        "made_by",
        _("Người duyệt, rà soát hồ sơ đánh giá tác động"),
        Datum("made_by_label", _("Tên, chức vụ người duyệt, rà soát")),
    ),
    work_trace(
        "personal_data.AssessmentFiling",
        "made_by",
        _("Người ghi việc gửi hồ sơ đánh giá tác động"),
        Datum("made_by_label", _("Tên, chức vụ người ghi")),
    ),
    work_trace(
        "personal_data.ConsentText",
        "published_by",
        _("Người ban hành nội dung xin đồng ý"),
        Datum("published_by_label", _("Tên, chức vụ người ban hành")),
    ),
    PersonalData(
        "personal_data.ConsentEntry",
        "person_id",
        activity=_("Sổ ghi sự đồng ý"),
        data=(
            Datum("person", _("Người đồng ý")),
            Datum("person_label", _("Tên, chức vụ người đồng ý")),
            Datum("act", _("Đồng ý hay rút lại")),
            Datum("proof", _("Văn bản giấy làm chứng")),
        ),
        purpose=_("Chứng minh đã được đồng ý, đã dừng khi rút lại"),
        basis=Basis.LEGAL,
        retention=Retention.RECORD,
        recipients=_("Chính người đồng ý, người phụ trách bảo vệ dữ liệu, người soát xét nhật ký"),
        people=OFFICERS,
    ),
    work_trace(
        "personal_data.ConsentEntry",
        "by",
        _("Người ghi vào sổ sự đồng ý"),
        Datum("by_label", _("Tên, chức vụ người ghi sổ")),
    ),
)
