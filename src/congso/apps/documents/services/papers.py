"""What files become: an upload that was read becomes a waiting document; a registered one gets its ĐẾN stamp."""

from datetime import datetime
from pathlib import Path

from django.utils import timezone

from congso.apps.documents.models import Channel, FieldProposal, IncomingDocument
from congso.apps.documents.services.mailing import attach_cover, note_of, take_in_enclosed
from congso.apps.documents.services.packets import TAKEN_BACK, as_told, tie_to_packet
from congso.apps.documents.services.proposing import proposals_from, proposed_values
from congso.apps.documents.services.registry import recall_document, receive_document
from congso.kernel.access.services import Actor
from congso.kernel.directory.models import Organization
from congso.kernel.files.models import Attachment
from congso.kernel.files.purposes import ReadUpload
from congso.kernel.files.reading.refusals import Refused as FileRefused
from congso.kernel.files.services import NotPossible, attach_upload, stamp_arrival
from congso.kernel.jobs.services import JobRefused
from congso.kernel.papers.proposals import PaperFields
from congso.kernel.search.services import index_record
from congso.kernel.workflow.services import NotYours

PURPOSE = "incoming"


def receive_upload_as_document(read: ReadUpload, by: Actor, at: datetime) -> IncomingDocument | None:
    """A file dropped at intake was read: it waits in its office's list, with its text, pages and proposed fields.

    Of an e-mail with files none: each of them comes here by itself, once it is read.
    """
    upload, message = read.upload, read.message
    if message and message.parts:
        take_in_enclosed(read, message, by=by, at=at)
        return None
    channel = Channel.EMAIL if message else upload.details.get("channel", "")
    note = note_of(message) if message else upload.details.get("note", "")
    name = (message.subject if message else "") or Path(upload.name).stem or upload.name
    found = read.findings if isinstance(read.findings, PaperFields) else None
    proposals = _proposals(found, upload.organization, at) if found else []
    packet = upload.details.get("packet")
    if packet:
        proposals = as_told(packet, proposals)
    try:
        document = receive_document(
            upload.organization,
            title=name,
            by=by,
            at=at,
            received_at=upload.uploaded_at,
            channel=channel if channel in Channel.values else Channel.PAPER,
            file_digest=read.blob.sha256,
            pages=(read.searchable or read.blob).pages or None,
            proposed=proposed_values(proposals) | ({"note": note} if note else {}),
        )
    except NotYours as refusal:  # no longer a clerk since the file was sent
        raise JobRefused(str(refusal)) from refusal
    for one in proposals:
        one.document = document
    FieldProposal.objects.bulk_create(proposals)
    attach_upload(read, document, by=by, at=at)
    attach_cover(upload, document, by=by, at=at)
    is_wanted = not packet or tie_to_packet(packet, document, by=by, at=at)
    index_record(document)
    if not is_wanted:
        recall_document(document, reason=TAKEN_BACK, by=by, at=at)
    return document


def _proposals(found: PaperFields, office: Organization, at: datetime) -> list[FieldProposal]:
    return proposals_from(found, near=office, today=timezone.localdate(at))


def stamp_document(document: IncomingDocument, *, by: Actor) -> Attachment | None:
    """Add a stamped copy of the readable PDF: number, day and hour of arrival. Twice is once. Raises JobRefused."""
    files = list(Attachment.objects.select_related("blob", "source").filter(record_id=document.pk).order_by("position"))
    roles = Attachment.Role
    if document.arrival_number is None or any(file.role == roles.STAMPED for file in files):
        return None
    paper = [file for file in files if (file.source or file).role == roles.ORIGINAL]
    readable = [file for file in paper if file.blob.is_pdf and file.role in {roles.SEARCHABLE, roles.ORIGINAL}]
    if not readable:
        return None
    best = next((file for file in readable if file.role == roles.SEARCHABLE), readable[0])
    try:
        return stamp_arrival(
            document,
            best,
            number=str(document.arrival_number),
            organization=document.owner.name,
            by=by,
            at=document.received_at,
        )
    except (FileRefused, NotPossible) as refusal:
        raise JobRefused(f"Không đóng được dấu đến lên tệp: {refusal}") from refusal
