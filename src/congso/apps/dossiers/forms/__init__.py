"""The forms of dossiers and the archive."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from congso.apps.dossiers import rules
from congso.apps.dossiers.models import (
    Condition,
    CouncilMember,
    DisposalItem,
    FilingRule,
    Language,
    Mode,
    ReadingRequest,
    Reliability,
)
from congso.apps.dossiers.queries import periods, schedule_rows
from congso.kernel.catalogues.document_types import types_on
from congso.kernel.web.choosing import OrganizationField, PersonField
from congso.kernel.web.forms import DateField

NOT_CHOSEN = ("", _("— chọn —"))


class PeriodField(forms.ChoiceField):
    """A retention period of the office's list, as it is today."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("label", _("Thời hạn lưu trữ"))
        super().__init__(choices=lambda: [NOT_CHOSEN, *periods(timezone.localdate())], **kwargs)


class TypeField(forms.ChoiceField):
    """A type of paper of the office's list, as it is today."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("label", _("Tên loại"))
        super().__init__(choices=_types, **kwargs)


def _types() -> list[tuple[str, Any]]:
    return [NOT_CHOSEN, *((kind.key, kind.name) for kind in types_on(timezone.localdate()))]


class LineForm(forms.Form):
    """One dossier of the yearly list."""

    heading = forms.CharField(label=_("Đề mục"), max_length=300, required=False)
    symbol = forms.CharField(label=_("Số và ký hiệu hồ sơ"), max_length=40)
    title = forms.CharField(label=_("Tiêu đề hồ sơ"), max_length=1000, widget=forms.Textarea(attrs={"rows": 2}))
    schedule = forms.ChoiceField(
        label=_("Nhóm trong bảng thời hạn lưu trữ"),
        required=False,
        choices=lambda: [NOT_CHOSEN, *((code, name) for code, name, _p in schedule_rows(timezone.localdate()))],
        help_text=_("Chọn nhóm để lấy thời hạn đề xuất; bảng do lưu trữ giữ ở mục Danh mục dùng chung."),
    )
    retention = PeriodField(required=False, help_text=_("Để trống: theo bảng thời hạn của nhóm đã chọn."))
    holder = PersonField(label=_("Người lập hồ sơ"), required=False)
    note = forms.CharField(label=_("Ghi chú"), max_length=1000, required=False)

    def clean(self) -> dict[str, Any]:
        """The proposed period of the group stands where none is chosen."""
        data = super().clean() or {}
        if not data.get("retention") and data.get("schedule"):
            proposed = {code: period for code, _name, period in schedule_rows(timezone.localdate())}
            data["retention"] = proposed.get(data["schedule"], "")
        if not data.get("retention"):
            self.add_error("retention", _("Hãy chọn thời hạn lưu trữ."))
        return data


class CatalogueForm(forms.Form):
    """A unit's list for a year."""

    unit = forms.ChoiceField(label=_("Đơn vị"))
    year = forms.IntegerField(label=_("Năm"), min_value=2000, max_value=2100)

    def __init__(self, data: Any, units: Sequence[Any], **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        self.fields["unit"].choices = [(one.pk, one.name) for one in units]  # type: ignore[attr-defined]


class IssueForm(forms.Form):
    """The paper that issues a list."""

    symbol = forms.CharField(label=_("Số, ký hiệu quyết định ban hành"), max_length=80, required=False)
    issued_on = DateField(label=_("Ngày ban hành"), required=False)


class SheetForm(forms.Form):
    """An Excel file of lines."""

    file = forms.FileField(label=_("Tệp Excel (.xlsx)"), help_text=_("Theo đúng các cột của tệp xuất ra."))


class DossierForm(forms.Form):
    """What a dossier says of itself."""

    symbol = forms.CharField(label=_("Số và ký hiệu hồ sơ"), max_length=80)
    title = forms.CharField(label=_("Tiêu đề hồ sơ"), max_length=1000, widget=forms.Textarea(attrs={"rows": 2}))
    retention = PeriodField()
    mode = forms.ChoiceField(
        label=_("Chế độ sử dụng"), choices=Mode.choices,
        help_text=_("Tài liệu mật không lập hồ sơ trên hệ thống này."),
    )  # fmt: skip
    languages = forms.MultipleChoiceField(
        label=_("Ngôn ngữ"), choices=Language.choices, widget=forms.CheckboxSelectMultiple, initial=["01"]
    )
    keywords = forms.CharField(label=_("Từ khóa"), max_length=100, required=False)
    info_sign = forms.CharField(label=_("Ký hiệu thông tin"), max_length=30, required=False)
    description = forms.CharField(
        label=_("Chú giải"), max_length=2000, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )


class OpenForm(DossierForm):
    """A dossier outside the yearly list."""

    unit = forms.ChoiceField(label=_("Đơn vị"))
    field_order = ("unit", "symbol", "title", "retention")

    def __init__(self, data: Any, units: Sequence[Any], **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        self.fields["unit"].choices = [(one.pk, one.name) for one in units]  # type: ignore[attr-defined]


class EntryForm(forms.Form):
    """One line of the list of documents."""

    type_key = TypeField(required=False)
    number = forms.CharField(label=_("Số, ký hiệu"), max_length=80, required=False)
    issued_on = DateField(label=_("Ngày văn bản"), required=False)
    is_undated = forms.BooleanField(label=_("Văn bản không ghi ngày (s.d.)"), required=False)
    issuer = forms.CharField(label=_("Tác giả"), max_length=300, required=False)
    subject = forms.CharField(label=_("Trích yếu nội dung"), max_length=1000, widget=forms.Textarea(attrs={"rows": 2}))
    pages = forms.IntegerField(label=_("Số trang"), min_value=1, max_value=9999, required=False)
    sheet_from = forms.IntegerField(label=_("Tờ số"), min_value=1, max_value=99999, required=False)
    language = forms.ChoiceField(label=_("Ngôn ngữ"), choices=Language.choices, initial="01")
    reliability = forms.ChoiceField(label=_("Mức độ tin cậy"), choices=Reliability.choices[:2], initial="01")
    condition = forms.ChoiceField(label=_("Tình trạng vật lý"), choices=Condition.choices, initial="01")
    mode = forms.ChoiceField(label=_("Chế độ sử dụng"), choices=Mode.choices, initial="01")
    autograph = forms.CharField(label=_("Bút tích"), max_length=2000, required=False)
    keywords = forms.CharField(label=_("Từ khóa"), max_length=100, required=False)
    note = forms.CharField(label=_("Ghi chú"), max_length=500, required=False)


class FileForm(forms.Form):
    """A draft, slip or scan."""

    file = forms.FileField(
        label=_("Tệp"),
        help_text=_("Bản thảo, phiếu trình, tài liệu quét cần giữ cùng hồ sơ. Tệp được đọc trước khi nhận."),
    )


class RuleForm(forms.Form):
    """Which records go into the dossier by themselves."""

    name = forms.CharField(label=_("Tên quy tắc"), max_length=200)
    source = forms.ChoiceField(label=_("Nguồn"), choices=FilingRule.Source.choices, required=False)
    type_key = TypeField(required=False)
    issuer = forms.CharField(label=_("Tác giả có chữ"), max_length=300, required=False)
    symbol = forms.CharField(label=_("Số, ký hiệu có chữ"), max_length=80, required=False)
    words = forms.CharField(
        label=_("Trích yếu có các từ"),
        max_length=300,
        required=False,
        help_text=_("Nhiều cụm từ cách nhau bằng dấu phẩy."),
    )
    unit = OrganizationField(label=_("Đơn vị chủ trì"), required=False)

    def clean(self) -> dict[str, Any]:
        """At least one condition."""
        data = super().clean() or {}
        if not any(data.get(name) for name in ("type_key", "issuer", "symbol", "words", "unit")):
            raise forms.ValidationError(_("Quy tắc phải có ít nhất một điều kiện."))
        return data

    def rule(self) -> rules.RuleWords:
        """The conditions."""
        data = self.cleaned_data
        unit = data["unit"].pk if data["unit"] else None
        return rules.RuleWords(data["type_key"], data["issuer"], data["words"], data["symbol"], data["source"], unit)


class PassForm(forms.Form):
    """To whom an open dossier is handed."""

    person = PersonField(label=_("Người nhận bàn giao"))
    note = forms.CharField(label=_("Lý do, nội dung bàn giao"), max_length=2000, required=False)


class ShareForm(forms.Form):
    """With whom a dossier is shared."""

    person = PersonField(label=_("Người được xem"))
    note = forms.CharField(label=_("Ghi chú"), max_length=2000, required=False)


class PlaceForm(forms.Form):
    """Where the archive keeps it."""

    inventory = forms.CharField(label=_("Mục lục số"), max_length=20, required=False)
    store = forms.CharField(label=_("Kho"), max_length=40, required=False)
    shelf = forms.CharField(label=_("Giá"), max_length=40, required=False)
    box = forms.CharField(label=_("Hộp số"), max_length=40, required=False)
    paper_code = forms.CharField(label=_("Mã hồ sơ giấy gốc"), max_length=100, required=False)


class FondsForm(forms.Form):
    """The data of a fonds."""

    code = forms.CharField(label=_("Mã phông"), max_length=40)
    name = forms.CharField(label=_("Tên phông"), max_length=300)
    archive_code = forms.CharField(label=_("Mã cơ quan lưu trữ"), max_length=40)
    historical_archive = OrganizationField(label=_("Lưu trữ lịch sử tiếp nhận (mã cơ quan)"), required=False)
    is_open = forms.BooleanField(label=_("Phông mở"), required=False, initial=True)
    history = forms.CharField(
        label=_("Lịch sử đơn vị hình thành phông"), max_length=10_000, required=False, widget=forms.Textarea
    )
    period = forms.CharField(label=_("Thời gian tài liệu"), max_length=100, required=False)
    total = forms.CharField(label=_("Tổng số tài liệu"), max_length=100, required=False)
    classification = forms.CharField(
        label=_("Phương án phân loại"), max_length=5_000, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    languages = forms.CharField(label=_("Ngôn ngữ"), max_length=100, required=False)
    backup = forms.CharField(label=_("Dự phòng"), max_length=300, required=False)
    note = forms.CharField(label=_("Ghi chú"), max_length=1000, required=False)


class DecisionForm(forms.Form):
    """A decision by its symbol and day."""

    decision = forms.CharField(label=_("Số, ký hiệu quyết định"), max_length=80)
    decided_on = DateField(label=_("Ngày quyết định"))
    note = forms.CharField(label=_("Ghi chú"), max_length=2000, required=False)


class SeatsForm(forms.Form):
    """The council: chair, secretary, members."""

    chair = PersonField(label=_("Chủ tịch Hội đồng"))
    secretary = PersonField(label=_("Thư ký"))
    member_1 = PersonField(label=_("Ủy viên"))
    member_2 = PersonField(label=_("Ủy viên thứ hai"), required=False)
    member_3 = PersonField(label=_("Ủy viên thứ ba"), required=False)


class OpinionForm(forms.Form):
    """A member's opinion."""

    opinion = forms.ChoiceField(label=_("Ý kiến"), choices=CouncilMember.Opinion.choices[1:], widget=forms.RadioSelect)
    text = forms.CharField(label=_("Lý do, đề nghị"), max_length=2000, required=False, widget=forms.Textarea)


class ConcludeForm(forms.Form):
    """Which dossiers stay, with why; the others are to be destroyed."""

    note = forms.CharField(label=_("Kết luận"), max_length=2000, required=False, widget=forms.Textarea)

    def __init__(self, data: Any, items: Sequence[DisposalItem]) -> None:
        super().__init__(data)
        for item in items:
            label = _("Giữ lại %(dossier)s vì") % {"dossier": f"{item.symbol} – {item.title[:80]}"}
            self.fields[f"keep_{item.pk}"] = forms.CharField(
                label=label, max_length=1000, required=False, help_text=_("Để trống: kết luận hủy.")
            )

    def kept(self) -> dict[int, str]:
        """Item to reason."""
        given = self.cleaned_data.items()
        return {int(name.removeprefix("keep_")): text for name, text in given if name.startswith("keep_") and text}


class ReceiveForm(forms.Form):
    """What the archive returns of a delivery, and where the rest stands."""

    inventory = forms.CharField(label=_("Mục lục số"), max_length=20, required=False)
    store = forms.CharField(label=_("Kho"), max_length=40, required=False)
    shelf = forms.CharField(label=_("Giá"), max_length=40, required=False)
    box = forms.CharField(label=_("Hộp số"), max_length=40, required=False)

    def __init__(self, data: Any, items: Sequence[Any]) -> None:
        super().__init__(data)
        for item in items:
            label = _("Trả lại %(dossier)s vì") % {"dossier": f"{item.dossier.number} – {item.dossier.title[:80]}"}
            self.fields[f"back_{item.dossier_id}"] = forms.CharField(
                label=label, max_length=1000, required=False, help_text=_("Để trống: nhận hồ sơ.")
            )

    def returned(self) -> dict[int, str]:
        """Dossier to reason."""
        given = self.cleaned_data.items()
        return {int(name.removeprefix("back_")): text for name, text in given if name.startswith("back_") and text}


class WitnessForm(forms.Form):
    """Who saw it destroyed."""

    witness = forms.CharField(label=_("Người chứng kiến"), max_length=300, required=False)
    note = forms.CharField(label=_("Ghi chú"), max_length=2000, required=False)


class WishForm(forms.Form):
    """What somebody wants of an archived dossier."""

    way = forms.ChoiceField(
        label=_("Hình thức khai thác"), choices=ReadingRequest.Way.choices, widget=forms.RadioSelect
    )
    purpose = forms.CharField(label=_("Mục đích"), max_length=1000, widget=forms.Textarea(attrs={"rows": 3}))


class PickForm(forms.Form):
    """Several of a list, by number."""

    picked = forms.MultipleChoiceField(
        label=_("Hồ sơ"), widget=forms.CheckboxSelectMultiple, error_messages={"required": _("Hãy chọn ít nhất một.")}
    )

    def __init__(self, data: Any, choices: Sequence[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        self.fields["picked"].choices = choices  # type: ignore[attr-defined]


class PackageForm(forms.Form):
    """A package to restore."""

    file = forms.FileField(
        label=_("Gói lưu trữ (.zip)"), help_text=_("Gói AIP, SIP theo hồ sơ, hoặc gói BagIt (.zip).")
    )
    title = forms.CharField(
        label=_("Tiêu đề hồ sơ"), max_length=1000, required=False,
        help_text=_("Chỉ gói BagIt của hệ thống khác: gói không ghi tiêu đề, thời hạn."),
    )  # fmt: skip
    retention = forms.ChoiceField(label=_("Thời hạn lưu trữ"), required=False)

    def __init__(self, *args: Any, periods: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["retention"].choices = [("", "—"), *periods]  # type: ignore[attr-defined]
