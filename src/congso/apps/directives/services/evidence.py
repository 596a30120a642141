"""Files that prove what a report says; they are read, checked for marks of secrecy and then tied to the task."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.core.files.uploadedfile import UploadedFile

from congso.apps.directives.models import ProgressReport, Task
from congso.kernel.access.services import Actor
from congso.kernel.directory.queries import office_of
from congso.kernel.files.attaching import ATTACHMENT
from congso.kernel.files.models import Attachment, Upload
from congso.kernel.files.reading.refusals import Refused as FileRefused
from congso.kernel.files.services import receive_upload
from congso.kernel.files.store import StorageFull
from congso.kernel.workflow.services import Refused

MOST_FILES = 20


def add_evidence(
    task: Task, *, report: ProgressReport, files: Sequence["UploadedFile[Any]"], by: Actor, at: datetime
) -> list[Upload]:
    """Take the files of a report in; the reading ties each to the task. Raises Refused, naming the file."""
    if len(files) > MOST_FILES:
        raise Refused(f"Mỗi báo cáo kèm nhiều nhất {MOST_FILES} tệp.")
    unit = task.unit or task.owner
    details = {"record": task.pk, "role": Attachment.Role.EVIDENCE.value, "report": report.pk}
    taken = []
    for file in files:
        try:
            upload = receive_upload(
                file.chunks(),
                name=file.name or "",
                organization=office_of(unit) or unit,
                purpose=ATTACHMENT,
                by=by,
                at=at,
                details=details,
                expected_size=file.size or 0,
            )
        except (FileRefused, StorageFull) as refusal:
            raise Refused(f"{file.name}: {refusal.message_vi}") from refusal
        taken.append(upload)
    return taken
