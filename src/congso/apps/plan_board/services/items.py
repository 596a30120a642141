"""The tree: items added, changed, dropped and moved among their neighbours, in a draft or by an adjustment."""

from collections.abc import Iterable
from datetime import datetime

from congso.apps.plan_board.models import Item, MeasuredBy, Milestone, Plan
from congso.apps.plan_board.queries import item_of
from congso.apps.plan_board.services.drafting import ItemFacts, MilestoneRow
from congso.apps.plan_board.services.moving import changing, gather, moving
from congso.kernel.access.services import Actor
from congso.kernel.workflow.services import Refused
from congso.lib.ordering import step

MOST_ITEMS = 500
MOST_MILESTONES = 20
DEEPEST = 4
_COLUMNS = (
    "text", "code", "clause", "unit", "schedule_text", "measured_by", "measure", "indicator", "figure_unit",
    "direction", "method",
)  # fmt: skip


def add_item(plan: Plan, facts: ItemFacts, *, parent: Item | None, by: Actor, at: datetime, note: str = "") -> Item:
    """A new item at the end of its parent's. Raises Refused when the facts do not fit together."""
    with moving(plan, changing(plan), by=by, at=at, note=note) as move:
        _check(facts, move.record)
        living = [item for item in move.record.items.all() if not item.is_dropped]
        if len(living) >= MOST_ITEMS:
            raise Refused(f"Một kế hoạch có nhiều nhất {MOST_ITEMS} mục.")
        if parent is not None:
            _check_depth(move.record, parent)
        made = _insert(move.record, facts, parent, len(living) + 1)
        move.label = f"{move.label}: thêm {_name(made)}"
        move.facts |= {"item": made.pk, "milestones": _told(facts.milestones)}
        gather(move.record)
    return made


def insert_items(plan: Plan, rows: Iterable[tuple[ItemFacts, list[ItemFacts]]]) -> None:
    """Many items at once into a draft under way, each with what is below it; the caller's block is the act."""
    place = 0
    for facts, below in rows:
        place += 1
        parent = _insert(plan, facts, None, place)
        for child in below:
            place += 1
            _insert(plan, child, parent, place)


def change_item(item: Item, facts: ItemFacts, *, plan: Plan, by: Actor, at: datetime, note: str = "") -> None:
    """Change an item; its figures stay. What its milestones were stands in the timeline."""
    with moving(plan, changing(plan), by=by, at=at, note=note) as move:
        _check(facts, move.record)
        fresh = item_of(move.record, item.pk)
        if fresh.kind != facts.kind:
            raise Refused("Không đổi loại của mục; hãy bỏ mục này và thêm mục mới.")
        before = [MilestoneRow(one.due_on, one.value) for one in fresh.milestones.all()]
        _write(fresh, facts)
        move.label = f"{move.label}: sửa {_name(fresh)}"
        if _told(before) != _told(facts.milestones):
            move.note = f"{move.note} Mốc trước đây: {'; '.join(_told(before)) or 'không có'}.".strip()
        move.facts |= {"item": fresh.pk, "milestones": _told(facts.milestones), "before": _told(before)}
        gather(move.record)


def drop_item(item: Item, *, plan: Plan, by: Actor, at: datetime, note: str = "") -> None:
    """Take an item out of the plan with what is below it; figures stay kept."""
    with moving(plan, changing(plan), by=by, at=at, note=note) as move:
        fresh = item_of(move.record, item.pk)
        gone, items = {fresh.pk}, [one for one in move.record.items.all() if not one.is_dropped]
        for _level in range(DEEPEST):
            gone |= {one.pk for one in items if one.parent_id in gone}
        Item.objects.filter(pk__in=gone).update(is_dropped=True)
        move.label = f"{move.label}: bỏ {_name(fresh)}"
        move.facts |= {"items": sorted(gone)}
        gather(move.record)


def move_item(item: Item, *, up: bool, plan: Plan, by: Actor, at: datetime) -> None:
    """Change places with the neighbour above or below; at the edge nothing moves. Drafts only."""
    with moving(plan, "edit", by=by, at=at) as move:
        fresh = item_of(move.record, item.pk)
        rows = [one for one in move.record.items.all() if one.parent_id == fresh.parent_id and not one.is_dropped]
        if step(rows, fresh, up=up):
            Item.objects.bulk_update(rows, ["position"])
            gather(move.record)


def _insert(plan: Plan, facts: ItemFacts, parent: Item | None, position: int) -> Item:
    item = Item(plan=plan, parent=parent, position=position, kind=facts.kind)
    _write(item, facts)
    return item


def _write(item: Item, facts: ItemFacts) -> None:
    for name in ("text", "code", "clause", "schedule_text", "method"):
        setattr(item, name, getattr(facts, name).strip())
    item.unit = facts.unit
    item.measured_by = facts.measured_by if facts.is_target else ""
    item.measure = facts.measure if item.measured_by == MeasuredBy.MEASURE else ""
    item.indicator = facts.indicator.strip() if item.measured_by == MeasuredBy.INDICATOR else ""
    item.figure_unit, item.direction = facts.figure_unit.strip(), facts.direction
    if item._state.adding:
        item.save()
    else:
        item.save(update_fields=_COLUMNS)
    Milestone.objects.filter(item=item).delete()
    if facts.is_target:
        Milestone.objects.bulk_create(
            Milestone(item=item, due_on=row.due_on, value=row.value) for row in facts.milestones
        )


def _check(facts: ItemFacts, plan: Plan) -> None:
    if not facts.text.strip():
        raise Refused("Hãy ghi nội dung của mục.")
    if not facts.is_target:
        return
    if not facts.measured_by:
        raise Refused("Hãy chọn cách đo chỉ tiêu.")
    if facts.measured_by == MeasuredBy.MEASURE and not facts.measure:
        raise Refused("Hãy chọn số liệu hệ thống tự đếm.")
    if facts.measured_by == MeasuredBy.INDICATOR and not facts.indicator.strip():
        raise Refused("Hãy chọn chỉ tiêu báo cáo.")
    _check_milestones(facts, plan)


def _check_milestones(facts: ItemFacts, plan: Plan) -> None:
    if len(facts.milestones) > MOST_MILESTONES:
        raise Refused(f"Một chỉ tiêu có nhiều nhất {MOST_MILESTONES} mốc.")
    days = [row.due_on for row in facts.milestones]
    if len(set(days)) != len(days):
        raise Refused("Hai mốc trùng ngày; mỗi ngày chỉ có một mức phải đạt.")
    for row in facts.milestones:
        if not plan.starts_on <= row.due_on <= plan.ends_on:
            raise Refused(
                f"Mốc {row.due_on:%d/%m/%Y} ngoài thời gian của kế hoạch "
                f"({plan.starts_on:%d/%m/%Y}–{plan.ends_on:%d/%m/%Y})."
            )
        if facts.figure_unit.strip() == "%" and not 0 <= row.value <= 100:
            raise Refused("Mức phải đạt tính bằng % nằm trong khoảng 0 đến 100.")


def _check_depth(plan: Plan, parent: Item) -> None:
    parents = {item.pk: item.parent_id for item in plan.items.all()}
    depth, above = 1, item_of(plan, parent.pk).parent_id
    while above is not None:
        depth, above = depth + 1, parents.get(above)
    if depth >= DEEPEST:
        raise Refused(f"Cây kế hoạch có nhiều nhất {DEEPEST} cấp.")


def _name(item: Item) -> str:
    words = f"{item.code} {item.text}".strip()
    return f"“{words[:77]}…”" if len(words) > 80 else f"“{words}”"


def _told(rows: Iterable[MilestoneRow]) -> list[str]:
    return [f"{row.due_on:%d/%m/%Y}: {row.value.normalize():f}" for row in sorted(rows, key=lambda row: row.due_on)]
