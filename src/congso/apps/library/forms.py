"""The shape of what people type about the library."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from congso.apps.library.models import Card, Collection, Copy, Loan, Readers
from congso.apps.library.services import Acquisition, CardFacts, CollectionFacts
from congso.kernel.directory.models import Organization
from congso.kernel.web.choosing import PersonField
from congso.kernel.web.forms import DateField, PickMany

_PARTS = {"authors": "aut", "editors": "edt", "translators": "trl", "compilers": "com"}
_SEVERAL = _("Nhiều tên cách nhau bằng dấu chấm phẩy (;).")


def _names(text: str) -> list[str]:
    return [one.strip() for one in text.replace("\n", ";").split(";") if one.strip()]


class CardForm(forms.Form):
    """A work's card."""

    collection = forms.ModelChoiceField(Collection.objects.none(), label=_("Bộ sưu tập"), empty_label=None)
    title = forms.CharField(label=_("Nhan đề"), max_length=1000)
    subtitle = forms.CharField(label=_("Phụ đề, tập"), max_length=1000, required=False)
    authors = forms.CharField(label=_("Tác giả"), max_length=3000, required=False, help_text=_SEVERAL)
    editors = forms.CharField(label=_("Chủ biên, biên tập"), max_length=3000, required=False)
    translators = forms.CharField(label=_("Người dịch"), max_length=3000, required=False)
    compilers = forms.CharField(label=_("Biên soạn, sưu tầm"), max_length=3000, required=False)
    statement = forms.CharField(
        label=_("Thông tin trách nhiệm"), max_length=1000, required=False, help_text=_("Như in trên trang tên sách.")
    )
    isbn = forms.CharField(label="ISBN", max_length=30, required=False, help_text=_("10 hoặc 13 chữ số."))
    publisher = forms.CharField(label=_("Nhà xuất bản"), max_length=300, required=False)
    published_in = forms.CharField(label=_("Nơi xuất bản"), max_length=200, required=False)
    year = forms.IntegerField(label=_("Năm xuất bản"), min_value=1000, max_value=2200, required=False)
    edition = forms.CharField(label=_("Lần xuất bản"), max_length=200, required=False)
    language = forms.RegexField(
        r"^[A-Za-z]{3}$", label=_("Ngôn ngữ"), initial="vie", help_text=_("Mã ISO 639-2: vie, eng, fre, rus, chi …"),
    )  # fmt: skip
    extent = forms.CharField(label=_("Số trang, khổ"), max_length=200, required=False)
    series = forms.CharField(label=_("Tùng thư"), max_length=300, required=False)
    classification = forms.CharField(label=_("Chỉ số phân loại"), max_length=60, required=False)
    call_number = forms.CharField(label=_("Ký hiệu xếp giá"), max_length=80, required=False)
    headings = forms.CharField(label=_("Đề mục chủ đề"), max_length=5000, required=False, help_text=_SEVERAL)
    summary = forms.CharField(
        label=_("Tóm tắt"), max_length=5000, required=False, widget=forms.Textarea(attrs={"rows": 4})
    )

    def __init__(self, *args: Any, collections: Iterable[Collection], **more: Any) -> None:
        super().__init__(*args, **more)
        keys = [one.pk for one in collections]
        self.fields["collection"].queryset = Collection.objects.filter(pk__in=keys).order_by("name")  # type: ignore[attr-defined]

    @classmethod
    def initial_of(cls, card: Card) -> dict[str, Any]:
        """What the form is opened with for a card."""
        told: dict[str, Any] = {
            name: getattr(card, name) for name in cls.base_fields if name not in (*_PARTS, "headings", "collection")
        }
        people = list(card.contributions.all())
        for name, part in _PARTS.items():
            told[name] = "; ".join(one.author.name for one in people if one.part == part)
        told["headings"] = "; ".join(one.label for one in card.headings.all())
        return told | {"collection": card.collection_id}

    @property
    def facts(self) -> CardFacts:
        """The card as the service takes it."""
        data = self.cleaned_data
        plain = {name: data[name] for name in data if name not in (*_PARTS, "headings", "collection")}
        parts = [(name, part) for field, part in _PARTS.items() for name in _names(data[field])]
        return CardFacts(contributions=tuple(parts), headings=tuple(_names(data["headings"])), **plain)


class CollectionForm(forms.Form):
    """A collection and for whom it is."""

    library = forms.ModelChoiceField(Organization.objects.none(), label=_("Thư viện của"), empty_label=None)
    name = forms.CharField(label=_("Tên bộ sưu tập"), max_length=200)
    readers = forms.ChoiceField(label=_("Ai được đọc"), choices=Readers.choices, initial=Readers.STAFF)
    listed = forms.ModelMultipleChoiceField(
        Organization.objects.none(), label=_("Cơ quan được đọc"), required=False, widget=PickMany,
        help_text=_("Chỉ cần khi chọn “Cơ quan được ghi tên”."),
    )  # fmt: skip
    description = forms.CharField(label=_("Giới thiệu"), max_length=1000, required=False)
    position = forms.IntegerField(label=_("Thứ tự"), min_value=0, max_value=9999, initial=100)

    def __init__(
        self, *args: Any, libraries: Iterable[Organization], bodies: Iterable[Organization], **more: Any
    ) -> None:
        super().__init__(*args, **more)
        for name, rows in (("library", libraries), ("listed", bodies)):
            keys = [one.pk for one in rows]
            self.fields[name].queryset = Organization.objects.filter(pk__in=keys).order_by("name_key")  # type: ignore[attr-defined]

    @property
    def facts(self) -> CollectionFacts:
        """The collection as the service takes it."""
        data = {name: told for name, told in self.cleaned_data.items() if name not in ("library", "listed")}
        return CollectionFacts(listed=tuple(self.cleaned_data["listed"]), **data)


class BookForm(forms.Form):
    """A file of a work."""

    file = forms.FileField(label=_("Tệp sách (EPUB, PDF)"))
    may_be_taken = forms.BooleanField(
        label=_("Bạn đọc được tải về, giữ trên máy để đọc khi mất mạng"), required=False, initial=True
    )


class CopiesForm(forms.Form):
    """Copies entered into the library's book."""

    count = forms.IntegerField(label=_("Số bản"), min_value=1, max_value=500, initial=1)
    letters = forms.RegexField(
        r"^[A-Za-z0-9.-]{0,10}$", label=_("Chữ đầu số đăng ký cá biệt"), initial="TV", required=False
    )
    numbers = forms.CharField(
        label=_("Số đã dán nhãn sẵn"), required=False, max_length=20_000, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Mỗi dòng một số; để trống thì hệ thống cấp số kế tiếp."),
    )  # fmt: skip
    acquired_on = DateField(label=_("Ngày vào sổ"))
    source = forms.ChoiceField(label=_("Nguồn"), choices=Copy.Source.choices)
    paper = forms.CharField(label=_("Số, ngày chứng từ"), max_length=200, required=False)
    price = forms.IntegerField(label=_("Giá (đồng)"), min_value=0, max_value=10**12, required=False)
    shelf = forms.CharField(label=_("Giá, kho"), max_length=120, required=False)
    is_for_loan = forms.BooleanField(label=_("Cho mượn về"), required=False, initial=True)

    @property
    def came(self) -> Acquisition:
        """The copies as the service takes them."""
        data = dict(self.cleaned_data)
        return Acquisition(prefix=data.pop("letters"), numbers=tuple(_names(data.pop("numbers"))), **data)


class CopyForm(forms.Form):
    """What is known of one copy."""

    shelf = forms.CharField(label=_("Giá, kho"), max_length=120, required=False)
    is_for_loan = forms.BooleanField(label=_("Cho mượn về"), required=False)
    paper = forms.CharField(label=_("Số, ngày chứng từ"), max_length=200, required=False)
    price = forms.IntegerField(label=_("Giá (đồng)"), min_value=0, max_value=10**12, required=False)
    note = forms.CharField(label=_("Ghi chú"), max_length=500, required=False)
    is_back = forms.BooleanField(label=_("Đã tìm thấy hoặc sửa xong, đưa lại lên giá"), required=False)


class DeskForm(forms.Form):
    """One press at the loan desk."""

    number = forms.CharField(label=_("Số đăng ký cá biệt"), max_length=40)


class ReaderForm(forms.Form):
    """Who stands at the desk."""

    reader = PersonField(label=_("Bạn đọc"))


class DamageForm(forms.Form):
    """A lost or damaged copy with its record."""

    ending = forms.ChoiceField(
        label=_("Tình trạng"), choices=[(one.value, one.label) for one in (Loan.Ending.LOST, Loan.Ending.DAMAGED)]
    )
    note = forms.CharField(
        label=_("Biên bản, tình trạng, cách bồi hoàn"), max_length=1000, widget=forms.Textarea(attrs={"rows": 3})
    )


class ImportForm(forms.Form):
    """A file of catalogue records."""

    collection = forms.ModelChoiceField(Collection.objects.none(), label=_("Đưa vào bộ sưu tập"), empty_label=None)
    file = forms.FileField(
        label=_("Tệp MARC21, MARCXML, CSV, Excel hoặc danh sách ISBN"),
        help_text=_("Nhiều nhất 10 MB, 20.000 biểu ghi. Hệ thống không tra cứu ra ngoài mạng."),
    )

    def __init__(self, *args: Any, collections: Iterable[Collection], **more: Any) -> None:
        super().__init__(*args, **more)
        keys = [one.pk for one in collections]
        self.fields["collection"].queryset = Collection.objects.filter(pk__in=keys).order_by("name")  # type: ignore[attr-defined]


class WithdrawForm(forms.Form):
    """Copies that leave the book."""

    library = forms.ModelChoiceField(Organization.objects.none(), label=_("Thư viện của"), empty_label=None)
    paper = forms.CharField(label=_("Số, ngày biên bản thanh lý"), max_length=200)
    numbers = forms.CharField(
        label=_("Các số đăng ký cá biệt"), max_length=200_000, widget=forms.Textarea(attrs={"rows": 8}),
        help_text=_("Mỗi dòng một số, hoặc quét lần lượt."),
    )  # fmt: skip

    def __init__(self, *args: Any, libraries: Iterable[Organization], **more: Any) -> None:
        super().__init__(*args, **more)
        keys = [one.pk for one in libraries]
        self.fields["library"].queryset = Organization.objects.filter(pk__in=keys).order_by("name_key")  # type: ignore[attr-defined]

    @property
    def listed(self) -> list[str]:
        """The numbers, one by one."""
        return _names(self.cleaned_data["numbers"])


class StocktakeForm(forms.Form):
    """A count of the shelves to begin."""

    library = forms.ModelChoiceField(Organization.objects.none(), label=_("Thư viện của"), empty_label=None)
    name = forms.CharField(label=_("Tên đợt kiểm kê"), max_length=200)

    def __init__(self, *args: Any, libraries: Iterable[Organization], **more: Any) -> None:
        super().__init__(*args, **more)
        keys = [one.pk for one in libraries]
        self.fields["library"].queryset = Organization.objects.filter(pk__in=keys).order_by("name_key")  # type: ignore[attr-defined]


class SeenForm(forms.Form):
    """Numbers seen at the shelves."""

    numbers = forms.CharField(
        label=_("Các số đã quét"), max_length=500_000, widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_("Mỗi dòng một số; quét lại số cũ không sao."),
    )  # fmt: skip

    @property
    def listed(self) -> list[str]:
        """The numbers, one by one."""
        return _names(self.cleaned_data["numbers"])


class NoteForm(forms.Form):
    """A reader's note at a place."""

    text = forms.CharField(label=_("Ghi chú của bạn"), max_length=5000, widget=forms.Textarea(attrs={"rows": 3}))
    quote = forms.CharField(max_length=1000, required=False, widget=forms.HiddenInput)
    number = forms.IntegerField(min_value=1, max_value=1_000_000, widget=forms.HiddenInput)
    share = forms.IntegerField(min_value=0, max_value=1000, initial=0, required=False, widget=forms.HiddenInput)


class PlaceForm(forms.Form):
    """Where a reader is, by her device's clock."""

    number = forms.IntegerField(min_value=1, max_value=1_000_000)
    share = forms.IntegerField(min_value=0, max_value=1000)
    at = forms.IntegerField(min_value=0, max_value=10**14, required=False)
