"""Personal data of ballots: who votes, how she voted where votes are named, who counts."""

from django.utils.translation import gettext_lazy as _

from congso.lib.personal import OFFICERS, Basis, Datum, NotPersonal, PersonalData, Retention, work_trace

PERSONAL_DATA: tuple[PersonalData | NotPersonal, ...] = (
    NotPersonal("voting.Box", "address", "the random address of a ballot box on this server; nobody's"),
    work_trace(
        "voting.Voter",
        "person",
        _("Người trong danh sách biểu quyết"),
        Datum("label", _("Tên, chức vụ vào ngày biểu quyết")),
        Datum("removed_reason", _("Lý do không còn quyền biểu quyết")),
    ),
    PersonalData(
        "voting.Answer",
        "voter__person_id",
        activity=_("Biểu quyết ghi tên, phiếu xin ý kiến"),
        data=(Datum("voter", _("Người trả lời")), Datum("words", _("Ý kiến"))),
        purpose=_("Xác định kết quả biểu quyết, lập biên bản"),
        basis=Basis.DUTY,
        retention=Retention.RECORD,
        recipients=_("Người trong danh sách biểu quyết và văn phòng tổ chức"),
        people=OFFICERS,
    ),
    PersonalData(
        "voting.Issue",
        "voter__person_id",
        activity=_("Phát phiếu kín điện tử"),
        data=(Datum("voter", _("Người đã nhận phiếu")),),
        purpose=_("Mỗi người nhận một phiếu; không có dữ liệu nào cho biết ai bỏ phiếu thế nào"),
        basis=Basis.DUTY,
        retention=Retention.RECORD,
        recipients=_("Người trong danh sách biểu quyết và văn phòng tổ chức"),
        people=OFFICERS,
    ),
    work_trace(
        "voting.Counter",
        "person",
        _("Thành viên ban kiểm phiếu"),
        Datum("label", _("Tên, chức vụ vào ngày kiểm phiếu")),
    ),
)
