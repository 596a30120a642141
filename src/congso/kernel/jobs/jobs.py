"""The queue's own tasks: running a job, and taking up what a killed worker left behind."""

from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from congso.kernel.access.services import Actor
from congso.kernel.jobs.services import RUN, run_job

STALLED_AFTER_SECONDS = 15


@app.task(name=RUN, retry=RetryStrategy(max_attempts=3, wait=5))
def run(job_id: int, kind: str, actor_id: int) -> None:
    """Carry out one job as the actor who asked."""
    run_job(job_id, Actor(kind, actor_id))


@app.periodic(cron="* * * * * */10")
@app.task(name="congso.take_up_stalled", queueing_lock="take_up_stalled", pass_context=True)
async def take_up_stalled(context: object, timestamp: int) -> None:
    """Queue again what a worker had in hand when it died."""
    manager = context.app.job_manager  # type: ignore[attr-defined]
    for stalled in await manager.get_stalled_jobs(seconds_since_heartbeat=STALLED_AFTER_SECONDS):
        await manager.retry_job(stalled)
