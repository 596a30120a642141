"""Files that go with a report: read, checked for marks of secrecy, then tied to it."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.core.files.uploadedfile import UploadedFile

from congso.apps.reports.models import Report
from congso.apps.reports.services.moving import filling
from congso.kernel.access.services import Actor
from congso.kernel.directory.queries import office_of
from congso.kernel.files.attaching import ATTACHMENT
from congso.kernel.files.models import Attachment, Upload
from congso.kernel.files.reading.refusals import Refused as FileRefused
from congso.kernel.files.services import receive_upload
from congso.kernel.files.store import StorageFull
from congso.kernel.workflow.services import Refused

MOST_FILES = 20


def add_files(report: Report, files: Sequence["UploadedFile[Any]"], *, by: Actor, at: datetime) -> list[Upload]:
    """Take files in; the reading ties each to the report. Raises Refused, naming the file."""
    if len(files) > MOST_FILES:
        raise Refused(f"Mỗi lần kèm nhiều nhất {MOST_FILES} tệp.")
    taken = []
    with filling(report, at=at):
        office = office_of(report.organization) or report.organization
        for file in files:
            try:
                upload = receive_upload(
                    file.chunks(), name=file.name or "", organization=office, purpose=ATTACHMENT, by=by, at=at,
                    details={"record": report.pk, "role": Attachment.Role.EVIDENCE.value},
                    expected_size=file.size or 0,
                )  # fmt: skip
            except (FileRefused, StorageFull) as refusal:
                raise Refused(f"{file.name}: {refusal.message_vi}") from refusal
            taken.append(upload)
    return taken
