"""The flow against a table of expectations: every act of a batch, by everybody, in every state."""

import pytest

from congso.apps.digitization.models import DigitalCopy, ScanBatch
from congso.apps.digitization.queries import batch_of, copy_of
from congso.apps.digitization.tests import factories
from congso.apps.digitization.tests.factories import NOW, by
from congso.kernel.access.services import acting_as, current_principals
from congso.kernel.workflow.services import possible_transitions

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]

NONE: set[str] = set()
# VPTU's clerk keeps its archive too; its chief leads it; BTC is the unit whose papers they are.
PLAN, SCAN = {"edit", "cancel"}, {"edit", "scan"}
RUN, DONE = {"rescan", "arrange", "reread"}, {"reread", "return_work", "bind", "sign", "hand_over"}
EXPECTED = {
    "planned": {"clerk": PLAN | {"receive"}, "chief": PLAN | {"receive"}},
    "received": {"clerk": PLAN | {"scan"}, "chief": PLAN | {"scan"}},
    "scanning": {"clerk": SCAN | {"process", "arrange"}, "chief": SCAN | {"process", "arrange"}},
    "checking": {"clerk": RUN, "chief": RUN},
    "accepted": {"clerk": DONE, "chief": DONE, "agency_leader": NONE, "agency_clerk": NONE},
    "handed_over": {"clerk": NONE, "chief": NONE, "agency_leader": NONE, "agency_clerk": NONE},
    "cancelled": {"clerk": NONE, "chief": NONE},
}


@pytest.mark.parametrize("state", EXPECTED)
def test_each_state_gives_each_person_exactly_her_acts(world, state):
    found = factories.IN_STATE[state](world)
    shown = {}
    for who in world.people():
        with acting_as(by(world, who)):
            if ScanBatch.objects.filter(pk=found.pk).exists():
                batch = batch_of(found.pk)
                shown[who] = {one.key for one in possible_transitions(batch, held=current_principals(), at=NOW)}
    assert shown.pop("reader") == NONE
    assert shown == EXPECTED[state]


def test_a_copy_is_seen_with_its_batch_and_by_the_unit_once_accepted(world):
    batch = factories.checking(world)
    copy = factories.copy_in(world, batch)
    seen = {}
    for who in world.people():
        with acting_as(by(world, who)):
            if DigitalCopy.objects.filter(pk=copy.pk).exists():
                held = current_principals()
                seen[who] = {one.key for one in possible_transitions(copy_of(copy.pk), held=held, at=NOW)}
    acts = {"confirm", "correct", "drop"}
    assert seen == {"clerk": acts, "chief": acts, "reader": NONE}
