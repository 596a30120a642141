"""Personal data of cases: who applied and how to reach her, who worked on the case."""

from django.utils.translation import gettext_lazy as _

from congso.lib.personal import Basis, Datum, PersonalData, Retention, work_trace

_PURPOSE = _("Giải quyết thủ tục hành chính theo đề nghị, trả kết quả và báo tình trạng hồ sơ")

PERSONAL_DATA = (
    PersonalData(
        "procedures.Case",
        "applicant_id",
        activity=_("Tiếp nhận, giải quyết hồ sơ thủ tục hành chính"),
        data=(
            Datum("applicant", _("Người nộp có tài khoản")),
            Datum("applicant_name", _("Họ tên người nộp, để ghi giấy tiếp nhận và kết quả")),
            Datum("phone", _("Điện thoại, để báo bổ sung và trả kết quả")),
            Datum("email", _("Thư điện tử, để báo bổ sung và trả kết quả")),
            Datum("address", _("Địa chỉ, để gửi kết quả qua bưu chính")),
            Datum("request_text", _("Nội dung đề nghị")),
            Datum("returned_to", _("Người nhận kết quả")),
            Datum("look_up_key", _("Khóa tra cứu hồ sơ"), is_secret=True),
        ),
        purpose=_PURPOSE,
        basis=Basis.DUTY,
        retention=Retention.RECORD,
        recipients=_("Nơi tiếp nhận, cơ quan giải quyết từng bước, người nộp"),
        people=_("Người đề nghị giải quyết thủ tục"),
    ),
    work_trace("procedures.Case", "handler", _("Người thụ lý hồ sơ")),
    work_trace(
        "procedures.CaseStep", "finished_by", _("Người hoàn thành bước"), Datum("finished_label", _("Tên, chức vụ"))
    ),
    work_trace(
        "procedures.Apology", "signed_by", _("Người ký phiếu xin lỗi"), Datum("signed_label", _("Tên, chức vụ"))
    ),
)
