"""Acceptance: accuracy counted and published, then every copy bound as PDF/A, made findable, accepted."""

from datetime import datetime
from typing import Any

from django.db.models import Count, Sum
from django.utils import timezone

from congso.apps.digitization.models import DigitalCopy, Page, ScanBatch
from congso.apps.digitization.queries import batch_of, copy_of
from congso.apps.digitization.rules import COUNTED, fields_right, file_name, share
from congso.apps.digitization.services.binding import Leaf, bound, leaves_of
from congso.apps.digitization.services.moving import moving
from congso.kernel.access.services import Actor, acting_as
from congso.kernel.files.models import Attachment, PageText
from congso.kernel.files.reading.isolation import Crashed
from congso.kernel.files.reading.refusals import Refused as FileRefused
from congso.kernel.files.services import attach, store_file
from congso.kernel.files.store import StorageAway, StorageFull
from congso.kernel.jobs.models import Job
from congso.kernel.jobs.services import JobRefused, Progress, queue_job
from congso.kernel.search.services import index_record
from congso.kernel.workflow.moving import save

BIND = "digitization.bind"


def accept_batch(batch: ScanBatch, *, by: Actor, at: datetime, note: str = "") -> Job:
    """The quality is good enough: publish what was found, make the archive files in the background."""
    with moving(batch, "accept", by=by, at=at, note=note) as move:
        save(move.record, accuracy=accuracy_of(move.record))
        move.facts |= {"accuracy": move.record.accuracy}
        return _queue(move.record, by=by, at=at)


def bind_more(batch: ScanBatch, *, by: Actor, at: datetime) -> Job:
    """Go on making archive files where that broke off."""
    with moving(batch, "bind", by=by, at=at) as move:
        return _queue(move.record, by=by, at=at)


def return_work(batch: ScanBatch, *, note: str, by: Actor, at: datetime) -> None:
    """Not good enough after all: what is not accepted yet is checked again."""
    with moving(batch, "return_work", by=by, at=at, note=note):
        pass


def _queue(batch: ScanBatch, *, by: Actor, at: datetime) -> Job:
    job = queue_job(BIND, label=f"Tạo PDF/A đợt {batch.number}", by=by, at=at, arguments={"batch_id": batch.pk})
    save(batch, job=job)
    return job


def accuracy_of(batch: ScanBatch) -> dict[str, Any]:
    """Letters by the pages somebody read through, fields by what people made of the proposals; shares in percent."""
    pages = Page.objects.filter(batch=batch, proofread_at__isnull=False).aggregate(
        pages=Count("id"), letters=Sum("letters"), wrong=Sum("wrong_letters")
    )
    right = there = 0
    by_field = {name: [0, 0] for name in COUNTED}
    rows = DigitalCopy.objects.filter(batch=batch).exclude(state="dropped").exclude(proposals__isnull=True)
    for copy in rows.only("proposals", "need", *COUNTED).iterator(chunk_size=500):
        proposed = {name: one.get("value", "") for name, one in (copy.proposals or {}).items()}
        final = {name: getattr(copy, name) for name in COUNTED}
        final["issued_on"] = copy.issued_on.isoformat() if copy.issued_on else ""
        good, there_are = fields_right(proposed, final)
        right, there = right + good, there + there_are
        for name in COUNTED:
            alone = fields_right({name: proposed.get(name, "")}, {name: final[name]})
            by_field[name][0] += alone[0]
            by_field[name][1] += alone[1]
    letters, wrong = pages["letters"] or 0, pages["wrong"] or 0
    return {
        "pages": pages["pages"], "letters": letters, "wrong_letters": wrong, "fields": there, "right_fields": right,
        "letters_percent": _shown(share(letters - wrong, letters)), "fields_percent": _shown(share(right, there)),
        "by_field": by_field,
    }  # fmt: skip


def _shown(value: Any) -> str:
    return "" if value is None else str(value)


def bind(progress: Progress, *, batch_id: int) -> None:
    """The job's body: one copy after the other, each in its own transaction. Raises JobStopped, JobRefused."""
    with acting_as(progress.actor):
        try:
            batch_of(batch_id)
        except ScanBatch.DoesNotExist as gone:
            raise JobRefused("Đợt số hóa không còn, hoặc bạn không còn quyền xem.") from gone
        waiting = list(
            DigitalCopy.objects.filter(batch=batch_id, state="checked").order_by("pk").values_list("pk", flat=True)
        )
    for nth, pk in enumerate(waiting, 1):
        bind_copy(pk, by=progress.actor)
        progress.step(nth, len(waiting), f"Tạo PDF/A: {nth}/{len(waiting)}")


def bind_copy(pk: int, *, by: Actor) -> None:
    """Make the archive file of a checked copy and accept it. Twice is once. Raises JobRefused."""
    with acting_as(by):
        copy = copy_of(pk)
        leaves = leaves_of(pk)
    if copy.state != "checked":
        return
    try:
        with bound(leaves, title=copy.title, facts=_facts(copy)) as (path, _work), acting_as(by):
            at = timezone.now()
            fresh = copy_of(pk)
            if fresh.state == "checked":
                with moving(fresh, "accept", by=by, at=at) as move:
                    keep_bound(move.record, path, leaves, by=by, at=at)
    except (FileRefused, StorageFull, StorageAway) as trouble:
        raise JobRefused(f"{copy}: {trouble.message_vi}") from trouble
    except FileNotFoundError as gone:
        raise JobRefused(f"{copy}: tệp quét không còn trong kho.") from gone
    except Crashed as crashed:
        raise JobRefused(f"{copy}: không tạo được PDF/A; quản trị viên xem nhật ký máy chủ.") from crashed


def keep_bound(copy: DigitalCopy, path: Any, leaves: list[Leaf], *, by: Actor, at: datetime) -> Attachment:
    """Tie a PDF/A that was made to its copy, with its text page by page, and make it findable."""
    blob = store_file(path, media_type="application/pdf", pages=len(leaves), by=by, at=at)
    made = attach(copy, blob, name=name_of(copy), role=Attachment.Role.ORIGINAL, by=by, at=at)
    texts = [one.text for one in leaves]
    PageText.objects.bulk_create(
        (PageText(attachment=made, page=page, text=text) for page, text in enumerate(texts, 1)), batch_size=200
    )
    index_record(copy, body="\n".join(texts)[:1_000_000])
    return made


def name_of(copy: DigitalCopy) -> str:
    """The name of its archive file."""
    code = copy.folder.code if copy.folder else ""
    return file_name(code, copy.position, batch_number=copy.batch.number)


def _facts(copy: DigitalCopy) -> dict[str, str]:
    """Metadata within the file (Dublin Core in XMP)."""
    day = copy.issued_on.isoformat() if copy.issued_on else ""
    told = {
        "dc:identifier": copy.number,
        "dc:publisher": copy.issuer,
        "dc:coverage": copy.batch.fonds,
        "dc:source": day,
    }
    return {name: value for name, value in told.items() if value}
