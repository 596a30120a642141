"""E-mail at the registry's door: each enclosed file becomes a waiting paper, the message its cover."""

import pytest
from django.urls import reverse

from congso.apps.documents.models import IncomingDocument
from congso.apps.documents.samples.catalogue import letter
from congso.apps.documents.samples.hostile import secret_pdf
from congso.apps.documents.samples.portable import pdf
from congso.apps.documents.tests.factories import by
from congso.apps.documents.tests.test_pages import ENTRY
from congso.apps.documents.tests.test_papers import _drop, _work
from congso.kernel.files.models import Attachment, Upload
from congso.kernel.files.tests.messages import eml, msg

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def paper() -> bytes:
    return pdf(letter(1))


@pytest.mark.parametrize("make", [eml, msg], ids=["eml", "msg"])
def test_each_file_of_a_message_waits_as_a_paper_of_its_own_with_the_message_as_cover(world, signed_in, paper, make):
    files = [("cv.pdf", paper, "application/pdf"), ("phu-luc.txt", "Phụ lục số liệu\n".encode() * 300, "text/plain")]
    _drop(signed_in("clerk"), ("thu.x", make(files=files)))
    _work(world.clerk)
    _work(world.clerk)
    with by(world.clerk):
        letter_in, annex = IncomingDocument.objects.order_by("pk")
        assert (letter_in.number, letter_in.channel) == ("168-CV/VPTU", "email")
        assert letter_in.note.startswith("Thư điện tử “Gửi công văn")
        assert annex.channel == "email"
        kept = Attachment.objects.filter(record_id=letter_in.pk).order_by("position")
        assert [(one.name, one.role) for one in kept][:2] == [("cv.pdf", "original"), ("thu.txt", "enclosure")]
        message = Upload.objects.get(name="thu.x")
        assert (message.state, message.record_id) == ("ready", None)
        assert message.message.startswith("Thư có 2 tệp kèm")


def test_the_stamp_goes_on_the_paper_not_on_the_message(world, signed_in, paper):
    client = signed_in("clerk")
    _drop(client, ("thu.eml", eml(files=[("cv.pdf", paper, "application/pdf")])))
    _work(world.clerk)
    _work(world.clerk)
    with by(world.clerk):
        document = IncomingDocument.objects.get()
    client.post(reverse("documents:register", args=[document.pk]), ENTRY)
    _work(world.clerk)
    with by(world.clerk):
        assert Attachment.objects.get(role=Attachment.Role.STAMPED).source.name == "cv.pdf"


def test_a_message_without_files_is_the_paper(world, signed_in):
    _drop(signed_in("clerk"), ("thu.eml", eml(subject="Xin ý kiến dự thảo")))
    _work(world.clerk)
    with by(world.clerk):
        document = IncomingDocument.objects.get()
        assert (document.title, document.channel) == ("Xin ý kiến dự thảo", "email")
        assert Attachment.objects.filter(record_id=document.pk).first().texts.get().text.startswith("THƯ ĐIỆN TỬ")


def test_a_secret_in_a_message_is_kept_out_and_the_others_come_in(world, signed_in, paper):
    files = [("giay-moi.pdf", secret_pdf(1), "application/pdf"), ("cv.pdf", paper, "application/pdf")]
    _drop(signed_in("clerk"), ("thu.eml", eml(files=files)))
    _work(world.clerk)
    _work(world.clerk)
    with by(world.clerk):
        assert IncomingDocument.objects.get().number == "168-CV/VPTU"
        states = dict(Upload.objects.values_list("name", "state"))
    assert states == {"thu.eml": "ready", "giay-moi.pdf": "quarantined", "cv.pdf": "ready"}


def test_a_message_as_evidence_is_asked_for_file_by_file(world, signed_in, paper):
    from congso.kernel.files.attaching import attach_to_record
    from congso.kernel.files.purposes import ReadUpload
    from congso.kernel.files.reading.messages import OpenedMessage
    from congso.kernel.jobs.services import JobRefused

    read = ReadUpload(Upload(name="thu.eml"), None, None, (), (), message=OpenedMessage("", "", "", [("a", "b")]))
    with by(world.clerk) as clerk, pytest.raises(JobRefused, match="đính kèm từng tệp"):
        attach_to_record(read, clerk, None)
