"""The flow table against a table of expectations: every act, by everybody, in every state."""

import pytest

from congso.apps.reports import services
from congso.apps.reports.flow import FLOW, JUDGED_BY_OTHERS
from congso.apps.reports.models import Report
from congso.apps.reports.queries import acts_open_to, report_of
from congso.apps.reports.tests.factories import do, make_report, submitted
from congso.kernel.access.services import Actor, acting_as, current_principals

pytestmark = pytest.mark.django_db

SENDERS = {"commune_leader", "commune_clerk"}
LEADERS = {"chief", "secretary"}
TRACKERS = {"tracker"}
# Staff of the receiving office and of the committee it serves, and who reads everything, see and do nothing.
SEE = {"clerk", "secrecy_officer", "reader"}
NOBODY: dict[str, set[str]] = {"senders": set(), "leaders": set(), "trackers": set()}
EXPECTED = {
    "draft": NOBODY | {"senders": {"fill", "submit"}, "leaders": {"waive"}, "trackers": {"waive"}},
    "returned": NOBODY | {"senders": {"fill", "submit"}, "leaders": {"waive"}, "trackers": {"waive"}},
    "submitted": NOBODY | {"senders": {"recall"}, "leaders": {"return", "approve"}, "trackers": {"return", "approve"}},
    "approved": NOBODY | {"leaders": {"unapprove", "lock"}, "trackers": {"unapprove"}},
    "locked": NOBODY | {"leaders": {"unlock"}},
    "waived": NOBODY | {"leaders": {"ask_again"}, "trackers": {"ask_again"}},
}


def in_state(world, state: str) -> Report:
    """The commune's report to the province's office, brought into the state by acts."""
    report = make_report(world)
    if state == "waived":
        do(world, "chief", services.waive_report, report, note="Mới thành lập")
    if state in ("submitted", "returned", "approved", "locked"):
        submitted(world, report)
    if state == "returned":
        do(world, "tracker", services.return_report, report, note="Sai số")
    if state in ("approved", "locked"):
        do(world, "tracker", services.approve_report, report)
    if state == "locked":
        do(world, "chief", services.lock_report, report)
    return report


def acts_of(world, who: str, report: Report) -> set[str] | None:
    """What the person may do, None when she does not even see the report."""
    with acting_as(Actor.person(getattr(world, who))):
        try:
            return {one.key for one in acts_open_to(report_of(report.pk), current_principals())}
        except Report.DoesNotExist:
            return None


def expected(who: str, state: str) -> set[str] | None:
    for side, people in (("senders", SENDERS), ("leaders", LEADERS), ("trackers", TRACKERS)):
        if who in people:
            return EXPECTED[state][side]
    return set() if who in SEE else None


@pytest.mark.parametrize("state", [state.key for state in FLOW.states])
def test_each_state_gives_each_side_exactly_its_acts(world, clock, state):
    report = in_state(world, state)
    got = {who: acts_of(world, who, report) for who in world.people()}
    assert got == {who: expected(who, state) for who in world.people()}
    with acting_as(Actor.person(world.chief)):
        assert report_of(report.pk).state == state


def test_the_table_of_expectations_names_every_act():
    named = {act for sides in EXPECTED.values() for acts in sides.values() for act in acts}
    assert named == {one.key for one in FLOW.transitions}
    assert named - {"fill", "submit", "recall"} == JUDGED_BY_OTHERS
    assert all(one.needs_reason for one in FLOW.transitions if one.key in {"return", "unapprove", "unlock", "waive"})
