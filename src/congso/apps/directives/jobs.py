"""What runs by itself: opening periods every hour, reminding on working mornings; and reading a plan when asked.

All may run twice.
"""

from time import perf_counter

from django.utils import timezone
from procrastinate.contrib.django import app

from congso.apps.directives.models import Mention, PlanReading
from congso.apps.directives.queries import readings, resolver
from congso.apps.directives.services import (
    READ_PLAN,
    LaidOut,
    copies_of,
    fail_reading,
    located,
    open_next_occurrences,
    put_together,
    send_reminders,
    store_proposals,
)
from congso.kernel.access.services import acting_as
from congso.kernel.files.layouts import read_sources, sources_of
from congso.kernel.files.reading.refusals import Refused
from congso.kernel.jobs.mornings import REMINDERS, each_morning
from congso.kernel.jobs.services import JobRefused, JobStopped, Progress, job
from congso.kernel.papers.proposals import TaskProposal
from congso.kernel.papers.tasks import read_tasks


@app.periodic(cron="5 * * * *")
@app.task(name="directives.open_periods", queueing_lock="directives.open_periods")
def open_periods(timestamp: int) -> None:
    """Open what has begun; hourly, so that a night without power is made up for."""
    with acting_as(REMINDERS):
        open_next_occurrences(by=REMINDERS, at=timezone.now())


each_morning("directives.remind", minute=20)(send_reminders)


_STOPPED = "Đã dừng theo yêu cầu. Chưa có gì được lưu."
_BROKEN = "Lỗi ngoài dự kiến khi đọc; hãy thử đọc lại, nếu vẫn lỗi thì báo quản trị viên."
_NO_FILE = "Văn bản chưa có tệp nào đọc được chữ. Hãy gắn bản Word hoặc bản quét đã nhận dạng rồi đọc lại."
_NO_TASK = "Không tìm thấy nhiệm vụ nào trong văn bản. Có thể giao tay bằng nút “Giao nhiệm vụ”."
_NAMES_A_STEP = 20


@job(READ_PLAN)
def read_plan(progress: Progress, *, reading_id: int) -> None:
    """Read the tasks of a document for the person who asked; what fails is told where the person looks."""
    with acting_as(progress.actor):
        reading = readings().filter(pk=reading_id, read_at__isnull=True).first()
    if reading is None:
        return
    try:
        _read(reading, progress)
    except JobStopped:
        _fail(reading, progress, _STOPPED)
        raise
    except JobRefused as refused:
        _fail(reading, progress, str(refused))
        raise
    except Refused as refused:
        _fail(reading, progress, refused.message_vi)
        raise JobRefused(refused.message_vi) from refused
    except Exception:
        _fail(reading, progress, _BROKEN)
        raise


def _read(reading: PlanReading, progress: Progress) -> None:
    began = perf_counter()
    laid_out = _laid_out(reading, progress)
    progress.step(0, 1, "Đang tìm nhiệm vụ")
    proposals = located(read_tasks(laid_out.blocks), laid_out.words)
    if not proposals:
        raise JobRefused(_NO_TASK)
    known = _known_units(reading, proposals, progress)
    progress.step(0, 1, "Đang lưu")
    note = f"{len(proposals)} nhiệm vụ, {len(laid_out.pages)} trang, đọc trong {perf_counter() - began:.0f} giây"
    with acting_as(progress.actor):
        store_proposals(
            reading, proposals, resolve=known.__getitem__, pages=laid_out.pages, engine_note=note, at=timezone.now()
        )


def _laid_out(reading: PlanReading, progress: Progress) -> LaidOut:
    """The document's files, looked up in one transaction and read after it, so that progress is seen."""
    with acting_as(progress.actor):
        sources, copies = sources_of(reading.record), copies_of(reading.record)
    if not sources:
        raise JobRefused(_NO_FILE)
    return put_together(sources, read_sources(sources, on_progress=progress.step), copies)


def _known_units(reading: PlanReading, proposals: list[TaskProposal], progress: Progress) -> dict[str, Mention]:
    """Every unit the proposals name, recognised once."""
    with acting_as(progress.actor):
        resolve = resolver(timezone.localdate(), reading.organization)
    names = list(dict.fromkeys(name[:500] for one in proposals for name in (one.lead, *one.supporting) if name.strip()))
    known: dict[str, Mention] = {}
    for place, name in enumerate(names):
        if place % _NAMES_A_STEP == 0:
            progress.step(place, len(names), "Đang nhận ra đơn vị")
        known[name] = resolve(name)
    return known


def _fail(reading: PlanReading, progress: Progress, message: str) -> None:
    with acting_as(progress.actor):
        fail_reading(reading, message=message)
