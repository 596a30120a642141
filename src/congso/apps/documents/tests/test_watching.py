"""The watched folder: each file once, moved when it is done, refused with the reason beside it."""

from pathlib import Path

import pytest
from django.utils import timezone

from congso.apps.documents.models import IncomingDocument
from congso.apps.documents.samples.hostile import empty, secret_pdf
from congso.apps.documents.services import watching
from congso.apps.documents.services.watching import take_in_watched_files
from congso.apps.documents.tests.factories import by
from congso.apps.documents.tests.test_papers import _work
from congso.kernel.files.models import Upload

pytestmark = pytest.mark.django_db


@pytest.fixture
def folder(tmp_path: Path, settings, monkeypatch: pytest.MonkeyPatch) -> Path:
    settings.FILES_DIR = tmp_path / "files"
    monkeypatch.setattr(watching, "SETTLED_SECONDS", 0.0)
    monkeypatch.setattr("congso.kernel.files.reading.office.libreoffice", lambda: None)
    place = tmp_path / "vao" / "T.VPTU"
    place.mkdir(parents=True)
    return place


def _round(folder: Path, who: str = "clerk") -> None:
    take_in_watched_files(folder.parent, {"T.VPTU": who}, at=timezone.now())


def _die(*_where: object) -> None:
    raise OSError("chết giữa chừng")


def _names(folder: Path) -> list[str]:
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file())


def test_a_file_is_taken_in_once_and_moved_when_it_was_read(world, folder):
    folder.joinpath("Công văn 5.txt").write_text("CÔNG VĂN số 5", encoding="utf-8")
    _round(folder)
    _round(folder)  # before it was read: nothing more happens
    assert _names(folder) == ["Công văn 5.txt"]
    _work(world.clerk)
    _round(folder)
    _round(folder)
    assert _names(folder) == ["da-nhan/Công văn 5.txt"]
    with by(world.clerk):
        assert (Upload.objects.count(), IncomingDocument.objects.count()) == (1, 1)


def test_the_same_name_again_is_another_file(world, folder):
    for text in ("một", "hai hai"):
        folder.joinpath("a.txt").write_text(text, encoding="utf-8")
        _round(folder)
        _work(world.clerk)
        _round(folder)
    assert _names(folder) == ["da-nhan/a (2).txt", "da-nhan/a.txt"]
    with by(world.clerk):
        assert IncomingDocument.objects.count() == 2


def test_a_refused_file_is_put_aside_with_the_reason(world, folder):
    folder.joinpath("rong.pdf").write_bytes(empty())
    _round(folder)
    _work(world.clerk)
    _round(folder)
    assert _names(folder) == ["tu-choi/rong.pdf", "tu-choi/rong.pdf.ly-do.txt"]
    assert "Tệp rỗng" in folder.joinpath("tu-choi/rong.pdf.ly-do.txt").read_text(encoding="utf-8")


def test_a_secret_does_not_stay_in_the_folder(world, folder):
    folder.joinpath("giay-moi.pdf").write_bytes(secret_pdf(1))
    _round(folder)
    _work(world.clerk)
    _round(folder)
    assert _names(folder) == ["tu-choi/giay-moi.pdf.ly-do.txt"]
    with by(world.clerk):
        assert Upload.objects.get().state == "quarantined"


def test_what_is_hidden_unfinished_linked_or_fresh_is_left_alone(world, folder, monkeypatch):
    for name in (".an", "~$a.docx", "b.pdf.part"):
        folder.joinpath(name).write_bytes(b"x")
    folder.joinpath("link.txt").symlink_to(folder / ".an")
    _round(folder)
    monkeypatch.setattr(watching, "SETTLED_SECONDS", 60.0)
    folder.joinpath("moi.txt").write_text("mới", encoding="utf-8")
    _round(folder)
    with by(world.clerk):
        assert not Upload.objects.exists()


def test_a_file_that_changes_while_it_is_read_is_left_for_later(world, folder, monkeypatch):
    path = folder / "a.txt"
    path.write_text("một", encoding="utf-8")
    receive = watching.receive_upload

    def receive_slowly(chunks, **facts):
        upload = receive(chunks, **facts)
        path.write_text("một hai", encoding="utf-8")
        return upload

    monkeypatch.setattr(watching, "receive_upload", receive_slowly)
    _round(folder)
    with by(world.clerk):
        assert not Upload.objects.exists()
    assert _names(folder) == ["a.txt"]


def test_death_between_reading_and_moving_takes_nothing_in_twice(world, folder, monkeypatch):
    folder.joinpath("a.txt").write_text("một", encoding="utf-8")
    _round(folder)
    _work(world.clerk)
    with monkeypatch.context() as dying:
        dying.setattr(watching, "_move", _die)
        _round(folder)
    assert _names(folder) == ["a.txt"]
    _round(folder)
    with by(world.clerk):
        assert Upload.objects.count() == 1
    assert _names(folder) == ["da-nhan/a.txt"]


@pytest.mark.parametrize("who", ["head", "khong-co"])
def test_a_folder_of_somebody_who_keeps_no_register_is_left_alone(world, folder, who, caplog):
    folder.joinpath("a.txt").write_text("một", encoding="utf-8")
    _round(folder, who)
    assert _names(folder) == ["a.txt"]
    assert "watched folder T.VPTU" in caplog.text
