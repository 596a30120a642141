"""Files of an edition (forms to fill in), of a case (papers handed in) and its signed result."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.core.files.uploadedfile import UploadedFile

from congso.apps.procedures.models import Case
from congso.kernel.access.services import Actor
from congso.kernel.directory.queries import office_of
from congso.kernel.files.attaching import ATTACHMENT
from congso.kernel.files.configuration import store
from congso.kernel.files.models import Attachment, Upload
from congso.kernel.files.purposes import ReadUpload
from congso.kernel.files.reading.refusals import Refused as FileRefused
from congso.kernel.files.services import attach_upload, receive_upload
from congso.kernel.files.store import StorageFull
from congso.kernel.jobs.services import JobRefused
from congso.kernel.records.models import Record
from congso.kernel.signing.trust import check_file
from congso.kernel.signing.validation.verdicts import Verdict
from congso.kernel.workflow.services import Refused

RESULT = "procedure_result"
MOST_FILES = 20
_SECONDS = 30


def add_files(
    record: Record, files: Sequence["UploadedFile[Any]"], *, by: Actor, at: datetime, is_result: bool = False
) -> list[Upload]:
    """Take files in for a record one sees; the reading ties each to it. Raises Refused, naming the file."""
    if len(files) > MOST_FILES:
        raise Refused(f"Mỗi lần gửi nhiều nhất {MOST_FILES} tệp.")
    where = record.unit or record.owner
    details = {"record": record.pk, "role": Attachment.Role.ENCLOSURE.value}
    taken = []
    for file in files:
        try:
            upload = receive_upload(
                file.chunks(), name=file.name or "", organization=office_of(where) or where,
                purpose=RESULT if is_result else ATTACHMENT, by=by, at=at, details=details,
                expected_size=file.size or 0,
            )  # fmt: skip
        except (FileRefused, StorageFull) as refusal:
            raise Refused(f"{file.name}: {refusal.message_vi}") from refusal
        taken.append(upload)
    return taken


def attach_result(read: ReadUpload, by: Actor, at: datetime) -> Record:
    """Tie the result to its case as its original, and note whether its signature holds."""
    case = Case.objects.filter(pk=read.upload.details.get("record")).first()
    if case is None or case.state not in ("in_progress", "awaiting_signature"):
        raise JobRefused("Hồ sơ không còn ở bước nhận tệp kết quả.")
    if not read.blob.is_pdf:
        raise JobRefused("Kết quả là tệp PDF đã ký số.")
    attach_upload(read, case, role=Attachment.Role.ORIGINAL, by=by, at=at)
    with store().local(read.blob.sha256) as path:
        verdict = check_file(path, at=at, seconds=_SECONDS).verdict
    Case.objects.filter(pk=case.pk).update(result_is_signed=verdict is Verdict.VALID)
    return case
