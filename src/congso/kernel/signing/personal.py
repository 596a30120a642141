"""Personal data of signing: who signs with which certificate; what a certificate says of its holder."""

from django.utils.translation import gettext_lazy as _

from congso.lib.personal import Basis, Datum, NotPersonal, PersonalData, Retention, work_trace

_DIGEST = "the hash of a certificate, not of a finger"

PERSONAL_DATA = (
    PersonalData(
        "signing.Credential",
        "person",
        activity=_("Chứng thư số để ký văn bản"),
        data=(
            Datum("person", _("Người có chứng thư")),
            Datum("subject", _("Tên trên chứng thư")),
            Datum("fingerprint", _("Mã băm chứng thư")),
        ),
        purpose=_("Ký số văn bản và chứng minh ai đã ký"),
        basis=Basis.LEGAL,
        retention=Retention.RECORD,
        recipients=_("Chính người đó, quản trị viên; người nhận văn bản đã ký"),
        people=_("Người có thẩm quyền ký, văn thư"),
    ),
    work_trace("signing.Credential", "added_by", _("Người đăng ký chứng thư")),
    PersonalData(
        "signing.SignaturePicture",
        "person",
        activity=_("Ảnh chữ ký trên văn bản"),
        data=(Datum("person", _("Người ký")), Datum("png", _("Ảnh chữ ký tay"))),
        purpose=_("Hiện chữ ký ở chỗ ký của văn bản theo thể thức"),
        basis=Basis.LEGAL,
        retention=Retention.RECORD,
        recipients=_("Chính người đó; người nhận văn bản đã ký"),
        people=_("Người có thẩm quyền ký"),
    ),
    work_trace("signing.SignaturePicture", "added_by", _("Người lưu ảnh chữ ký, con dấu")),
    work_trace("signing.TrustAnchor", "added_by", _("Quản trị viên thêm gốc tin cậy")),
    work_trace("signing.SignedFile", "signed_by", _("Người ký")),
    work_trace("signing.Batch", "person", _("Người ký lô văn bản")),
    NotPersonal("signing.TrustAnchor", "fingerprint", _DIGEST),
)
