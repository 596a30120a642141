"""Votes by software: opened, voted in one's own name, closed, with why; and nothing of who voted how in secret."""

import json

import pytest

from congso.apps.voting.models import Answer
from congso.apps.voting.tests.factories import LATER, VOTERS, as_one, opened, prepare
from congso.apps.voting.tests.secret_world import allow, collecting, opened_box, put, slip_of

pytestmark = pytest.mark.django_db
VOTING = "/api/v1/voting/"


def post(client, address: str, **facts):
    return client.post(address, json.dumps(facts), content_type="application/json")


def test_a_paper_is_opened_answered_and_closed_with_why(world, clock, signed_in):
    made = prepare(world, way="circulation", closes_at=LATER)
    clerk, own = signed_in("clerk"), f"{VOTING}{made.pk}"
    draft = clerk.get(own).json()
    assert (draft["state"], draft["roll"], draft["result"]) == ("draft", None, None)
    assert draft["rule"]["enough"] == "quá 1/2 tổng số thành viên đương nhiệm"
    assert post(clerk, f"{own}/open", note="Theo ý kiến Thường trực").json()["roll"]["members"] == 5
    voter = signed_in("secretary")
    (row,) = voter.get(VOTING, {"scope": "mine"}).json()["items"]
    assert (row["id"], row["way"], row["owner"]["code"]) == (made.pk, "circulation", "T.TU")
    answered = post(voter, f"{own}/vote", choice="other", words="Cần thêm kinh phí").json()
    assert (answered["mine"]["words"], answered["may_vote"]) == ("Cần thêm kinh phí", False)
    assert (answered["standing"]["answered"], answered["standing"]["expected"]) == (1, 5)
    assert voter.get(VOTING, {"scope": "mine"}).json()["count"] == 0
    for who in VOTERS[1:4]:
        assert post(signed_in(who), f"{own}/vote", choice="yes").status_code == 200
    # Another voter sees how far it is and, before the end, nobody's answer but her own.
    other = signed_in(VOTERS[4]).get(own).json()
    assert (other["standing"]["answered"], other["answers"], other["mine"], other["may_vote"]) == (4, [], None, True)
    told = post(clerk, f"{own}/close").json()
    assert (told["state"], told["verdict"], told["result"]["yes"]) == ("counted", "Được thông qua", 3)
    assert "quá 1/2" in " ".join(one["text"] for one in told["result"]["reasons"])
    assert [one["choice"] for one in told["answers"]].count("yes") == 3


def test_sent_twice_it_is_one_vote_and_another_opinion_is_refused(world, clock, signed_in):
    made = opened(world)
    own, voter = f"{VOTING}{made.pk}", signed_in("head")
    first, again = (post(voter, f"{own}/vote", choice="yes").json() for _press in range(2))
    assert first["mine"] == again["mine"]
    assert post(voter, f"{own}/vote", choice="no").status_code == 422
    with as_one(world, "head"):
        assert Answer.objects.count() == 1


@pytest.mark.parametrize(
    "asked",
    [
        (None, "vote", {"choice": "yes"}, 401),
        ("stranger", "vote", {"choice": "yes"}, 404),
        ("clerk", "vote", {"choice": "yes"}, 403),
        ("head", "vote", {}, 422),
        ("head", "vote", {"choice": "maybe"}, 422),
        ("head", "vote", {"choice": "other"}, 422),
        ("head", "vote", {"choice": "other", "words": "x\x00"}, 422),
        ("head", "vote", {"picks": [2**70]}, 422),
        ("head", "close", {}, 403),
        ("specialist", "open", {}, 403),
        ("clerk", "open", {}, 409),
    ],
)
def test_what_may_not_be_done_is_refused_and_leaves_no_vote(world, clock, signed_in, client, asked):
    who, act, facts, status = asked
    made = opened(world)
    answer = post(signed_in(who) if who else client, f"{VOTING}{made.pk}/{act}", **facts)
    assert answer.status_code == status, answer.content.decode()
    with as_one(world, "clerk"):
        assert not Answer.objects.exists()


def test_numbers_beyond_the_database_are_a_wrong_question(world, clock, signed_in):
    client = signed_in("clerk")
    for narrowed in ({"limit": 10**24}, {"offset": 10**24}, {"office": 2**63}, {"method": "guess"}, {"scope": "x"}):
        assert client.get(VOTING, narrowed).status_code == 422, narrowed
    for pk in (-1, 0, 10**24):
        assert client.get(f"{VOTING}{pk}").status_code == 404, pk


def test_a_ballot_that_may_not_be_opened_says_every_reason(world, clock, signed_in):
    made = prepare(world, rule="phieu-tin-nhiem", method="paper")
    refused = post(signed_in("clerk"), f"{VOTING}{made.pk}/open")
    assert (refused.status_code, refused.json()["code"]) == (422, "refused")
    assert "chưa xác định" in refused.json()["message"]


def test_a_secret_ballot_gives_figures_and_no_tie(world, clock, signed_in):
    """Neither the box's address, nor who took a paper, nor an order; and no act takes a vote in it."""
    allow(world)
    held = collecting(world, takers=VOTERS[:3])
    put(held, slip_of(held, "secretary", "yes"))
    own = f"{VOTING}{held.ballot.pk}"
    for who in ("clerk", "secretary", "head", "specialist"):
        told = signed_in(who).get(own).json()
        assert (told["standing"]["taken"], told["standing"]["in_box"], told["answers"]) == (3, 1, []), who
        assert told["mine"] is None
        text = json.dumps(told)
        assert str(held.address) not in text
        assert held.address.hex not in text
    assert post(signed_in("secretary"), f"{own}/vote", choice="yes").status_code == 422
    counted = signed_in("clerk").get(f"{VOTING}{opened_box(world).ballot.pk}").json()
    assert (counted["result"]["yes"], counted["answers"], counted["mine"]) == (3, [], None)
