"""Asking about one's own data, and answering."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from congso.apps.personal_data.models import RequestKind
from congso.apps.personal_data.services.requests import NewRequest, refusal_grounds
from congso.kernel.web.forms import ReasonForm

_UNCHANGED = _("Để trống nếu không đổi. Chỉ dùng khi yêu cầu chỉnh sửa.")


class RequestForm(forms.Form):
    """What a person asks, why, and new values where she wants the directory corrected."""

    kind = forms.ChoiceField(label=_("Tôi yêu cầu"), choices=RequestKind.choices, widget=forms.RadioSelect)
    text = forms.CharField(
        label=_("Nội dung"),
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("Dữ liệu nào, ở đâu, vì sao."),
        error_messages={"required": _("Hãy ghi rõ nội dung yêu cầu.")},
    )
    full_name = forms.CharField(label=_("Họ và tên đúng"), max_length=120, required=False, help_text=_UNCHANGED)
    email = forms.EmailField(label=_("Thư điện tử đúng"), required=False)
    phone = forms.CharField(label=_("Điện thoại đúng"), max_length=20, required=False)

    def clean(self) -> dict[str, Any]:
        """New values belong to a correction."""
        told = super().clean() or {}
        if told.get("kind") != RequestKind.CORRECT and any(told.get(name) for name in ("full_name", "email", "phone")):
            self.add_error("kind", _("Muốn đổi họ tên, thư điện tử, điện thoại, hãy chọn “Chỉnh sửa dữ liệu”."))
        return told

    def request(self) -> NewRequest:
        """What the service takes."""
        told = self.cleaned_data
        proposed = {name: told[name] for name in ("full_name", "email", "phone") if told[name]}
        return NewRequest(RequestKind(told["kind"]), told["text"], proposed)


class AcknowledgeForm(forms.Form):
    """How the request is handled."""

    needs_third_party = forms.BooleanField(
        label=_("Phải qua bên xử lý dữ liệu hoặc bên thứ ba"),
        required=False,
        help_text=_("Thời hạn thực hiện dài hơn; xem “Quy định”."),
    )
    note = forms.CharField(
        label=_("Cách xử lý, báo cho người yêu cầu"),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )


class AnswerForm(forms.Form):
    """What was done."""

    note = forms.CharField(
        label=_("Đã làm gì"),
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 5}),
        error_messages={"required": _("Hãy ghi việc đã làm để trả lời người yêu cầu.")},
    )


class RefuseForm(ReasonForm):
    """On which ground of the law, and why here."""

    ground = forms.ChoiceField(label=_("Căn cứ từ chối"))
    field_order = ("ground", "note")

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["ground"].choices = list(refusal_grounds(timezone.localdate()).items())  # type: ignore[attr-defined]
