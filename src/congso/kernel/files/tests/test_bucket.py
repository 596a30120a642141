"""The bucket store against a real server of the protocol (moto's, on loopback), beside the folder store.

Both kinds promise the same, so the same tests run over both.
"""

import hashlib
import http.server
import os
import threading
import tracemalloc
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from congso.kernel.files.bucket import BucketPlace, BucketStore
from congso.kernel.files.copying import copy_blobs, damaged_blobs
from congso.kernel.files.store import Damaged, FolderStore, StorageAway, StorageFull

boto3 = pytest.importorskip("boto3")
moto_server = pytest.importorskip("moto.server")
pytestmark = pytest.mark.timeout(180)


@pytest.fixture(scope="module")
def service():
    """A server of the protocol."""
    server = moto_server.ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    yield f"http://{host}:{port}"
    server.stop()


@pytest.fixture
def place(service, request) -> BucketPlace:
    made = BucketPlace(
        endpoint=service, bucket=f"b{abs(hash(request.node.name)) % 10**9}", access_key="thu", secret_key="thu",
        prefix="tep", encryption="AES256",
    )  # fmt: skip
    client = BucketStore(made, Path("/nowhere"))._client
    client.create_bucket(Bucket=made.bucket)
    return made


@pytest.fixture
def bucket(place, tmp_path) -> BucketStore:
    (tmp_path / "work").mkdir()
    return BucketStore(place, tmp_path / "work")


@pytest.fixture(params=["folder", "bucket"])
def store(request, tmp_path) -> Any:
    if request.param == "folder":
        return FolderStore(tmp_path / "blobs")
    return request.getfixturevalue("bucket")


def file_of(tmp_path: Path, data: bytes) -> tuple[Path, str]:
    path = tmp_path / "source"
    path.write_bytes(data)
    return path, hashlib.sha256(data).hexdigest()


def test_what_is_put_comes_back_and_is_put_once(store, tmp_path):
    path, name = file_of(tmp_path, b"noi dung" * 1000)
    assert store.size(name) is None
    store.put(path, name)
    store.put(path, name)
    assert store.size(name) == 8000
    assert store.read(name) == path.read_bytes()
    with store.local(name) as held:
        assert held.read_bytes() == path.read_bytes()
    with store.open(name) as file:
        assert file.read(8) == b"noi dung"
    assert store.check(name)
    assert list(store.names()) == [name]
    assert store.destroy(name)
    assert list(store.names()) == []


def test_what_is_not_there_is_told_alike(store):
    for ask in (store.open, store.read, store.check, lambda name: store.local(name).__enter__()):
        with pytest.raises(FileNotFoundError):
            ask("0" * 64)


def test_no_key_is_made_of_what_is_no_name(store, tmp_path):
    path, _name = file_of(tmp_path, b"x")
    for wrong in ("", "../" * 21 + "x", "A" * 64, "0" * 63):
        with pytest.raises(ValueError, match="not a SHA-256"):
            store.put(path, wrong)
        with pytest.raises(ValueError, match="not a SHA-256"):
            store.open(wrong)


def test_an_empty_file_and_one_of_several_pieces(bucket, tmp_path):
    for data in (b"", os.urandom(17 * 2**20)):
        path, name = file_of(tmp_path, data)
        bucket.put(path, name)
        assert bucket.read(name) == data


def test_memory_stays_small_whatever_the_size(bucket, tmp_path):
    path, name = file_of(tmp_path, os.urandom(64 * 2**20))
    tracemalloc.start()
    bucket.put(path, name)
    with bucket.local(name) as held:
        assert held.stat().st_size == 64 * 2**20
    _now, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    # The server runs in this process and holds the object; the client's part is what the tracer sees beyond that.
    assert most < 64 * 2**20 * 4
    assert list((tmp_path / "work").iterdir()) == []


def test_changed_bytes_are_never_given_out(bucket, place, tmp_path):
    path, name = file_of(tmp_path, b"that")
    bucket.put(path, name)
    bucket._client.put_object(Bucket=place.bucket, Key=bucket._key(name), Body=b"gian")
    assert not bucket.check(name)
    for ask in (bucket.open, bucket.read):
        with pytest.raises(Damaged):
            ask(name)
    assert list((tmp_path / "work").iterdir()) == []
    assert list(damaged_blobs(bucket, say=print)) == [name]


def test_each_object_is_asked_to_be_encrypted_and_carries_its_hash(bucket, place, tmp_path):
    path, name = file_of(tmp_path, b"ma hoa")
    bucket.put(path, name)
    head = bucket._client.head_object(Bucket=place.bucket, Key=f"tep/{name[:2]}/{name[2:4]}/{name}")
    assert head["ServerSideEncryption"] == "AES256"
    assert head["Metadata"]["sha256"] == name


def test_a_store_that_does_not_answer_is_told_in_words(tmp_path):
    place = BucketPlace("http://127.0.0.1:9", "b", "a", "b")
    away = BucketStore(place, tmp_path)
    path, name = file_of(tmp_path, b"x")
    for ask in (away.size, away.read, lambda one: away.put(path, one)):
        with pytest.raises(StorageAway, match="chưa trả lời"):
            ask(name)


def test_a_wrong_bucket_keeps_nothing(place, tmp_path):
    wrong = BucketStore(BucketPlace(place.endpoint, "khong-co", "a", "b"), tmp_path)
    path, name = file_of(tmp_path, b"x")
    with pytest.raises((StorageAway, FileNotFoundError)):
        wrong.put(path, name)


class Flaky(http.server.BaseHTTPRequestHandler):
    """Answers HEAD with nothing there, fails twice with 503, then breaks a download off in the middle once."""

    data = b"0123456789" * 1000
    failures = 2
    full = False
    breaks = 1
    asked: list[str] = []

    def do_GET(self):
        cls = type(self)
        cls.asked.append(self.headers.get("Range", ""))
        if cls.failures:
            cls.failures -= 1
            self.send_response(503)
            self.send_header("Content-Length", "0")
            self.end_headers()
            return
        start = int(self.headers["Range"][6:-1]) if self.headers.get("Range") else 0
        rest = self.data[start:]
        self.send_response(206 if start else 200)
        self.send_header("Content-Length", str(len(rest)))
        self.end_headers()
        if cls.breaks:
            cls.breaks -= 1
            self.wfile.write(rest[:4000])
            self.wfile.flush()
            self.connection.close()
            return
        self.wfile.write(rest)

    def do_PUT(self):
        self.rfile.read(int(self.headers.get("Content-Length", 0)))
        body = b"<Error><Code>QuotaExceeded</Code><Message>full</Message></Error>"
        self.send_response(403)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def do_HEAD(self):
        self.send_response(404)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *_args):
        pass


@pytest.fixture
def flaky():
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Flaky)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


def test_failures_are_tried_again_and_a_broken_download_goes_on_where_it_broke(flaky, tmp_path):
    store = BucketStore(BucketPlace(flaky, "b", "a", "b"), tmp_path)
    name = hashlib.sha256(Flaky.data).hexdigest()
    assert store.read(name) == Flaky.data
    assert Flaky.asked[:3] == ["", "", ""]
    assert any(one.startswith("bytes=") for one in Flaky.asked[3:])


def test_a_full_service_is_told_as_a_full_disk(flaky, tmp_path):
    path, name = file_of(tmp_path, b"x")
    with pytest.raises(StorageFull):
        BucketStore(BucketPlace(flaky, "b", "a", "b"), tmp_path).put(path, name)


def filled(folder: FolderStore, tmp_path: Path, count: int) -> list[str]:
    names = []
    for number in range(count):
        path, name = file_of(tmp_path, f"tệp {number}".encode())
        folder.put(path, name)
        names.append(name)
    return sorted(names)


def test_copying_goes_on_after_a_stop_and_names_what_is_damaged(bucket, tmp_path):
    folder = FolderStore(tmp_path / "blobs")
    names = filled(folder, tmp_path, 6)
    bad = folder.path(names[3])
    bad.chmod(0o600)
    bad.write_bytes(b"hong roi")
    put, calls = bucket.put, []

    def dies(path, name):
        if len(calls) == 2:
            raise StorageAway
        calls.append(name)
        put(path, name)

    bucket.put = dies
    with pytest.raises(StorageAway):
        copy_blobs(folder, bucket, say=print)
    bucket.put = put
    told = copy_blobs(folder, bucket, say=print)
    assert (told.there, told.copied, told.damaged, told.unequal) == (2, 3, [names[3]], [])
    assert list(bucket.names()) == [name for name in names if name != names[3]]
    back = copy_blobs(bucket, FolderStore(tmp_path / "back"), say=print)
    assert (back.copied, back.is_whole) == (5, True)


def test_what_does_not_arrive_whole_is_not_kept(bucket, tmp_path):
    folder = FolderStore(tmp_path / "blobs")
    (name,) = filled(folder, tmp_path, 1)
    bucket.check = lambda _name: False
    told = copy_blobs(folder, bucket, say=print)
    assert (told.copied, told.unequal) == (0, [name])
    assert list(bucket.names()) == []


def use(settings: Any, place: BucketPlace) -> None:
    settings.S3_ENDPOINT, settings.S3_BUCKET, settings.S3_PREFIX = place.endpoint, place.bucket, place.prefix
    settings.S3_ACCESS_KEY, settings.S3_SECRET_KEY, settings.S3_ENCRYPTION = "thu", "thu", "AES256"


def test_the_command_copies_there_and_back_and_checks(settings, place, tmp_path):
    settings.FILES_DIR = tmp_path / "files"
    names = filled(FolderStore(tmp_path / "files" / "blobs"), tmp_path, 3)
    with pytest.raises(CommandError, match="S3_ENDPOINT"):
        call_command("files", "copy", to="bucket")
    use(settings, place)
    told = StringIO()
    call_command("files", "copy", to="bucket", stdout=told, stderr=StringIO())
    assert "Đã chép 3 tệp" in told.getvalue()
    call_command("files", "check", stdout=told, stderr=StringIO())
    assert "nguyên vẹn" in told.getvalue()
    store = BucketStore(place, tmp_path)
    store._client.put_object(Bucket=place.bucket, Key=store._key(names[0]), Body=b"x")
    with pytest.raises(CommandError, match="1 tệp"):
        call_command("files", "check", stdout=told, stderr=StringIO())


@pytest.mark.django_db
def test_an_upload_lands_in_the_bucket_and_is_served_from_it(send, settings, place, signed_in):
    from congso.kernel.files.tests import papers
    from congso.kernel.files.tests.uploading import again, work

    use(settings, place)
    upload = send(papers.pdf(pages=2))
    work(upload)
    done = again(upload)
    assert done.state == "ready"
    assert list(BucketStore(place, Path("/nowhere")).names())
    from congso.kernel.access.services import Actor, acting_as
    from congso.kernel.files.models import Attachment

    with acting_as(Actor.person(upload.uploaded_by_id)):
        file = Attachment.objects.filter(record=done.record).order_by("id").first()
    client = signed_in("clerk")
    answer = client.get(f"/tep/{file.pk}/tai-ve/")
    assert b"".join(answer.streaming_content)[:5] == b"%PDF-"
    assert client.get(f"/tep/{file.pk}/trang/1/800/").status_code == 200
    settings.S3_ENDPOINT = "http://127.0.0.1:9"
    assert client.get(f"/tep/{file.pk}/tai-ve/").status_code == 503
