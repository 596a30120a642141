"""A document and the packet it came in: what the packet says of it, and both tied together."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from congso.apps.documents.models import FieldProposal, IncomingDocument
from congso.kernel.access.services import Actor
from congso.kernel.exchange.keeping import kept
from congso.kernel.exchange.models import Packet, PacketState
from congso.kernel.papers.proposals import FieldName
from congso.kernel.records.models import Link
from congso.kernel.records.services import link_records
from congso.lib.document_types import type_named
from congso.lib.edxml.packets import DocumentPacket
from congso.lib.edxml.reading import read_packet
from congso.lib.vietnamese import fold

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


def columns_of(said: DocumentPacket) -> dict[str, Any]:
    """The register's columns as the packet tells them: nothing is guessed."""
    joiner = "-" if "/" in said.notation else "/"
    kind = type_named(said.type_name)
    return {
        "number": f"{said.number}{joiner}{said.notation}"[:80], "title": said.subject,
        "issuer_name": (said.sender.name or said.sender.code)[:300], "doc_type": kind.key if kind else "",
        "issued_on": said.issued_on, "signer_name": said.signer[:120], "signer_post": said.position[:200],
        "urgency": said.urgency if said.urgency in range(4) else 3, "copies": 1,
        "reply_due_on": said.due_on,
    }  # fmt: skip


def fields_of(said: DocumentPacket) -> dict[str, str]:
    """The same in the shape of a machine's proposals."""
    told = columns_of(said)
    return {
        FieldName.NUMBER_SYMBOL: str(told["number"]), FieldName.ISSUED_DATE: said.issued_on.isoformat(),
        FieldName.ISSUING_AGENCY: str(told["issuer_name"]), FieldName.DOC_TYPE: str(told["doc_type"]),
        FieldName.TITLE: said.subject, FieldName.SIGNER: said.signer, FieldName.SIGNER_POST: said.position,
        FieldName.URGENCY: str(told["urgency"]) if told["urgency"] else "",
    }  # fmt: skip


def as_told(packet_id: int, proposals: Iterable[FieldProposal]) -> list[FieldProposal]:
    """What was read of the paper, with the packet's own words where it has any: a number filled into a signed paper is
    drawn, not printed, and no reader of its text finds it. Where the paper was read otherwise a person should look.
    """
    said = _said_in(packet_id)
    told = fields_of(said) if said else {}
    found = {one.name: one for one in proposals}
    for name, value in told.items():
        if value:
            found[name] = _told(name, value, found.get(name))
    return list(found.values())


def _said_in(packet_id: int) -> DocumentPacket | None:
    """The document's packet as it came; None when its bytes are gone: then the paper alone speaks."""
    packet = Packet.objects.filter(pk=packet_id).first()
    try:
        said = read_packet(kept(packet.digest)) if packet else None
    except FileNotFoundError:
        return None
    return said if isinstance(said, DocumentPacket) else None


def _told(name: str, value: str, read: FieldProposal | None) -> FieldProposal:
    seen = read.proposed if read is not None and not read.doubt else ""
    is_other = bool(seen) and _plain(seen) != _plain(value)
    return FieldProposal(
        name=name, value=value, written=value, proposed=value[:1000], confidence=0.5 if is_other else 1.0,
        alternative=seen if is_other else "",
        doubt=f"Gói tin ghi khác văn bản; trên văn bản đọc được “{seen}”."[:500] if is_other else "",
        places=read.places if read is not None else [],
    )  # fmt: skip


def _plain(words: str) -> str:
    return " ".join(fold(words).lower().split())
