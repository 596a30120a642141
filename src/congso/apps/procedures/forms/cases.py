from collections.abc import Iterable
from typing import Any

from django import forms
from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _

from congso.apps.procedures.forms.catalogue import offer
from congso.apps.procedures.models import Applicant, Case, Channel, Publication
from congso.apps.procedures.services import Application
from congso.kernel.directory.models import Organization, Person
from congso.kernel.web.forms import DateField

_PHONE = RegexValidator(r"^\+?[0-9][0-9 .-]{5,18}$", _("Số điện thoại chỉ gồm chữ số, dấu cách, dấu chấm, gạch ngang."))


class ManyFilesInput(forms.ClearableFileInput):
    """Several files at once."""

    allow_multiple_selected = True


class ManyFilesField(forms.FileField):
    """Zero or more files."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(widget=ManyFilesInput(), **kwargs)

    def clean(self, data: Any, initial: Any = None) -> list[Any]:
        given = data if isinstance(data, list | tuple) else [data] if data else []
        if self.required and not given:
            raise forms.ValidationError(self.error_messages["required"], code="required")
        return [super(ManyFilesField, self).clean(one, initial) for one in given]


class ApplicationForm(forms.Form):
    """What an applicant says."""

    receiver = forms.ModelChoiceField(Organization.objects.none(), label=_("Nơi tiếp nhận"), empty_label=None)
    applicant_kind = forms.ChoiceField(label=_("Người đề nghị là"))
    applicant_name = forms.CharField(label=_("Họ và tên người đề nghị"), max_length=200)
    applicant_organization = forms.CharField(label=_("Tổ chức đảng, cơ quan, đơn vị"), max_length=300, required=False)
    phone = forms.CharField(label=_("Điện thoại"), max_length=20, required=False, validators=[_PHONE])
    email = forms.EmailField(label=_("Thư điện tử"), max_length=200, required=False)
    address = forms.CharField(
        label=_("Địa chỉ"), max_length=300, required=False, help_text=_("Chỉ cần khi nhận kết quả qua bưu chính.")
    )
    event_on = DateField(label=_("Ngày của sự kiện"), required=False)
    request_text = forms.CharField(
        label=_("Nội dung đề nghị"), max_length=5000, required=False, widget=forms.Textarea(attrs={"rows": 4})
    )
    papers = forms.MultipleChoiceField(
        label=_("Giấy tờ đã có"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Giấy tờ bắt buộc có dấu *."),
    )

    def __init__(self, *args: Any, publication: Publication, receivers: Iterable[Organization], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self.fields["receiver"], receivers, Organization)
        content = publication.content
        kinds = [(kind, Applicant(kind).label) for kind in content["applicants"]]
        self.fields["applicant_kind"].choices = kinds  # type: ignore[attr-defined]
        papers = [(str(one["position"]), self._paper(one)) for one in content["papers"] if one["kind"] != "database"]
        self.fields["papers"].choices = papers  # type: ignore[attr-defined]
        if not papers:
            del self.fields["papers"]
        if not content["start_within"]:
            del self.fields["event_on"]
        elif content["start_event"]:
            self.fields["event_on"].help_text = content["start_event"]

    @staticmethod
    def _paper(one: dict[str, Any]) -> str:
        return f"{one['name']} ({one['quantity']}){' *' if one['is_required'] else ''}"

    @classmethod
    def initial_of(cls, case: Case) -> dict[str, Any]:
        """What the form is opened with for a case."""
        names = [name for name in cls.base_fields if name not in ("receiver", "papers")]
        given = [str(paper.position) for paper in case.papers.all() if paper.is_given]
        return {name: getattr(case, name) for name in names} | {"receiver": case.owner_id, "papers": given}

    @property
    def told(self) -> Application:
        """The application as the service takes it."""
        data = {name: value for name, value in self.cleaned_data.items() if name not in ("receiver", "channel")}
        data["papers"] = [int(place) for place in data.get("papers", ())]
        return Application(**data)


class DeskForm(ApplicationForm):
    """The same, filled in by a clerk for somebody at the desk."""

    channel = forms.ChoiceField(
        label=_("Hồ sơ đến"),
        choices=[(one.value, one.label) for one in (Channel.DESK, Channel.POST)],
    )


class FilesForm(forms.Form):
    """Files to add."""

    enclosed = ManyFilesField(label=_("Tệp"))


class AssignForm(forms.Form):
    """Who handles the case."""

    person = forms.ModelChoiceField(
        Person.objects.none(), label=_("Người thụ lý"), required=False, empty_label=_("Không phân công riêng")
    )
    note = forms.CharField(label=_("Ý kiến"), max_length=1500, required=False, widget=forms.Textarea(attrs={"rows": 3}))

    def __init__(self, *args: Any, people: Iterable[Person], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self.fields["person"], people, Person)


class SignatureForm(forms.Form):
    """What the applicant will be told with the result."""

    answer = forms.CharField(
        label=_("Nội dung trả lời người nộp"), max_length=3000, widget=forms.Textarea(attrs={"rows": 4})
    )


class ReturnForm(forms.Form):
    """Who took the result, and when."""

    to = forms.CharField(label=_("Người nhận kết quả"), max_length=200, required=False)
    on = DateField(label=_("Ngày trả"))


class ApologyForm(forms.Form):
    """Why it is late and until when it is promised now."""

    new_due_on = DateField(label=_("Hẹn trả lại vào ngày"))
    note = forms.CharField(label=_("Lý do chậm"), max_length=2000, widget=forms.Textarea(attrs={"rows": 4}))


class LookUpForm(forms.Form):
    """Code and word of a receipt."""

    ma = forms.CharField(label=_("Mã hồ sơ"), max_length=80)
    tu = forms.CharField(
        label=_("Mã bí mật trên giấy tiếp nhận"), max_length=40, widget=forms.TextInput(attrs={"autocomplete": "off"})
    )


class RatingForm(forms.Form):
    """How content the applicant was; optional."""

    SCORES = [
        ("5", _("Rất hài lòng")), ("4", _("Hài lòng")), ("3", _("Bình thường")), ("2", _("Không hài lòng")),
        ("1", _("Rất không hài lòng")),
    ]  # fmt: skip
    score = forms.TypedChoiceField(label=_("Mức độ hài lòng"), choices=SCORES, coerce=int, widget=forms.RadioSelect)
