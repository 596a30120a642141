"""The shape of what people type: a grid of new tasks, a report, a decision."""

import re
from collections.abc import Iterable
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from congso.apps.directives.models import RECURRENCES, DeadlineKind, Priority
from congso.apps.directives.queries import OrganizationIndex, UnknownOrganization
from congso.apps.directives.rules import kind_in_words
from congso.apps.directives.services import FigureRow, NewTask
from congso.kernel.directory.models import Organization, Person
from congso.kernel.web.forms import DateField
from congso.lib.recurrences import Recurrence
from congso.lib.vietnamese_dates import NotADate, parse_date

DEADLINES = [
    (DeadlineKind.FIXED.value, _("Đến ngày")),
    *RECURRENCES,
    (DeadlineKind.AS_DIRECTED.value, _("Theo tiến độ, chỉ đạo")),
    (DeadlineKind.NONE.value, _("Không thời hạn")),
]
_THOUSANDS = re.compile(r"-?\d{1,3}(\.\d{3})+")
_OWN_FIELD = {
    "due_on": "due",
    "recurrence": "deadline",
    "recurrence_end": "due",
    "deadline_kind": "deadline",
    "no_deadline_reason": "due",
    "schedule_text": "due",
}


class OrganizationInput(forms.TextInput):
    """Text that a list completes while one types."""

    def __init__(self, *, many: bool = False) -> None:
        super().__init__({"data-organization": "many" if many else "one", "autocomplete": "off", "spellcheck": "false"})


class OrganizationField(forms.CharField):
    """One organization by name, short name, symbol or code; `index` is given when the form is made."""

    index: OrganizationIndex

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_length=300, widget=OrganizationInput(), **kwargs)

    def clean(self, value: Any) -> Organization | None:
        typed = super().clean(value)
        return self._find(typed) if typed else None

    def _find(self, typed: str) -> Organization:
        try:
            return self.index.find(typed)
        except UnknownOrganization as unknown:
            raise forms.ValidationError(str(unknown)) from None


class OrganizationsField(OrganizationField):
    """Several organizations, parted by semicolons."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.max_length = None
        self.validators = []
        self.widget = OrganizationInput(many=True)

    def clean(self, value: Any) -> list[Organization]:  # type: ignore[override]
        return [self._find(part) for part in str(value or "").split(";") if part.strip()]


class AssignForm(forms.Form):
    """What all rows of the grid share."""

    owner = forms.ModelChoiceField(Organization.objects.none(), label=_("Nơi giao"), empty_label=None)
    source_symbol = forms.CharField(
        label=_("Văn bản giao"), max_length=120, help_text=_("Số, ký hiệu; hoặc ghi ý kiến chỉ đạo, cuộc họp.")
    )
    assigned_on = DateField(label=_("Ngày giao"))
    supervisor = forms.ModelChoiceField(
        Person.objects.none(), label=_("Lãnh đạo chỉ đạo"), required=False, empty_label=_("Không ghi")
    )
    tracker = forms.ModelChoiceField(
        Person.objects.none(), label=_("Người theo dõi, đôn đốc"), required=False, empty_label=_("Không ghi")
    )

    def __init__(
        self,
        *args: Any,
        owners: Iterable[Organization],
        leaders: Iterable[Person],
        trackers: Iterable[Person],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        offer(self.fields["owner"], owners, Organization)
        offer(self.fields["supervisor"], leaders, Person)
        offer(self.fields["tracker"], trackers, Person)


class TaskRowForm(forms.Form):
    """One row of the grid. `due` is a date, a period's end, or the words that stand instead of a date."""

    clause = forms.CharField(label=_("Mục"), max_length=120, required=False)
    content = forms.CharField(
        label=_("Nội dung giao"),
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": _("Hãy ghi nội dung nhiệm vụ.")},
    )
    lead = OrganizationField(label=_("Chủ trì"), error_messages={"required": _("Hãy chọn một đơn vị chủ trì.")})
    supporting = OrganizationsField(label=_("Phối hợp"), required=False)
    due = forms.CharField(label=_("Hạn"), max_length=300, required=False)
    deadline = forms.ChoiceField(label=_("Loại hạn"), choices=DEADLINES, required=False)
    product = forms.CharField(label=_("Sản phẩm"), max_length=500, required=False)
    priority = forms.TypedChoiceField(
        label=_("Mức độ"), choices=Priority.choices, coerce=int, empty_value="0", required=False
    )

    def __init__(self, *args: Any, index: OrganizationIndex, today: date, **kwargs: Any) -> None:
        kwargs.setdefault("initial", {})
        kwargs["initial"] |= {"deadline": DeadlineKind.FIXED.value, "priority": str(Priority.NORMAL.value)}
        super().__init__(*args, **kwargs)
        self.today = today
        for name in ("lead", "supporting"):
            self.fields[name].index = index  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        words, kind = data.get("due", "").strip(), data.get("deadline") or DeadlineKind.FIXED.value
        if kind == DeadlineKind.FIXED:
            kind = kind_in_words(words) or kind
        data["kind"], data["day"] = kind, None
        if words and kind not in (DeadlineKind.AS_DIRECTED, DeadlineKind.NONE) and not kind_in_words(words):
            try:
                data["day"] = self._day(words)
            except NotADate as wrong:
                self.add_error("due", str(wrong))
        return data

    def _day(self, words: str) -> date:
        """The day somebody typed. Raises NotADate."""
        return parse_date(words, today=self.today)

    def new_task(self, *, assigned_on: date, supervisor: Person | None, tracker: Person | None) -> NewTask:
        """The row as the service takes it."""
        data = self.cleaned_data
        kind, words = data["kind"], data.get("due", "").strip()
        recurs = kind in set(Recurrence)
        return NewTask(
            content=data["content"], lead=data["lead"], supporting=data["supporting"], clause=data["clause"],
            product=data["product"], priority=int(data["priority"]), supervisor=supervisor, tracker=tracker,
            deadline_kind=DeadlineKind.RECURRING.value if recurs else kind,
            due_on=data["day"] if kind == DeadlineKind.FIXED else None,
            recurrence=kind if recurs else "",
            recurrence_start=assigned_on if recurs else None,
            recurrence_end=(data["day"] or date(assigned_on.year, 12, 31)) if recurs else None,
            schedule_text=words if kind == DeadlineKind.AS_DIRECTED else "",
            no_deadline_reason=words if kind == DeadlineKind.NONE else "",
        )  # fmt: skip

    def refuse(self, errors: dict[str, str]) -> None:
        """Show what the service found wrong at the cell it concerns."""
        for name, words in errors.items():
            field = _OWN_FIELD.get(name, name)
            self.add_error(field if field in self.fields else None, words)


class TaskRows(forms.BaseFormSet):  # type: ignore[type-arg]  # not subscriptable when run
    """The grid; rows left empty are no tasks."""

    def filled(self) -> list[TaskRowForm]:
        """The rows somebody typed into, in order."""
        return [form for form in self.forms if form.has_changed()]


TaskRowFormSet = forms.formset_factory(
    TaskRowForm, formset=TaskRows, extra=0, max_num=300, absolute_max=300, validate_max=True
)


class EvidenceInput(forms.FileInput):
    """Several files at once: photographs, scans, Office files."""

    allow_multiple_selected = True


class EvidenceField(forms.FileField):
    """A list of files, each as a single one is checked; names are shortened later, never refused."""

    def clean(self, data: Any, initial: Any = None) -> list["UploadedFile[Any]"]:
        return [super(EvidenceField, self).clean(one, initial) for one in data or []]


class ReportForm(forms.Form):
    """How far the work is; figures come in rows of their own."""

    percent = forms.IntegerField(
        label=_("Tiến độ (%)"),
        min_value=0,
        max_value=100,
        help_text=_("100% là đề nghị xác nhận hoàn thành."),
        widget=forms.NumberInput(attrs={"inputmode": "numeric", "data-percent": ""}),
    )
    text = forms.CharField(
        label=_("Kết quả đã thực hiện"),
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 5}),
        error_messages={"required": _("Hãy ghi kết quả đã thực hiện.")},
    )
    late_reason = forms.CharField(
        label=_("Khó khăn, lý do chậm"), max_length=1000, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )
    period = forms.CharField(label=_("Kỳ báo cáo"), max_length=60, required=False)
    evidence = EvidenceField(
        label=_("Tệp minh chứng"),
        required=False,
        help_text=_("PDF, ảnh chụp, bản quét, DOCX, XLSX; chọn được nhiều tệp."),
        widget=EvidenceInput(attrs={"multiple": True, "accept": ".pdf,.docx,.xlsx,image/jpeg,image/png,image/tiff"}),
    )


class FigureForm(forms.Form):
    """One figure of a report."""

    name = forms.CharField(label=_("Chỉ tiêu, số liệu"), max_length=200, required=False)
    value = forms.CharField(
        label=_("Giá trị"), max_length=24, required=False, widget=forms.TextInput(attrs={"inputmode": "decimal"})
    )
    unit = forms.CharField(label=_("Đơn vị tính"), max_length=40, required=False)

    def clean_value(self) -> Decimal | None:
        """A number as Vietnamese offices write it: 1.234,5."""
        typed = self.cleaned_data["value"].strip()
        if not typed:
            return None
        plain = typed.replace(" ", "")
        if "," in plain or _THOUSANDS.fullmatch(plain):
            plain = plain.replace(".", "").replace(",", ".")
        try:
            value = Decimal(plain)
        except InvalidOperation:
            raise forms.ValidationError(_("Hãy ghi một con số, ví dụ 1.234,5.")) from None
        if not value.is_finite() or abs(value) >= Decimal(10) ** 15:
            raise forms.ValidationError(_("Con số quá lớn."))
        return value

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("value") is not None and not data.get("name"):
            self.add_error("name", _("Hãy ghi tên số liệu."))
        return data

    @property
    def row(self) -> FigureRow:
        """The figure as the service takes it."""
        return FigureRow(self.cleaned_data["name"], self.cleaned_data["value"], self.cleaned_data["unit"])


FigureFormSet = forms.formset_factory(FigureForm, extra=2, max_num=40, absolute_max=40)


class ExtensionForm(forms.Form):
    """A later deadline and why."""

    new_due_on = DateField(label=_("Hạn mới"))
    note = forms.CharField(
        label=_("Lý do"),
        max_length=1900,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": _("Hãy ghi lý do.")},
    )


class GrantForm(forms.Form):
    """The deadline granted, and a word about it."""

    new_due_on = DateField(label=_("Hạn được gia hạn"))
    note = forms.CharField(label=_("Ý kiến"), max_length=1900, required=False, widget=forms.Textarea(attrs={"rows": 3}))


class ConfirmForm(forms.Form):
    """The day the work was done, and a word about it."""

    completed_on = DateField(label=_("Ngày hoàn thành"))
    note = forms.CharField(label=_("Ý kiến"), max_length=2000, required=False, widget=forms.Textarea(attrs={"rows": 3}))


class LeadForm(forms.Form):
    """Another lead and why."""

    lead = OrganizationField(label=_("Đơn vị chủ trì mới"), help_text=_("Gõ tên, tên tắt hoặc ký hiệu, không cần dấu."))
    note = forms.CharField(
        label=_("Lý do"),
        max_length=1500,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": _("Hãy ghi lý do.")},
    )

    def __init__(self, *args: Any, index: OrganizationIndex, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["lead"].index = index  # type: ignore[attr-defined]


class AmendForm(forms.Form):
    """What the task asks for from now on, and why."""

    content = forms.CharField(
        label=_("Nội dung giao"),
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 5}),
        error_messages={"required": _("Hãy ghi nội dung nhiệm vụ.")},
    )
    product = forms.CharField(label=_("Sản phẩm phải đạt"), max_length=500, required=False)
    due_on = DateField(label=_("Hạn"), required=False)
    note = forms.CharField(
        label=_("Lý do"),
        max_length=1500,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Hãy ghi lý do.")},
    )


class PassForm(forms.Form):
    """Who carries the task out."""

    person = forms.ModelChoiceField(
        Person.objects.none(), label=_("Người thực hiện"), required=False, empty_label=_("Chưa phân công")
    )
    note = forms.CharField(
        label=_("Ý kiến giao việc"), max_length=1500, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )

    def __init__(self, *args: Any, people: Iterable[Person], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self.fields["person"], people, Person)


def offer(field: forms.Field, rows: Iterable[Any], model: type[Organization] | type[Person]) -> None:
    """Offer these rows, in the order they were found."""
    found = list(rows)
    field.queryset = model.objects.filter(pk__in=[one.pk for one in found])  # type: ignore[attr-defined]
    field.choices = [  # type: ignore[attr-defined]
        *([("", field.empty_label)] if field.empty_label is not None else []),  # type: ignore[attr-defined]
        *((one.pk, str(one)) for one in found),
    ]
