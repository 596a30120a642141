"""The flow tables against tables of expectations: every act, by everybody, in every state."""

from datetime import timedelta

import pytest

from congso.apps.dossiers.flow import DISPOSALS, DOSSIERS, FLOWS
from congso.apps.dossiers.models import Dossier
from congso.apps.dossiers.queries import dossier_of
from congso.apps.dossiers.services.closing import ask_to_close
from congso.apps.dossiers.services.disposing import carry_out_disposal
from congso.apps.dossiers.services.dossiers import cancel_dossier
from congso.apps.dossiers.services.keeping import (
    answer_transfer,
    decide_transfer,
    deliver_transfer,
    register_transfer,
)
from congso.apps.dossiers.tests import factories as made
from congso.apps.dossiers.tests.factories import NOW, by
from congso.kernel.access.services import current_principals
from congso.kernel.workflow.services import possible_transitions

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(days=365 * 12)

# Room TH's specialist holds, its head leads; VPTU's chief heads the body, its clerk keeps the archive.
MAKE = {"file", "describe", "arrange", "pass_over", "share", "unshare"}
KEEP = {"place", "hold", "propose"}
EXPECTED: dict[str, dict[str, set[str]]] = {
    "opened": {"specialist": {*MAKE, "cancel"}, "head": {*MAKE, "cancel"}},
    "filling": {"specialist": {*MAKE, "ask_close"}, "head": {*MAKE, "close"}},
    "finishing": {
        "specialist": {"arrange", "share", "unshare"},
        "head": {"arrange", "share", "unshare", "close", "send_back"},
    },
    "closed": {
        "specialist": {"share", "unshare", "submit"},
        "head": {"share", "unshare", "submit"},
        "clerk": {"reopen"},
    },
    "submitted": {"specialist": {"withdraw"}, "head": {"withdraw"}, "clerk": {"withdraw", "accept", "refuse"}},
    "archived": {"clerk": KEEP, "chief": {"hold"}, "secretary": {"hold"}},
    "historical": {"clerk": {"place"}},
    "review": {"clerk": {"place", "hold", "keep", "destroy"}, "chief": {"hold"}, "secretary": {"hold"}},
    "destroyed": {},
    "cancelled": {},
}
SEES = {"specialist", "head", "clerk", "chief", "secretary", "reader"}


def in_state(world, state: str) -> Dossier:
    """A dossier brought into the state by acts."""
    if state in ("opened", "cancelled"):
        dossier = made.opened(world)
        if state == "cancelled":
            with by(world, "head") as actor:
                cancel_dossier(dossier_of(dossier.pk), note="Nhầm", by=actor, at=NOW)
        return dossier
    if state in ("filling", "finishing"):
        dossier = made.filled(world)
        if state == "finishing":
            with by(world, "specialist") as actor:
                ask_to_close(dossier_of(dossier.pk), by=actor, at=NOW)
        return dossier
    if state in ("closed", "submitted"):
        dossier = made.closed(world)
        if state == "submitted":
            made.handed_over(world, dossier)
        return dossier
    if state == "historical":
        return _historical(world)
    dossier = made.archived(world)
    if state in ("review", "destroyed"):
        disposal = made.in_disposal(world, dossier, at=LATER)
        if state == "destroyed":
            with by(world, "clerk") as actor:
                carry_out_disposal(made.current(disposal), by=actor, at=LATER)
    return dossier


def _historical(world) -> Dossier:
    dossier = made.archived(world, retention="permanent")
    with by(world, "clerk") as actor:
        transfer = register_transfer([dossier_of(dossier.pk)], by=actor, at=NOW)
        answer_transfer(transfer, by=actor, at=NOW)
        decide_transfer(transfer, decision="1-QĐ", decided_on=NOW.date(), by=actor, at=NOW)
        deliver_transfer(transfer, by=actor, at=NOW)
    return dossier


@pytest.mark.parametrize("state", [state.key for state in DOSSIERS.states])
def test_each_state_gives_each_person_exactly_her_acts(world, clock, state):
    dossier = in_state(world, state)
    for who in world.people():
        with by(world, who):
            found = Dossier.objects.filter(pk=dossier.pk).exists()
            acts = set()
            if found:
                here = dossier_of(dossier.pk)
                assert here.state == state
                acts = {one.key for one in possible_transitions(here, held=current_principals(), at=LATER)}
        assert found == (who in SEES), f"{who} in {state}"
        assert acts == EXPECTED[state].get(who, set()), f"{who} in {state}"


def test_the_table_of_expectations_names_every_act():
    named = {act for people in EXPECTED.values() for acts in people.values() for act in acts}
    # A hold is ended where there is one; only permanent dossiers go to the historical archive.
    assert named | {"release", "transfer"} == {one.key for one in DOSSIERS.transitions}


def test_every_state_of_every_flow_is_reached_and_what_sends_back_wants_a_reason():
    for flow in FLOWS:
        reached = {one.target for one in flow.transitions} | {flow.initial}
        assert {state.key for state in flow.states} <= reached, flow.record_type
        back = {"send_back", "refuse", "reopen", "cancel", "revise", "hold", "release", "keep"}
        assert all(one.needs_reason for one in flow.transitions if one.key in back), flow.record_type


def test_only_heads_decide_on_disposal_and_only_the_archive_destroys():
    by_key = {one.key: {role.key for role in one.by} for one in DISPOSALS.transitions}
    assert by_key["decide"] == {"heads"}
    assert by_key["carry_out"] == {"archivists"}
    assert by_key["conclude"] == {"chair"}
