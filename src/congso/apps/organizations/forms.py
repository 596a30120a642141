"""The shape of what administrators type. Organizations are named by their codes; the page helps to find them."""

from collections.abc import Iterable
from datetime import date
from typing import Any, NamedTuple, cast

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from congso.kernel.access.models import Delegation
from congso.kernel.directory.models import (
    Assignment,
    CodeScheme,
    Function,
    LayoutProfile,
    Organization,
    OrganizationKind,
    OrganizationVersion,
    Post,
)
from congso.kernel.directory.services import Decision, NewOrganization, Part
from congso.kernel.records.models import Record
from congso.kernel.web.choosing import OrganizationField, PersonField
from congso.kernel.web.forms import DateField, LeanSelect

MOST_CODES = 1000
MOST_PARTS = 6


class OrganizationsField(forms.CharField):
    """Organizations, a code a line; pasted lists are welcome."""

    def __init__(self, **kwargs: Any) -> None:
        widget = forms.Textarea({"rows": 5, "data-suggest-into": "organization", "spellcheck": "false"})
        super().__init__(max_length=MOST_CODES * 42, widget=widget, **kwargs)

    def clean(self, value: Any) -> list[Organization]:
        codes = list(dict.fromkeys(line.split()[0] for line in super().clean(value).splitlines() if line.split()))
        if len(codes) > MOST_CODES:
            raise forms.ValidationError(_("Mỗi lần nhiều nhất %(most)s tổ chức.") % {"most": MOST_CODES})
        found = {one.code: one for one in Organization.objects.filter(code__in=codes).select_related("parent")}
        missing = [code for code in codes if code not in found]
        if missing:
            told = ", ".join(missing[:10])
            raise forms.ValidationError(_("Không có tổ chức mang mã: %(codes)s.") % {"codes": told})
        return [found[code] for code in codes]


FEED_MOST_BYTES = 20 * 2**20


class DayForm(forms.Form):
    """From which day."""

    on = DateField(label=_("Từ ngày"), initial=timezone.localdate)


class DecisionForm(DayForm):
    """Every change of the chart: its day and the paper that decided it."""

    decision = forms.CharField(
        label=_("Văn bản quyết định"), max_length=300, help_text=_("Số, ngày, cơ quan ban hành.")
    )
    record = forms.CharField(
        label=_("Số, ký hiệu trong hệ thống (nếu có)"),
        max_length=80,
        required=False,
        help_text=_("Để liên kết với văn bản đã vào sổ mà bạn được xem."),
    )

    def clean_record(self) -> int | None:
        number = self.cleaned_data["record"].strip()
        if not number:
            return None
        found = Record.objects.filter(number__iexact=number).order_by("-opened_on").values_list("pk", flat=True).first()
        if found is None:
            raise forms.ValidationError(_("Không thấy văn bản này trong phạm vi bạn được xem."))
        return found

    def decided(self) -> Decision:
        """What was decided."""
        data = self.cleaned_data
        return Decision(data["decision"], data["on"], data["record"])


class _Text(NamedTuple):
    label: Any
    most: int
    is_needed: bool = False
    help_text: Any = ""


_NEW = {
    "code": _Text(_("Mã"), 40, True, _("Ví dụ LC.VPTU.CDS; mã đã đóng không dùng lại.")),  # noqa: FBT003
    "name": _Text(_("Tên"), 300, True),  # noqa: FBT003
    "short_name": _Text(_("Tên gọi tắt"), 120),
    "symbol": _Text(_("Chữ viết tắt trong ký hiệu văn bản"), 30),
    "official_code": _Text(_("Mã định danh điện tử"), 35, help_text=_("Ví dụ H38.01.02, nếu đã được cấp.")),
}


def _new_fields(form: forms.Form, *, required: bool) -> None:
    """The fields of an organization to be founded; where it may also exist already, none is required."""
    for name, one in _NEW.items():
        form.fields[name] = forms.CharField(
            label=one.label, max_length=one.most, required=required and one.is_needed, help_text=one.help_text
        )
    form.fields["kind"] = forms.ChoiceField(
        label=_("Loại"), choices=OrganizationKind.choices, initial=OrganizationKind.UNIT, required=required
    )
    form.fields["layout_profile"] = forms.ChoiceField(
        label=_("Thể thức văn bản"), choices=LayoutProfile.choices, required=required
    )
    form.fields["is_office"] = forms.BooleanField(label=_("Có văn thư, sổ văn bản riêng"), required=False)


def _new_organization(data: dict[str, Any], parent: Organization | None) -> NewOrganization:
    return NewOrganization(
        code=data["code"].strip().upper(),
        kind=data["kind"],
        name=data["name"],
        short_name=data["short_name"],
        symbol=data["symbol"],
        parent=parent,
        layout_profile=data["layout_profile"],
        official_code=data["official_code"].strip().upper(),
        is_office=data["is_office"],
    )


class EstablishForm(DecisionForm):
    """A new organization below the one whose page this is."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _new_fields(self, required=True)
        self.order_fields(["name", "code", "kind", "short_name", "symbol"])

    def new(self, parent: Organization) -> NewOrganization:
        """What is to be founded."""
        return _new_organization(self.cleaned_data, parent)


class RenameForm(DecisionForm):
    """Another name from a day on."""

    name = forms.CharField(label=_("Tên mới"), max_length=300)
    short_name = forms.CharField(label=_("Tên gọi tắt"), max_length=120, required=False)
    symbol = forms.CharField(label=_("Chữ viết tắt trong ký hiệu văn bản"), max_length=30, required=False)
    field_order = ("name", "short_name", "symbol")


class MoveForm(DecisionForm):
    """Another superior from a day on."""

    parent = OrganizationField(label=_("Cấp trên mới"))
    field_order = ("parent",)


class MergeForm(DecisionForm):
    """Several become one: an existing organization, or a new one."""

    predecessors = OrganizationsField(
        label=_("Các tổ chức kết thúc"), help_text=_("Mỗi dòng một mã; gõ tên ở ô dưới để thêm.")
    )
    into = OrganizationField(
        label=_("Sáp nhập vào tổ chức đang có"),
        required=False,
        help_text=_("Để trống nếu lập tổ chức mới ở phần dưới. Gõ tên để tìm, hoặc gõ mã."),
    )
    parent = OrganizationField(label=_("Cấp trên của tổ chức mới"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _new_fields(self, required=False)
        self.fields["name"].label = _("Tên tổ chức mới")
        self.fields["code"].label = _("Mã tổ chức mới")
        self.order_fields(["predecessors", "on", "decision", "record", "into", "name", "code", "parent", "kind"])

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("into"):  # what was filled in for a new one plays no part
            return data | dict.fromkeys(("parent", "kind", "layout_profile", "is_office", *_NEW))
        if not (data.get("name") and data.get("code") and data.get("parent")):
            raise forms.ValidationError(_("Hãy chọn tổ chức tiếp nhận, hoặc ghi tên, mã và cấp trên của tổ chức mới."))
        return data

    def heir(self) -> Organization | NewOrganization:
        """Who takes over."""
        data = self.cleaned_data
        return data["into"] or _new_organization(data, data["parent"])


class SplitForm(DecisionForm):
    """One becomes several. Each post and unit goes to one of them; what is not chosen goes to the first."""

    parts = forms.CharField(
        label=_("Các tổ chức tiếp nhận"),
        max_length=3000,
        widget=forms.Textarea({"rows": 4, "spellcheck": "false"}),
        help_text=_("Mỗi dòng một tổ chức: mã của tổ chức đang có, hoặc “MÃ | Tên” để lập tổ chức mới."),
    )
    field_order = ("parts",)

    def __init__(
        self,
        *args: Any,
        organization: Organization,
        posts: Iterable[Post] = (),
        units: Iterable[OrganizationVersion] = (),
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.organization = organization
        places = [(str(n), _("Tổ chức thứ %(n)s") % {"n": n}) for n in range(1, MOST_PARTS + 1)]
        for post in posts:
            self.fields[f"post-{post.pk}"] = self._place(_("Chức vụ “%(name)s” về") % {"name": post.name}, places)
        for unit in units:
            name = f"unit-{unit.organization_id}"
            self.fields[name] = self._place(_("Đơn vị “%(name)s” về") % {"name": unit.name}, places)

    @staticmethod
    def _place(label: str, places: list[tuple[str, Any]]) -> forms.ChoiceField:
        return forms.ChoiceField(label=label, choices=places, required=False, widget=LeanSelect)

    def clean_parts(self) -> list[Organization | NewOrganization]:
        lines = [line.strip() for line in self.cleaned_data["parts"].splitlines() if line.strip()]
        if not 2 <= len(lines) <= MOST_PARTS:
            raise forms.ValidationError(_("Hãy ghi từ 2 đến %(most)s tổ chức.") % {"most": MOST_PARTS})
        codes = [line.split("|")[0].strip().upper() for line in lines]
        known = {one.code: one for one in Organization.objects.filter(code__in=codes).select_related("parent")}
        parts: list[Organization | NewOrganization] = []
        for line, code in zip(lines, codes, strict=True):
            name = line.partition("|")[2].strip()
            if not name and code not in known:
                raise forms.ValidationError(_("Không có tổ chức mang mã “%(code)s”.") % {"code": code})
            parts.append(self._like_it(code, name) if name else known[code])
        return parts

    def _like_it(self, code: str, name: str) -> NewOrganization:
        one = self.organization
        return NewOrganization(
            code=code, kind=one.kind, name=name, symbol=one.symbol, parent=one.parent,
            layout_profile=one.layout_profile, is_office=one.is_office,
        )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        most = len(data.get("parts", ())) or MOST_PARTS
        for name, place in data.items():
            if name.startswith(("post-", "unit-")) and place and int(place) > most:
                self.add_error(name, _("Chỉ có %(most)s tổ chức tiếp nhận.") % {"most": most})
        return data

    def chosen(self) -> list[Part]:
        """The parts with what goes to each."""
        data = self.cleaned_data
        return [
            Part(part, self._going(data, "post-", place), self._going(data, "unit-", place))
            for place, part in enumerate(data["parts"], 1)
        ]

    @staticmethod
    def _going(data: dict[str, Any], kind: str, place: int) -> frozenset[int]:
        return frozenset(
            int(name.removeprefix(kind)) for name, to in data.items() if name.startswith(kind) and to == str(place)
        )


class AbolishForm(DecisionForm):
    """It ends without a successor."""

    with_units = forms.BooleanField(label=_("Kết thúc cả các đơn vị trực thuộc"), required=False)


class PostForm(DayForm):
    """A new post."""

    name = forms.CharField(label=_("Tên chức vụ, vị trí"), max_length=200)
    functions = forms.MultipleChoiceField(
        label=_("Việc làm trong đơn vị"),
        choices=[one for one in Function.choices if one[0] != Function.STAFF],
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Quyết định chức vụ này thấy và xử lý được gì. Không chọn: cán bộ, chuyên viên."),
    )
    rank = forms.IntegerField(
        label=_("Thứ tự hiển thị"), min_value=0, max_value=32767, initial=50, help_text=_("Nhỏ đứng trước.")
    )
    field_order = ("name", "functions", "rank")


class AppointForm(DayForm):
    """Who holds the post: a person of the directory, or one it does not know yet."""

    person = PersonField(label=_("Người giữ chức vụ"), required=False)
    full_name = forms.CharField(
        label=_("Hoặc người mới: họ và tên"), max_length=120, required=False,
        help_text=_("Chỉ khi danh bạ chưa có người này."),
    )  # fmt: skip
    email = forms.EmailField(label=_("Thư điện tử"), required=False)
    phone = forms.CharField(label=_("Điện thoại"), max_length=20, required=False)
    kind = forms.ChoiceField(label=_("Hình thức"), choices=Assignment.Kind.choices)
    field_order = ("person", "full_name", "email", "phone", "kind")

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if "person" in data and bool(data["person"]) == bool(data.get("full_name")):
            raise forms.ValidationError(_("Hãy chọn một người trong danh bạ, hoặc ghi họ và tên người mới."))
        return data


class TransferForm(DayForm):
    """To which post of which organization."""

    organization = OrganizationField(label=_("Về tổ chức"))
    post = forms.CharField(label=_("Giữ chức vụ"), max_length=200, help_text=_("Tên chức vụ đã có ở tổ chức đó."))
    kind = forms.ChoiceField(label=_("Hình thức"), choices=Assignment.Kind.choices)
    field_order = ("organization", "post", "kind")

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        organization = data.get("organization")
        if organization is not None and data.get("post"):
            posts = Post.objects.filter(organization=organization, name__iexact=data["post"].strip())
            data["to"] = posts.filter(valid_to__isnull=True).select_related("organization").order_by("rank").first()
            if data["to"] is None:
                names = Post.objects.filter(organization=organization, valid_to__isnull=True).order_by("rank")
                told = ", ".join(names.values_list("name", flat=True)[:20])
                self.add_error("post", _("Chức vụ ở đây: %(names)s.") % {"names": told or "–"})
        return data


class DelegateForm(forms.Form):
    """Who stands in, for what, how long."""

    person = PersonField(label=_("Người thay"))
    kind = forms.ChoiceField(label=_("Hình thức"), choices=Delegation.Kind.choices)
    functions = forms.MultipleChoiceField(
        label=_("Thay trong các việc"), choices=(), widget=forms.CheckboxSelectMultiple
    )
    valid_from = DateField(label=_("Từ ngày"), initial=timezone.localdate)
    until = DateField(label=_("Đến hết ngày"))
    reason = forms.CharField(label=_("Lý do, văn bản ủy quyền"), max_length=300)

    def __init__(self, *args: Any, post: Post, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        words = dict(Function.choices)
        cast("forms.MultipleChoiceField", self.fields["functions"]).choices = [
            (one, words[Function(one)]) for one in post.functions
        ]
        self.initial.setdefault("functions", post.functions)


class ShownDay(forms.Form):
    """As of which day a page is shown; a day that makes no sense is today."""

    ngay = DateField(label=_("Ngày"), required=False)

    @classmethod
    def of(cls, data: Any) -> date:
        """The day asked for."""
        form = cls(data)
        return (form.cleaned_data["ngay"] if form.is_valid() else None) or timezone.localdate()


class ImportForm(forms.Form):
    """A list of personnel to compare with."""

    file = forms.FileField(label=_("Tệp CSV"), help_text=_("UTF-8, tối đa 2 MB."), required=False)
    text = forms.CharField(
        label=_("Hoặc dán nội dung"), required=False, widget=forms.Textarea({"rows": 8, "spellcheck": "false"})
    )
    on = DateField(label=_("Bổ nhiệm từ ngày"), initial=timezone.localdate)


class CodeForm(DayForm):
    """A code under one of the systems."""

    scheme = forms.ModelChoiceField(label=_("Hệ mã"), queryset=CodeScheme.objects.all(), empty_label=None)
    value = forms.CharField(label=_("Mã"), max_length=60)
    source = forms.CharField(label=_("Văn bản cấp mã"), max_length=300, required=False)

    field_order = ("scheme", "value", "on", "source")


class CodesForm(forms.Form):
    """A table of codes, as a file or pasted."""

    file = forms.FileField(label=_("Tệp CSV hoặc Excel (.xlsx)"))


class FeedForm(DayForm):
    """The whole list of people from the personnel system."""

    file = forms.FileField(label=_("Tệp CSV của hệ thống quản lý cán bộ"))

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file.size > FEED_MOST_BYTES:
            raise forms.ValidationError(_("Tệp lớn hơn 20 MB; hãy dùng lệnh ./congso account provision trên máy chủ."))
        return file
