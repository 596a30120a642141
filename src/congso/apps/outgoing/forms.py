"""The shapes of input: the draft, askings and answers, recipients, keys, the book."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from congso.apps.outgoing.models import (
    Authority,
    Channel,
    CoSigner,
    Opinion,
    OpinionPoint,
    OutgoingDocument,
    Recipient,
)
from congso.apps.outgoing.queries import issuers_of, possible_signers
from congso.apps.outgoing.services import Address, DraftFacts, Point
from congso.kernel.catalogues.document_marks import Circulation, Urgency
from congso.kernel.catalogues.document_types import types_on
from congso.kernel.directory.models import Organization, Person
from congso.kernel.signing.outside import LARGEST as LARGEST_SIGNED
from congso.kernel.web.choosing import OrganizationField, PersonField
from congso.kernel.web.forms import DateField, PickMany, ReasonForm

_AREA = {"rows": 3}
POINTS = 6
LARGEST = 50 * 2**20
_MORE = frozenset(
    {"place", "joint_agencies", "urgency", "deliver_by", "circulation", "copies", "due_on", "reply_due_on", "note"}
)  # fmt: skip


_MOMENT = "%d/%m/%Y %H:%M"


class MomentField(forms.CharField):
    """A day and an hour: 5/2/2026 14:30, 5/2/2026 14h30."""

    def prepare_value(self, value: Any) -> Any:
        """A stored moment as it is typed."""
        return timezone.localtime(value).strftime(_MOMENT) if isinstance(value, datetime) else value

    def clean(self, value: Any) -> datetime | None:
        """The moment, of the office's clock."""
        text = super().clean(value).strip().replace("h", ":").replace("g", ":")
        if not text:
            return None
        try:
            return timezone.make_aware(datetime.strptime(text, _MOMENT))  # noqa: DTZ007 - made aware at once
        except ValueError:
            raise forms.ValidationError(_("Hãy nhập ngày, giờ, ví dụ 5/2/2026 14:30."), code="invalid") from None


class DraftForm(forms.Form):
    """The parts of the paper, in the order they stand on it."""

    issuer = forms.ChoiceField(label=_("Cơ quan ban hành"))
    doc_type = forms.ChoiceField(label=_("Tên loại"))
    title = forms.CharField(
        label=_("Trích yếu nội dung"), max_length=1000, widget=forms.Textarea(_AREA),
        help_text=_("Không ghi lại tên loại; công văn không ghi “về việc”."),
    )  # fmt: skip
    addressees = forms.CharField(
        label=_("Kính gửi"), max_length=3000, required=False, widget=forms.Textarea(_AREA),
        help_text=_("Mỗi dòng một nơi; chỉ công văn, tờ trình."),
    )  # fmt: skip
    content = forms.CharField(
        label=_("Nội dung"), max_length=200_000, required=False,
        widget=forms.Textarea({"rows": 16, "data-long": ""}),
        help_text=_("Mỗi dòng một đoạn. Để trống nếu sẽ tải tệp Word lên."),
    )  # fmt: skip
    recipients_text = forms.CharField(
        label=_("Nơi nhận (in trên văn bản)"), max_length=5000, required=False, widget=forms.Textarea({"rows": 4}),
        help_text=_("Mỗi dòng một nơi, dòng cuối “Lưu …”."),
    )  # fmt: skip
    authority = forms.ChoiceField(label=_("Thể thức ký"), choices=Authority.choices, required=False)
    authority_over = forms.CharField(
        label=_("Thay mặt, ký thay, thừa lệnh ai"), max_length=200, required=False,
        help_text=_("Ví dụ: Ban Thường vụ; Chánh Văn phòng."),
    )  # fmt: skip
    signer = forms.ChoiceField(label=_("Người ký"), required=False)
    place = forms.CharField(
        label=_("Địa danh"), max_length=80, required=False, help_text=_("Để trống: theo tên cơ quan.")
    )
    joint_agencies = forms.CharField(
        label=_("Ký hiệu cơ quan cùng ban hành"), max_length=60, required=False,
        help_text=_("Chỉ văn bản liên tịch, ví dụ MTTQ."),
    )  # fmt: skip
    urgency = forms.TypedChoiceField(label=_("Độ khẩn"), choices=Urgency.choices, coerce=int, initial=0)
    deliver_by = MomentField(label=_("Hẹn giờ"), required=False, help_text=_("Chỉ với hỏa tốc hẹn giờ"))
    circulation = forms.ChoiceField(label=_("Phạm vi lưu hành"), choices=Circulation.choices, required=False)
    copies = forms.IntegerField(label=_("Số bản"), min_value=1, max_value=10_000, initial=1)
    due_on = DateField(label=_("Hạn ban hành"), required=False)
    reply_due_on = DateField(
        label=_("Hạn nơi nhận trả lời"), required=False, help_text=_("Gửi kèm văn bản khi phát hành.")
    )
    note = forms.CharField(label=_("Ghi chú"), max_length=1000, required=False)
    reason = forms.CharField(label=_("Lý do sửa"), max_length=1000, required=False)

    def __init__(
        self, *args: Any, office: Organization, document: OutgoingDocument | None = None, **kwargs: Any
    ) -> None:
        if document is not None:
            kwargs["initial"] = _entered(document) | kwargs.get("initial", {})
        super().__init__(*args, **kwargs)
        today = timezone.localdate()
        self.bodies = {str(one.pk): one for one in issuers_of(office)}
        self.people = {str(one.person_id): one.person for one in possible_signers(office, today)}
        if document is not None and document.signer is not None:
            self.people.setdefault(str(document.signer_id), document.signer)
        posts = {str(one.person_id): one.post.name for one in possible_signers(office, today)}
        _choices(self, "issuer", [(key, one.name) for key, one in self.bodies.items()])
        _choices(self, "doc_type", [("", "—"), *((kind.key, kind.name) for kind in types_on(today))])
        signers = [(key, f"{one.full_name}, {posts.get(key, '')}".rstrip(", ")) for key, one in self.people.items()]
        _choices(self, "signer", [("", "—"), *signers])
        if document is None:
            self.fields.pop("reason")

    @property
    def main_fields(self) -> list[forms.BoundField]:
        """What every draft needs, in the order of the paper."""
        return [bound for bound in self.visible_fields() if bound.name not in _MORE]

    @property
    def more_fields(self) -> list[forms.BoundField]:
        """What most drafts leave as it is."""
        return [bound for bound in self.visible_fields() if bound.name in _MORE]

    @property
    def has_more_errors(self) -> bool:
        """Whether the folded part must be seen."""
        return any(bound.errors for bound in self.more_fields)

    def facts(self) -> DraftFacts:
        """What the service writes."""
        told = {name: value for name, value in self.cleaned_data.items() if name != "reason"}
        return DraftFacts(**told | {"issuer": self.bodies[told["issuer"]], "signer": self.people.get(told["signer"])})


class ReplaceForm(forms.Form):
    """Why an issued document is replaced by the one about to be drafted."""

    reason = forms.CharField(label=_("Lý do thay thế"), max_length=1000, widget=forms.Textarea(_AREA))


class VersionForm(forms.Form):
    """A file edited elsewhere."""

    file = forms.FileField(label=_("Tệp dự thảo"), help_text=_("Word (.docx) hoặc PDF, không quá 50 MB."))
    reason = forms.CharField(label=_("Đã sửa gì"), max_length=1000, widget=forms.Textarea(_AREA))

    def clean_file(self) -> Any:
        """Not larger than a draft can sensibly be: it is read into memory."""
        given = self.cleaned_data["file"]
        if given.size > LARGEST:
            raise forms.ValidationError(_("Tệp lớn hơn 50 MB."))
        return given


class AskForm(forms.Form):
    """Whom to ask, how, until when."""

    targets = forms.MultipleChoiceField(label=_("Đơn vị, người được xin ý kiến"), widget=PickMany)
    is_serial = forms.BooleanField(label=_("Lần lượt theo thứ tự trên (không đồng thời)"), required=False)
    due_on = DateField(label=_("Hạn cho ý kiến"))
    question = forms.CharField(
        label=_("Nội dung cần ý kiến"), max_length=3000, required=False, widget=forms.Textarea(_AREA)
    )

    def __init__(self, *args: Any, units: Iterable[Organization], people: Iterable[Person], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.known: dict[str, Organization | Person] = {f"u{one.pk}": one for one in units}
        self.known |= {f"p{one.pk}": one for one in people}
        _choices(self, "targets", [(key, str(one)) for key, one in self.known.items()])

    def chosen(self) -> list[Organization | Person]:
        """The chosen ones, in the order of the list."""
        chosen = set(self.cleaned_data["targets"])
        return [one for key, one in self.known.items() if key in chosen]


class OpinionForm(forms.Form):
    """An answer: where one stands, and points, each with its place in the draft."""

    stance = forms.ChoiceField(
        label=_("Ý kiến"), choices=[one for one in Opinion.Stance.choices if one[0]], widget=forms.RadioSelect
    )
    text = forms.CharField(label=_("Ý kiến chung"), max_length=10_000, required=False, widget=forms.Textarea(_AREA))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for place in range(1, POINTS + 1):
            self.fields[f"clause_{place}"] = forms.CharField(
                label=_("Điều, mục, trang (%(n)s)") % {"n": place}, max_length=120, required=False
            )
            self.fields[f"point_{place}"] = forms.CharField(
                label=_("Góp ý %(n)s") % {"n": place}, max_length=5000, required=False,
                widget=forms.Textarea({"rows": 2}),
            )  # fmt: skip

    def points(self) -> list[Point]:
        """The points that say something."""
        told = self.cleaned_data
        return [
            Point(told[f"point_{n}"], told[f"clause_{n}"]) for n in range(1, POINTS + 1) if told[f"point_{n}"].strip()
        ]


class DecisionForm(forms.Form):
    """What becomes of each point: fields `outcome_<id>` and `reason_<id>`; only those chosen count."""

    def __init__(self, *args: Any, points: Iterable[OpinionPoint], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.points = list(points)
        for one in self.points:
            self.fields[f"outcome_{one.pk}"] = forms.ChoiceField(
                label=_("Kết quả"), choices=OpinionPoint.Outcome.choices, required=False, initial=one.outcome
            )
            self.fields[f"reason_{one.pk}"] = forms.CharField(
                label=_("Giải trình"), max_length=3000, required=False, initial=one.reason,
                widget=forms.Textarea({"rows": 2}),
            )  # fmt: skip

    def rows(self) -> dict[int, tuple[Any, Any]]:
        """Each point's two fields, for the table."""
        return {one.pk: (self[f"outcome_{one.pk}"], self[f"reason_{one.pk}"]) for one in self.points}

    def decisions(self) -> dict[int, tuple[str, str]]:
        """What was chosen and differs from what stands."""
        told = self.cleaned_data
        chosen = {one.pk: (told[f"outcome_{one.pk}"], told[f"reason_{one.pk}"]) for one in self.points}
        standing = {one.pk: (one.outcome, one.reason) for one in self.points}
        return {pk: pair for pk, pair in chosen.items() if pair[0] and pair != standing[pk]}


class NoteOnPageForm(forms.Form):
    """A note at a place of a page of the newest version."""

    page = forms.IntegerField(min_value=1, max_value=10_000)
    x = forms.FloatField(min_value=0, max_value=100)
    y = forms.FloatField(min_value=0, max_value=100)
    text = forms.CharField(label=_("Ghi chú"), max_length=2000, widget=forms.Textarea({"rows": 2}))


class SignerForm(forms.Form):
    """Who signs instead, by what right, and why."""

    signer = PersonField(label=_("Người ký mới"))
    authority = forms.ChoiceField(label=_("Thể thức ký"), choices=Authority.choices, required=False)
    authority_over = forms.CharField(label=_("Thay mặt, ký thay, thừa lệnh ai"), max_length=200, required=False)
    note = forms.CharField(label=_("Lý do"), max_length=2000, widget=forms.Textarea(_AREA))


class UpdateForm(ReasonForm):
    """What recipients are told anew: the deadline and the note as they are to stand from now on."""

    due_on = DateField(
        label=_("Hạn trả lời"), required=False, help_text=_("Hạn áp dụng từ nay; để trống: không còn hạn.")
    )
    content = forms.CharField(
        label=_("Nội dung cần lưu ý"), max_length=5000, required=False, widget=forms.Textarea(_AREA),
        help_text=_("Nơi nhận đọc được bên cạnh văn bản, ví dụ mẫu báo cáo, đầu mối liên hệ. Bản đã ký không đổi."),
    )  # fmt: skip
    with_file = forms.BooleanField(label=_("Gửi lại kèm tệp văn bản"), required=False)


class CoSignerForm(forms.Form):
    """One who signs too: for which body, by what right."""

    issuer = OrganizationField(label=_("Ký cho cơ quan"))
    person = PersonField(label=_("Người ký"))
    authority = forms.ChoiceField(label=_("Thể thức ký"), choices=Authority.choices, required=False)
    authority_over = forms.CharField(label=_("Thay mặt, ký thay, thừa lệnh ai"), max_length=200, required=False)


class OutsideSignerForm(forms.Form):
    """An agency outside this portal that signs too."""

    agency = forms.CharField(label=_("Cơ quan ngoài hệ thống"), max_length=200)
    agency_symbol = forms.CharField(label=_("Ký hiệu cơ quan"), max_length=20, required=False)
    name = forms.CharField(label=_("Họ tên người ký"), max_length=120, help_text=_("Như trên chứng thư số."))
    post = forms.CharField(label=_("Chức vụ"), max_length=200, required=False)
    authority = forms.ChoiceField(label=_("Thể thức ký"), choices=Authority.choices, required=False)
    authority_over = forms.CharField(label=_("Thay mặt, ký thay, thừa lệnh ai"), max_length=200, required=False)
    has_seal = forms.BooleanField(label=_("Cơ quan này đóng dấu số"), required=False, initial=True)


class SendOutsideForm(forms.Form):
    """How the paper goes to the agency outside, and where."""

    way = forms.ChoiceField(label=_("Cách gửi"), choices=CoSigner.Way.choices)
    to = forms.CharField(
        label=_("Gửi đến"), max_length=300,
        help_text=_("Địa chỉ thư điện tử; hoặc ai nhận tệp, đính kèm công văn số nào."),
    )  # fmt: skip


class SignedFileForm(forms.Form):
    """The paper as it comes back, signed."""

    file = forms.FileField(label=_("Tệp đã ký"), widget=forms.FileInput(attrs={"accept": "application/pdf,.pdf"}))

    def clean_file(self) -> bytes:
        """Its bytes, within the limit."""
        held = self.cleaned_data["file"]
        if held.size > LARGEST_SIGNED:
            raise forms.ValidationError(_("Tệp lớn quá 100 MB."), code="too_large")
        return bytes(held.read())


class RecipientForm(forms.Form):
    """Offices of the portal by ticking, others one by one."""

    inside = forms.MultipleChoiceField(label=_("Trong hệ thống"), required=False, widget=PickMany)
    channel = forms.ChoiceField(
        label=_("Kênh khác"), required=False,
        choices=[("", "—"), *(one for one in Channel.choices if one[0] != Channel.PORTAL)],
    )  # fmt: skip
    name = forms.CharField(label=_("Tên nơi nhận"), max_length=300, required=False)
    address = forms.CharField(label=_("Mã định danh, thư điện tử hoặc địa chỉ"), max_length=300, required=False)
    purpose = forms.ChoiceField(label=_("Mục đích"), choices=Recipient.Purpose.choices)
    copies = forms.IntegerField(label=_("Số bản"), min_value=1, max_value=1000, initial=1)

    def __init__(self, *args: Any, offices: Iterable[Organization], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offices = {str(one.pk): one for one in offices}
        _choices(self, "inside", [(key, one.name) for key, one in self.offices.items()])

    def addresses(self) -> list[Address]:
        """All chosen."""
        told = self.cleaned_data
        chosen = [
            Address(Channel.PORTAL, organization=self.offices[key], purpose=told["purpose"]) for key in told["inside"]
        ]
        if told["channel"]:
            chosen.append(
                Address(told["channel"], told["name"], told["address"], purpose=told["purpose"], copies=told["copies"])
            )
        return chosen


class KeyForm(forms.Form):
    """Which certificate, and its PIN. The PIN is used and forgotten."""

    credential = forms.ChoiceField(label=_("Chứng thư"))
    pin = forms.CharField(
        label=_("Mã PIN hoặc mã xác nhận"), max_length=64, required=False, strip=False,
        widget=forms.PasswordInput({"autocomplete": "off", "inputmode": "text"}),
    )  # fmt: skip

    def __init__(self, *args: Any, credentials: Iterable[Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.known = {str(one.pk): one for one in credentials}
        _choices(self, "credential", [(key, str(one)) for key, one in self.known.items()])
        if len(self.known) == 1:
            self.fields["credential"].initial = next(iter(self.known))

    @property
    def chosen(self) -> Any:
        """The credential."""
        return self.known[self.cleaned_data["credential"]]


class ReserveForm(forms.Form):
    """A number for a classified paper: of which issuer and type. No content is asked."""

    issuer = forms.ChoiceField(label=_("Cơ quan ban hành"))
    doc_type = forms.ChoiceField(label=_("Tên loại"))

    def __init__(self, *args: Any, office: Organization, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.bodies = {str(one.pk): one for one in issuers_of(office)}
        _choices(self, "issuer", [(key, one.name) for key, one in self.bodies.items()])
        _choices(self, "doc_type", [(kind.key, kind.name) for kind in types_on(timezone.localdate())])


class GrantForm(forms.Form):
    """A decision that lets somebody sign by order or by mandate."""

    issuer = forms.ChoiceField(label=_("Văn bản của"))
    person = PersonField(label=_("Người được giao quyền ký"))
    authority = forms.ChoiceField(
        label=_("Thể thức ký"),
        choices=[one for one in Authority.choices if one[0] in {Authority.BY_ORDER, Authority.BY_MANDATE}],
    )
    doc_types = forms.MultipleChoiceField(
        label=_("Loại văn bản (không chọn: mọi loại)"), required=False, widget=PickMany
    )
    decision = forms.CharField(label=_("Văn bản giao quyền"), max_length=300)
    valid_from = DateField(label=_("Từ ngày"))
    valid_to = DateField(label=_("Đến trước ngày"), required=False)

    def __init__(self, *args: Any, office: Organization, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.bodies = {str(one.pk): one for one in issuers_of(office)}
        _choices(self, "issuer", [(key, one.name) for key, one in self.bodies.items()])
        _choices(self, "doc_types", [(kind.key, kind.name) for kind in types_on(timezone.localdate())])


def _choices(form: forms.Form, name: str, choices: list[tuple[str, Any]]) -> None:
    form.fields[name].choices = choices  # type: ignore[attr-defined]


def _entered(document: OutgoingDocument) -> dict[str, Any]:
    names = (
        "doc_type", "title", "addressees", "content", "recipients_text", "authority", "authority_over", "place",
        "joint_agencies", "urgency", "deliver_by", "circulation", "copies", "due_on", "reply_due_on", "note",
    )  # fmt: skip
    told: dict[str, Any] = {name: getattr(document, name) for name in names}
    return told | {"issuer": str(document.issuer_id), "signer": str(document.signer_id or "")}
