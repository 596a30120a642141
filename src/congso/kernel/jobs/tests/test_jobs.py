"""Long work exists exactly when its act does, acts as who asked, and can be stopped and retried."""

from collections.abc import Iterator
from types import SimpleNamespace

import pytest
from asgiref.sync import async_to_sync
from django.db import OperationalError, connection
from django.utils import timezone
from procrastinate.contrib.django import app
from procrastinate.jobs import Job as QueueEntry

from congso.kernel.access import principals
from congso.kernel.access.services import Actor, acting_as, current_principals
from congso.kernel.directory.testing import World
from congso.kernel.jobs import services
from congso.kernel.jobs.jobs import AgainSoon, take_up_stalled
from congso.kernel.jobs.models import Job
from congso.kernel.jobs.services import JobRefused, Progress, job, queue_job, retry_job, run_job, stop_job

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def done() -> Iterator[list[object]]:
    """What the test's work did."""
    did: list[object] = []

    @job("thử.làm")
    def work(progress: Progress, *, steps: int, fails: bool = False) -> None:
        for step in range(steps):
            progress.step(step + 1, steps, "đang làm")
            with acting_as(progress.actor):
                did.append(current_principals())
        if fails:
            raise JobRefused("Tệp hỏng, hãy gửi lại tệp khác.")

    yield did
    services._works.pop("thử.làm")


def queue(person: int, **arguments: object) -> Job:
    with acting_as(Actor.person(person)):
        return queue_job(
            "thử.làm", label="Việc thử", by=Actor.person(person), at=timezone.now(), arguments=dict(arguments)
        )


def seen_by(person: int) -> Job | None:
    with acting_as(Actor.person(person)):
        return Job.objects.first()


def test_a_job_acts_as_the_person_who_asked(world: World, done: list[frozenset[int]]) -> None:
    queued = queue(world.clerk, steps=2)
    run_job(queued.id, Actor.person(world.clerk))
    assert all(principals.person(world.clerk) in held for held in done)
    finished = seen_by(world.clerk)
    assert finished is not None
    assert (finished.state, finished.done, finished.total) == (Job.State.FINISHED, 2, 2)


def test_a_finished_job_run_again_does_nothing(world: World, done: list[object]) -> None:
    queued = queue(world.clerk, steps=1)
    run_job(queued.id, Actor.person(world.clerk))
    run_job(queued.id, Actor.person(world.clerk))
    assert len(done) == 1


def test_another_person_neither_sees_nor_runs_it(world: World, done: list[object]) -> None:
    queued = queue(world.clerk, steps=1)
    assert seen_by(world.head) is None
    run_job(queued.id, Actor.person(world.head))
    assert done == []


def test_a_refusal_tells_the_person_and_can_be_retried(world: World, done: list[object]) -> None:
    queued = queue(world.clerk, steps=1, fails=True)
    run_job(queued.id, Actor.person(world.clerk))
    failed = seen_by(world.clerk)
    assert failed is not None
    assert (failed.state, failed.message) == (Job.State.FAILED, "Tệp hỏng, hãy gửi lại tệp khác.")
    with acting_as(Actor.person(world.clerk)):
        retry_job(failed, by=Actor.person(world.clerk), at=timezone.now())
    run_job(queued.id, Actor.person(world.clerk))
    assert len(done) == 2


def test_a_stopped_job_ends_at_its_next_step(world: World, done: list[object]) -> None:
    queued = queue(world.clerk, steps=3)
    with acting_as(Actor.person(world.clerk)):
        stop_job(queued)
    run_job(queued.id, Actor.person(world.clerk))
    stopped = seen_by(world.clerk)
    assert stopped is not None
    assert (stopped.state, done) == (Job.State.STOPPED, [])


def test_a_job_whose_act_failed_never_existed(world: World, done: list[object]) -> None:
    def fail_after_queueing() -> None:
        with acting_as(Actor.person(world.clerk)):
            queue(world.clerk, steps=1)
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail_after_queueing()
    assert seen_by(world.clerk) is None


@pytest.mark.parametrize(
    ("failure", "attempts", "tried_again"),
    [(ValueError(), 2, True), (ValueError(), 3, False), (OperationalError(), 3, True), (OperationalError(), 30, False)],
)
def test_work_is_given_up_when_it_fails_but_not_because_the_database_is_away(
    failure: Exception, attempts: int, tried_again: bool
) -> None:
    entry = QueueEntry(id=1, queue="default", lock=None, queueing_lock=None, task_name="congso.run", attempts=attempts)
    assert (AgainSoon().get_retry_decision(exception=failure, job=entry) is not None) == tried_again


def test_what_a_dead_worker_had_in_hand_is_queued_again_but_periodic_work_only_once() -> None:
    insert = (
        "INSERT INTO procrastinate_jobs (task_name, queue_name, status, queueing_lock, worker_id)"
        " VALUES (%s, 'default', %s, %s, %s) RETURNING id"
    )
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO procrastinate_workers (last_heartbeat)"
            " VALUES (now() - interval '1 hour'), (now()) RETURNING id"
        )
        dead, alive = (row[0] for row in cursor.fetchall())
        rows = [("seal", "doing", "seal", dead), ("seal", "todo", "seal", None), ("run", "doing", None, dead),
                ("run", "doing", None, alive)]  # fmt: skip
        kept = []
        for row in rows:
            cursor.execute(insert, row)
            kept.append(cursor.fetchone()[0])
        async_to_sync(take_up_stalled.func)(SimpleNamespace(app=app), 0)
        cursor.execute("SELECT id, status::text FROM procrastinate_jobs WHERE id = ANY(%s) ORDER BY id", [kept])
        assert cursor.fetchall() == [(kept[1], "todo"), (kept[2], "todo"), (kept[3], "doing")]
