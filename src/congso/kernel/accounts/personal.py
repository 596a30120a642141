"""Personal data of sign-in: accounts, factors, sessions, links to other providers, tokens."""

from django.utils.translation import gettext_lazy as _

from congso.lib.personal import (
    OFFICERS,
    Basis,
    Category,
    Datum,
    Fate,
    NotPersonal,
    PersonalData,
    Retention,
    Words,
    work_trace,
)

_UNUSED = "allauth's own table, kept empty: the office's e-mail addresses stand with its people"


def _sign_in(model: str, subject: str, activity: Words, *data: Datum, short: bool = True) -> PersonalData:
    return PersonalData(
        model,
        subject,
        activity=activity,
        data=data,
        purpose=_("Xác thực người dùng, bảo vệ tài khoản"),
        basis=Basis.LEGAL,
        retention=Retention.SHORT if short else Retention.SERVICE,
        recipients=_("Chính người dùng; quản trị viên khi khôi phục tài khoản"),
        people=OFFICERS,
    )


PERSONAL_DATA = (
    _sign_in(
        "accounts.User",
        "person_id",
        _("Tài khoản đăng nhập"),
        Datum("person", _("Chủ tài khoản")),
        Datum("username", _("Tên đăng nhập"), fate=Fate.REPLACE),
        Datum("email", _("Thư điện tử của tài khoản"), fate=Fate.ERASE),
        Datum("password", _("Mã băm mật khẩu"), Category.SENSITIVE, Fate.ERASE, is_secret=True),
        short=False,
    ),
    _sign_in(
        "accounts.ApiToken",
        "user__person_id",
        _("Mã truy cập cho phần mềm"),
        Datum("user", _("Chủ mã"), fate=Fate.ERASE),
        Datum("name", _("Tên mã"), fate=Fate.ERASE),
        Datum("last_address", _("Địa chỉ mạng dùng lần cuối"), fate=Fate.ERASE),
    ),
    _sign_in(
        "mfa.Authenticator",
        "user__person_id",
        _("Lớp xác thực thứ hai"),
        Datum("user", _("Chủ lớp xác thực"), fate=Fate.ERASE),
        Datum("data", _("Bí mật đã mã hóa, khóa công khai"), Category.SENSITIVE, Fate.ERASE, is_secret=True),
    ),
    _sign_in(
        "usersessions.UserSession",
        "user__person_id",
        _("Phiên làm việc"),
        Datum("user", _("Chủ phiên"), fate=Fate.ERASE),
        Datum("ip", _("Địa chỉ mạng"), fate=Fate.ERASE),
        Datum("user_agent", _("Trình duyệt"), fate=Fate.ERASE),
    ),
    _sign_in(
        "socialaccount.SocialAccount",
        "user__person_id",
        _("Định danh của nhà cung cấp khác (VNeID, nền tảng định danh của Đảng)"),
        Datum("user", _("Tài khoản được gắn"), fate=Fate.ERASE),
        Datum("uid", _("Mã định danh ở nhà cung cấp"), Category.SENSITIVE, Fate.ERASE),
        Datum("extra_data", _("Thông tin nhà cung cấp gửi"), Category.SENSITIVE, Fate.ERASE),
    ),
    _sign_in(
        "allauth_idp_oidc.Token",
        "user__person_id",
        _("Phiên đăng nhập vào hệ thống khác"),
        Datum("user", _("Chủ phiên"), fate=Fate.ERASE),
        Datum("data", _("Phạm vi đã cho phép"), fate=Fate.ERASE),
    ),
    _sign_in(
        "accounts.Watch",
        "user__person_id",
        _("Lần đăng nhập gần nhất, số lần sai"),
        Datum("user", _("Chủ tài khoản"), fate=Fate.ERASE),
        Datum("last_device", _("Thiết bị lần gần nhất"), fate=Fate.ERASE),
    ),
    _sign_in(
        "accounts.Machine",
        "user__person_id",
        _("Máy đã đăng nhập"),
        Datum("user", _("Chủ tài khoản"), fate=Fate.ERASE),
        Datum("device", _("Tên thiết bị"), fate=Fate.ERASE),
    ),
    PersonalData(
        "accounts.FeedRow",
        "person_id",
        activity=_("Danh sách từ hệ thống quản lý cán bộ, để mở và đóng tài khoản"),
        data=(
            Datum("full_name", _("Họ và tên"), fate=Fate.ERASE),
            Datum("username", _("Tên đăng nhập"), fate=Fate.ERASE),
            Datum("email", _("Thư điện tử"), fate=Fate.ERASE),
            Datum("phone", _("Điện thoại"), fate=Fate.ERASE),
        ),
        purpose=_("Đối chiếu tài khoản với nhân sự thực tế"),
        basis=Basis.DUTY,
        retention=Retention.SHORT,
        recipients=_("Quản trị viên"),
        people=OFFICERS,
    ),
    work_trace("accounts.Feed", "made_by", _("Người nhập danh sách")),
    NotPersonal("allauth_idp_oidc.Client", "owner", "software of the office; no owner is set"),
    NotPersonal("account.EmailAddress", "user", _UNUSED),
    NotPersonal("account.EmailAddress", "email", _UNUSED),
)
