"""allauth's forms with the office's words."""

from typing import Any

from allauth.account.forms import ChangePasswordForm, LoginForm
from django import forms
from django.utils.translation import gettext_lazy as _


def _say(field: forms.Field, label: Any) -> None:
    field.label = label
    field.help_text = ""
    field.widget.attrs.pop("placeholder", None)


class SignInForm(LoginForm):
    """Account name and password; a forgotten password is the administrator's to renew."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _say(self.fields["login"], _("Tên đăng nhập"))
        _say(self.fields["password"], _("Mật khẩu"))
        self.fields["login"].widget.attrs |= {"autocapitalize": "none", "spellcheck": "false"}
        if "remember" in self.fields:
            _say(self.fields["remember"], _("Giữ đăng nhập trên máy này"))


class NewPasswordForm(ChangePasswordForm):
    """The old password once, the new one twice."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _say(self.fields["oldpassword"], _("Mật khẩu hiện nay"))
        _say(self.fields["password1"], _("Mật khẩu mới"))
        _say(self.fields["password2"], _("Nhập lại mật khẩu mới"))
        self.fields["password1"].help_text = _("Ít nhất 14 ký tự; một câu dễ nhớ với riêng bạn là tốt nhất.")
