"""Between two offices of one portal: the same packets and the same answers, with no axis in between.

Whoever has a clerk here is inside. A packet and its delivery are one transaction, so each arrives exactly once. A new
document then enters the receiver's register by itself; what cannot waits for the clerk like one from the axis.
"""

import logging
from datetime import date, datetime

from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone

from congso.kernel.access.services import acting_as
from congso.kernel.directory.models import Assignment, Organization, valid_on
from congso.kernel.directory.queries import offices_on
from congso.kernel.exchange.carrying import CARRIER
from congso.kernel.exchange.handlers import packet_handler
from congso.kernel.exchange.incoming import INSIDE, Arrival, take_in
from congso.kernel.exchange.keeping import kept
from congso.kernel.exchange.models import Direction, Packet, PacketKind, PacketState
from congso.kernel.exchange.settling import change, settle_due
from congso.kernel.workflow.services import Refused

_DUE = (PacketState.WAITING, PacketState.TRYING)
_BATCH = 200
_ROUNDS = 3  # a document, its first answer, what that answer moves
log = logging.getLogger(__name__)


def inside_offices(day: date) -> QuerySet[Organization]:
    """Offices that work in this portal: somebody is their clerk on the day."""
    clerks = Assignment.objects.filter(
        valid_on(day), valid_on(day, "post__"), post__organization=OuterRef("pk"), post__functions__contains=["clerks"]
    )
    return offices_on(day).filter(Exists(clerks))


def code_of(office: Organization) -> str:
    """By which code packets name it: its official one, else the portal's own."""
    return office.official_code or office.code


def carry_inside(*, at: datetime) -> int:
    """Deliver everything between our own offices; returns how many packets. Can die anywhere and run again."""
    with acting_as(CARRIER):
        offices = {code_of(one): one for one in inside_offices(timezone.localdate(at))}
    delivered = 0
    for _round in range(_ROUNDS):
        with acting_as(CARRIER):
            due = Packet.objects.filter(
                direction=Direction.OUT, state__in=_DUE, next_try_at__lte=at, peer_code__in=list(offices)
            )
            found = list(due.order_by("-urgency", "next_try_at", "pk").values_list("pk", flat=True)[:_BATCH])
        delivered += sum(_deliver(pk, offices, at) for pk in found)
        with acting_as(CARRIER):
            settle_due(at=at)
        if not found:
            break
    _hand_over(at)
    return delivered


def _deliver(pk: int, offices: dict[str, Organization], at: datetime) -> bool:
    with acting_as(CARRIER):
        packet = Packet.objects.select_for_update(skip_locked=True).filter(pk=pk, state__in=_DUE).first()
        if packet is None:
            return False
        try:
            raw = kept(packet.digest)
        except FileNotFoundError:
            change(packet, at, state=PacketState.STUCK, next_try_at=None, next_step="Báo người quản trị.",
                   reason="Không còn bản gói tin trên máy chủ.")  # fmt: skip
            return False
        name = f"{INSIDE}{packet.pk}-{packet.repeats}"
        change(packet, at, state=PacketState.DONE, axis_id=name, reason="", next_step="", next_try_at=None)
        take_in(Arrival(raw, offices[packet.peer_code], packet.peer_code, name, packet.own_code), at=at)
    return True


def _hand_over(at: datetime) -> None:
    """New documents from inside go into the register by themselves, each tried once."""
    handler = packet_handler()
    if handler is None or handler.arrive is None:
        return
    with acting_as(CARRIER):
        waiting = Packet.objects.filter(
            direction=Direction.IN, state=PacketState.ARRIVED, kind=PacketKind.NEW, axis_id__startswith=INSIDE, tries=0
        )
        found = list(waiting.order_by("-urgency", "pk").values_list("pk", flat=True)[:_BATCH])
        Packet.objects.filter(pk__in=found).update(tries=1)
    for pk in found:
        try:
            handler.arrive(pk, at)
        except Refused as refused:
            log.warning("packet %s waits for its clerk: %s", pk, refused)
