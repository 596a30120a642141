"""The flow of cases against a table of expectations: every act, by everybody, in every state."""

import pytest

from congso.apps.procedures import services
from congso.apps.procedures.flow import CASE_FLOW, NOT_ONES_OWN, PROCEDURE_FLOW
from congso.apps.procedures.models import Case, Procedure
from congso.apps.procedures.queries import case_of, procedure_of
from congso.apps.procedures.tests.factories import NOW, apply, do, draft, publish, with_result
from congso.kernel.access.services import Actor, acting_as, current_principals
from congso.kernel.workflow.services import NotYours, Refused, possible_transitions

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]

# state: what the applicant (another body's), the clerk, the chief (leader of the office and chief) and the agency's
# people may do; the case lies at its first step, which is the office's
WORK = {"finish_step", "ask_additions", "withdraw"}
EXPECTED = {
    "draft": {"stranger": {"edit", "submit", "drop"}},
    "dropped": {"stranger": set()},
    "submitted": {
        "stranger": {"withdraw"},
        "clerk": {"receive", "ask_papers", "withdraw"},
        "chief": {"receive", "ask_papers", "withdraw", "refuse"},
    },
    "incomplete": {"stranger": {"edit", "submit", "withdraw"}, "clerk": {"withdraw"}, "chief": {"withdraw"}},
    "in_progress": {
        "stranger": {"withdraw"},
        "clerk": WORK,
        "chief": WORK | {"assign", "pause", "refuse"},
    },
    "awaiting_additions": {
        "stranger": {"say_added", "withdraw"},
        "clerk": {"take_additions", "withdraw"},
        "chief": {"take_additions", "withdraw"},
    },
    "paused": {"stranger": {"withdraw"}, "clerk": {"withdraw"}, "chief": {"resume", "withdraw"}},
    "awaiting_signature": {
        "stranger": {"withdraw"},
        "clerk": {"withdraw"},
        "chief": {"approve_result", "reject_result", "refuse", "withdraw"},
        "agency_leader": set(),
        "agency_clerk": set(),
    },
    "result_ready": {
        "stranger": set(), "clerk": {"return_result"}, "chief": {"return_result"}, "agency_leader": set(),
        "agency_clerk": set(),
    },
    "returned": {
        "stranger": set(), "clerk": set(), "chief": {"reopen"}, "agency_leader": set(), "agency_clerk": set(),
    },
    "refused": {"stranger": set(), "clerk": set(), "chief": {"reopen"}},
    "withdrawn": {"stranger": set(), "clerk": set(), "chief": {"reopen"}},
}  # fmt: skip
SEES_ALL = {"reader"}


def in_state(world, state: str) -> Case:
    """A case of somebody of the Front with the office, brought into the state by acts."""
    case = apply(world, publish(world))
    if state == "dropped":
        do(world, "stranger", services.drop_draft, case)
    if state in ("draft", "dropped"):
        return case
    do(world, "stranger", services.submit_case, case)
    if state == "incomplete":
        do(world, "clerk", services.ask_for_papers, case, note="Thiếu chữ ký trên đơn")
    if state not in ("submitted", "incomplete"):
        do(world, "clerk", services.receive_case, case)
        taken_on(world, case, state)
    return case


def taken_on(world, case: Case, state: str) -> None:
    """From the first step into the state."""
    match state:
        case "awaiting_additions":
            do(world, "clerk", services.ask_for_additions, case, note="Bổ sung giấy giới thiệu")
        case "paused":
            do(world, "chief", services.pause_case, case, note="Chờ hướng dẫn")
        case "refused":
            do(world, "chief", services.refuse_case, case, note="Không thuộc thẩm quyền")
        case "withdrawn":
            do(world, "stranger", services.withdraw_case, case, note="Không cần nữa")
        case "awaiting_signature" | "result_ready" | "returned":
            do(world, "clerk", services.finish_step, case, note="")
            do(world, "agency_leader", services.finish_step, case, note="")
            with_result(case, world)
            do(world, "clerk", services.ask_signature, case, answer="Đồng ý cấp bản sao")
    if state in ("result_ready", "returned"):
        do(world, "chief", services.approve_result, case, note="")
    if state == "returned":
        do(world, "clerk", services.return_result, case, to="", on=NOW.date())


@pytest.mark.parametrize("state", [state.key for state in CASE_FLOW.states])
def test_each_state_gives_each_person_exactly_her_acts(world, state):
    found = in_state(world, state)
    assert found.state == state
    shown = {}
    for who, person in world.people().items():
        with acting_as(Actor.person(person)):
            case = Case.objects.filter(pk=found.pk).first()
            if case is None:
                continue
            shown[who] = {one.key for one in possible_transitions(case_of(case.pk), held=current_principals(), at=NOW)}
    reader = shown.pop("reader", set())
    assert reader == set()
    assert shown == EXPECTED[state]


def test_nobody_decides_on_her_own_application(world):
    case = apply(world, publish(world), who="clerk")
    do(world, "clerk", services.submit_case, case)
    with pytest.raises(NotYours, match="chính mình nộp"):
        do(world, "clerk", services.receive_case, case)
    do(world, "chief", services.receive_case, case)
    with pytest.raises(NotYours):
        do(world, "clerk", services.finish_step, case, note="")
    acts = {one.key for one in CASE_FLOW.transitions}
    assert acts - NOT_ONES_OWN == {"edit", "submit", "withdraw", "drop", "say_added"}


EDITIONS = {
    "draft": {"clerk": {"edit", "submit", "drop"}, "chief": {"edit", "submit", "drop"}},
    "pending": {"clerk": {"drop"}, "chief": {"approve", "reject", "drop"}},
    "approved": {"clerk": {"decide"}, "chief": {"decide", "reject"}},
    "published": {"clerk": {"replace"}, "chief": {"replace", "end"}},
}


@pytest.mark.parametrize("state", EDITIONS)
def test_editions_are_approved_by_leaders_alone(world, state):
    one = publish(world).procedure if state == "published" else draft(world)
    if state in ("pending", "approved"):
        do(world, "clerk", services.step_on, one, key="submit")
    if state == "approved":
        do(world, "chief", services.step_on, one, key="approve")
    for who in ("clerk", "chief", "stranger", "agency_leader"):
        with acting_as(Actor.person(getattr(world, who))):
            if not Procedure.objects.filter(pk=one.pk).exists():
                assert who not in EDITIONS[state]
                continue
            acts = {one.key for one in possible_transitions(procedure_of(one.pk), held=current_principals(), at=NOW)}
            assert acts == EDITIONS[state][who], who


def test_what_has_no_decision_is_not_published(world):
    one = draft(world)
    do(world, "clerk", services.step_on, one, key="submit")
    do(world, "chief", services.step_on, one, key="approve")
    with pytest.raises(Refused, match="nội bộ"):
        do(world, "clerk", services.publish_procedure, one)
    assert {state.key for state in PROCEDURE_FLOW.states} == {
        "draft", "pending", "approved", "published", "replaced", "ended", "dropped",
    }  # fmt: skip
