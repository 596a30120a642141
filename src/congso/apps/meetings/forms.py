"""What people write of meetings, items, replies, opinions and conclusions."""

from collections.abc import Iterable
from datetime import date, datetime, time
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from congso.apps.meetings.models import Answer, Capacity, Conclusion, Forum, Handling, Item, Meeting, MeetingKind
from congso.apps.meetings.services import (
    MOST_PAGES,
    Concluded,
    Convened,
    HeardKind,
    Invited,
    ItemFacts,
    MeetingFacts,
    guest_label,
)
from congso.kernel.directory.models import Organization, Person
from congso.kernel.web.choosing import OrganizationField, PersonField
from congso.kernel.web.forms import DateField
from congso.lib.workdays import add_months

MOST_LINES = 1000
_MONTHS_AHEAD = 19


class TimeInput(forms.TimeInput):
    """An hour, by the browser's own clock."""

    input_type = "time"

    def __init__(self) -> None:
        super().__init__(format="%H:%M")


class PeopleField(forms.CharField):
    """People, one a line, each as the list proposes her: number and name."""

    def __init__(self, **kwargs: Any) -> None:
        widget = forms.Textarea({"rows": 6, "data-suggest-into": "person", "spellcheck": "false"})
        super().__init__(max_length=100_000, widget=widget, required=False, **kwargs)

    def clean(self, value: Any) -> list[Person]:
        lines = [line.strip() for line in str(super().clean(value) or "").splitlines() if line.strip()]
        numbers = [_number(line.split()[0].removeprefix("#")) for line in lines]
        found = Person.objects.in_bulk([number for number in numbers if number])
        if len(found) < len(set(numbers)) or len(lines) > MOST_LINES:
            raise forms.ValidationError(_("Hãy chọn từng người trong danh sách gợi ý, mỗi người một dòng."))
        return [found[number] for number in dict.fromkeys(numbers)]


class MeetingForm(forms.Form):
    """When, where, who runs it; the reason is asked of a meeting that was called."""

    title = forms.CharField(label=_("Tên cuộc họp"), max_length=1000)
    body = forms.ModelChoiceField(Organization.objects.none(), label=_("Cơ quan họp"), empty_label=None)
    forum = forms.ChoiceField(label=_("Cấp họp"), choices=Forum)
    kind = forms.ChoiceField(label=_("Loại cuộc họp"), choices=MeetingKind)
    day = DateField(label=_("Ngày"))
    begins = forms.TimeField(label=_("Từ"), widget=TimeInput)
    ends = forms.TimeField(label=_("Đến"), widget=TimeInput)
    last_day = DateField(label=_("Đến hết ngày"), required=False, help_text=_("Khi kéo dài sang ngày khác."))
    place = forms.CharField(label=_("Địa điểm"), max_length=300, required=False)
    is_online = forms.BooleanField(label=_("Có họp trực tuyến"), required=False)
    chair = PersonField(label=_("Chủ trì"), required=False)
    secretary = PersonField(label=_("Thư ký"), required=False)
    note = forms.CharField(
        label=_("Mục đích, yêu cầu"), max_length=3000, required=False, widget=forms.Textarea({"rows": 3})
    )
    from_programme = forms.BooleanField(label=_("Lấy nội dung từ chương trình công tác"), required=False, initial=True)
    reason = forms.CharField(
        label=_("Lý do thay đổi"), max_length=500, error_messages={"required": _("Hãy ghi lý do.")}
    )

    def __init__(
        self, data: Any, *, bodies: Any = None, meeting: Meeting | None = None, initial: dict[str, Any] | None = None
    ) -> None:
        super().__init__(data, initial=_initial_of(meeting) if meeting else initial)
        if meeting is None:
            self.fields["body"].queryset = bodies  # type: ignore[attr-defined]  # a choice among models
            del self.fields["reason"]
            return
        del self.fields["body"], self.fields["from_programme"]
        if meeting.state == "draft":
            del self.fields["reason"]

    def clean(self) -> dict[str, Any]:
        told: dict[str, Any] = super().clean() or {}
        day, begins, ends = told.get("day"), told.get("begins"), told.get("ends")
        if day is None or begins is None or ends is None:
            return told
        told["starts_at"], told["ends_at"] = _moment(day, begins), _moment(told.get("last_day") or day, ends)
        if told["ends_at"] <= told["starts_at"]:
            self.add_error("ends", _("Giờ kết thúc phải sau giờ bắt đầu."))
        return told

    def told(self) -> MeetingFacts:
        """What was answered."""
        told = self.cleaned_data
        return MeetingFacts(
            title=told["title"], starts_at=told["starts_at"], ends_at=told["ends_at"], forum=told["forum"],
            kind=told["kind"], place=told["place"], is_online=told["is_online"], chair=told["chair"],
            secretary=told["secretary"], note=told["note"],
        )  # fmt: skip


def _initial_of(meeting: Meeting) -> dict[str, Any]:
    begins, ends = timezone.localtime(meeting.starts_at), timezone.localtime(meeting.ends_at)
    return {
        "title": meeting.title, "forum": meeting.forum, "kind": meeting.kind, "day": begins.date(),
        "begins": begins.time(), "ends": ends.time(), "last_day": ends.date() if ends.date() != begins.date() else None,
        "place": meeting.place, "is_online": bool(meeting.room_key), "note": meeting.note,
        "chair": f"#{meeting.chair_id} {meeting.chair}" if meeting.chair else "",
        "secretary": f"#{meeting.secretary_id} {meeting.secretary}" if meeting.secretary else "",
    }  # fmt: skip


class ConvenedForm(forms.Form):
    """Who is convened: members, who have a vote, and those who take part besides."""

    members = PeopleField(label=_("Thành viên"), help_text=_("Mỗi người một dòng; gõ tên vào ô bên dưới để thêm."))
    attending = PeopleField(
        label=_("Dự họp, không biểu quyết"),
        help_text=_("Dự cả cuộc họp. Người chỉ dự một nội dung: ghi ở nội dung ấy."),
    )

    def told(self) -> list[Convened]:
        """What was answered."""
        members = [Convened(one) for one in self.cleaned_data["members"]]
        return members + [Convened(one, Capacity.ATTENDING) for one in self.cleaned_data["attending"]]


class ItemForm(forms.Form):
    """One item of the agenda."""

    title = forms.CharField(label=_("Nội dung"), max_length=1000, widget=forms.Textarea({"rows": 2}))
    minutes_planned = forms.IntegerField(label=_("Thời lượng (phút)"), min_value=1, max_value=1440, initial=15)
    position = forms.IntegerField(label=_("Thứ tự"), min_value=1, max_value=60, required=False)
    presenter_label = forms.CharField(label=_("Người trình bày"), max_length=300, required=False)
    preparer = OrganizationField(label=_("Cơ quan chuẩn bị tài liệu"), required=False)
    papers_due_on = DateField(label=_("Hạn nộp tài liệu"), required=False)
    output = forms.CharField(label=_("Hình thức văn bản"), max_length=200, required=False)
    is_withdrawn_after = forms.BooleanField(
        label=_("Thu hồi tài liệu sau cuộc họp"), required=False,
        help_text=_("Khi bế mạc, không ai mở được tệp của nội dung này nữa."),
    )  # fmt: skip

    def __init__(self, data: Any, *, item: Item | None = None) -> None:
        super().__init__(data, initial=_item_initial(item) if item else None)
        if item is None:
            del self.fields["position"]

    def told(self) -> ItemFacts:
        """What was answered."""
        return ItemFacts(**self.cleaned_data)


def _item_initial(item: Item) -> dict[str, Any]:
    names = ("title", "minutes_planned", "position", "presenter_label", "output", "is_withdrawn_after")
    told = {name: getattr(item, name) for name in names}
    return {**told, "preparer": item.unit.code if item.unit else "", "papers_due_on": item.due_on}


class DropForm(forms.Form):
    """Why an item is taken off; where it came from the working programme, what becomes of it there."""

    note = forms.CharField(label=_("Lý do"), max_length=500, widget=forms.Textarea({"rows": 3}))
    kind = forms.ChoiceField(
        label=_("Trong chương trình công tác"), widget=forms.RadioSelect, initial=HeardKind.DROPPED.value,
        choices=(
            (HeardKind.DROPPED.value, _("Văn phòng xếp lại sau")),
            (HeardKind.POSTPONED.value, _("Lùi đến tháng khác")),
            (HeardKind.WITHDRAWN.value, _("Rút khỏi chương trình")),
        ),
    )  # fmt: skip
    to = forms.ChoiceField(label=_("Lùi đến tháng"), required=False)

    def __init__(self, data: Any, *, item: Item) -> None:
        super().__init__(data)
        if item.programme_item_id is None:
            del self.fields["kind"], self.fields["to"]
            return
        first = timezone.localdate(item.meets_at).replace(day=1)
        days = [add_months(first, step) for step in range(1, _MONTHS_AHEAD)]
        self.fields["to"].choices = [("", "–"), *((f"{day:%Y-%m}", f"{day:%m/%Y}") for day in days)]  # type: ignore[attr-defined]

    def told(self) -> dict[str, Any]:
        """What was answered."""
        told, chosen = self.cleaned_data, self.cleaned_data.get("to", "")
        if not told.get("kind"):
            return {"note": told["note"]}
        is_later = told["kind"] == HeardKind.POSTPONED and chosen
        return {
            "note": told["note"], "kind": told["kind"],
            "to": date(int(chosen[:4]), int(chosen[5:7]), 1) if is_later else None,
        }  # fmt: skip


class GuestsForm(forms.Form):
    """Guests of one item: those with an account, and names for the paper."""

    people = PeopleField(
        label=_("Khách mời có tài khoản"), help_text=_("Chỉ xem được nội dung này và tài liệu của nó khi đã phát hành.")
    )
    names = forms.CharField(
        label=_("Khách mời khác"), max_length=10_000, required=False, widget=forms.Textarea({"rows": 4}),
        help_text=_("Mỗi người một dòng: họ tên, chức vụ. Chỉ để in giấy mời và ghi biên bản."),
    )  # fmt: skip

    def told(self, day: date) -> list[Invited]:
        """What was answered."""
        people = [Invited(guest_label(one, day), one) for one in self.cleaned_data["people"]]
        names = [" ".join(line.split()) for line in self.cleaned_data["names"].splitlines() if line.strip()]
        return people + [Invited(name) for name in names]


class PaperForm(forms.Form):
    """A paper, or a new version of one."""

    title = forms.CharField(
        label=_("Tên tài liệu"), max_length=300, required=False,
        help_text=_("Trùng tên tài liệu đã có: thành bản mới của tài liệu ấy. Để trống: theo tên tệp."),
    )  # fmt: skip
    file = forms.FileField(label=_("Tệp"), help_text=_("PDF, DOCX, XLSX, ảnh quét."))


class MarkForm(forms.Form):
    """A place of a page of a paper's version, as the script measured it."""

    version = forms.IntegerField(min_value=1, max_value=2**63 - 1)
    page = forms.IntegerField(min_value=1, max_value=MOST_PAGES)
    left = forms.FloatField(min_value=0, max_value=100)
    top = forms.FloatField(min_value=0, max_value=100)
    width = forms.FloatField(min_value=0, max_value=101)
    height = forms.FloatField(min_value=0, max_value=101)
    text = forms.CharField(max_length=5000, required=False)


class ReplyForm(forms.Form):
    """The answer to an invitation."""

    answer = forms.ChoiceField(label=_("Trả lời"), choices=Answer, widget=forms.RadioSelect)
    reason = forms.CharField(
        label=_("Lý do"), max_length=500, required=False, widget=forms.Textarea({"rows": 2}),
        help_text=_("Bắt buộc khi xin vắng mặt."),
    )  # fmt: skip
    delegate = PersonField(label=_("Người dự thay"), required=False)
    mandate = forms.CharField(
        label=_("Nội dung ủy quyền"), max_length=500, required=False, widget=forms.Textarea({"rows": 2}),
        help_text=_("Bắt buộc khi cử người dự thay. Người dự thay không biểu quyết."),
    )  # fmt: skip


class PresenceForm(forms.Form):
    """A correction of attendance: what, when, why."""

    kind = forms.ChoiceField(
        label=_("Ghi"),
        choices=(
            ("came", pgettext_lazy("meeting", "Có mặt")), ("left", _("Ra về")), ("void", _("Ghi nhầm, không có mặt"))
        ),
    )  # fmt: skip
    when = forms.TimeField(label=_("Lúc"), widget=TimeInput, required=False, help_text=_("Để trống: bây giờ."))
    reason = forms.CharField(label=_("Lý do"), max_length=500)

    def moment(self, day: date) -> datetime | None:
        """The moment that was meant."""
        when = self.cleaned_data["when"]
        return _moment(day, when) if when else None


class WordsForm(forms.Form):
    """Words of the secretary at the beginning and the end of the minutes."""

    opening = forms.CharField(
        label=_("Phần mở đầu"), max_length=5000, required=False, widget=forms.Textarea({"rows": 4})
    )
    closing = forms.CharField(
        label=_("Phần kết thúc"), max_length=5000, required=False, widget=forms.Textarea({"rows": 3})
    )


class SummaryForm(forms.Form):
    """How an item went, in the secretary's words."""

    summary = forms.CharField(
        label=_("Diễn biến, tiếp thu, giải trình"), max_length=20_000, required=False,
        widget=forms.Textarea({"rows": 12}),
    )  # fmt: skip


class OpinionForm(forms.Form):
    """What was said."""

    text = forms.CharField(label=_("Ý kiến"), max_length=10_000, widget=forms.Textarea({"rows": 4}))


class ConclusionForm(forms.Form):
    """A point of the conclusion: who leads it by when, or why there is no task."""

    text = forms.CharField(label=_("Kết luận"), max_length=5000, widget=forms.Textarea({"rows": 4}))
    item = forms.ModelChoiceField(Item.objects.none(), label=_("Về nội dung"), required=False)
    lead = OrganizationField(label=_("Cơ quan chủ trì"), required=False)
    due_on = DateField(label=_("Thời hạn"), required=False)
    product = forms.CharField(label=_("Sản phẩm"), max_length=500, required=False)
    no_task_reason = forms.CharField(
        label=_("Không giao việc vì"), max_length=500, required=False,
        help_text=_("Chỉ ghi khi kết luận này không thành nhiệm vụ."),
    )  # fmt: skip

    def __init__(self, data: Any, *, meeting: Meeting, conclusion: Conclusion | None = None) -> None:
        initial = None
        if conclusion is not None:
            initial = {
                "text": conclusion.text, "item": conclusion.item_id, "due_on": conclusion.due_on,
                "lead": conclusion.lead.code if conclusion.lead else "", "product": conclusion.product,
                "no_task_reason": conclusion.no_task_reason,
            }  # fmt: skip
        super().__init__(data, initial=initial)
        self.fields["item"].queryset = meeting.items.order_by("position")  # type: ignore[attr-defined]  # of models

    def told(self) -> Concluded:
        """What was answered."""
        return Concluded(**self.cleaned_data)


class KeyForm(forms.Form):
    """With which certificate the minutes are signed, and its PIN, which is used and forgotten."""

    credential = forms.ChoiceField(label=_("Chứng thư"))
    pin = forms.CharField(
        label=_("Mã PIN hoặc mã xác nhận"), max_length=64, required=False, strip=False,
        widget=forms.PasswordInput({"autocomplete": "off"}),
    )  # fmt: skip

    def __init__(self, data: Any, *, credentials: Iterable[Any]) -> None:
        super().__init__(data)
        self.known = {str(one.pk): one for one in credentials}
        self.fields["credential"].choices = [(key, str(one)) for key, one in self.known.items()]  # type: ignore[attr-defined]

    @property
    def chosen(self) -> Any:
        """The credential."""
        return self.known[self.cleaned_data["credential"]]


class RemarkAnswerForm(forms.Form):
    """What the secretary does with a remark on the minutes."""

    handling = forms.ChoiceField(
        label=_("Xử lý"),
        choices=((Handling.TAKEN, _("Tiếp thu")), (Handling.EXPLAINED, _("Giải trình, không tiếp thu"))),
    )
    answer = forms.CharField(label=_("Giải trình"), max_length=1000, required=False, widget=forms.Textarea({"rows": 3}))


def _moment(day: date, at: time) -> datetime:
    return timezone.make_aware(datetime.combine(day, at))


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 18 else 0
