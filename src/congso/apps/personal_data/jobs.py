"""What runs by itself: the hours of breaches, limits of requests, copies that are over; and making a copy when asked.

All may run twice.
"""

from django.utils import timezone
from procrastinate.contrib.django import app

from congso.apps.personal_data.models import DataExport
from congso.apps.personal_data.services.exporting import EXPORT_JOB, discard_old_copies, make_copy
from congso.apps.personal_data.services.reminding import (
    remind_of_assessments,
    remind_of_breaches,
    remind_of_requests,
)
from congso.apps.personal_data.services.retention import propose_anonymisations
from congso.kernel.access.services import acting_as
from congso.kernel.jobs.mornings import REMINDERS, has_begun
from congso.kernel.jobs.services import Progress, job


@job(EXPORT_JOB)
def make_copy_of_own_data(progress: Progress, *, export_id: int) -> None:
    """Collect the asking person's data, as far as she sees it."""
    now = timezone.now()
    with acting_as(progress.actor):
        export = DataExport.objects.filter(pk=export_id, expires_at__gt=now).first()
        if export is not None:
            make_copy(export, by=progress.actor, at=now)


@app.periodic(cron="*/10 * * * *")
@app.task(name="personal_data.watch_breaches", queueing_lock="personal_data.watch_breaches")
def watch_breaches(timestamp: int) -> None:
    """Every ten minutes, day and night: the law counts hours."""
    with acting_as(REMINDERS):
        remind_of_breaches(by=REMINDERS, at=timezone.now())


@app.periodic(cron="25 * * * *")
@app.task(name="personal_data.remind", queueing_lock="personal_data.remind")
def remind(timestamp: int) -> None:
    """Once the office is open; each step is told once. Copies whose day is over are removed."""
    now = timezone.now()
    with acting_as(REMINDERS):
        discard_old_copies(at=now)
        if has_begun(now):
            remind_of_requests(by=REMINDERS, at=now)
            remind_of_assessments(by=REMINDERS, at=now)


@app.periodic(cron="40 2 * * *")
@app.task(name="personal_data.propose_anonymisations", queueing_lock="personal_data.propose_anonymisations")
def propose(timestamp: int) -> None:
    """Each night: whose data is no longer needed. People decide."""
    with acting_as(REMINDERS):
        propose_anonymisations(at=timezone.now())
