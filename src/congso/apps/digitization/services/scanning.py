"""Scanned files into a batch: what an upload becomes once it bears no mark of secrecy."""

from datetime import datetime

from django.utils import timezone

from congso.apps.digitization.models import Page, Scan, ScanBatch
from congso.apps.digitization.queries import batch_of
from congso.apps.digitization.services.moving import moving, person_of
from congso.kernel.access.services import Actor
from congso.kernel.directory.queries import title_of
from congso.kernel.files.models import Attachment, Blob
from congso.kernel.files.purposes import ReadUpload
from congso.kernel.files.services import attach
from congso.kernel.jobs.services import JobRefused
from congso.kernel.records.models import Record
from congso.kernel.workflow.services import Refused

PURPOSE = "digitization_scan"
MOST_PAGES = 200_000
PLACES = 100_000  # room for the pages of one file within the order of the batch


def receive_scan(read: ReadUpload, by: Actor, at: datetime) -> Record:
    """A stack that was sent to a batch: its file is kept, its pages wait to be read. The same bytes come in once."""
    try:
        batch = batch_of(int(read.upload.details.get("batch", 0)))
    except (ScanBatch.DoesNotExist, TypeError, ValueError) as gone:
        raise JobRefused("Đợt số hóa không còn, hoặc bạn không còn quyền đưa bản quét vào.") from gone
    pdf = read.searchable or read.blob
    try:
        add_scan(batch, pdf, name=read.name, original=read.blob, place=read.upload.pk, by=by, at=at)
    except Refused as refused:
        raise JobRefused(str(refused)) from refused
    return Record.objects.get(pk=batch.pk)


def add_scan(batch: ScanBatch, pdf: Blob, *, name: str, original: Blob, place: int, by: Actor, at: datetime) -> Scan:
    """Tie a stored PDF of scanned pages to the batch. Raises Refused (no PDF, known already, too many pages)."""
    if not pdf.is_pdf or not pdf.pages:
        raise Refused("Chỉ nhận tệp PDF, TIFF, JPG, PNG của bản quét; tệp này không có trang nào để đọc.")
    if pdf.pages >= PLACES:
        raise Refused("Tệp có quá nhiều trang; hãy tách thành nhiều tệp.")
    with moving(batch, "scan", by=by, at=at) as move:
        known = Scan.objects.filter(batch=batch, sha256=original.sha256).first()
        if known is not None:
            raise Refused(f"Tệp này đã có trong đợt với tên “{known.name}”.")
        if Page.objects.filter(batch=batch).count() + pdf.pages > MOST_PAGES:
            raise Refused(f"Một đợt có nhiều nhất {MOST_PAGES} trang; hãy lập đợt khác.")
        file = attach(move.record, original, name=name, role=Attachment.Role.ORIGINAL, by=by, at=at)
        if pdf.sha256 != original.sha256:
            file = attach(
                move.record, pdf, name=f"{name.rpartition('.')[0] or name}.pdf", role=Attachment.Role.SEARCHABLE,
                source=file, by=by, at=at,
            )  # fmt: skip
        scan = Scan.objects.create(
            batch=batch, attachment=file, sha256=original.sha256, position=place, name=name[:200], pages=pdf.pages,
            operator_id=person_of(by), operator_label=title_of(person_of(by), timezone.localdate(at)), scanned_at=at,
        )  # fmt: skip
        Page.objects.bulk_create(
            (
                Page(batch=batch, scan=scan, number=number, place=place * PLACES + number)
                for number in range(1, pdf.pages + 1)
            ),
            batch_size=1_000,
        )
        move.label = f"Đưa vào {pdf.pages} trang quét: {name}"[:200]
        move.facts |= {"file": original.sha256, "pages": pdf.pages}
    return scan
