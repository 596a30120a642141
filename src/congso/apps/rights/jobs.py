"""What runs by itself: ended openings are reported, quarterly reviews opened and reminded of. All may run twice."""

from django.utils import timezone
from procrastinate.contrib.django import app

from congso.apps.rights.services.opening import report_ended
from congso.apps.rights.services.reviewing import keep_calendar
from congso.kernel.access.principals import System
from congso.kernel.access.services import Actor, acting_as
from congso.kernel.jobs.mornings import has_begun

RIGHTS = Actor.system(System.RIGHTS)


@app.periodic(cron="*/5 * * * *")
@app.task(name="rights.report_openings", queueing_lock="rights.report_openings")
def report_openings(timestamp: int) -> None:
    """Sight has ended by itself; its owner is told within five minutes what was looked at."""
    with acting_as(RIGHTS):
        report_ended()


@app.periodic(cron="10 * * * *")
@app.task(name="rights.keep_reviews", queueing_lock="rights.keep_reviews")
def keep_reviews(timestamp: int) -> None:
    """Once the office is open: the quarter's review is opened in time, and reminded of; once a day."""
    now = timezone.now()
    if has_begun(now):
        with acting_as(RIGHTS):
            keep_calendar(now)
