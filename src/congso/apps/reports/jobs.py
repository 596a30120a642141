"""What runs by itself: opening what is due every hour, reminding on working mornings. Both may run twice."""

from django.utils import timezone
from procrastinate.contrib.django import app

from congso.apps.reports.services import open_reports, send_reminders
from congso.kernel.access.principals import System
from congso.kernel.access.services import Actor, acting_as

REMINDERS = Actor.system(System.REMINDERS)
MORNING = 7  # o'clock in the office


@app.periodic(cron="10 * * * *")
@app.task(name="reports.open_reports", queueing_lock="reports.open_reports")
def open_due(timestamp: int) -> None:
    """Open what has begun; hourly, so that a night without power is made up for."""
    with acting_as(REMINDERS):
        open_reports(by=REMINDERS, at=timezone.now())


@app.periodic(cron="25 * * * *")
@app.task(name="reports.remind", queueing_lock="reports.remind")
def remind(timestamp: int) -> None:
    """Remind once the office is open; each step is told once, so later runs of the day add nothing."""
    now = timezone.now()
    if timezone.localtime(now).hour < MORNING:
        return
    with acting_as(REMINDERS):
        send_reminders(by=REMINDERS, at=now)
