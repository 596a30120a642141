"""The tasks of the invented plans, read from their Word files and from a print."""

import time
from pathlib import Path

import pytest

from congso.kernel.files.reading.kinds import FileKind
from congso.kernel.files.reading.layouts import read_layout
from congso.kernel.files.reading.limits import Limits
from congso.kernel.files.reading.word_blocks import blocks_of
from congso.kernel.papers.tasks import read_tasks
from congso.lib.layout import Paragraph
from tests.reading.plan_files import print_pdf, write_docx
from tests.reading.plan_parts import Plan
from tests.reading.plan_scores import Score, score
from tests.reading.plans import PLANS
from tests.reading.plans_of_tables import long_blocks


@pytest.mark.parametrize("plan", PLANS, ids=lambda plan: plan.name)
def test_every_task_of_a_word_file_is_found_with_its_unit_and_time(plan: Plan, tmp_path: Path) -> None:
    source = tmp_path / "plan.docx"
    write_docx(plan, source)
    found = score(plan.tasks, read_tasks(blocks_of(source, FileKind.DOCX, Limits())))
    assert found.f1 >= 0.95, found.faults
    assert min(found.share(name) for name in ("lead", "supporting", "due", "recurrence", "clause")) >= 0.95, (
        found.faults
    )


@pytest.mark.parametrize("name", ["merged_leads", "long_table"])
def test_a_print_gives_the_same_tasks_with_their_places(name: str, tmp_path: Path) -> None:
    plan = next(plan for plan in PLANS if plan.name == name)
    source = tmp_path / "plan.docx"
    write_docx(plan, source)
    printed = print_pdf(source, tmp_path, Limits())
    tasks = read_tasks(read_layout(printed, FileKind.PDF, limits=Limits(), work=tmp_path).blocks)
    found = score(plan.tasks, tasks)
    assert found.f1 >= 0.95, found.faults
    assert all(task.places and task.places[0].box for task in tasks)
    if name == "long_table":
        assert any("nối qua hai trang" in task.doubt for task in tasks)


def test_reading_six_hundred_tasks_takes_seconds_and_grows_in_proportion() -> None:
    half, whole = _seconds(10), _seconds(20)
    assert whole < 20
    assert whole < 4 * half + 0.5  # twice the tasks; wide, for the collecting of a large process


def test_the_scores_notice_a_missed_and_an_invented_task() -> None:
    plan = PLANS[0]
    read = read_tasks([Paragraph("1. Văn phòng Tỉnh ủy theo dõi việc trồng cây, hoàn thành trước ngày 15/9/2025.")])
    found = score(plan.tasks, read)
    assert (found.matched, found.read, found.f1) == (0, 1, 0.0)
    assert isinstance(found + Score(), Score)


def _seconds(sections: int) -> float:
    """Of work by this thread alone: what else the machine does meanwhile does not count."""
    blocks, expected = long_blocks(sections)
    begun = time.thread_time()
    assert len(read_tasks(blocks)) == expected
    return time.thread_time() - begun
