"""Letters go out and devices are woken by themselves, every minute, by one worker at a time."""

from django.utils import timezone
from procrastinate.contrib.django import app

from congso.kernel.notify.mailing import is_mail_on, queue_digests, send_letters
from congso.kernel.notify.push_devices import is_push_on
from congso.kernel.notify.pushing import send_pushes


@app.periodic(cron="* * * * *")
@app.task(name="congso.send_letters", lock="congso.send_letters", queueing_lock="congso.send_letters")
def send(timestamp: int) -> None:
    """Digests whose hour has come, and what is told at once. What cannot be sent waits for the next minute."""
    if not is_mail_on():
        return
    queue_digests(at=timezone.now())
    send_letters(at=timezone.now())


@app.periodic(cron="* * * * *")
@app.task(name="congso.send_pushes", lock="congso.send_pushes", queueing_lock="congso.send_pushes")
def push(timestamp: int) -> None:
    """Devices with news, where the operator lets messages pass through the makers of browsers."""
    if is_push_on():
        send_pushes(at=timezone.now())
