"""A clerk and the worker's body in one process, on whatever disk the files lie."""

import contextlib
import traceback
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.utils import timezone

from congso.apps.documents.samples.catalogue import letter
from congso.apps.documents.samples.portable import pdf
from congso.apps.documents.samples.scans import Scanner, scanned_pdf
from congso.apps.documents.samples.word import docx
from congso.kernel.access.principals import System
from congso.kernel.access.services import Actor, acting_as
from congso.kernel.accounts.models import User
from congso.kernel.files import intake, spool
from congso.kernel.files.models import Upload
from congso.kernel.files.reading import reader
from congso.kernel.files.services import NotPossible, retry_upload
from congso.kernel.jobs.services import run_job


def papers() -> dict[str, bytes]:
    """One of each way of reading: text inside, recognition, conversion."""
    return {
        "công văn.pdf": pdf(letter(21)),
        "bản quét.pdf": scanned_pdf(letter(22), 22, Scanner(dpi=100)),
        "văn bản.docx": docx(letter(23)),
    }


def _after(event: Callable[[], None], work: Callable[..., Any]) -> Callable[..., Any]:
    def both(*arguments: Any, **options: Any) -> Any:
        event()
        return work(*arguments, **options)

    return both


class SmallOffice:
    """The clerk sends through the page; jobs are run here, one after the other."""

    def __init__(self, folder: Path) -> None:
        settings.FILES_DIR = self.folder = folder
        user = User.objects.get(username="clerk")
        self.clerk = Actor.person(user.person_id or 0)
        self.browser = Client(headers={"X-Requested-With": "XMLHttpRequest"})
        with acting_as(Actor.system(System.SIGN_IN)):  # sessions are written by the desk at the door
            self.browser.force_login(user)
        self.sent = 0

    def send(self, name: str, content: bytes = b"") -> dict[str, Any]:
        """Upload through the page; what it says, and the upload's number when there is one."""
        self.sent += 1
        file = SimpleUploadedFile(name, content or pdf(letter(self.sent)))
        answer = self.browser.post("/van-ban-den/tiep-nhan/tai-len/", {"files": file})
        (told,) = answer.json()["uploads"]
        with acting_as(self.clerk):
            row = Upload.objects.filter(name=name).order_by("-id").first()
        return {"state": told["state"], "message": told["message"], "id": row.pk if row else None}

    def read(self, upload_id: int, meanwhile: AbstractContextManager[None] | None = None) -> dict[str, Any]:
        """Run the upload's job as the worker does; how the upload stands then. `meanwhile` begins amid reading."""
        with acting_as(self.clerk):
            upload = Upload.objects.get(pk=upload_id)
        with contextlib.ExitStack() as happening, pytest.MonkeyPatch.context() as patch:
            if meanwhile:
                patch.setattr(intake, "read", _after(lambda: happening.enter_context(meanwhile), reader.read))
            try:
                run_job(upload.job_id or 0, self.clerk)
            except Exception:
                traceback.print_exc()  # the queue would try again later
        with acting_as(self.clerk):
            upload.refresh_from_db()
        kept = upload.blob_id is not None and spool.hash_of(self._blob(upload.blob_id)) == upload.sha256
        return {
            "state": upload.state,
            "message": upload.message,
            "document": upload.record_id is not None,
            "kept": kept,
        }

    def read_again(self, upload_id: int) -> dict[str, Any]:
        """What the person does who was told to: press “Đọc lại”."""
        with acting_as(self.clerk), contextlib.suppress(NotPossible):
            retry_upload(Upload.objects.get(pk=upload_id), by=self.clerk, at=timezone.now())
        return self.read(upload_id)

    def _blob(self, sha256: str) -> Path:
        return self.folder / "blobs" / sha256[:2] / sha256[2:4] / sha256

    def left(self) -> dict[str, int]:
        """How many files lie where."""
        return {place: sum(path.is_file() for path in (self.folder / place).rglob("*")) for place in ("spool", "blobs")}

    def believe_there_is_room(self) -> None:
        """Others fill the disk after we have looked how full it is."""
        spool._FREE_KEPT = 0

    def numbers_used(self) -> int:
        """Arrival numbers given."""
        with acting_as(self.clerk), connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM documents_incomingdocument WHERE arrival_number IS NOT NULL")
            return int(cursor.fetchone()[0])
