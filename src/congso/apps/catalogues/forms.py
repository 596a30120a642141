"""What keepers fill in: one code, a spreadsheet, the publication, the list's settings."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from congso.kernel.catalogues.models import Catalogue, Item
from congso.kernel.catalogues.services import ItemFacts
from congso.kernel.catalogues.services.importing import HEADS
from congso.kernel.directory.models import Organization
from congso.kernel.web.forms import DateField

_ATTRIBUTE = "attribute_"


class ItemForm(forms.Form):
    """One code of a draft. The code of an item that stands is not changed: another code is another item."""

    code = forms.CharField(
        label=_("Mã"), max_length=60, help_text=_("Chữ không dấu, số, dấu chấm, gạch; đã ban hành thì không đổi.")
    )
    name = forms.CharField(label=_("Tên"), max_length=300)
    parent_code = forms.CharField(label=_("Mã cha"), max_length=60, required=False)
    place = forms.IntegerField(label=_("Thứ tự"), min_value=0, max_value=1_000_000, required=False)
    valid_from = DateField(label=_("Dùng từ ngày"), required=False)
    valid_to = DateField(
        label=_("Đóng từ ngày"), required=False, help_text=_("Từ ngày này không chọn được nữa; hồ sơ cũ giữ nguyên.")
    )
    replaced_by = forms.CharField(label=_("Thay bằng mã"), max_length=60, required=False)

    def __init__(self, *args: Any, catalogue: Catalogue, item: Item | None = None, **kwargs: Any) -> None:
        initial = {**item.facts(), **_prefixed(item.attributes)} if item else {}
        kwargs["initial"] = initial | kwargs.get("initial", {})
        super().__init__(*args, **kwargs)
        self.fields["code"].disabled = item is not None
        for one in catalogue.attributes:
            self.fields[_ATTRIBUTE + one["key"]] = _attribute_field(one)

    def facts(self) -> ItemFacts:
        """The item as the service takes it."""
        data = dict(self.cleaned_data)
        attributes = {key.removeprefix(_ATTRIBUTE): data.pop(key) for key in list(data) if key.startswith(_ATTRIBUTE)}
        data["place"] = data["place"] or 0
        return ItemFacts(**data, attributes=attributes)


def _attribute_field(one: dict[str, Any]) -> forms.Field:
    if one.get("choices"):
        return forms.ChoiceField(label=one["name"], choices=[("", "—"), *one["choices"].items()], required=False)
    return forms.CharField(label=one["name"], max_length=500, required=False)


def _prefixed(attributes: dict[str, Any]) -> dict[str, Any]:
    return {_ATTRIBUTE + key: value for key, value in attributes.items()}


class LoadForm(forms.Form):
    """A spreadsheet; `text` is the same table again when what was previewed is taken."""

    file = forms.FileField(label=_("Tệp CSV hoặc Excel (.xlsx)"), required=False)
    text = forms.CharField(widget=forms.HiddenInput, required=False, strip=False)
    close_missing = forms.BooleanField(label=_("Đóng những mã không có trong tệp"), required=False)
    on = DateField(label=_("Đóng từ ngày"), initial=timezone.localdate, required=False)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if not data.get("file") and not data.get("text"):
            self.add_error("file", _("Hãy chọn tệp."))
        if data.get("close_missing") and not data.get("on"):
            self.add_error("on", _("Hãy ghi ngày đóng."))
        return data


class PublishForm(forms.Form):
    """From which day, by which document."""

    on = DateField(label=_("Có hiệu lực từ ngày"), initial=timezone.localdate)
    source = forms.CharField(label=_("Văn bản ban hành"), max_length=300, help_text=_("Số, ngày, cơ quan ban hành."))


class SettingsForm(forms.Form):
    """Who keeps the list, and whether anybody may read it."""

    keeper = forms.CharField(
        label=_("Đơn vị giữ danh mục (mã)"), max_length=40, required=False,
        help_text=_("Quản trị viên của đơn vị này được soạn và ban hành; để trống: chỉ quản trị viên chung."),
    )  # fmt: skip
    is_open = forms.BooleanField(
        label=_("Công bố làm dữ liệu mở, ai cũng đọc được không cần đăng nhập"), required=False
    )
    licence = forms.CharField(label=_("Điều kiện sử dụng lại"), max_length=300)

    def clean_keeper(self) -> Organization | None:
        code = self.cleaned_data["keeper"].strip().upper()
        if not code:
            return None
        found = Organization.objects.filter(code=code, valid_to__isnull=True).first()
        if found is None:
            raise forms.ValidationError(_("Không có tổ chức mang mã này."))
        return found


COLUMN_WORDS = ", ".join(HEADS.values())
