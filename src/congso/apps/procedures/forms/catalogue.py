from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from congso.apps.procedures.models import Applicant, Level, PaperKind, Procedure
from congso.apps.procedures.services import PaperRow, ProcedureFacts, StepRow
from congso.kernel.directory.models import Organization, OrganizationKind
from congso.kernel.files.models import Attachment
from congso.kernel.web.forms import DateField

MOST_STEPS, MOST_PAPERS = 20, 40
_KINDS = [("", "—")] + [
    (kind.value, kind.label)
    for kind in (OrganizationKind.COMMUNE_COMMITTEE, OrganizationKind.AGENCY, OrganizationKind.MASS_ORGANIZATION)
]


def offer(field: forms.Field, rows: Iterable[Any], model: type[Any]) -> None:
    """Offer these rows of the model."""
    keys = [row.pk for row in rows]
    field.queryset = model._default_manager.filter(pk__in=keys).order_by("name_key" if model is Organization else "id")  # type: ignore[attr-defined]


class ProcedureForm(forms.Form):
    """An edition of a procedure, apart from its steps and papers."""

    owner = forms.ModelChoiceField(Organization.objects.none(), label=_("Cơ quan công bố"), empty_label=None)
    number = forms.RegexField(
        r"^[0-9A-Za-zĐđ][-0-9A-Za-zĐđ._]{1,39}$",
        label=_("Mã thủ tục"),
        max_length=40,
        error_messages={"invalid": _("Mã gồm chữ, số, dấu chấm và gạch ngang, không có khoảng trắng.")},
    )
    title = forms.CharField(label=_("Tên thủ tục"), max_length=1000, widget=forms.Textarea(attrs={"rows": 2}))
    field = forms.CharField(label=_("Lĩnh vực"), max_length=120)
    level = forms.ChoiceField(label=_("Cấp thực hiện"), choices=Level.choices)
    performer = forms.ModelChoiceField(
        Organization.objects.none(),
        label=_("Cơ quan thực hiện"),
        required=False,
        empty_label="—",
        help_text=_("Một cơ quan, hoặc để trống và chọn loại cơ quan."),
    )
    performer_kind = forms.ChoiceField(label=_("Mọi cơ quan thuộc loại"), choices=_KINDS, required=False)
    decided_by = forms.CharField(label=_("Thẩm quyền quyết định"), max_length=300, required=False)
    applicants = forms.MultipleChoiceField(
        label=_("Đối tượng"), choices=Applicant.choices, widget=forms.CheckboxSelectMultiple
    )
    applicant_words = forms.CharField(label=_("Nói rõ đối tượng"), max_length=1000, required=False)
    manner = forms.CharField(
        label=_("Cách thức thực hiện"), max_length=3000, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    conditions = forms.CharField(
        label=_("Yêu cầu, điều kiện"), max_length=5000, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    result = forms.CharField(label=_("Kết quả"), max_length=500)
    result_validity = forms.CharField(label=_("Hiệu lực của kết quả"), max_length=300, required=False)
    basis = forms.CharField(
        label=_("Căn cứ"), max_length=5000, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    fee = forms.CharField(label=_("Lệ phí"), max_length=300, required=False, help_text=_("Để trống: không thu."))
    is_online = forms.BooleanField(label=_("Nhận hồ sơ trực tuyến qua Cổng Số"), required=False)
    start_event = forms.CharField(
        label=_("Sự kiện tính hạn của người đề nghị"),
        max_length=300,
        required=False,
        help_text=_("Ví dụ: quyết định chuyển công tác."),
    )
    start_within = forms.IntegerField(
        label=_("Phải làm thủ tục trong (ngày làm việc)"), min_value=1, max_value=365, required=False
    )
    present_within = forms.IntegerField(
        label=_("Phải xuất trình kết quả trong (ngày làm việc)"), min_value=1, max_value=365, required=False
    )

    def __init__(
        self, *args: Any, owners: Iterable[Organization], performers: Iterable[Organization], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        offer(self.fields["owner"], owners, Organization)
        offer(self.fields["performer"], performers, Organization)

    @classmethod
    def initial_of(cls, one: Procedure) -> dict[str, Any]:
        """What the form is opened with for an edition."""
        return {name: getattr(one, name) for name in cls.base_fields}

    @property
    def facts(self) -> ProcedureFacts:
        """The edition as the service takes it."""
        data = {name: value for name, value in self.cleaned_data.items() if name != "owner"}
        return ProcedureFacts(**data)


class StepForm(forms.Form):
    """A step; a row without a name is none."""

    name = forms.CharField(label=_("Bước"), max_length=300, required=False)
    organization = forms.ModelChoiceField(
        Organization.objects.none(), label=_("Cơ quan"), required=False, empty_label=_("Nơi tiếp nhận")
    )
    working_days = forms.IntegerField(label=_("Ngày làm việc"), min_value=0, max_value=365, required=False)

    def __init__(self, *args: Any, performers: Iterable[Organization], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self.fields["organization"], performers, Organization)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("name") and data.get("working_days") is None and "working_days" not in self.errors:
            self.add_error("working_days", _("Hãy ghi số ngày làm việc."))
        return data

    @property
    def row(self) -> StepRow:
        """The step as the service takes it."""
        data = self.cleaned_data
        return StepRow(data["name"].strip(), data["working_days"], data["organization"])


class PaperForm(forms.Form):
    """A paper; a row without a name is none."""

    name = forms.CharField(label=_("Giấy tờ"), max_length=500, required=False)
    kind = forms.ChoiceField(label=_("Bản"), choices=PaperKind.choices, required=False)
    quantity = forms.IntegerField(label=_("Số bản"), min_value=1, max_value=99, required=False)
    is_required = forms.BooleanField(label=_("Bắt buộc"), required=False)
    form = forms.ModelChoiceField(
        Attachment.objects.none(), label=_("Mẫu"), required=False, empty_label=_("Không có mẫu")
    )

    def __init__(self, *args: Any, files: Iterable[Attachment], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self.fields["form"], files, Attachment)

    @property
    def row(self) -> PaperRow:
        """The paper as the service takes it."""
        data = self.cleaned_data
        return PaperRow(
            data["name"].strip(), data["kind"] or PaperKind.ORIGINAL, data["quantity"] or 1, data["is_required"],
            data["form"],
        )  # fmt: skip


StepFormSet = forms.formset_factory(StepForm, extra=3, max_num=MOST_STEPS, absolute_max=MOST_STEPS)
PaperFormSet = forms.formset_factory(PaperForm, extra=4, max_num=MOST_PAPERS, absolute_max=MOST_PAPERS)


class DecisionForm(forms.Form):
    """The decision that publishes the procedure."""

    symbol = forms.CharField(label=_("Số, ký hiệu quyết định công bố"), max_length=120)
    decided_on = DateField(label=_("Ngày quyết định"))
    valid_from = DateField(label=_("Có hiệu lực từ ngày"))


class EndForm(forms.Form):
    """From when the procedure holds no more, and why."""

    on = DateField(label=_("Hết hiệu lực từ ngày"))
    note = forms.CharField(label=_("Căn cứ, lý do"), max_length=2000, widget=forms.Textarea(attrs={"rows": 3}))
