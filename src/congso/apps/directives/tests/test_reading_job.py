"""The job that reads a document: progress, refusals, stopping, running twice; pages counted through several files."""

import pytest

from congso.apps.directives import jobs
from congso.apps.directives.models import PlanReading
from congso.apps.directives.services import put_together
from congso.apps.directives.services.laying_out import Copy, located
from congso.apps.directives.tests.reading_factories import PROPOSALS, rows_of, source_of, started, with_pages
from congso.kernel.access.services import Actor, acting_as
from congso.kernel.files.layouts import Source
from congso.kernel.files.reading import refusals
from congso.kernel.files.reading.kinds import FileKind
from congso.kernel.jobs.models import Job
from congso.kernel.jobs.services import Progress, run_job
from congso.kernel.papers.proposals import TaskProposal
from congso.lib.layout import Box, Cell, Layout, Page, Paragraph, Place, Table

pytestmark = pytest.mark.django_db
PLAN = Paragraph("1. Văn phòng Tỉnh ủy Thử Nghiệm chủ trì xây dựng kho dữ liệu, hoàn thành trước ngày 31/12/2026.")


def run(world, reading: PlanReading) -> PlanReading:
    """Carry the job out as the worker would, and read the reading anew."""
    run_job(reading.job_id, Actor.person(world.chief))
    with acting_as(Actor.person(world.chief)):
        return PlanReading.objects.select_related("job").get(pk=reading.pk)


@pytest.fixture
def paper(monkeypatch):
    """What the files hold: `paper(blocks)`; the guarded child is not started."""

    def hold(*layouts: Layout) -> None:
        sources = [Source("x.pdf", FileKind.PDF, place) for place, _ in enumerate(layouts, start=1)]
        monkeypatch.setattr(jobs, "sources_of", lambda record: tuple(sources))
        monkeypatch.setattr(jobs, "read_sources", lambda found, on_progress: layouts)

    return hold


def test_a_plan_is_read_resolved_and_stored(world, paper):
    paper(Layout((Page(1, 595, 842, ()),), (PLAN,)))
    reading = run(world, started(world))
    assert (reading.state, reading.job.state) == ("ready", Job.State.FINISHED)
    (row,) = rows_of(world, reading)
    assert row.led_by.organizations == (world.organizations["VPTU"],)
    assert (row.due, reading.pages) == ("2026-12-31", [[1, 1, 595, 842]])
    assert reading.engine_note.startswith("1 nhiệm vụ, 1 trang")


def test_running_twice_stores_once(world, paper):
    paper(Layout((), (PLAN,)))
    reading = run(world, started(world))
    jobs.read_plan(Progress(reading.job_id, Actor.person(world.chief)), reading_id=reading.pk)
    assert len(rows_of(world, reading)) == 1


def test_a_real_file_is_read_in_the_guarded_child(world, tmp_path):
    source = source_of(world)
    with_pages(world, source, tmp_path)
    reading = run(world, started(world, source=source))
    assert reading.job.state in (Job.State.FINISHED, Job.State.FAILED), reading.message
    assert reading.state in ("ready", "failed")
    assert "Lỗi ngoài dự kiến" not in reading.message


def test_without_files_or_tasks_the_person_is_told_how_to_go_on(world, paper):
    reading = run(world, started(world))
    assert (reading.state, reading.job.state) == ("failed", Job.State.FAILED)
    assert "chưa có tệp nào đọc được" in reading.message
    paper(Layout((), (Paragraph("Trân trọng cảm ơn."),)))
    assert "Không tìm thấy nhiệm vụ nào" in run(world, started(world)).message


def test_a_file_that_is_refused_says_so(world, paper, monkeypatch):
    paper(Layout())

    def refuse(found, on_progress):
        raise refusals.empty()

    monkeypatch.setattr(jobs, "read_sources", refuse)
    assert "Tệp rỗng" in run(world, started(world)).message


def test_a_fault_of_ours_is_told_too_and_raised_for_the_log(world, paper, monkeypatch):
    paper(Layout())
    monkeypatch.setattr(jobs, "read_tasks", lambda blocks: 1 // 0)
    reading = started(world)
    with pytest.raises(ZeroDivisionError):
        run(world, reading)
    with acting_as(Actor.person(world.chief)):
        assert "Lỗi ngoài dự kiến" in PlanReading.objects.get(pk=reading.pk).message


def test_a_stop_while_it_runs_leaves_nothing_behind(world, paper):
    paper(Layout((), (PLAN,)))
    reading = started(world)

    def stopping(found, on_progress):
        with acting_as(Actor.person(world.chief)):
            Job.objects.filter(pk=reading.job_id).update(is_stop_asked=True)
        return (Layout((), (PLAN,)),)

    jobs.read_sources, kept = stopping, jobs.read_sources
    try:
        reading = run(world, reading)
    finally:
        jobs.read_sources = kept
    assert (reading.state, reading.job.state) == ("failed", Job.State.STOPPED)
    assert reading.message.startswith("Đã dừng theo yêu cầu.")
    assert rows_of(world, reading) == []


def test_pages_are_counted_through_all_files():
    place = Place(1, Box(1, 2, 3, 4))
    table = Table(1, 1, (Cell(0, 0, "x", place=place),), place)
    first = Layout((Page(1, 595, 842, ()), Page(2, 842, 595, ())), (Paragraph("a", place),))
    sources = [
        Source("a", FileKind.PDF, 7),
        Source("b", FileKind.PDF, 8),
        Source("c", FileKind.DOCX, 9),
    ]
    copies = {9: Copy(([90, 1, 595, 842],), ("chu",))}
    whole = put_together(sources, [first, Layout((Page(1, 595, 842, ()),), (table,)), Layout()], copies)
    assert whole.pages == ([7, 1, 595, 842], [7, 2, 842, 595], [8, 1, 595, 842], [90, 1, 595, 842])
    assert whole.blocks[0].place == place
    assert whole.blocks[1].cells[0].place == Place(3, place.box)
    assert whole.words == ("", "", "", "chu")


def test_a_task_of_a_word_file_finds_its_page_by_its_words():
    words = ("chuong trinh", "xay dung kho du lieu dung chung va tong ket", "tong ket")
    first, second, placed = located(
        [PROPOSALS[0], TaskProposal("Tổng kết", "3"), TaskProposal("Không có", "4")], ("", *words)
    )
    assert first.places == PROPOSALS[0].places
    assert second.places == (Place(3),)
    assert placed.places == ()
