"""What the packets' files became in the register of the office."""

from congso.kernel.exchange.models import Packet
from congso.kernel.files.models import Upload
from congso.kernel.records.models import Record


def records_of(packet: Packet) -> list[Record]:
    """The records the packet became, as far as the caller sees them."""
    uploads = Upload.objects.filter(batch=f"packet-{packet.pk}", organization_id=packet.organization_id)
    ids = [*uploads.values_list("record_id", flat=True), packet.record_id]
    return list(Record.objects.filter(pk__in=[pk for pk in ids if pk is not None]).order_by("pk"))
