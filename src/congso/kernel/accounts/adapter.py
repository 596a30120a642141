from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _


class OfficeAccountAdapter(DefaultAccountAdapter):
    """Accounts are made by the office, never by self-registration."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "account_inactive": _("Tài khoản này đã ngừng hoạt động. Hãy báo quản trị của cơ quan."),
        "username_password_mismatch": _("Tên đăng nhập hoặc mật khẩu chưa đúng."),
        "too_many_login_attempts": _("Đã thử quá nhiều lần. Hãy đợi ít phút rồi đăng nhập lại."),
        "rate_limited": _("Gửi quá nhanh. Hãy đợi ít phút rồi làm lại."),
        "enter_current_password": _("Mật khẩu hiện nay chưa đúng."),
        "incorrect_password": _("Mật khẩu chưa đúng."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False
