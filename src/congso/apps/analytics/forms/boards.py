"""Dashboards and their questions."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from congso.apps.analytics.models import ChartKind, Dashboard, Group, MeasureKind, Question, Source, Standing, Window
from congso.apps.analytics.services import BoardFacts, QuestionFacts
from congso.kernel.directory.models import Organization
from congso.kernel.web.forms import PickMany


class BoardForm(forms.Form):
    """What a dashboard says of itself, and who sees it."""

    owner = forms.ModelChoiceField(Organization.objects.none(), label=_("Bảng của"))
    title = forms.CharField(label=_("Tên bảng"), max_length=200)
    words = forms.CharField(
        label=_("Dùng để làm gì"), max_length=1000, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )
    shared_with = forms.ModelMultipleChoiceField(
        Organization.objects.none(),
        label=_("Cơ quan khác cùng xem"),
        required=False,
        widget=PickMany,
        help_text=_("Mỗi người chỉ thấy số đếm trong phạm vi mình được xem; ô số nhỏ không hiện cho cơ quan khác."),
    )

    def __init__(self, *args: Any, owners: Sequence[Organization], units: Sequence[Organization], **more: Any) -> None:
        super().__init__(*args, **more)
        fields: Any = self.fields
        fields["owner"].queryset = Organization.objects.filter(pk__in=[one.pk for one in owners])
        fields["owner"].choices = [(one.pk, one.name) for one in owners]
        fields["shared_with"].queryset = Organization.objects.filter(pk__in=[one.pk for one in units])
        fields["shared_with"].choices = [(one.pk, one.name) for one in units]

    @classmethod
    def initial_of(cls, board: Dashboard) -> dict[str, Any]:
        """What the form is opened with."""
        return {
            "owner": board.owner_id, "title": board.title, "words": board.words, "shared_with": board.shared_with,
        }  # fmt: skip

    @property
    def facts(self) -> BoardFacts:
        """As the service takes it."""
        data = self.cleaned_data
        return BoardFacts(data["title"], data["words"], tuple(data["shared_with"]))


class QuestionForm(forms.Form):
    """What is counted, how it is narrowed, set apart and drawn."""

    title = forms.CharField(label=_("Tên"), max_length=200)
    source = forms.ChoiceField(label=_("Đếm gì"), choices=Source.choices)
    types = forms.MultipleChoiceField(
        label=_("Loại hồ sơ"), required=False, widget=forms.CheckboxSelectMultiple, help_text=_("Không chọn: tất cả.")
    )
    standing = forms.ChoiceField(label=_("Trong đó"), choices=Standing.choices)
    since = forms.ChoiceField(label=_("Bắt đầu trong"), choices=Window.choices)
    measure = forms.ChoiceField(label=_("Tính"), choices=MeasureKind.choices)
    indicator = forms.ChoiceField(label=_("Chỉ tiêu thống kê"), required=False)
    periods = forms.IntegerField(label=_("Số kỳ"), min_value=1, max_value=60, initial=12)
    below = forms.ModelChoiceField(Organization.objects.none(), label=_("Của cơ quan (và cấp dưới)"), required=False)
    split_by = forms.ChoiceField(label=_("Chia theo"), choices=Group.choices)
    chart = forms.ChoiceField(label=_("Vẽ"), choices=ChartKind.choices)

    def __init__(
        self, *args: Any, types: Sequence[tuple[str, Any]], indicators: Sequence[tuple[str, str]],
        units: Sequence[Organization], **more: Any,
    ) -> None:  # fmt: skip
        super().__init__(*args, **more)
        fields: Any = self.fields
        fields["types"].choices = types
        fields["indicator"].choices = [("", "—"), *indicators]
        fields["below"].queryset = Organization.objects.filter(pk__in=[one.pk for one in units])
        fields["below"].choices = [("", "—"), *((one.pk, one.name) for one in units)]

    @classmethod
    def initial_of(cls, question: Question) -> dict[str, Any]:
        """What the form is opened with."""
        names = QuestionFacts.__dataclass_fields__
        return {name: getattr(question, name) for name in names if name != "below"} | {"below": question.below_id}

    @property
    def facts(self) -> QuestionFacts:
        """As the service takes it."""
        return QuestionFacts(**self.cleaned_data)
