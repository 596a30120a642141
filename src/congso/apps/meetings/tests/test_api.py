"""Meetings over REST: what the screens show and do, with the same refusals."""

import json

import pytest

from congso.apps.meetings import services
from congso.apps.meetings.models import Opinion, Presence
from congso.apps.meetings.tests.factories import as_one, closed, convened, do, item, part, running

pytestmark = pytest.mark.django_db
ROOT = "/api/v1/meetings"
MOST_QUERIES = 45


@pytest.fixture(autouse=True)
def _stopped(clock):
    """The office is at Monday 23 November 2026, 8:00."""


def post(client, path: str, facts: dict):
    return client.post(f"{ROOT}{path}", json.dumps(facts), content_type="application/json")


def test_a_meeting_is_listed_opened_and_answered(world, signed_in, django_assert_max_num_queries):
    made = convened(world, items=5)
    head, stranger = signed_in("head"), signed_in("stranger")
    assert [one["id"] for one in head.get(f"{ROOT}/?mine=true&state=convened").json()["items"]] == [made.pk]
    assert stranger.get(f"{ROOT}/").json()["items"] == []
    assert stranger.get(f"{ROOT}/{made.pk}").status_code == 404
    with django_assert_max_num_queries(MOST_QUERIES):
        told = head.get(f"{ROOT}/{made.pk}").json()
    assert (told["title"], told["chair"].partition(",")[0]) == ("Hội nghị Ban Thường vụ tháng 11", "Lê Mẫu Bí Thư")
    (paper,) = told["agenda"][0]["papers"]
    assert head.get(paper["versions"][0]["url"]).status_code == 200
    assert post(head, f"/{made.pk}/reply", {"answer": "absent"}).status_code == 422
    assert post(head, f"/{made.pk}/reply", {"answer": "x"}).status_code == 422
    answered = post(head, f"/{made.pk}/reply", {"answer": "absent", "reason": "Đi công tác"}).json()
    assert {line["label"].partition(",")[0]: line["answer"] for line in answered["attendance"]}[
        "Phạm Mẫu Trưởng"
    ] == "absent"
    assert post(signed_in("clerk"), f"/{made.pk}/reply", {"answer": "attend"}).json()["code"] == "not_yours"


def test_a_guest_reads_her_item_alone_until_it_is_withdrawn(world, signed_in):
    made = convened(world)
    first, second, guest = item(world, made), item(world, made, 2), signed_in("stranger")
    told = guest.get(f"{ROOT}/items/{first.pk}").json()
    assert (told["title"], told["papers"][0]["versions"][0]["number"]) == ("Đề án số 1", 1)
    assert guest.get(f"{ROOT}/items/{second.pk}").status_code == 404
    do(world, "clerk", services.withdraw_item, first)
    assert guest.get(f"{ROOT}/items/{first.pk}").json()["papers"][0]["versions"][0]["file"] is None


def test_the_secretary_notes_who_came_and_nobody_else_does(world, signed_in):
    made = convened(world)
    facts = {"participant": part(world, made, "head").pk, "kind": "came"}
    assert post(signed_in("head"), f"/{made.pk}/presence", facts).json()["code"] == "not_yours"
    told = post(signed_in("tracker"), f"/{made.pk}/presence", facts).json()
    assert [line["is_present"] for line in told["attendance"]].count(True) == 1
    assert post(signed_in("tracker"), f"/{made.pk}/presence", facts | {"kind": "void"}).status_code == 422
    other = closed(world)
    wrong = facts | {"participant": part(world, other, "head").pk}
    assert post(signed_in("tracker"), f"/{made.pk}/presence", wrong).status_code == 422
    with as_one(world, "clerk"):
        assert Presence.objects.filter(participant__meeting=made.pk).count() == 1


def test_opinions_are_said_and_changed_by_who_wrote_them(world, signed_in):
    made = running(world)
    first, head, clerk = item(world, made), signed_in("agency_leader"), signed_in("clerk")
    said = post(head, f"/{made.pk}/opinions", {"item": first.pk, "text": "Đồng ý"})
    assert (said.status_code, said.json()["speaker"].partition(",")[0]) == (201, "Bùi Giả Định")
    spoken = {"item": first.pk, "text": "Cần làm rõ", "speaker": part(world, made, "secretary").pk}
    assert post(head, f"/{made.pk}/opinions", spoken).json()["code"] == "not_yours"
    assert post(clerk, f"/{made.pk}/opinions", spoken).status_code == 201
    changed = {"text": "Đồng ý, bổ sung"}
    assert post(clerk, f"/{made.pk}/opinions/{said.json()['id']}", changed).json()["code"] == "not_yours"
    assert post(head, f"/{made.pk}/opinions/{said.json()['id']}", changed).json()["text"] == "Đồng ý, bổ sung"
    assert len(head.get(f"{ROOT}/{made.pk}/opinions").json()) == 2
    assert signed_in("stranger").get(f"{ROOT}/{made.pk}/opinions").status_code == 404
    with as_one(world, "clerk"):
        assert Opinion.objects.count() == 2
