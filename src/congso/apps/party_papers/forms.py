"""The shape of what people type about Party documents."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from congso.apps.party_papers.models import BondKind, Edition, PartyPaper, Readers
from congso.apps.party_papers.services import Decision, PaperFacts
from congso.kernel.directory.models import Organization
from congso.kernel.web.forms import DateField, PickMany


class PaperForm(forms.Form):
    """A paper; its text is pasted, or comes from a file."""

    owner = forms.ModelChoiceField(Organization.objects.none(), label=_("Cơ quan lưu, công bố"), empty_label=None)
    number = forms.CharField(label=_("Số, ký hiệu"), max_length=80)
    document_type = forms.CharField(label=_("Tên loại"), max_length=60)
    issuer_name = forms.CharField(label=_("Cơ quan ban hành"), max_length=300)
    title = forms.CharField(label=_("Trích yếu"), max_length=1000, widget=forms.Textarea(attrs={"rows": 2}))
    opened_on = DateField(label=_("Ngày ban hành"))
    effective_from = DateField(label=_("Có hiệu lực từ"))
    effective_to = DateField(label=_("Hết hiệu lực từ (ghi trong văn kiện)"), required=False)
    signer_words = forms.CharField(label=_("Chức vụ, người ký"), max_length=300, required=False)
    volume = forms.CharField(
        label=_("Tập văn kiện"),
        max_length=200,
        required=False,
        help_text=_("Ví dụ: Văn kiện Đảng bộ tỉnh, nhiệm kỳ 2025–2030, tập 1."),
    )
    readers = forms.ChoiceField(label=_("Ai được đọc"), choices=Readers.choices)
    listed = forms.ModelMultipleChoiceField(
        Organization.objects.none(),
        label=_("Cơ quan được đọc"),
        required=False,
        widget=PickMany,
        help_text=_("Chỉ cần khi chọn “Cơ quan được ghi tên”."),
    )
    text = forms.CharField(
        label=_("Nội dung toàn văn"),
        required=False,
        max_length=3_000_000,
        widget=forms.Textarea(attrs={"rows": 16}),
        help_text=_("Dán chữ vào đây, hoặc để trống và tải tệp lên ở bước sau."),
    )

    def __init__(self, *args: Any, owners: Iterable[Organization], bodies: Iterable[Organization], **more: Any) -> None:
        super().__init__(*args, **more)
        for name, rows in (("owner", owners), ("listed", bodies)):
            keys = [one.pk for one in rows]
            self.fields[name].queryset = Organization.objects.filter(pk__in=keys).order_by("name_key")  # type: ignore[attr-defined]

    @classmethod
    def initial_of(cls, paper: PartyPaper) -> dict[str, Any]:
        """What the form is opened with for a paper."""
        listed = list(paper.listed_bodies.values_list("organization_id", flat=True))
        return {name: getattr(paper, name) for name in cls.base_fields if name != "listed"} | {"listed": listed}

    @property
    def facts(self) -> PaperFacts:
        """The paper as the service takes it."""
        data = {name: value for name, value in self.cleaned_data.items() if name not in ("owner", "listed")}
        return PaperFacts(listed=tuple(self.cleaned_data["listed"]), **data)


class RelationForm(forms.Form):
    """A relation: what this paper does to which other, from when, to which passage."""

    bond = forms.ChoiceField(label=_("Quan hệ"), choices=BondKind.choices)
    target_symbol = forms.CharField(label=_("Số, ký hiệu văn kiện kia"), max_length=120)
    target = forms.ModelChoiceField(
        Edition.objects.none(),
        label=_("Văn kiện trong hệ thống"),
        required=False,
        empty_label=_("Chưa có trong hệ thống"),
    )
    target_anchor = forms.RegexField(
        r"^[a-z0-9.~-]*$",
        label=_("Điều, khoản bị tác động"),
        max_length=120,
        required=False,
        help_text=_("Ví dụ dieu-5.khoan-2; để trống là toàn bộ văn kiện."),
    )
    effective_on = DateField(
        label=_("Từ ngày"), required=False, help_text=_("Để trống: từ ngày văn kiện này có hiệu lực.")
    )

    def __init__(self, *args: Any, targets: Iterable[Edition], **more: Any) -> None:
        super().__init__(*args, **more)
        keys = [one.pk for one in targets]
        self.fields["target"].queryset = Edition.objects.filter(pk__in=keys).order_by("-issued_on")  # type: ignore[attr-defined]

    @property
    def said(self) -> Decision:
        """The relation as the service takes it."""
        return Decision(**self.cleaned_data)


class FileForm(forms.Form):
    """The paper's own file."""

    file = forms.FileField(label=_("Tệp văn kiện"))
