"""Every act of every stage by everybody with a part in a ballot: who is offered it, and that the others are refused."""

import pytest

from congso.apps.voting import services
from congso.apps.voting.flow import FLOW
from congso.apps.voting.models import Ballot
from congso.apps.voting.queries import ballot_of
from congso.apps.voting.tests.factories import NOW, closed, counted, do, opened, prepare
from congso.apps.voting.tests.secret_world import allow, close, collecting, handing_out, prepared
from congso.kernel.access.services import Actor, acting_as
from congso.kernel.workflow.services import Refused, act, possible_transitions

pytestmark = pytest.mark.django_db
PARTS = {"clerk": "organizer", "head": "voter", "specialist": "counter", "stranger": "nobody"}
LIST = {"rule": "bau-tai-hoi-nghi", "subject": "list", "method": "paper", "seats": 2, "is_poll_recorded": True}
TRIO = ("Lê Thị An", "Trần Văn Bình", "Phạm Thị Cúc")
# stage: acts of the organizer, the voter, the counter
EXPECTED = {
    "named draft": ({"change", "open", "cancel"}, set(), set()),
    "named open": ({"list", "close", "cancel"}, set(), set()),
    "named counted": ({"again"}, set(), set()),
    "hands closed": ({"finish"}, set(), {"count", "finish"}),
    "paper draft": ({"change", "print", "open", "cancel"}, set(), set()),
    "paper open": ({"print", "list", "close", "cancel"}, set(), set()),
    "secret draft": ({"change", "open", "cancel"}, set(), {"key"}),
    "secret open": ({"list", "collect", "cancel"}, set(), set()),
    "secret collecting": ({"close", "cancel"}, set(), set()),
    "secret closed": ({"finish"}, set(), {"unlock", "finish"}),
    "cancelled": (set(), set(), set()),
}


def secret_closed(world):
    held = collecting(world, takers=("head", "secretary"))
    close(world, held)
    return held.ballot


def cancelled(world):
    made = opened(world)
    do(world, "clerk", services.cancel_ballot, made, note="Nhầm")
    return made


MADE = {
    "named draft": prepare,
    "named open": opened,
    "named counted": counted,
    "hands closed": closed,
    "paper draft": lambda world: prepare(world, names=TRIO, **LIST),
    "paper open": lambda world: opened(world, names=TRIO, **LIST),
    "secret draft": lambda world: prepared(world)[0],
    "secret open": lambda world: handing_out(world).ballot,
    "secret collecting": lambda world: collecting(world, takers=("head", "secretary")).ballot,
    "secret closed": secret_closed,
    "cancelled": cancelled,
}


def test_every_act_of_every_stage_by_everybody(world, clock):
    allow(world)
    seen = set()
    for stage, make in MADE.items():
        made = make(world)
        for who, expected in zip(PARTS, (*EXPECTED[stage], set()), strict=True):
            actor = Actor.person(getattr(world, who))
            with acting_as(actor) as held:
                try:
                    shown = ballot_of(made.pk)
                except Ballot.DoesNotExist:
                    assert not expected, (stage, who)
                    continue
                offered = {one.key for one in possible_transitions(shown, held=held)}
                assert offered == expected, (stage, who)
                for transition in FLOW.transitions:
                    if transition.key in offered:
                        seen.add(transition.key)
                    else:
                        with pytest.raises(Refused), act(shown, transition.key, by=actor, at=NOW, note="x"):
                            pass
    assert seen == {one.key for one in FLOW.transitions}
