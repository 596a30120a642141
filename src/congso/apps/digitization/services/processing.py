"""The machine's part of a batch as one job: pages read, the stack cut, fields proposed. It may be killed anywhere."""

from datetime import datetime

from django.utils import timezone

from congso.apps.digitization.models import Page, PageState, ScanBatch
from congso.apps.digitization.queries import batch_of
from congso.apps.digitization.services.cutting import cut_stack
from congso.apps.digitization.services.moving import moving
from congso.apps.digitization.services.reading import Run, engine_in_use, fail_first, keep_first, read_waiting
from congso.apps.digitization.services.studying import study_waiting
from congso.kernel.access.services import Actor, acting_as
from congso.kernel.jobs.models import Job
from congso.kernel.jobs.services import JobRefused, Progress, queue_job, stop_job
from congso.kernel.workflow.moving import save

PROCESS = "digitization.process"


def start_processing(batch: ScanBatch, *, by: Actor, at: datetime) -> Job:
    """Let the machine read what was scanned; the job goes on by itself after a worker died."""
    with moving(batch, "process", by=by, at=at) as move:
        label = f"Đọc đợt số hóa {move.record.number}"
        job = queue_job(PROCESS, label=label, by=by, at=at, arguments={"batch_id": batch.pk})
        save(move.record, job=job)
    batch.job = job
    return job


def pause_processing(batch: ScanBatch, *, by: Actor, at: datetime) -> None:
    """Stop at the next page, to scan more; what was read stays read."""
    with moving(batch, "pause", by=by, at=at) as move:
        if move.record.job is not None:
            stop_job(move.record.job)


def rescan(batch: ScanBatch, *, note: str, by: Actor, at: datetime) -> None:
    """More is to be scanned, or some again; documents that were cut stay."""
    with moving(batch, "rescan", by=by, at=at, note=note):
        pass


def process(progress: Progress, *, batch_id: int) -> None:
    """The job's body. Raises JobStopped, JobRefused."""
    with acting_as(progress.actor):
        try:
            batch = batch_of(batch_id)
        except ScanBatch.DoesNotExist as gone:
            raise JobRefused("Đợt số hóa không còn, hoặc bạn không còn quyền xem.") from gone
        if batch.state != "processing":
            return  # it ran to its end already, or was paused
        pages = Page.objects.filter(batch=batch)
        total, left = pages.count(), pages.filter(state=PageState.WAITING).count()
    engine = engine_in_use()
    read_waiting(
        Run(
            progress,
            waiting=lambda: Page.objects.filter(batch=batch_id, state=PageState.WAITING),
            keep=lambda page, found, at: keep_first(page, found, engine, at),
            fail=fail_first,
            engine=engine,
            total=total,
            done=total - left,
        )
    )
    cut_stack(batch_id, progress)
    study_waiting(batch_id, progress)
    with acting_as(progress.actor):
        batch = batch_of(batch_id)
        if batch.state == "processing":
            with moving(batch, "read", by=progress.actor, at=timezone.now()):
                pass
