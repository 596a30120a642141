"""Personal data of the directory: the working name and address of people, and the posts they hold."""

from django.utils.translation import gettext_lazy as _

from congso.lib.personal import OFFICERS, Basis, Datum, Fate, NotPersonal, PersonalData, Retention, work_trace

_KEY = "sorts and finds names of organizations, not of people"

PERSONAL_DATA = (
    PersonalData(
        "directory.Person",
        "id",
        activity=_("Danh bạ cán bộ"),
        data=(
            Datum("full_name", _("Họ và tên"), fate=Fate.REPLACE),
            Datum("name_key", _("Khóa sắp xếp họ tên"), fate=Fate.REPLACE),
            Datum("name_folded", _("Họ tên không dấu để tìm"), fate=Fate.REPLACE),
            Datum("code", _("Mã nhân sự"), fate=Fate.ERASE),
            Datum("email", _("Thư điện tử công vụ"), fate=Fate.ERASE),
            Datum("phone", _("Điện thoại công vụ"), fate=Fate.ERASE),
        ),
        purpose=_("Giao việc, liên hệ công việc; quản trị chức vụ và quyền truy cập"),
        basis=Basis.DUTY,
        retention=Retention.SERVICE,
        recipients=_("Người có tài khoản trong hệ thống"),
        people=OFFICERS,
    ),
    PersonalData(
        "directory.Assignment",
        "person_id",
        activity=_("Chức vụ qua các thời kỳ"),
        data=(Datum("person", _("Người giữ chức vụ")),),
        purpose=_("Xác định ai giữ chức vụ, thẩm quyền nào trong thời gian nào"),
        basis=Basis.DUTY,
        retention=Retention.RECORD,
        recipients=_("Người có tài khoản trong hệ thống"),
        people=OFFICERS,
    ),
    work_trace("directory.ChartEvent", "recorded_by", _("Người ghi thay đổi tổ chức")),
    NotPersonal("directory.Organization", "name_folded", _KEY),
    NotPersonal("directory.OrganizationVersion", "name_folded", _KEY),
)
