from procrastinate.contrib.django import app

from congso.kernel.access.principals import System
from congso.kernel.access.services import Actor, acting_as
from congso.kernel.search.services import weigh_terms


@app.periodic(cron="20 2 * * *")
@app.task(name="congso.weigh_terms", queueing_lock="weigh_terms")
def weigh(timestamp: int) -> None:
    """Every night: which words are rare."""
    with acting_as(Actor.system(System.REMINDERS)):
        weigh_terms()
