"""The purpose any record knows: a file added to it as evidence or enclosure."""

from datetime import datetime

from congso.kernel.access.services import Actor
from congso.kernel.files.models import Attachment
from congso.kernel.files.purposes import ReadUpload
from congso.kernel.files.services import attach_upload
from congso.kernel.jobs.services import JobRefused
from congso.kernel.records.models import Record

ATTACHMENT = "attachment"
"""Purpose of an upload with details {"record": id, "role": "evidence" or "enclosure"}."""

_ROLES = (Attachment.Role.EVIDENCE, Attachment.Role.ENCLOSURE)


def attach_to_record(read: ReadUpload, by: Actor, at: datetime) -> Record:
    """Tie the read upload to the record it was uploaded for; a file the record has already is tied once."""
    if read.message and read.message.parts:
        raise JobRefused("Đây là thư điện tử có tệp kèm. Hãy lưu các tệp trong thư rồi đính kèm từng tệp.")
    details = read.upload.details
    record = Record.objects.filter(pk=details.get("record")).first()
    if record is None or details.get("role") not in _ROLES:
        raise JobRefused("Không còn thấy hồ sơ mà tệp được gửi kèm, hoặc bạn không còn quyền xem hồ sơ đó.")
    if not Attachment.objects.filter(record=record, blob=read.blob, role=details["role"]).exists():
        attach_upload(read, record, role=details["role"], by=by, at=at)
    return record
