"""Personal data of the library: who borrows and waits, where a reader is and what she notes."""

from django.utils.translation import gettext_lazy as _

from congso.lib.personal import OFFICERS, Basis, Datum, Fate, NotPersonal, PersonalData, Retention, work_trace

_LIBRARIANS = _("Chính bạn đọc, cán bộ thư viện cho mượn")

PERSONAL_DATA = (
    PersonalData(
        "library.Loan",
        "reader_id",
        activity=_("Mượn, trả sách giấy"),
        data=(
            Datum("reader", _("Bạn đọc"), fate=Fate.ERASE),
            Datum("reader_label", _("Tên, chức vụ khi mượn"), fate=Fate.ERASE),
        ),
        purpose=_("Biết sách đang ở ai, nhắc hạn, bồi hoàn khi mất; sau thời hạn đặt trong “Quy định” thì bỏ tên"),
        basis=Basis.DUTY,
        retention=Retention.SHORT,
        recipients=_LIBRARIANS,
        people=OFFICERS,
    ),
    PersonalData(
        "library.Hold",
        "reader_id",
        activity=_("Đặt chỗ sách giấy"),
        data=(
            Datum("reader", _("Bạn đọc"), fate=Fate.ERASE),
            Datum("reader_label", _("Tên, chức vụ khi đặt chỗ"), fate=Fate.ERASE),
        ),
        purpose=_("Giữ thứ tự và giữ sách cho người đặt; kết thúc quá thời hạn đặt trong “Quy định” thì bỏ tên"),
        basis=Basis.DUTY,
        retention=Retention.SHORT,
        recipients=_LIBRARIANS,
        people=OFFICERS,
    ),
    PersonalData(
        "library.Place",
        "person_id",
        activity=_("Đọc sách trên màn hình"),
        data=(Datum("person", _("Bạn đọc"), fate=Fate.ERASE),),
        purpose=_("Đọc tiếp ở chỗ đang đọc, trên mọi thiết bị"),
        basis=Basis.DUTY,
        retention=Retention.SHORT,
        recipients=_("Chính bạn đọc"),
        people=OFFICERS,
    ),
    PersonalData(
        "library.Note",
        "person_id",
        activity=_("Ghi chú riêng trên sách"),
        data=(
            Datum("person", _("Bạn đọc"), fate=Fate.ERASE),
            Datum("text", _("Lời ghi chú"), fate=Fate.ERASE),
            Datum("quote", _("Đoạn sách được ghi chú"), fate=Fate.ERASE),
        ),
        purpose=_("Ghi chú của riêng bạn đọc"),
        basis=Basis.DUTY,
        retention=Retention.SHORT,
        recipients=_("Chính bạn đọc"),
        people=OFFICERS,
    ),
    work_trace("library.Loan", "lent_by", _("Cán bộ cho mượn")),
    work_trace("library.ImportRun", "by", _("Người nhập biểu ghi")),
    work_trace("library.Stocktake", "started_by", _("Người mở kiểm kê")),
    NotPersonal("library.Author", "name", "authors as printed on published works"),
)
