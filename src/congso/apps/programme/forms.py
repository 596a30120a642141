"""What people write of programmes."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from congso.apps.programme.models import Body, Handling, Item, Programme, Span
from congso.apps.programme.services import ItemFacts, NewProgramme
from congso.kernel.directory.models import Organization
from congso.kernel.web.choosing import OrganizationField, PersonField
from congso.kernel.web.forms import DateField, PickMany
from congso.lib.workdays import add_months

_REASON = {"required": _("Hãy ghi lý do.")}
_FARTHEST = 18


def _months(first: date, count: int) -> list[tuple[str, str]]:
    return [(f"{day:%Y-%m}", f"{day:%m/%Y}") for day in (add_months(first, step) for step in range(count))]


def _month(written: str) -> date | None:
    return date(int(written[:4]), int(written[5:7]), 1) if written else None


class ProgrammeForm(forms.Form):
    """Whose programme, for which days."""

    organization = forms.ModelChoiceField(Organization.objects.none(), label=_("Cơ quan"), empty_label=None)
    body = forms.ChoiceField(label=_("Của"), choices=Body, initial=Body.STANDING)
    span = forms.ChoiceField(label=_("Thời gian"), choices=Span, initial=Span.MONTH)
    day = DateField(label=_("Kỳ có ngày"), help_text=_("Một ngày bất kỳ của tháng, quý, năm ấy."))
    note = forms.CharField(
        label=_("Căn cứ, yêu cầu chung"), max_length=2000, required=False, widget=forms.Textarea({"rows": 3})
    )

    def __init__(self, data: Any, *, offices: Any, today: date) -> None:
        super().__init__(data, initial={"day": today})
        self.fields["organization"].queryset = offices  # type: ignore[attr-defined]  # a choice among models

    def told(self) -> NewProgramme:
        """What was answered."""
        return NewProgramme(**self.cleaned_data)


class ItemForm(forms.Form):
    """One item; `reason` is asked of approved programmes."""

    content = forms.CharField(label=_("Nội dung"), max_length=1000, widget=forms.Textarea({"rows": 3}))
    preparer = OrganizationField(label=_("Cơ quan chuẩn bị"), required=False)
    verifier = OrganizationField(label=_("Cơ quan thẩm định"), required=False)
    supervisor = PersonField(label=_("Lãnh đạo chỉ đạo"), required=False)
    output = forms.CharField(label=_("Hình thức văn bản"), max_length=200, required=False)
    month = forms.ChoiceField(label=_("Tháng"), required=False)
    session_on = DateField(label=_("Ngày họp"), required=False)
    papers_due_on = DateField(
        label=_("Hạn gửi tài liệu"), required=False, help_text=_("Để trống: tính từ ngày họp theo quy định.")
    )
    place = forms.IntegerField(label=_("Số thứ tự"), min_value=1, max_value=999, required=False)
    reason = forms.CharField(label=_("Lý do"), max_length=500, error_messages=_REASON)

    def __init__(self, data: Any, *, programme: Programme, item: Item | None = None) -> None:
        super().__init__(data, initial=_initial(item) if item else None)
        months = _months(programme.period.start, _span_months(programme))
        self.fields["month"].choices = [("", "–"), *months]  # type: ignore[attr-defined]  # a choice
        if not programme.revision:
            del self.fields["reason"]

    def told(self) -> ItemFacts:
        """What was answered."""
        facts = {key: value for key, value in self.cleaned_data.items() if key != "reason"}
        return ItemFacts(**{**facts, "month": _month(facts["month"])})

    @property
    def reason_given(self) -> str:
        """Why an approved programme is changed; empty for a draft."""
        return str(self.cleaned_data.get("reason", ""))


def _initial(item: Item) -> dict[str, Any]:
    return {
        "content": item.content, "preparer": item.preparer.code if item.preparer else "",
        "verifier": item.verifier.code if item.verifier else "",
        "supervisor": f"#{item.supervisor_id} {item.supervisor}" if item.supervisor else "", "output": item.output,
        "month": f"{item.month:%Y-%m}" if item.month else "", "session_on": item.session_on,
        "papers_due_on": item.papers_due_on, "place": item.place,
    }  # fmt: skip


def _span_months(programme: Programme) -> int:
    first, last = programme.period.start, programme.period.end
    return (last.year - first.year) * 12 + last.month - first.month + 1


class ConsultForm(forms.Form):
    """Which units, until when."""

    units = forms.ModelMultipleChoiceField(Organization.objects.none(), label=_("Đơn vị góp ý"), widget=PickMany)
    until = DateField(label=_("Góp ý đến hết ngày"))
    note = forms.CharField(label=_("Lời nhắn"), max_length=2000, required=False, widget=forms.Textarea({"rows": 2}))

    def __init__(self, data: Any, *, units: Any, chosen: Iterable[int], until: date | None) -> None:
        super().__init__(data, initial={"units": list(chosen), "until": until})
        self.fields["units"].queryset = units  # type: ignore[attr-defined]  # a choice among models


class OpinionForm(forms.Form):
    """What a unit says."""

    organization = forms.ChoiceField(label=_("Thay mặt đơn vị"))
    item = forms.ChoiceField(label=_("Về nội dung"), required=False)
    text = forms.CharField(label=_("Góp ý"), max_length=3000, widget=forms.Textarea({"rows": 4}))

    def __init__(self, data: Any, *, units: Iterable[Organization], items: Iterable[Item]) -> None:
        super().__init__(data)
        self.fields["organization"].choices = [(str(one.pk), one.name) for one in units]  # type: ignore[attr-defined]
        about = [(str(one.pk), f"{one.place}. {one.content[:80]}") for one in items]
        self.fields["item"].choices = [("", _("Toàn bộ dự thảo")), *about]  # type: ignore[attr-defined]  # a choice


class AnswerForm(forms.Form):
    """What became of it."""

    handling = forms.ChoiceField(label=_("Xử lý"), choices=[one for one in Handling.choices if one[0] != Handling.OPEN])
    answer = forms.CharField(label=_("Giải trình"), max_length=1000, required=False, widget=forms.Textarea({"rows": 3}))


class PostponeForm(forms.Form):
    """To which month, why."""

    to = forms.ChoiceField(label=_("Lùi đến tháng"))
    reason = forms.CharField(
        label=_("Lý do"), max_length=500, widget=forms.Textarea({"rows": 3}), error_messages=_REASON
    )

    def __init__(self, data: Any, *, item: Item) -> None:
        super().__init__(data)
        stood = item.session_on or item.month or item.programme.first_day
        self.fields["to"].choices = _months(add_months(stood.replace(day=1), 1), _FARTHEST)  # type: ignore[attr-defined]

    @property
    def month(self) -> date | None:
        """Its first day."""
        return _month(self.cleaned_data["to"])


class WithdrawForm(forms.Form):
    """Why."""

    reason = forms.CharField(
        label=_("Lý do"), max_length=500, widget=forms.Textarea({"rows": 3}), error_messages=_REASON
    )


class PapersForm(forms.Form):
    """When the papers came."""

    on = DateField(label=_("Ngày nhận tài liệu"), required=False, help_text=_("Để trống: chưa nhận."))


class CompleteForm(forms.Form):
    """When a session took it up, what came of it."""

    on = DateField(label=_("Ngày xem xét"))
    outcome = forms.CharField(
        label=_("Kết quả"), max_length=500, required=False, help_text=_("Số, ký hiệu văn bản đã ban hành.")
    )


class CarryForm(forms.Form):
    """Which items to take over."""

    items = forms.MultipleChoiceField(label=_("Nội dung"), widget=forms.CheckboxSelectMultiple)
    reason = forms.CharField(label=_("Lý do"), max_length=500, error_messages=_REASON)

    def __init__(self, data: Any, *, found: Iterable[Item], programme: Programme) -> None:
        choices = [(str(one.pk), _carried_words(one)) for one in found]
        super().__init__(data, initial={"items": [key for key, _words in choices]})
        self.fields["items"].choices = choices  # type: ignore[attr-defined]  # a choice
        if not programme.revision:
            del self.fields["reason"]


def _carried_words(item: Item) -> str:
    when = item.moved_to or item.session_on or item.month
    return f"{item.content} ({item.programme.period.name}{f', {when:%m/%Y}' if when else ''})"
