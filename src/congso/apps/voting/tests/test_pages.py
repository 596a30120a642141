"""The screens, as the people of a ballot use them."""

import pytest

from congso.apps.voting.models import Answer, Ballot, VotingRule
from congso.apps.voting.services import Listed, NewBallot, create_ballot, set_voters
from congso.apps.voting.tests.factories import VOTERS, as_one, closed, counted, do, opened, person, prepare, see, vote

pytestmark = pytest.mark.django_db


def test_a_clerk_prepares_opens_and_closes(world, clock, signed_in):
    client = signed_in("clerk")
    for address in ("/bieu-quyet/?scope=all", "/bieu-quyet/moi/", "/bieu-quyet/quy-tac/", "/bieu-quyet/quy-tac/moi/"):
        assert client.get(address).status_code == 200, address
    made = prepare(world)
    base = f"/bieu-quyet/{made.pk}/"
    for page in ("", "sua/", "nguoi-bieu-quyet/", "ban-kiem-phieu/", "open/"):
        assert client.get(base + page).status_code == 200, page
    assert client.post(f"{base}open/").status_code == 302
    assert client.get(f"{base}co-mat/").status_code == 200
    assert see(world, "clerk", made).state == "open"
    assert client.get(base).status_code == 200


def test_a_new_ballot_by_the_form_and_its_mistakes(world, clock, signed_in):
    client = signed_in("clerk")
    with as_one(world, "clerk"):
        rule = prepare(world).voting_rule_id
        body = world.organizations["TU"]
    form = {
        "title": "Cho ý kiến dự thảo", "body": body, "subject": "question", "way": "circulation", "method": "hands",
        "voting_rule": rule, "seats": 0, "question": "x",
    }  # fmt: skip
    refused = client.post("/bieu-quyet/moi/", form)
    assert refused.status_code == 422
    assert "có ghi tên" in refused.content.decode()
    assert client.post("/bieu-quyet/moi/", form | {"method": "named"}).status_code == 302
    with as_one(world, "clerk"):
        assert Ballot.objects.filter(title="Cho ý kiến dự thảo").count() == 1


def test_a_voter_chooses_looks_again_and_gets_a_receipt(world, clock, signed_in):
    made = opened(world)
    client, address = signed_in("secretary"), f"/bieu-quyet/{made.pk}/phieu/"
    assert client.get(f"/bieu-quyet/{made.pk}/").status_code == 200
    assert client.get(address).status_code == 200
    assert client.post(address, {}).status_code == 422
    assert client.post(address, {"choice": "other"}).status_code == 422
    assert "Xem lại trước khi gửi" in client.post(address, {"choice": "yes"}).content.decode()
    with as_one(world, "secretary"):
        assert not Answer.objects.exists()
    for _press in range(2):
        assert client.post(address, {"choice": "yes", "confirm": "1"}).status_code == 302
    assert "Đã ghi phiếu của bạn" in client.get(address).content.decode()
    assert client.post(address, {"choice": "no", "confirm": "1"}).status_code == 422
    with as_one(world, "secretary"):
        assert Answer.objects.get().choice == "yes"
    assert signed_in("stranger").get(address).status_code == 404
    assert signed_in("clerk").get(address).status_code == 404


def test_the_result_says_why_and_gives_its_paper(world, clock, signed_in):
    made = counted(world)
    client = signed_in("secretary")
    page = client.get(f"/bieu-quyet/{made.pk}/").content.decode()
    assert "Được thông qua" in page
    assert "Điều lệ Đảng, Điều 9" in page
    assert "không trả lời" in page
    paper = client.get(f"/bieu-quyet/{made.pk}/bien-ban/")
    assert paper.getvalue()[:2] == b"PK"


def test_the_moving_part_counts_for_everybody_and_ends_in_the_result(
    world, clock, signed_in, django_assert_max_num_queries
):
    made = opened(world)
    vote(world, made, "secretary")
    vote(world, made, "head", "no")
    address = f"/bieu-quyet/{made.pk}/dien-bien/"
    page = signed_in("head").get(f"/bieu-quyet/{made.pk}/phieu/").content.decode()
    assert f'data-live-record="{made.pk}"' in page
    for who in ("head", "other_head", "clerk"):  # the same figure for who answered, who did not, who organizes
        client = signed_in(who)
        with django_assert_max_num_queries(12):
            assert "Đã trả lời <strong>2</strong> / 5" in client.get(address).content.decode(), who
    assert signed_in("clerk").post(f"/bieu-quyet/{made.pk}/close/").status_code == 302
    told = signed_in("head").get(address).content.decode()
    assert "Không được thông qua" in told
    assert "<strong>1</strong>" in told


def test_counters_enter_figures_each_alone(world, clock, signed_in):
    made = closed(world)
    address = f"/bieu-quyet/{made.pk}/dem/"
    for who, yes in (("specialist", "3"), ("agency_specialist", "3")):
        client = signed_in(who)
        assert client.get(address).status_code == 200
        assert client.post(address, {"yes": "ba", "no": "2", "other": "0"}).status_code == 422
        assert client.post(address, {"yes": yes, "no": "2", "other": "0"}).status_code == 302
    assert signed_in("clerk").get(address).status_code == 404
    assert signed_in("clerk").post(f"/bieu-quyet/{made.pk}/finish/").status_code == 302
    assert see(world, "secretary", made).result["outcome"]["is_carried"] is True


def test_rules_are_read_copied_and_the_shipped_ones_stay(world, clock, signed_in):
    client = signed_in("clerk")
    assert client.get("/bieu-quyet/quy-tac/phieu-tin-nhiem/").status_code == 200
    assert client.post("/bieu-quyet/quy-tac/phieu-tin-nhiem/").status_code == 404
    assert client.get("/bieu-quyet/quy-tac/moi/?from=bau-cap-uy").status_code == 200
    form = {
        "code": "rieng", "body": world.organizations["TU"], "title": "Riêng", "basis": "QC 01", "trust": "V",
        "kind": "question", "marks": "strike", "rounds_most": 0,
    }  # fmt: skip
    assert client.post("/bieu-quyet/quy-tac/moi/", form).status_code == 302
    page = client.get("/bieu-quyet/quy-tac/rieng/")
    assert "Còn thiếu" in page.content.decode()
    assert signed_in("stranger").post("/bieu-quyet/quy-tac/rieng/dung/").status_code == 404
    assert client.post("/bieu-quyet/quy-tac/rieng/dung/").status_code == 302


@pytest.mark.parametrize(("item", "words"), [(None, "dự thay"), (7, "dự họp")])
def test_who_keeps_a_meetings_minutes_is_not_called_a_stand_in(world, clock, signed_in, item, words):
    with as_one(world, "clerk"):
        rule, body = VotingRule.objects.get(code="nghi-quyet-cap-uy"), world.organization("TU")
        listed = [Listed(person(world, who), is_voting=who != "chief") for who in (*VOTERS, "chief")]
    new = NewBallot("Thông qua quy chế", subject="question", method="named", way="room", voting_rule=rule)
    made = do(world, "clerk", create_ballot, new, body=body, agenda_item_id=item)
    do(world, "clerk", set_voters, made, listed)
    page = signed_in("clerk").get(f"/bieu-quyet/{made.pk}/").content.decode()
    assert f"{words}, không biểu quyết" in page
    assert page.count("không biểu quyết</span>") == 1
