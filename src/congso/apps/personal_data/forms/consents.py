"""Purposes people are asked to agree to, their texts, and consents signed on paper."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from congso.apps.personal_data.models import ConsentEntry
from congso.apps.personal_data.services.consents import Wording
from congso.kernel.accounts.models import User
from congso.kernel.directory.models import Person


def _area(label: Any, **more: Any) -> forms.CharField:
    return forms.CharField(label=label, max_length=5000, widget=forms.Textarea(attrs={"rows": 3}), **more)


class TextForm(forms.Form):
    """What people are told before they agree."""

    which = _area(_("Dữ liệu gì"))
    why = _area(_("Để làm gì, xử lý thế nào"))
    recipients = _area(_("Ai xử lý, ai nhận"))
    retention = forms.CharField(label=_("Giữ bao lâu"), max_length=500)
    asks_again = forms.BooleanField(
        label=_("Phải xin đồng ý lại"), required=False, initial=True,
        help_text=_("Bỏ chọn chỉ khi sửa câu chữ, không đổi dữ liệu, mục đích, bên nhận, thời hạn."),
    )  # fmt: skip

    def wording(self) -> Wording:
        """What the services take."""
        told = self.cleaned_data
        return Wording(told["which"], told["why"], told["recipients"], told["retention"])


class PurposeForm(TextForm):
    """A new purpose with its first text."""

    title = forms.CharField(
        label=_("Mục đích"), max_length=200, help_text=_("Một mục đích một lần xin; không gộp nhiều mục đích.")
    )
    code = forms.SlugField(
        label=_("Mã"), max_length=60, help_text=_("Chữ không dấu, số, gạch nối; hệ thống khác hỏi theo mã này.")
    )
    field_order = ("title", "code")

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        del self.fields["asks_again"]


class PaperForm(forms.Form):
    """What somebody signed on paper."""

    account = forms.CharField(label=_("Tên đăng nhập hoặc mã nhân sự"), max_length=150)
    act = forms.ChoiceField(label=_("Nội dung giấy"), choices=ConsentEntry.Act.choices, widget=forms.RadioSelect)
    proof = forms.CharField(
        label=_("Văn bản giấy"), max_length=300, help_text=_("Số, ngày, nơi giữ. Không chép lại dữ liệu.")
    )

    def clean_account(self) -> Person:
        """The person meant, by the name she signs in with or her personnel code."""
        told = self.cleaned_data["account"].strip()
        user = User.objects.filter(username=told).select_related("person").first()
        found = user.person if user else Person.objects.filter(code=told).exclude(code="").first()
        if found is None:
            raise forms.ValidationError(_("Không có người này."))
        return found


class CloseForm(forms.Form):
    """Closing a purpose is for good."""

    sure = forms.BooleanField(
        label=_("Tôi hiểu: không ai được hỏi nữa, sự đồng ý đã có không còn giá trị, không mở lại.")
    )
