"""Personal data of search: what texts may say of anybody, and what somebody likes to look for."""

from django.utils.translation import gettext_lazy as _

from congso.lib.personal import OFFICERS, Basis, Category, Datum, Fate, PersonalData, Retention

PERSONAL_DATA = (
    PersonalData(
        "search.StoredPassage",
        "",
        activity=_("Chỉ mục tìm kiếm theo đoạn"),
        data=(Datum("text", _("Đoạn văn bản, có thể nhắc tới cá nhân"), Category.SENSITIVE),),
        purpose=_("Tìm và trích dẫn đúng đoạn trong văn bản"),
        basis=Basis.DUTY,
        retention=Retention.RECORD,
        recipients=_("Người xem được hồ sơ"),
        people=_("Người được nhắc tới trong văn bản"),
    ),
    PersonalData(
        "search.SavedSearch",
        "person_id",
        activity=_("Tìm kiếm đã lưu"),
        data=(
            Datum("person", _("Người lưu"), fate=Fate.ERASE),
            Datum("label", _("Câu tìm"), fate=Fate.ERASE),
            Datum("query", _("Câu tìm và bộ lọc"), fate=Fate.ERASE),
        ),
        purpose=_("Tìm lại và báo hồ sơ mới theo câu tìm người dùng chọn"),
        basis=Basis.DUTY,
        retention=Retention.SERVICE,
        recipients=_("Chính người lưu"),
        people=OFFICERS,
    ),
)
