"""An upload ends stored and handed over, refused, or in quarantine; wherever a worker dies nothing is half done."""

from typing import Any

import pytest
from django.db import Error, transaction
from django.utils import timezone

from congso.kernel.access import principals
from congso.kernel.access.services import Actor, acting_as
from congso.kernel.directory.testing import World
from congso.kernel.files import intake, spool
from congso.kernel.files.configuration import folder, store
from congso.kernel.files.models import Attachment, Blob, PageText, QuarantineItem, Upload
from congso.kernel.files.purposes import UnknownPurpose
from congso.kernel.files.queries import files_of, text_of
from congso.kernel.files.reading.refusals import Refused
from congso.kernel.files.services import (
    NotPossible,
    retry_upload,
    stamp_arrival,
)
from congso.kernel.files.store import StorageFull
from congso.kernel.files.tests import papers
from congso.kernel.files.tests.uploading import Send, again, work
from congso.kernel.jobs.models import Job
from congso.kernel.jobs.services import stop_job
from congso.kernel.records.models import Record

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("send")]
State = Upload.State


def left_in(place: str) -> list[str]:
    return sorted(path.name for path in folder(place).iterdir())  # type: ignore[arg-type]


def test_an_upload_becomes_a_record_with_its_file_and_text(world: World, send: Send) -> None:
    upload = send(papers.pdf(pages=2), "Kế hoạch/số 16.pdf")
    assert upload.state == State.WAITING
    assert left_in("blobs") == []
    work(upload)
    done = again(upload)
    assert (done.state, done.name, done.blob.pages) == (State.READY, "Kế hoạch-số 16.pdf", 2)
    assert store().open(upload.sha256).read() == papers.pdf(pages=2) or done.blob.sha256 == upload.sha256
    with acting_as(Actor.person(world.clerk)):
        files = files_of(done.record)
        assert [(file.file.name, file.pages) for file in files] == [("Kế hoạch-số 16.pdf", 2)]
        assert "16-KH/TU" in text_of(done.record)
        assert PageText.objects.count() == 2
    assert left_in("spool") == []


def test_a_word_file_is_shown_by_its_pdf(world: World, send: Send) -> None:
    upload = send(papers.word("Điều 1. Phạm vi"), "quy chế.docx")
    work(upload)
    done = again(upload)
    with acting_as(Actor.person(world.clerk)):
        (file,) = files_of(done.record)
        assert (file.file.role, file.shown.role, file.shown.name) == ("original", "searchable", "quy chế.pdf")
        assert file.pages == 1


def test_others_see_neither_the_upload_nor_its_file(world: World, send: Send) -> None:
    upload = send(papers.pdf())
    work(upload)
    for stranger in (world.stranger, world.agency_clerk):
        with acting_as(Actor.person(stranger)):
            for model in (Upload, Attachment, PageText, Blob, QuarantineItem):
                assert not model.objects.exists()


def test_the_offices_other_clerks_see_an_upload(world: World, send: Send) -> None:
    upload = send(papers.pdf(), who="head")
    with acting_as(Actor.person(world.clerk)):
        assert Upload.objects.filter(pk=upload.pk).exists()


def test_knowing_a_hash_does_not_open_the_bytes(world: World, send: Send) -> None:
    work(send(papers.pdf()))
    with acting_as(Actor.person(world.clerk)):
        sha256 = Blob.objects.get().sha256
    actor = Actor.person(world.stranger)
    with acting_as(actor):
        held = [principals.person(world.stranger)]
        own = Record.objects.create(
            type="thử", title="của tôi", state="mới", owner_id=world.organizations["MT"], opened_on="2026-11-01",
            created_by_id=world.stranger, created_at=timezone.now(), updated_at=timezone.now(), audience=held,
            handlers=held,
        )  # fmt: skip
        with pytest.raises(Error), transaction.atomic():
            Attachment.objects.create(
                record=own, blob_id=sha256, name="x", role="evidence", position=1,
                added_by_id=world.stranger, added_at=timezone.now(),
            )  # fmt: skip


def test_a_bad_file_is_refused_with_its_reason_and_the_rest_goes_on(world: World, send: Send) -> None:
    bad, good = send(b""), send(papers.pdf())
    work(bad)
    work(good)
    refused = again(bad)
    assert refused.state == State.REFUSED
    assert "rỗng" in refused.message
    assert (refused.job.state, refused.job.message) == (Job.State.FAILED, refused.message)
    assert again(good).state == State.READY
    assert left_in("spool") == []


def test_a_file_too_large_is_refused_while_it_comes_in(world: World, settings: Any, send: Send) -> None:
    settings.UPLOAD_MAX_BYTES = 5000
    with pytest.raises(Refused):
        send(bytes(6000))
    assert left_in("spool") == []
    with acting_as(Actor.person(world.clerk)):
        assert not Upload.objects.exists()


def test_an_unknown_purpose_takes_nothing_in(world: World, send: Send) -> None:
    with pytest.raises(UnknownPurpose):
        send(papers.pdf(), purpose="lạ")
    assert left_in("spool") == []


def test_a_disk_nearly_full_takes_nothing_in(world: World, monkeypatch: pytest.MonkeyPatch, send: Send) -> None:
    monkeypatch.setattr(spool, "_FREE_KEPT", 2**62)
    with pytest.raises(StorageFull):
        send(papers.pdf())
    assert left_in("spool") == []


def test_a_disk_that_fills_up_leaves_nothing_half(world: World, monkeypatch: pytest.MonkeyPatch, send: Send) -> None:
    def full(_descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr("os.fsync", full)
        with pytest.raises(StorageFull):
            send(papers.pdf())
        assert left_in("spool") == []
    upload = send(papers.pdf())
    with monkeypatch.context() as patch:
        patch.setattr("congso.kernel.files.store.sync", full)
        work(upload)
    failed = again(upload)
    assert (failed.state, failed.record, failed.blob) == (State.FAILED, None, None)
    assert "dung lượng" in failed.message
    assert [path for path in folder("blobs").rglob("*") if path.is_file()] == []
    retry(world, failed)
    assert again(upload).state == State.READY


def retry(world: World, upload: Upload) -> None:
    actor = Actor.person(upload.uploaded_by_id)
    with acting_as(actor):
        retry_upload(upload, by=actor, at=timezone.now())
    work(again(upload))


def test_the_same_bytes_are_kept_once(world: World, send: Send) -> None:
    data = papers.pdf()
    first, second = send(data), send(data)
    work(first)
    work(second)
    with acting_as(Actor.person(world.clerk)):
        assert Blob.objects.count() == 1
        assert Attachment.objects.count() == 2


def test_reading_twice_makes_one_record(world: World, send: Send) -> None:
    upload = send(papers.pdf())
    work(upload)
    progress = intake.Progress(upload.job_id, Actor.person(world.clerk))
    intake.read_upload(progress, upload_id=upload.pk)
    with acting_as(Actor.person(world.clerk)):
        assert Record.objects.count() == 1


class Killed(BaseException):
    """Stands for kill -9: no handler of the code sees it as an error to deal with."""


@pytest.mark.parametrize("moment", ["read", "_blobs", "handler_for"])
def test_a_worker_killed_anywhere_leaves_nothing_half_done(
    world: World, moment: str, monkeypatch: pytest.MonkeyPatch, send: Send
) -> None:
    upload = send(papers.pdf())
    actual = getattr(intake, moment)

    def die(*arguments: Any, **options: Any) -> None:
        actual(*arguments, **options)
        raise Killed

    with monkeypatch.context() as patch:
        patch.setattr(intake, moment, die)
        with pytest.raises(Killed):
            intake.read_upload(intake.Progress(upload.job_id, Actor.person(world.clerk)), upload_id=upload.pk)
    half = again(upload)
    assert (half.state, half.record, half.blob) == (State.READING, None, None)
    with acting_as(Actor.person(world.clerk)):
        assert not Record.objects.exists()
    work(upload)
    assert again(upload).state == State.READY
    with acting_as(Actor.person(world.clerk)):
        assert Record.objects.count() == Attachment.objects.count() == 1
    assert left_in("spool") == []


def test_a_trouble_of_ours_keeps_the_file_and_can_be_tried_again(
    world: World, monkeypatch: pytest.MonkeyPatch, send: Send
) -> None:
    upload = send(papers.pdf())

    def trouble(*_: Any, **__: Any) -> None:
        raise RuntimeError("lỗi thử")

    with monkeypatch.context() as patch:
        patch.setattr(intake, "read", trouble)
        with pytest.raises(RuntimeError):
            work(upload)
    assert again(upload).state == State.FAILED
    assert spool.spooled(upload.key).exists()
    retry(world, upload)
    assert again(upload).state == State.READY


def test_a_person_can_stop_and_read_again(world: World, send: Send) -> None:
    upload = send(papers.pdf())
    progress = intake.Progress(upload.job_id, Actor.person(world.clerk))
    with acting_as(Actor.person(world.clerk)):
        stop_job(upload.job)
    with pytest.raises(intake.JobStopped):
        intake.read_upload(progress, upload_id=upload.pk)
    stopped = again(upload)
    assert (stopped.state, "Đã dừng" in stopped.message) == (State.FAILED, True)
    retry(world, stopped)
    assert again(upload).state == State.READY


def test_a_ready_upload_is_not_read_again(world: World, send: Send) -> None:
    upload = send(papers.pdf())
    work(upload)
    with pytest.raises(NotPossible):
        retry(world, upload)


def test_a_scanner_decides_before_anything_is_opened(world: World, settings: Any, send: Send) -> None:
    settings.VIRUS_SCAN_COMMAND = "false"
    infected = send(papers.pdf())
    work(infected)
    assert (again(infected).state, "mã độc" in again(infected).message) == (State.REFUSED, True)
    settings.VIRUS_SCAN_COMMAND = "/không/có"
    waiting = send(papers.pdf())
    work(waiting)
    assert again(waiting).state == State.FAILED
    settings.VIRUS_SCAN_COMMAND = "true"
    retry(world, waiting)
    assert again(waiting).state == State.READY


def test_evidence_is_tied_to_the_record_it_was_sent_for(world: World, send: Send) -> None:
    first = send(papers.pdf())
    work(first)
    record = again(first).record
    proof = send(papers.sheet(("Kết quả", 95)), "số liệu.xlsx", purpose="attachment",
        details={"record": record.pk, "role": "evidence"},
    )  # fmt: skip
    work(proof)
    assert again(proof).record_id == record.pk
    with acting_as(Actor.person(world.clerk)):
        assert [file.file.role for file in files_of(record)] == ["original", "evidence"]


def test_nobody_ties_a_file_to_a_record_she_does_not_see(world: World, send: Send) -> None:
    first = send(papers.pdf())
    work(first)
    details = {"record": again(first).record_id, "role": "evidence"}
    proof = send(papers.pdf(pages=3), who="stranger", purpose="attachment", details=details)
    work(proof)
    assert again(proof).state == State.REFUSED
    with acting_as(Actor.person(world.clerk)):
        assert Attachment.objects.count() == 1


def test_a_stamped_copy_stands_beside_the_file_as_it_came(world: World, send: Send) -> None:
    upload = send(papers.pdf())
    work(upload)
    actor = Actor.person(world.clerk)
    with acting_as(actor):
        record = again(upload).record
        (file,) = files_of(record)
        stamp_arrival(record, file.shown, number="7", organization="Văn phòng", by=actor, at=timezone.now())
        (stamped,) = files_of(record)
        assert (stamped.shown.role, stamped.file.blob_id, stamped.pages) == ("stamped", upload.sha256, 1)
