"""ClamAV's protocol against a small server that speaks it, and what the upload gate makes of each answer."""

import socketserver
import struct
import threading
from pathlib import Path

import pytest
from django.db import Error, connection, transaction

from congso.kernel.access.services import Actor, acting_as
from congso.kernel.files import spool
from congso.kernel.files.clamd import NoAnswer, scan_stream
from congso.kernel.files.models import Blob, QuarantineItem, Upload
from congso.kernel.files.services import NotPossible, erase_quarantined, open_quarantined, release_quarantined
from congso.kernel.files.tests import papers
from congso.kernel.files.tests.uploading import again, work
from congso.kernel.jobs.models import Job

EICAR = rb"X5O!P%@AP[4\PZX54(P^)7CC)7}$EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"


class Clamd(socketserver.StreamRequestHandler):
    """zINSTREAM as clamd(8) has it: chunks with their length, a zero length at the end, one answer, NUL."""

    limit = 5 * 2**20
    answer = b""

    def handle(self):
        assert self.rfile.read(10) == b"zINSTREAM\0"
        data = b""
        while length := struct.unpack("!L", self.rfile.read(4))[0]:
            data += self.rfile.read(length)
            if len(data) > self.limit:
                self.wfile.write(b"INSTREAM size limit exceeded. ERROR\0")
                return
        found = b"stream: Win.Test.EICAR_HDB-1 FOUND" if EICAR in data else b"stream: OK"
        self.wfile.write((self.answer or found) + b"\0")


class TcpClamd(socketserver.ThreadingTCPServer):
    daemon_threads = True


class UnixClamd(socketserver.ThreadingUnixStreamServer):
    daemon_threads = True


@pytest.fixture(params=["tcp", "unix"])
def daemon(request, tmp_path_factory):
    if request.param == "tcp":
        server = TcpClamd(("127.0.0.1", 0), Clamd)
        address = f"tcp://127.0.0.1:{server.server_address[1]}"
    else:
        path = tmp_path_factory.mktemp("c") / "s"
        server = UnixClamd(str(path), Clamd)
        address = f"unix:{path}"
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield address
    server.shutdown()
    server.server_close()


def file_of(tmp_path: Path, data: bytes) -> Path:
    path = tmp_path / "tep"
    path.write_bytes(data)
    return path


def test_the_daemon_says_clean_or_what_it_found(daemon, tmp_path):
    assert scan_stream(file_of(tmp_path, b""), daemon) == ""
    assert scan_stream(file_of(tmp_path, b"sach" * 100_000), daemon) == ""
    assert scan_stream(file_of(tmp_path, b"a" * 200_000 + EICAR), daemon) == "Win.Test.EICAR_HDB-1"


def test_any_other_answer_is_no_answer(daemon, tmp_path, monkeypatch):
    with pytest.raises(NoAnswer):
        scan_stream(file_of(tmp_path, b"x" * 6 * 2**20), daemon)
    for words in (b"stream: Can't allocate memory ERROR", b"UNKNOWN COMMAND", b"OK FOUND?", b"stream:"):
        monkeypatch.setattr(Clamd, "answer", words)
        with pytest.raises(NoAnswer):
            scan_stream(file_of(tmp_path, b"x"), daemon)


@pytest.mark.parametrize("address", ["tcp://127.0.0.1:9", "unix:/khong/co", "tcp://127.0.0.1", "http://x:1", "x"])
def test_who_is_not_there_does_not_answer(tmp_path, address):
    with pytest.raises(NoAnswer):
        scan_stream(file_of(tmp_path, b"x"), address)


def infected(send, settings, daemon) -> Upload:
    settings.CLAMD_ADDRESS = daemon
    upload = send(EICAR, "hóa đơn.txt")
    work(upload)
    return upload


@pytest.mark.django_db
def test_an_infected_file_is_held_with_its_reason_and_nothing_is_kept(send, settings, daemon, world):
    upload = infected(send, settings, daemon)
    held = again(upload)
    assert held.state == Upload.State.QUARANTINED
    assert "EICAR" in held.message
    assert held.blob is None
    assert held.record is None
    with acting_as(Actor.person(world.clerk)):
        assert Job.objects.get(pk=upload.job_id).state in ("refused", "failed", "finished")
        assert not Blob.objects.exists()
        assert not QuarantineItem.objects.exists()  # the officer's alone
    assert spool.quarantined(upload.key).exists()
    assert not spool.spooled(upload.key).exists()


@pytest.mark.django_db
def test_nobody_opens_or_releases_it_an_officer_erases_it(send, settings, daemon, world, signed_in):
    from django.utils import timezone

    upload = infected(send, settings, daemon)
    officer = Actor.person(world.secrecy_officer)
    with acting_as(officer):
        item = QuarantineItem.objects.get()
        assert (item.grade, item.place) == ("infected", "Win.Test.EICAR_HDB-1")
        with pytest.raises(NotPossible, match="mã độc"):
            open_quarantined(item, by=officer, at=timezone.now())
        with pytest.raises(NotPossible, match="mã độc"):
            release_quarantined(item, by=officer, at=timezone.now(), reason="Nhầm")
        with pytest.raises(Error), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SELECT congso.settle_quarantine(%s, 'released', 'x', now())", [item.pk])
    client = signed_in("secrecy_officer")
    shown = client.get("/van-ban-den/cach-ly/").content.decode()
    assert "Mã độc" in shown
    assert f"/tep/cach-ly/{item.pk}/" not in shown
    assert client.get(f"/tep/cach-ly/{item.pk}/").status_code == 404
    with acting_as(officer):
        erase_quarantined(item, by=officer, at=timezone.now(), reason="Mã độc")
        assert QuarantineItem.objects.get().state == "erased"
    assert again(upload).state == Upload.State.ERASED


@pytest.mark.django_db
def test_a_clean_file_is_taken_in(send, settings, daemon):
    settings.CLAMD_ADDRESS = daemon
    upload = send(papers.pdf())
    work(upload)
    assert again(upload).state == Upload.State.READY


@pytest.mark.django_db
def test_while_the_daemon_is_away_files_wait_or_pass_as_the_setting_says(send, settings):
    settings.CLAMD_ADDRESS = "tcp://127.0.0.1:9"
    upload = send(papers.pdf())
    work(upload)
    waiting = again(upload)
    assert (waiting.state, "diệt vi-rút chưa trả lời" in waiting.message) == (Upload.State.FAILED, True)
    assert spool.spooled(upload.key).exists()
    settings.CLAMD_DOWN = "open"
    upload = send(papers.pdf(pages=2))
    work(upload)
    assert again(upload).state == Upload.State.READY
