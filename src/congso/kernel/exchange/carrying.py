"""The carrier's round: send what is due, fetch what waits, settle what speaks of others. It can die anywhere.

Sending is at least once: a packet is leased, sent, and only then noted as sent; receivers know it by its key. Receiving
is exactly once: the row and the delivery are committed before the axis hears that we have it.
"""

import logging
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from congso.kernel.access.principals import System
from congso.kernel.access.services import Actor, acting_as
from congso.kernel.directory.models import Organization
from congso.kernel.exchange.axis import Axis, AxisError, Message
from congso.kernel.exchange.configuration import Connection, offices_of
from congso.kernel.exchange.incoming import Arrival, is_delivered, take_in
from congso.kernel.exchange.keeping import kept
from congso.kernel.exchange.models import Contact, Direction, Packet, PacketKind, PacketState
from congso.kernel.exchange.rules import LEASE, MOST_TRIES, pause
from congso.kernel.exchange.settling import change, settle_due

CARRIER = Actor.system(System.EXCHANGE)
_BATCH = 200
_DUE = (PacketState.WAITING, PacketState.TRYING)
log = logging.getLogger(__name__)


def carry(connection: Connection, *, at: datetime) -> None:
    """One round over everything. Errors of the axis are written down, not raised."""
    send_due(connection, at=at)
    for office in _offices(connection, at):
        receive(connection.axis, office, at=at)
    with acting_as(CARRIER):
        settle_due(at=at)


def _offices(connection: Connection, at: datetime) -> list[Organization]:
    with acting_as(CARRIER):
        return list(offices_of(connection.codes, timezone.localdate(at)).order_by("pk"))


def send_due(connection: Connection, *, at: datetime) -> int:
    """Send what is due, urgent ones first; returns how many the axis took."""
    with acting_as(CARRIER):
        due = Packet.objects.filter(
            direction=Direction.OUT, state__in=_DUE, next_try_at__lte=at, own_code__in=connection.codes
        )
        found = list(due.order_by("-urgency", "next_try_at", "pk").values_list("pk", flat=True)[:_BATCH])
    return sum(_send(pk, connection.axis, at) for pk in found)


def _send(pk: int, axis: Axis, at: datetime) -> bool:
    packet = _lease(pk, at)
    if packet is None:
        return False
    try:
        axis_id = axis.send(
            kept(packet.digest), sender=packet.own_code, receiver=packet.peer_code,
            kind="status" if packet.kind == PacketKind.STATUS else "edoc",
        )  # fmt: skip
    except AxisError as error:
        _note_failure(packet, error, at)
        return False
    except FileNotFoundError:
        gone = AxisError("Không còn bản gói tin trên máy chủ.", next_step="Báo người quản trị.", is_passing=False)
        _note_failure(packet, gone, at)
        return False
    with acting_as(CARRIER):
        Packet.objects.filter(pk=pk, state__in=_DUE).update(
            state=PacketState.DONE, axis_id=axis_id[:200], reason="", next_step="", next_try_at=None, settled_at=at
        )
    return True


def _lease(pk: int, at: datetime) -> Packet | None:
    """Take the packet for a while: who dies while sending leaves it to be sent again."""
    with acting_as(CARRIER):
        packet = Packet.objects.select_for_update(skip_locked=True).filter(pk=pk, state__in=_DUE).first()
        if packet is None or packet.next_try_at is None or packet.next_try_at > at:
            return None
        change(packet, at, tries=packet.tries + 1, next_try_at=at + LEASE)
        return packet


def _note_failure(packet: Packet, error: AxisError, at: datetime) -> None:
    """A passing error waits longer each time; a permanent one, or too many, needs a person."""
    is_over = not error.is_passing or packet.tries >= MOST_TRIES
    step = "Bấm “Gửi lại”, hoặc gửi bằng kênh khác." if is_over and error.is_passing else error.next_step
    with acting_as(CARRIER):
        Packet.objects.filter(pk=packet.pk, state__in=_DUE).update(
            state=PacketState.STUCK if is_over else PacketState.TRYING,
            reason=error.reason[:1000],
            next_step=step[:500],
            next_try_at=None if is_over else at + pause(packet.tries),
        )


def receive(axis: Axis, office: Organization, *, at: datetime) -> int:
    """Take in what waits for the office; returns how many packets the axis offered."""
    try:
        messages = axis.received(office.official_code)
    except AxisError as error:
        _note_contact(office, at, error.reason)
        return 0
    _note_contact(office, at, "")
    for message in messages:
        try:
            _receive(axis, office, message, at)
        except AxisError as error:
            log.warning("message %s of the axis: %s", message.id, error.reason)
            if not error.is_passing:
                _note_unfetched(office, message, error, at)
    return len(messages)


def _receive(axis: Axis, office: Organization, message: Message, at: datetime) -> None:
    with acting_as(CARRIER):
        is_known = is_delivered(office, message.id)
    if not is_known:
        raw = axis.fetch(office.official_code, message.id)
        with transaction.atomic(), acting_as(CARRIER):
            take_in(Arrival(raw, office, office.official_code, message.id, message.sender), at=at)
            Packet.objects.filter(organization=office, direction=Direction.IN, key=_unfetched_key(message)).update(
                state=PacketState.DONE, reason="", next_step="", settled_at=at
            )
    axis.acknowledge(office.official_code, message.id)


def _note_contact(office: Organization, at: datetime, reason: str) -> None:
    with acting_as(CARRIER):
        contact, _is_new = Contact.objects.get_or_create(code=office.official_code, defaults={"organization": office})
        contact.reason = reason[:1000]
        contact.failing_since = (contact.failing_since or at) if reason else None
        contact.reached_at = contact.reached_at if reason else at
        contact.save(update_fields=["reason", "failing_since", "reached_at"])


def _unfetched_key(message: Message) -> str:
    return f"unfetched:{message.id}"[:64]


def _note_unfetched(office: Organization, message: Message, error: AxisError, at: datetime) -> None:
    """The axis names a packet it does not give: seen by people, and asked for again in every round."""
    with acting_as(CARRIER):
        Packet.objects.get_or_create(
            organization=office, direction=Direction.IN, key=_unfetched_key(message),
            defaults={
                "own_code": office.official_code, "peer_code": message.sender[:60], "kind": PacketKind.UNREADABLE,
                "axis_id": message.id[:200], "state": PacketState.STUCK, "reason": error.reason[:1000],
                "next_step": error.next_step[:500] or "Báo người quản trị.", "made_at": at,
            },
        )  # fmt: skip
