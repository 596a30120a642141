"""What people fill in about signing. A PIN is never shown again, not even after a mistake."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from congso.kernel.signing import configuration
from congso.kernel.signing.models import Credential


class FileToCheck(forms.Form):
    """A PDF to be judged."""

    file = forms.FileField(
        label=_("Tệp PDF cần kiểm tra"),
        help_text=_("Tệp chỉ được đọc để kiểm tra, không lưu lại."),
        widget=forms.ClearableFileInput(attrs={"accept": "application/pdf,.pdf"}),
        error_messages={"required": _("Hãy chọn một tệp PDF."), "empty": _("Tệp rỗng. Hãy chọn lại.")},
    )


class PinForm(forms.Form):
    """The secret that opens a key."""

    pin = forms.CharField(
        label=_("Mã PIN"),
        max_length=64,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "off", "inputmode": "text"}),
        help_text=_("Mã chỉ dùng cho lần ký này, không được lưu."),
        error_messages={"required": _("Hãy nhập mã PIN của thiết bị hoặc mã xác nhận ký từ xa.")},
    )


class TokenForm(forms.Form):
    """Where a token's certificate is to be read from."""

    module = forms.ChoiceField(label=_("Loại thiết bị"))
    token = forms.CharField(label=_("Tên thiết bị (token)"), max_length=64, help_text=_("Ghi trên nhãn thiết bị."))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["module"].choices = [(name, name) for name in configuration.modules()]  # type: ignore[attr-defined]


class RemoteForm(forms.Form):
    """A credential of a remote service."""

    service = forms.ChoiceField(label=_("Dịch vụ ký số từ xa"))
    credential = forms.CharField(
        label=_("Mã chứng thư tại dịch vụ"), max_length=100, help_text=_("Nhà cung cấp dịch vụ đã gửi cho bạn.")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        names = configuration.remote_services()
        self.fields["service"].choices = [(name, name) for name in names]  # type: ignore[attr-defined]


class StopForm(forms.Form):
    """Why a credential is used no more."""

    reason = forms.CharField(
        label=_("Lý do"), max_length=300, help_text=_("Ví dụ: mất thiết bị, chuyển công tác, đã gia hạn chứng thư mới.")
    )


class PictureForm(forms.Form):
    """A picture of a signature or a seal."""

    file = forms.FileField(
        label=_("Ảnh PNG"),
        help_text=_("Chữ ký hoặc con dấu trên giấy trắng, không quá 2 MB. Nền được bỏ, chữ ký thành màu xanh, dấu đỏ."),
        widget=forms.ClearableFileInput(attrs={"accept": "image/png,.png"}),
        error_messages={"required": _("Hãy chọn một tệp ảnh PNG."), "empty": _("Tệp rỗng. Hãy chọn lại.")},
    )


class AnchorForm(forms.Form):
    """A root to be trusted."""

    file = forms.FileField(label=_("Chứng thư gốc"), help_text=_("Tệp .pem, .crt hoặc .cer."))
    reason = forms.CharField(label=_("Căn cứ tin cậy"), max_length=300, help_text=_("Văn bản, nguồn lấy chứng thư."))
    is_test = forms.BooleanField(
        label=_("Gốc thử nghiệm: mọi chữ ký bên dưới không có giá trị pháp lý"), required=False
    )


def add_owner(form: forms.Form, seals: Mapping[str, Any]) -> None:
    """Whose the certificate is, asked only of those who keep an organization's seal."""
    if seals:
        choices = [("", _("Của tôi")), *((key, str(one)) for key, one in seals.items())]
        form.fields["owner"] = forms.ChoiceField(label=_("Của"), choices=choices, required=False)


PROVIDER_FORMS = {Credential.Provider.TOKEN: TokenForm, Credential.Provider.REMOTE: RemoteForm}
