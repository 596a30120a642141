"""E-mail at the registry's door: each enclosed file is taken in as a paper of its own, the message as its cover."""

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from congso.apps.documents.models import Channel, IncomingDocument
from congso.kernel.access.services import Actor
from congso.kernel.files.models import Attachment, Upload
from congso.kernel.files.purposes import ReadUpload
from congso.kernel.files.reading.messages import OpenedMessage
from congso.kernel.files.services import attach, receive_upload

_CHUNK = 2**20


def take_in_enclosed(read: ReadUpload, message: OpenedMessage, *, by: Actor, at: datetime) -> None:
    """Queue the reading of every file that came with the message; each will know its cover."""
    upload = read.upload
    details = {"channel": Channel.EMAIL.value, "note": note_of(message), "cover": upload.pk}
    for name, path in message.parts:
        receive_upload(
            _chunks(Path(path)), name=name, organization=upload.organization, purpose=upload.purpose, by=by, at=at,
            details=details, batch=upload.batch,
        )  # fmt: skip
    told = f"Thư có {len(message.parts)} tệp kèm; mỗi tệp được đọc thành một văn bản."
    Upload.objects.filter(pk=upload.pk).update(message=f"{told} {upload.message}".strip()[:1000])


def note_of(message: OpenedMessage) -> str:
    """The message in one line, for the register's note."""
    return f"Thư điện tử “{message.subject or 'không có chủ đề'}”, người gửi: {message.sender or 'không rõ'}"[:1000]


def attach_cover(upload: Upload, document: IncomingDocument, *, by: Actor, at: datetime) -> None:
    """The message a file came with, as an enclosure of the document made from it; nothing for other files.

    Its text alone, without pages: what reads the document's pages must not take the message for a part of it.
    """
    number = upload.details.get("cover")
    cover = Upload.objects.select_related("blob").filter(pk=number).first() if number else None
    if cover and cover.blob:
        attach(
            document, cover.blob, name=f"{Path(cover.name).stem}.txt", role=Attachment.Role.ENCLOSURE, by=by, at=at,
            note="Thư gửi kèm văn bản",
        )  # fmt: skip


def _chunks(path: Path) -> Iterator[bytes]:
    with path.open("rb") as file:
        while chunk := file.read(_CHUNK):
            yield chunk
