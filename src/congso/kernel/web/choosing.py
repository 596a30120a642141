"""Choosing a person or an organization by typing a name; the page carries `web/js/suggest.js`, which proposes."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from congso.kernel.directory.models import Organization, Person


class Suggested(forms.TextInput):
    """A code that a list proposes while one types a name; works without script when the code is known."""

    template_name = "web/widgets/suggested.html"

    def __init__(self, what: str = "organization") -> None:
        super().__init__({"data-suggest": what, "autocomplete": "off", "spellcheck": "false"})


class OrganizationField(forms.CharField):
    """One organization, by its code."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("help_text", _("Gõ tên để tìm, hoặc gõ mã."))
        super().__init__(max_length=40, widget=Suggested(), **kwargs)

    def clean(self, value: Any) -> Organization | None:
        code = super().clean(value)
        if not code:
            return None
        found = Organization.objects.filter(code=code.strip()).select_related("parent").first()
        if found is None:
            raise forms.ValidationError(_("Không có tổ chức mang mã “%(code)s”.") % {"code": code})
        return found


class PersonField(forms.CharField):
    """A person, as the list proposes her: her number and name."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("help_text", _("Gõ tên để tìm, chọn trong danh sách."))
        super().__init__(max_length=160, widget=Suggested("person"), **kwargs)

    def clean(self, value: Any) -> Person | None:
        text = super().clean(value)
        if not text:
            return None
        number = text.split()[0].removeprefix("#")
        found = Person.objects.filter(pk=int(number)).first() if number.isascii() and number.isdigit() else None
        if found is None:
            raise forms.ValidationError(_("Hãy chọn một người trong danh sách gợi ý."))
        return found
