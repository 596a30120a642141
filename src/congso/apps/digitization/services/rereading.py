"""Pages read again by another engine, later: corrections hold, archive files of accepted copies are made anew."""

from datetime import datetime

from django.db.models import Max
from django.utils import timezone

from congso.apps.digitization.models import DigitalCopy, Page, PageState, ScanBatch
from congso.apps.digitization.queries import batch_of, copy_of
from congso.apps.digitization.services.accepting import keep_bound
from congso.apps.digitization.services.binding import bound, leaves_of
from congso.apps.digitization.services.moving import moving
from congso.apps.digitization.services.reading import Run, keep_again, read_waiting
from congso.kernel.access.services import Actor, acting_as
from congso.kernel.files.models import Attachment
from congso.kernel.files.reading.engines import NAMES
from congso.kernel.jobs.models import Job
from congso.kernel.jobs.services import JobRefused, Progress, queue_job
from congso.kernel.workflow.moving import save
from congso.kernel.workflow.services import Refused

REREAD = "digitization.reread"


def start_rereading(batch: ScanBatch, *, engine: str, by: Actor, at: datetime) -> Job:
    """Read the batch's pages with this engine where another read them. Raises Refused for an engine that is none."""
    if engine not in NAMES:
        raise Refused("Không có bộ nhận dạng này.")
    with moving(batch, "reread", by=by, at=at) as move:
        arguments = {"batch_id": batch.pk, "engine": engine}
        label = f"Đọc lại đợt {move.record.number} bằng {engine}"
        job = queue_job(REREAD, label=label, by=by, at=at, arguments=arguments)
        save(move.record, job=job)
        move.label = f"Đọc lại bằng bộ nhận dạng {engine}"
    return job


def reread(progress: Progress, *, batch_id: int, engine: str) -> None:
    """The job's body: goes on where it was killed, since each page says which engine read it last."""
    with acting_as(progress.actor):
        try:
            batch = batch_of(batch_id)
        except ScanBatch.DoesNotExist as gone:
            raise JobRefused("Đợt số hóa không còn, hoặc bạn không còn quyền xem.") from gone
        total = Page.objects.filter(batch=batch, state=PageState.READ).count()
        done = Page.objects.filter(batch=batch, state=PageState.READ, engine=engine).count()
    read_waiting(
        Run(
            progress,
            waiting=lambda: Page.objects.filter(batch=batch_id, state=PageState.READ).exclude(engine=engine),
            keep=lambda page, found, at: keep_again(page, found, engine, at),
            fail=lambda page, _why, at: _keep_old(page, engine, at),
            engine=engine,
            total=total,
            done=done,
            words="Đọc lại trang",
        )
    )
    _bind_anew(batch_id, progress)


def _keep_old(page: int, engine: str, at: datetime) -> None:
    """What this engine cannot read stays as it was read."""
    Page.objects.filter(pk=page).update(engine=engine)


def _bind_anew(batch_id: int, progress: Progress) -> None:
    """A new archive file for each accepted copy whose pages were read since its last one; it is signed anew."""
    with acting_as(progress.actor):
        rows = DigitalCopy.objects.filter(batch=batch_id, state="accepted").annotate(read=Max("page_rows__read_at"))
        read = dict(rows.values_list("pk", "read"))
        made = dict(
            Attachment.objects.filter(record_id__in=list(read), role=Attachment.Role.ORIGINAL)
            .order_by().values_list("record_id").annotate(Max("added_at"))
        )  # fmt: skip
        stale = [pk for pk, at in read.items() if at and (pk not in made or made[pk] < at)]
    for nth, pk in enumerate(stale, 1):
        with acting_as(progress.actor):
            copy, leaves = copy_of(pk), leaves_of(pk)
        with bound(leaves, title=copy.title) as (path, _work), acting_as(progress.actor):
            keep_bound(copy, path, leaves, by=progress.actor, at=timezone.now())
            save(copy, signed_at=None)
        progress.step(nth, len(stale), f"Tạo lại PDF/A: {nth}/{len(stale)}")
