"""A plan of the test world's committee, made through the services."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from congso.apps.plan_board import services
from congso.apps.plan_board.models import Item, Pack, Plan
from congso.apps.plan_board.queries import item_of, plan_of
from congso.apps.plan_board.services import ItemFacts, MilestoneRow, PlanFacts
from congso.kernel.access.services import Actor, acting_as
from congso.kernel.directory.testing import World

NOW = datetime(2026, 11, 23, 8, 0, tzinfo=ZoneInfo("Asia/Ho_Chi_Minh"))  # a Monday
SYMBOL = "16-KH/TU"


def by(world: World, who: str) -> Actor:
    """One of the cast as an actor."""
    return Actor.person(getattr(world, who))


def head(world: World, **more: Any) -> PlanFacts:
    """What the sample plan says of itself."""
    told: dict[str, Any] = {
        "number": SYMBOL, "title": "Kế hoạch chuyển đổi số", "issued_on": date(2025, 8, 11),
        "starts_on": date(2025, 8, 11), "ends_on": date(2028, 12, 31), "unit": world.organization("VPTU"),
    }  # fmt: skip
    return PlanFacts(**(told | more))


def target(unit: Any, **more: Any) -> ItemFacts:
    """A target typed by its lead: 30 % by the end of 2025, 100 % by the end of 2026."""
    told: dict[str, Any] = {
        "kind": "target", "code": "CT15", "text": "Số hóa tài liệu", "unit": unit, "measured_by": "person",
        "milestones": [
            MilestoneRow(date(2025, 12, 31), Decimal(30)), MilestoneRow(date(2026, 12, 31), Decimal(100)),
        ],
    }  # fmt: skip
    return ItemFacts(**(told | more))


def draft(world: World, *, is_empty: bool = False) -> Plan:
    """A draft of the tracker's: a goal with a target of the agency's and one that is counted, a group with a task."""
    actor = by(world, "tracker")
    with acting_as(actor):
        plan = services.draft_plan(head(world), owner=world.organization("TU"), by=actor, at=NOW)
        if not is_empty:
            goal = add(world, plan, ItemFacts("goal", "Văn bản, số hóa", code="A"))
            add(world, plan, target(world.organization("BTC")), parent=goal)
            add(world, plan, counted(), parent=goal)
            group = add(world, plan, ItemFacts("solution", "Hệ thống", code="II", clause="II"))
            add(world, plan, ItemFacts("task", "Triển khai sổ tay", code="II.5", clause="II.5"), parent=group)
        return plan_of(plan.pk)


def counted(**more: Any) -> ItemFacts:
    """A target the tracking of tasks counts."""
    told: dict[str, Any] = {
        "kind": "target", "code": "CT03", "text": "Nhiệm vụ đúng hạn", "measured_by": "measure",
        "measure": "directives.in_time", "milestones": [MilestoneRow(date(2028, 12, 31), Decimal(100))],
    }  # fmt: skip
    return ItemFacts(**(told | more))


def add(world: World, plan: Plan, facts: ItemFacts, *, parent: Item | None = None, who: str = "tracker") -> Item:
    """An item added by one of the cast."""
    actor = by(world, who)
    with acting_as(actor):
        return services.add_item(plan_of(plan.pk), facts, parent=parent, by=actor, at=NOW, note="Thử")


def in_force(world: World) -> Plan:
    """The sample plan, put in force by the chief."""
    plan = draft(world)
    do(world, "chief", services.step_on, plan, key="approve")
    return plan


def do(world: World, who: str, service: Any, plan: Plan, *, at: datetime = NOW, **more: Any) -> Any:
    """Call a service on the plan as one of the cast, from a fresh read."""
    actor = by(world, who)
    with acting_as(actor):
        fresh = plan_of(plan.pk)
        answer = service(fresh, by=actor, at=at, **more)
        plan.state = fresh.state
        return answer


def item(plan: Plan, code: str) -> Item:
    """The plan's item of that code (call it as somebody who sees it)."""
    return next(one for one in plan_of(plan.pk).items.all() if one.code == code)


def report(
    world: World, plan: Plan, who: str = "agency_leader", *, value: str = "74", day: date = date(2026, 10, 31),
    code: str = "CT15", **more: Any,
) -> Any:  # fmt: skip
    """A figure typed by one of the cast."""
    actor = by(world, who)
    with acting_as(actor):
        fresh = plan_of(plan.pk)
        wanted = next(one for one in fresh.items.all() if one.code == code)
        return services.report_figure(
            item_of(fresh, wanted.pk), plan=fresh, value=Decimal(value), day=day, by=actor, at=NOW,
            **({"note": "Biên bản kiểm đếm"} | more),
        )  # fmt: skip


def pack(world: World, plan: Plan) -> Pack:
    """November's papers, made by the tracker."""
    return do(
        world, "tracker", services.make_pack, plan, month=date(2026, 11, 1), meeting_on=date(2026, 11, 27),
        place="Phòng họp A", agenda=["Báo cáo tiến độ", "Kết luận"],
    )  # fmt: skip
