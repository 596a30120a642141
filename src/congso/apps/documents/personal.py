"""Personal data of incoming documents: who signed them, who directs and handles them."""

from django.utils.translation import gettext_lazy as _

from congso.lib.personal import Basis, Datum, PersonalData, Retention, work_trace

PERSONAL_DATA = (
    PersonalData(
        "documents.IncomingDocument",
        "",
        activity=_("Sổ văn bản đến"),
        data=(Datum("signer_name", _("Người ký văn bản đến")), Datum("signer_post", _("Chức vụ người ký"))),
        purpose=_("Đăng ký, tra cứu văn bản theo quy định về công tác văn thư"),
        basis=Basis.DUTY,
        retention=Retention.RECORD,
        recipients=_("Người xem được hồ sơ"),
        people=_("Người ký văn bản"),
    ),
    work_trace("documents.IncomingDocument", "presented_to", _("Lãnh đạo được trình")),
    work_trace(
        "documents.Direction",
        "author",
        _("Người bút phê"),
        Datum("author_label", _("Tên, chức vụ vào ngày bút phê")),
        Datum("text", _("Nội dung bút phê")),
    ),
    work_trace("documents.Handling", "person", _("Người nhận việc"), Datum("target_label", _("Nơi nhận, người nhận"))),
    work_trace("documents.Handling", "assigned_by", _("Người giao"), Datum("assigned_label", _("Tên người giao"))),
    work_trace("documents.Handling", "first_opened_by", _("Người mở đầu tiên")),
)
