"""The demo's plan: 16-KH/TU put in force in August 2025 and followed to today; values between milestones are invented.

Its tasks are those other systems made from the plan's paper, or from the plan itself where there is none.
"""

from datetime import date, datetime, time, timedelta
from decimal import Decimal

from django.db import transaction
from django.utils import timezone

from congso.apps.plan_board import services
from congso.apps.plan_board.models import Item, MeasuredBy, Plan
from congso.apps.plan_board.queries import item_of, plan_of
from congso.apps.plan_board.rules import month_of
from congso.kernel.access.services import Actor, acting_as
from congso.kernel.accounts.models import User
from congso.kernel.directory.models import Organization
from congso.kernel.records.models import Link, Record

_CHIEF, _TRACKER = "chanhvp.vptu", "theodoi1.vptu"
_SYMBOL = "16-KH/TU"
_APPROVED = date(2025, 8, 18)
# code: what was reached, report by report (invented); the last one stands today
_REACHED = {
    "CT01": (10, 22, 35, 41), "CT04": (0, 0, 8, 15), "CT05": (30, 60, 92, 100),
    "CT06": (12, 25, 40, 48), "CT07": (5, 12, 20, 26), "CT08": (0, 10, 18, 30), "CT09": (10, 25, 41, 55),
    "CT10": (0, 6, 15, 22), "CT15": (12, 31, 58, 74),
}  # fmt: skip
_DAYS = (date(2025, 10, 31), date(2025, 12, 31), date(2026, 6, 30))


@transaction.atomic
def load() -> int:
    """Make the demo's plan; returns how many figures it has, 0 when it is there."""
    chief = _person(_CHIEF)
    with acting_as(chief):
        if Plan.objects.exists():
            return 0
        at = _morning(_APPROVED)
        plan = services.draft_from_starter(
            "plan16", owner=Organization.objects.get(code="LC.TU"), by=chief, at=at, document=_paper()
        )
        services.step_on(plan, "approve", by=chief, at=at)
    tracker = _person(_TRACKER)
    with acting_as(tracker):
        services.start_counting(plan_of(plan.pk), by=tracker, at=at)
    made = _report(plan)
    _meet(plan)
    return made


def _paper() -> Record | None:
    """The plan's paper, where the office has it: the one tasks name as their source first."""
    named = Record.objects.filter(number=_SYMBOL).exclude(type__in=("task", "plan")).order_by("id")
    tied = Link.objects.filter(target__in=named, kind=Link.Kind.SOURCE).values("target")
    return named.filter(pk__in=tied).first() or named.first()


def _report(plan: Plan) -> int:
    tracker = _person(_TRACKER)
    today = timezone.localdate()
    newest = max(month_of(today) - timedelta(days=1), _DAYS[-1])
    made = 0
    with acting_as(tracker):
        for item in Item.objects.filter(plan=plan, measured_by=MeasuredBy.PERSON, code__in=_REACHED):
            for day, value in zip((*_DAYS, newest), _REACHED[item.code], strict=True):
                held = plan_of(plan.pk)
                services.report_figure(
                    item_of(held, item.pk), plan=held, value=Decimal(value), day=day, by=tracker,
                    note="Báo cáo của đơn vị đầu mối, đã đối chiếu danh sách kèm theo.",
                    at=_morning(day + timedelta(days=2)),
                )  # fmt: skip
                made += 1
        return made + services.measure_plan(plan_of(plan.pk), by=tracker, at=timezone.now())[0]


def _meet(plan: Plan) -> None:
    """A matter decided last month, two that wait, and the packs of both months."""
    tracker, at = _person(_TRACKER), timezone.now()
    month_ago = at - timedelta(days=30)
    with acting_as(tracker):
        held = plan_of(plan.pk)
        items = {item.code: item for item in held.items.all()}
        first = services.raise_matter(
            held, text="Bổ sung máy quét khổ lớn cho các xã có nhiều hồ sơ giấy.", item=items["CT15"], by=tracker,
            at=month_ago,
        )  # fmt: skip
        agenda = ["Báo cáo tình hình thực hiện Kế hoạch trong tháng", "Nhiệm vụ quá hạn và giải pháp",
                  "Kết luận của Trưởng Ban Chỉ đạo"]  # fmt: skip
        services.make_pack(plan_of(plan.pk), month=month_of(month_ago.date()), meeting_on=month_ago.date(),
                           place="Phòng họp Tỉnh ủy", agenda=agenda, by=tracker, at=month_ago)  # fmt: skip
        services.decide_matter(
            first, text="Đồng ý; Văn phòng Tỉnh ủy tổng hợp nhu cầu, trình trong quý I/2027.", by=tracker,
            at=month_ago + timedelta(days=1),
        )  # fmt: skip
        for code, text in (
            ("CT04", "Cho phép thuê đơn vị đánh giá cấp độ an toàn cho các hệ thống dùng chung."),
            ("CT01", "Bố trí bổ sung kinh phí thiết bị cho các xã mới sáp nhập."),
        ):
            services.raise_matter(plan_of(plan.pk), text=text, item=items[code], by=tracker, at=at)
        services.make_pack(plan_of(plan.pk), month=month_of(timezone.localdate()),
                           meeting_on=timezone.localdate() + timedelta(days=3), place="Phòng họp Tỉnh ủy",
                           agenda=agenda, by=tracker, at=at)  # fmt: skip


def _person(username: str) -> Actor:
    return Actor.person(User.objects.values_list("person_id", flat=True).get(username=username))


def _morning(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time(9, 0)))
