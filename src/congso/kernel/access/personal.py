"""Personal data of access: roles granted and who stands in for whom."""

from django.utils.translation import gettext_lazy as _

from congso.lib.personal import OFFICERS, Basis, Datum, PersonalData, Retention, work_trace

PERSONAL_DATA = (
    PersonalData(
        "access.Grant",
        "person_id",
        activity=_("Quyền cấp riêng"),
        data=(Datum("person", _("Người được cấp quyền")), Datum("reason", _("Lý do cấp quyền"))),
        purpose=_("Chứng minh ai được quyền gì, vì sao, đến khi nào"),
        basis=Basis.LEGAL,
        retention=Retention.JOURNAL,
        recipients=_("Người được cấp, quản trị viên, người soát xét nhật ký"),
        people=OFFICERS,
    ),
    work_trace("access.Grant", "granted_by", _("Người cấp quyền")),
    work_trace("access.Grant", "agreed_by", _("Người đồng ý cấp quyền")),
    work_trace("access.Grant", "ended_by", _("Người thu hồi quyền")),
    work_trace("access.GrantRequest", "person", _("Người được đề nghị cấp quyền")),
    work_trace("access.GrantRequest", "asked_by", _("Người đề nghị cấp quyền")),
    work_trace("access.GrantRequest", "answered_by", _("Người trả lời đề nghị cấp quyền")),
    work_trace("access.Opening", "asked_by", _("Người mở khẩn cấp")),
    work_trace("access.Opening", "answered_by", _("Người đồng ý mở khẩn cấp")),
    PersonalData(
        "access.Delegation",
        "person_id",
        activity=_("Thay, ủy quyền"),
        data=(Datum("person", _("Người thay")), Datum("reason", _("Lý do cử người thay"))),
        purpose=_("Chứng minh ai làm thay ai trong thời gian nào"),
        basis=Basis.DUTY,
        retention=Retention.RECORD,
        recipients=_("Người có tài khoản trong hệ thống"),
        people=OFFICERS,
    ),
    work_trace("access.Delegation", "given_by", _("Người cử người thay")),
)
