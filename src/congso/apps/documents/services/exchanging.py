"""Documents that come as packets: from the axis when a clerk accepts them, from our own offices by themselves.

Whichever way, the record is tied to its packet, so that the sender hears how it goes and what the sender recalls is
recalled here.
"""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from uuid import uuid4

from congso.apps.documents.models import Channel, FieldProposal, IncomingDocument
from congso.apps.documents.services import packets
from congso.apps.documents.services.packets import TAKEN_BACK, document_of
from congso.apps.documents.services.papers import PURPOSE
from congso.apps.documents.services.registry import recall_document, receive_document
from congso.kernel.access import principals
from congso.kernel.access.principals import Function
from congso.kernel.access.services import Actor, acting_as
from congso.kernel.exchange.carrying import CARRIER
from congso.kernel.exchange.comparing import standing_of
from congso.kernel.exchange.handlers import PacketHandler
from congso.kernel.exchange.keeping import kept
from congso.kernel.exchange.models import Packet, PacketState
from congso.kernel.exchange.settling import change
from congso.kernel.files import spool
from congso.kernel.files.configuration import limits
from congso.kernel.files.models import Upload
from congso.kernel.files.purposes import ReadUpload, UnknownPurpose
from congso.kernel.files.reading.reader import Reading, read
from congso.kernel.files.reading.refusals import Refused as FileRefused
from congso.kernel.files.services import NotPossible, attach_upload, receive_upload, store_file
from congso.kernel.files.store import StorageFull
from congso.kernel.notify.rules import Kind
from congso.kernel.notify.services import notify
from congso.kernel.records.services import comment_on
from congso.kernel.search.services import index_record
from congso.kernel.workflow.services import Refused, act
from congso.lib.edxml.comparing import LABELS, differences
from congso.lib.edxml.packets import Attachment, DocumentPacket
from congso.lib.edxml.reading import read_packet

_BATCH = "packet-"
_ENDED = {"reason": "", "next_step": "", "next_try_at": None}
_RECALLABLE = frozenset({"received", "registered", "presented", "directed", "in_progress", "return_asked", "completed"})


@dataclass(frozen=True)
class _ReadFile:
    """One enclosed file, read in its work folder."""

    name: str
    path: Path
    reading: Reading


def accept_packet(packet: Packet, read_packet: DocumentPacket, by: Actor, at: datetime) -> None:
    """A clerk accepts: every file goes to intake as if she had uploaded it. Raises Refused, then nothing is taken."""
    if not read_packet.attachments:
        raise Refused("Gói tin không có tệp nào; hãy từ chối và nêu lý do, hoặc nhận bằng bản giấy.")
    sender = read_packet.sender.name or read_packet.sender.code
    note = f"Qua trục liên thông từ {sender}: {packet.symbol}, {read_packet.subject}"[:1000]
    for place, attachment in enumerate(read_packet.attachments):
        # The first file is the document itself: it alone stands for the packet, however long the reading of each takes.
        details = {"channel": Channel.NETWORK.value, "note": note} | ({} if place else {"packet": packet.pk})
        try:
            receive_upload(
                [attachment.content], name=attachment.name, organization=packet.organization, purpose=PURPOSE, by=by,
                at=at, details=details,
                batch=f"{_BATCH}{packet.pk}", expected_size=len(attachment.content),
            )  # fmt: skip
        except FileRefused as refused:
            raise Refused(f"Không nhận được tệp “{attachment.name}”: {refused.message_vi}") from refused
        except (StorageFull, NotPossible) as refused:
            raise Refused(str(refused)) from refused
        except UnknownPurpose as unknown:
            raise Refused("Chưa có sổ văn bản đến để nhận tệp; báo người quản trị.") from unknown


def receive_from_inside(packet_id: int, at: datetime) -> None:
    """A new document from another office of the portal stands in the register, waiting to be registered.

    Read like any file, before the transaction that keeps it. Raises Refused; then the packet waits for the clerk.
    """
    with acting_as(CARRIER):
        packet = Packet.objects.select_related("organization").get(pk=packet_id)
        said = read_packet(kept(packet.digest))
    if not isinstance(said, DocumentPacket) or not said.attachments:
        raise Refused("Gói tin không có tệp nào.")
    with spool.work_folder(uuid4()) as work:
        files = [_read(place, one, work) for place, one in enumerate(said.attachments)]
        with acting_as(CARRIER):
            _keep(packet_id, said, files, at)


def take_back(original: Packet, by: Actor, at: datetime) -> None:
    """Its sender recalled or replaced it and the clerk agreed: the document is recalled here, its files closed."""
    document = document_of(original)
    if document is not None and document.state in _RECALLABLE:
        recall_document(document, reason=TAKEN_BACK, by=by, at=at)


def note_update(original: Packet, said: DocumentPacket, by: Actor, at: datetime) -> None:
    """Its sender tells of a change and the clerk agreed: the new deadline stands in the register, the rest is told in
    the timeline; who is no longer a recipient gives it back.
    """
    if original.own_code in said.business.removed:
        take_back(original, by, at)
        change(original, at, state=PacketState.RECALLED, **_ENDED)
        return
    document = document_of(original)
    if document is None:
        return
    words = _words_of(original, said)
    if document.state not in _RECALLABLE:  # nobody works on it any more: it is only told
        comment_on(document, by=by, at=at, text=words)
        return
    with act(document, "take_update", by=by, at=at, note=words) as move:
        if said.business.is_content_changed and document.reply_due_on != said.due_on:
            move.facts["reply_due_on"] = [str(document.reply_due_on or ""), str(said.due_on or "")]
            document.reply_due_on = said.due_on
            document.save(update_fields=["reply_due_on"])


def _words_of(original: Packet, said: DocumentPacket) -> str:
    """Why, and what is said otherwise now; the packet that brought it stays as it came."""
    words = f"Nơi gửi cập nhật: {said.business.reason or said.subject}"
    before = standing_of(original)
    found = differences(before, said) if before is not None else []
    lines = [f"{LABELS[one.field]}: {one.was or 'không có'} → {one.now or 'không có'}" for one in found]
    return "\n".join([words, *lines])[:4000]


HANDLER = PacketHandler(accept_packet, take_back, note_update, receive_from_inside)


def _read(place: int, attachment: Attachment, work: Path) -> _ReadFile:
    folder = work / str(place)
    (folder / "work").mkdir(parents=True)
    path = folder / "file"
    path.write_bytes(attachment.content)
    try:
        reading = read(path, attachment.name, limits=limits(), work=folder / "work")
    except FileRefused as refused:
        raise Refused(f"Không nhận được tệp “{attachment.name}”: {refused.message_vi}") from refused
    if reading.mark:
        raise Refused(f"Tệp “{attachment.name}” có dấu hiệu độ mật.")
    return _ReadFile(attachment.name, path, reading)


def _keep(packet_id: int, said: DocumentPacket, files: list[_ReadFile], at: datetime) -> None:
    packet = Packet.objects.select_for_update(of=("self",)).select_related("organization").get(pk=packet_id)
    if packet.state != PacketState.ARRIVED:
        return
    pages = files[0].reading.searchable_pages or files[0].reading.pages or None
    document = receive_document(
        packet.organization, title=said.subject, by=CARRIER, at=at, channel=Channel.NETWORK, pages=pages,
        file_digest=spool.hash_of(files[0].path), proposed=packets.columns_of(said),
        then=lambda document: _attach(document, packet, said, files, at),
    )  # fmt: skip
    change(packet, at, state=PacketState.DONE, record_id=document.pk, **_ENDED)


def _attach(
    document: IncomingDocument, packet: Packet, said: DocumentPacket, files: list[_ReadFile], at: datetime
) -> None:
    FieldProposal.objects.bulk_create(
        FieldProposal(document=document, name=name, value=value, written=value, proposed=value[:1000], confidence=1.0)
        for name, value in packets.fields_of(said).items()
    )
    for one in files:
        reading = one.reading
        made = reading.searchable_pdf_path
        blob = store_file(
            one.path, media_type=reading.media_type, pages=0 if made else reading.pages, by=CARRIER, at=at
        )
        pdf = made and store_file(made, media_type="application/pdf", pages=reading.searchable_pages, by=CARRIER, at=at)
        upload = Upload(name=one.name, organization=packet.organization, uploaded_at=at)
        attach_upload(
            ReadUpload(upload, blob, pdf or None, reading.page_texts, reading.warnings), document, by=CARRIER, at=at
        )
    index_record(document)
    clerks = [principals.office(packet.organization_id, Function.CLERKS)]
    text = f"Văn bản đến từ {packet.peer_name}, chờ vào sổ"
    notify(document, principals=clerks, text=text, by=CARRIER, at=at, kind=Kind.ASSIGNED)
