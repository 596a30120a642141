"""Beginning a programme, its items, and carrying them from longer programmes."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db import IntegrityError
from django.utils import timezone

from congso.apps.programme.models import RECORD_TYPE, Body, Change, ChangeKind, Item, Programme, Span, Standing
from congso.apps.programme.queries import LONGER, carriable, drafting_for, programmes
from congso.apps.programme.queries.slips import DROPPED_WHILE_DRAFTING
from congso.apps.programme.rules import differences, papers_due
from congso.apps.programme.services.moving import moving
from congso.kernel.access.services import Actor, current_principals
from congso.kernel.directory.models import Organization, Person
from congso.kernel.directory.queries import title_of
from congso.kernel.indicators.periods import Frequency, Period
from congso.kernel.regulations.queries import calendar, value
from congso.kernel.search.services import index_record
from congso.kernel.workflow.services import NotYours, Refused, start


class InvalidItem(Refused):
    """An item that does not fit its programme; the message says why."""


@dataclass(frozen=True)
class NewProgramme:
    """What is known when a draft is begun."""

    organization: Organization
    body: str
    span: str
    day: date
    note: str = ""


@dataclass(frozen=True)
class ItemFacts:
    """What an item says. Without `papers_due_on` the day follows from the session's."""

    content: str
    preparer: Organization | None = None
    verifier: Organization | None = None
    supervisor: Person | None = None
    output: str = ""
    month: date | None = None
    session_on: date | None = None
    papers_due_on: date | None = None
    place: int | None = None


def create_programme(new: NewProgramme, *, by: Actor, at: datetime) -> Programme:
    """Begin the draft of a body's programme. Raises NotYours, and Refused where the period has one already."""
    if not drafting_for(current_principals()).filter(pk=new.organization.pk).exists():
        raise NotYours("Bạn không soạn chương trình của cơ quan này.")
    period = Period.containing(new.day, Frequency(new.span))
    whose = new.organization.name if new.body == Body.AGENCY else f"{Body(new.body).label} {new.organization.name}"
    programme = Programme(
        type=RECORD_TYPE, title=f"Chương trình công tác {period.name} của {whose}"[:1000],
        owner=new.organization, unit=new.organization, organization=new.organization, body=new.body, span=new.span,
        first_day=period.start, note=new.note, opened_on=timezone.localdate(at), above=_above(new, period),
    )  # fmt: skip
    try:
        with start(programme, by=by, at=at):
            pass
    except IntegrityError:
        raise Refused(f"Đã có chương trình {period.name} của {whose}.") from None
    index_record(programme)
    return programme


def add_item(programme: Programme, facts: ItemFacts, *, by: Actor, at: datetime, reason: str = "") -> Item:
    """One more item; of a programme that was approved before it is an addition, with its reason."""
    with moving(programme, "edit", by=by, at=at, note=reason) as move:
        item = Item(programme=programme, added_in=programme.revision, place=facts.place or _next_place(programme))
        _fill(item, facts, at)
        item.save(force_insert=True)
        _keep(item, ChangeKind.ADDED, {}, reason, by=by, at=at)
        move.facts = {"item": item.pk}
    index_record(programme)
    return item


def edit_item(item: Item, facts: ItemFacts, *, by: Actor, at: datetime, reason: str = "") -> Item:
    """Say something else of an item; of an approved programme the difference and its reason are kept."""
    programme = item.programme
    with moving(programme, "edit", by=by, at=at, note=reason) as move:
        item.refresh_from_db()
        item.programme = programme
        if item.standing != Standing.PLANNED:
            raise InvalidItem("Nội dung đã xem xét, lùi hoặc rút thì không sửa được.")
        before = shown_words(item)
        item.place = facts.place or item.place
        _fill(item, facts, at)
        item.save()
        _keep(item, ChangeKind.EDITED, before, reason, by=by, at=at)
        move.facts = {"item": item.pk}
    index_record(programme)
    return item


def drop_item(item: Item, *, by: Actor, at: datetime) -> None:
    """Leave an item out of a draft never approved. Raises Refused for one that was."""
    programme = item.programme
    with moving(programme, "edit", by=by, at=at) as move:
        if programme.revision:
            raise Refused("Chương trình đã duyệt: nội dung chỉ được lùi hoặc rút, kèm lý do.")
        Item.objects.filter(pk=item.pk).update(standing=Standing.WITHDRAWN, slip_reason=DROPPED_WHILE_DRAFTING)
        move.facts = {"item": item.pk}


def carry_items(programme: Programme, items: Iterable[int], *, by: Actor, at: datetime, reason: str = "") -> int:
    """Take these over from longer programmes and from what was postponed to here; returns how many. Safe to repeat."""
    wanted = set(items)
    with moving(programme, "edit", by=by, at=at, note=reason) as move:
        found = [one for one in carriable(programme) if one.pk in wanted]
        place = _next_place(programme)
        for step, source in enumerate(found):
            item = Item(
                programme=programme, place=place + step, carried_from=source, added_in=programme.revision,
                supervisor_label=source.supervisor_label,
            )  # fmt: skip
            facts = ItemFacts(
                source.content, source.preparer, source.verifier, source.supervisor, source.output,
                source.moved_to if source.standing == Standing.POSTPONED else source.month,
                None if source.standing == Standing.POSTPONED else source.session_on,
            )  # fmt: skip
            _fill(item, facts, at)
            item.save(force_insert=True)
            _keep(item, ChangeKind.ADDED, {}, reason, by=by, at=at)
        move.facts = {"carried": len(found)}
    index_record(programme)
    return len(found)


def shown_words(item: Item) -> dict[str, str]:
    """An item as its columns print it, for comparing."""
    return {
        "content": item.content,
        "preparer": item.preparer.name if item.preparer else "",
        "verifier": item.verifier.name if item.verifier else "",
        "supervisor": item.supervisor_label,
        "output": item.output,
        "month": f"{item.month:%m/%Y}" if item.month else "",
        "session_on": f"{item.session_on:%d/%m/%Y}" if item.session_on else "",
        "papers_due_on": f"{item.papers_due_on:%d/%m/%Y}" if item.papers_due_on else "",
    }


def keep_change(
    item: Item, kind: ChangeKind, told: dict[str, tuple[str, str]], reason: str, *, by: Actor, at: datetime
) -> None:
    """Write down a change of an approved programme. Raises InvalidItem without a reason."""
    if not reason.strip():
        raise InvalidItem("Chương trình đã duyệt: hãy ghi lý do thay đổi.")
    if by.person_id is None:
        raise NotYours("Chỉ người được giao mới điều chỉnh chương trình.")
    Change.objects.create(
        programme=item.programme, item=item, kind=kind, reason=reason.strip()[:500],
        before={key: was for key, (was, _now) in told.items()}, after={key: now for key, (_was, now) in told.items()},
        revision=item.programme.revision, by_id=by.person_id, by_label=title_of(by.person_id, timezone.localdate(at)),
        at=at,
    )  # fmt: skip


def _keep(item: Item, kind: ChangeKind, before: dict[str, str], reason: str, *, by: Actor, at: datetime) -> None:
    if not item.programme.revision:
        return
    told = differences(before, shown_words(item))
    if told or kind is ChangeKind.ADDED:
        keep_change(item, kind, told, reason, by=by, at=at)


def _fill(item: Item, facts: ItemFacts, at: datetime) -> None:
    period = item.programme.period
    content = facts.content.strip()
    if not content:
        raise InvalidItem("Hãy ghi nội dung.")
    month = facts.month.replace(day=1) if facts.month else None
    for day in (month, facts.session_on):
        if day and not period.start <= day <= period.end:
            raise InvalidItem(f"Thời gian phải nằm trong {period.name}.")
    if facts.papers_due_on and facts.session_on and facts.papers_due_on > facts.session_on:
        raise InvalidItem("Hạn gửi tài liệu phải trước ngày họp.")
    item.content, item.output = content, facts.output.strip()
    item.preparer, item.verifier = facts.preparer, facts.verifier
    if item.supervisor_id != (facts.supervisor.pk if facts.supervisor else None):
        today = timezone.localdate(at)
        item.supervisor_label = title_of(facts.supervisor.pk, today) if facts.supervisor else ""
    item.supervisor = facts.supervisor
    item.session_on = facts.session_on
    item.month = facts.session_on.replace(day=1) if facts.session_on else month
    item.papers_due_on = facts.papers_due_on or _papers_due(item)


def _papers_due(item: Item) -> date | None:
    if item.session_on is None:
        return None
    days = value("programme.papers_working_days", on=item.session_on)
    return papers_due(item.session_on, int(days[item.programme.body]), calendar())


def _next_place(programme: Programme) -> int:
    return max((item.place for item in programme.items.all()), default=0) + 1


def _above(new: NewProgramme, period: Period) -> Programme | None:
    longer = [(span, Period.containing(period.start, Frequency(span)).start) for span in LONGER[Span(new.span)]]
    found = programmes().filter(organization=new.organization, body=new.body, is_dropped=False)
    known = {(one.span, one.first_day): one for one in found.filter(span__in=[span for span, _ in longer])}
    return next((known[key] for key in longer if key in known), None)
