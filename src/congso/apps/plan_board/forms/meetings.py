"""Figures with their evidence, matters, decisions, the monthly pack."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from congso.apps.plan_board.forms.plans import FigureField
from congso.apps.plan_board.models import Item
from congso.kernel.web.forms import DateField


class FigureForm(forms.Form):
    """A target's value, as of a day, with what proves it."""

    value = FigureField(label=_("Số đạt được"))
    day = DateField(label=_("Tính đến ngày"))
    note = forms.CharField(
        label=_("Căn cứ"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Lấy ở đâu, ai xác nhận: biên bản, báo cáo, danh sách."),
        error_messages={"required": _("Hãy ghi căn cứ của số liệu.")},
    )
    evidence = forms.CharField(
        label=_("Văn bản, hồ sơ chứng minh"),
        max_length=80,
        required=False,
        help_text=_("Số, ký hiệu của văn bản trong hệ thống; để trống nếu không có."),
    )


class MatterForm(forms.Form):
    """What the committee is asked."""

    text = forms.CharField(label=_("Nội dung xin ý kiến"), max_length=2000, widget=forms.Textarea(attrs={"rows": 4}))
    item = forms.ChoiceField(label=_("Về mục"), required=False)

    def __init__(self, *args: Any, items: Sequence[Item], **more: Any) -> None:
        super().__init__(*args, **more)
        self._items = {str(one.pk): one for one in items}
        named = [(pk, str(one)[:90]) for pk, one in self._items.items()]
        self.fields["item"].choices = [("", _("Cả kế hoạch")), *named]  # type: ignore[attr-defined]

    @property
    def about(self) -> Item | None:
        """The item it is about."""
        return self._items.get(self.cleaned_data["item"])


class DecisionForm(forms.Form):
    """What the committee decided."""

    text = forms.CharField(label=_("Kết luận"), max_length=2000, widget=forms.Textarea(attrs={"rows": 4}))


class PackForm(forms.Form):
    """The month's meeting."""

    month = forms.ChoiceField(label=_("Tháng"))
    meeting_on = DateField(label=_("Ngày họp"))
    place = forms.CharField(label=_("Địa điểm"), max_length=200, required=False)
    agenda = forms.CharField(
        label=_("Nội dung họp"),
        max_length=10_000,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_("Mỗi dòng một nội dung."),
    )

    def __init__(self, *args: Any, months: Sequence[tuple[str, str]], **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["month"].choices = months  # type: ignore[attr-defined]
