"""Two offices on one simulated axis: the test world's, and one that exists only as packets."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from threading import Thread

from congso.kernel.access.services import acting_as
from congso.kernel.directory.models import Organization
from congso.kernel.exchange.axis import AxisError, Message
from congso.kernel.exchange.carrying import CARRIER, receive
from congso.kernel.exchange.configuration import Connection
from congso.kernel.exchange.models import Packet
from congso.kernel.exchange.rest_axis import RestAxis
from congso.kernel.exchange.settling import settle_due
from congso.kernel.exchange.simulator import Store, serve
from congso.lib.edxml.packets import (
    OFFICE_ZONE,
    Answered,
    Attachment,
    Business,
    DocumentPacket,
    Hop,
    Kind,
    Organ,
    Replacement,
    Status,
    StatusPacket,
    document_id,
)
from congso.lib.edxml.writing import write_packet

OURS, THEIRS = "A38.01", "H38.02"
NOON = datetime(2026, 11, 23, 12, 0, tzinfo=OFFICE_ZONE)
DAY = date(2026, 11, 20)


def document(
    number: int = 16, *, sender: str = THEIRS, receivers: tuple[str, ...] = (OURS,), at: datetime = NOON
) -> DocumentPacket:
    """A new document with one file."""
    return DocumentPacket(
        sender=Organ(sender, "Sở Mẫu"),
        receivers=tuple(Organ(code, "Văn phòng Thử") for code in receivers),
        number=str(number),
        notation="CV/SM",
        issued_on=DAY,
        type_name="Công văn",
        type_code=18,
        subject=f"Công văn thử số {number}",
        signer="Lê Thí Dụ",
        document_id=document_id(sender, DAY, str(number), "CV/SM"),
        hops=(Hop(sender, at),),
        attachments=(Attachment("u1", f"{number}.txt", f"Nội dung công văn số {number}".encode()),),
    )


def about(
    kind: Kind, number: int = 16, *, reason: str = "Nhầm nơi nhận", by: str = THEIRS, to: str = OURS
) -> DocumentPacket:
    """A recall, update or replacement of the document with the number."""
    earlier = document_id(by, DAY, str(number), "CV/SM")
    business = (
        Business(kind, reason, replacements=(Replacement(earlier, (to,)),))
        if kind == Kind.REPLACE
        else Business(kind, reason, document_id=earlier)
    )
    base = document(number + 1000 if kind == Kind.REPLACE else number, sender=by, receivers=(to,))
    return replace(base, business=business, attachments=base.attachments if kind == Kind.REPLACE else ())


def status(code: Status, number: int = 16, *, sender: str = OURS, by: str = THEIRS, words: str = "") -> StatusPacket:
    """What the other office says about a document of `sender`."""
    told = Answered(sender, f"{number}-CV/SM", DAY, document_id(sender, DAY, str(number), "CV/SM"))
    return StatusPacket(Organ(by, "Sở Mẫu"), told, code, NOON, words)


class PaperAxis:
    """An axis in memory: what is put in waits until it is acknowledged; what is sent is kept."""

    def __init__(self) -> None:
        self.waiting: dict[str, tuple[str, bytes]] = {}
        self.sent: list[tuple[str, bytes]] = []
        self.error: AxisError | None = None
        self._put = 0

    def put(self, packet: DocumentPacket | StatusPacket | bytes, *, name: str = "", sender: str = THEIRS) -> None:
        raw = packet if isinstance(packet, bytes) else write_packet(packet)
        self._put += 1
        self.waiting[name or f"m{self._put}"] = (sender, raw)

    def send(self, raw: bytes, *, sender: str, receiver: str, kind: str) -> str:
        if self.error:
            raise self.error
        self.sent.append((receiver, raw))
        return f"s{len(self.sent)}"

    def received(self, code: str) -> list[Message]:
        if self.error:
            raise self.error
        return [Message(name, sender, code, "edoc") for name, (sender, _) in self.waiting.items()]

    def fetch(self, code: str, message_id: str) -> bytes:
        return self.waiting[message_id][1]

    def acknowledge(self, code: str, message_id: str) -> None:
        self.waiting.pop(message_id)


def arrive(
    axis: PaperAxis, office: Organization, *packets: DocumentPacket | StatusPacket | bytes, at: datetime = NOON
) -> None:
    """The packets come, each by itself, and are settled."""
    for packet in packets:
        axis.put(packet)
        receive(axis, office, at=at)
        with acting_as(CARRIER):
            settle_due(at=at)


def rows(**which: object) -> list[Packet]:
    """Packets as the carrier sees them."""
    with acting_as(CARRIER):
        return list(Packet.objects.filter(**which).select_related("organization").order_by("pk"))


def one(**which: object) -> Packet:
    found = rows(**which)
    assert len(found) == 1, [(str(row), row.direction, row.state) for row in found]
    return found[0]


@contextmanager
def simulated(folder: Path, **faults: float) -> Iterator[tuple[Store, Connection, Connection]]:
    """A running simulator: its store, our connection and theirs."""
    store = Store(folder, {OURS: "ours", THEIRS: "theirs"})
    for name, share in faults.items():
        setattr(store.faults, name, share)
    server = serve(store)
    Thread(target=server.serve_forever, daemon=True).start()
    url = f"http://127.0.0.1:{server.server_port}/v1"
    try:
        yield (
            store,
            Connection(RestAxis(url, {OURS: "ours"}), (OURS,)),
            Connection(RestAxis(url, {THEIRS: "theirs"}), (THEIRS,)),
        )
    finally:
        server.shutdown()
        server.server_close()
