"""What people type while they go through proposals and hand them out."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from congso.apps.directives.forms.tasks import OrganizationInput, TaskRowForm, offer
from congso.apps.directives.models import DeadlineKind, Mention, PlanReading, ProposedTask
from congso.apps.directives.queries import OrganizationIndex, UnitFinder, UnknownOrganization, in_words
from congso.apps.directives.rules import last_day_of
from congso.apps.directives.services import Correction, Spread, Terms
from congso.kernel.directory.models import Organization, Person
from congso.kernel.web.forms import DateField
from congso.lib.recurrences import Recurrence
from congso.lib.vietnamese_dates import NotADate


class StartForm(forms.Form):
    """In whose name a document is read, and which reading it amends."""

    organization = forms.ModelChoiceField(Organization.objects.none(), label=_("Nơi giao"), empty_label=None)
    previous = forms.ModelChoiceField(
        PlanReading.objects.none(),
        label=_("So với lần đọc trước"),
        required=False,
        empty_label=_("Không so sánh"),
        help_text=_("Khi văn bản này sửa đổi, thay thế văn bản đã giao việc: chọn lần đọc ấy để xem việc nào đổi."),
    )

    def __init__(
        self, *args: Any, owners: Iterable[Organization], earlier: Iterable[PlanReading], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        offer(self.fields["organization"], owners, Organization)
        found = list(earlier)
        previous = self.fields["previous"]
        previous.queryset = PlanReading.objects.filter(pk__in=[one.pk for one in found])  # type: ignore[attr-defined]
        previous.choices = [  # type: ignore[attr-defined]
            ("", previous.empty_label),  # type: ignore[attr-defined]
            *((one.pk, f"{one.record} · {one.at:%d/%m/%Y} · {one.given} nhiệm vụ") for one in found),  # type: ignore[attr-defined]
        ]


class ProposalForm(TaskRowForm):
    """A row under correction: the grid's rules, units as the paper writes them, a year for a day."""

    priority = None  # type: ignore[assignment]  # Django's way to leave a field out
    chapter = forms.CharField(label=_("Nhóm nhiệm vụ"), max_length=200, required=False)
    lead = forms.CharField(  # type: ignore[assignment]
        label=_("Chủ trì"), max_length=500, required=False, widget=OrganizationInput()
    )
    supporting = forms.CharField(  # type: ignore[assignment]
        label=_("Phối hợp"), required=False, widget=OrganizationInput(many=True)
    )
    start = forms.CharField(label=_("Từ"), max_length=30, required=False)

    field_order = ("clause", "chapter", "content", "lead", "supporting", "deadline", "start", "due", "product")

    def __init__(
        self, *args: Any, row: ProposedTask, finder: UnitFinder, units: Mapping[int, Organization], **kwargs: Any
    ) -> None:
        self.row, self.finder = row, finder
        self.written = {in_words(one, units): one for one in (*row.supported_by, row.led_by) if one.written}
        kwargs["initial"] = _initial(row, units)
        super().__init__(*args, index=finder.index, prefix=f"r{row.pk}", **kwargs)
        self.initial["deadline"] = row.recurrence or row.deadline_kind
        self.fields["content"].widget.attrs |= {"rows": 4, "data-first": ""}

    def clean_lead(self) -> Mention:
        """The lead of the row; words that were not touched stay what they are."""
        typed, written = self.cleaned_data["lead"], self.row.led_by.written
        return self._mention(typed, written) if typed.strip() else Mention(written)

    def clean_supporting(self) -> tuple[Mention, ...]:
        """The supporting units, parted by semicolons."""
        typed = [part.strip() for part in self.cleaned_data["supporting"].split(";")]
        return tuple(self._mention(part, part) for part in typed if part)

    def clean_start(self) -> str:
        """A day or a year as rows keep it."""
        typed = self.cleaned_data["start"].strip()
        try:
            return self._kept_day(typed) if typed else ""
        except NotADate as wrong:
            raise forms.ValidationError(str(wrong)) from None

    def correction(self) -> Correction:
        """The row as the service takes it."""
        data = self.cleaned_data
        kind, words = data["kind"], data.get("due", "").strip()
        recurs = kind in set(Recurrence)
        is_dated = recurs or kind == DeadlineKind.FIXED
        return Correction(
            text=data["content"], lead=data["lead"], supporting=data["supporting"], clause=data["clause"],
            chapter=data["chapter"], start=data["start"], product=data["product"],
            due=self._kept_day(words) if is_dated and data["day"] else "",
            deadline_kind=DeadlineKind.RECURRING.value if recurs else kind,
            recurrence=kind if recurs else "",
            schedule_text=words if kind == DeadlineKind.AS_DIRECTED else self.row.schedule_text if is_dated else "",
            no_deadline_reason=words if kind == DeadlineKind.NONE else "",
        )  # fmt: skip

    def _mention(self, typed: str, written: str) -> Mention:
        if typed.strip() in self.written:
            return self.written[typed.strip()]
        try:
            return self.finder.find(typed, written=written or typed)
        except UnknownOrganization as unknown:
            raise forms.ValidationError(str(unknown)) from None

    def _day(self, words: str) -> date:
        return (last_day_of(words) if _is_year(words) else None) or super()._day(words)

    def _kept_day(self, typed: str) -> str:
        return typed if _is_year(typed) else super()._day(typed).isoformat()


class UnitForm(forms.Form):
    """Which unit the paper means, here or wherever it is written so."""

    unit = forms.CharField(
        label=_("Là đơn vị nào"), max_length=300, widget=OrganizationInput(),
        help_text=_("Gõ tên, tên tắt, ký hiệu, không cần dấu; hoặc tên một nhóm như “các đảng ủy xã, phường”."),
        error_messages={"required": _("Hãy chọn đơn vị.")},
    )  # fmt: skip
    everywhere = forms.BooleanField(label=_("Dùng cho mọi chỗ viết như vậy"), required=False, initial=True)

    def __init__(self, *args: Any, written: str, finder: UnitFinder, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.written, self.finder = written, finder
        self.fields["unit"].widget.attrs["data-first"] = ""

    def clean_unit(self) -> Mention:
        """What the words on the paper stand for."""
        try:
            return self.finder.find(self.cleaned_data["unit"], written=self.written)
        except UnknownOrganization as unknown:
            raise forms.ValidationError(str(unknown)) from None


class HandOutForm(forms.Form):
    """What all tasks of a hand-out share."""

    source_symbol = forms.CharField(label=_("Văn bản giao"), max_length=120)
    assigned_on = DateField(label=_("Ngày giao"))
    due_on = DateField(
        label=_("Hạn chung cho việc không ghi hạn"), required=False, help_text=_("Để trống: 10 ngày kể từ ngày giao.")
    )
    supervisor = forms.ModelChoiceField(
        Person.objects.none(), label=_("Lãnh đạo chỉ đạo"), required=False, empty_label=_("Không ghi")
    )
    tracker = forms.ModelChoiceField(
        Person.objects.none(), label=_("Người theo dõi, đôn đốc"), required=False, empty_label=_("Không ghi")
    )

    def __init__(self, *args: Any, leaders: Iterable[Person], trackers: Iterable[Person], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self.fields["supervisor"], leaders, Person)
        offer(self.fields["tracker"], trackers, Person)

    def terms(self, spreads: Mapping[str, Spread]) -> Terms:
        """As the service takes it."""
        return Terms(**self.cleaned_data, spreads=spreads)


class GroupForm(forms.Form):
    """How a group named as lead gets the work, asked plainly."""

    EACH, ONE = "each", "one"
    how = forms.ChoiceField(
        choices=[
            (EACH, _("Mỗi đơn vị một nhiệm vụ riêng")),
            (ONE, _("Một nhiệm vụ chung: một đơn vị chủ trì, các đơn vị khác phối hợp")),
        ],
        widget=forms.RadioSelect,
        initial=EACH,
    )
    lead = forms.CharField(label=_("Đơn vị chủ trì"), required=False, max_length=300, widget=OrganizationInput())

    def __init__(self, *args: Any, group: str, rows: int, size: int, index: OrganizationIndex, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.group, self.rows, self.size, self.index = group, rows, size, index
        self.fields["how"].label = _("%(group)s (%(size)s đơn vị) chủ trì %(rows)s dòng") % {
            "group": group, "size": size, "rows": rows,
        }  # fmt: skip

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        data["spread"] = Spread()
        if data.get("how") != self.ONE:
            return data
        try:
            data["spread"] = Spread(self.index.find(data.get("lead", "")))
        except UnknownOrganization as unknown:
            self.add_error("lead", str(unknown) if data.get("lead") else _("Hãy chọn đơn vị chủ trì nhiệm vụ chung."))
        return data


def _initial(row: ProposedTask, units: Mapping[int, Organization]) -> dict[str, Any]:
    words = {DeadlineKind.AS_DIRECTED: row.schedule_text, DeadlineKind.NONE: row.no_deadline_reason}
    return {
        "clause": row.clause, "chapter": row.chapter, "content": row.text, "lead": in_words(row.led_by, units),
        "supporting": "; ".join(in_words(one, units) for one in row.supported_by),
        "start": typed_day(row.start), "product": row.product,
        "due": words.get(DeadlineKind(row.deadline_kind), typed_day(row.due)),
    }  # fmt: skip


def typed_day(kept: str) -> str:
    """A kept day as people type it; a year stays a year."""
    return kept if len(kept) <= 4 else f"{date.fromisoformat(kept):%d/%m/%Y}"


def _is_year(words: str) -> bool:
    return len(words) == 4 and words.isascii() and words.isdigit() and 1900 <= int(words) <= 2200
