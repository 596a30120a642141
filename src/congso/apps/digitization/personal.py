"""Personal data of digitization: who scanned, read, checked, corrected; who signed the old papers."""

from django.utils.translation import gettext_lazy as _

from congso.lib.personal import Basis, Datum, PersonalData, Retention, work_trace

_LABEL = Datum("by_label", _("Tên, chức vụ vào ngày ghi"))

PERSONAL_DATA = (
    work_trace("digitization.Scan", "operator", _("Người quét"), Datum("operator_label", _("Tên, chức vụ"))),
    work_trace("digitization.Page", "proofread_by", _("Người soát chữ")),
    work_trace("digitization.Correction", "by", _("Người sửa chữ"), _LABEL),
    work_trace("digitization.Check", "by", _("Người kiểm tra"), _LABEL),
    work_trace("digitization.Stock", "by", _("Người ghi khối lượng"), _LABEL),
    PersonalData(
        "digitization.DigitalCopy",
        "",
        activity=_("Số hóa tài liệu lưu trữ"),
        data=(Datum("signer", _("Người ký tài liệu")),),
        purpose=_("Tìm và khai thác tài liệu lưu trữ theo người ký"),
        basis=Basis.LEGAL,
        retention=Retention.RECORD,
        recipients=_("Người được xem hồ sơ lưu trữ"),
        people=_("Người ký tài liệu"),
    ),
)
