from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from congso.apps.voting.models import BallotMethod, BallotWay, SubjectKind, Trust, VotingRule
from congso.apps.voting.rules import BASES, Base, Marks, Secrecy, Tie
from congso.apps.voting.services import NewBallot
from congso.kernel.directory.models import Organization
from congso.kernel.web.forms import DateField, ReasonForm

LONG = forms.Textarea(attrs={"rows": 6})
YES_NO = (("", _("Chưa xác định")), ("yes", _("Có")), ("no", _("Không")))


class BallotForm(forms.Form):
    """What a ballot is about and how it is held; its lists have pages of their own."""

    title = forms.CharField(label=_("Việc biểu quyết"), max_length=300)
    body = forms.ModelChoiceField(label=_("Cơ quan biểu quyết"), queryset=Organization.objects.none())
    subject = forms.ChoiceField(label=_("Loại"), choices=SubjectKind.choices, initial=SubjectKind.QUESTION)
    question = forms.CharField(label=_("Nội dung, dự thảo"), max_length=4000, required=False, widget=LONG)
    is_personnel = forms.BooleanField(label=_("Thuộc công tác cán bộ"), required=False)
    way = forms.ChoiceField(label=_("Nơi biểu quyết"), choices=BallotWay.choices, initial=BallotWay.ROOM)
    method = forms.ChoiceField(label=_("Hình thức"), choices=BallotMethod.choices, initial=BallotMethod.NAMED)
    voting_rule = forms.ModelChoiceField(label=_("Quy tắc tính"), queryset=VotingRule.objects.none())
    seats = forms.IntegerField(
        label=_("Số lượng cần bầu"), min_value=0, max_value=200, initial=0, help_text=_("Chỉ khi bầu theo danh sách.")
    )
    is_poll_recorded = forms.BooleanField(label=_("Hội nghị đã cho ý kiến về danh sách vượt số dư"), required=False)
    threshold = forms.IntegerField(
        label=_("Số khóa để mở hòm phiếu"), min_value=2, max_value=25, initial=2, required=False,
        help_text=_("Chỉ khi bỏ phiếu kín điện tử: số thành viên ban kiểm phiếu phải cùng góp khóa."),
    )  # fmt: skip
    due_day = DateField(label=_("Hạn trả lời: ngày"), required=False, help_text=_("Bắt buộc với phiếu xin ý kiến."))
    due_time = forms.TimeField(
        label=_("Hạn trả lời: giờ"), required=False, initial="17:00",
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
        error_messages={"invalid": _("Hãy nhập giờ theo dạng giờ:phút, ví dụ 17:00.")},
    )  # fmt: skip

    def __init__(self, *args: Any, bodies: Any, rules: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if bodies is None:
            del self.fields["body"]
        else:
            self.fields["body"].queryset = bodies  # type: ignore[attr-defined]
        self.fields["voting_rule"].queryset = rules  # type: ignore[attr-defined]

    @property
    def new(self) -> NewBallot:
        """As the services take it."""
        told = {**self.cleaned_data}
        day, hour = told.pop("due_day"), told.pop("due_time")
        told.pop("body", None)
        told["threshold"] = told["threshold"] or 2
        closes_at = None
        if day is not None and hour is not None:
            closes_at = timezone.make_aware(datetime.combine(day, hour))
        return NewBallot(**told, closes_at=closes_at)


class NamesForm(forms.Form):
    """People or names, one a line."""

    names = forms.CharField(
        label=_("Mỗi dòng một người"), required=False, max_length=40_000, widget=forms.Textarea(attrs={"rows": 12})
    )

    @property
    def lines(self) -> list[str]:
        """What is written, without empty lines."""
        return [line.strip() for line in self.cleaned_data["names"].splitlines() if line.strip()]


class CandidatesForm(NamesForm):
    """The election list."""

    names = forms.CharField(
        label=_("Danh sách bầu cử, mỗi dòng một người"), required=False, max_length=40_000,
        widget=forms.Textarea(attrs={"rows": 14}),
        help_text=_("Họ và tên | ghi chú, ví dụ: Nguyễn Văn A | Trưởng phòng Tổng hợp"),
    )  # fmt: skip
    is_sorted = forms.BooleanField(label=_("Xếp theo vần tên gọi"), required=False, initial=True)


class RoundForm(ReasonForm):
    """Why there is another round, and the amended draft."""

    question = forms.CharField(
        label=_("Dự thảo đã sửa"), max_length=4000, required=False, widget=LONG,
        help_text=_("Để trống nếu nội dung không đổi."),
    )  # fmt: skip


class ListChangeForm(ReasonForm):
    """Somebody comes in late or loses her vote while the ballot is open."""

    change = forms.ChoiceField(
        label=_("Thay đổi"),
        choices=(("admit", _("Ghi có mặt, được biểu quyết")), ("remove", _("Không tiếp tục được biểu quyết"))),
    )
    name = forms.CharField(label=_("Họ và tên"), max_length=120)


def _share_field(label: Any, most: int) -> forms.IntegerField:
    return forms.IntegerField(label=label, min_value=1, max_value=most, required=False)


class RuleForm(forms.Form):
    """A voting rule; what is left empty is undefined, and no ballot opens under it."""

    title = forms.CharField(label=_("Tên quy tắc"), max_length=200)
    basis = forms.CharField(label=_("Căn cứ (số, ngày văn bản, điều, khoản)"), max_length=400, required=False)
    trust = forms.ChoiceField(label=_("Mức tin cậy"), choices=Trust.choices)
    kind = forms.ChoiceField(label=_("Dùng cho"), choices=SubjectKind.choices)
    base = forms.ChoiceField(label=_("Tính trên"), required=False)
    part = _share_field(_("Tỉ lệ: tử số"), 1000)
    whole = _share_field(_("Tỉ lệ: mẫu số"), 1000)
    is_more_than = forms.ChoiceField(
        label=_("Phải vượt quá tỉ lệ"), required=False,
        choices=(("", _("Chưa xác định")), ("yes", _("Quá (nhiều hơn)")), ("no", _("Ít nhất (bằng cũng đạt)"))),
    )  # fmt: skip
    quorum = forms.ChoiceField(
        label=_("Điều kiện họp"), required=False,
        choices=(
            ("", _("Chưa xác định")), ("none", _("Không quy định")),
            ("members", _("Trên tổng số thành viên")), ("summoned", _("Trên số được triệu tập")),
        ),
    )  # fmt: skip
    quorum_part = _share_field(_("Có mặt ít nhất: tử số"), 1000)
    quorum_whole = _share_field(_("Có mặt ít nhất: mẫu số"), 1000)
    secrecy = forms.ChoiceField(
        label=_("Kín hay công khai"), required=False,
        choices=(
            ("", _("Chưa xác định")), (Secrecy.REQUIRED.value, _("Bắt buộc bỏ phiếu kín")),
            (Secrecy.OPEN.value, _("Biểu quyết công khai")), (Secrecy.EITHER.value, _("Hội nghị chọn")),
        ),
    )  # fmt: skip
    by_circulation = forms.ChoiceField(label=_("Được lấy ý kiến bằng văn bản"), required=False, choices=YES_NO)
    marks = forms.ChoiceField(
        label=_("Cách ghi phiếu bầu"),
        choices=((Marks.STRIKE.value, _("Gạch tên")), (Marks.BOXES.value, _("Đánh dấu ô đồng ý, không đồng ý"))),
    )
    needs_surplus = forms.ChoiceField(label=_("Danh sách phải có số dư"), required=False, choices=YES_NO)
    surplus_most = forms.IntegerField(label=_("Số dư tối đa (%)"), min_value=0, max_value=100, required=False)
    tie = forms.ChoiceField(
        label=_("Bằng phiếu ở vị trí cuối"), required=False,
        choices=(
            ("", _("Chưa xác định")), (Tie.AGAIN.value, _("Bầu lại giữa những người bằng phiếu")),
            (Tie.BODY.value, _("Hội nghị quyết định")),
        ),
    )  # fmt: skip
    rounds_most = forms.IntegerField(
        label=_("Số vòng tối đa"), min_value=0, max_value=20, initial=0, help_text=_("0: không giới hạn.")
    )
    note = forms.CharField(
        label=_("Ghi chú"), max_length=1000, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        bases = [(one.value, BASES[one]) for one in Base]
        self.fields["base"].choices = [("", _("Chưa xác định")), *bases]  # type: ignore[attr-defined]

    @property
    def definition(self) -> dict[str, Any]:
        """As it is kept."""
        told = self.cleaned_data
        quorum: Any = told["quorum"] or None
        if quorum not in (None, "none"):
            share = {"part": told["quorum_part"], "whole": told["quorum_whole"], "is_more_than": False}
            quorum = {"base": quorum, "share": share}
        return {
            **{name: told[name] or None for name in ("kind", "base", "secrecy", "marks", "tie")},
            "share": {"part": told["part"], "whole": told["whole"], "is_more_than": _yes(told["is_more_than"])},
            "quorum": quorum, "basis": told["basis"], "by_circulation": _yes(told["by_circulation"]),
            "needs_surplus": _yes(told["needs_surplus"]), "surplus_most": told["surplus_most"],
            "rounds_most": told["rounds_most"],
        }  # fmt: skip


class NewRuleForm(RuleForm):
    """A rule of the office's own."""

    code = forms.SlugField(
        label=_("Mã quy tắc"), max_length=60, help_text=_("Chữ thường không dấu, số, gạch nối; không đổi về sau.")
    )
    body = forms.ModelChoiceField(label=_("Cơ quan"), queryset=Organization.objects.none())

    def __init__(self, *args: Any, bodies: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["body"].queryset = bodies  # type: ignore[attr-defined]
        self.order_fields(["body", "code", "title"])


def rule_initial(rule: VotingRule) -> dict[str, Any]:
    """A rule as its form shows it."""
    kept = rule.definition
    share, quorum = kept.get("share") or {}, kept.get("quorum")
    is_share = isinstance(quorum, dict)
    return {
        **{name: kept.get(name) for name in ("kind", "base", "secrecy", "marks", "tie", "basis", "surplus_most")},
        "title": rule.title, "trust": rule.trust, "note": rule.note,
        "part": share.get("part"), "whole": share.get("whole"), "is_more_than": _word(share.get("is_more_than")),
        "quorum": quorum["base"] if is_share else quorum or "",
        "quorum_part": quorum["share"]["part"] if is_share else None,
        "quorum_whole": quorum["share"]["whole"] if is_share else None,
        "by_circulation": _word(kept.get("by_circulation")), "needs_surplus": _word(kept.get("needs_surplus")),
        "rounds_most": kept.get("rounds_most") or 0,
    }  # fmt: skip


def whole_numbers(posted: Any, names: Iterable[str]) -> dict[str, int | None]:
    """Figures typed on the counting page: None for what is no whole number."""
    found: dict[str, int | None] = {}
    for name in names:
        text = str(posted.get(name, "")).strip().replace(".", "")
        found[name] = int(text) if text.isascii() and text.isdigit() and len(text) < 7 else None
    return found


def _yes(word: str) -> bool | None:
    return {"yes": True, "no": False}.get(word)


def _word(value: Any) -> str:
    return "" if value is None else "yes" if value else "no"
