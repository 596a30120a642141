"""Pages read one by one and kept one by one: killed anywhere, what was kept stays and nothing is kept twice."""

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from uuid import uuid4

from django.conf import settings
from django.db.models import QuerySet
from django.utils import timezone

from congso.apps.digitization.models import Page, PageState, PageWords
from congso.apps.digitization.rules import SEPARATOR
from congso.kernel.access.services import acting_as
from congso.kernel.files import spool
from congso.kernel.files.configuration import limits, store
from congso.kernel.files.reading.isolation import Crashed
from congso.kernel.files.reading.refusals import Refused as FileRefused
from congso.kernel.files.reading.scans.reading import PageFound, read_scan
from congso.kernel.files.store import StorageAway, StorageFull
from congso.kernel.jobs.services import JobRefused, Progress

CHUNK = 16  # pages read by one child process: its start costs as much as a fifth of a page
_LOW = 0.8  # of the recogniser's certainty: such a word is shown to who corrects
log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Chunk:
    """Pages of one stored file, by their number in it."""

    sha256: str
    pages: dict[int, int]


@dataclass
class Run:
    """One go over the pages that wait. `keep` writes a page down and says whether it was the first to do so."""

    progress: Progress
    waiting: Callable[[], QuerySet[Page]]
    keep: Callable[[int, PageFound, datetime], bool]
    fail: Callable[[int, str, datetime], None]
    engine: str
    total: int
    done: int
    words: str = "Đọc trang"
    seen: set[int] = field(default_factory=set)


def engine_in_use() -> str:
    """The engine the installation reads with."""
    return str(settings.OCR_ENGINE)


def read_waiting(run: Run) -> None:
    """Read until nothing waits. Raises JobStopped, JobRefused (no right any more, the store away)."""
    while chunk := _next(run):
        before = run.done
        try:
            _read(chunk, run)
        except (StorageFull, StorageAway) as trouble:
            raise JobRefused(trouble.message_vi) from trouble
        if run.done == before:
            raise JobRefused("Không ghi được trang nào: bạn không còn quyền, hoặc đợt đã chuyển bước.")


def _next(run: Run) -> Chunk | None:
    with acting_as(run.progress.actor):
        first = run.waiting().select_related("scan__attachment").order_by("place", "id").first()
        if first is None:
            return None
        rows = run.waiting().filter(scan=first.scan_id, place__gte=first.place).order_by("place", "id")
        pages = dict(rows.values_list("number", "pk")[:CHUNK])
        return Chunk(first.scan.attachment.blob_id, pages)


def _read(chunk: Chunk, run: Run) -> None:
    """Read the chunk; where that breaks off, the rest page by page, so that one bad page costs itself alone."""
    left = dict(chunk.pages)

    def tell(found: PageFound) -> None:
        page = left.pop(found.pose.number)
        with acting_as(run.progress.actor):
            if run.keep(page, found, timezone.now()):
                run.done += 1
        run.progress.step(run.done, run.total, f"{run.words}: {run.done}/{run.total}")

    trouble = _try(chunk.sha256, list(left), run, tell)
    if trouble is None and left:
        trouble = "Không có trang này trong tệp."
    if trouble is None:
        return
    for number, page in list(left.items()):
        alone = _try(chunk.sha256, [number], run, tell) if len(chunk.pages) > 1 else trouble
        if number in left:
            left.pop(number)
            with acting_as(run.progress.actor):
                run.fail(page, (alone or trouble)[:500], timezone.now())
            run.done += 1


def _try(sha256: str, numbers: Sequence[int], run: Run, tell: Callable[[PageFound], None]) -> str | None:
    """Read these pages in a child; what went wrong in words, None for nothing."""
    try:
        with spool.work_folder(uuid4()) as work, store().local(sha256) as path:
            read_scan(path, numbers, engine=run.engine, separator=SEPARATOR, tell=tell, limits=limits(), work=work)
    except FileRefused as refused:
        return refused.message_vi
    except FileNotFoundError:
        return "Tệp quét không còn trong kho."
    except Crashed:
        log.exception("reading of scanned pages broke off")
        return "Bộ nhận dạng bị lỗi ở trang này."
    return None


def keep_first(page: int, found: PageFound, engine: str, at: datetime) -> bool:
    """Write down what was found on a page that waits; False when somebody was quicker."""
    state, code = PageState.READ, ""
    ours = [code for code in found.codes if code.startswith(SEPARATOR)]
    if ours:
        state, code = PageState.SEPARATOR, ours[0]
    elif found.grade is not None:
        state = PageState.SUSPECT
    elif found.is_blank:
        state = PageState.BLANK
    why = "Thấy dấu hiệu độ mật ở đầu trang; chữ không được lưu." if state == PageState.SUSPECT else ""
    changed = Page.objects.filter(pk=page, state=PageState.WAITING).update(
        state=state, why=why, code=code, engine=engine, read_at=at, **_facts(found)
    )
    if changed and state == PageState.READ:
        PageWords.objects.create(page_id=page, words=found.words, engine=engine, at=at)
    return bool(changed)


def keep_again(page: int, found: PageFound, engine: str, at: datetime) -> bool:
    """Put what another engine read in place of what was read before; corrections stay."""
    facts = _facts(found)
    pose = {name: facts[name] for name in ("turn", "skew", "dpi", "width", "height")}
    held = Page.objects.filter(pk=page, state=PageState.READ).exclude(engine=engine)
    if any(getattr(one, name) != value for one in held for name, value in pose.items()):
        return _leave(page, engine, at)  # corrections have their places on the page as it lay
    changed = held.update(engine=engine, read_at=at, **facts)
    if changed:
        PageWords.objects.filter(page_id=page).update(words=found.words, engine=engine, at=at)
    return bool(changed)


def _leave(page: int, engine: str, at: datetime) -> bool:
    return bool(Page.objects.filter(pk=page).update(engine=engine, read_at=at))


def fail_first(page: int, why: str, at: datetime) -> None:
    """The page cannot be read: it waits for a person."""
    Page.objects.filter(pk=page, state=PageState.WAITING).update(state=PageState.FAILED, why=why, read_at=at)


def _facts(found: PageFound) -> dict[str, float | int | None]:
    sure = [word[5] for word in found.words]
    return {
        "turn": found.pose.turn, "skew": found.pose.skew, "dpi": found.pose.dpi, "width": found.width,
        "height": found.height, "word_count": len(sure), "low_words": sum(one < _LOW for one in sure),
        "confidence": round(sum(sure) / len(sure), 4) if sure else None,
    }  # fmt: skip
