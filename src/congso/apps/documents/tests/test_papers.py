"""From a dropped file to a stamped, searchable document: the upload, its reading, the register, the pages."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from congso.apps.documents.models import IncomingDocument
from congso.apps.documents.samples.catalogue import letter
from congso.apps.documents.samples.hostile import empty, secret_pdf
from congso.apps.documents.samples.portable import pdf
from congso.apps.documents.services.papers import stamp_document
from congso.apps.documents.tests.factories import by
from congso.apps.documents.tests.test_pages import ENTRY
from congso.kernel.files.models import Attachment, QuarantineItem, Upload
from congso.kernel.jobs.models import Job
from congso.kernel.jobs.services import run_job
from congso.kernel.search.queries import search

pytestmark = pytest.mark.django_db
TITLE = "Về việc báo cáo kết quả phát triển cây quế, cây chè"
XHR = {"X-Requested-With": "XMLHttpRequest"}


@pytest.fixture(scope="module")
def paper() -> bytes:
    return pdf(letter(1))


def _drop(client, *files: tuple[str, bytes]) -> list[dict]:
    sent = [SimpleUploadedFile(name, content) for name, content in files]
    response = client.post(reverse("documents:upload"), {"files": sent}, headers=XHR)
    assert response.status_code == 200
    return response.json()["uploads"]


def _work(person_id: int) -> None:
    """What the worker would do with the person's waiting jobs, refusals included."""
    with by(person_id) as actor:
        waiting = list(Job.objects.filter(state=Job.State.WAITING).order_by("pk").values_list("pk", flat=True))
    for pk in waiting:
        run_job(pk, actor)


def _arrived(world, client, paper) -> IncomingDocument:
    _drop(client, ("Công văn số 5.pdf", paper))
    _work(world.clerk)
    with by(world.clerk):
        return IncomingDocument.objects.select_related("owner").get()


def test_a_dropped_file_waits_in_the_list_with_its_pages_and_text(world, signed_in, paper):
    client = signed_in("clerk")
    (told,) = _drop(client, ("Công văn số 5.pdf", paper))
    assert told["state"] == "waiting"
    _work(world.clerk)
    with by(world.clerk):
        document = IncomingDocument.objects.get()
        upload = Upload.objects.get()
        assert (document.state, document.title, upload.state) == ("received", TITLE, "ready")
        assert (document.number, document.doc_type, document.signer_name) == ("168-CV/VPTU", "letter", "Phạm Giả Định")
        assert document.issuer_name == "Văn phòng Tỉnh ủy Lào Cai"
        assert document.file_digest == upload.sha256
        assert document.pages
        assert Attachment.objects.get().texts.count() == document.pages
    told = client.get(told["progress_url"]).json()
    assert told["url"] == reverse("documents:register", args=[document.pk])
    page = client.get(told["url"]).content.decode()
    assert 'class="viewer-page"' in page
    assert "Công văn số 5" in client.get(reverse("documents:intake")).content.decode()


def test_one_bad_file_never_stops_the_others_and_uses_no_number(world, signed_in, paper):
    client = signed_in("clerk")
    _drop(client, ("rong.pdf", empty()), ("tot.pdf", paper))
    _work(world.clerk)
    with by(world.clerk):
        assert {upload.name: upload.state for upload in Upload.objects.all()} == {
            "rong.pdf": "refused", "tot.pdf": "ready",
        }  # fmt: skip
        assert IncomingDocument.objects.get().title == TITLE
    assert "Tệp rỗng" in client.get(reverse("documents:intake")).content.decode()


def test_the_same_file_twice_is_shown_as_a_duplicate_at_intake(world, signed_in, paper):
    client = signed_in("clerk")
    _drop(client, ("a.pdf", paper), ("b.pdf", paper))
    _work(world.clerk)
    assert client.get(reverse("documents:intake")).content.decode().count("trùng với văn bản đang chờ") == 2


def test_registering_puts_the_arrival_stamp_on_a_copy_once(world, signed_in, paper):
    client = signed_in("clerk")
    document = _arrived(world, client, paper)
    client.post(reverse("documents:register", args=[document.pk]), ENTRY)
    _work(world.clerk)
    with by(world.clerk) as clerk:
        stamped = Attachment.objects.get(role=Attachment.Role.STAMPED)
        assert stamped.source.role == Attachment.Role.ORIGINAL
        document = IncomingDocument.objects.select_related("owner").get(pk=document.pk)
        assert stamp_document(document, by=clerk) is None
        assert Attachment.objects.filter(role=Attachment.Role.STAMPED).count() == 1
    shown = client.get(reverse("documents:detail", args=[document.pk])).content.decode()
    assert reverse("files:page", args=[stamped.pk, 1, 1000]) in shown


def test_the_paper_is_found_by_words_of_its_text_by_those_who_see_it(world, signed_in, paper):
    document = _arrived(world, signed_in("clerk"), paper)
    words = " ".join(letter(1).abstract.split()[-4:])
    for who, found in (("clerk", [document.pk]), ("secretary", [document.pk]), ("stranger", []), ("head", [])):
        with by(getattr(world, who)):
            assert [hit.record.pk for hit in search(words).rows] == found, who


def test_a_recalled_document_keeps_its_record_but_shows_no_file(world, signed_in, paper):
    client = signed_in("clerk")
    document = _arrived(world, client, paper)
    client.post(reverse("documents:register", args=[document.pk]), ENTRY)
    client.post(reverse("documents:act", args=[document.pk, "recall"]), {"note": "Nơi gửi thu hồi."})
    page = client.get(reverse("documents:detail", args=[document.pk])).content.decode()
    assert "viewer-page" not in page
    assert "Nơi gửi đã thu hồi" in page
    with by(world.clerk):
        assert not Attachment.objects.filter(record_id=document.pk).exists()


def test_a_paper_with_a_mark_of_secrecy_never_enters_and_waits_for_the_officer(world, signed_in):
    client = signed_in("clerk")
    _drop(client, ("giay-moi.pdf", secret_pdf(1)))
    _work(world.clerk)
    with by(world.clerk):
        assert not IncomingDocument.objects.exists()
        assert not QuarantineItem.objects.exists()
        assert Upload.objects.get().state == "quarantined"
    officer = signed_in("secrecy_officer")
    assert "giay-moi.pdf" in officer.get(reverse("documents:quarantine")).content.decode()
    with by(world.secrecy_officer):
        item = QuarantineItem.objects.get()
    url = reverse("documents:quarantine_settle", args=[item.pk, "xoa"])
    assert officer.post(url, {"note": ""}).status_code == 422
    assert client.post(url, {"note": "x"}).status_code == 404
    assert officer.post(url, {"note": "Đúng là tài liệu mật."}).status_code == 302
    page = officer.get(reverse("documents:quarantine")).content.decode()
    assert "Đúng là tài liệu mật." in page
    assert "giay-moi.pdf" not in page


def test_a_false_alarm_goes_back_and_becomes_a_document(world, signed_in):
    _drop(signed_in("clerk"), ("giay-moi.pdf", secret_pdf(1)))
    _work(world.clerk)
    with by(world.secrecy_officer):
        item = QuarantineItem.objects.get()
    url = reverse("documents:quarantine_settle", args=[item.pk, "tra-lai"])
    signed_in("secrecy_officer").post(url, {"note": "Mẫu thử, không mật."})
    _work(world.clerk)
    with by(world.clerk):
        assert IncomingDocument.objects.get().state == "received"


def test_nobody_but_clerks_drops_files_into_the_register(world, signed_in, paper):
    client = signed_in("head")
    response = client.post(reverse("documents:upload"), {"files": [SimpleUploadedFile("a.pdf", paper)]}, headers=XHR)
    assert response.status_code == 404
