"""A real worker: what a job queues in turn exists exactly when that job's transaction commits."""

import asyncio
from collections.abc import Iterator
from threading import Thread

import pytest
from django.db import connection, connections
from django.utils import timezone

from congso.kernel.access.services import Actor, acting_as
from congso.kernel.directory.testing import World
from congso.kernel.jobs import services
from congso.kernel.jobs.management.commands.worker import work
from congso.kernel.jobs.models import Job
from congso.kernel.jobs.services import JobRefused, Progress, job, queue_job

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def _works() -> Iterator[None]:
    @job("thử.con")
    def child(progress: Progress) -> None:
        progress.step(1, 1)

    @job("thử.mẹ")
    def mother(progress: Progress, *, fails: bool) -> None:
        with acting_as(progress.actor):
            queue(progress.actor, "thử.con")
            if fails:
                raise JobRefused("Không làm được.")

    yield
    for name in ("thử.con", "thử.mẹ"):
        services._works.pop(name)
    with connection.cursor() as cursor:  # a worker's connections end with its process; here it has none of its own
        cursor.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = current_user"
            " AND datname = current_database() AND pid <> pg_backend_pid()"
        )


def queue(actor: Actor, name: str, **arguments: object) -> None:
    queue_job(name, label=name, by=actor, at=timezone.now(), arguments=dict(arguments))


def work_off() -> None:
    """What waits, then what the last of those queued; in a thread, as the loop and its connections are the worker's."""

    def run() -> None:
        for _ in range(2):
            asyncio.run(work(wait=False, install_signal_handlers=False))
            connections.close_all()

    thread = Thread(target=run)
    thread.start()
    thread.join()


def test_a_job_of_a_job_follows_its_transaction(world: World) -> None:
    actor = Actor.person(world.clerk)
    with acting_as(actor):
        queue(actor, "thử.mẹ", fails=True)
        queue(actor, "thử.mẹ", fails=False)
    work_off()
    with acting_as(actor):
        ended = sorted(Job.objects.values_list("task", "state"))
    assert ended == [("thử.con", "finished"), ("thử.mẹ", "failed"), ("thử.mẹ", "finished")]
