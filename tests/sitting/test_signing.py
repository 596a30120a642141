"""Minutes signed with keys: the secretary, then the chair, or nobody with a key; what is refused on the way.

The print is told, not made (a run of the journey prints in earnest).
"""

from io import BytesIO

import pytest
from django.utils import timezone
from pyhanko.pdf_utils.reader import PdfFileReader

from congso.apps.meetings import jobs, services
from congso.apps.meetings.services import signing
from congso.apps.meetings.tests.factories import as_one, closed, do, see
from congso.apps.outgoing.tests.conftest import installed, key_folder, trusted  # noqa: F401 - fixtures
from congso.kernel.access.services import Actor
from congso.kernel.files.configuration import store
from congso.kernel.jobs.models import Job
from congso.kernel.jobs.services import run_job
from congso.kernel.signing.places import prepare
from congso.kernel.signing.queries import credentials_of
from congso.kernel.signing.testing import paper
from congso.kernel.workflow.services import NotYours, Refused
from tests.journeys.keys import register_keys

pytestmark = pytest.mark.django_db
PLACES = {"1": {"page": 0, "box": [60, 120, 260, 200]}, "2": {"page": 0, "box": [330, 120, 530, 200]}}


@pytest.fixture
def keys(world, installed, trusted, settings):  # noqa: F811
    """Keys of who writes the minutes, who chairs, and of a member; without a timestamping authority."""
    settings.TIMESTAMP_URL = ""
    register_keys(world, installed, trusted, "tracker", "secretary", "head")


def printed(_docx: bytes):
    return prepare(paper("Bien ban"), [signing._place(step, PLACES) for step in signing._PLACES]), PLACES


def work_off(world, monkeypatch) -> None:
    monkeypatch.setattr(jobs, "printed_minutes", printed)
    tracker = Actor.person(world.tracker)
    with as_one(world, "tracker"):
        waiting = list(Job.objects.filter(task="meetings.print_minutes", state="waiting").values_list("pk", flat=True))
    for one in waiting:
        run_job(one, tracker)


def sign(world, made, who: str, *, whose: str = "") -> None:
    with as_one(world, whose or who):
        credential = credentials_of(active=True).get(person=getattr(world, whose or who))
    do(world, who, services.sign_with_key, made, credential=credential, secret="", at=timezone.now())


def test_the_secretary_then_the_chair_sign_one_paper(world, keys, monkeypatch):
    made = closed(world)
    do(world, "tracker", services.sign_minutes, made, at=timezone.now())
    with pytest.raises(NotYours):
        sign(world, made, "tracker")  # not printed yet
    work_off(world, monkeypatch)
    for who in ("secretary", "head"):
        with pytest.raises(NotYours):
            sign(world, made, who)  # the secretary's turn
    sign(world, made, "tracker")
    with pytest.raises(Refused, match="chủ trì ký số để chốt"):
        do(world, "secretary", services.conclude_meeting, made)
    with pytest.raises(NotYours):
        sign(world, made, "tracker")
    sign(world, made, "secretary")
    held = see(world, "head", made)
    assert held.state == "concluded"
    with as_one(world, "head"):
        pdf = PdfFileReader(BytesIO(store().read(held.minutes_file.blob_id)))
    assert [one.field_name for one in pdf.embedded_regular_signatures] == ["thu_ky", "chu_tri"]


def test_minutes_opened_again_are_printed_and_signed_anew(world, keys, monkeypatch):
    made = closed(world)
    do(world, "tracker", services.sign_minutes, made)
    work_off(world, monkeypatch)
    sign(world, made, "tracker")
    do(world, "secretary", services.unsign_minutes, made, note="Thiếu một ý kiến")
    again = see(world, "tracker", made)
    assert (again.minutes_file_id, again.secretary_key_at, again.minutes_places) == (None, None, {})
    do(world, "tracker", services.sign_minutes, made, at=timezone.now())
    work_off(world, monkeypatch)
    sign(world, made, "tracker")
    sign(world, made, "secretary")
    assert see(world, "tracker", made).state == "concluded"


def test_the_page_tells_whose_turn_it_is(world, keys, monkeypatch, signed_in):
    made = closed(world)
    address = f"/hop/{made.pk}/bien-ban/ky-so/"
    assert "chưa xác nhận" in signed_in("tracker").get(address).content.decode()
    do(world, "tracker", services.sign_minutes, made)
    assert "đang được in" in signed_in("tracker").get(address).content.decode()
    work_off(world, monkeypatch)
    tracker, head = signed_in("tracker"), signed_in("head")
    assert "Chưa đến lượt" in head.get(address).content.decode()
    assert head.post(address, {"credential": "1", "pin": ""}).status_code == 422
    assert tracker.post(address, {"credential": "999", "pin": ""}).status_code == 422
    with as_one(world, "tracker"):
        key = credentials_of(active=True).get(person=world.tracker).pk
    assert tracker.post(address, {"credential": key, "pin": ""}).status_code == 302
    assert "Thư ký đã ký số lúc" in tracker.get(f"/hop/{made.pk}/bien-ban/").content.decode()
    assert signed_in("stranger").get(address).status_code == 404
