"""Carrying out transitions. This is the only way a record changes state."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import connection, transaction
from django.utils import timezone

from congso.kernel.access import principals
from congso.kernel.access.delegating import signature
from congso.kernel.access.services import Actor, current_principals
from congso.kernel.journal.services import write_entry
from congso.kernel.notify.rules import Kind
from congso.kernel.notify.services import notify
from congso.kernel.records.models import Record, TimelineEntry
from congso.kernel.workflow.flow import Flow, Transition, flow_of
from congso.kernel.workflow.following import followers
from congso.lib.languages import in_vietnamese


class Refused(Exception):
    """The act is not possible; the message tells the person why, in Vietnamese."""


class NotYours(Refused):
    """The actor is not one who may do this here and now."""


class WrongState(Refused):
    """The record has moved on since the person looked at it."""


class ReasonMissing(Refused):
    """This act needs a reason in words."""


@dataclass
class Move:
    """A transition under way. `facts` go into the journal line, `label` into the timeline."""

    record: Any
    flow: Flow
    key: str
    label: str
    by: Actor
    at: datetime
    from_state: str
    to_state: str
    note: str = ""
    facts: dict[str, Any] = field(default_factory=dict)


@contextmanager
def start(record: Record, *, by: Actor, at: datetime, label: str = "Tạo mới") -> Iterator[Move]:
    """Bring a new record to life in its flow's initial state.

    The row is inserted first, seen by its maker alone; what hangs on it is added inside the block; then the
    flow's audience takes over. One transaction, one timeline line, one journal line.
    """
    flow = flow_of(record.type)
    with in_vietnamese(), transaction.atomic():
        maker = principals.person(by.id) if by.person_id else principals.system(principals.System(by.id))
        record.state = flow.initial
        record.audience = record.handlers = [maker]
        record.created_by_id = by.person_id
        record.created_at = record.updated_at = at
        record.save(force_insert=True)
        move = Move(record, flow, "start", label, by, at, "", flow.initial)
        yield move
        _settle(move, (), flow.handlers(record, flow.initial))


@contextmanager
def act(record: Record, key: str, *, by: Actor, at: datetime, note: str = "") -> Iterator[Move]:
    """Do what the flow calls `key`: check, let the caller change the record inside the block, then move it.

    Raises NotYours, WrongState, ReasonMissing or Refused (a guard) before anything changed. The record is
    locked, so of two people pressing at once the second is told the state has changed.
    """
    flow = flow_of(record.type)
    transition = flow.transition(key)
    with in_vietnamese(), transaction.atomic():
        locked = Record.objects.select_for_update().filter(pk=record.pk).first()
        if locked is None:
            raise NotYours("Bạn không có quyền thực hiện việc này, hoặc việc đã chuyển sang người khác.")
        record.state = locked.state
        check(record, transition, at=at, note=note)
        used = {p for role in transition.by for p in role.principals(record)}
        move = Move(
            record, flow, key, str(transition.label), by, at, record.state, transition.target or record.state, note
        )
        yield move
        _settle(move, transition.notifies, used)


def check(record: Any, transition: Transition, *, at: datetime, note: str) -> None:
    """Raise the reason why the transition cannot be done by the running transaction's actor, if any."""
    flow = flow_of(record.type)
    if record.state not in transition.sources:
        raise WrongState(
            f"Không thể “{transition.label}” khi đang ở trạng thái “{flow.state(record.state).label}”. "
            "Hãy tải lại trang để xem tình trạng mới nhất."
        )
    if not current_principals() & {p for role in transition.by for p in role.principals(record)}:
        raise NotYours(f"Bạn không có quyền “{transition.label}” ở bước này.")
    for guard in transition.guards:
        if not guard.holds(record, at):
            raise Refused(str(guard.message))
    if transition.needs_reason and not note.strip():
        raise ReasonMissing(f"Hãy ghi lý do khi “{transition.label}”.")


def possible_transitions(record: Any, *, held: frozenset[int], at: datetime | None = None) -> list[Transition]:
    """What somebody with these principals could do now: the buttons of the record's page."""
    flow = flow_of(record.type)
    moment = at or timezone.now()
    return [
        transition
        for transition in flow.leaving(record.state)
        if held & {p for role in transition.by for p in role.principals(record)}
        and all(guard.holds(record, moment) for guard in transition.guards)
    ]


def _settle(move: Move, notified: tuple[Any, ...], used: set[int]) -> None:
    """Write the lines, tell people, then hand the record to those who see and handle the new state.

    `used` are the principals that allowed the move: who holds them only as a stand-in signs for the one replaced.
    """
    record, by = move.record, move.by
    who = signature(by, day=timezone.localdate(move.at), wanted=used)
    TimelineEntry.objects.create(
        record_id=record.pk,
        at=move.at,
        person_id=by.person_id,
        actor_label=who,
        act=move.key,
        label=move.label,
        from_state=move.from_state,
        to_state=move.to_state,
        note=move.note,
    )
    write_entry(
        act=f"{record.type}.{move.key}",
        actor=str(by),
        actor_label=who,
        at=move.at,
        organization_id=record.owner_id,
        record_id=record.pk,
        facts={"from": move.from_state, "to": move.to_state, "note": move.note, **move.facts},
    )
    for follow in followers():  # while the actor still sees the record
        follow(move)
    awaited = move.flow.awaited(record, move.to_state)
    told = {p for role in notified for p in role.principals(record)}
    if told:
        kind = Kind.MOVED if told.isdisjoint(awaited) else Kind.ASSIGNED
        notify(record, principals=told, text=move.label, by=by, at=move.at, kind=kind)
    _hand_over(record, move.flow, move.from_state or move.to_state, move.to_state, move.at)


def regrant(record: Any, *, at: datetime) -> None:
    """Who sees and handles the record is asked of its flow anew; its state stays and nothing is written down.

    For an act on another record that changed who belongs to this one: that act's line in the journal tells it. The
    database refuses somebody who does not handle the record.
    """
    _hand_over(record, flow_of(record.type), record.state, record.state, at)


def _hand_over(record: Any, flow: Flow, from_state: str, to_state: str, at: datetime) -> None:
    state, awaited = flow.state(to_state), flow.awaited(record, to_state)
    audience = flow.audience(record, to_state) | {principals.role(principals.Role.READER)}
    handlers = flow.handlers(record, to_state)
    closed = (record.closed_at or at) if state.is_closed else None
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT congso.move_record(%s, %s, %s, %s, %s, %s, %s, %s, %s)",
            [
                record.pk,
                from_state,
                to_state,
                sorted(audience),
                sorted(handlers),
                closed,
                at,
                sorted(awaited),
                state.closes_files,
            ],
        )
        record.version = cursor.fetchone()[0]
    record.state, record.audience, record.handlers = to_state, sorted(audience), sorted(handlers)
    record.awaited, record.are_files_closed, record.closed_at = sorted(awaited), state.closes_files, closed
