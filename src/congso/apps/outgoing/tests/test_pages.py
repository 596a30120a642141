"""What people see and press: through the pages and the API, as the cast; each page asks few questions."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from congso.apps.outgoing import services
from congso.apps.outgoing.models import Channel, Opinion, OutgoingDocument, PageNote, Recipient
from congso.apps.outgoing.services import Address
from congso.apps.outgoing.tests import factories as made
from congso.apps.outgoing.tests.factories import IN_STATE, by
from congso.apps.outgoing.tests.test_flow import WHO_SEES
from congso.apps.outgoing.tests.test_services import ERROR
from congso.kernel.files.models import Upload

pytestmark = pytest.mark.django_db
BUDGET = 45


def url(name: str, *args: object) -> str:
    return reverse(f"outgoing:{name}", args=args)


def page(client, address: str, budget: int = BUDGET) -> str:
    with CaptureQueriesContext(
        connection,
    ) as asked:
        answer = client.get(address)
    assert answer.status_code == 200, (address, answer.status_code)
    assert len(asked) <= budget, (address, len(asked))
    return answer.content.decode()


@pytest.mark.parametrize("state", ["drafting", "consulting", "verifying", "to_sign", "sealed", "issued", "recalled"])
def test_the_page_opens_for_those_who_see_it_and_for_nobody_else(world, keys, signed_in, state):
    document = IN_STATE[state](world, keys)
    for who in ("specialist", "chief", "secretary", "clerk", "other_head", "stranger", "agency_specialist"):
        answer = signed_in(who).get(url("detail", document.pk))
        assert answer.status_code == (200 if who in WHO_SEES[state] else 404), (who, state)
    assert "Thực hiện chuyển đổi số" in page(signed_in("specialist"), url("detail", document.pk)) or "thực hiện" in (
        page(signed_in("specialist"), url("detail", document.pk))
    )


def test_whoever_drafts_is_led_to_the_replacement_of_an_issued_document(world, keys, signed_in):
    document = made.issued(world, keys)
    way = url("replace", document.pk)
    for who in ("specialist", "clerk"):
        assert page(signed_in(who), url("detail", document.pk)).count(f'href="{way}"') == 1, who


@pytest.mark.parametrize(
    ("who", "name"),
    [
        ("specialist", "list"), ("specialist", "draft"), ("clerk", "book"), ("clerk", "reserve"), ("chief", "book"),
        ("chief", "grants"), ("secretary", "sign_many"), ("stranger", "list"),
    ],
)  # fmt: skip
def test_every_list_and_form_opens_for_those_it_is_for(world, keys, signed_in, who, name):
    made.drafting(world)
    page(signed_in(who), url(name))


@pytest.mark.parametrize(("who", "name"), [("stranger", "reserve"), ("specialist", "reserve"), ("stranger", "grants")])
def test_registry_pages_are_not_there_for_others(world, signed_in, who, name):
    assert signed_in(who).get(url(name)).status_code == 404


def test_a_draft_is_written_in_the_portal_and_its_file_is_on_the_way(world, keys, signed_in):
    told = {
        "issuer": world.organizations["TU"], "doc_type": "plan", "title": "Thực hiện chuyển đổi số",
        "content": "- Căn cứ Quy định số 399-QĐ/TW;\nI- MỤC ĐÍCH\nNâng cao hiệu quả.", "authority": "on_behalf",
        "authority_over": "Ban Thường vụ", "signer": world.secretary, "urgency": "0", "copies": "1",
        "recipients_text": "- Các ban đảng,\n- Lưu Văn phòng Tỉnh ủy.",
    }  # fmt: skip
    answer = signed_in("specialist").post(url("draft"), told)
    assert answer.status_code == 302, answer.content.decode()[:3000]
    with by(world.specialist):
        document = OutgoingDocument.objects.get()
        assert (document.signer_post, document.place) == ("Phó Bí thư Thường trực", "Thử Nghiệm")
        assert Upload.objects.get(batch=f"outgoing-{document.pk}").name == "du-thao.docx"
    told["title"] = ""
    assert signed_in("specialist").post(url("draft"), told).status_code == 422


def test_files_that_are_no_draft_are_refused_in_words(world, keys, signed_in):
    document = made.drafting(world)
    file = SimpleUploadedFile("anh.exe", b"MZ")
    answer = signed_in("specialist").post(url("bring", document.pk), {"file": file, "reason": "x"})
    assert answer.status_code == 422
    assert "phải là tệp Word" in answer.content.decode()
    assert signed_in("chief").get(url("bring", document.pk)).status_code == 404


def test_preflight_is_shown_and_the_office_may_mend(world, keys, signed_in):
    document = made.verifying(world)
    made.version(document, world.chief, findings=[ERROR])
    shown = page(signed_in("chief"), url("preflight", document.pk))
    assert "Lề trái 20 mm" in shown
    assert signed_in("specialist").post(url("preflight", document.pk), {"how": "repair"}).status_code == 404


def test_opinions_are_asked_answered_and_tabled_by_pages(world, keys, signed_in):
    document = made.drafting(world)
    told = {"targets": [f"u{world.organizations['CDS']}"], "due_on": "04/12/2030", "question": "Đề nghị góp ý"}
    assert signed_in("specialist").post(url("ask", document.pk), told).status_code == 302
    with by(world.other_head):
        opinion = Opinion.objects.get()
    head = signed_in("other_head")
    assert "Đề nghị góp ý" in page(head, url("answer", opinion.pk))
    assert signed_in("head").get(url("answer", opinion.pk)).status_code == 404
    said = {"stance": "agrees_with", "clause_1": "Mục II", "point_1": "Thêm chỉ tiêu", "text": ""}
    assert head.post(url("answer", opinion.pk), said).status_code == 302
    with by(world.specialist):
        point = document.points.get()
    specialist = signed_in("specialist")
    assert "Thêm chỉ tiêu" in page(specialist, url("opinions", document.pk))
    wrong = specialist.post(url("opinions", document.pk), {f"outcome_{point.pk}": "declined"})
    assert wrong.status_code == 422
    told = {f"outcome_{point.pk}": "declined", f"reason_{point.pk}": "Đã có ở mục III"}
    assert specialist.post(url("opinions", document.pk), told).status_code == 302
    assert "Đã có ở mục III" in page(specialist, url("opinions", document.pk))


def test_a_leader_reads_notes_at_a_place_and_signs_on_one_screen(world, keys, signed_in):
    document = made.to_sign(world)
    secretary = signed_in("secretary")
    assert "Ký số" in page(secretary, url("sign", document.pk))
    told = {"page": 1, "x": "40.5", "y": "22", "text": "Sửa số liệu"}
    assert secretary.post(url("note", document.pk), told).status_code == 302
    assert (
        secretary.post(url("note", document.pk), told | {"x": "140"}, headers={"X-Requested-With": "fetch"}).status_code
        == 422
    )
    with by(world.specialist):
        assert PageNote.objects.get().text == "Sửa số liệu"
    answer = secretary.post(url("sign", document.pk), {"credential": keys.secretary.pk, "pin": ""})
    assert answer.status_code == 302, answer.content.decode()[:2000]
    clerk = signed_in("clerk")
    page(clerk, url("issue", document.pk))
    assert clerk.post(url("issue", document.pk)).status_code == 302
    assert "01-KH/TU" in page(clerk, url("issue", document.pk))
    assert clerk.post(url("issue", document.pk), {"credential": keys.seal.pk, "pin": ""}).status_code == 302
    told = {"inside": [world.organizations["BTC"]], "purpose": "act", "copies": "1"}
    assert clerk.post(url("recipients", document.pk), told).status_code == 302
    assert clerk.post(url("issue", document.pk)).status_code == 302
    with by(world.clerk):
        assert OutgoingDocument.objects.get().state == "issued"
    assert "01-KH/TU" in page(clerk, url("book"))
    assert "Sổ đăng ký văn bản đi" in page(clerk, url("book") + "?format=print")
    page(clerk, url("recipients", document.pk))
    page(clerk, url("slip", document.pk))


def test_many_papers_are_signed_with_one_pin(world, keys, signed_in):
    documents = [made.to_sign(world), made.to_sign(world, title="Kế hoạch hai")]
    secretary = signed_in("secretary")
    page(secretary, url("sign_many"))
    told = {"document": [one.pk for one in documents], "credential": keys.secretary.pk}
    answer = secretary.post(url("sign_many"), told)
    assert answer.status_code == 302
    assert "/ky-so/lo/" in answer.url


def test_an_act_that_needs_a_reason_asks_and_then_moves(world, keys, signed_in):
    document = made.at_leader(world)
    secretary = signed_in("secretary")
    address = url("act", document.pk, "return_leader")
    page(secretary, address)
    assert secretary.post(address, {"note": ""}).status_code == 422
    assert secretary.post(address, {"note": "Bổ sung số liệu"}).status_code == 302
    with by(world.specialist):
        document.refresh_from_db()
        assert document.state == "drafting"
    assert secretary.get(url("act", document.pk, "sign")).status_code == 404


def test_paper_and_mail_are_handled_on_the_list(world, keys, signed_in):
    document = made.issued(
        world,
        keys,
        Address(Channel.PAPER, "Sở Mẫu", "Số 1, phố Mẫu"),
        Address(Channel.PORTAL, organization=_btc(world)),
    )
    clerk = signed_in("clerk")
    with by(world.clerk):
        paper = document.recipients.get(channel=Channel.PAPER)
    assert "Số 1, phố Mẫu" in page(clerk, url("envelope", paper.pk))
    assert clerk.post(url("recipient_act", paper.pk, "da-chuyen")).status_code == 302
    with by(world.clerk):
        assert Recipient.objects.get(pk=paper.pk).state == Recipient.State.SENT
        services.recall_document(
            OutgoingDocument.objects.get(pk=document.pk),
            reason="Sai",
            by=made.Actor.person(world.clerk),
            at=timezone.now(),
        )
    assert clerk.post(url("recipient_act", paper.pk, "da-tra")).status_code == 302
    with by(world.clerk):
        assert Recipient.objects.get(pk=paper.pk).state == Recipient.State.RECALLED
    assert signed_in("stranger").post(url("recipient_act", paper.pk, "da-tra")).status_code == 404


def _btc(world):
    with by(world.clerk):
        return world.organization("BTC")


def test_the_api_does_what_the_pages_do(world, keys, signed_in):
    client = signed_in("specialist")
    told = {
        "issuer": world.organizations["TU"], "doc_type": "plan", "title": "Kế hoạch API", "authority": "on_behalf",
        "authority_over": "Ban Thường vụ", "signer": world.secretary,
    }  # fmt: skip
    made_one = client.post("/api/v1/outgoing/", told, content_type="application/json")
    assert made_one.status_code == 201, made_one.content
    pk = made_one.json()["id"]
    assert set(made_one.json()["acts"]) >= {"edit", "submit"}
    refused = client.post(f"/api/v1/outgoing/{pk}/submit", {}, content_type="application/json")
    assert 400 <= refused.status_code < 500
    assert "Chưa có bản dự thảo" in refused.json()["message"]
    listed = client.get("/api/v1/outgoing/").json()
    assert [one["id"] for one in listed["items"]] == [pk]
    gone = client.post(f"/api/v1/outgoing/{pk}/withdraw", {"note": "Thôi"}, content_type="application/json")
    assert gone.json()["state"] == "withdrawn"
    assert signed_in("stranger").get(f"/api/v1/outgoing/{pk}").status_code == 404


def test_the_list_asks_no_more_for_many_rows(world, keys, signed_in):
    for _ in range(3):
        made.drafting(world)
    client = signed_in("specialist")
    client.get(url("list"))
    with CaptureQueriesContext(connection) as few:
        client.get(url("list"))
    for _ in range(5):
        made.drafting(world)
    with CaptureQueriesContext(connection) as many:
        client.get(url("list"))
    assert len(many) <= len(few) + 1
