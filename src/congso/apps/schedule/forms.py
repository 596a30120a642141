"""What people write of entries, things, and when they look for a free hour."""

from datetime import date, datetime, time, timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from congso.apps.schedule.models import Entry, Thing, ThingKind
from congso.apps.schedule.services import EntryFacts
from congso.apps.schedule.services.things import ThingFacts
from congso.kernel.directory.models import Organization, Person, Post
from congso.kernel.web.choosing import PersonField
from congso.kernel.web.forms import DateField, PickMany
from congso.lib.repeating import OnDayOff, Rhythm, Rule

MOST_LINES = 200
_REPEATS = (
    ("", _("Không lặp lại")),
    (Rhythm.DAILY.value, _("Hằng ngày")),
    (Rhythm.WEEKLY.value, _("Hằng tuần, cùng thứ")),
    (Rhythm.MONTHLY_DATE.value, _("Hằng tháng, cùng ngày")),
    (Rhythm.MONTHLY_WEEKDAY.value, _("Hằng tháng, cùng thứ của tuần ấy")),
    (Rhythm.YEARLY.value, _("Hằng năm")),
)
_DAYS_OFF = (
    (OnDayOff.SKIP.value, _("Bỏ qua ngày nghỉ")),
    (OnDayOff.NEXT.value, _("Chuyển sang ngày làm việc tiếp theo")),
    (OnDayOff.KEEP.value, _("Vẫn giữ ngày nghỉ")),
)


class TimeInput(forms.TimeInput):
    """An hour, by the browser's own clock."""

    input_type = "time"

    def __init__(self) -> None:
        super().__init__(format="%H:%M")


class Lines(forms.CharField):
    """Many at once, one a line; a line more is proposed while somebody types a name."""

    def __init__(self, what: str, **kwargs: Any) -> None:
        widget = forms.Textarea({"rows": 3, "data-suggest-into": what, "spellcheck": "false"})
        super().__init__(max_length=20_000, widget=widget, required=False, **kwargs)

    def lines(self, value: Any) -> list[str]:
        """The lines that say something."""
        found = [line.strip() for line in str(super().clean(value) or "").splitlines() if line.strip()]
        if len(found) > MOST_LINES:
            raise forms.ValidationError(_("Nhiều nhất %(most)s dòng.") % {"most": MOST_LINES})
        return found


class PeopleField(Lines):
    """People, each as the list proposes her: number and name."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__("person", **kwargs)

    def clean(self, value: Any) -> list[Person]:
        numbers = [_number(line.split()[0].removeprefix("#")) for line in self.lines(value)]
        found = Person.objects.in_bulk([number for number in numbers if number])
        if len(found) < len(set(numbers)):
            raise forms.ValidationError(_("Hãy chọn từng người trong danh sách gợi ý, mỗi người một dòng."))
        return [found[number] for number in dict.fromkeys(numbers)]


class UnitsField(Lines):
    """Organizations by their codes."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__("organization", **kwargs)

    def clean(self, value: Any) -> list[Organization]:
        codes = [line.split()[0] for line in self.lines(value)]
        found = {one.code: one for one in Organization.objects.filter(code__in=codes)}
        unknown = next((code for code in codes if code not in found), None)
        if unknown:
            raise forms.ValidationError(_("Không có tổ chức mang mã “%(code)s”.") % {"code": unknown})
        return [found[code] for code in dict.fromkeys(codes)]


class EntryForm(forms.Form):
    """One entry; the fields of repeating are asked of new ones, the reason of approved ones."""

    title = forms.CharField(label=_("Nội dung"), max_length=1000)
    day = DateField(label=_("Ngày"))
    begins = forms.TimeField(label=_("Từ"), widget=TimeInput)
    ends = forms.TimeField(label=_("Đến"), widget=TimeInput, required=False, help_text=_("Để trống: một giờ."))
    last_day = DateField(label=_("Đến hết ngày"), required=False, help_text=_("Khi kéo dài sang ngày khác."))
    chair = PersonField(label=_("Chủ trì"), required=False)
    people = PeopleField(label=_("Người dự"), help_text=_("Mỗi người một dòng; gõ tên vào ô bên dưới để thêm."))
    posts = forms.ModelMultipleChoiceField(
        Post.objects.none(), label=_("Chức danh dự"), required=False, widget=PickMany
    )
    units = UnitsField(label=_("Đơn vị dự"), help_text=_("Mỗi đơn vị một dòng; gõ tên vào ô bên dưới để thêm."))
    place = forms.CharField(label=_("Địa điểm"), max_length=300, required=False)
    things = forms.ModelMultipleChoiceField(
        Thing.objects.none(), label=_("Phòng, xe, thiết bị, phiên dịch"), required=False, widget=PickMany
    )
    calendar = forms.ModelChoiceField(Organization.objects.none(), label=_("Vào lịch của"), empty_label=None)
    unit = forms.ModelChoiceField(Organization.objects.none(), label=_("Đơn vị chuẩn bị"), empty_label=None)
    content = forms.CharField(
        label=_("Nội dung chi tiết"), max_length=3000, required=False, widget=forms.Textarea({"rows": 3})
    )
    documents_note = forms.CharField(label=_("Tài liệu"), max_length=500, required=False)
    online_url = forms.URLField(label=_("Họp trực tuyến"), max_length=500, required=False, assume_scheme="https")
    is_private = forms.BooleanField(
        label=_("Riêng tư"), required=False, help_text=_("Người ngoài thành phần chỉ thấy “Bận”.")
    )
    repeat = forms.ChoiceField(label=_("Lặp lại"), choices=_REPEATS, required=False)
    every = forms.IntegerField(
        label=_("Cách nhau"), min_value=1, max_value=99, required=False, help_text=_("1: lần nào cũng có.")
    )
    until = DateField(label=_("Lặp đến hết ngày"), required=False)
    on_day_off = forms.ChoiceField(label=_("Trùng ngày nghỉ"), choices=_DAYS_OFF, required=False)
    reason = forms.CharField(
        label=_("Lý do thay đổi"), max_length=500, error_messages={"required": _("Hãy ghi lý do.")}
    )
    accept = forms.CharField(label=_("Lý do nếu vẫn xếp trùng người"), max_length=500, required=False)

    def __init__(
        self, data: Any, *, owners: Any, units: Any, things: Any, posts: Any, entry: Entry | None = None,
        is_change: bool = False, initial: dict[str, Any] | None = None,
    ) -> None:  # fmt: skip
        super().__init__(data, initial=initial)
        for name, found in (("calendar", owners), ("unit", units), ("things", things), ("posts", posts)):
            self.fields[name].queryset = found  # type: ignore[attr-defined]  # choices among models
        self.fields["posts"].label_from_instance = _post_words  # type: ignore[attr-defined]
        self.fields["things"].label_from_instance = _thing_words  # type: ignore[attr-defined]
        if entry is not None:
            del self.fields["calendar"]
            for name in ("repeat", "every", "until", "on_day_off"):
                del self.fields[name]
        if not is_change:
            del self.fields["reason"], self.fields["accept"]
        self._entry = entry

    def clean(self) -> dict[str, Any]:
        told: dict[str, Any] = super().clean() or {}
        day, begins = told.get("day"), told.get("begins")
        if day is None or begins is None:
            return told
        told["starts_at"] = _moment(day, begins)
        ends = told.get("ends")
        last = told.get("last_day") or day
        told["ends_at"] = _moment(last, ends) if ends else told["starts_at"] + timedelta(hours=1) + (last - day)
        if told["ends_at"] <= told["starts_at"]:
            self.add_error("ends", _("Giờ kết thúc phải sau giờ bắt đầu."))
        if told.get("repeat") and not told.get("until"):
            self.add_error("until", _("Hãy ghi ngày cuối của việc lặp lại."))
        if told.get("until") and not timedelta(0) <= told["until"] - day <= timedelta(days=731):
            self.add_error("until", _("Lặp lại nhiều nhất hai năm, đến một ngày sau ngày đầu."))
        return told

    def told(self) -> EntryFacts:
        """What was answered."""
        told = self.cleaned_data
        return EntryFacts(
            owner=self._entry.owner if self._entry else told["calendar"], unit=told["unit"], title=told["title"],
            starts_at=told["starts_at"], ends_at=told["ends_at"], chair=told["chair"], people=tuple(told["people"]),
            posts=tuple(told["posts"]), units=tuple(told["units"]), things=tuple(told["things"]), place=told["place"],
            content=told["content"], documents_note=told["documents_note"], online_url=told["online_url"],
            is_private=told["is_private"],
        )  # fmt: skip

    def rule(self) -> Rule | None:
        """How it comes back; None: it does not."""
        told = self.cleaned_data
        if not told.get("repeat"):
            return None
        return Rule(
            Rhythm(told["repeat"]), told["until"], every=told.get("every") or 1,
            on_day_off=OnDayOff(told.get("on_day_off") or OnDayOff.SKIP),
        )  # fmt: skip


def initial_of(entry: Entry, things: list[int]) -> dict[str, Any]:
    """An entry as its form shows it."""
    begins, ends = timezone.localtime(entry.starts_at), timezone.localtime(entry.ends_at)
    part = list(entry.participants.all())
    return {
        "title": entry.title, "day": begins.date(), "begins": begins.time(), "ends": ends.time(),
        "last_day": ends.date() if ends.date() != begins.date() else None,
        "chair": f"#{entry.chair_id} {entry.chair}" if entry.chair else "",
        "people": "\n".join(f"#{one.person_id} {one.person}" for one in part if one.person_id and not one.post_id),
        "posts": [one.post_id for one in part if one.post_id],
        "units": "\n".join(one.organization.code for one in part if one.organization), "place": entry.place,
        "things": things, "unit": entry.unit_id, "content": entry.content, "documents_note": entry.documents_note,
        "online_url": entry.online_url, "is_private": entry.is_private,
    }  # fmt: skip


class ApproveForm(forms.Form):
    """A word one may add; a reason where people are elsewhere."""

    note = forms.CharField(label=_("Ý kiến"), max_length=2000, required=False, widget=forms.Textarea({"rows": 2}))
    accept = forms.CharField(
        label=_("Lý do nếu vẫn xếp trùng người"), max_length=500, required=False,
        help_text=_("Chỉ cần khi có người đã bận giờ ấy; lý do được lưu."),
    )  # fmt: skip


class ThingForm(forms.Form):
    """A room, a car, equipment, an interpreter."""

    organization = forms.ModelChoiceField(Organization.objects.none(), label=_("Của cơ quan"), empty_label=None)
    kind = forms.ChoiceField(label=_("Loại"), choices=ThingKind)
    name = forms.CharField(label=_("Tên"), max_length=200)
    seats = forms.IntegerField(label=_("Số chỗ"), min_value=1, max_value=9999, required=False)
    note = forms.CharField(label=_("Ghi chú"), max_length=300, required=False)
    is_in_use = forms.BooleanField(label=_("Đang dùng"), required=False, initial=True)

    def __init__(self, data: Any, *, offices: Any, thing: Thing | None = None) -> None:
        keys = ("kind", "name", "seats", "note", "is_in_use")
        super().__init__(data, initial={key: getattr(thing, key) for key in keys} if thing else None)
        if thing is not None:
            del self.fields["organization"]
        else:
            self.fields["organization"].queryset = offices  # type: ignore[attr-defined]  # a choice among models

    def told(self) -> ThingFacts:
        """What was answered."""
        return ThingFacts(**{key: value for key, value in self.cleaned_data.items() if key != "organization"})


class FreeForm(forms.Form):
    """Who is wanted, for how long, from which day on."""

    people = PeopleField(label=_("Những người cần dự"), help_text=_("Mỗi người một dòng; gõ tên để thêm."))
    things = forms.ModelMultipleChoiceField(
        Thing.objects.none(), label=_("Phòng, xe, thiết bị"), required=False, widget=PickMany
    )
    first = DateField(label=_("Từ ngày"))
    days = forms.IntegerField(label=_("Trong mấy ngày"), min_value=1, max_value=31, initial=7)
    minutes = forms.IntegerField(label=_("Dài bao nhiêu phút"), min_value=15, max_value=600, initial=60)

    def __init__(self, data: Any, *, things: Any, today: date) -> None:
        super().__init__(data, initial={"first": today})
        self.fields["things"].queryset = things  # type: ignore[attr-defined]  # a choice among models
        self.fields["things"].label_from_instance = _thing_words  # type: ignore[attr-defined]


def _moment(day: date, at: time) -> datetime:
    return timezone.make_aware(datetime.combine(day, at))


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 18 else 0


def _post_words(one: Post) -> str:
    return f"{one.name}, {one.organization.short_name or one.organization.name}"


def _thing_words(one: Thing) -> str:
    seats = f" ({one.seats})" if one.seats else ""
    return f"{one.get_kind_display()}: {one.name}{seats}"
