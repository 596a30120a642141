"""Indicators, and files of figures with their mapping."""

import re
from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from congso.apps.analytics.models import DataFile
from congso.apps.analytics.rules import BadCell, read_period
from congso.apps.analytics.services import Mapping
from congso.kernel.directory.models import Organization
from congso.kernel.indicators.models import Indicator, Rhythm, RollUp
from congso.kernel.web.choosing import OrganizationField

_CODE = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{1,79}")


class ReaderForm(forms.Form):
    """Who reads every unit's figures besides."""

    organization = OrganizationField(label=_("Cơ quan được đọc"))


class IndicatorForm(forms.Form):
    """What an indicator means; code, frequency and roll-up never change afterwards."""

    owner = forms.ModelChoiceField(Organization.objects.none(), label=_("Cơ quan quản lý chỉ tiêu"))
    code = forms.CharField(label=_("Mã"), max_length=80, help_text=_("Chữ, số, dấu chấm; không đổi được về sau."))
    name = forms.CharField(label=_("Tên chỉ tiêu"), max_length=300)
    definition = forms.CharField(
        label=_("Khái niệm, cách tính"), max_length=2000, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    unit = forms.CharField(label=_("Đơn vị tính"), max_length=40, required=False)
    decimals = forms.IntegerField(label=_("Số chữ số thập phân"), min_value=0, max_value=6, initial=0)
    source = forms.CharField(label=_("Nguồn số liệu"), max_length=300, required=False)
    frequency = forms.ChoiceField(label=_("Kỳ số liệu"), choices=Rhythm.choices)
    roll_up = forms.ChoiceField(label=_("Cách tổng hợp lên cấp trên"), choices=RollUp.choices)
    numerator = forms.ModelChoiceField(Indicator.objects.none(), label=_("Tử số"), required=False)
    denominator = forms.ModelChoiceField(Indicator.objects.none(), label=_("Mẫu số"), required=False)
    weight = forms.ModelChoiceField(Indicator.objects.none(), label=_("Trọng số"), required=False)
    is_open = forms.BooleanField(label=_("Mọi người có tài khoản xem được số liệu"), required=False)

    def __init__(self, *args: Any, owners: Sequence[Organization], **more: Any) -> None:
        super().__init__(*args, **more)
        field: Any = self.fields["owner"]
        field.queryset = Organization.objects.filter(pk__in=[one.pk for one in owners])
        field.choices = [(one.pk, one.name) for one in owners]
        for name in ("numerator", "denominator", "weight"):
            part: Any = self.fields[name]
            part.queryset = Indicator.objects.exclude(roll_up=RollUp.RATIO).order_by("code")

    def clean_code(self) -> str:
        code: str = self.cleaned_data["code"].strip()
        if not _CODE.fullmatch(code):
            raise forms.ValidationError(_("Mã gồm chữ không dấu, số, dấu chấm, gạch nối; bắt đầu bằng chữ hoặc số."))
        if Indicator.objects.filter(code__iexact=code).exists():
            raise forms.ValidationError(_("Mã này đã có."))
        return code

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        rule = data.get("roll_up")
        if rule == RollUp.RATIO and not (data.get("numerator") and data.get("denominator")):
            self.add_error("numerator", _("Tỉ lệ cần cả tử số và mẫu số."))
        if rule == RollUp.MEAN and not data.get("weight"):
            self.add_error("weight", _("Bình quân gia quyền cần trọng số."))
        for name in ("numerator", "denominator", "weight"):
            part = data.get(name)
            if part is not None and part.frequency != data.get("frequency"):
                self.add_error(name, _("Kỳ số liệu phải giống nhau."))
        return data


class FileForm(forms.Form):
    """A file of figures."""

    file = forms.FileField(
        label=_("Tệp số liệu (.csv, .xlsx)"),
        widget=forms.FileInput(attrs={"accept": ".csv,.xlsx"}),
        help_text=_("Dòng đầu là tên cột; tối đa 2 MB, 5.000 dòng."),
        error_messages={"required": _("Hãy chọn tệp."), "empty": _("Tệp rỗng.")},
    )


class MappingForm(forms.Form):
    """Which column is what."""

    indicator = forms.ChoiceField(label=_("Chỉ tiêu"))
    unit = forms.ChoiceField(label=_("Cột tên hoặc mã đơn vị"), required=False)
    organization = forms.ModelChoiceField(
        Organization.objects.none(), label=_("Hoặc cả tệp là số liệu của"), required=False
    )
    period = forms.ChoiceField(label=_("Cột kỳ"), required=False)
    value = forms.ChoiceField(label=_("Cột số liệu"), required=False)
    periods = forms.MultipleChoiceField(
        label=_("Hoặc các cột có tên là kỳ"), required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(
        self, *args: Any, file: DataFile, indicators: Sequence[Indicator], units: Sequence[Organization], **more: Any
    ) -> None:
        super().__init__(*args, **more)
        columns = [(str(place), head) for place, head in enumerate(file.heads)]
        fields: Any = self.fields
        fields["indicator"].choices = [("", "—"), *((one.code, f"{one.code} · {one.name}") for one in indicators)]
        for name in ("unit", "period", "value"):
            fields[name].choices = [("", "—"), *columns]
        fields["periods"].choices = [(place, head) for place, head in columns if _is_period(head)] or columns
        fields["organization"].queryset = Organization.objects.filter(pk__in=[one.pk for one in units])
        fields["organization"].choices = [("", "—"), *((one.pk, one.name) for one in units)]

    @property
    def mapping(self) -> Mapping:
        """As the service takes it."""
        data = self.cleaned_data
        unit = data["organization"]
        return Mapping(
            data["indicator"], _place(data["unit"]), unit.pk if unit else None, _place(data["period"]),
            _place(data["value"]), tuple(int(place) for place in data["periods"]),
        )  # fmt: skip


def guessed(file: DataFile) -> dict[str, Any]:
    """How the columns are probably meant, by their heads."""
    told: dict[str, Any] = {"periods": [str(place) for place, head in enumerate(file.heads) if _is_period(head)]}
    words = {"unit": ("đơn vị", "xã", "cơ quan", "mã"), "period": ("kỳ", "tháng", "quý", "năm"),
             "value": ("số liệu", "giá trị", "kết quả", "số lượng")}  # fmt: skip
    for name, wanted in words.items():
        for place, head in enumerate(file.heads):
            if (
                not _is_period(head)
                and any(word in head.lower() for word in wanted)
                and str(place) not in told.values()
            ):
                told[name] = str(place)
                break
    return told


def _is_period(head: str) -> bool:
    for frequency in ("M", "Q", "H", "Y"):
        try:
            read_period(head, frequency)
        except BadCell:
            continue
        return True
    return False


def _place(text: str) -> int | None:
    return int(text) if text else None
