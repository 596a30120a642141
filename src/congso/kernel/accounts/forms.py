"""allauth's forms with the office's words, and failures of second factors told to the journal."""

from typing import Any

from allauth.account.forms import ChangePasswordForm, LoginForm, ReauthenticateForm
from allauth.core import context
from allauth.mfa.base import forms as factor_forms
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.webauthn.forms import AddWebAuthnForm, AuthenticateWebAuthnForm, EditWebAuthnForm, LoginWebAuthnForm
from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from congso.kernel.accounts.journaling import note_here
from congso.kernel.accounts.watching import note_failure


def _say(field: forms.Field, label: Any, help_text: Any = "") -> None:
    field.label = label
    field.help_text = help_text
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
        _say(
            self.fields["password1"],
            _("Mật khẩu mới"),
            _("Ít nhất 14 ký tự; một câu dễ nhớ với riêng bạn là tốt nhất."),
        )
        _say(self.fields["password2"], _("Nhập lại mật khẩu mới"))


class PasswordAgainForm(ReauthenticateForm):
    """The password once more before something that matters."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _say(self.fields["password"], _("Mật khẩu"))


def _ask_for_code(form: forms.Form) -> None:
    _say(form.fields["code"], _("Mã xác thực"))
    form.fields["code"].widget.attrs |= {"autocomplete": "one-time-code", "spellcheck": "false", "maxlength": "20"}


class CodeForm(factor_forms.AuthenticateForm):
    """The second step of signing in: a code of the app, or a recovery code."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _ask_for_code(self)

    def _emit_authentication_failed(self, authenticator: Any) -> None:
        super()._emit_authentication_failed(authenticator)
        note_here(
            context.request, "sign_in_failed", person_id=None, username=self.user.username, step=authenticator.type
        )
        note_failure(self.user.username, at=timezone.now())


class PasskeyForm(AuthenticateWebAuthnForm):
    """The second step with a passkey."""

    def clean_credential(self) -> Any:
        try:
            return super().clean_credential()
        except forms.ValidationError:
            _note_refused_passkey(self.user.username)
            raise


class PasskeyAloneForm(LoginWebAuthnForm):
    """Signing in with a passkey in place of the password."""

    def clean_credential(self) -> Any:
        try:
            return super().clean_credential()
        except forms.ValidationError:
            _note_refused_passkey("")  # whose it claims to be is the caller's word
            raise


def _note_refused_passkey(username: str) -> None:
    note_here(context.request, "sign_in_failed", person_id=None, username=username, step="webauthn")
    note_failure(username, at=timezone.now())


class CodeAgainForm(factor_forms.ReauthenticateForm):
    """A code once more before something that matters."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _ask_for_code(self)


class FirstCodeForm(ActivateTOTPForm):
    """The first code of a new app proves that it was set up rightly."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _ask_for_code(self)
        _say(self.fields["code"], _("Mã 6 chữ số ứng dụng đang hiện"))
        self.fields["code"].widget.attrs |= {"inputmode": "numeric"}


class NewPasskeyForm(AddWebAuthnForm):
    """A passkey with a name by which its owner knows it."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _say(self.fields["name"], _("Tên khóa"), _("Để bạn nhận ra, ví dụ “Điện thoại của tôi”."))
        self.fields["name"].widget.attrs |= {"maxlength": "60"}
        _say(
            self.fields["passwordless"],
            _("Dùng khóa này thay cho mật khẩu"),
            _("Thiết bị sẽ hỏi vân tay, khuôn mặt hoặc mã PIN mỗi lần đăng nhập."),
        )
        self.fields["passwordless"].initial = True


class PasskeyNameForm(EditWebAuthnForm):
    """Another name for a passkey."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _say(self.fields["name"], _("Tên khóa"))
        self.fields["name"].widget.attrs |= {"maxlength": "60"}
