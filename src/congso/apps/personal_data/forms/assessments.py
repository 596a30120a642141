"""Writing an impact assessment, and what is noted about it."""

from datetime import date
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from congso.apps.personal_data.models import Assessment, AssessmentKind, DataKind
from congso.apps.personal_data.queries import processing_register
from congso.apps.personal_data.services.assessments import AssessmentFacts, Letter
from congso.kernel.regulations.queries import value
from congso.kernel.web.forms import DateField

_NAMES = tuple(AssessmentFacts.__dataclass_fields__)


def _area(label: Any, *, required: bool = False, **more: Any) -> forms.CharField:
    widget = forms.Textarea(attrs={"rows": 4})
    return forms.CharField(label=label, max_length=5000, required=required, widget=widget, **more)


def _activities() -> list[tuple[str, str]]:
    """The lines of the register of processing, by name; the words stand in the assessment."""
    return [(name, name) for name in sorted({one.activity for one in processing_register()})]


class AssessmentForm(forms.Form):
    """What an assessment says."""

    title = forms.CharField(
        label=_("Hoạt động xử lý"), max_length=300, help_text=_("Ví dụ: Quản lý hồ sơ đảng viên trên Cổng Số.")
    )
    kind = forms.ChoiceField(label=_("Loại hồ sơ"), choices=AssessmentKind.choices, initial=AssessmentKind.PROCESSING)
    begun_on = DateField(label=_("Ngày bắt đầu xử lý"), help_text=_("Thời hạn lập hồ sơ tính từ ngày này."))
    purpose = _area(_("Mục đích xử lý"), required=True)
    activities = forms.MultipleChoiceField(
        label=_("Dòng trong sổ hoạt động xử lý"),
        choices=_activities,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    data_kinds = forms.MultipleChoiceField(
        label=_("Loại dữ liệu"), choices=DataKind.choices, required=False, widget=forms.CheckboxSelectMultiple
    )
    people_count = forms.IntegerField(label=_("Số chủ thể dữ liệu"), required=False, min_value=0, max_value=100_000_000)
    recipients = _area(_("Bên xử lý, bên nhận dữ liệu"))
    retention = _area(_("Thời hạn lưu, khi nào xóa"))
    risks = _area(_("Rủi ro cho chủ thể dữ liệu"))
    measures = _area(_("Biện pháp bảo vệ"))
    contact = forms.CharField(
        label=_("Đầu mối bảo vệ dữ liệu"), max_length=500, required=False,
        help_text=_("Họ tên, chức vụ, điện thoại công vụ."),
    )  # fmt: skip

    def facts(self) -> AssessmentFacts:
        """What the services take."""
        return AssessmentFacts(**{name: self.cleaned_data[name] for name in _NAMES})

    @staticmethod
    def known(found: Assessment) -> dict[str, Any]:
        """The form's values for an assessment as it stands."""
        return {name: getattr(found, name) for name in _NAMES}


class LetterForm(forms.Form):
    """A letter to or from the competent body."""

    happened_on = DateField(label=_("Ngày văn bản"))
    body = forms.CharField(label=_("Cơ quan chuyên trách"), max_length=300, required=False)
    reference = forms.CharField(label=_("Số, ký hiệu văn bản"), max_length=120, required=False)
    words = _area(_("Nội dung"))

    def __init__(self, *args: Any, needs_words: bool = False, **more: Any) -> None:
        super().__init__(*args, **more)
        today = timezone.localdate()
        self.fields["happened_on"].initial = today
        self.fields["body"].initial = value("personal_data.breach_addressee", on=today)
        self.fields["words"].required = needs_words

    def letter(self) -> Letter:
        """What the services take."""
        return Letter(**self.cleaned_data)


class ReviseForm(forms.Form):
    """Why an assessment is taken up again, and the day of a change that has to be written within the law's days."""

    note = _area(_("Cập nhật vì sao"), required=True)
    changed_on = DateField(
        label=_("Ngày thay đổi"), required=False,
        help_text=_("Ghi khi thay đổi thuộc diện phải cập nhật: thời hạn tính từ ngày này. Rà soát định kỳ để trống."),
    )  # fmt: skip

    def facts(self) -> dict[str, str | date | None]:
        """What the service takes."""
        return {"note": self.cleaned_data["note"], "changed_on": self.cleaned_data["changed_on"]}
