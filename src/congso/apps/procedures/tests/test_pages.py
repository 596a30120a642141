"""What the pages show, to whom, in how many queries."""

import json
from datetime import date
from html import unescape

import pytest
from django.urls import reverse

from congso.apps.procedures import services
from congso.apps.procedures.models import Case, Procedure
from congso.apps.procedures.queries import case_of
from congso.apps.procedures.tests.factories import CODE, NOW, apply, at_desk, do, moment, publish
from congso.kernel.access.services import Actor, acting_as

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]
APPLIED = {"applicant_kind": "member", "applicant_name": "Lê Thử Nộp", "papers": ["1"]}


def page(client, address: str, **facts) -> str:
    answer = client.get(address, facts)
    assert answer.status_code == 200, answer.status_code
    return unescape(answer.content.decode())


def test_a_visitor_finds_reads_and_takes_the_form(client, world):
    made = publish(world, with_form=True)
    assert reverse("procedures:index") in page(client, "/")
    assert "Cấp bản sao tài liệu lưu trữ" in page(client, reverse("procedures:index"), q="ban sao luu tru")
    assert "Không có thủ tục nào khớp" in page(client, reverse("procedures:index"), q="hộ chiếu")
    shown = page(client, reverse("procedures:public", args=[CODE]))
    for words in ("6 ngày làm việc", "12-QĐ/VPTU", "Đơn đề nghị", "Ban Tổ chức Tỉnh ủy", "mẫu đơn.pdf"):
        assert words in shown
    answer = client.get(reverse("procedures:form", args=[made.forms.get().pk]))
    assert b"".join(answer.streaming_content).startswith(b"%PDF")
    assert answer["Content-Disposition"].startswith("attachment")


def test_drafts_are_nobodys_but_their_keepers(client, signed_in, world):
    from congso.apps.procedures.tests.factories import draft

    one = draft(world)
    assert client.get(reverse("procedures:public", args=[CODE])).status_code == 404
    assert CODE not in page(client, reverse("procedures:index"))
    assert signed_in("stranger").get(reverse("procedures:detail", args=[one.pk])).status_code == 404
    assert "Đang soạn" in page(signed_in("clerk"), reverse("procedures:detail", args=[one.pk]))


def test_open_data_is_whole_and_marked(client, world):
    publish(world)
    answer = client.get(reverse("procedures:json"))
    told = json.loads(answer.content)
    assert told["procedures"][0]["steps"][1]["organization"]["code"] == "T.BTC"
    assert client.get(reverse("procedures:json"), headers={"If-None-Match": answer["ETag"]}).status_code == 304
    assert json.loads(client.get(reverse("procedures:json"), {"ngay": "2026-11-01"}).content)["procedures"] == []
    assert client.get(reverse("procedures:json"), {"ngay": "hôm qua"}).status_code == 400
    assert "1.000001" in client.get(reverse("procedures:csv")).content.decode()


@pytest.mark.parametrize(
    "address",
    ["/thu-tuc/soan/", "/thu-tuc/soan/moi/", "/thu-tuc/ho-so/", "/thu-tuc/ho-so/1/", f"/thu-tuc/ho-so/nop/{CODE}/"],
)
def test_a_visitor_is_sent_to_the_door(client, address):
    assert client.get(address).status_code == 302


def test_a_clerk_drafts_and_a_leader_publishes_on_screen(signed_in, world):
    clerk, chief = signed_in("clerk"), signed_in("chief")
    office = str(world.organizations["VPTU"])
    form = {
        "owner": office, "number": "2.000001", "title": "Cấp chứng thư số", "field": "Chữ ký số", "level": "province",
        "performer": office, "applicants": ["official"], "result": "Chứng thư số", "buoc-TOTAL_FORMS": "2",
        "buoc-INITIAL_FORMS": "0", "buoc-0-name": "Kiểm tra", "buoc-0-working_days": "2", "buoc-1-name": "",
        "giay-TOTAL_FORMS": "1", "giay-INITIAL_FORMS": "0", "giay-0-name": "Phiếu đề nghị", "giay-0-is_required": "on",
    }  # fmt: skip
    wrong = clerk.post(reverse("procedures:new"), form | {"buoc-0-working_days": ""})
    assert wrong.status_code == 422
    assert clerk.post(reverse("procedures:new"), form | {"performer": ""}).status_code == 422
    assert clerk.post(reverse("procedures:new"), form).status_code == 302
    with acting_as(Actor.person(world.clerk)):
        one = Procedure.objects.get(number="2.000001")
    act = lambda who, key, **data: who.post(reverse("procedures:act", args=[one.pk, key]), data)  # noqa: E731
    assert act(clerk, "submit").status_code == 302
    assert act(clerk, "approve").status_code == 422
    assert act(chief, "approve").status_code == 302
    assert act(clerk, "publish").status_code == 422
    decided = {"symbol": "30-QĐ/VPTU", "decided_on": "20/11/2026", "valid_from": "23/11/2026"}
    assert act(clerk, "decide", **decided).status_code == 302
    assert act(clerk, "publish").status_code == 302
    assert "Cấp chứng thư số" in page(signed_in("stranger"), reverse("procedures:public", args=["2.000001"]))


def test_a_person_applies_and_the_desk_takes_in_with_a_receipt(signed_in, client, world):
    publish(world)
    applicant, clerk = signed_in("stranger"), signed_in("clerk")
    form = APPLIED | {"receiver": str(world.organizations["VPTU"])}
    answer = applicant.post(reverse("procedures:apply", args=[CODE]), form)
    with acting_as(Actor.person(world.stranger)):
        case = Case.objects.get()
    assert answer["Location"] == reverse("procedures:case", args=[case.pk])
    assert clerk.get(answer["Location"]).status_code == 404  # not handed in
    assert applicant.post(reverse("procedures:case-act", args=[case.pk, "submit"])).status_code == 302
    assert "Chờ tiếp nhận" in page(clerk, "/")
    answer = clerk.post(reverse("procedures:case-act", args=[case.pk, "receive"]))
    assert answer["Location"] == reverse("procedures:receipt", args=[case.pk])
    with acting_as(Actor.person(world.clerk)):
        held = case_of(case.pk)
        word = services.word_of(held)
    for who in (applicant, clerk):
        shown = page(who, reverse("procedures:receipt", args=[case.pk]))
        assert word in shown
        assert "02/12/2026" in shown
    assert b"<svg" in clerk.get(reverse("procedures:square", args=[case.pk])).content
    assert signed_in("agency_clerk").get(reverse("procedures:receipt", args=[case.pk])).status_code == 404
    found = client.post(reverse("procedures:look-up"), {"ma": held.number, "tu": word}).content.decode()
    assert "Đang giải quyết" in found
    assert "Lê Thử Nộp" not in found
    missed = client.post(reverse("procedures:look-up"), {"ma": held.number, "tu": "SAI"})
    assert missed.status_code == 200
    assert "Không có hồ sơ nào khớp" in missed.content.decode()


def test_too_many_look_ups_are_told_to_wait(client, world):
    answers = [client.post(reverse("procedures:look-up"), {"ma": "A-1", "tu": str(n)}).status_code for n in range(12)]
    assert answers == [200] * 10 + [429] * 2


def test_at_the_desk_one_form_takes_in_and_an_incomplete_one_waits(signed_in, world):
    publish(world)
    clerk = signed_in("clerk")
    form = APPLIED | {"receiver": str(world.organizations["VPTU"]), "channel": "desk"}
    answer = clerk.post(reverse("procedures:desk", args=[CODE]), form)
    assert answer["Location"].endswith("/giay-tiep-nhan/")
    answer = clerk.post(reverse("procedures:desk", args=[CODE]), form | {"papers": []})
    assert answer["Location"].count("giay-tiep-nhan") == 0
    assert signed_in("stranger").get(reverse("procedures:desk", args=[CODE])).status_code == 404


def test_hostile_input_is_refused_in_words_and_nothing_is_kept(signed_in, client, world):
    publish(world)
    applicant = signed_in("stranger")
    address, form = reverse("procedures:apply", args=[CODE]), APPLIED | {"receiver": str(world.organizations["VPTU"])}
    for wrong in (
        {"receiver": str(world.organizations["MT"])}, {"receiver": "9" * 30}, {"applicant_kind": "robot"},
        {"papers": ["99"]}, {"applicant_name": "A\x00B"}, {"phone": "<script>"}, {"email": "không phải thư"},
        {"applicant_name": ""}, {"request_text": "x" * 5001},
    ):  # fmt: skip
        assert applicant.post(address, form | wrong).status_code == 422, wrong
    with acting_as(Actor.person(world.stranger)):
        assert not Case.objects.exists()
    assert client.get("/thu-tuc/xem/%00/").status_code in (400, 404)
    assert client.get("/thu-tuc/", {"q": "\x00", "page": "²", "cap": "x" * 500}).status_code == 200
    assert client.get(f"/thu-tuc/xem/{CODE}/", {"ngay": "31/02/2026"}).status_code == 200


def test_the_letter_of_apology_prints(signed_in, world, clock):
    case = at_desk(world, publish(world))
    late = moment(date(2026, 12, 3))
    clock.move_to(late)
    chief = signed_in("chief")
    assert "quá hẹn 1 ngày làm việc" in page(chief, reverse("procedures:case", args=[case.pk]))
    answer = chief.post(
        reverse("procedures:case-act", args=[case.pk, "apologise"]),
        {"new_due_on": "08/12/2026", "note": "Chờ xác nhận"},
    )
    assert answer["Location"] == reverse("procedures:apology", args=[case.pk])
    assert "08/12/2026" in page(chief, answer["Location"])


def test_lists_and_pages_ask_few_questions(signed_in, world, django_assert_max_num_queries):
    publication = publish(world)
    cases = [at_desk(world, publication, at=NOW) for _ in range(4)]
    clerk = signed_in("clerk")
    page(clerk, reverse("procedures:cases"))
    for address, most in (
        (reverse("procedures:cases"), 40),
        (reverse("procedures:case", args=[cases[0].pk]), 60),
        (reverse("procedures:index"), 36),
        (reverse("procedures:public", args=[CODE]), 42),
    ):
        with django_assert_max_num_queries(most):
            page(clerk, address)


def test_tabs_hold_what_they_say(signed_in, world):
    publication = publish(world)
    mine = apply(world, publication, who="agency_specialist")
    do(world, "agency_specialist", services.submit_case, mine)
    desk = at_desk(world, publication, applicant_name="Khách Tại Bàn")
    listed = reverse("procedures:cases")
    assert "Nguyễn Văn Nộp" in page(signed_in("agency_specialist"), listed, scope="mine")
    assert "Khách Tại Bàn" not in page(signed_in("agency_specialist"), listed, scope="all")
    assert "Khách Tại Bàn" in page(signed_in("clerk"), listed, scope="bodies")
    do(world, "clerk", services.finish_step, desk, note="")
    assert "Khách Tại Bàn" in page(signed_in("agency_clerk"), listed, scope="bodies")
    assert "Khách Tại Bàn" not in page(signed_in("stranger"), listed, scope="all")
