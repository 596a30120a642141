"""What becomes of items once a programme is in force: papers come, sessions take them up, or they slip."""

from datetime import date, datetime

from congso.apps.programme.models import ChangeKind, Item, Standing
from congso.apps.programme.services.editing import InvalidItem, keep_change
from congso.apps.programme.services.hearing import tell_longer
from congso.apps.programme.services.moving import moving
from congso.kernel.access.services import Actor
from congso.kernel.workflow.services import ReasonMissing


def receive_papers(item: Item, *, on: date | None, by: Actor, at: datetime) -> None:
    """The papers came on this day; None: they were noted by mistake."""
    with moving(item.programme, "record", by=by, at=at, note=item.content) as move:
        _must_stand(item, Standing.PLANNED)
        Item.objects.filter(pk=item.pk).update(papers_in_on=on)
        move.facts = {"item": item.pk, "papers_in_on": on.isoformat() if on else ""}


def complete_item(item: Item, *, on: date, outcome: str, by: Actor, at: datetime) -> None:
    """The session took it up on this day; `outcome` names what was issued. Raises InvalidItem for a day to come."""
    with moving(item.programme, "record", by=by, at=at, note=item.content) as move:
        _must_stand(item, Standing.PLANNED)
        if on > at.date():
            raise InvalidItem("Ngày xem xét không thể ở sau hôm nay.")
        Item.objects.filter(pk=item.pk).update(standing=Standing.DONE, done_on=on, outcome=outcome.strip()[:500])
        move.facts = {"item": item.pk}
    tell_longer(item.pk, on=on, outcome=outcome.strip()[:500], at=at)


def postpone_item(item: Item, *, to: date, reason: str, by: Actor, at: datetime) -> None:
    """Not now: it moves to the month of the day; the programme of that month is offered it. The reason is kept."""
    _slip(item, Standing.POSTPONED, ChangeKind.POSTPONED, reason, to=to.replace(day=1), by=by, at=at)


def withdraw_item(item: Item, *, reason: str, by: Actor, at: datetime) -> None:
    """Taken out of the programme for good, with the reason."""
    _slip(item, Standing.WITHDRAWN, ChangeKind.WITHDRAWN, reason, to=None, by=by, at=at)


def _slip(
    item: Item, standing: Standing, kind: ChangeKind, reason: str, *, to: date | None, by: Actor, at: datetime
) -> None:
    if not reason.strip():
        raise ReasonMissing("Hãy ghi lý do lùi hoặc rút.")
    with moving(item.programme, "slip", by=by, at=at, note=f"{item.content[:200]}: {reason.strip()}") as move:
        _must_stand(item, Standing.PLANNED)
        stood = item.session_on or item.month
        if to is not None and stood and to <= stood.replace(day=1):
            raise InvalidItem("Tháng lùi đến phải sau tháng đang dự kiến.")
        Item.objects.filter(pk=item.pk).update(standing=standing, slip_reason=reason.strip()[:500], moved_to=to)
        when = {"month": (f"{stood:%m/%Y}" if stood else "", f"{to:%m/%Y}" if to else "")}
        keep_change(item, kind, when, reason, by=by, at=at)
        move.facts = {"item": item.pk}


def _must_stand(item: Item, standing: Standing) -> None:
    current = Item.objects.filter(pk=item.pk).values_list("standing", flat=True).first()
    if current != standing:
        raise InvalidItem("Nội dung này đã được xem xét, lùi hoặc rút.")
