"""Counting by the clock: every night, with the rights of the keeper who asked for it, and only what is new is kept."""

from datetime import date, datetime

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from congso.apps.plan_board.flow import FLOW
from congso.apps.plan_board.models import Clock, Figure, Item, Plan
from congso.apps.plan_board.queries import plan_of
from congso.apps.plan_board.rules import is_news
from congso.apps.plan_board.services.measuring import Measured, count_item, counted_targets, kept_figure
from congso.apps.plan_board.services.moving import moving
from congso.kernel.access.services import Actor, acting_as
from congso.kernel.directory.queries import title_of
from congso.kernel.workflow.services import NotYours, Refused, check


def start_counting(plan: Plan, *, by: Actor, at: datetime) -> None:
    """Let the machine count every night with the person's own rights. Raises NotYours, Refused when somebody's do."""
    if by.person_id is None:
        raise NotYours("Máy chỉ đo thay một người theo dõi kế hoạch.")
    with moving(plan, "count", by=by, at=at) as move:
        label = title_of(by.person_id, timezone.localdate(at))
        Clock.objects.create(plan=move.record, by_id=by.person_id, by_label=label, at=at)


def stop_counting(plan: Plan, *, by: Actor, at: datetime) -> None:
    """End it; any keeper may. Figures stay."""
    with moving(plan, "stop_counting", by=by, at=at):
        Clock.objects.filter(plan=plan.pk).delete()


def count_by_clock(*, by: Actor, at: datetime) -> int:
    """Count every plan that is due today; how many figures were kept.

    Runs as the system REMINDERS, any number of times a day: a plan is counted once a day, each in a transaction of its
    own. What cannot be counted any more (the person keeps it no longer, the plan is closed) is said at the plan.
    """
    today, kept = timezone.localdate(at), 0
    with acting_as(by):
        due = list(Clock.objects.filter(Q(last_on=None) | Q(last_on__lt=today)).order_by("pk"))
    for clock in due:
        made, said = _count(clock, at)
        kept += made
        with acting_as(by):
            Clock.objects.filter(pk=clock.pk).update(last_on=today, said=said[:500])
    return kept


def _count(clock: Clock, at: datetime) -> tuple[int, str]:
    try:
        with acting_as(Actor.person(clock.by_id)):
            return count_anew(plan_of(clock.plan_id), by=Actor.person(clock.by_id), at=at)
    except Plan.DoesNotExist:
        return 0, f"{clock.by_label} không còn xem được kế hoạch; hãy để người khác thay."
    except Refused as refused:
        return 0, f"Không đo được: {refused}"


@transaction.atomic
def count_anew(plan: Plan, *, by: Actor, at: datetime) -> tuple[int, str]:
    """Count every target that can be counted and keep what is news; how many figures, and in words how it went.

    A night that brings nothing new leaves no line. Raises NotYours, WrongState.
    """
    check(plan, FLOW.transition("measure"), at=at, note="")
    today = timezone.localdate(at)
    targets = counted_targets(plan)
    newest = _newest(targets, today)
    found = [(item, count_item(item, plan=plan, day=today)) for item in targets]
    news = [(item, one) for item, one in found if one is not None and _is_news(newest.get(item.pk), one)]
    missing = sum(one is None for _item, one in found)
    said = f"Đo {len(targets) - missing} chỉ tiêu, ghi {len(news)} số mới; {missing} chỉ tiêu chưa có gì để đếm."
    if news and by.person_id is not None:
        with moving(plan, "measure", by=by, at=at) as move:
            label = title_of(by.person_id, today)
            Figure.objects.bulk_create(
                kept_figure(item, one, by=by.person_id, label=label, at=at) for item, one in news
            )
            move.label, move.note = f"{move.label} (máy đo theo giờ)", said
            move.facts |= {"by_clock": True, "figures": {item.pk: str(one.value) for item, one in news}}
    return len(news), said


def _newest(targets: list[Item], today: date) -> dict[int, Figure]:
    rows = (
        Figure.objects.filter(item__in=targets, day__lte=today).order_by("item_id", "-day", "-id").distinct("item_id")
    )
    return {one.item_id: one for one in rows}


def _is_news(newest: Figure | None, found: Measured) -> bool:
    return newest is None or is_news(newest.day, newest.value, found.day, found.value)
