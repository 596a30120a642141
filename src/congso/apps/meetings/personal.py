"""Personal data of meetings: who is convened, answers, comes, speaks; what she notes for herself."""

from django.utils.translation import gettext_lazy as _

from congso.lib.personal import OFFICERS, Basis, Datum, Fate, PersonalData, Retention, work_trace

_RUNNING = _("Người dự họp, chủ trì, thư ký và văn phòng tổ chức cuộc họp")

PERSONAL_DATA: tuple[PersonalData, ...] = (
    work_trace("meetings.Meeting", "chair", _("Người chủ trì"), Datum("chair_label", _("Tên, chức vụ người chủ trì"))),
    work_trace(
        "meetings.Meeting", "secretary", _("Thư ký cuộc họp"), Datum("secretary_label", _("Tên, chức vụ thư ký"))
    ),
    work_trace("meetings.Participant", "person", _("Người dự họp"), Datum("label", _("Tên, chức vụ vào ngày họp"))),
    PersonalData(
        "meetings.Reply",
        "participant__person_id",
        activity=_("Trả lời giấy mời họp"),
        data=(
            Datum("participant", _("Người trả lời")),
            Datum("reason", _("Lý do vắng mặt"), fate=Fate.REPLACE),
            Datum("mandate", _("Nội dung ủy quyền")),
            Datum("decided_reason", _("Lý do đồng ý, không đồng ý người dự thay")),
            Datum("decided_by_label", _("Người quyết định")),
        ),
        purpose=_("Biết ai dự, ai vắng mặt và vì sao, ai dự thay"),
        basis=Basis.DUTY,
        retention=Retention.RECORD,
        recipients=_("Chính người trả lời, chủ trì, thư ký và văn phòng tổ chức cuộc họp"),
        people=OFFICERS,
    ),
    work_trace(
        "meetings.Reply", "delegate", _("Người dự thay"), Datum("delegate_label", _("Tên, chức vụ người dự thay"))
    ),
    PersonalData(
        "meetings.Presence",
        "participant__person_id",
        activity=_("Điểm danh cuộc họp"),
        data=(
            Datum("participant", _("Người được điểm danh")),
            Datum("reason", _("Lý do sửa điểm danh")),
            Datum("by_label", _("Người ghi điểm danh")),
        ),
        purpose=_("Xác định điều kiện họp, lập biên bản"),
        basis=Basis.DUTY,
        retention=Retention.RECORD,
        recipients=_RUNNING,
        people=OFFICERS,
    ),
    work_trace("meetings.Guest", "person", _("Khách mời của nội dung"), Datum("label", _("Tên, chức vụ khách mời"))),
    PersonalData(
        "meetings.PaperVersion",
        "attachment__added_by_id",
        activity=_("Ghi người làm việc trên hồ sơ"),
        data=(Datum("by_label", _("Người nộp tài liệu")),),
        purpose=_("Xác định trách nhiệm, giữ lịch sử của hồ sơ công việc"),
        basis=Basis.DUTY,
        retention=Retention.RECORD,
        recipients=_("Người xem được hồ sơ"),
        people=OFFICERS,
    ),
    PersonalData(
        "meetings.PaperNote",
        "person_id",
        activity=_("Ghi chú riêng trên tài liệu họp"),
        data=(
            Datum("person", _("Người ghi"), fate=Fate.ERASE),
            Datum("text", _("Lời ghi chú, chỗ đánh dấu"), fate=Fate.ERASE),
        ),
        purpose=_("Ghi chú của riêng người đọc"),
        basis=Basis.DUTY,
        retention=Retention.SHORT,
        recipients=_("Chính người ghi"),
        people=OFFICERS,
    ),
    PersonalData(
        "meetings.Speech",
        "participant__person_id",
        activity=_("Đăng ký phát biểu"),
        data=(Datum("participant", _("Người đăng ký")),),
        purpose=_("Điều hành thứ tự phát biểu"),
        basis=Basis.DUTY,
        retention=Retention.RECORD,
        recipients=_RUNNING,
        people=OFFICERS,
    ),
    PersonalData(
        "meetings.Opinion",
        "participant__person_id",
        activity=_("Ý kiến tại cuộc họp"),
        data=(
            Datum("participant", _("Người phát biểu")),
            Datum("speaker_label", _("Tên, chức vụ người phát biểu")),
            Datum("text", _("Nội dung ý kiến")),
        ),
        purpose=_("Lập biên bản cuộc họp"),
        basis=Basis.DUTY,
        retention=Retention.RECORD,
        recipients=_RUNNING,
        people=OFFICERS,
    ),
    work_trace("meetings.Opinion", "by", _("Người ghi ý kiến"), Datum("by_label", _("Tên, chức vụ người ghi"))),
    PersonalData(
        "meetings.Remark",
        "participant__person_id",
        activity=_("Ý kiến về biên bản"),
        data=(Datum("participant", _("Người góp ý")), Datum("text", _("Nội dung góp ý"))),
        purpose=_("Hoàn thiện biên bản cuộc họp"),
        basis=Basis.DUTY,
        retention=Retention.RECORD,
        recipients=_RUNNING,
        people=OFFICERS,
    ),
)
