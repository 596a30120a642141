"""Personal data of files: who brought them; and what their texts may say of anybody."""

from django.utils.translation import gettext_lazy as _

from congso.lib.personal import Basis, Category, Datum, PersonalData, Retention, work_trace

PERSONAL_DATA = (
    work_trace("files.Blob", "added_by", _("Người đưa tệp vào")),
    work_trace("files.Upload", "uploaded_by", _("Người tải tệp lên"), Datum("name", _("Tên tệp tải lên"))),
    work_trace("files.Attachment", "added_by", _("Người đính kèm")),
    work_trace("files.QuarantineItem", "settled_by", _("Cán bộ bảo mật quyết định")),
    PersonalData(
        "files.PageText",
        "",
        activity=_("Nội dung văn bản, tài liệu"),
        data=(Datum("text", _("Chữ trên trang, có thể nhắc tới cá nhân"), Category.SENSITIVE),),
        purpose=_("Giải quyết công việc theo văn bản; tìm kiếm"),
        basis=Basis.DUTY,
        retention=Retention.RECORD,
        recipients=_("Người xem được hồ sơ"),
        people=_("Người được nhắc tới trong văn bản"),
    ),
)
