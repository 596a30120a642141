"""A second reading after an amendment: nothing given twice; what changed is amended, added or withdrawn."""

from dataclasses import replace
from datetime import date

import pytest
from django.urls import reverse

from congso.apps.directives.models import PlanReading, Task
from congso.apps.directives.queries import reading_of
from congso.apps.directives.services import (
    amend_given,
    comparison_of,
    confirm_certain,
    hand_out,
    start_reading,
    store_proposals,
    withdraw_given,
)
from congso.apps.directives.tests.factories import NOW
from congso.apps.directives.tests.reading_factories import PROPOSALS, ready, resolver, review, rows_of
from congso.apps.directives.tests.test_handing_out import TERMS
from congso.kernel.access.services import Actor, acting_as
from congso.kernel.papers.proposals import TaskProposal
from congso.kernel.workflow.services import NotYours, Refused

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]
LATER = replace(PROPOSALS[0], due="2027-06-30", product="Kho dữ liệu và báo cáo")
NEW = TaskProposal("Đánh giá an toàn thông tin theo cấp độ", "II.9", "BTCTU", due="2027-03-31")


def given(world) -> PlanReading:
    """A reading whose first three rows are tasks: four of them, two led by a group."""
    reading = ready(world)
    review(world, "chief", confirm_certain, reading)
    ids = [row.pk for row in rows_of(world, reading) if row.state == "confirmed"]
    review(world, "chief", hand_out, reading, ids, terms=TERMS)
    return reading


def again(world, earlier: PlanReading, *proposals: TaskProposal) -> PlanReading:
    """The amended document, read against the earlier reading."""
    actor = Actor.person(world.chief)
    with acting_as(actor):
        earlier = reading_of(earlier.pk)
        reading = start_reading(earlier.record, organization=earlier.organization, by=actor, at=NOW, previous=earlier)
        store_proposals(reading, proposals, resolve=resolver(world), pages=(), engine_note="", at=NOW)
        return reading_of(reading.pk)


def tasks(world, text: str) -> list[Task]:
    with acting_as(Actor.person(world.chief)):
        return list(Task.objects.filter(content__startswith=text).order_by("id"))


def compared(world, reading: PlanReading):
    with acting_as(Actor.person(world.chief)):
        return comparison_of(reading_of(reading.pk))


def test_what_was_given_is_known_again_and_only_new_rows_wait(world):
    reading = again(world, given(world), LATER, PROPOSALS[1], PROPOSALS[2], NEW)
    assert [row.state for row in rows_of(world, reading)] == ["assigned", "assigned", "assigned", "proposed"]
    found = compared(world, reading)
    assert [row.text for row in found.added] == [NEW.text]
    assert (list(found.removed), found.unchanged) == ([], 2)
    ((_before, now),) = found.changed
    assert now.amended == ["due", "product"]


def test_a_changed_row_amends_its_task_once_with_the_reason(world):
    reading = again(world, given(world), LATER)
    ((_before, row),) = compared(world, reading).changed
    assert review(world, "chief", amend_given, reading, row.pk, note="Theo 20-KH/TU") == 1
    (task,) = tasks(world, "Xây dựng kho")
    assert (task.due_on, task.product) == (date(2027, 6, 30), "Kho dữ liệu và báo cáo")
    assert compared(world, reading).changed == ()
    with pytest.raises(Refused, match="đã được điều chỉnh"):
        review(world, "chief", amend_given, reading, row.pk, note="Theo 20-KH/TU")


def test_another_lead_takes_the_task_over(world):
    reading = again(world, given(world), replace(PROPOSALS[0], lead="BTCTU", supporting=("MTTQ", "BTCTU")))
    ((_before, row),) = compared(world, reading).changed
    assert "lead" in row.amended
    with acting_as(Actor.person(world.chief)):
        type(row).objects.filter(pk=row.pk).update(amended=["lead"])
    review(world, "chief", amend_given, reading, row.pk, note="Theo 20-KH/TU")
    (task,) = tasks(world, "Xây dựng kho")
    assert task.unit_id == world.organizations["BTC"]


def test_what_a_task_cannot_take_over_is_said_and_left(world):
    reading = again(world, given(world), replace(PROPOSALS[0], supporting=("MTTQ",)), replace(PROPOSALS[1], due="2028"))
    for _before, row in compared(world, reading).changed:
        with pytest.raises(Refused, match="giao lại"):
            review(world, "chief", amend_given, reading, row.pk, note="Theo 20-KH/TU")


def test_a_row_that_is_gone_withdraws_all_its_tasks(world):
    reading = again(world, given(world), PROPOSALS[0], PROPOSALS[1])
    (row,) = compared(world, reading).removed
    assert review(world, "chief", withdraw_given, reading, row.pk, note="Theo 20-KH/TU") == 2
    assert [task.state for task in tasks(world, "Rà soát thiết bị")] == ["cancelled"] * 2
    with pytest.raises(Refused, match="đã kết thúc"):
        review(world, "chief", withdraw_given, reading, row.pk, note="Theo 20-KH/TU")


def test_a_tracker_assigns_but_does_not_amend(world):
    reading = again(world, given(world), LATER)
    ((_before, row),) = compared(world, reading).changed
    with pytest.raises(NotYours):
        review(world, "tracker", amend_given, reading, row.pk, note="Theo 20-KH/TU")


def test_a_third_reading_still_finds_the_tasks_of_the_first(world):
    second = again(world, given(world), PROPOSALS[0], PROPOSALS[1])
    third = again(world, second, LATER)
    ((_before, row),) = compared(world, third).changed
    assert review(world, "chief", amend_given, third, row.pk, note="Theo 21-KH/TU") == 1


def test_the_screen_shows_both_sides_and_acts(signed_in, world):
    reading = again(world, given(world), LATER, PROPOSALS[1], NEW)
    chief, address = signed_in("chief"), reverse("directives:reading-changes", args=[reading.pk])
    page = chief.get(address).content.decode()
    assert "<del>31/12/2026</del> <ins>30/06/2027</ins>" in page
    assert NEW.text in page
    found = compared(world, reading)
    for act, row in (("amend", found.changed[0][1]), ("withdraw", found.removed[0])):
        told = chief.post(address, {"act": act, "row": row.pk, "note": "Theo 20-KH/TU"}, follow=True).content.decode()
        assert ("Đã điều chỉnh 1 nhiệm vụ." if act == "amend" else "Đã hủy 2 nhiệm vụ.") in told
    refused = chief.post(address, {"act": "withdraw", "row": found.removed[0].pk, "note": "x"}, follow=True)
    assert "không còn gì để hủy" in refused.content.decode()
    for wrong in ({"act": "x", "row": "1"}, {"act": "amend", "row": "x"}, {"act": "amend", "row": "999999"}):
        assert chief.post(address, wrong).status_code == 404


def test_without_an_earlier_reading_there_is_nothing_to_compare(signed_in, world):
    reading = ready(world)
    assert signed_in("chief").get(reverse("directives:reading-changes", args=[reading.pk])).status_code == 404
