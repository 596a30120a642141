"""Reminders wait until the office opens, and are made up for later in the day."""

from typing import Any

import pytest
from procrastinate import App
from procrastinate.testing import InMemoryConnector

from congso.kernel.access.services import Actor
from congso.kernel.jobs import mornings
from congso.kernel.jobs.mornings import REMINDERS, each_morning
from tests.isolation import OFFICE_HOURS


@pytest.mark.django_db
@pytest.mark.parametrize(("hour", "minute", "times"), [(0, 5, 0), (6, 59, 0), (7, 0, 1), (8, 5, 1), (23, 59, 1)])
def test_work_begins_when_the_office_opens(
    hour: int, minute: int, times: int, clock: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    queue = App(connector=InMemoryConnector())
    monkeypatch.setattr(mornings, "app", queue)
    done: list[Actor] = []
    run = each_morning("tests.remind", minute=5)(lambda *, by, at: done.append(by))
    clock.move_to(OFFICE_HOURS.replace(hour=hour, minute=minute))
    run(timestamp=0)
    assert done == [REMINDERS] * times
    assert [one.cron for one in queue.periodic_registry.periodic_tasks.values()] == ["5 * * * *"]
