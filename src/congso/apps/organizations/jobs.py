"""What runs by itself: names and superiors that begin today are brought into force; a personnel list is carried out.

Both may run twice.
"""

from django.utils import timezone
from procrastinate.contrib.django import app

from congso.kernel.access.principals import System
from congso.kernel.access.services import Actor, acting_as
from congso.kernel.accounts.models import Feed
from congso.kernel.accounts.provisioning import FeedRefused, carry_out
from congso.kernel.directory.services import bring_into_force
from congso.kernel.jobs.services import JobRefused, Progress, job

CHART = Actor.system(System.CHART)


@app.periodic(cron="3 * * * *")
@app.task(name="organizations.bring_into_force", queueing_lock="organizations.bring_into_force")
def bring_chart_into_force(timestamp: int) -> None:
    """Hourly, so that the first hour of a day and a night without power are made up for."""
    with acting_as(CHART):
        bring_into_force()


@job("organizations.carry_out_feed")
def carry_out_feed(progress: Progress, *, feed_id: int, confirmed: bool) -> None:
    """What a compared personnel list says, batch by batch, as who compared it; goes on where it was interrupted."""
    with acting_as(progress.actor):
        feed = Feed.objects.get(pk=feed_id)
    try:
        carry_out(
            feed,
            by=progress.actor.id,
            at=timezone.now(),
            confirmed=confirmed,
            say=lambda done: progress.step(done, max(done, feed.rows_read), f"Đã thực hiện {done} dòng"),
        )
    except FeedRefused as refused:
        raise JobRefused(str(refused)) from None
