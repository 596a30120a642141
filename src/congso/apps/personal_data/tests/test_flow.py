"""Both flows against tables of expectations: every act, by everybody, in every state."""

from datetime import timedelta

import pytest
from django.core.exceptions import ObjectDoesNotExist
from django.utils import timezone

from congso.apps.personal_data.flow.breaches import BREACHES
from congso.apps.personal_data.flow.requests import REQUESTS
from congso.apps.personal_data.models import BreachReport
from congso.apps.personal_data.services import breaches, requests
from congso.apps.personal_data.tests.factories import ask, do, found, open_breach
from congso.kernel.access.services import Actor, acting_as, current_principals
from congso.kernel.directory.models import Assignment
from congso.kernel.workflow.services import NotYours, Refused, check, possible_transitions

pytestmark = pytest.mark.django_db
Phase = BreachReport.Phase

PROTECTOR, HEAD, READER = "other_head", "chief", "reader"
EXPECTED_BREACH = {
    "open": (
        {"amend", "tell_people", "report_initial"},
        {"amend", "tell_people", "report_initial", "judge_not_reportable"},
    ),
    "reported": ({"amend", "tell_people", "report_additional", "report_final"},) * 2,
    "concluded": (set(), {"reopen"}),
    "not_reportable": (set(), {"take_up_again"}),
}
# state: the protector and the head, the subject, who keeps the directory (None: does not see it)
EXPECTED_REQUEST = {
    "received": ({"acknowledge", "refuse"}, {"withdraw"}, None),
    "in_progress": ({"fulfil", "extend", "refuse"}, {"withdraw"}, None),
    "correcting": ({"extend", "refuse"}, set(), {"correct"}),
    "fulfilled": (set(), set(), None),
    "refused": (set(), set(), None),
    "withdrawn": (set(), set(), None),
}


def breach_in(world, state):
    breach = open_breach(world, who="specialist")
    if state in ("reported", "concluded"):
        do(world, PROTECTOR, breaches.report_breach, breach, Phase.INITIAL, addressee="A05")
    if state == "concluded":
        do(world, PROTECTOR, breaches.report_breach, breach, Phase.FINAL, addressee="A05")
    if state == "not_reportable":
        do(world, HEAD, breaches.judge_not_reportable, breach, note="Tệp đã mã hóa")
    return breach


def request_in(world, state):
    request = ask(world, kind="correct", email="dung@vi-du.vn") if state == "correcting" else ask(world)
    if state in ("in_progress", "correcting", "fulfilled"):
        do(world, PROTECTOR, requests.acknowledge_request, request, needs_third_party=False)
    if state == "correcting":
        do(world, PROTECTOR, requests.accept_correction, request)
    if state == "fulfilled":
        do(world, HEAD, requests.fulfil_request, request, answer="Đã xóa")
    if state == "refused":
        do(world, PROTECTOR, requests.refuse_request, request, ground="archives", reason="Phải lưu")
    if state == "withdrawn":
        do(world, "specialist", requests.withdraw_request, request)
    return request


def acts_of(world, who, record):
    try:
        one = found(world, record, who)
    except ObjectDoesNotExist:
        return None
    with acting_as(Actor.person(getattr(world, who))):
        return {transition.key for transition in possible_transitions(one, held=current_principals())}


@pytest.mark.parametrize("state", EXPECTED_BREACH)
def test_each_state_of_a_breach_gives_each_person_exactly_her_acts(protected, state):
    breach = breach_in(protected, state)
    expected = {PROTECTOR: EXPECTED_BREACH[state][0], HEAD: EXPECTED_BREACH[state][1], READER: set()}
    assert found(protected, breach).state == state
    for who in protected.people():
        assert acts_of(protected, who, breach) == expected.get(who), f"{who} in {state}"


@pytest.mark.parametrize("state", EXPECTED_REQUEST)
def test_each_state_of_a_request_gives_each_person_exactly_her_acts(protected, state):
    request = request_in(protected, state)
    answers, subject, keeper = EXPECTED_REQUEST[state]
    expected = {PROTECTOR: answers, HEAD: answers, "specialist": subject, READER: set()}
    expected |= dict.fromkeys(("administrator", "second_administrator"), keeper)
    assert found(protected, request).state == state
    for who in protected.people():
        assert acts_of(protected, who, request) == expected.get(who), f"{who} in {state}"


@pytest.mark.parametrize("flow", [BREACHES, REQUESTS], ids=["breaches", "requests"])
def test_every_transition_is_refused_to_everybody_else_by_the_service_too(protected, flow):
    """What the table does not give is refused by `act`, whoever sees the record."""
    record = breach_in(protected, "open") if flow is BREACHES else request_in(protected, "in_progress")
    for who in (PROTECTOR, HEAD, READER, "specialist"):
        if (mine := acts_of(protected, who, record)) is None:
            continue
        one = found(protected, record, who)
        with acting_as(Actor.person(getattr(protected, who))):
            for transition in flow.leaving(one.state):
                if transition.key not in mine and not any(not g.holds(one, one.created_at) for g in transition.guards):
                    with pytest.raises(NotYours):
                        check(one, transition, at=one.created_at, note="lý do")


def test_every_state_is_reached_and_the_tables_name_every_act():
    for flow in (BREACHES, REQUESTS):
        assert {state.key for state in flow.states} == {one.target for one in flow.transitions if one.target} | {
            flow.initial
        }
    assert {act for sides in EXPECTED_BREACH.values() for side in sides for act in side} == {
        one.key for one in BREACHES.transitions
    }
    named = {act for sides in EXPECTED_REQUEST.values() for side in sides for act in side or ()}
    assert named == {one.key for one in REQUESTS.transitions} - {"accept_correction"}


def test_a_directory_correction_is_accepted_then_made_by_who_keeps_the_directory(protected):
    request = ask(protected, kind="correct", email="dung@vi-du.vn", full_name="Vũ Thí Dụ Mới")
    do(protected, PROTECTOR, requests.acknowledge_request, request, needs_third_party=False)
    with pytest.raises(Refused):
        do(protected, PROTECTOR, requests.fulfil_request, request, answer="Đã sửa")
    do(protected, PROTECTOR, requests.accept_correction, request)
    do(protected, "administrator", requests.carry_out_correction, request)
    done = found(protected, request, "specialist")
    assert done.state == "fulfilled"
    assert (done.subject.full_name, done.subject.email) == ("Vũ Thí Dụ Mới", "dung@vi-du.vn")
    assert done.subject.name_folded == "vu thi du moi"


def test_a_correction_nobody_could_store_is_refused_and_nothing_is_half_done(protected):
    request = ask(protected, kind="correct", email="khong-phai-thu")
    do(protected, PROTECTOR, requests.acknowledge_request, request, needs_third_party=False)
    do(protected, PROTECTOR, requests.accept_correction, request)
    with pytest.raises(Refused):
        do(protected, "administrator", requests.carry_out_correction, request)
    assert found(protected, request).state == "correcting"


def test_without_a_protector_the_highest_leaders_answer(world):
    request = ask(world)
    assert found(world, request, "secretary").owner.code == "T.TU"
    assert "acknowledge" in acts_of(world, "secretary", request)


def test_limits_follow_the_law_and_one_extension_moves_them(protected, clock):
    request = ask(protected, kind="withdraw")  # Monday 23/11/2026; the 24th is a day off
    assert request.due_on.isoformat() == "2026-11-26"
    assert request.answer_due_on.isoformat() == "2026-12-08"
    do(protected, PROTECTOR, requests.acknowledge_request, request, needs_third_party=True)
    told = found(protected, request)
    assert told.due_on.isoformat() == told.answer_due_on.isoformat() == "2026-12-14"
    do(protected, PROTECTOR, requests.extend_request, request, note="Nhiều nơi lưu")
    assert found(protected, request).due_on.isoformat() == "2026-12-29"
    with pytest.raises(Refused):
        do(protected, PROTECTOR, requests.extend_request, request, note="Lần nữa")


def test_who_leaves_her_post_still_sees_her_own_request(protected, clock):
    request = ask(protected)
    with acting_as(Actor.person(protected.administrator)):
        Assignment.objects.filter(person=protected.specialist).update(valid_to=timezone.localdate())
    clock.shift(timedelta(days=1))
    assert acts_of(protected, "specialist", request) == {"withdraw"}
