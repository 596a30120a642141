"""Every transition × everybody of the cast: who may, who may not, and from where."""

import pytest

from congso.apps.outgoing.flow import FLOW
from congso.apps.outgoing.models import OutgoingDocument
from congso.apps.outgoing.tests.factories import IN_STATE, NOW
from congso.kernel.access.services import Actor, acting_as
from congso.kernel.workflow.flow import flow_of
from congso.kernel.workflow.services import NotYours, WrongState, act, possible_transitions

pytestmark = pytest.mark.django_db

DRAFTER, HEAD, CHIEF, SECRETARY, CLERK = "specialist", "head", "chief", "secretary", "clerk"
ASKED = {"other_head", "agency_leader"}

# transition: who of the cast may do it, when Tổng hợp's specialist drafts for the committee
WHO = {
    "edit": {DRAFTER},
    "add_version": {DRAFTER},
    "correct_form": {CHIEF},
    "ask_opinions": {DRAFTER},
    "give_opinion": ASKED,
    "close_opinions": {DRAFTER},
    "decide_points": {DRAFTER},
    "submit": {DRAFTER},
    "approve_unit": {HEAD},
    "return_unit": {HEAD},
    "verify": {CHIEF},
    "return_form": {CHIEF},
    "approve": {SECRETARY},
    "return_leader": {SECRETARY},
    "sign_part": set(),  # of a paper with several signers: test_signers.py
    "send_outside": set(),  # of a paper an agency outside signs too: test_outside.py
    "take_outside_part": set(),
    "take_outside": set(),
    "sign": {SECRETARY},
    "return_signer": {SECRETARY},
    "change_signer": {CHIEF, SECRETARY},
    "take_back": {DRAFTER},
    "withdraw": {DRAFTER},
    "set_recipients": {DRAFTER},
    "set_signers": {DRAFTER},
    "address": {CLERK},
    "return_signed": {CLERK, CHIEF},
    "number": {CLERK},
    "seal_part": set(),
    "seal": {CLERK},
    "cancel": {CLERK, CHIEF},
    "issue": {CLERK},
    "send_more": {CLERK},
    "mark_sent": {CLERK},
    "update": {CLERK},
    "recall": {CLERK, CHIEF},
    "replace": {CLERK},
    "note_return": {CLERK},
}
MAKERS = {DRAFTER, HEAD, "reader"}
OFFICE = MAKERS | {CHIEF}
LEADING = OFFICE | {SECRETARY}
ALL = LEADING | {CLERK}
WHO_SEES = {
    "drafting": MAKERS,
    "consulting": MAKERS | ASKED,
    "at_unit": MAKERS,
    "verifying": OFFICE,
    "at_leader": LEADING,
    "to_sign": LEADING,
    "signed": ALL,
    "numbered": ALL,
    "sealed": ALL,
    "issued": ALL,
    "recalled": ALL,
    "replaced": ALL,
    "withdrawn": MAKERS,
    "cancelled": ALL,
}


def test_the_table_names_every_transition():
    assert set(WHO) == {transition.key for transition in FLOW.transitions}
    assert set(WHO_SEES) == {state.key for state in FLOW.states} == set(IN_STATE)
    assert flow_of("outgoing_document") is FLOW


@pytest.mark.parametrize("state", IN_STATE)
def test_only_those_named_may_do_each_transition_and_only_from_its_states(world, keys, state):
    document_id = IN_STATE[state](world, keys).pk
    seers = set()
    for who, person_id in world.people().items():
        with acting_as(Actor.person(person_id)) as held:
            document = OutgoingDocument.objects.filter(pk=document_id).first()
            if document is None:
                continue
            seers.add(who)
            assert document.state == state
            offered = {transition.key for transition in possible_transitions(document, held=held, at=NOW)}
            expected = {t.key for t in FLOW.leaving(state) if who in WHO[t.key]}
            assert offered == expected, f"{who} in {state}"
    assert seers == WHO_SEES[state]
    _refused_to_others(world, document_of(world, document_id), state)
    _refused_from_here(world, document_of(world, document_id), state)


def document_of(world, pk):
    with acting_as(Actor.person(world.reader)):
        return OutgoingDocument.objects.get(pk=pk)


def _refused_to_others(world, document, state):
    for transition in FLOW.leaving(state):
        for who, person_id in world.people().items():
            if who in WHO[transition.key]:
                continue
            actor = Actor.person(person_id)
            with (
                acting_as(actor),
                pytest.raises(NotYours),
                act(document, transition.key, by=actor, at=NOW, note="Lý do"),
            ):
                pytest.fail(f"{who} could {transition.key}")


def _refused_from_here(world, document, state):
    for transition in FLOW.transitions:
        if state in transition.sources:
            continue
        for who in WHO[transition.key]:
            actor = Actor.person(getattr(world, who))
            with (
                acting_as(actor),
                pytest.raises((WrongState, NotYours)),
                act(document, transition.key, by=actor, at=NOW, note="Lý do"),
            ):
                pytest.fail(f"{who} could {transition.key} from {state}")


def test_closed_states_are_marked_closed_and_others_not(world, keys):
    for state in ("to_sign", "withdrawn", "cancelled"):
        document = IN_STATE[state](world, keys)
        with acting_as(Actor.person(world.reader)):
            document.refresh_from_db()
        assert (document.closed_at is not None) == FLOW.state(state).is_closed, state
