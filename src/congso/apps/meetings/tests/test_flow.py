"""Every transition × everybody of the cast, in every state of a meeting and of an item."""

from datetime import timedelta

import pytest

from congso.apps.meetings import services
from congso.apps.meetings.flow import ITEM_FLOW, MEETING_FLOW
from congso.apps.meetings.models import Item, Meeting
from congso.apps.meetings.queries import item_of, meeting_of
from congso.apps.meetings.tests.factories import STARTS, closed, convened, do, draft, item, opened, running
from congso.kernel.access.services import Actor, acting_as
from congso.kernel.workflow.services import NotYours, Refused, WrongState, check

pytestmark = pytest.mark.django_db

# The cast: TU's secretary chairs, VPTU's tracker writes the minutes; BTC prepares the first item.
CHAIR, SECRETARY = "secretary", "tracker"
OFFICE = {"secretary", "chief", "clerk"}
ALL = OFFICE | {SECRETARY}
BTC = {"agency_leader", "agency_clerk", "agency_specialist"}

MEETING_WHO = {
    "edit": OFFICE, "people": ALL, "agenda": OFFICE, "convene": OFFICE, "change": OFFICE, "decide": OFFICE, "open": ALL,
    "call": ALL, "close": ALL, "reopen": {CHAIR, SECRETARY}, "write": ALL, "circulate": ALL, "sign": {SECRETARY},
    "unsign": {CHAIR, SECRETARY}, "conclude": {CHAIR}, "task": ALL, "notice": ALL, "cancel": OFFICE,
    "print": ALL, "key": {SECRETARY},
}  # fmt: skip
ITEM_WHO = {
    "edit": ALL, "bring": ALL | BTC, "waive": {CHAIR}, "release": ALL, "hold": ALL, "guests": ALL,
    "start": ALL, "end": ALL, "note": ALL, "withdraw": ALL, "drop": ALL,
}  # fmt: skip


def cancelled(world):
    made = convened(world)
    do(world, "chief", services.cancel_meeting, made, note="Hoãn")
    return made


def concluded(world):
    made = closed(world)
    do(world, SECRETARY, services.sign_minutes, made)
    do(world, CHAIR, services.conclude_meeting, made)
    return made


def done(world):
    made = running(world)
    first = item(world, made)
    do(world, CHAIR, services.end_item, first, at=STARTS + timedelta(minutes=5))
    return first


def dropped(world):
    first = item(world, draft(world))
    do(world, "clerk", services.drop_item, first, note="Chưa chín")
    return first


MEETINGS = {
    "draft": draft, "convened": convened, "open": opened, "closed": closed, "concluded": concluded,
    "cancelled": cancelled,
}  # fmt: skip
ITEMS = {
    "planned": lambda world: item(world, draft(world)),
    "released": lambda world: item(world, convened(world)),
    "running": lambda world: item(world, running(world)),
    "done": done,
    "withdrawn": lambda world: item(world, closed(world)),
    "dropped": dropped,
}


def walk(world, record, load, *, flow, known, state):
    """Each transition as each of the cast: allowed by the table alone, whatever the guards then say."""
    for who, person_id in world.people().items():
        with acting_as(Actor.person(person_id)):
            try:
                seen = load(record.pk)
            except (Meeting.DoesNotExist, Item.DoesNotExist):
                assert not [key for key, people in known.items() if who in people and state != "dropped"], who
                continue
            assert seen.state == state
            for transition in flow.transitions:
                told = None
                try:
                    check(seen, transition, at=STARTS, note="Lý do")
                except (NotYours, WrongState, Refused) as refusal:
                    told = type(refusal)
                if state not in transition.sources:
                    assert told is WrongState, (who, transition.key)
                else:
                    assert (told is NotYours) == (who not in known[transition.key]), (who, transition.key)


def test_the_tables_name_every_transition_and_every_state():
    assert set(MEETING_WHO) == {one.key for one in MEETING_FLOW.transitions}
    assert set(ITEM_WHO) == {one.key for one in ITEM_FLOW.transitions}
    assert set(MEETINGS) == {one.key for one in MEETING_FLOW.states}
    assert set(ITEMS) == {one.key for one in ITEM_FLOW.states}


@pytest.mark.parametrize("state", MEETINGS)
def test_who_may_do_what_with_a_meeting(world, state):
    walk(world, MEETINGS[state](world), meeting_of, flow=MEETING_FLOW, known=MEETING_WHO, state=state)


@pytest.mark.parametrize("state", ITEMS)
def test_who_may_do_what_with_an_item(world, state):
    walk(world, ITEMS[state](world), item_of, flow=ITEM_FLOW, known=ITEM_WHO, state=state)
