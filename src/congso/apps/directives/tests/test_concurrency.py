"""Two people press at once: one act happens, the other person is told what happened."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from threading import Barrier

import pytest
from django.db import connection

from congso.apps.directives.models import HandOut, Occurrence, ProgressReport
from congso.apps.directives.queries import task_of
from congso.apps.directives.services import (
    accept_task,
    ask_confirmation,
    cancel_task,
    confirm_certain,
    confirm_completion,
    decide_extension,
    hand_out,
    open_next_occurrences,
    reject_completion,
    request_extension,
)
from congso.apps.directives.tests.factories import NOW, do, make_task, moment
from congso.apps.directives.tests.reading_factories import ready, review, rows_of, source_of, started
from congso.apps.directives.tests.test_handing_out import TERMS
from congso.apps.directives.tests.test_reminding import monthly
from congso.kernel.access.principals import System
from congso.kernel.access.services import Actor, acting_as
from congso.kernel.records.models import TimelineEntry
from congso.kernel.workflow.services import Refused

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(*acts: Callable[[], object]) -> list[object]:
    """Run the acts in threads that start together; each gives its answer or its refusal."""
    barrier = Barrier(len(acts))

    def run(act: Callable[[], object]) -> object:
        try:
            barrier.wait(timeout=10)
            return act()
        except Refused as refusal:
            return refusal
        finally:
            connection.close()

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(run, acts))


def press(world, who: str, service, task, **facts) -> Callable[[], object]:
    actor = Actor.person(getattr(world, who))

    def pressed() -> object:
        with acting_as(actor):
            return service(task_of(task.pk), by=actor, at=NOW, **facts)

    return pressed


def acts_of(world, task) -> list[str]:
    with acting_as(Actor.person(world.chief)):
        return list(TimelineEntry.objects.filter(record_id=task.pk).order_by("id").values_list("act", flat=True))


@pytest.mark.parametrize(
    ("prepared", "first", "second"),
    [
        ((), ("agency_leader", accept_task, {}), ("agency_clerk", accept_task, {})),
        (("finish",), ("chief", confirm_completion, {}), ("tracker", confirm_completion, {})),
        (("finish",), ("chief", confirm_completion, {}), ("tracker", reject_completion, {"note": "Thiếu"})),
        ((), ("agency_leader", ask_confirmation, {}), ("chief", cancel_task, {"note": "Thôi"})),
        (
            ("wish",),
            ("chief", decide_extension, {"is_granted": True}),
            ("secretary", decide_extension, {"is_granted": False, "note": "Không"}),
        ),
    ],
)
def test_of_two_who_press_at_once_one_wins_and_one_is_told(world, prepared, first, second):
    task = make_task(world)
    if "finish" in prepared:
        do(world, "agency_leader", ask_confirmation, task)
    if "wish" in prepared:
        do(world, "agency_leader", request_extension, task, new_due_on=date(2026, 12, 25), reason="Chờ")
    before = len(acts_of(world, task))
    answers = at_once(*(press(world, who, service, task, **facts) for who, service, facts in (first, second)))
    refusals = [one for one in answers if isinstance(one, Refused)]
    happened = len(acts_of(world, task)) - before
    assert happened == 2 - len(refusals)
    # Asking and cancelling may both happen, one after the other; every other pair excludes itself.
    assert happened == 1 or (first[1], second[1]) == (ask_confirmation, cancel_task)


def test_two_runs_of_the_reminders_open_each_period_once(world):
    series = monthly(world)
    actor = Actor.system(System.REMINDERS)

    def run() -> object:
        with acting_as(actor):
            return open_next_occurrences(by=actor, at=moment(date(2026, 11, 23)))

    answers = at_once(run, run)
    assert sum(answers) == 3
    with acting_as(Actor.person(world.chief)):
        assert Occurrence.objects.filter(series=series).count() == 3
        assert not ProgressReport.objects.exists()


def test_of_two_who_hand_out_the_same_rows_one_does(world):
    reading = ready(world)
    review(world, "chief", confirm_certain, reading)
    ids = [row.pk for row in rows_of(world, reading) if row.state == "confirmed"]

    def give(who: str) -> Callable[[], object]:
        return lambda: review(world, who, hand_out, reading, ids, terms=TERMS)

    answers = at_once(give("chief"), give("tracker"))
    assert sorted(isinstance(answer, Refused) for answer in answers) == [False, True], answers
    with acting_as(Actor.person(world.chief)):
        assert HandOut.objects.count() == 4


def test_of_two_who_start_a_reading_both_get_the_same(world):
    source = source_of(world)

    def begin(who: str) -> Callable[[], object]:
        return lambda: started(world, who=who, source=source).pk

    first, second = at_once(begin("chief"), begin("tracker"))
    assert first == second
