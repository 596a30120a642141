"""Personal data of outgoing documents: who drafts, signs, gives opinions, annotates; to whom letters go."""

from django.utils.translation import gettext_lazy as _

from congso.lib.personal import Basis, Datum, PersonalData, Retention, work_trace

PERSONAL_DATA = (
    work_trace("outgoing.OutgoingDocument", "drafter", _("Người soạn thảo")),
    work_trace(
        "outgoing.OutgoingDocument",
        "signer",
        _("Người ký văn bản đi"),
        Datum("signer_name", _("Họ tên người ký")),
        Datum("signer_post", _("Chức vụ người ký")),
    ),
    work_trace(
        "outgoing.CoSigner",
        "person",
        _("Người cùng ký văn bản đi"),
        Datum("name", _("Họ tên người ký")),
        Datum("post", _("Chức vụ người ký")),
    ),
    work_trace("outgoing.DraftVersion", "made_by", _("Người làm bản dự thảo"), Datum("made_label", _("Tên, chức vụ"))),
    work_trace("outgoing.OpinionRound", "asked_by", _("Người xin ý kiến"), Datum("asked_label", _("Tên, chức vụ"))),
    work_trace(
        "outgoing.Opinion", "person", _("Người được xin ý kiến"), Datum("target_label", _("Nơi được xin ý kiến"))
    ),
    work_trace(
        "outgoing.Opinion",
        "author",
        _("Người cho ý kiến"),
        Datum("author_label", _("Tên, chức vụ")),
        Datum("text", _("Nội dung ý kiến")),
    ),
    work_trace("outgoing.OpinionPoint", "decided_by", _("Người giải trình")),
    work_trace(
        "outgoing.PageNote",
        "author",
        _("Người ghi chú trên văn bản"),
        Datum("author_label", _("Tên, chức vụ")),
        Datum("text", _("Nội dung ghi chú")),
    ),
    work_trace("outgoing.Told", "made_by", _("Người báo thay đổi"), Datum("made_label", _("Tên, chức vụ"))),
    PersonalData(
        "outgoing.Recipient",
        "",
        activity=_("Phát hành văn bản đi"),
        data=(Datum("name", _("Nơi nhận, người nhận")), Datum("address", _("Địa chỉ nhận"))),
        purpose=_("Gửi văn bản đến đúng nơi nhận"),
        basis=Basis.DUTY,
        retention=Retention.RECORD,
        recipients=_("Người xem được hồ sơ"),
        people=_("Người nhận văn bản"),
    ),
    work_trace("outgoing.SigningGrant", "person", _("Người được giao quyền ký")),
    work_trace("outgoing.SigningGrant", "added_by", _("Người ghi quyền ký")),
)
