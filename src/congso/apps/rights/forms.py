"""The shape of what is asked for and answered about rights."""

from datetime import timedelta
from typing import Any, cast

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from congso.kernel.access.models import ROLE_NAMES, Delegation
from congso.kernel.access.openings import Match
from congso.kernel.access.principals import Role
from congso.kernel.directory.models import Post
from congso.kernel.web.choosing import OrganizationField, PersonField
from congso.kernel.web.forms import DateField

ONE_OFFICE = "office"
ROLES = [
    (str(Role.READER.value), ROLE_NAMES[Role.READER]),
    (ONE_OFFICE, _("Quản trị một cơ quan và các đơn vị dưới đó")),
    (str(Role.ADMINISTRATOR.value), ROLE_NAMES[Role.ADMINISTRATOR]),
    (str(Role.AUDITOR.value), ROLE_NAMES[Role.AUDITOR]),
]


class ProposeForm(forms.Form):
    """A role for somebody, for a term, why and by which paper."""

    person = PersonField(label=_("Người giữ vai trò"))
    role = forms.ChoiceField(label=_("Vai trò"), choices=ROLES)
    organization = OrganizationField(
        label=_("Phạm vi: cơ quan"), required=False, help_text=_("Chỉ khi cấp quyền quản trị một cơ quan.")
    )
    valid_from = DateField(label=_("Từ ngày"), initial=timezone.localdate)
    until = DateField(label=_("Đến hết ngày"))
    reason = forms.CharField(label=_("Lý do"), max_length=300)
    decision = forms.CharField(
        label=_("Văn bản quyết định"), max_length=120, required=False, help_text=_("Số, ngày, cơ quan ban hành.")
    )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if "role" in data and "organization" in data and (data["role"] == ONE_OFFICE) != bool(data["organization"]):
            self.add_error("organization", _("Quản trị một cơ quan cần ghi cơ quan; vai trò khác thì để trống."))
        return data

    def facts(self) -> dict[str, Any]:
        """What the service takes."""
        data = self.cleaned_data
        role = Role.ADMINISTRATOR if data["role"] == ONE_OFFICE else Role(int(data["role"]))
        return {
            "role": role, "person": data["person"], "organization": data["organization"],
            "valid_from": data["valid_from"], "valid_to": data["until"] + timedelta(days=1),
            "reason": data["reason"], "decision": data["decision"],
        }  # fmt: skip


class AskOpeningForm(forms.Form):
    """Of whom, which record, how long, why."""

    organization = OrganizationField(label=_("Cơ quan có hồ sơ"))
    number = forms.CharField(
        label=_("Số, ký hiệu"), max_length=80, required=False,
        help_text=_("Ghi đúng như trên văn bản. Để trống khi cần mọi hồ sơ của cơ quan."),
    )  # fmt: skip
    hours = forms.IntegerField(label=_("Trong bao nhiêu giờ"), min_value=1, max_value=999, initial=4)
    reason = forms.CharField(label=_("Lý do khẩn cấp"), max_length=300, widget=forms.Textarea({"rows": 3}))


class AnswerOpeningForm(forms.Form):
    """Which of the matching records, and a word to it."""

    record = forms.TypedChoiceField(
        label=_("Hồ sơ được mở"), choices=(), coerce=int, empty_value=None, required=False, widget=forms.RadioSelect
    )
    words = forms.CharField(label=_("Ý kiến, lý do"), max_length=300, required=False)

    def __init__(self, *args: Any, matches: list[Match], is_named: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not is_named:
            del self.fields["record"]
            return
        choices = [(one.record, f"{one.number}, {one.opened_on:%d/%m/%Y}") for one in matches]
        cast("forms.ChoiceField", self.fields["record"]).choices = choices
        if len(choices) == 1:
            self.initial["record"] = choices[0][0]


class DeskForm(forms.Form):
    """A whole desk for a period: to whom, until when, why."""

    person = PersonField(label=_("Giao cho"))
    valid_from = DateField(label=_("Từ ngày"), initial=timezone.localdate)
    until = DateField(label=_("Đến hết ngày"))
    reason = forms.CharField(label=_("Lý do, văn bản ủy quyền"), max_length=300)
    kind = forms.ChoiceField(label=_("Hình thức"), choices=Delegation.Kind.choices)
    posts = forms.MultipleChoiceField(label=_("Chức vụ"), choices=(), widget=forms.CheckboxSelectMultiple)

    def __init__(self, *args: Any, held: list[Post], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(str(post.pk), f"{post.name}, {post.organization.short_name}") for post in held]
        cast("forms.MultipleChoiceField", self.fields["posts"]).choices = choices
        self.initial.setdefault("posts", [key for key, _label in choices])
