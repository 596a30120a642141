"""One batch with everything an office should survive, good papers among it, read by a real worker."""

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from django.db.models import Max, Min
from django.test import Client
from django.utils import timezone

from congso.apps.documents.models import IncomingDocument
from congso.apps.documents.samples import hostile
from congso.apps.documents.samples.catalogue import letter
from congso.apps.documents.samples.portable import pdf
from congso.apps.documents.services.papers import PURPOSE
from congso.kernel.access.services import Actor, acting_as
from congso.kernel.accounts.models import User
from congso.kernel.directory.testing import World
from congso.kernel.files.models import Attachment, Blob, PageText, QuarantineItem, Upload
from congso.kernel.files.services import receive_upload
from congso.kernel.jobs.models import Job
from congso.kernel.search.queries import search
from operate.supervisor import Child
from tests.faults.conftest import AtWork
from tests.faults.installation import wait_until

LONGEST = 120.0
BATCH = "thùng-thư-độc"
SECRETS = (("bản điện tử.pdf", hostile.secret_pdf), ("bản quét.pdf", hostile.secret_scan))
MISNAMED_BUT_NO_PAPER = {"chương trình.pdf", "trang.docx"}
GOOD = range(11, 14)  # papers of their own: what is found must not stand in a marked one
State = Upload.State

pytestmark = [pytest.mark.faults, pytest.mark.django_db, pytest.mark.timeout(300)]


@dataclass(frozen=True)
class Result:
    """What became of the batch: uploads in the order they were sent, and the worker that read them."""

    uploads: dict[str, Upload]
    worker: Child
    world: World
    files: Path

    def of(self, *names: str) -> list[Upload]:
        return [self.uploads[name] for name in names]


def contents() -> list[tuple[str, bytes]]:
    """Good and bad turn about, so that each bad one has something to spoil."""
    good = [(f"công văn {number}.pdf", pdf(letter(number))) for number in GOOD]
    bad = [(name, make()) for name, make in hostile.BAD_CONTENTS]
    named = [(name, pdf(letter(100 + place))) for place, name in enumerate(hostile.NAMES)]
    others = [(arrival.name, arrival.content) for arrival in hostile.misnamed()]
    secrets = [(name, make()) for name, make in SECRETS]
    return [
        *good[:1],
        *bad,
        *good[1:2],
        *secrets,
        ("phân rã.docx", hostile.decomposed_docx()),
        *named,
        *others,
        *good[2:],
    ]


@pytest.fixture(scope="module")
def result(committed: World, at_work: AtWork, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Result]:
    folder = tmp_path_factory.mktemp("hostile")
    clerk = Actor.person(committed.clerk)
    with at_work(folder) as worker:
        sent = {}
        for name, content in contents():
            with acting_as(clerk):
                sent[name] = receive_upload(
                    [content],
                    name=name,
                    organization=committed.organization("VPTU"),
                    purpose=PURPOSE,
                    by=clerk,
                    at=timezone.now(),
                    batch=BATCH,
                ).pk
        wait_until(lambda: _ended(clerk) == len(sent), "every upload reached its end", seconds=LONGEST)
        with acting_as(clerk):
            uploads = {name: Upload.objects.select_related("job").get(pk=pk) for name, pk in sent.items()}
        yield Result(uploads, worker, committed, folder / "files")


def _ended(clerk: Actor) -> int:
    with acting_as(clerk):
        jobs = Job.objects.filter(state__in=(Job.State.FINISHED, Job.State.FAILED))
        return Upload.objects.filter(job__in=jobs).exclude(state__in=(State.WAITING, State.READING)).count()


def test_every_bad_file_is_refused_with_a_sentence_of_its_own(result: Result) -> None:
    refused = result.of(*(name for name, _ in hostile.BAD_CONTENTS), *MISNAMED_BUT_NO_PAPER)
    assert {one.state for one in refused} == {State.REFUSED}
    messages = {one.name: one.message for one in refused}
    assert all(message.endswith(".") and len(message) > 30 for message in messages.values()), messages
    assert "mật khẩu" in messages["có mật khẩu.pdf"]
    assert "10.000 trang" in messages["mười nghìn trang.pdf"]
    assert "cắt cụt" in messages["đứt quãng.pdf"]
    assert "rỗng" in messages["rỗng.pdf"]
    assert "phá hoại" in messages["bom.docx"]
    assert all(one.job and one.job.message == one.message for one in refused)


def test_all_the_others_become_documents_each_once(result: Result) -> None:
    bad = {*(name for name, _ in hostile.BAD_CONTENTS), *MISNAMED_BUT_NO_PAPER, *(name for name, _ in SECRETS)}
    good = [upload for name, upload in result.uploads.items() if name not in bad]
    assert {one.state for one in good} == {State.READY}, [(one.name, one.message) for one in good]
    with acting_as(Actor.person(result.world.clerk)):
        made = IncomingDocument.objects.filter(pk__in=[one.record_id for one in good])
        assert made.count() == len(good) == IncomingDocument.objects.count()
        assert set(made.values_list("state", flat=True)) == {"received"}


def test_no_arrival_number_is_used(result: Result) -> None:
    with acting_as(Actor.person(result.world.clerk)):
        assert IncomingDocument.objects.aggregate(Max("arrival_number"), Min("arrival_number")) == {
            "arrival_number__max": None,
            "arrival_number__min": None,
        }


def test_the_worker_lived_through_all_of_it(result: Result) -> None:
    process = result.worker.process
    assert process is not None
    assert process.poll() is None
    assert result.worker.failures == 0


def test_names_reach_neither_the_disk_nor_a_page_as_they_came(result: Result) -> None:
    for upload in result.uploads.values():
        assert not set(upload.name) & set('/\\<>"\0')
        assert all(unicodedata.category(letter)[0] != "C" for letter in upload.name), ascii(upload.name)
        assert upload.name.strip(" .")
        assert unicodedata.is_normalized("NFC", upload.name)
        assert len(upload.name) <= 200
    with acting_as(Actor.person(result.world.clerk)):
        known = {*Blob.objects.values_list("sha256", flat=True), *(str(one.key) for one in result.uploads.values())}
    lying = {path.name for path in result.files.rglob("*") if path.is_file()}
    assert lying <= known


def test_letters_that_came_apart_are_found_put_together(result: Result) -> None:
    with acting_as(Actor.person(result.world.clerk)):
        texts = PageText.objects.filter(attachment__record_id=result.uploads["phân rã.docx"].record_id)
        assert all(unicodedata.is_normalized("NFC", one.text) for one in texts)
        assert any("Tỉnh ủy" in one.text or "TỈNH ỦY" in one.text for one in texts)


@pytest.mark.parametrize("name", [name for name, _ in SECRETS])
def test_a_marked_file_is_nowhere_but_in_quarantine(result: Result, name: str) -> None:
    upload = result.uploads[name]
    assert upload.state == State.QUARANTINED
    assert (upload.record_id, upload.blob_id, upload.searchable_id) == (None, None, None)
    assert "cách ly" in upload.message
    assert (result.files / "quarantine" / str(upload.key)).is_file()
    assert not (result.files / "spool" / str(upload.key)).exists()
    assert not list((result.files / "blobs").rglob(upload.sha256))
    with acting_as(Actor.person(result.world.clerk)):
        assert not Blob.objects.filter(pk=upload.sha256).exists()
        assert not Attachment.objects.filter(blob_id=upload.sha256).exists()


def test_nothing_of_a_marked_file_is_found_by_search(result: Result) -> None:
    marked, open_to_all = hostile.secret_paper(), letter(GOOD[0])
    for person in result.world.people().values():
        with acting_as(Actor.person(person)):
            assert search(f'"{marked.symbol}"').total == 0
            assert not PageText.objects.filter(text__contains=marked.symbol).exists()
    with acting_as(Actor.person(result.world.clerk)):
        assert search(f'"{open_to_all.symbol}"').total > 0


def test_only_the_secrecy_officer_reaches_a_marked_file(result: Result) -> None:
    for who, person in result.world.people().items():
        with acting_as(Actor.person(person)):
            seen = list(QuarantineItem.objects.filter(upload__in=[result.uploads[name].pk for name, _ in SECRETS]))
        assert len(seen) == (len(SECRETS) if who == "secrecy_officer" else 0), who
    with acting_as(Actor.person(result.world.secrecy_officer)):
        item = QuarantineItem.objects.order_by("id").first()
    assert item is not None
    answers = {}
    for who in ("secrecy_officer", "clerk", "chief", "secretary", "reader", "administrator"):
        browser = Client()
        browser.force_login(User.objects.get(username=who))
        answers[who] = browser.get(f"/tep/cach-ly/{item.pk}/").status_code
    assert answers == {"secrecy_officer": 200} | dict.fromkeys(answers.keys() - {"secrecy_officer"}, 404)
