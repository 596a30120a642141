"""An issued document as packets of the exchange: new, recall, update, replacement; one for each recipient there."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.utils import timezone

from congso.apps.outgoing.models import Channel, OutgoingDocument, Recipient
from congso.apps.outgoing.rules import lines_of, printed_number
from congso.apps.outgoing.services.contents import symbol_tail_of
from congso.apps.outgoing.services.papers import bytes_of_paper
from congso.kernel.access.services import Actor
from congso.kernel.exchange.inside import code_of
from congso.kernel.exchange.models import Packet
from congso.kernel.exchange.outgoing import queue_document
from congso.kernel.files.store import StorageFull
from congso.kernel.records.models import Link
from congso.kernel.workflow.services import Refused
from congso.lib.edxml.packets import (
    Answered,
    Attachment,
    Business,
    DocumentPacket,
    Hop,
    Kind,
    Organ,
    Replacement,
    document_id,
)
from congso.lib.edxml.refusals import Refusal

ELECTRONIC = (Channel.PORTAL, Channel.AXIS)
_TYPE_CODES = {
    "resolution": 1, "decision": 2, "directive": 3, "working_regulation": 4, "regulation": 5, "communique": 6,
    "notice": 7, "guidance": 8, "programme": 9, "plan": 10, "option_paper": 11, "scheme": 12, "project": 13,
    "report": 14, "minutes": 15, "submission": 16, "letter": 18,
}  # fmt: skip
"""Codes of the B list (office 3.6; 10 to 16 unverified); others send 18 with their true name."""


def id_of(document: OutgoingDocument) -> str:
    """The DocumentId the exchange knows it by."""
    if document.issued_on is None or document.number_value is None:
        raise Refused("Văn bản chưa được cấp số.")
    number = printed_number(document.number_value)
    return document_id(code_of(document.owner), document.issued_on, number, symbol_tail_of(document))


def queue_new(document: OutgoingDocument, recipients: Sequence[Recipient], *, by: Actor, at: datetime) -> None:
    """The document, to these recipients; as a replacement where it replaces one they got."""
    replaced = document.replaces
    got = (
        set(replaced.recipients.filter(channel__in=ELECTRONIC, sent_at__isnull=False).values_list("address", flat=True))
        if replaced else set()
    )  # fmt: skip
    fresh = [one for one in recipients if one.address not in got]
    known = [one for one in recipients if one.address in got]
    _queue(document, fresh, Business(), with_file=True, by=by, at=at)
    if replaced and known:
        organs = tuple(one.address for one in known)
        business = Business(Kind.REPLACE, document.replace_reason, replacements=(Replacement(id_of(replaced), organs),))
        _queue(document, known, business, with_file=True, by=by, at=at)


def queue_recall(
    document: OutgoingDocument, recipients: Sequence[Recipient], *, reason: str, by: Actor, at: datetime
) -> None:
    """Ask these to give it back."""
    business = Business(Kind.RECALL, reason, document_id=id_of(document))
    _queue(document, recipients, business, with_file=False, by=by, at=at, is_new=False)


def queue_update(
    document: OutgoingDocument, recipients: Sequence[Recipient], *, reason: str, added: tuple[str, ...] = (),
    removed: tuple[str, ...] = (), with_file: bool = False, by: Actor, at: datetime,
) -> None:  # fmt: skip
    """Tell these that facts about it, or who gets it, have changed; what the packet says anew they see compared."""
    business = Business(
        Kind.UPDATE, reason, document_id=id_of(document), is_content_changed=not added and not removed, added=added,
        removed=removed,
    )  # fmt: skip
    _queue(document, recipients, business, with_file=with_file, by=by, at=at, is_new=False)


def _queue(
    document: OutgoingDocument, recipients: Sequence[Recipient], business: Business, *, with_file: bool, by: Actor,
    at: datetime, is_new: bool = True,
) -> None:  # fmt: skip
    for recipient in recipients:
        packet = _packet(document, recipient, business, with_file=with_file, at=at)
        try:
            queued: list[Packet] = queue_document(packet, organization=document.owner, by=by, at=at, record=document)
        except (Refusal, StorageFull) as refused:
            raise Refused(f"Không gửi được đến “{recipient.name}”: {refused}") from refused
        if is_new:
            Recipient.objects.filter(pk=recipient.pk).update(
                packet=queued[0], state=Recipient.State.QUEUED, sent_at=at, reason=""
            )


def _packet(
    document: OutgoingDocument, recipient: Recipient, business: Business, *, with_file: bool, at: datetime
) -> DocumentPacket:
    own = code_of(document.owner)
    files: dict[str, Any] = {}
    if with_file:
        name = f"{document.number.replace('/', '-')}.pdf"
        content = bytes_of_paper(document)
        files = {"attachments": (Attachment("u1", name, content, "application/pdf", document.type_name),)}
    if document.issued_on is None or document.number_value is None:
        raise Refused("Văn bản chưa được cấp số.")
    version = document.last_version
    return DocumentPacket(
        sender=Organ(own, document.issuer.name), receivers=(Organ(recipient.address, recipient.name),),
        number=printed_number(document.number_value), notation=symbol_tail_of(document),
        issued_on=document.issued_on, type_name=document.type_name, type_code=_TYPE_CODES.get(document.doc_type, 18),
        subject=document.title, signer=document.signer_name, document_id=id_of(document),
        hops=(Hop(own, timezone.localtime(at).replace(microsecond=0)),), place=document.place,
        competence=document.get_authority_display().split(":")[0] if document.authority else "",
        position=document.signer_post, to_places=lines_of(document.recipients_text), urgency=document.urgency,
        copies=document.copies, pages=version.pdf.blob.pages if version and version.pdf else None,
        due_on=document.asked_by, content=document.told_last.content if document.told_last else "",
        answers=_answers(document), business=business, **files,
    )  # fmt: skip


def _answers(document: OutgoingDocument) -> tuple[Answered, ...]:
    """The document it answers, when that came over the exchange."""
    linked = Link.objects.filter(source_id=document.pk, kind=Link.Kind.REPLY).values("target_id")
    found = Packet.objects.filter(direction="in", record_id__in=linked, organization_id=document.owner_id)
    return tuple(
        Answered(one.peer_code, one.symbol, one.issued_on, one.document_id) for one in found[:5] if one.issued_on
    )
