"""The machine's part: separator sheets, blank sides, turned pages, bad files; killed, and complete all the same."""

from typing import Any

import pytest
from PIL import Image

from congso.apps.digitization import services
from congso.apps.digitization.models import DigitalCopy, Page, PageWords, ScanBatch
from congso.apps.digitization.queries import copy_states, counts_of
from congso.apps.digitization.services.processing import process
from congso.apps.digitization.services.rereading import reread
from congso.apps.digitization.tests import factories
from congso.apps.digitization.tests.factories import NOW, Silent, add, batch_as, by, do
from congso.apps.digitization.tests.killing import kill_when, start_worker
from congso.apps.digitization.tests.stacks import plain_stack, separator, side, stack
from congso.kernel.access.services import acting_as
from congso.kernel.files.models import QuarantineItem, Upload
from congso.kernel.files.services import receive_upload
from congso.kernel.jobs.services import run_job
from congso.kernel.workflow.services import Refused


def run(world: Any, batch: ScanBatch, who: str = "clerk") -> ScanBatch:
    """Let the machine read, as the worker would."""
    do(world, who, services.start_processing, batch)
    process(Silent(by(world, who)), batch_id=batch.pk)
    return batch_as(world, batch)


@pytest.mark.django_db
def test_a_stack_becomes_documents_in_their_folders(world):
    batch = factories.received(world)
    hex_of = batch.key.hex
    pages = [
        separator(hex_of, is_folder=True, number=1), separator(hex_of, is_folder=False, number=1),
        side("KẾ HOẠCH", "một"), side(), side("trang hai"),
        separator(hex_of, is_folder=False, number=1).transpose(Image.Transpose.ROTATE_180), side("THÔNG BÁO"),
    ]  # fmt: skip
    add(world, batch, stack(pages), len(pages))
    batch = run(world, batch)
    assert batch.state == "checking"
    with acting_as(by(world, "clerk")):
        rows = Page.objects.filter(batch=batch).order_by("place")
        assert list(rows.values_list("state", flat=True)) == [
            "separator", "separator", "read", "blank", "read", "separator", "read",
        ]  # fmt: skip
        copies = DigitalCopy.objects.filter(batch=batch).order_by("position")
        assert [(one.folder.code, one.position, one.pages) for one in copies.select_related("folder")] == [
            ("VPTU.2005.01", 1, 2), ("VPTU.2005.01", 2, 1),
        ]  # fmt: skip
        assert list(rows.filter(copy=copies[0]).values_list("number", "copy_page")) == [(3, 1), (5, 2)]
        assert {one.need for one in copies} <= {"low"}  # nothing was recognised: nobody may be sure
        assert batch.threshold is not None
        assert batch.sample_percent == 10


@pytest.mark.django_db
def test_reading_again_changes_nothing_and_goes_on_with_what_is_new(world):
    batch = factories.scanned(world)
    batch = run(world, batch)
    process(Silent(by(world, "clerk")), batch_id=batch.pk)
    do(world, "clerk", services.rescan, batch, note="Còn một tài liệu")
    add(world, batch, stack([side("QUYẾT ĐỊNH")]), 1, name="quet-02.pdf")
    batch = run(world, batch)
    with acting_as(by(world, "clerk")):
        assert counts_of(batch).states == {"read": 3}
        assert copy_states(batch) == {"unchecked": 2}
        assert PageWords.objects.count() == 3


@pytest.mark.django_db
def test_a_page_that_cannot_be_read_costs_itself_alone(world, monkeypatch):
    from congso.apps.digitization.services import reading
    from congso.kernel.files.reading.isolation import Crashed, Ended

    true_read = reading.read_scan

    def breaks(path: Any, pages: Any, **more: Any) -> None:
        true_read(path, [one for one in pages if one < 2], **more)
        if max(pages) >= 2 and 2 in pages:
            raise Crashed(Ended(1, "hỏng"))
        true_read(path, [one for one in pages if one > 2], **more)

    monkeypatch.setattr(reading, "read_scan", breaks)
    batch = run(world, factories.scanned(world, pages=3))
    with acting_as(by(world, "clerk")):
        rows = Page.objects.filter(batch=batch).order_by("place")
        assert [(one.state, bool(one.why)) for one in rows] == [("read", False), ("failed", True), ("read", False)]
        actor = by(world, "clerk")
        services.drop_page(rows.select_related("batch", "scan")[1], note="Giấy rách", by=actor, at=NOW)


@pytest.mark.django_db
def test_only_files_of_pages_come_in(world):
    batch = factories.received(world)
    with pytest.raises(Refused, match="PDF, TIFF"):
        add(world, batch, b"chu", 0, name="ghi-chu.txt")


def _send(world: Any, batch: ScanBatch, data: bytes, name: str) -> Upload:
    actor = by(world, "clerk")
    with acting_as(actor):
        upload = receive_upload(
            [data], name=name, organization=batch.owner, purpose=services.PURPOSE, details={"batch": batch.pk},
            by=actor, at=NOW,
        )  # fmt: skip
    run_job(upload.job_id, actor)
    with acting_as(actor):
        return Upload.objects.get(pk=upload.pk)


@pytest.mark.django_db
def test_an_upload_waits_unread_in_its_batch(world):
    batch = factories.received(world)
    upload = _send(world, batch, stack([side("TỈNH ỦY"), side("trang hai")]), "quét 01.pdf")
    assert (upload.state, upload.record_id) == ("ready", batch.pk)
    with acting_as(by(world, "clerk")):
        assert counts_of(batch).states == {"waiting": 2}
    assert batch_as(world, batch).state == "scanning"


@pytest.mark.django_db
def test_a_mark_of_secrecy_deep_in_a_stack_keeps_the_whole_file_out(world):
    batch = factories.received(world)
    pages = [side("TỈNH ỦY", "Kế hoạch")] * 4
    marked = side("TỈNH ỦY", "", "TỐI MẬT", "", "Báo cáo")
    upload = _send(world, batch, stack([*pages, marked]), "quét 02.pdf")
    assert upload.state == "quarantined"
    assert upload.blob_id is None
    with acting_as(by(world, "clerk")):
        assert counts_of(batch).states == {}
    with acting_as(by(world, "secrecy_officer")):
        assert QuarantineItem.objects.get().place == "đầu trang 5"


@pytest.mark.django_db
def test_read_with_a_recogniser_and_read_again_by_another(world, settings):
    settings.OCR_ENGINE = "tesseract"
    batch = factories.received(world)
    turned = side("ĐẢNG BỘ TỈNH LÀO CAI", "Số 16-KH/TU", *["kế hoạch chuyển đổi số của tỉnh"] * 8).rotate(
        2, fillcolor="white"
    )
    add(world, batch, stack([turned]), 1)
    batch = run(world, batch)
    with acting_as(by(world, "clerk")):
        page = Page.objects.get(batch=batch)
        read = [word[0] for word in page.words.words]
        assert "16-KH/TU" in read
        assert 1.5 < abs(page.skew) < 2.5
        assert page.engine == "tesseract"
    reread(Silent(by(world, "clerk")), batch_id=batch.pk, engine="aster")
    with acting_as(by(world, "clerk")):
        page.refresh_from_db()
        again = PageWords.objects.get(page=page)
        assert (page.engine, again.engine) == ("aster", "aster")
        assert len(again.words) > 20


PAGES, FILES = 10, 3


@pytest.mark.faults
@pytest.mark.django_db(transaction=True)
def test_killed_twice_no_page_is_lost_and_none_is_there_twice(world):
    """The short form; `make faults` does it with 1,000 and 20,000 pages (tests/faults/test_digitization.py)."""
    batch = factories.received(world)
    for file in range(FILES):
        add(world, batch, plain_stack(PAGES, first=file * PAGES + 1), PAGES, name=f"quet-{file:02d}.pdf")
    job = do(world, "clerk", services.start_processing, batch)

    def read_pages() -> int:
        with acting_as(by(world, "clerk")):
            return counts_of(batch).done

    for wanted in (6, 18):
        assert kill_when(start_worker(job.pk, world.clerk), lambda wanted=wanted: read_pages() >= wanted)
    worker = start_worker(job.pk, world.clerk)
    assert worker.wait(60) == 0
    assert_complete(world, batch, pages=PAGES * FILES, files=FILES)


def assert_complete(world: Any, batch: ScanBatch, *, pages: int, files: int) -> None:
    """Every page read once, every file one document with its pages in order."""
    batch = batch_as(world, batch)
    assert batch.state == "checking"
    with acting_as(by(world, "clerk")):
        assert counts_of(batch).states == {"read": pages}
        assert PageWords.objects.filter(page__batch=batch).count() == pages
        rows = Page.objects.filter(batch=batch).order_by("place").values_list("number", "copy_page", "copy")
        assert all(number == place and copy for number, place, copy in rows.iterator())
        assert DigitalCopy.objects.filter(batch=batch).count() == files
        assert sorted(DigitalCopy.objects.filter(batch=batch).values_list("position", flat=True)) == [
            *range(1, files + 1)
        ]
