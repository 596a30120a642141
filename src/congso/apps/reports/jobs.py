"""What runs by itself: opening what is due every hour, reminding on working mornings. Both may run twice."""

from django.utils import timezone
from procrastinate.contrib.django import app

from congso.apps.reports.services import open_reports, send_reminders
from congso.kernel.access.services import acting_as
from congso.kernel.jobs.mornings import REMINDERS, each_morning


@app.periodic(cron="10 * * * *")
@app.task(name="reports.open_reports", queueing_lock="reports.open_reports")
def open_due(timestamp: int) -> None:
    """Open what has begun; hourly, so that a night without power is made up for."""
    with acting_as(REMINDERS):
        open_reports(by=REMINDERS, at=timezone.now())


each_morning("reports.remind", minute=25)(send_reminders)
