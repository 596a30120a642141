"""What the packets' files became in the register of the office, and what a later packet changes."""

from congso.kernel.exchange.keeping import kept
from congso.kernel.exchange.models import Packet, PacketKind
from congso.kernel.files.models import Upload
from congso.kernel.records.models import Record
from congso.lib.edxml.comparing import Difference, differences
from congso.lib.edxml.packets import DocumentPacket
from congso.lib.edxml.reading import read_packet
from congso.lib.edxml.refusals import Refusal


def records_of(packet: Packet) -> list[Record]:
    """The records the packet became, as far as the caller sees them."""
    uploads = Upload.objects.filter(batch=f"packet-{packet.pk}", organization_id=packet.organization_id)
    ids = [*uploads.values_list("record_id", flat=True), packet.record_id]
    return list(Record.objects.filter(pk__in=[pk for pk in ids if pk is not None]).order_by("pk"))


def changes_of(packet: Packet) -> list[Difference] | None:
    """What an update or replacement says otherwise than its document did; None where there is nothing to compare."""
    if packet.kind not in {PacketKind.UPDATE, PacketKind.REPLACE} or packet.original is None:
        return None
    try:
        old, new = read_packet(kept(packet.original.digest)), read_packet(kept(packet.digest))
    except (Refusal, FileNotFoundError):
        return None
    if not isinstance(old, DocumentPacket) or not isinstance(new, DocumentPacket):
        return None
    return differences(old, new)
