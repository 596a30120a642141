"""What runs by itself: names and superiors that begin today are brought into force. May run twice."""

from procrastinate.contrib.django import app

from congso.kernel.access.principals import System
from congso.kernel.access.services import Actor, acting_as
from congso.kernel.directory.services import bring_into_force

CHART = Actor.system(System.CHART)


@app.periodic(cron="3 * * * *")
@app.task(name="organizations.bring_into_force", queueing_lock="organizations.bring_into_force")
def bring_chart_into_force(timestamp: int) -> None:
    """Hourly, so that the first hour of a day and a night without power are made up for."""
    with acting_as(CHART):
        bring_into_force()
