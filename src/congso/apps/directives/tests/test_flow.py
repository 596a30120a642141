"""The flow table against a table of expectations: every act, by everybody, in every state."""

from datetime import date, timedelta

import pytest

from congso.apps.directives.flow import FLOW, JUDGED_BY_OTHERS
from congso.apps.directives.models import Extension, Task
from congso.apps.directives.queries import acts_open_to, task_of
from congso.apps.directives.services import (
    accept_task,
    ask_confirmation,
    cancel_task,
    confirm_completion,
    pause_task,
    request_extension,
    return_task,
)
from congso.apps.directives.tests.factories import DUE, NOW, do, make_task, moment
from congso.kernel.access.services import Actor, acting_as, current_principals
from congso.kernel.directory.models import Person

pytestmark = pytest.mark.django_db

WORK = {"accept", "report", "finish", "pass_on", "request_extension", "return"}
JUDGE = {"confirm", "reject", "reopen", "amend", "keep", "grant_extension", "refuse_extension", "grant_late_extension"}
LEAD = {"agency_leader", "agency_clerk"}
OFFICE = {"chief", "secretary"}

# state: what each side may do there; the specialist is in charge
EXPECTED = {
    "assigned": {
        "lead": WORK,
        "in_charge": {"accept", "report", "finish", "request_extension"},
        "office": {"amend", "change_lead", "pause", "cancel"},
        "tracker": set(),
    },
    "in_progress": {
        "lead": WORK - {"accept", "return"},
        "in_charge": {"report", "finish", "request_extension"},
        "office": {"amend", "change_lead", "pause", "cancel"},
        "tracker": set(),
    },
    "awaiting_confirmation": {
        "lead": set(),
        "in_charge": set(),
        "office": {"confirm", "reject", "cancel"},
        "tracker": {"confirm", "reject"},
    },
    "returned": {
        "lead": set(),
        "in_charge": set(),
        "office": {"amend", "reassign", "change_lead", "cancel"},
        "tracker": set(),
    },
    "paused": {
        "lead": set(),
        "in_charge": set(),
        "office": {"amend", "resume", "change_lead", "cancel"},
        "tracker": set(),
    },
    "completed": {"lead": set(), "in_charge": set(), "office": {"reopen"}, "tracker": set()},
    "cancelled": {"lead": set(), "in_charge": set(), "office": {"reopen"}, "tracker": set()},
}


def in_state(world, state: str) -> Task:
    """A task of the agency, its specialist in charge, brought into the state by acts."""
    with acting_as(Actor.person(world.agency_leader)):
        specialist = Person.objects.get(pk=world.agency_specialist)
    task = make_task(world, in_charge=specialist, supporting=["MT"])
    if state == "in_progress":
        do(world, "agency_leader", accept_task, task)
    if state in ("awaiting_confirmation", "completed"):
        do(world, "agency_leader", ask_confirmation, task)
    if state == "completed":
        do(world, "chief", confirm_completion, task)
    if state == "returned":
        do(world, "agency_leader", return_task, task, note="Không thuộc chức năng")
    if state == "paused":
        do(world, "chief", pause_task, task, note="Chờ hướng dẫn")
    if state == "cancelled":
        do(world, "chief", cancel_task, task, note="Thôi")
    assert task.state == state
    return task


def acts_of(world, who: str, task: Task) -> set[str] | None:
    """What the person may do, None when she does not even see the task."""
    with acting_as(Actor.person(getattr(world, who))):
        try:
            return {one.key for one in acts_open_to(task_of(task.pk), current_principals())}
        except Task.DoesNotExist:
            return None


def side(who: str) -> str:
    if who in LEAD:
        return "lead"
    if who in OFFICE:
        return "office"
    return {"agency_specialist": "in_charge", "tracker": "tracker"}.get(who, "sees" if who in SEES else "none")


SEES = {"stranger", "reader", "auditor"}  # staff of the supporting Front; the reader reads everything


@pytest.mark.parametrize("state", [state.key for state in FLOW.states])
def test_each_state_gives_each_side_exactly_its_acts(world, clock, state):
    task = in_state(world, state)
    for who in world.people():
        expected = {"none": None, "sees": set()}.get(side(who), EXPECTED[state].get(side(who)))
        assert acts_of(world, who, task) == expected, f"{who} in {state}"


def test_the_table_of_expectations_names_every_act_but_those_of_a_pending_wish_or_an_ended_source():
    named = {act for sides in EXPECTED.values() for acts in sides.values() for act in acts}
    rare = {"grant_extension", "refuse_extension", "grant_late_extension", "keep"}
    assert named | rare == {one.key for one in FLOW.transitions}
    assert named & JUDGE == JUDGE - rare
    assert JUDGED_BY_OTHERS == JUDGE


def test_a_pending_wish_is_decided_by_the_office_in_time_and_by_leaders_afterwards(world, clock):
    task = make_task(world, owner="TU", who="secretary")
    do(world, "agency_leader", request_extension, task, new_due_on=date(2027, 1, 4), reason="Chờ")
    decided = {"grant_extension", "refuse_extension", "grant_late_extension"}
    assert acts_of(world, "secretary", task) & decided == {"grant_extension", "refuse_extension"}
    assert acts_of(world, "chief", task) & decided == {"grant_extension", "refuse_extension"}
    assert acts_of(world, "tracker", task) & decided == set()
    assert acts_of(world, "agency_leader", task) & decided == set()
    clock.move_to(moment(DUE + timedelta(days=1)))
    assert acts_of(world, "secretary", task) & decided == {"grant_late_extension", "refuse_extension"}
    with acting_as(Actor.person(world.chief)):
        assert Extension.objects.get(task=task).decision == "pending"
    assert acts_of(world, "agency_leader", task) & {"request_extension"} == set()


def test_closed_states_are_the_two_ends_and_every_state_is_reached():
    assert {state.key for state in FLOW.states if state.is_closed} == {"completed", "cancelled"}
    reached = {one.target for one in FLOW.transitions} | {FLOW.initial}
    assert {state.key for state in FLOW.states} <= reached
    assert all(one.needs_reason for one in FLOW.transitions if one.key in {"return", "reject", "reopen", "cancel"})


def test_the_same_moment_is_asked_of_every_guard(world, clock):
    """A wish needs a deadline: a task without one offers no extension."""
    task = make_task(world, deadline_kind="none", due_on=None, no_deadline_reason="Việc thường xuyên", at=NOW)
    assert "request_extension" not in acts_of(world, "agency_leader", task)
