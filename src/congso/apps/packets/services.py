"""What the packets' files became in the register of the office, and what a later packet changes."""

from congso.kernel.exchange.comparing import said_in, standing_of
from congso.kernel.exchange.models import Packet, PacketKind
from congso.kernel.files.models import Upload
from congso.kernel.records.models import Record
from congso.lib.edxml.comparing import Difference, differences


def records_of(packet: Packet) -> list[Record]:
    """The records the packet became, as far as the caller sees them."""
    uploads = Upload.objects.filter(batch=f"packet-{packet.pk}", organization_id=packet.organization_id)
    ids = [*uploads.values_list("record_id", flat=True), packet.record_id]
    return list(Record.objects.filter(pk__in=[pk for pk in ids if pk is not None]).order_by("pk"))


def changes_of(packet: Packet) -> list[Difference] | None:
    """What an update or replacement says otherwise than its document did; None where there is nothing to compare."""
    if packet.kind not in {PacketKind.UPDATE, PacketKind.REPLACE} or packet.original is None:
        return None
    old, new = standing_of(packet.original, before=packet), said_in(packet)
    return differences(old, new) if old is not None and new is not None else None
