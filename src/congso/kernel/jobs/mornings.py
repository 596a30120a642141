"""Work of working mornings, for all systems: reminders are there when the office opens."""

from collections.abc import Callable
from datetime import datetime
from typing import Any, Protocol

from django.utils import timezone
from procrastinate.contrib.django import app

from congso.kernel.access.principals import System
from congso.kernel.access.services import Actor, acting_as

REMINDERS = Actor.system(System.REMINDERS)
OPENS = 7  # o'clock in the office


class Work(Protocol):
    """What is done in the name of the reminding system."""

    def __call__(self, *, by: Actor, at: datetime) -> object: ...


def has_begun(now: datetime) -> bool:
    """Whether the office is open."""
    return timezone.localtime(now).hour >= OPENS


def each_morning(name: str, *, minute: int) -> Callable[[Work], Any]:
    """Do the work hourly once the office is open, so that a morning without power is made up for.

    What was done must not be done again by the later runs of the day.
    """

    def register(work: Work) -> Any:
        @app.periodic(cron=f"{minute} * * * *")
        @app.task(name=name, queueing_lock=name)
        def run(timestamp: int) -> None:
            now = timezone.now()
            if has_begun(now):
                with acting_as(REMINDERS):
                    work(by=REMINDERS, at=now)

        return run

    return register
