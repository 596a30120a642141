"""allauth's pages of passwords and second factors, each change with its line in the journal."""

from typing import Any
from urllib.parse import quote

from allauth.account.views import LoginView, PasswordChangeView
from allauth.mfa.base.views import IndexView
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.views import GenerateRecoveryCodesView, ViewRecoveryCodesView
from allauth.mfa.totp.views import ActivateTOTPView, DeactivateTOTPView
from allauth.mfa.webauthn.views import AddWebAuthnView, EditWebAuthnView, RemoveWebAuthnView
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.urls import reverse_lazy
from django.utils.decorators import method_decorator
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache

from congso.kernel.accounts.factors import must_have_second_factor
from congso.kernel.accounts.federation import providers
from congso.kernel.accounts.journaling import note_here


def _tell(request: HttpRequest, words: Any, act: str, **facts: Any) -> None:
    messages.success(request, words)
    note_here(request, act, person_id=request.user.person_id, **facts)  # type: ignore[union-attr]  # signed in


class SignIn(LoginView):
    """Name and password, a passkey, or another provider's word."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return {**super().get_context_data(**kwargs), "providers": providers()}


class ChangePassword(PasswordChangeView):
    """A new password; every other session ends, because sessions carry a hash of it."""

    success_url = reverse_lazy("mfa_index")

    def form_valid(self, form: Any) -> HttpResponse:
        answer: HttpResponse = super().form_valid(form)
        _tell(self.request, _("Đã đổi mật khẩu. Các phiên khác đã kết thúc."), "password_changed")
        return answer


class Security(IndexView):
    """What the person signs in with."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        must = must_have_second_factor(self.request.principals)
        context = {"must_have_factor": must, "providers": providers()}
        return {**super().get_context_data(**kwargs), **context}


@method_decorator(never_cache, name="dispatch")
class AddApp(ActivateTOTPView):
    """An authenticator app: scan, type the first code."""

    def form_valid(self, form: Any) -> HttpResponse:
        answer: HttpResponse = super().form_valid(form)
        _tell(self.request, _("Đã thiết lập ứng dụng xác thực."), "factor_added", kind=Authenticator.Type.TOTP)
        return answer


class RemoveApp(DeactivateTOTPView):
    """The app no longer counts."""

    def form_valid(self, form: Any) -> HttpResponse:
        answer: HttpResponse = super().form_valid(form)
        _tell(self.request, _("Đã bỏ ứng dụng xác thực."), "factor_removed", kind=Authenticator.Type.TOTP)
        return answer


class AddPasskey(AddWebAuthnView):
    """A passkey of this device or a security key."""

    def form_valid(self, form: Any) -> HttpResponse:
        answer: HttpResponse = super().form_valid(form)
        _tell(self.request, _("Đã thêm khóa đăng nhập."), "factor_added", kind=Authenticator.Type.WEBAUTHN)
        return answer


class RenamePasskey(EditWebAuthnView):
    success_url = reverse_lazy("mfa_index")


class RemovePasskey(RemoveWebAuthnView):
    """The passkey no longer opens the door."""

    success_url = reverse_lazy("mfa_index")

    def form_valid(self, form: Any) -> HttpResponse:
        answer: HttpResponse = super().form_valid(form)
        _tell(self.request, _("Đã xóa khóa đăng nhập."), "factor_removed", kind=Authenticator.Type.WEBAUTHN)
        return answer


@method_decorator(never_cache, name="dispatch")
class ShowRecoveryCodes(ViewRecoveryCodesView):
    """The recovery codes, once. The file to keep is made of the same page, so nothing is shown a second time."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        lines = ["Cổng Số: mã khôi phục, mỗi mã dùng một lần", *context["unused_codes"], ""]
        return {**context, "file_address": f"data:text/plain;charset=utf-8,{quote(chr(10).join(lines))}"}


class RenewRecoveryCodes(GenerateRecoveryCodesView):
    """New codes; the old ones are worth nothing from now on."""

    def form_valid(self, form: Any) -> HttpResponse:
        answer: HttpResponse = super().form_valid(form)
        _tell(self.request, _("Đã tạo mã khôi phục mới; mã cũ hết giá trị."), "recovery_codes_renewed")
        return answer
