"""What people write to the assistant: a question, what they think of an answer, a period."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from congso.kernel.web.forms import DateField


class QuestionForm(forms.Form):
    """One box."""

    question = forms.CharField(
        label=_("Câu hỏi"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 2, "autocomplete": "off", "enterkeyhint": "send"}),
        error_messages={
            "required": _("Hãy gõ câu hỏi."),
            "max_length": _("Câu hỏi dài quá 1.000 ký tự; hãy hỏi ngắn hơn."),
        },
    )


class JudgementForm(forms.Form):
    """Right or not, what would have been, and whether the question may be used for measuring."""

    verdict = forms.ChoiceField(choices=[("right", _("Đúng")), ("wrong", _("Chưa đúng"))])
    correction = forms.CharField(max_length=1000, required=False)
    is_shared = forms.BooleanField(required=False)


class PeriodForm(forms.Form):
    """From one day to another, at most a year."""

    first = DateField(label=_("Từ ngày"))
    last = DateField(label=_("Đến ngày"))

    def clean(self) -> dict[str, Any]:
        """The days in order, not too far apart."""
        found: dict[str, Any] = super().clean() or self.cleaned_data
        first, last = found.get("first"), found.get("last")
        if isinstance(first, date) and isinstance(last, date) and not 0 <= (last - first).days <= 366:
            raise forms.ValidationError(_("Ngày cuối phải sau ngày đầu, trong khoảng một năm."))
        return found
