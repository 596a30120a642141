"""Taking files in, tying them to records, settling the quarantine."""

from collections.abc import Iterable
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any
from uuid import uuid4

from django.db import connection, transaction
from django.db.models import Max
from django.utils import timezone

from congso.kernel.access.services import Actor, acting_as
from congso.kernel.directory.models import Organization
from congso.kernel.directory.queries import title_of
from congso.kernel.files import spool
from congso.kernel.files.configuration import limits, store
from congso.kernel.files.models import Attachment, Blob, PageText, QuarantineItem, Upload
from congso.kernel.files.purposes import ReadUpload, handler_for
from congso.kernel.files.reading.stamp import ArrivalStamp, put_stamp
from congso.kernel.jobs.services import queue_job
from congso.kernel.journal.services import write_entry
from congso.kernel.records.models import Record
from congso.lib.vietnamese import clean_filename

READ_UPLOAD = "files.read_upload"
_LABEL = "Đọc tệp tải lên"  # without the name: a job's row stays when a quarantined file's name is erased


class NotPossible(Exception):
    """The act cannot be done on this file now; the message tells the person why, in Vietnamese."""


def receive_upload(
    chunks: Iterable[bytes],
    *,
    name: str,
    organization: Organization,
    purpose: str,
    by: Actor,
    at: datetime,
    details: dict[str, Any] | None = None,
    batch: str = "",
    expected_size: int = 0,
) -> Upload:
    """Take a file into the spool and queue its reading in the running transaction. As `take_in_upload` else."""
    with transaction.atomic():
        upload = take_in_upload(
            chunks, name=name, organization=organization, purpose=purpose, by=by, at=at, details=details,
            batch=batch, expected_size=expected_size,
        )  # fmt: skip
        _queue_reading(upload, by=by, at=at)
    return upload


def take_in_upload(
    chunks: Iterable[bytes],
    *,
    name: str,
    organization: Organization,
    purpose: str,
    by: Actor,
    at: datetime,
    details: dict[str, Any] | None = None,
    batch: str = "",
    expected_size: int = 0,
) -> Upload:
    """Take a file into the spool for a caller that reads it itself; should it die, the sweeper has it read.

    The bytes are safely on disk before the row that names them exists. Raises Refused (too large), StorageFull,
    UnknownPurpose; then nothing is kept. `chunks` is Django's `UploadedFile.chunks()` or any stream of bytes.
    """
    handler_for(purpose)
    if by.person_id is None:
        raise NotPossible("Chỉ người dùng đã đăng nhập mới tải tệp lên được.")
    key = uuid4()
    spooled = spool.take_in(chunks, key, limit=limits().bytes, expected=expected_size)
    return Upload.objects.create(
        key=key,
        purpose=purpose,
        details=details or {},
        batch=batch[:40],
        name=clean_filename(name),
        size=spooled.size,
        sha256=spooled.sha256,
        organization=organization,
        uploaded_by_id=by.person_id,
        uploaded_at=at,
    )


def retry_upload(upload: Upload, *, by: Actor, at: datetime) -> None:
    """Read an upload again that could not be read. Raises NotPossible when it is past that."""
    with transaction.atomic():
        locked = Upload.objects.select_for_update().get(pk=upload.pk)
        if locked.state not in {Upload.State.WAITING, Upload.State.READING, Upload.State.FAILED}:
            raise NotPossible(f"Tệp đang ở trạng thái “{locked.get_state_display()}” nên không đọc lại được.")
        if not spool.spooled(locked.key).exists():
            raise NotPossible("Tệp tạm không còn trên máy chủ; hãy tải lên lại.")
        _queue_reading(locked, by=by, at=at)


def _queue_reading(upload: Upload, *, by: Actor, at: datetime) -> None:
    job = queue_job(READ_UPLOAD, label=_LABEL, by=by, at=at, arguments={"upload_id": upload.pk})
    Upload.objects.filter(pk=upload.pk).update(job=job, state=Upload.State.WAITING, message="")
    upload.job, upload.state, upload.message = job, Upload.State.WAITING, ""


def attach_upload(
    read: ReadUpload, record: Record, *, role: str = Attachment.Role.ORIGINAL, by: Actor, at: datetime
) -> Attachment:
    """Tie a read upload to a record one sees: the file, its searchable PDF and its text page by page."""
    attachment = attach(
        record, read.blob, name=read.name, role=role, by=by, at=at, note="\n".join(read.warnings)[:1000]
    )
    if read.searchable:
        name = f"{Path(read.upload.name).stem}.pdf"
        attach(record, read.searchable, name=name, role=Attachment.Role.SEARCHABLE, source=attachment, by=by, at=at)
    texts = (PageText(attachment=attachment, page=page, text=text) for page, text in enumerate(read.texts, 1))
    PageText.objects.bulk_create(texts, batch_size=200)
    return attachment


def attach(
    record: Record,
    blob: Blob,
    *,
    name: str,
    role: str,
    by: Actor,
    at: datetime,
    source: Attachment | None = None,
    note: str = "",
) -> Attachment:
    """Tie stored bytes to a record one sees, after the files it has."""
    last = Attachment.objects.filter(record_id=record.pk).aggregate(last=Max("position"))["last"] or 0
    return Attachment.objects.create(
        record_id=record.pk,
        blob=blob,
        source=source,
        name=clean_filename(name),
        role=role,
        position=last + 1,
        note=note,
        added_by_id=by.person_id,
        added_at=at,
    )


def store_file(path: Path, *, media_type: str, pages: int, by: Actor, at: datetime) -> Blob:
    """Keep bytes made or read by us; the same bytes are kept once. On disk before the row that names them.

    Until the transaction ends nobody destroys them: a disposal that is about to waits, then finds them needed.
    """
    sha256 = spool.hash_of(path)
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock_shared(hashtextextended(%s, 0))", [sha256])
    store().put(path, sha256)
    blob = Blob(
        sha256=sha256,
        size=path.stat().st_size,
        media_type=media_type,
        pages=pages,
        added_by_id=by.person_id,
        created_at=at,
    )
    Blob.objects.bulk_create([blob], ignore_conflicts=True)
    return blob


def stamp_arrival(
    record: Record,
    pdf: Attachment,
    *,
    number: str,
    organization: str,
    transferred_to: str = "",
    by: Actor,
    at: datetime,
) -> Attachment:
    """Add a copy of the PDF with the ĐẾN stamp on its first page; the file itself stays as it came.

    Raises Refused when the PDF cannot be stamped, NotPossible when it is none.
    """
    if not pdf.blob.is_pdf:
        raise NotPossible("Chỉ đóng dấu đến được trên tệp PDF.")
    stamp = ArrivalStamp(organization, number, timezone.localtime(at), transferred_to)
    with spool.work_folder(uuid4()) as work:
        made = work / "stamped.pdf"
        with store().local(pdf.blob.sha256) as path:
            put_stamp(path, stamp, into=made, limits=limits(), work=work)
        blob = store_file(made, media_type="application/pdf", pages=pdf.blob.pages, by=by, at=at)
    source = pdf.source or pdf
    return attach(record, blob, name=f"{Path(source.name).stem} (dấu đến).pdf", role=Attachment.Role.STAMPED,
                  source=source, by=by, at=at)  # fmt: skip


def release_quarantined(item: QuarantineItem, *, by: Actor, at: datetime, reason: str) -> None:
    """The officer found no secret: the file goes back to be read for its uploader, without looking for marks.

    Journaled. Raises NotPossible without a reason or when the item is settled already.
    """
    if item.is_infected:
        raise NotPossible("Tệp có mã độc không trả lại được; hãy xóa và xin nơi gửi tệp khác.")
    uploader = Actor.person(_settle(item, QuarantineItem.State.RELEASED, by=by, at=at, reason=reason))
    spool.copy_to(spool.spooled(item.key), spool.quarantined(item.key))
    with acting_as(uploader):
        _queue_reading(Upload.objects.get(pk=item.upload_id), by=uploader, at=at)
    transaction.on_commit(partial(spool.quarantined(item.key).unlink, missing_ok=True))


def erase_quarantined(item: QuarantineItem, *, by: Actor, at: datetime, reason: str) -> None:
    """The officer confirmed a secret: the bytes and the names are erased; hash, size, grade and times stay.

    Journaled. Raises NotPossible without a reason or when the item is settled already.
    """
    _settle(item, QuarantineItem.State.ERASED, by=by, at=at, reason=reason)
    transaction.on_commit(partial(spool.erase, spool.quarantined(item.key)))


def open_quarantined(item: QuarantineItem, *, by: Actor, at: datetime) -> Path:
    """The file, for the officer who must judge it; looking is journaled. Raises NotPossible when it is gone."""
    if item.is_infected:
        raise NotPossible("Tệp có mã độc không mở được từ đây.")
    path = spool.quarantined(item.key)
    if item.state != QuarantineItem.State.HELD or not path.exists():
        raise NotPossible("Tệp không còn trong khu cách ly.")
    _journal(item, "opened", by=by, at=at)
    return path


def _settle(item: QuarantineItem, outcome: str, *, by: Actor, at: datetime, reason: str) -> int:
    """Settle in the database, which checks that the actor is an officer there; returns the uploader."""
    words = reason.strip()[:1000]
    if not words:
        raise NotPossible("Hãy ghi lý do, căn cứ xử lý.")
    with transaction.atomic(), connection.cursor() as cursor:
        if not QuarantineItem.objects.filter(pk=item.pk, state=QuarantineItem.State.HELD).exists():
            raise NotPossible("Tệp này đã được xử lý.")
        cursor.execute("SELECT congso.settle_quarantine(%s, %s, %s, %s)", [item.pk, outcome, words, at])
        uploader = int(cursor.fetchone()[0])
        _journal(item, outcome, by=by, at=at, reason=words)
    return uploader


def _journal(item: QuarantineItem, act: str, *, by: Actor, at: datetime, **facts: str) -> None:
    label = title_of(by.person_id, timezone.localdate(at)) if by.person_id else str(by)
    write_entry(
        act=f"files.quarantine_{act}",
        actor=str(by),
        actor_label=label,
        at=at,
        organization_id=item.organization_id,
        facts={"item": item.pk, "sha256": item.sha256, "grade": item.grade, **facts},
    )
