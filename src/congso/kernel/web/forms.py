"""Fields and widgets the office's forms share. Templates draw them with `{% field form.name %}`."""

from datetime import date
from typing import Any

from django import forms
from django.forms.utils import flatatt
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from congso.kernel.web.filters import DATE_FORMS


class DateInput(forms.DateInput):
    """A day typed as 5/2/2026, 05-02-2026 or 05022026; on a touch screen the browser's date wheel."""

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        base = {"data-date": "", "inputmode": "numeric", "autocomplete": "off", "placeholder": _("ngày/tháng/năm")}
        super().__init__(attrs={**base, **(attrs or {})}, format="%d/%m/%Y")


class LeanSelect(forms.Select):
    """A choice among a few, written without a template for each option: for pages that ask it hundreds of times."""

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        chosen = str(value or "")
        options = format_html_join(
            "", "<option{}>{}</option>",
            ((flatatt({"value": key, "selected": str(key) == chosen}), label) for key, label in self.choices),
        )  # fmt: skip
        return format_html("<select{}>{}</select>", flatatt(self.build_attrs(attrs or {}, {"name": name})), options)


class DateField(forms.DateField):
    """A day as Vietnamese offices write it."""

    widget = DateInput
    default_error_messages = {"invalid": _("Hãy nhập ngày theo dạng ngày/tháng/năm, ví dụ 05/02/2026.")}

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(input_formats=list(DATE_FORMS), **kwargs)

    def to_python(self, value: Any) -> date | None:
        day = super().to_python(value)
        if day is not None and not 1900 <= day.year <= 2200:
            raise forms.ValidationError(self.error_messages["invalid"], code="invalid")
        return day


class PickMany(forms.CheckboxSelectMultiple):
    """Choose several of many (units to coordinate): a list that filters as one types."""

    template_name = "web/widgets/picker.html"


class PickOne(forms.RadioSelect):
    """Choose exactly one of many (the lead unit): a list that filters as one types."""

    template_name = "web/widgets/picker.html"


class ReasonForm(forms.Form):
    """Why: asked by acts that send back, withdraw or cancel."""

    note = forms.CharField(
        label=_("Lý do"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": _("Hãy ghi lý do.")},
    )


class NoteForm(forms.Form):
    """An opinion one may add to an act."""

    note = forms.CharField(
        label=_("Ý kiến"),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
