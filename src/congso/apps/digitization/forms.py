"""What is typed for batches, dossiers, documents, stocks."""

from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from congso.apps.digitization.models import DigitalCopy, ScanBatch
from congso.apps.digitization.services import BatchFacts, FolderFacts
from congso.kernel.catalogues.document_types import types_on
from congso.kernel.directory.models import Organization
from congso.kernel.files.reading.engines import ASTER, NONE, TESSERACT
from congso.kernel.records.models import Record
from congso.kernel.web.forms import DateField, LeanSelect

MOST_LINES = 500


def _choices(organizations: Iterable[Organization]) -> list[tuple[int, str]]:
    return [(one.pk, one.name) for one in organizations]


class BatchForm(forms.Form):
    """The plan of a batch."""

    owner = forms.TypedChoiceField(label=_("Cơ quan số hóa"), coerce=int)
    unit = forms.TypedChoiceField(label=_("Tài liệu của"), coerce=int)
    title = forms.CharField(label=_("Tên đợt"), max_length=300)
    fonds = forms.CharField(label=_("Phông (mã, tên)"), max_length=300)
    year = forms.IntegerField(label=_("Tính vào chỉ tiêu năm"), min_value=2000, max_value=2200)
    due_on = DateField(label=_("Hạn bàn giao"), required=False)
    dpi = forms.IntegerField(
        label=_("Độ phân giải (dpi)"), min_value=200, max_value=1200, initial=200,
        help_text=_("Tài liệu hành chính từ 200, bản đồ, bản vẽ từ 300 (Thông tư 05/2025/TT-BNV)."),
    )  # fmt: skip
    sheets_planned = forms.IntegerField(label=_("Số tờ dự kiến"), min_value=0, max_value=10_000_000, required=False)
    unit_cost = forms.DecimalField(
        label=_("Đơn giá (đồng/trang)"), min_value=0, max_digits=12, decimal_places=2, required=False
    )
    cuts_at_files = forms.BooleanField(
        label=_("Mỗi tệp quét bắt đầu một tài liệu mới"), required=False, initial=True,
        help_text=_("Bỏ chọn khi một tài liệu dài được quét thành nhiều tệp và tách bằng tờ phân cách."),
    )  # fmt: skip

    def __init__(self, *args: Any, owners: Sequence[Organization], units: Iterable[Organization], **more: Any) -> None:
        super().__init__(*args, **more)
        self._known = {one.pk: one for one in (*owners, *units)}
        self.fields["owner"].choices = _choices(owners)  # type: ignore[attr-defined]
        self.fields["unit"].choices = _choices(units)  # type: ignore[attr-defined]

    @classmethod
    def initial_of(cls, batch: ScanBatch) -> dict[str, Any]:
        """What the form is opened with for a batch."""
        names = ("title", "fonds", "year", "due_on", "dpi", "sheets_planned", "unit_cost", "cuts_at_files")
        return {name: getattr(batch, name) for name in names} | {"owner": batch.owner_id, "unit": batch.unit_id}

    @property
    def owner_chosen(self) -> Organization:
        """Which body digitizes."""
        return self._known[self.cleaned_data["owner"]]

    @property
    def facts(self) -> BatchFacts:
        """The plan as a service takes it."""
        told = self.cleaned_data
        return BatchFacts(
            title=told["title"], fonds=told["fonds"], year=told["year"], unit=self._known[told["unit"]],
            due_on=told["due_on"], dpi=told["dpi"], sheets_planned=told["sheets_planned"] or 0,
            unit_cost=told["unit_cost"] or Decimal(0), cuts_at_files=told["cuts_at_files"],
        )  # fmt: skip


class FoldersForm(forms.Form):
    """Paper dossiers, one a line, as pasted from a list."""

    lines = forms.CharField(
        label=_("Danh sách hồ sơ"), widget=forms.Textarea(attrs={"rows": 10}), max_length=200_000,
        help_text=_(
            "Mỗi dòng một hồ sơ, dán được từ Excel: mã hồ sơ, tiêu đề, số tờ, số ký hiệu hồ sơ trên hệ thống (nếu có);"
            " cách nhau bằng dấu tab hoặc dấu |."
        ),
    )  # fmt: skip

    def clean_lines(self) -> list[FolderFacts]:
        """The dossiers; one that names a dossier of the system is tied to it."""
        rows = [row for row in self.cleaned_data["lines"].splitlines() if row.strip()]
        if len(rows) > MOST_LINES:
            raise forms.ValidationError(_("Mỗi lần ghi nhiều nhất 500 hồ sơ."))
        found = [_folder(number, row) for number, row in enumerate(rows, 1)]
        numbers = {number for _facts, number in found if number}
        known = {one.number: one for one in Record.objects.filter(type="dossier", number__in=numbers).order_by("id")}
        missing = sorted(numbers - known.keys())
        if missing:
            raise forms.ValidationError(
                _("Không thấy hồ sơ “%(number)s” trên hệ thống, hoặc bạn không xem được."),
                params={"number": missing[0]},
            )
        return [FolderFacts(**facts, dossier=known.get(number)) for facts, number in found]


def _folder(number: int, row: str) -> tuple[dict[str, Any], str]:
    cells = [cell.strip() for cell in (row.split("\t") if "\t" in row else row.split("|"))]
    cells += [""] * (4 - len(cells))
    code, title, sheets, dossier = cells[:4]
    if not code or not title:
        raise forms.ValidationError(_("Dòng %(number)s phải có mã hồ sơ và tiêu đề."), params={"number": number})
    if len(code) > 100 or len(title) > 1000:
        raise forms.ValidationError(_("Dòng %(number)s có mã hoặc tiêu đề quá dài."), params={"number": number})
    if sheets and not (sheets.isascii() and sheets.isdigit() and len(sheets) < 7):
        raise forms.ValidationError(_("Dòng %(number)s có số tờ không phải là số."), params={"number": number})
    return {"code": code, "title": title, "sheets": int(sheets or 0)}, dossier


class ReceiveForm(forms.Form):
    """The originals as they came."""

    sheets = forms.IntegerField(label=_("Số tờ đã nhận"), min_value=1, max_value=10_000_000)
    condition = forms.CharField(
        label=_("Tình trạng vật lý, việc đã chuẩn bị"), max_length=1000, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Đã tháo ghim, vuốt phẳng, tu bổ; tờ rách, mờ; tài liệu không đưa vào số hóa."),
    )  # fmt: skip


class HandOverForm(forms.Form):
    """The originals as they go back."""

    sheets = forms.IntegerField(label=_("Số tờ trả lại"), min_value=0, max_value=10_000_000)
    note = forms.CharField(
        label=_("Ghi chú"), max_length=2000, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )


class EngineForm(forms.Form):
    """Which recogniser reads again."""

    engine = forms.ChoiceField(
        label=_("Bộ nhận dạng"),
        choices=(
            (TESSERACT, _("Tesseract (cả trang)")), (ASTER, _("AsterOCR (từng dòng)")), (NONE, _("Không nhận dạng")),
        ),
        help_text=_("Chữ đã sửa được giữ nguyên tại chỗ của nó trên trang."),
    )  # fmt: skip


class SeparatorsForm(forms.Form):
    """How many document sheets to print, from which number."""

    first = forms.IntegerField(min_value=1, max_value=999_999, required=False)
    count = forms.IntegerField(min_value=0, max_value=200, required=False)


class CheckForm(forms.Form):
    """The fields of a document, in the order of the page."""

    type_key = forms.ChoiceField(label=_("Tên loại"), widget=LeanSelect)
    number = forms.CharField(label=_("Số, ký hiệu"), max_length=80, required=False)
    issued_on = DateField(label=_("Ngày tài liệu"), required=False)
    is_undated = forms.BooleanField(label=_("Không ghi ngày"), required=False)
    issuer = forms.CharField(label=_("Cơ quan ban hành"), max_length=300, required=False)
    title = forms.CharField(label=_("Trích yếu, nội dung"), max_length=1000, widget=forms.Textarea(attrs={"rows": 3}))
    signer = forms.CharField(label=_("Người ký"), max_length=200, required=False)

    def __init__(self, *args: Any, copy: DigitalCopy, **more: Any) -> None:
        super().__init__(*args, **more)
        known = [(one.key, one.name) for one in types_on(timezone.localdate())]
        self.fields["type_key"].choices = [("", "—"), *known]  # type: ignore[attr-defined]
        self.copy = copy

    @classmethod
    def initial_of(cls, copy: DigitalCopy) -> dict[str, Any]:
        """What the form is opened with: what the machine read, or what stands there."""
        return {name: getattr(copy, name) for name in cls.base_fields} | ({} if copy.proposals else {"title": ""})


class StockForm(forms.Form):
    """A body's stock of paper and its target of a year."""

    organization = forms.TypedChoiceField(label=_("Cơ quan"), coerce=int)
    year = forms.IntegerField(label=_("Năm"), min_value=2000, max_value=2200)
    pages = forms.IntegerField(
        label=_("Tổng số trang phải số hóa"), min_value=1, max_value=2_000_000_000,
        help_text=_("Tài liệu giấy không mật của cơ quan, theo kiểm đếm."),
    )  # fmt: skip
    percent = forms.IntegerField(label=_("Chỉ tiêu cộng dồn đến hết năm (%)"), min_value=0, max_value=100)
    note = forms.CharField(label=_("Căn cứ"), max_length=300)

    def __init__(self, *args: Any, organizations: Sequence[Organization], **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["organization"].choices = _choices(organizations)  # type: ignore[attr-defined]
