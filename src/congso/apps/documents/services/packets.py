"""A document and the packet it came in, tied together."""

from datetime import datetime

from congso.apps.documents.models import IncomingDocument
from congso.kernel.access.services import Actor
from congso.kernel.exchange.models import Packet, PacketState
from congso.kernel.records.models import Link
from congso.kernel.records.services import link_records

TAKEN_BACK = "Nơi gửi đã thu hồi hoặc thay thế văn bản này."
_TAKEN_BACK = (PacketState.RECALLED, PacketState.REPLACED)


def document_of(packet: Packet) -> IncomingDocument | None:
    """The document a packet became, as far as the caller sees it."""
    return IncomingDocument.objects.filter(pk=packet.record_id).first() if packet.record_id else None


def tie_to_packet(packet_id: int, document: IncomingDocument, *, by: Actor, at: datetime) -> bool:
    """The document came in a packet: its sender is to hear of it; a replacement stands beside what it replaces.

    False when its sender took it back while it was still being read: then it must not go on as if it were wanted.
    """
    # Locked: taking back looks for the document of the packet, and one of both must see the other.
    packet = Packet.objects.select_for_update(of=("self",)).select_related("original").filter(pk=packet_id).first()
    if packet is None:
        return True
    is_wanted = packet.state not in _TAKEN_BACK
    if packet.record_id is not None:
        return is_wanted
    Packet.objects.filter(pk=packet.pk).update(record_id=document.pk)
    replaced = document_of(packet.original) if packet.original else None
    if replaced is not None:
        link_records(document, replaced, kind=Link.Kind.RELATED, by=by, at=at, clause="Thay thế")
    return is_wanted
