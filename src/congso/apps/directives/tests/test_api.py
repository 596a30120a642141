"""The same acts for machines: what they answer, and how refusals look."""

import json

import pytest

from congso.apps.directives.services import ask_confirmation
from congso.apps.directives.tests.factories import do, make_task

pytestmark = pytest.mark.django_db
TASKS = "/api/v1/directives/tasks"


def post(client, address: str, **facts):
    return client.post(address, json.dumps(facts), content_type="application/json")


def test_without_sign_in_there_is_no_answer(client):
    assert client.get(TASKS).status_code == 401


def test_a_chief_assigns_and_the_lead_accepts_reports_and_asks(signed_in, clock):
    chief, lead = signed_in("chief"), signed_in("agency_leader")
    made = post(
        chief,
        TASKS,
        owner="T.VPTU",
        lead="T.BTC",
        supporting=["T.MT"],
        content="Chuẩn bị báo cáo",
        source_symbol="16-KH/TU",
        clause="II.5",
        due_on="2026-12-11",
    )
    assert made.status_code == 201
    assert made.json()["acts"] == ["change_lead", "amend", "pause", "cancel"]
    own = f"{TASKS}/{made.json()['id']}"
    assert post(lead, f"{own}/accept").json()["state"] == "in_progress"
    reported = post(lead, f"{own}/reports", text="Được nửa", percent=50, figures=[{"name": "Hồ sơ", "value": "12.5"}])
    assert reported.json()["progress"] == 50
    asked = post(lead, f"{own}/extension", new_due_on="2026-12-25", reason="Chờ số liệu")
    assert asked.status_code == 200
    assert post(chief, f"{own}/extension/decision", is_granted=True).json()["due_on"] == "2026-12-25"
    assert post(lead, f"{own}/reports", text="Xong", percent=100).json()["state"] == "awaiting_confirmation"
    assert post(chief, f"{own}/confirm").json()["state"] == "completed"
    assert post(chief, f"{own}/reopen", note="Thiếu").json()["state"] == "in_progress"


def test_lists_hold_what_one_may_see(signed_in, world):
    task = make_task(world)
    assert [one["id"] for one in signed_in("agency_specialist").get(TASKS).json()["items"]] == [task.pk]
    assert signed_in("stranger").get(TASKS).json() == {"items": [], "count": 0}
    mine = signed_in("agency_leader").get(TASKS, {"scope": "mine", "state": "assigned"}).json()
    assert mine["count"] == 1


@pytest.mark.parametrize(
    ("who", "act", "facts", "answered"),
    [
        ("stranger", "accept", {}, (404, "not_found")),
        ("agency_specialist", "accept", {}, (403, "not_yours")),
        ("chief", "confirm", {}, (409, "wrong_state")),
        ("agency_leader", "return", {}, (422, "reason_missing")),
        ("agency_leader", "extension", {"new_due_on": "2026-01-01", "reason": "x"}, (422, "refused")),
        ("agency_leader", "reports", {"text": "", "percent": 10}, (422, "refused")),
    ],
)
@pytest.mark.usefixtures("clock")
def test_a_refusal_says_why_and_changes_nothing(signed_in, world, who, act, facts, answered):  # noqa: PLR0917 - a table
    task = make_task(world)
    answer = post(signed_in(who), f"{TASKS}/{task.pk}/{act}", **facts)
    assert (answer.status_code, answer.json()["code"]) == answered
    assert signed_in("chief").get(f"{TASKS}/{task.pk}").json()["state"] == "assigned"


def test_a_task_not_in_order_is_refused(signed_in):
    answer = post(signed_in("chief"), TASKS, owner="T.VPTU", lead="T.BTC", content=" ", source_symbol="1-KH")
    assert (answer.status_code, answer.json()["message"]) == (422, "Hãy ghi nội dung nhiệm vụ.")
    assert post(signed_in("chief"), TASKS, owner="T.VPTU", lead="T.NONE", content="x").status_code == 404


def test_rejecting_needs_the_reason(signed_in, world):
    task = make_task(world)
    do(world, "agency_leader", ask_confirmation, task)
    assert post(signed_in("tracker"), f"{TASKS}/{task.pk}/reject").status_code == 422
    assert post(signed_in("tracker"), f"{TASKS}/{task.pk}/reject", note="Thiếu").json()["state"] == "in_progress"
