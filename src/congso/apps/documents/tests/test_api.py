"""The same acts over REST, with the same refusals."""

import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from congso.apps.documents.models import IncomingDocument
from congso.apps.documents.samples.catalogue import letter
from congso.apps.documents.samples.portable import pdf
from congso.apps.documents.tests import factories
from congso.apps.documents.tests.factories import by, line_of
from congso.apps.documents.tests.test_papers import _work
from congso.kernel.files.tests.messages import eml

pytestmark = pytest.mark.django_db
ROOT = "/api/v1/documents"
ENTRY = {"number": "16-KH/TU", "title": "Kế hoạch", "issuer_name": "Tỉnh ủy Mẫu", "doc_type": "plan"}


@pytest.fixture(autouse=True)
def _stopped(clock):
    """The office is at Monday 23 November 2026, 8:00."""


def _post(client, path: str, facts: dict | None = None):
    return client.post(f"{ROOT}{path}", json.dumps(facts or {}), content_type="application/json")


def test_the_main_job_goes_from_register_to_completion(world, signed_in):
    document = factories.received(world)
    clerk, secretary, head = (signed_in(who) for who in ("clerk", "secretary", "head"))
    registered = _post(clerk, f"/{document.pk}/register", ENTRY).json()
    assert (registered["arrival_number"], registered["state"]) == (1, "registered")
    assert _post(clerk, f"/{document.pk}/present", {"to": world.secretary}).json()["state"] == "presented"
    assert head.get(f"{ROOT}/{document.pk}").status_code == 404
    order = {
        "text": "Giao.", "lead": {"unit": world.organizations["TH"]}, "due_on": "2026-12-04",
        "inform": [{"person": world.specialist}],
    }  # fmt: skip
    directed = _post(secretary, f"/{document.pk}/direct", order).json()
    assert [line["kind"] for line in directed["handlings"]] == ["lead", "inform"]
    seen = head.get(f"{ROOT}/{document.pk}").json()
    assert seen["state"] == "in_progress"
    assert "complete" in seen["acts"]
    done = _post(head, f"/{document.pk}/complete", {"result": "Đã xong việc.", "reply_symbol": "77-CV/TU"}).json()
    assert (done["state"], done["handlings"][0]["reply_symbol"]) == ("completed", "77-CV/TU")


@pytest.mark.parametrize(
    ("who", "path", "facts", "status", "code"),
    [
        ("secretary", "register", ENTRY, 403, "not_yours"),
        ("clerk", "present", {}, 409, "wrong_state"),
        ("clerk", "withdraw", {"note": ""}, 422, "reason_missing"),
        ("clerk", "register", ENTRY | {"doc_type": "?"}, 422, "refused"),
        ("stranger", "register", ENTRY, 404, "not_found"),
    ],
)
def test_refusals_are_problem_answers(world, signed_in, who, path, facts, status, code):  # noqa: PLR0917
    document = factories.received(world)
    response = _post(signed_in(who), f"/{document.pk}/{path}", facts)
    assert (response.status_code, response.json()["code"]) == (status, code)
    with by(world.clerk):
        assert IncomingDocument.objects.get().state == "received"


@pytest.mark.parametrize(
    ("who", "state", "key", "then"),
    [
        ("clerk", "received", "withdraw", "withdrawn"),
        ("clerk", "registered", "return-to-sender", "returned_to_sender"),
        ("chief", "in_progress", "recall", "recalled"),
        ("secretary", "completed", "reopen", "in_progress"),
        ("secretary", "presented", "conclude", "completed"),
    ],
)
def test_acts_with_a_reason(world, signed_in, who, state, key, then):  # noqa: PLR0917
    document = factories.IN_STATE[state](world)
    assert _post(signed_in(who), f"/{document.pk}/{key}", {"note": "Có lý do."}).json()["state"] == then


def test_lines_are_passed_on_reported_and_returned(world, signed_in):
    document = factories.in_progress(world)
    with by(world.head):
        lead = line_of(document, "lead").pk
    with by(world.other_head):
        support = line_of(document, "support").pk
    head, other, secretary = (signed_in(who) for who in ("head", "other_head", "secretary"))
    passed = _post(head, f"/handlings/{lead}/pass-on", {"lead": {"person": world.specialist}}).json()
    inside = next(line["id"] for line in passed["handlings"] if line["parent"] == lead)
    assert _post(head, f"/handlings/{inside}/take-back").status_code == 200
    assert _post(other, f"/handlings/{support}/report", {"result": "Đã góp ý."}).status_code == 200
    assert _post(head, f"/handlings/{lead}/ask-return", {"note": "Không thuộc."}).json()["state"] == "return_asked"
    assert _post(secretary, f"/handlings/{lead}/refuse-return", {"note": "Đúng."}).json()["state"] == "in_progress"
    _post(head, f"/handlings/{lead}/ask-return", {"note": "Không thuộc."})
    assert _post(secretary, f"/handlings/{lead}/accept-return").json()["state"] == "presented"


def test_the_list_holds_what_the_caller_sees(world, signed_in):
    factories.directed(world)
    factories.registered(world)
    assert signed_in("clerk").get(f"{ROOT}/").json()["count"] == 2
    assert signed_in("clerk").get(f"{ROOT}/?state=directed").json()["count"] == 1
    assert signed_in("head").get(f"{ROOT}/?mine=true").json()["count"] == 1
    assert signed_in("stranger").get(f"{ROOT}/").json()["count"] == 0


def test_a_number_is_reserved_and_a_correction_needs_its_reason(world, signed_in):
    client = signed_in("clerk")
    office = world.organizations["VPTU"]
    assert _post(client, f"/offices/{office}/reserved-numbers").json() == {"arrival_number": 1}
    assert _post(signed_in("head"), f"/offices/{office}/reserved-numbers").status_code == 403
    document = factories.registered(world)
    assert _post(client, f"/{document.pk}/correct", ENTRY).status_code == 422
    corrected = _post(client, f"/{document.pk}/correct", ENTRY | {"title": "Khác", "reason": "Gõ sai."})
    assert corrected.json()["title"] == "Khác"


def test_a_file_is_sent_and_followed(world, signed_in):
    client = signed_in("clerk")
    facts = {"office": world.organizations["VPTU"], "files": [SimpleUploadedFile("a.txt", b"Xin ch\xc3\xa0o")]}
    (sent,) = client.post(f"{ROOT}/uploads", facts).json()
    assert client.get(f"{ROOT}/uploads/{sent['id']}").json()["state"] == "waiting"
    assert signed_in("stranger").get(f"{ROOT}/uploads/{sent['id']}").status_code == 404
    facts["files"] = [SimpleUploadedFile("a.txt", b"x")]
    assert signed_in("head").post(f"{ROOT}/uploads", facts).status_code == 404


def test_without_signing_in_nothing_is_answered(world, client):
    assert client.get(f"{ROOT}/").status_code == 401


def test_a_file_is_sent_read_looked_at_and_registered_over_rest(world, signed_in):
    client = signed_in("clerk")
    sent = {"office": world.organizations["VPTU"], "files": [SimpleUploadedFile("cv.pdf", pdf(letter(1)))]}
    response = client.post(f"{ROOT}/uploads", sent)
    (upload,) = response.json()
    assert (response.status_code, upload["state"], upload["document"]) == (202, "waiting", None)
    _work(world.clerk)
    upload = client.get(f"{ROOT}/uploads/{upload['id']}").json()
    assert (upload["state"], upload["enclosed"]) == ("ready", [])
    document = client.get(f"{ROOT}/{upload['document']}").json()
    found = {one["name"]: one for one in document["proposals"]}
    assert (found["number_symbol"]["proposed"], found["doc_type"]["proposed"]) == ("168-CV/VPTU", "letter")
    assert found["number_symbol"]["places"][0][0] == 1
    entry = {name: document[name] for name in ("number", "title", "issuer_name", "doc_type", "issued_on")}
    done = _post(client, f"/{document['id']}/register", entry | {"signer_name": "Người Khác"}).json()
    judged = {one["name"]: one["outcome"] for one in done["proposals"]}
    assert (judged["number_symbol"], judged["signer"]) == ("accepted", "corrected")


def test_a_message_sent_over_rest_names_the_uploads_of_its_files(world, signed_in):
    client = signed_in("clerk")
    message = eml(files=[("a.txt", b"Phu luc", "text/plain")])
    sent = {"office": world.organizations["VPTU"], "files": [SimpleUploadedFile("thu.eml", message)]}
    (upload,) = client.post(f"{ROOT}/uploads", sent).json()
    _work(world.clerk)
    (enclosed,) = client.get(f"{ROOT}/uploads/{upload['id']}").json()["enclosed"]
    assert client.get(f"{ROOT}/uploads/{enclosed}").json()["name"] == "a.txt"
