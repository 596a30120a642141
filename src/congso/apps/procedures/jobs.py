"""What runs by itself: reminding of promised days on working mornings. It may run twice."""

from django.utils import timezone
from procrastinate.contrib.django import app

from congso.apps.procedures.services import send_case_reminders
from congso.kernel.access.principals import System
from congso.kernel.access.services import Actor, acting_as

REMINDERS = Actor.system(System.REMINDERS)
MORNING = 7  # o'clock in the office


@app.periodic(cron="25 * * * *")
@app.task(name="procedures.remind", queueing_lock="procedures.remind")
def remind(timestamp: int) -> None:
    """Remind once the office is open; each step is told once, so later runs of the day add nothing."""
    now = timezone.now()
    if timezone.localtime(now).hour < MORNING:
        return
    with acting_as(REMINDERS):
        send_case_reminders(by=REMINDERS, at=now)
