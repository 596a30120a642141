"""What runs by itself: opening periods every hour, reminding on working mornings. Both may run twice."""

from django.utils import timezone
from procrastinate.contrib.django import app

from congso.apps.directives.services import open_next_occurrences, send_reminders
from congso.kernel.access.principals import System
from congso.kernel.access.services import Actor, acting_as

REMINDERS = Actor.system(System.REMINDERS)
MORNING = 7  # o'clock in the office


@app.periodic(cron="5 * * * *")
@app.task(name="directives.open_periods", queueing_lock="directives.open_periods")
def open_periods(timestamp: int) -> None:
    """Open what has begun; hourly, so that a night without power is made up for."""
    with acting_as(REMINDERS):
        open_next_occurrences(by=REMINDERS, at=timezone.now())


@app.periodic(cron="20 * * * *")
@app.task(name="directives.remind", queueing_lock="directives.remind")
def remind(timestamp: int) -> None:
    """Remind once the office is open; each step is told once, so later runs of the day add nothing."""
    now = timezone.now()
    if timezone.localtime(now).hour < MORNING:
        return
    with acting_as(REMINDERS):
        send_reminders(by=REMINDERS, at=now)
