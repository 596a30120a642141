"""What runs by itself: letters are closed at their hour and who has not answered is reminded. Both may run twice."""

from django.utils import timezone
from procrastinate.contrib.django import app

from congso.apps.voting.services import close_due, send_reminders
from congso.kernel.access.services import acting_as
from congso.kernel.jobs.mornings import REMINDERS, each_morning


@app.periodic(cron="*/5 * * * *")
@app.task(name="voting.close_due", queueing_lock="voting.close_due")
def close_letters(timestamp: int) -> None:
    """Close what is due. Votes after the hour are refused already, whenever this runs."""
    with acting_as(REMINDERS):
        close_due(by=REMINDERS, at=timezone.now())


each_morning("voting.remind", minute=35)(send_reminders)
