"""Writing a breach down, bringing it up to date, reporting it."""

from datetime import date, datetime, time
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from congso.apps.personal_data.models import Breach, BreachCause, DataKind
from congso.apps.personal_data.services.breaches import BreachFacts
from congso.kernel.regulations.queries import value
from congso.kernel.web.forms import DateField


def _area(label: Any, rows: int = 4, **more: Any) -> forms.CharField:
    return forms.CharField(
        label=label, max_length=5000, required=False, widget=forms.Textarea(attrs={"rows": rows}), **more
    )


def _hour(label: Any, **more: Any) -> forms.TimeField:
    widget = forms.TimeInput(format="%H:%M", attrs={"placeholder": _("giờ:phút"), "autocomplete": "off"})
    return forms.TimeField(
        label=label,
        widget=widget,
        input_formats=["%H:%M", "%Hh%M", "%H.%M", "%Hh"],
        error_messages={"invalid": _("Hãy nhập giờ theo dạng giờ:phút, ví dụ 08:30.")},
        **more,
    )


def _moment(day: date | None, hour: time | None) -> datetime | None:
    return timezone.make_aware(datetime.combine(day, hour or time(0, 0))) if day else None


class FactsForm(forms.Form):
    """What is known of a breach."""

    description = forms.CharField(
        label=_("Đã xảy ra việc gì"),
        max_length=10000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Dòng đầu là tên sự cố. Không chép lại dữ liệu bị lộ vào đây."),
        error_messages={"required": _("Hãy ghi đã xảy ra việc gì.")},
    )
    happened_on = DateField(label=_("Ngày xảy ra"), required=False)
    happened_hour = _hour(_("Giờ xảy ra"), required=False)
    data_kinds = forms.MultipleChoiceField(
        label=_("Loại dữ liệu bị ảnh hưởng"),
        choices=DataKind.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    people_count = forms.IntegerField(
        label=_("Số người bị ảnh hưởng"), required=False, min_value=0, max_value=100_000_000
    )
    cause = forms.ChoiceField(label=_("Loại nguyên nhân"), choices=BreachCause.choices, initial=BreachCause.OTHER)
    cause_text = _area(_("Nguyên nhân"))
    consequences = _area(_("Hậu quả, thiệt hại có thể có"))
    measures = _area(_("Biện pháp đã và sẽ làm"))
    contact = forms.CharField(
        label=_("Đầu mối liên hệ"), max_length=500, required=False, help_text=_("Họ tên, chức vụ, điện thoại công vụ.")
    )

    def facts(self) -> BreachFacts:
        """What the services take."""
        told = self.cleaned_data
        plain = (
            "description",
            "data_kinds",
            "people_count",
            "cause",
            "cause_text",
            "consequences",
            "measures",
            "contact",
        )
        return BreachFacts(
            happened_at=_moment(told["happened_on"], told["happened_hour"]), **{name: told[name] for name in plain}
        )

    @staticmethod
    def known(breach: Breach) -> dict[str, Any]:
        """The form's values for a breach as it stands."""
        happened = timezone.localtime(breach.happened_at) if breach.happened_at else None
        plain = (
            "description",
            "data_kinds",
            "people_count",
            "cause",
            "cause_text",
            "consequences",
            "measures",
            "contact",
        )
        more = {"happened_on": happened.date(), "happened_hour": happened.time()} if happened else {}
        return {name: getattr(breach, name) for name in plain} | more


class NewBreachForm(forms.Form):
    """What anybody who finds a breach can say at once; the rest is written by who protects data."""

    description = FactsForm.base_fields["description"]
    discovered_on = DateField(label=_("Ngày phát hiện"))
    discovered_hour = _hour(_("Giờ phát hiện"), help_text=_("72 giờ tính từ lúc này, cả đêm và ngày nghỉ."))
    is_drill = forms.BooleanField(
        label=_("Đây là diễn tập"), required=False, help_text=_("Chỉ người phụ trách bảo vệ dữ liệu mở diễn tập.")
    )

    def __init__(self, *args: Any, now: datetime, **more: Any) -> None:
        here = timezone.localtime(now)
        more["initial"] = {"discovered_on": here.date(), "discovered_hour": here.time()}
        super().__init__(*args, **more)

    @property
    def discovered_at(self) -> datetime:
        """The moment of discovery."""
        told = self.cleaned_data
        return timezone.make_aware(datetime.combine(told["discovered_on"], told["discovered_hour"]))


class ReportForm(forms.Form):
    """Where a report went; why it went late."""

    addressee = forms.CharField(label=_("Nơi nhận"), max_length=300)
    reference = forms.CharField(label=_("Số, ký hiệu công văn"), max_length=120, required=False)
    late_reason = _area(_("Lý do báo cáo chậm"))

    def __init__(self, *args: Any, is_late: bool, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["addressee"].initial = value("personal_data.breach_addressee", on=timezone.localdate())
        if is_late:
            self.fields["late_reason"].required = True
        else:
            del self.fields["late_reason"]


class TellForm(forms.Form):
    """How many affected people were told, how, in which words."""

    people_count = forms.IntegerField(label=_("Số người đã báo"), min_value=1, max_value=100_000_000)
    means = forms.CharField(
        label=_("Cách báo"), max_length=300, help_text=_("Ví dụ: thư điện tử, gặp trực tiếp, niêm yết.")
    )
    words = forms.CharField(label=_("Nội dung đã báo"), max_length=5000, widget=forms.Textarea(attrs={"rows": 5}))
