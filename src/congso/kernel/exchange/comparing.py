"""How a document that came stands after what its sender told since, as far as a clerk agreed to it."""

from collections.abc import Iterable, Iterator

from congso.kernel.exchange.keeping import kept
from congso.kernel.exchange.models import Direction, Packet, PacketKind, PacketState
from congso.lib.edxml.comparing import standing
from congso.lib.edxml.packets import DocumentPacket
from congso.lib.edxml.reading import read_packet
from congso.lib.edxml.refusals import Refusal


def standing_of(original: Packet, *, before: Packet | None = None) -> DocumentPacket | None:
    """The document as it came, with the updates agreed to (those that came before the packet); None when its bytes are
    gone or are no document.
    """
    said = said_in(original)
    if said is None:
        return None
    agreed = Packet.objects.filter(
        direction=Direction.IN, kind=PacketKind.UPDATE, state=PacketState.DONE, original=original
    )
    if before is not None:
        agreed = agreed.filter(pk__lt=before.pk)
    return standing(said, _said_in_each(agreed.order_by("pk")))


def said_in(packet: Packet) -> DocumentPacket | None:
    """What the packet says, when it is a document and its bytes are here."""
    try:
        said = read_packet(kept(packet.digest))
    except (Refusal, FileNotFoundError):
        return None
    return said if isinstance(said, DocumentPacket) else None


def _said_in_each(packets: Iterable[Packet]) -> Iterator[DocumentPacket]:
    for packet in packets:
        said = said_in(packet)
        if said is not None:
            yield said
