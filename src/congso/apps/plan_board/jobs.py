"""What runs by itself: targets are counted every night for the keepers who asked for it. It may run twice."""

from django.utils import timezone
from procrastinate.contrib.django import app

from congso.apps.plan_board.services import count_by_clock
from congso.kernel.jobs.mornings import REMINDERS


@app.periodic(cron="35 * * * *")
@app.task(name="plan_board.count", queueing_lock="plan_board.count")
def count(timestamp: int) -> None:
    """Soon after midnight; hourly, so that a night without power is made up for."""
    count_by_clock(by=REMINDERS, at=timezone.now())
