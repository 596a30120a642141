"""What bears a mark is held apart for the secrecy officer; what processes left behind is swept up."""

from datetime import timedelta

import pytest
from django.db import Error, connection, transaction
from django.utils import timezone

from congso.kernel.access.services import Actor, acting_as
from congso.kernel.directory.testing import World
from congso.kernel.files import spool, sweeping
from congso.kernel.files.configuration import folder
from congso.kernel.files.models import Attachment, QuarantineItem, Upload
from congso.kernel.files.queries import held_items
from congso.kernel.files.services import (
    NotPossible,
    erase_quarantined,
    open_quarantined,
    release_quarantined,
)
from congso.kernel.files.tests import papers
from congso.kernel.files.tests.uploading import Send, again, work
from congso.kernel.jobs.models import Job
from congso.kernel.journal.models import Entry
from congso.kernel.notify.queries import notices_for

pytestmark = pytest.mark.django_db(transaction=True)
State = Upload.State


def left_in(place: str) -> list[str]:
    return sorted(path.name for path in folder(place).iterdir())  # type: ignore[arg-type]


@pytest.fixture
def secret(world: World, send: Send) -> Upload:
    upload = send(papers.pdf("TỐI MẬT"))
    work(upload)
    return again(upload)


def item(world: World, who: str = "secrecy_officer") -> QuarantineItem:
    with acting_as(Actor.person(getattr(world, who))):
        return held_items().get()


def test_a_marked_file_is_nowhere_but_in_quarantine(world: World, secret: Upload) -> None:
    assert (secret.state, secret.blob, secret.record) == (State.QUARANTINED, None, None)
    assert "TỐI MẬT" in secret.message
    assert (left_in("spool"), left_in("quarantine")) == ([], [str(secret.key)])
    assert list(folder("blobs").rglob("*")) == []
    assert folder("quarantine").stat().st_mode & 0o777 == 0o700
    held = item(world)
    assert (held.sha256, held.grade, held.place) == (secret.sha256, "toi_mat", "đầu trang 1")


def test_only_the_secrecy_officer_sees_the_item(world: World, secret: Upload) -> None:
    for who, person in world.people().items():
        with acting_as(Actor.person(person)):
            assert QuarantineItem.objects.exists() == (who == "secrecy_officer"), who


def test_the_officers_bell_rings_without_naming_the_file(world: World, secret: Upload) -> None:
    for person, rings in ((world.secrecy_officer, 1), (world.clerk, 0), (world.chief, 0)):
        with acting_as(Actor.person(person)):
            told = [notice.text for notice in notices_for(person)]
            assert len(told) == rings
            assert not any(secret.name in text for text in told)


def test_nobody_else_can_settle_even_with_sql(world: World, secret: Upload) -> None:
    held = item(world)
    for who in ("clerk", "chief", "administrator", "reader"):
        with acting_as(Actor.person(getattr(world, who))), pytest.raises(Error), transaction.atomic():
            connection.cursor().execute("SELECT congso.settle_quarantine(%s, 'released', 'x', now())", [held.pk])
    with acting_as(Actor.person(world.clerk)):
        assert Upload.objects.filter(pk=secret.pk).update(state=State.WAITING) == 0


def test_a_false_alarm_is_released_and_read_for_its_uploader(world: World, secret: Upload) -> None:
    officer = Actor.person(world.secrecy_officer)
    with acting_as(officer):
        release_quarantined(item(world), by=officer, at=timezone.now(), reason="Văn bản tập huấn, dấu minh họa")
    waiting = again(secret)
    assert (waiting.state, waiting.is_released, left_in("quarantine")) == (State.WAITING, True, [])
    work(waiting)
    done = again(secret)
    assert (done.state, done.uploaded_by_id, done.record.created_by_id) == (State.READY, world.clerk, world.clerk)
    with acting_as(officer):
        assert not Attachment.objects.exists()
        assert Entry.objects.get(act="files.quarantine_released").facts["reason"].startswith("Văn bản tập huấn")


def test_a_secret_is_erased_and_only_its_trace_stays(world: World, secret: Upload) -> None:
    officer = Actor.person(world.secrecy_officer)
    with acting_as(officer):
        erase_quarantined(item(world), by=officer, at=timezone.now(), reason="Đúng tài liệu mật; đã báo lãnh đạo")
        trace = QuarantineItem.objects.get()
    assert left_in("quarantine") == []
    assert (trace.state, trace.name, trace.sha256) == ("erased", "Tệp đã xóa", secret.sha256)
    assert (again(secret).state, again(secret).name) == (State.ERASED, "Tệp đã xóa")


def test_settling_needs_a_reason_and_happens_once(world: World, secret: Upload) -> None:
    officer, held = Actor.person(world.secrecy_officer), item(world)
    with acting_as(officer):
        with pytest.raises(NotPossible):
            erase_quarantined(held, by=officer, at=timezone.now(), reason=" ")
        erase_quarantined(held, by=officer, at=timezone.now(), reason="Tài liệu mật")
        with pytest.raises(NotPossible):
            release_quarantined(held, by=officer, at=timezone.now(), reason="nhầm")


def test_the_officers_look_is_journaled(world: World, secret: Upload) -> None:
    officer = Actor.person(world.secrecy_officer)
    with acting_as(officer):
        assert open_quarantined(item(world), by=officer, at=timezone.now()).exists()
        assert Entry.objects.filter(act="files.quarantine_opened").count() == 1


def test_a_marked_name_is_enough(world: World, send: Send) -> None:
    upload = send(papers.pdf(), "KH 5 (MẬT).pdf")
    work(upload)
    assert again(upload).state == State.QUARANTINED


def test_the_sweeper_keeps_what_is_needed_and_removes_the_rest(world: World, secret: Upload, send: Send) -> None:
    waiting = send(papers.pdf())
    for name in ("b" * 8 + ".work", "0b5d3c9e-1111-4222-8333-944455566677", "x.part"):
        (folder("spool") / name).write_bytes(b"x")
    later = timezone.now() + timedelta(days=1)
    assert sweeping.sweep_folders(at=timezone.now()) == 0
    assert sweeping.sweep_folders(at=later) == 3
    assert (left_in("spool"), left_in("quarantine")) == ([str(waiting.key)], [str(secret.key)])


def test_sweeping_after_a_release_that_was_cut_short_spares_the_bytes(world: World, secret: Upload) -> None:
    officer = Actor.person(world.secrecy_officer)
    with acting_as(officer):
        release_quarantined(item(world), by=officer, at=timezone.now(), reason="nhầm")
    spool.copy_to(spool.quarantined(secret.key), spool.spooled(secret.key))  # as if unlinking had not happened
    sweeping.sweep_folders(at=timezone.now() + timedelta(days=1))
    assert (left_in("spool"), left_in("quarantine")) == ([str(secret.key)], [])
    work(again(secret))
    assert again(secret).state == State.READY


def test_an_upload_whose_job_is_gone_is_read_after_all(world: World, send: Send) -> None:
    upload = send(papers.pdf())
    with acting_as(Actor.person(world.clerk)):
        Job.objects.filter(pk=upload.job_id).update(state=Job.State.FAILED)
        Upload.objects.filter(pk=upload.pk).update(state=State.READING)
    assert sweeping.revive_stuck_uploads(at=timezone.now()) == 0
    assert sweeping.revive_stuck_uploads(at=timezone.now() + timedelta(minutes=5)) == 1
    work(again(upload))
    assert again(upload).state == State.READY


def test_a_person_cannot_ask_what_only_the_sweeper_may(world: World, secret: Upload) -> None:
    with acting_as(Actor.person(world.clerk)), connection.cursor() as cursor:
        cursor.execute("SELECT * FROM congso.files_still_needed()")
        assert cursor.fetchall() == []
