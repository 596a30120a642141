"""The shapes of input: the register entry, directions and passing on, reasons and results."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import fields
from datetime import date, datetime, time
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from congso.apps.documents import queries
from congso.apps.documents.models import Channel, FieldProposal, IncomingDocument
from congso.apps.documents.queries import Choice, ChoiceGroup
from congso.apps.documents.services import Entry, Order, Target
from congso.apps.documents.services.proposing import COLUMNS, form_value
from congso.kernel.catalogues.document_marks import Circulation, Urgency
from congso.kernel.catalogues.document_types import types_on
from congso.kernel.directory.models import Organization, Person
from congso.kernel.papers.proposals import FieldName
from congso.kernel.web.forms import DateField
from congso.lib.document_types import DocumentType, type_named, types_abbreviated
from congso.lib.symbols import parse_symbol
from congso.lib.vietnamese_dates import NotADate, parse_date

_LINES = {"rows": 3}
_ONE_LINE = _LINES | {"data-one-line": ""}  # Enter goes on: the register holds an abstract in one line
_NOW = {"autocomplete": "off"}


class TypedDateField(DateField):
    """A day as clerks type it: 5/2/2026, 5/2 (this year), 050226, hôm qua."""

    def to_python(self, value: Any) -> date | None:
        if not isinstance(value, str) or not value.strip():
            return super().to_python(value)
        try:
            return super().to_python(parse_date(value, today=timezone.localdate()).strftime("%d/%m/%Y"))
        except NotADate as error:
            raise forms.ValidationError(str(error), code="invalid") from None


class TypedMomentField(forms.CharField):
    """A day and an hour: 5/2/2026 14:30, 5/2 14h30."""

    def clean(self, value: Any) -> datetime | None:
        text = super().clean(value).strip()
        if not text:
            return None
        found = re.fullmatch(r"(.+?)[\s,]+(\d{1,2})(?:[:hg](\d{2})?)", text)
        try:
            if found is None:
                raise NotADate
            day = parse_date(found[1], today=timezone.localdate())
            hour = time(int(found[2]), int(found[3] or 0))
        except ValueError:
            raise forms.ValidationError(_("Hãy nhập ngày, giờ, ví dụ 5/2/2026 14:30."), code="invalid") from None
        return timezone.make_aware(datetime.combine(day, hour))


class EntryForm(forms.Form):
    """The register's fields in the order a clerk's eye reads a paper."""

    number = forms.CharField(label=_("Số, ký hiệu"), max_length=80, required=False, widget=forms.TextInput(_NOW))
    issued_on = TypedDateField(label=_("Ngày văn bản"), required=False)
    doc_type = forms.CharField(
        label=_("Tên loại"), max_length=60, required=False, help_text=_("Gõ tắt: KH, CV, TB… Để trống: theo ký hiệu.")
    )
    issuer_name = forms.CharField(label=_("Tác giả (cơ quan ban hành)"), max_length=300)
    title = forms.CharField(label=_("Trích yếu nội dung"), max_length=1000, widget=forms.Textarea(_ONE_LINE))
    signer_name = forms.CharField(label=_("Người ký"), max_length=120, required=False)
    signer_post = forms.CharField(label=_("Chức vụ người ký"), max_length=200, required=False)
    urgency = forms.TypedChoiceField(label=_("Độ khẩn"), choices=Urgency.choices, coerce=int, initial=0)
    deliver_by = TypedMomentField(label=_("Hẹn giờ"), required=False, help_text=_("Chỉ với hỏa tốc hẹn giờ"))
    received_on = TypedDateField(label=_("Ngày đến"))
    channel = forms.ChoiceField(label=_("Nhận qua"), choices=Channel.choices)
    pages = forms.IntegerField(label=_("Số trang"), min_value=1, max_value=100_000, required=False)
    copies = forms.IntegerField(label=_("Số bản"), min_value=1, max_value=10_000, initial=1)
    circulation = forms.ChoiceField(label=_("Phạm vi lưu hành"), choices=Circulation.choices, required=False)
    reply_due_on = TypedDateField(label=_("Hạn trả lời"), required=False)
    note = forms.CharField(label=_("Ghi chú"), max_length=1000, required=False)
    is_another = forms.BooleanField(label=_("Tôi đã kiểm tra: đây là văn bản khác, vẫn vào sổ"), required=False)

    def __init__(
        self, *args: Any, document: IncomingDocument, proposals: Sequence[FieldProposal] = (), **kwargs: Any
    ) -> None:
        self.document = document
        kwargs["initial"] = _entered(document) | _proposed(proposals) | kwargs.get("initial", {})
        super().__init__(*args, **kwargs)

    def clean(self) -> dict[str, Any]:
        """Resolve the type from its abbreviation, its name, or the symbol."""
        cleaned = super().clean() or {}
        typed = cleaned.get("doc_type", "").strip()
        symbol = parse_symbol(cleaned.get("number", ""))
        kinds = _types(typed or (symbol.type if symbol else ""), timezone.localdate(self.document.received_at))
        if len(kinds) == 1:
            cleaned["doc_type"] = kinds[0].key
        elif kinds:
            names = " hay ".join(kind.name for kind in kinds)
            self.add_error("doc_type", _("Là %(names)s? Hãy gõ tên đầy đủ.") % {"names": names})
        elif typed:
            self.add_error("doc_type", _("Không có tên loại “%(typed)s”.") % {"typed": typed})
        else:
            self.add_error("doc_type", _("Hãy nhập tên loại văn bản."))
        return cleaned

    def entry(self) -> Entry:
        """What the service writes into the register."""
        facts = {one.name: self.cleaned_data[one.name] for one in fields(Entry) if one.name in self.cleaned_data}
        day = self.cleaned_data["received_on"]
        arrived = timezone.localtime(self.document.received_at)
        if day != arrived.date():
            arrived = timezone.make_aware(datetime.combine(day, time(8)))
        return Entry(**facts, received_at=arrived, issuer=queries.issuer_named(facts["issuer_name"]))


class CorrectionForm(EntryForm):
    """The same fields, with why they are corrected."""

    reason = forms.CharField(label=_("Lý do sửa"), max_length=500)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["is_another"]


class OrderForm(forms.Form):
    """Who leads, who supports, who only needs to know; the words; the deadline."""

    text = forms.CharField(
        label=_("Ý kiến chỉ đạo"), max_length=3000, required=False, widget=forms.Textarea({"rows": 4})
    )
    due_on = TypedDateField(label=_("Hạn xử lý"), required=False)
    lead = forms.ChoiceField(label=_("Chủ trì"), required=False)
    support = forms.MultipleChoiceField(label=_("Phối hợp"), required=False)
    inform = forms.MultipleChoiceField(label=_("Để biết"), required=False)

    def __init__(self, *args: Any, groups: Sequence[ChoiceGroup], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.groups = groups
        offered = [(choice.key, choice.label) for group in groups for choice in group.choices]
        for name in ("lead", "support", "inform"):
            self.fields[name].choices = [("", ""), *offered] if name == "lead" else offered  # type: ignore[attr-defined]  # the three are choice fields

    @property
    def rows(self) -> list[tuple[str, list[tuple[Choice, str]]]]:
        """Groups with each choice and the part it has now."""
        lead, support, inform = (self[name].value() or [] for name in ("lead", "support", "inform"))
        parts = {lead: "lead"} if lead else {}
        parts |= dict.fromkeys(support, "support") | dict.fromkeys(inform, "inform")
        return [
            (group.label, [(choice, parts.get(choice.key, "")) for choice in group.choices]) for group in self.groups
        ]

    def order(self) -> Order:
        """What the service carries out."""
        facts = self.cleaned_data
        wanted = [facts["lead"], *facts["support"], *facts["inform"]]
        found = _targets([key for key in wanted if key])
        return Order(
            text=facts["text"],
            lead=found.get(facts["lead"]),
            support=tuple(found[key] for key in facts["support"]),
            inform=tuple(found[key] for key in facts["inform"]),
            due_on=facts["due_on"],
        )


class PresentForm(forms.Form):
    """Before whom, with what proposal."""

    to = forms.ModelChoiceField(
        label=_("Trình"), queryset=Person.objects.none(), required=False, empty_label=_("Tất cả lãnh đạo")
    )
    note = forms.CharField(
        label=_("Ý kiến đề xuất của văn phòng"), max_length=3000, required=False, widget=forms.Textarea(_LINES)
    )

    def __init__(self, *args: Any, document: IncomingDocument, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        leaders = queries.leaders_for(document.owner, timezone.localdate())
        self.fields["to"].queryset = leaders  # type: ignore[attr-defined]  # it is a ModelChoiceField


class ResultForm(forms.Form):
    """What was done, and the paper that answered."""

    note = forms.CharField(
        label=_("Kết quả xử lý"), max_length=5000, widget=forms.Textarea({"rows": 5}),
        error_messages={"required": _("Hãy ghi kết quả xử lý.")},
    )  # fmt: skip
    reply_symbol = forms.CharField(label=_("Số, ký hiệu văn bản trả lời"), max_length=120, required=False)


class WordsForm(forms.Form):
    """The leader's words that close a document nobody must work on."""

    note = forms.CharField(label=_("Ý kiến"), max_length=2000, initial=_("Đã xem, lưu."), widget=forms.Textarea(_LINES))


class ReplyForm(forms.Form):
    """The document that answers this one."""

    number = forms.CharField(
        label=_("Số, ký hiệu văn bản trả lời"),
        max_length=80,
        help_text=_("Văn bản đã có trong hệ thống, ví dụ 77-CV/TU."),
    )


def _types(written: str, day: date) -> tuple[DocumentType, ...]:
    """The types meant, of those the office's list had on the day the document came."""
    if not written:
        return ()
    known = types_on(day)
    named = type_named(written, known)
    return (named,) if named else types_abbreviated(written, known)


def _entered(document: IncomingDocument) -> dict[str, Any]:
    """What the form shows first: what the register holds already."""
    names = [name for name in EntryForm.base_fields if hasattr(document, name)]
    facts = {name: getattr(document, name) for name in names}
    if document.doc_type:
        facts["doc_type"] = document.type_name
    if document.deliver_by:
        facts["deliver_by"] = timezone.localtime(document.deliver_by).strftime("%d/%m/%Y %H:%M")
    if document.state == "received":
        facts["title"] = ""  # until it is registered the title is the file's name, or what the machine proposed
    return facts | {"received_on": timezone.localtime(document.received_at).date()}


def _proposed(proposals: Iterable[FieldProposal]) -> dict[str, Any]:
    """What the machine proposes, as the form shows it; empty where it found nothing."""
    taken = [one for one in proposals if one.name in COLUMNS]
    return {COLUMNS[FieldName(one.name)]: form_value(one.name, one.proposed) for one in taken}


def _targets(keys: Sequence[str]) -> dict[str, Target]:
    units = Organization.objects.in_bulk([int(key[1:]) for key in keys if key[0] == "u"])
    people = Person.objects.in_bulk([int(key[1:]) for key in keys if key[0] == "p"])
    return {
        key: Target(unit=units[int(key[1:])]) if key[0] == "u" else Target(person=people[int(key[1:])]) for key in keys
    }


def type_hints() -> list[tuple[str, str]]:
    """What the field of types proposes: abbreviation and name, as the office's list has them today."""
    return [(kind.abbreviation, kind.name) for kind in types_on(timezone.localdate())]
