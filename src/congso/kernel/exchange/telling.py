"""What becomes of a document in its register is told to its sender by the flow of work itself (office 3.4)."""

from datetime import datetime

from congso.kernel.access.services import acting_as
from congso.kernel.exchange.carrying import CARRIER
from congso.kernel.exchange.models import Direction, Packet, PacketKind, PacketState
from congso.kernel.exchange.outgoing import queue_status
from congso.kernel.exchange.rules import may_follow
from congso.kernel.exchange.settling import change
from congso.lib.edxml.packets import Status


def tell_sender(record_id: int, status: Status, *, at: datetime, description: str = "") -> bool:
    """Queue 02 to 06 to whoever sent the document, in the running transaction; forward only, never twice.

    The carrier tells, whoever's act moved the document: leaders and units keep no packets. False when nothing is told.
    """
    with acting_as(CARRIER):
        packet = (
            Packet.objects.select_for_update(of=("self",))
            .select_related("organization")
            .filter(record_id=record_id, direction=Direction.IN, kind__in=(PacketKind.NEW, PacketKind.REPLACE))
            .filter(state=PacketState.DONE)
            .first()
        )
        if packet is None or not may_follow(packet.answer, status):
            return False
        queue_status(packet, status, at=at, description=description)
        change(packet, at, answer=status.value)
    return True
