"""Figures: counted by a system's measure, taken from reports, or typed by a person with evidence."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal

from django.utils import timezone

from congso.apps.plan_board.flow import keeper_principals, lead_principals
from congso.apps.plan_board.models import Figure, Item, ItemKind, MeasuredBy, Plan
from congso.apps.plan_board.queries import item_of
from congso.apps.plan_board.rules import share
from congso.apps.plan_board.services.moving import moving
from congso.kernel.access.services import Actor, current_principals
from congso.kernel.directory.queries import title_of
from congso.kernel.indicators.measures import measure_of
from congso.kernel.indicators.models import Indicator
from congso.kernel.indicators.periods import Period
from congso.kernel.indicators.queries import rolled_up
from congso.kernel.records.models import Record
from congso.kernel.workflow.services import NotYours, Refused

LOOKED_BACK = 4  # periods: reports of the running one are seldom in
LARGEST = Decimal(10) ** 14
_THOUSANDTH = Decimal("0.001")


@dataclass(frozen=True)
class Measured:
    """What a target's source says as the asker may see it: value, of what it was made, in words whose it is."""

    value: Decimal
    day: date
    origin: str
    numerator: Decimal | None = None
    denominator: Decimal | None = None
    url: str = ""
    scope: str = ""


def count_item(item: Item, *, plan: Plan, day: date) -> Measured | None:
    """The target's value by its declared source under the asker's rights; None where there is nothing to count."""
    if item.measured_by == MeasuredBy.MEASURE:
        return _counted(item, plan, day)
    if item.measured_by == MeasuredBy.INDICATOR:
        return _reported(item, plan, day)
    return None


def measure_plan(plan: Plan, *, by: Actor, at: datetime) -> tuple[int, list[Item]]:
    """Count every target that can be counted and keep the figures; how many, and those without anything to count.

    A figure equal to the one of the same day is not kept twice.
    """
    if by.person_id is None:
        raise NotYours("Số liệu phải có người chịu trách nhiệm.")
    today, missing, made = timezone.localdate(at), [], []
    with moving(plan, "measure", by=by, at=at) as move:
        label = title_of(by.person_id, today)
        targets = counted_targets(move.record)
        known = {(one.item_id, one.day): one.value for one in Figure.objects.filter(item__in=targets, day__lte=today)}
        for item in targets:
            found = count_item(item, plan=move.record, day=today)
            if found is None:
                missing.append(item)
            elif known.get((item.pk, found.day)) != found.value:
                made.append(kept_figure(item, found, by=by.person_id, label=label, at=at))
        Figure.objects.bulk_create(made)
        move.note = f"Ghi {len(made)} số đo; {len(missing)} chỉ tiêu chưa có gì để đếm."
        move.facts |= {"figures": {one.item_id: str(one.value) for one in made}}
    return len(made), missing


def report_figure(
    item: Item, *, plan: Plan, value: Decimal, day: date, note: str, by: Actor, at: datetime,
    evidence: Record | None = None,
) -> Figure:  # fmt: skip
    """A typed value with the words, and where there is one the record, that prove it.

    Raises NotYours for a unit that does not lead the item, Refused for a day to come, before the plan, or a value that
    cannot be.
    """
    if by.person_id is None:
        raise NotYours("Số liệu phải có người chịu trách nhiệm.")
    with moving(plan, "report", by=by, at=at) as move:
        fresh = item_of(move.record, item.pk)
        if fresh.kind != ItemKind.TARGET:
            raise Refused("Chỉ ghi số liệu cho chỉ tiêu.")
        _check_reporter(move.record, fresh)
        _check_value(fresh, value, day, plan=move.record, today=timezone.localdate(at))
        if not note.strip():
            raise Refused("Hãy ghi căn cứ của số liệu: lấy ở đâu, ai xác nhận.")
        made = Figure.objects.create(
            item=fresh, day=day, value=value, origin=MeasuredBy.PERSON, note=note.strip()[:2000], evidence=evidence,
            by_id=by.person_id, by_label=title_of(by.person_id, timezone.localdate(at)), at=at,
        )  # fmt: skip
        move.note = f"{fresh.code} {fresh.text}"[:200].strip()
        move.facts |= {"item": fresh.pk, "value": str(value), "day": day.isoformat()}
    return made


def may_report(plan: Plan, item: Item, held: frozenset[int]) -> bool:
    """Whether somebody with these principals types figures of the target while the plan is in force."""
    allowed = keeper_principals(plan.owner) | (lead_principals(item.unit) if item.unit else set())
    return plan.state == "in_force" and item.kind == ItemKind.TARGET and bool(allowed & held)


def counted_targets(plan: Plan) -> list[Item]:
    """Targets whose figures are counted by a system or taken from reports."""
    by_machine = (MeasuredBy.MEASURE, MeasuredBy.INDICATOR)
    return [item for item in plan.items.all() if item.measured_by in by_machine and not item.is_dropped]


def _counted(item: Item, plan: Plan, day: date) -> Measured | None:
    measure = measure_of(item.measure)
    if measure is None:
        return None
    found = measure.count(plan.owner, day)
    scope = f"Đếm của {plan.owner.name} và cơ quan trực thuộc, trong phạm vi người đếm được xem."
    top = Decimal(found.numerator)
    if found.denominator is None:
        return Measured(top, day, MeasuredBy.MEASURE, top, None, found.url, scope)
    bottom = Decimal(found.denominator)
    value = share(top, bottom)
    return None if value is None else Measured(value, day, MeasuredBy.MEASURE, top, bottom, found.url, scope)


def _reported(item: Item, plan: Plan, day: date) -> Measured | None:
    indicator = Indicator.objects.filter(code=item.indicator).first()
    if indicator is None:
        return None
    period = Period.containing(day, indicator.rhythm)
    periods = [period]
    for _step in range(LOOKED_BACK):
        periods.append(periods[-1].previous)
    found = rolled_up([indicator], periods, plan.owner_id, day, with_parts=False)
    for one in periods:
        figure = found.total(indicator.pk, one)
        if figure.value is not None and figure.figures:
            value = figure.value.quantize(_THOUSANDTH, ROUND_HALF_UP)
            scope = f"Tổng hợp báo cáo {one.name} của {figure.figures} đơn vị, trong phạm vi người đếm được xem."
            return Measured(value, min(one.end, day), MeasuredBy.INDICATOR, scope=scope)
    return None


def kept_figure(item: Item, found: Measured, *, by: int, label: str, at: datetime) -> Figure:
    """What was counted as a figure to keep."""
    return Figure(
        item=item, day=found.day, value=found.value, numerator=found.numerator, denominator=found.denominator,
        origin=found.origin, url=found.url[:500], scope=found.scope[:500], by_id=by, by_label=label, at=at,
    )  # fmt: skip


def _check_reporter(plan: Plan, item: Item) -> None:
    if not may_report(plan, item, current_principals()):
        raise NotYours("Chỉ đơn vị đầu mối của chỉ tiêu và người theo dõi kế hoạch ghi được số liệu này.")


def _check_value(item: Item, value: Decimal, day: date, *, plan: Plan, today: date) -> None:
    if day > today:
        raise Refused("Ngày của số liệu ở tương lai.")
    if day < plan.starts_on - timedelta(days=366):
        raise Refused("Ngày của số liệu trước khi có kế hoạch.")
    if not value.is_finite() or abs(value) >= LARGEST:
        raise Refused("Số quá lớn; hãy xem lại đơn vị tính.")
    if value != value.quantize(_THOUSANDTH):
        raise Refused("Số liệu có nhiều nhất ba chữ số thập phân.")
    if item.figure_unit == "%" and not 0 <= value <= 100:
        raise Refused("Tỉ lệ phần trăm nằm trong khoảng 0 đến 100.")
