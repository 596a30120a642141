import time

from procrastinate.contrib.django import app

from congso.kernel.access.principals import System
from congso.kernel.access.services import Actor, acting_as
from congso.kernel.jobs.mornings import each_morning
from congso.kernel.search.learning import learn_meanings
from congso.kernel.search.saving import tell_news
from congso.kernel.search.services import weigh_terms

_MACHINE = Actor.system(System.REMINDERS)
_AT_A_STRETCH = 8.0  # seconds: other work waits for one of two places in the worker


@app.periodic(cron="20 2 * * *")
@app.task(name="congso.weigh_terms", queueing_lock="weigh_terms")
def weigh(timestamp: int) -> None:
    """Every night: which words are rare."""
    with acting_as(_MACHINE):
        weigh_terms()


@app.periodic(cron="* * * * * */10")
@app.task(name="congso.learn_meanings", queueing_lock="learn_meanings", lock="learn_meanings")
def learn(timestamp: int) -> None:
    """All day: what new passages mean, a few at a time. What is learnt is committed, so a stop loses a few seconds."""
    until = time.monotonic() + _AT_A_STRETCH
    while time.monotonic() < until:
        with acting_as(_MACHINE):
            if not learn_meanings():
                return


search_news = each_morning("congso.search_news", minute=25)(tell_news)
