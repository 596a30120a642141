"""Letters go out by themselves: queued when their hour has come, sent every minute, by one worker at a time."""

from django.utils import timezone
from procrastinate.contrib.django import app

from congso.kernel.notify.mailing import is_mail_on, queue_digests, send_letters


@app.periodic(cron="* * * * *")
@app.task(name="congso.send_letters", lock="congso.send_letters", queueing_lock="congso.send_letters")
def send(timestamp: int) -> None:
    """Digests whose hour has come, and what is told at once. What cannot be sent waits for the next minute."""
    if not is_mail_on():
        return
    queue_digests(at=timezone.now())
    send_letters(at=timezone.now())
