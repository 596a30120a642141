"""A plan for the whole province: ninety-nine communes at once, six hundred rows read and handed out."""

import time
from dataclasses import replace

import pytest

from congso.apps.directives import jobs
from congso.apps.directives.models import HandOut, Support
from congso.apps.directives.services import Spread, confirm_certain, hand_out
from congso.apps.directives.tests.reading_factories import review, rows_of, started
from congso.apps.directives.tests.test_handing_out import TERMS
from congso.apps.directives.tests.test_reading_job import run
from congso.kernel.access.services import Actor, acting_as
from congso.kernel.directory.models import Organization
from congso.kernel.directory.services import found_organization
from congso.kernel.directory.testing import START, World
from congso.kernel.files.layouts import Source
from congso.kernel.files.reading.kinds import FileKind
from congso.lib.layout import Cell, Layout, Page, Paragraph, Table

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]
COMMUNES = "các đảng ủy xã, phường"


def with_communes(world: World) -> int:
    """Found the other ninety-eight; how many there are."""
    with acting_as(Actor.person(world.administrator)):
        top = world.organization("TU")
        for number in range(98):
            found_organization(
                code=f"T.X{number}", kind="commune_committee", name=f"Đảng ủy xã Thử {number}", symbol="ĐU",
                valid_from=START, is_office=False, parent=top,
            )  # fmt: skip
        return Organization.objects.filter(kind="commune_committee").count()


def annex(rows: int) -> Layout:
    """An annex of that many rows with a page each forty."""
    heads = ("TT", "Nội dung nhiệm vụ", "Cơ quan chủ trì", "Cơ quan phối hợp", "Thời gian")
    cells = [Cell(0, column, head) for column, head in enumerate(heads)]
    for row in range(1, rows + 1):
        lead = COMMUNES if row == 1 else "Văn phòng Tỉnh ủy Thử Nghiệm"
        words = (str(row), f"Triển khai nội dung số {row} của kế hoạch", lead, "Ban Tổ chức", "2027")
        cells += [Cell(row, column, text) for column, text in enumerate(words)]
    pages = tuple(Page(number, 595, 842, ()) for number in range(1, 151))
    return Layout(pages, (Paragraph("PHỤ LỤC. DANH MỤC NHIỆM VỤ"), Table(rows + 1, len(heads), tuple(cells))))


def read(world: World, layout: Layout, monkeypatch: pytest.MonkeyPatch):
    """The reading of that layout, by the job."""
    monkeypatch.setattr(jobs, "sources_of", lambda record: (Source("x.pdf", FileKind.PDF, 1),))
    monkeypatch.setattr(jobs, "read_sources", lambda found, on_progress: (layout,))
    return run(world, started(world))


def test_ninety_nine_communes_get_a_task_each_or_one_together(world, monkeypatch):
    assert with_communes(world) == 99
    reading = read(world, annex(2), monkeypatch)
    first, second = rows_of(world, reading)
    assert len(first.led_by.organizations) == 99
    review(world, "chief", confirm_certain, reading)
    assert len(review(world, "chief", hand_out, reading, [first.pk], terms=TERMS)) == 99
    with acting_as(Actor.person(world.chief)):
        assert HandOut.objects.filter(proposal=first).values("organization").distinct().count() == 99
    assert second.led_by.organizations == (world.organizations["VPTU"],)
    _one_for_all(world, monkeypatch)


def _one_for_all(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """Led by one unit, supported by all the communes and the office the paper names."""
    reading = read(world, annex(1), monkeypatch)
    (row,) = rows_of(world, reading)
    review(world, "chief", confirm_certain, reading)
    with acting_as(Actor.person(world.chief)):
        group = row.led_by.group or row.led_by.written
        terms = replace(TERMS, spreads={group: Spread(world.organization("VPTU"))})
    (task,) = review(world, "chief", hand_out, reading, [row.pk], terms=terms)
    with acting_as(Actor.person(world.chief)):
        assert Support.objects.filter(task=task).count() == 100


@pytest.mark.bench
def test_six_hundred_rows_of_150_pages_are_stored_in_a_minute(world, monkeypatch):
    began = time.perf_counter()
    reading = read(world, annex(600), monkeypatch)
    assert len(rows_of(world, reading)) == 600
    spent = time.perf_counter() - began
    assert spent < 60, spent
