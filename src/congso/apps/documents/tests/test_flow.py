"""Every transition × everybody of the cast: who may, who may not, and from where."""

import pytest

from congso.apps.documents.flow import FLOW
from congso.apps.documents.models import IncomingDocument
from congso.apps.documents.tests.factories import IN_STATE, NOW
from congso.kernel.access.services import Actor, acting_as
from congso.kernel.workflow.flow import flow_of
from congso.kernel.workflow.services import NotYours, WrongState, act, possible_transitions

pytestmark = pytest.mark.django_db

CLERK, CHIEF, SECRETARY = "clerk", "chief", "secretary"
LEAD, SUPPORT, INFORMED = "head", "other_head", "agency_leader"
_LEADERS = {CHIEF, SECRETARY}
_OF_BTC = {"agency_leader", "agency_clerk"}  # a whole office receives through leaders and clerks

# transition: who of the cast may do it, when Tổng hợp leads, Chuyển đổi số supports and Ban Tổ chức is informed
WHO = {
    "register": {CLERK},
    "withdraw": {CLERK},
    "withdraw_migrated": {CLERK, CHIEF},
    "return_to_sender": {CLERK},
    "present": {CLERK, CHIEF},
    "direct": _LEADERS,
    "replace_lead": _LEADERS,
    "add_direction": _LEADERS,
    "conclude": _LEADERS,
    "open": {LEAD},
    "take_back": _LEADERS,
    "take_back_line": _LEADERS | {LEAD, SUPPORT} | _OF_BTC,
    "pass_on": {LEAD, SUPPORT} | _OF_BTC,
    "ask_return": {LEAD},
    "ask_line_return": {LEAD, SUPPORT},
    "accept_return": _LEADERS,
    "refuse_return": _LEADERS,
    "accept_line_return": _LEADERS | {LEAD, SUPPORT} | _OF_BTC,
    "refuse_line_return": _LEADERS | {LEAD, SUPPORT} | _OF_BTC,
    "report_result": {LEAD, SUPPORT},
    "complete": {LEAD, CHIEF},
    "reopen": _LEADERS,
    "link_reply": {CLERK, LEAD, SUPPORT},
    "correct": {CLERK},
    "recall": {CLERK, CHIEF},
    "take_update": {CLERK},
}


def test_the_table_names_every_transition():
    assert set(WHO) == {transition.key for transition in FLOW.transitions}
    assert flow_of("incoming_document") is FLOW


@pytest.mark.parametrize("state", IN_STATE)
def test_only_those_named_may_do_each_transition_and_only_from_its_states(world, state):
    document_id = IN_STATE[state](world).pk
    for who, person_id in world.people().items():
        with acting_as(Actor.person(person_id)) as held:
            document = IncomingDocument.objects.filter(pk=document_id).first()
            if document is None:
                continue
            offered = {transition.key for transition in possible_transitions(document, held=held, at=NOW)}
            expected = {t.key for t in FLOW.leaving(state) if who in WHO[t.key]}
            assert offered == expected, f"{who} in {state}"


@pytest.mark.parametrize("transition", FLOW.transitions, ids=lambda transition: transition.key)
def test_what_is_not_offered_is_refused(world, transition):
    state = transition.sources[0]
    document = IN_STATE[state](world)
    for who, person_id in world.people().items():
        if who in WHO[transition.key]:
            continue
        actor = Actor.person(person_id)
        with acting_as(actor), pytest.raises(NotYours), act(document, transition.key, by=actor, at=NOW, note="Lý do"):
            pytest.fail(f"{who} could {transition.key}")


@pytest.mark.parametrize("transition", FLOW.transitions, ids=lambda transition: transition.key)
def test_a_transition_from_another_state_is_refused(world, transition):
    state = next(key for key in IN_STATE if key not in transition.sources)
    document = IN_STATE[state](world)
    for who in WHO[transition.key]:
        actor = Actor.person(getattr(world, who))
        with (
            acting_as(actor),
            pytest.raises((WrongState, NotYours)),
            act(document, transition.key, by=actor, at=NOW, note="Lý do"),
        ):
            pytest.fail(f"{who} could {transition.key} from {state}")


def test_closed_states_are_marked_closed_and_others_not(world):
    with acting_as(Actor.person(world.reader)):
        pass
    for state, make in IN_STATE.items():
        document = make(world)
        assert (document.closed_at is not None) == FLOW.state(state).is_closed, state
