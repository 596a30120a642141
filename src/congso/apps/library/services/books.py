"""Books: files of a work taken in, opened as jobs, removed."""

import json
from datetime import datetime
from pathlib import Path
from typing import Any
from uuid import uuid4

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from congso.apps.library.models import Book, Card, Chapter, Picture, Work
from congso.apps.library.services.cataloguing import note_act
from congso.kernel.access.services import Actor, acting_as
from congso.kernel.directory.queries import office_of
from congso.kernel.files import spool
from congso.kernel.files.configuration import limits, store
from congso.kernel.files.models import Upload
from congso.kernel.files.purposes import ReadUpload
from congso.kernel.files.reading.book_unpacking import draw_cover
from congso.kernel.files.reading.isolation import run_task
from congso.kernel.files.reading.kinds import FACTS, FileKind
from congso.kernel.files.reading.preview import draw_page
from congso.kernel.files.reading.refusals import Refused as FileRefused
from congso.kernel.files.services import attach_upload, receive_upload, store_file
from congso.kernel.files.store import StorageFull
from congso.kernel.jobs.services import JobRefused, Progress, queue_job
from congso.kernel.search.services import index_record
from congso.kernel.workflow.services import Refused, act

PURPOSE = "library_book"
OPEN_BOOK = "library.open_book"
_KINDS = {FACTS[FileKind.EPUB].media_type: Book.Kind.EPUB, FACTS[FileKind.PDF].media_type: Book.Kind.PDF}
_CHAPTERS_AT_ONCE = 100
_COVER_WIDTH = 480


def add_book(work: Work, file: "UploadedFile[Any]", *, may_be_taken: bool = True, by: Actor, at: datetime) -> Upload:
    """Take a file in; it is read, then opened, by jobs. Raises Refused, naming the file."""
    try:
        return receive_upload(
            file.chunks(), name=file.name or "", organization=office_of(work.owner) or work.owner, purpose=PURPOSE,
            by=by, at=at, details={"record": work.pk, "may_be_taken": may_be_taken}, expected_size=file.size or 0,
        )  # fmt: skip
    except (FileRefused, StorageFull) as refusal:
        raise Refused(f"{file.name}: {refusal.message_vi}") from refusal


def receive_book(read: ReadUpload, by: Actor, at: datetime) -> Work:
    """Tie a read file to its work as a book. Its words reach the index here, its chapters by a job of their own."""
    details = read.upload.details
    work = Work.objects.select_related("owner", "collection", "card").filter(pk=details.get("record")).first()
    if work is None or work.state == "withdrawn":
        raise JobRefused("Tài liệu không còn trong mục lục.")
    shown = read.searchable or read.blob
    kind = _KINDS.get(read.blob.media_type) or _KINDS.get(shown.media_type)
    if kind is None:
        raise JobRefused("Thư viện nhận sách EPUB, PDF, hoặc tệp đổi được sang PDF.")
    if Book.objects.filter(card=work.card, source=read.blob.sha256).exclude(state=Book.State.REMOVED).exists():
        raise JobRefused("Tài liệu đã có tệp này.")
    with act(work, "edit", by=by, at=at) as move:
        move.label, move.note = "Thêm tệp sách", read.name
        attachment = attach_upload(read, work, by=by, at=at)
        book = Book.objects.create(
            card=work.card, attachment=attachment, kind=kind, name=read.name, source=read.blob.sha256,
            sha256=shown.sha256, size=shown.size, added_at=at,
            pages=shown.pages if kind is Book.Kind.PDF else 0, may_be_taken=bool(details.get("may_be_taken", True)),
            state=Book.State.READY if kind is Book.Kind.PDF else Book.State.WAITING,
        )  # fmt: skip
        index_record(work)
        if kind is Book.Kind.EPUB or not work.card.cover:
            queue_job(OPEN_BOOK, label="Mở sách điện tử", by=by, at=at, arguments={"book_id": book.pk})
    return work


def open_book(progress: Progress, *, book_id: int, at: datetime) -> None:
    """Unpack an EPUB in the guarded child and keep its chapters and pictures; of a PDF draw the cover. May run twice,
    and be killed anywhere: what readers see appears in one transaction."""
    with acting_as(progress.actor):
        book = Book.objects.filter(pk=book_id).exclude(state=Book.State.REMOVED).first()
    if book is None:
        return
    progress.step(0, 1, "Đang mở sách")
    with spool.work_folder(uuid4()) as work, spool.needs_room():
        try:
            with store().local(book.sha256) as path:
                if book.kind == Book.Kind.PDF:
                    _draw_pdf_cover(book, path, work, by=progress.actor, at=at)
                elif book.state == Book.State.WAITING:
                    _unpack(book, path, work, progress, at=at)
        except FileRefused as refused:
            with acting_as(progress.actor):
                Book.objects.filter(pk=book_id, state=Book.State.WAITING).update(
                    state=Book.State.FAILED, message=refused.message_vi[:1000]
                )
            raise JobRefused(refused.message_vi) from refused


def _unpack(book: Book, path: Path, work: Path, progress: Progress, *, at: datetime) -> None:
    into = work / "book"
    into.mkdir()
    order = {"path": str(path), "into": str(into)}
    told = run_task("unpack_book", order, limits=limits(), work=work, on_progress=progress.step)
    with acting_as(progress.actor):
        _keep(book, told, into, by=progress.actor, at=at)


def _draw_pdf_cover(book: Book, path: Path, work: Path, *, by: Actor, at: datetime) -> None:
    drawn, made = work / "page.webp", work / "cover.jpg"
    draw_page(path, 1, width=_COVER_WIDTH, into=drawn, limits=limits(), work=work)
    draw_cover(drawn, made)
    with acting_as(by):
        _set_cover(book, made, by=by, at=at)


def _set_cover(book: Book, made: Path, *, by: Actor, at: datetime) -> None:
    blob = store_file(made, media_type="image/jpeg", pages=0, by=by, at=at)
    Card.objects.filter(pk=book.card_id, cover="").update(cover=blob.sha256)


def _keep(book: Book, told: dict[str, Any], into: Path, *, by: Actor, at: datetime) -> None:
    if not Book.objects.select_for_update().filter(pk=book.pk, state=Book.State.WAITING).exists():
        return
    chapters = json.loads((into / "chapters.json").read_text(encoding="utf-8"))
    Chapter.objects.filter(book=book).delete()
    Picture.objects.filter(book=book).delete()
    rows = (
        Chapter(book=book, number=number, title=one["title"], html=one["html"], length=len(one["text"]))
        for number, one in enumerate(chapters, 1)
    )
    Chapter.objects.bulk_create(rows, batch_size=_CHAPTERS_AT_ONCE)
    pictures = []
    for key in told["pictures"]:
        blob = store_file(into / f"{key}.webp", media_type="image/webp", pages=0, by=by, at=at)
        pictures.append(Picture(book=book, key=key, sha256=blob.sha256))
    Picture.objects.bulk_create(pictures)
    Book.objects.filter(pk=book.pk).update(
        state=Book.State.READY, pages=len(chapters), contents=told["contents"], message=""
    )
    if told["cover"]:
        _set_cover(book, into / "cover.jpg", by=by, at=at)


@transaction.atomic
def remove_book(work: Work, book: Book, *, by: Actor, at: datetime) -> None:
    """Readers no longer have the file; it stays with the record, as all that was there does."""
    with act(work, "edit", by=by, at=at) as move:
        move.label, move.note = "Gỡ tệp sách", book.name
        changed = Book.objects.filter(pk=book.pk, card_id=work.pk).exclude(state=Book.State.REMOVED)
        if not changed.update(state=Book.State.REMOVED):
            raise Refused("Tệp này đã được gỡ.")
    note_act("remove_book", library=work.owner, by=by, at=at, record_id=work.pk, book=book.pk)
