"""The queue's own tasks: running a job, and taking up what a killed worker left behind."""

from django.db import InterfaceError, OperationalError
from procrastinate import BaseRetryStrategy, RetryDecision
from procrastinate.contrib.django import app
from procrastinate.jobs import Job as QueueEntry
from procrastinate.jobs import Status

from congso.kernel.access.services import Actor
from congso.kernel.jobs.services import RUN, run_job

STALLED_AFTER_SECONDS = 15
AGAIN, AGAIN_WITHOUT_DATABASE = 3, 30


class AgainSoon(BaseRetryStrategy):
    """Work that fails is tried again three times.

    While the database is away the failure cannot even be written down, so that is no reason to give up.
    """

    def get_retry_decision(self, *, exception: BaseException, job: QueueEntry) -> RetryDecision | None:
        """When to try again; None ends the work. Attempts count from 0; those a killed worker made are among them."""
        is_away = isinstance(exception, OperationalError | InterfaceError)
        if job.attempts >= (AGAIN_WITHOUT_DATABASE if is_away else AGAIN):
            return None
        return RetryDecision(retry_in={"seconds": 5})


@app.task(name=RUN, retry=AgainSoon())
def run(job_id: int, kind: str, actor_id: int) -> None:
    """Carry out one job as the actor who asked."""
    run_job(job_id, Actor(kind, actor_id))


@app.periodic(cron="* * * * * */10")
@app.task(name="congso.take_up_stalled", queueing_lock="take_up_stalled", pass_context=True)
async def take_up_stalled(context: object, timestamp: int) -> None:
    """Queue again what a worker had in hand when it died. Periodic work comes again by itself, and only once."""
    manager = context.app.job_manager  # type: ignore[attr-defined]
    for stalled in await manager.get_stalled_jobs(seconds_since_heartbeat=STALLED_AFTER_SECONDS):
        if stalled.queueing_lock:
            await manager.finish_job(stalled, status=Status.FAILED, delete_job=True)
        else:
            await manager.retry_job(stalled)
