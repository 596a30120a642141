"""Queueing long work, watching it, stopping and retrying it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection
from django.utils import timezone
from procrastinate.contrib.django import app

from congso.kernel.access.services import Actor, OutsideTransaction, acting_as
from congso.kernel.jobs.models import Job

RUN = "congso.run"  # the queue's task that carries a job out (jobs.py)


class JobStopped(Exception):
    """The person asked to stop; the work ends at the next step, keeping what is done."""


class JobRefused(Exception):
    """The work cannot be done; the message tells the person why and how to go on, in Vietnamese."""


@dataclass
class Progress:
    """A running job's hand on its own row. Each call commits, so the person sees it at once."""

    job_id: int
    actor: Actor

    def step(self, done: int, total: int, message: str = "") -> None:
        """Say how far the work is; raises JobStopped when the person asked to stop."""
        with acting_as(self.actor):
            Job.objects.filter(id=self.job_id).update(done=done, total=total, message=message[:1000])
            if Job.objects.filter(id=self.job_id, is_stop_asked=True).exists():
                raise JobStopped


Work = Callable[..., None]
_works: dict[str, Work] = {}


def job(name: str) -> Callable[[Work], Work]:
    """Name a function `work(progress, **arguments)` so it can be queued. It must bear running twice."""

    def register(work: Work) -> Work:
        _works[name] = work
        return work

    return register


def queue_job(name: str, *, label: str, by: Actor, at: datetime, arguments: dict[str, Any]) -> Job:
    """Queue the named work in the running transaction; it starts when, and only if, that commits."""
    queued = Job.objects.create(task=name, arguments=arguments, label=label[:300], person_id=by.person_id, queued_at=at)
    _defer(queued.id, by)
    return queued


def retry_job(queued: Job, *, by: Actor, at: datetime) -> None:
    """Queue a failed or stopped job again."""
    ended = (Job.State.FAILED, Job.State.STOPPED)
    again = Job.objects.filter(id=queued.id, state__in=ended).update(
        state=Job.State.WAITING, message="", is_stop_asked=False, queued_at=at, finished_at=None
    )
    if again:
        _defer(queued.id, by)


def stop_job(queued: Job) -> None:
    """Ask a waiting or running job to stop at its next step."""
    Job.objects.filter(id=queued.id, state__in=(Job.State.WAITING, Job.State.RUNNING)).update(is_stop_asked=True)


def run_job(job_id: int, actor: Actor) -> None:
    """Carry out a queued job as its actor and write down how it ended. Called by the worker."""
    with acting_as(actor):
        queued = Job.objects.select_for_update().filter(id=job_id).first()
        if queued is None or queued.state == Job.State.FINISHED:
            return
        if queued.is_stop_asked:
            _end(job_id, Job.State.STOPPED, "")
            return
        queued.state, queued.attempts = Job.State.RUNNING, queued.attempts + 1
        queued.save(update_fields=["state", "attempts"])
    try:
        _works[queued.task](Progress(job_id, actor), **queued.arguments)
    except JobStopped:
        outcome = (Job.State.STOPPED, "Đã dừng theo yêu cầu.")
    except JobRefused as refusal:
        outcome = (Job.State.FAILED, str(refusal))
    except Exception:
        with acting_as(actor):
            _end(job_id, Job.State.FAILED, "Lỗi ngoài dự kiến; có thể thử lại. Quản trị viên xem nhật ký máy chủ.")
        raise
    else:
        outcome = (Job.State.FINISHED, "")
    with acting_as(actor):
        _end(job_id, *outcome)


def _end(job_id: int, state: Job.State, message: str) -> None:
    Job.objects.filter(id=job_id).update(state=state, message=message[:1000], finished_at=timezone.now())


def _defer(job_id: int, by: Actor) -> None:
    if not connection.in_atomic_block:
        raise OutsideTransaction
    app.configure_task(RUN).defer(job_id=job_id, kind=by.kind, actor_id=by.id)
