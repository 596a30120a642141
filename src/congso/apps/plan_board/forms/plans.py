"""The head of a plan, its items, their milestones."""

import re
from collections.abc import Iterable, Sequence
from decimal import Decimal, InvalidOperation
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from congso.apps.plan_board.models import Direction, Item, ItemKind, MeasuredBy, Plan
from congso.apps.plan_board.services import ItemFacts, MilestoneRow, PlanFacts
from congso.kernel.directory.models import Organization
from congso.kernel.web.forms import DateField

_MILESTONES = 6
_GROUPED = re.compile(r"[+-]?\d{1,3}(?:\.\d{3})+(?:,\d+)?", re.ASCII)
_PLAIN = re.compile(r"[+-]?\d+(?:[.,]\d+)?", re.ASCII)


def decimal_of(text: str) -> Decimal:
    """A figure as people write it: 62,4; 62.4; 1.200,5. Raises ValueError for anything else."""
    typed = text.replace("\u00a0", "").replace(" ", "").removesuffix("%")
    if _GROUPED.fullmatch(typed):
        typed = typed.replace(".", "").replace(",", ".")
    elif _PLAIN.fullmatch(typed):
        typed = typed.replace(",", ".")
    else:
        raise ValueError(text)
    try:
        return Decimal(typed)
    except InvalidOperation as problem:
        raise ValueError(text) from problem


class FigureField(forms.CharField):
    """A figure with comma or point."""

    def __init__(self, **more: Any) -> None:
        super().__init__(max_length=30, widget=forms.TextInput(attrs={"inputmode": "decimal"}), **more)

    def clean(self, value: Any) -> Decimal | None:
        text = super().clean(value)
        if not text:
            return None
        try:
            return decimal_of(text)
        except ValueError:
            raise forms.ValidationError(_("Hãy nhập một số, ví dụ 62,4.")) from None


class PlanForm(forms.Form):
    """What a plan says of itself."""

    owner = forms.ModelChoiceField(Organization.objects.none(), label=_("Kế hoạch của"))
    number = forms.CharField(label=_("Số, ký hiệu"), max_length=80, required=False)
    title = forms.CharField(label=_("Tên kế hoạch"), max_length=1000, widget=forms.Textarea(attrs={"rows": 2}))
    issued_on = DateField(label=_("Ngày ban hành"))
    starts_on = DateField(label=_("Thực hiện từ ngày"))
    ends_on = DateField(label=_("Đến ngày"))
    unit = forms.ModelChoiceField(Organization.objects.none(), label=_("Cơ quan thường trực"), required=False)
    basis = forms.CharField(
        label=_("Căn cứ"), max_length=1000, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )

    def __init__(self, *args: Any, owners: Sequence[Organization], units: Iterable[Organization], **more: Any) -> None:
        super().__init__(*args, **more)
        _offer(self.fields["owner"], owners)
        _offer(self.fields["unit"], units)

    @classmethod
    def initial_of(cls, plan: Plan) -> dict[str, Any]:
        """What the form is opened with for a draft."""
        return {
            "owner": plan.owner_id, "number": plan.number, "title": plan.title, "issued_on": plan.opened_on,
            "starts_on": plan.starts_on, "ends_on": plan.ends_on, "unit": plan.unit_id, "basis": plan.basis,
        }  # fmt: skip

    @property
    def facts(self) -> PlanFacts:
        """The plan as the service takes it."""
        return PlanFacts(**{name: value for name, value in self.cleaned_data.items() if name != "owner"})


class StarterForm(forms.Form):
    """Begin from a plan kept as data."""

    owner = forms.ModelChoiceField(Organization.objects.none(), label=_("Kế hoạch của"))
    starter = forms.ChoiceField(label=_("Kế hoạch có sẵn"))

    def __init__(
        self, *args: Any, owners: Sequence[Organization], starters: Sequence[tuple[str, str]], **more: Any
    ) -> None:
        super().__init__(*args, **more)
        _offer(self.fields["owner"], owners)
        self.fields["starter"].choices = starters  # type: ignore[attr-defined]


class ItemForm(forms.Form):
    """An item; how it is measured matters for targets alone. `note` is asked when a plan in force is adjusted."""

    kind = forms.ChoiceField(label=_("Loại"), choices=ItemKind.choices)
    parent = forms.ModelChoiceField(
        Item.objects.none(), label=_("Thuộc"), required=False, empty_label=_("Cấp cao nhất")
    )
    code = forms.CharField(label=_("Ký hiệu"), max_length=40, required=False)
    text = forms.CharField(label=_("Nội dung"), max_length=2000, widget=forms.Textarea(attrs={"rows": 3}))
    clause = forms.CharField(
        label=_("Điểm, mục trong văn bản"),
        max_length=120,
        required=False,
        help_text=_("Nhiệm vụ được giao theo đúng mục này sẽ hiện ở đây."),
    )
    unit = forms.ModelChoiceField(Organization.objects.none(), label=_("Đơn vị đầu mối"), required=False)
    schedule_text = forms.CharField(label=_("Thời gian như ghi trong kế hoạch"), max_length=200, required=False)
    measured_by = forms.ChoiceField(
        label=_("Chỉ tiêu đo bằng"), choices=[("", _("Không phải chỉ tiêu")), *MeasuredBy.choices], required=False
    )
    measure = forms.ChoiceField(label=_("Hệ thống tự đếm"), required=False)
    indicator = forms.ChoiceField(label=_("Chỉ tiêu báo cáo"), required=False)
    figure_unit = forms.CharField(label=_("Đơn vị tính"), max_length=40, required=False, initial="%")
    direction = forms.ChoiceField(label=_("Đạt khi"), choices=Direction.choices, required=False)
    method = forms.CharField(
        label=_("Cách tính"), max_length=1000, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )
    note = forms.CharField(
        label=_("Lý do điều chỉnh"), max_length=2000, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )

    def __init__(
        self, *args: Any, parents: Sequence[Item], units: Iterable[Organization],
        measures: Sequence[tuple[str, Any]], indicators: Sequence[tuple[str, str]], is_new: bool, is_draft: bool,
        **more: Any,
    ) -> None:  # fmt: skip
        super().__init__(*args, **more)
        parent: Any = self.fields["parent"]
        parent.queryset = Item.objects.filter(pk__in=[one.pk for one in parents])
        parent.choices = [("", _("Cấp cao nhất")), *((one.pk, str(one)[:90]) for one in parents)]
        _offer(self.fields["unit"], units)
        self.fields["measure"].choices = [("", "—"), *measures]  # type: ignore[attr-defined]
        self.fields["indicator"].choices = [("", "—"), *indicators]  # type: ignore[attr-defined]
        if not is_new:
            self.fields["kind"].disabled = True
            del self.fields["parent"]
        if is_draft:
            del self.fields["note"]
        else:
            self.fields["note"].required = True

    @classmethod
    def initial_of(cls, item: Item) -> dict[str, Any]:
        """What the form is opened with for an item."""
        names = ("kind", "code", "text", "clause", "schedule_text", "measured_by", "measure", "indicator")
        told = {name: getattr(item, name) for name in (*names, "figure_unit", "direction", "method")}
        return told | {"unit": item.unit_id}

    def facts(self, milestones: Sequence[MilestoneRow]) -> ItemFacts:
        """The item as the service takes it."""
        names = ("kind", "text", "code", "clause", "unit", "schedule_text", "measured_by", "measure", "indicator")
        told = {name: self.cleaned_data[name] for name in (*names, "figure_unit", "method")}
        told["direction"] = self.cleaned_data["direction"] or Direction.AT_LEAST
        return ItemFacts(**told, milestones=milestones)


class MilestoneForm(forms.Form):
    """A milestone; an empty row is none."""

    due_on = DateField(label=_("Đến ngày"), required=False)
    value = FigureField(label=_("Phải đạt"), required=False)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if not self.errors and (data.get("due_on") is None) != (data.get("value") is None):
            raise forms.ValidationError(_("Mỗi mốc cần cả ngày và mức phải đạt."))
        return data


class _Milestones(forms.BaseFormSet):  # type: ignore[type-arg]  # not subscriptable when it runs
    @property
    def rows(self) -> list[MilestoneRow]:
        """The milestones that were filled in."""
        told = [one.cleaned_data for one in self if one.cleaned_data.get("due_on")]
        return [MilestoneRow(one["due_on"], one["value"]) for one in told]


MilestoneFormSet = forms.formset_factory(
    MilestoneForm, formset=_Milestones, extra=_MILESTONES, max_num=20, absolute_max=20
)


def _offer(field: Any, organizations: Iterable[Organization]) -> None:
    """Let a field choose among these, already at hand."""
    rows = list(organizations)
    field.queryset = Organization.objects.filter(pk__in=[one.pk for one in rows])
    named = [(one.pk, one.name) for one in rows]
    field.choices = named if field.required else [("", "—"), *named]
    if field.required and len(rows) == 1:
        field.initial = rows[0].pk
