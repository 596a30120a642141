"""Reading one upload: the body of the job. It may be killed anywhere and run again, or run twice at once.

Bytes are on disk before the row that names them; the last step is one transaction that stores, hands the
upload to its purpose and makes it ready. Until then nothing of it exists for anybody, and no number is used.
"""

import logging
from datetime import datetime
from pathlib import Path
from typing import Any

from django.db import connection
from django.utils import timezone

from congso.kernel.access.services import Actor, acting_as
from congso.kernel.files import spool
from congso.kernel.files.configuration import limits
from congso.kernel.files.models import INFECTED, Blob, Upload
from congso.kernel.files.purposes import ReadUpload, handler_for, is_for_stacks, study_for
from congso.kernel.files.reading.kinds import FACTS, FileKind
from congso.kernel.files.reading.reader import Reading, read
from congso.kernel.files.reading.refusals import Refused
from congso.kernel.files.reading.secrecy import Mark
from congso.kernel.files.services import store_file
from congso.kernel.files.store import StorageAway, StorageFull
from congso.kernel.files.viruses import Infected, ScannerFailed, scan_for_viruses
from congso.kernel.jobs.services import JobRefused, JobStopped, Progress
from congso.kernel.journal.services import write_entry

log = logging.getLogger(__name__)
State = Upload.State
_OPEN = (State.WAITING, State.READING, State.FAILED)
_LOST = "Tệp tạm không còn hoặc đã hỏng trên máy chủ; hãy tải lên lại."
_STOPPED = "Đã dừng đọc theo yêu cầu. Có thể đọc lại."
_TROUBLE = "Chưa đọc được do lỗi của hệ thống; tệp vẫn được giữ. Hệ thống sẽ tự đọc lại, hoặc bấm “Đọc lại”."
_SCANNER = "Phần mềm diệt vi-rút chưa trả lời nên tệp chưa được nhận; tệp vẫn được giữ. Hãy bấm “Đọc lại” sau."
_MARKED = (
    "Tệp có dấu hiệu độ mật ({where}: {grade}) nên đã được cách ly, chưa được lưu hay nhận dạng. Cán bộ bảo mật"
    " sẽ kiểm tra. Văn bản mật không được xử lý trên hệ thống này; hãy quản lý ngoài hệ thống theo quy định."
)

_INFECTED = (
    "Phần mềm diệt vi-rút báo tệp có mã độc ({name}). Tệp đã bị cách ly, không được lưu; hãy báo bộ phận công nghệ và"
    " xin nơi gửi tệp khác."
)


def read_upload(progress: Progress, *, upload_id: int) -> Mark | None:
    """Read, then store and hand over, or refuse, or put into quarantine for the mark that is returned.

    Does nothing when that has been done.
    """
    upload = _begin(upload_id, progress.actor)
    if upload is None:
        return None
    try:
        mark = _carry_out(upload, progress)
    except (Refused, JobRefused) as refused:
        message = refused.message_vi if isinstance(refused, Refused) else str(refused)
        _end(upload, State.REFUSED, message, progress.actor)
        spool.spooled(upload.key).unlink(missing_ok=True)
        raise JobRefused(message) from refused
    except JobStopped:
        _end(upload, State.FAILED, _STOPPED, progress.actor)
        raise
    except Infected as infected:
        _quarantine_infected(upload, infected.name, progress.actor)
        raise JobRefused(_INFECTED.format(name=infected.name[:60])) from infected
    except (StorageFull, StorageAway, ScannerFailed) as trouble:
        message = _SCANNER if isinstance(trouble, ScannerFailed) else trouble.message_vi
        _end(upload, State.FAILED, message, progress.actor)
        raise JobRefused(message) from trouble
    except Exception:
        _end(upload, State.FAILED, _TROUBLE, progress.actor)
        raise
    spool.spooled(upload.key).unlink(missing_ok=True)
    return mark


def _begin(upload_id: int, actor: Actor) -> Upload | None:
    with acting_as(actor):
        upload = Upload.objects.select_for_update().filter(id=upload_id, state__in=_OPEN).first()
        if upload:
            Upload.objects.filter(pk=upload.pk).update(state=State.READING, message="")
        return upload


def _end(upload: Upload, state: str, message: str, actor: Actor) -> None:
    with acting_as(actor):
        Upload.objects.filter(pk=upload.pk, state=State.READING).update(
            state=state, message=message[:1000], finished_at=timezone.now()
        )


def _carry_out(upload: Upload, progress: Progress) -> Mark | None:
    source = spool.spooled(upload.key)
    if not source.exists() or spool.hash_of(source) != upload.sha256:
        raise JobRefused(_LOST)
    scan_for_viruses(source)
    with spool.work_folder(upload.key) as work:
        with spool.needs_room():
            reading = read(
                source,
                upload.name,
                limits=limits(),
                work=work,
                on_progress=progress.step,
                heed_marks=not upload.is_released,
                is_stack=is_for_stacks(upload.purpose),
            )
            findings = None if reading.mark else _studied(upload, reading, source, work, progress)
        if reading.mark:
            _quarantine(upload, reading.mark, progress.actor)
        else:
            _store(upload, reading, findings, source, progress.actor)
        return reading.mark


def _studied(upload: Upload, reading: Reading, source: Path, work: Path, progress: Progress) -> Any:
    """What the purpose's study finds; a study that fails costs its findings, not the file."""
    study = study_for(upload.purpose)
    if study is None or reading.message:  # an e-mail has no form to read fields from
        return None
    pdf = reading.searchable_pdf_path or (source if reading.kind is FileKind.PDF else None)
    try:
        return study(pdf, reading, limits(), work, progress.step)
    except JobStopped:
        raise
    except Exception:
        log.exception("study of upload %s failed", upload.pk)
        return None


def _quarantine(upload: Upload, mark: Mark, actor: Actor) -> None:
    words = _MARKED.format(where=mark.where, grade=mark.grade.label)
    _hold(upload, mark.grade, mark.where, mark.evidence, words=words, actor=actor)


def _quarantine_infected(upload: Upload, name: str, actor: Actor) -> None:
    """Out of reach of everybody: nobody opens or releases it, an officer erases it."""
    words = _INFECTED.format(name=name[:60])
    _hold(upload, INFECTED, name[:60], "scanner", words=words, actor=actor)
    spool.spooled(upload.key).unlink(missing_ok=True)


def _hold(upload: Upload, grade: str, where: str, evidence: str, *, words: str, actor: Actor) -> None:
    spool.copy_to(spool.quarantined(upload.key), spool.spooled(upload.key))
    at = timezone.now()
    with acting_as(actor), connection.cursor() as cursor:
        cursor.execute(
            "SELECT congso.quarantine_upload(%s, %s, %s, %s, %s, %s)",
            [upload.pk, grade, where, evidence, words, at],
        )
        write_entry(
            act="files.quarantined",
            actor=str(actor),
            actor_label="Hệ thống",
            at=at,
            organization_id=upload.organization_id,
            facts={"upload": upload.pk, "sha256": upload.sha256, "grade": grade, "evidence": evidence},
        )


def _store(upload: Upload, reading: Reading, findings: Any, source: Path, actor: Actor) -> None:
    at = timezone.now()
    with acting_as(actor):
        locked = Upload.objects.select_for_update().filter(pk=upload.pk, state=State.READING).first()
        if locked is None:
            return  # another worker, taking over what it thought dead, was quicker
        blob, searchable = _blobs(reading, source, actor, at)
        locked.blob, locked.searchable, locked.state = blob, searchable, State.READY
        locked.message, locked.finished_at = " ".join(reading.warnings)[:1000], at
        locked.save(update_fields=["blob", "searchable", "state", "message", "finished_at"])
        received = ReadUpload(locked, blob, searchable, reading.page_texts, reading.warnings, findings, reading.message)
        record = handler_for(locked.purpose)(received, actor, at)
        if record is not None:
            Upload.objects.filter(pk=locked.pk).update(record_id=record.pk)


def _blobs(reading: Reading, source: Path, actor: Actor, at: datetime) -> tuple[Blob, Blob | None]:
    pages = reading.pages if reading.kind is FileKind.PDF else 0
    blob = store_file(reading.kept_path or source, media_type=reading.media_type, pages=pages, by=actor, at=at)
    made = reading.searchable_pdf_path
    if made is None:
        return blob, None
    media_type = FACTS[FileKind.PDF].media_type
    return blob, store_file(made, media_type=media_type, pages=reading.searchable_pages, by=actor, at=at)
