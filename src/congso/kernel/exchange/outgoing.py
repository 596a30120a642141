"""Putting packets into the outbox: in the act's own transaction, one row for each addressee, each once."""

import hashlib
from datetime import datetime

from django.utils import timezone

from congso.kernel.access.services import Actor
from congso.kernel.directory.models import Organization
from congso.kernel.exchange.keeping import content_digest, keep
from congso.kernel.exchange.models import Direction, Packet, PacketKind, PacketState
from congso.kernel.exchange.signing_packets import signed
from congso.kernel.records.models import Record
from congso.lib.edxml.finding import clean
from congso.lib.edxml.packets import Answered, DocumentPacket, Kind, Organ, Status, StatusPacket
from congso.lib.edxml.writing import write_packet

KINDS = {
    Kind.NEW: PacketKind.NEW,
    Kind.RECALL: PacketKind.RECALL,
    Kind.UPDATE: PacketKind.UPDATE,
    Kind.REPLACE: PacketKind.REPLACE,
}


def key_of(*parts: str) -> str:
    """By what a packet is known as the same one."""
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()


def files_of(packet: DocumentPacket) -> str:
    """The names of the enclosed files, for people to read."""
    return "; ".join(one.name for one in packet.attachments)[:1000]


def queue_document(
    packet: DocumentPacket, *, organization: Organization, by: Actor, at: datetime, record: Record | None = None
) -> list[Packet]:
    """Have a document, or its recall, update or replacement, sent to each addressee; queued twice is sent once.

    Signed where the sender has a key. Raises edxml Refusal when the standard forbids it, StorageFull.
    """
    raw = signed(write_packet(packet), packet.sender.code, at=at)
    digest, content, kind = keep(raw), content_digest(packet), KINDS[packet.business.kind]
    about = "" if kind == PacketKind.NEW else packet.concerns[0]
    queued = []
    for receiver in packet.receivers:
        key = key_of(kind, receiver.code, packet.document_id, about, "" if kind == PacketKind.NEW else content)
        original = (
            Packet.objects.filter(
                organization=organization, direction=Direction.OUT, peer_code=receiver.code, document_id=about
            ).exclude(kind=PacketKind.STATUS).first() if about else None
        )  # fmt: skip
        queued.append(
            Packet.objects.get_or_create(
                organization=organization,
                direction=Direction.OUT,
                key=key,
                defaults={
                    "own_code": packet.sender.code, "peer_code": receiver.code, "peer_name": receiver.name[:500],
                    "kind": kind, "document_id": packet.document_id, "about_id": about,
                    "symbol": f"{packet.number}-{packet.notation}"[:120], "issued_on": packet.issued_on,
                    "subject": packet.subject[:1000], "urgency": packet.urgency, "files": files_of(packet),
                    "digest": digest, "content_digest": content, "original": original, "record": record, "made_at": at,
                    "next_try_at": at,
                },
            )[0]
        )  # fmt: skip
    return queued


def queue_status(
    about: Packet, status: Status, *, at: datetime, description: str = "", document_id: str = "", cause: str = ""
) -> Packet:
    """Tell the sender of an arrived packet how its document stands. Told again it is sent again, as the same packet.

    `cause` tells apart answers that may be given more than once (to each of several recalls).
    """
    organ = Organ(about.own_code, about.organization.name)
    answered = Answered(about.peer_code, about.symbol, about.issued_on, document_id or about.document_id)
    told = StatusPacket(organ, answered, status, timezone.localtime(at).replace(microsecond=0), clean(description))
    raw = signed(write_packet(told), organ.code, at=at)
    packet, is_new = Packet.objects.get_or_create(
        organization=about.organization,
        direction=Direction.OUT,
        key=key_of("status", about.peer_code, answered.document_id, status, cause),
        defaults={
            "own_code": about.own_code, "peer_code": about.peer_code, "peer_name": about.peer_name,
            "kind": PacketKind.STATUS, "document_id": answered.document_id, "symbol": about.symbol,
            "issued_on": about.issued_on, "subject": about.subject, "status": status.value, "digest": keep(raw),
            "original": about, "made_at": at, "next_try_at": at,
        },
    )  # fmt: skip
    if not is_new and packet.state == PacketState.DONE:
        Packet.objects.filter(pk=packet.pk).update(
            state=PacketState.WAITING, tries=0, next_try_at=at, repeats=packet.repeats + 1
        )
    return packet
