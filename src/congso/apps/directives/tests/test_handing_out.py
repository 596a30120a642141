"""Confirmed rows become tasks: all or none, each once, a group as people say."""

import time
from dataclasses import replace
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from congso.apps.directives.models import HandOut, PlanReading, Task
from congso.apps.directives.queries import proposals_of, reading_of
from congso.apps.directives.services import (
    InvalidTasks,
    Spread,
    Terms,
    confirm_certain,
    confirm_proposals,
    drop_proposals,
    groups_leading,
    hand_out,
    plan_hand_out,
    undo_last_change,
)
from congso.apps.directives.tests.factories import NOW
from congso.apps.directives.tests.reading_factories import COMMUNES, PROPOSALS, ready, review, rows_of
from congso.kernel.access.services import Actor, acting_as
from congso.kernel.records.models import Link
from congso.kernel.workflow.services import NotYours, Refused, WrongState
from congso.lib.recurrences import Recurrence

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]
TERMS = Terms("16-KH/TU", date(2026, 11, 23))


def confirmed(world, proposals=PROPOSALS) -> tuple[PlanReading, list[int]]:
    """A reading whose certain rows are confirmed, and their ids."""
    reading = ready(world, proposals)
    review(world, "chief", confirm_certain, reading)
    return reading, [row.pk for row in rows_of(world, reading) if row.state == "confirmed"]


def test_rows_become_tasks_with_clause_source_and_deadline(world):
    reading, ids = confirmed(world)
    tasks = review(world, "chief", hand_out, reading, ids[:2], terms=TERMS)
    first, second = tasks
    assert (first.clause, first.chapter, first.product, first.due_on) == (
        "II.1", "II. Dữ liệu", "Kho dữ liệu", date(2026, 12, 31)
    )  # fmt: skip
    assert (second.recurrence, second.recurrence_start, second.recurrence_end) == (
        Recurrence.MONTHLY, date(2026, 1, 1), date(2027, 12, 31)
    )  # fmt: skip
    with acting_as(Actor.person(world.chief)):
        assert first.supports.count() == 2
        link = Link.objects.get(source_id=first.pk, target_id=reading.record_id)
        assert (link.kind, link.clause) == ("source", "II.1")
        assert HandOut.objects.get(task=first).proposal_id == ids[0]
    assert [row.state for row in rows_of(world, reading)][:3] == ["assigned", "assigned", "confirmed"]


def test_a_group_gets_a_task_a_unit_or_one_task_with_a_lead(world):
    reading, ids = confirmed(world)
    with acting_as(Actor.person(world.chief)):
        rows = [row for row in proposals_of(reading) if row.pk == ids[2]]
        assert list(groups_leading(rows)) == [COMMUNES]
        each = plan_hand_out(reading, rows, TERMS)
        one = plan_hand_out(reading, rows, replace(TERMS, spreads={COMMUNES: Spread(world.organization("XA"))}))
    assert [(unit.pk, count) for unit, count in each.by_unit] == [
        (world.organizations["XA"], 1), (world.organizations["TH"], 1)
    ]  # fmt: skip
    ((_row, task),) = one.pairs
    assert task.lead.pk == world.organizations["XA"]
    assert {unit.pk for unit in task.supporting} == {world.organizations[code] for code in ("TH", "VPTU")}
    assert len(review(world, "chief", hand_out, reading, [ids[2]], terms=TERMS)) == 2


def test_nothing_is_handed_out_twice(world):
    reading, ids = confirmed(world)
    review(world, "chief", hand_out, reading, ids, terms=TERMS)
    with pytest.raises(WrongState):
        review(world, "tracker", hand_out, reading, ids, terms=TERMS)
    with acting_as(Actor.person(world.chief)):
        assert HandOut.objects.count() == 4


def test_one_row_out_of_order_keeps_all_back_and_is_named(world):
    reading, ids = confirmed(world, [PROPOSALS[0], replace(PROPOSALS[0], due="2025")])
    with pytest.raises(InvalidTasks) as refused:
        review(world, "chief", hand_out, reading, ids, terms=TERMS)
    assert refused.value.rows == {ids[1]: {"due_on": "Hạn trước ngày giao 23/11/2026."}}
    with acting_as(Actor.person(world.chief)):
        assert not HandOut.objects.exists()


def test_only_confirmed_rows_are_handed_out(world):
    reading, ids = confirmed(world)
    open_row = rows_of(world, reading)[3].pk
    with pytest.raises(WrongState, match="đã xác nhận"):
        review(world, "chief", hand_out, reading, [*ids, open_row], terms=TERMS)
    with pytest.raises(Refused, match="Chưa chọn"):
        review(world, "chief", hand_out, reading, [], terms=TERMS)


def test_a_row_without_a_deadline_takes_the_common_one_or_the_default_term(world):
    reading = ready(world, [replace(PROPOSALS[0], due="")])
    (row,) = rows_of(world, reading)
    review(world, "chief", confirm_proposals, reading, [row.pk])
    with acting_as(Actor.person(world.chief)):
        common = replace(TERMS, due_on=date(2026, 12, 18))
        plan = plan_hand_out(reading, proposals_of(reading), common)
    assert (plan.undated, plan.pairs[0][1].due_on) == (1, date(2026, 12, 18))
    (task,) = review(world, "chief", hand_out, reading, [row.pk], terms=TERMS)
    assert task.due_on == date(2026, 12, 3)


def test_a_reading_is_finished_when_no_row_waits(world):
    reading, ids = confirmed(world)
    review(world, "chief", hand_out, reading, ids, terms=TERMS)
    with acting_as(Actor.person(world.chief)):
        assert reading_of(reading.pk).state == "ready"
    rest = [row.pk for row in rows_of(world, reading) if row.state == "proposed"]
    review(world, "chief", drop_proposals, reading, rest[:1])
    review(world, "chief", confirm_proposals, reading, rest[1:])
    review(world, "chief", hand_out, reading, rest[1:], terms=TERMS)
    with acting_as(Actor.person(world.chief)):
        assert reading_of(reading.pk).state == "finished"


def test_a_row_handed_out_is_not_undone(world):
    reading, ids = confirmed(world)
    review(world, "chief", hand_out, reading, ids, terms=TERMS)
    with pytest.raises(WrongState, match="không hoàn tác được"):
        review(world, "chief", undo_last_change, reading)


@pytest.mark.parametrize("who", ["clerk", "specialist", "stranger", "agency_leader"])
def test_who_does_not_assign_hands_nothing_out(world, who):
    reading, ids = confirmed(world)
    actor = Actor.person(getattr(world, who))
    with acting_as(actor), pytest.raises(NotYours):
        hand_out(reading, ids, terms=TERMS, by=actor, at=NOW)


def test_the_queries_of_a_hand_out_grow_little_with_its_rows(world):
    """Six hundred tasks go out in well under half a minute: what each adds is counted here."""
    spent = {}
    for rows in (2, 12):
        reading, ids = confirmed(world, [PROPOSALS[0]] * rows)
        with CaptureQueriesContext(connection) as counted:
            review(world, "chief", hand_out, reading, ids, terms=TERMS)
        spent[rows] = len(counted)
    assert (spent[12] - spent[2]) / 10 <= 30, spent


@pytest.mark.bench
def test_six_hundred_rows_go_out_in_half_a_minute(world):
    reading, ids = confirmed(world, [PROPOSALS[0], PROPOSALS[1]] * 300)
    began = time.perf_counter()
    review(world, "chief", hand_out, reading, ids, terms=TERMS)
    assert time.perf_counter() - began < 30
    with acting_as(Actor.person(world.chief)):
        assert Task.objects.filter(hand_out__isnull=False).count() == 600
