"""Tasks of the test world, made through the services."""

from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from congso.apps.directives.models import Task
from congso.apps.directives.queries import task_of
from congso.apps.directives.services import NewTask, assign_task
from congso.kernel.access.services import Actor, acting_as
from congso.kernel.directory.testing import World

NOW = datetime(2026, 11, 23, 8, 0, tzinfo=ZoneInfo("Asia/Ho_Chi_Minh"))
DUE = date(2026, 12, 11)


def moment(day: date, hour: int = 9) -> datetime:
    """An office hour of the day."""
    return datetime(day.year, day.month, day.day, hour, tzinfo=ZoneInfo("Asia/Ho_Chi_Minh"))


def new_task(world: World, lead: str = "BTC", **facts: Any) -> NewTask:
    """A task for a unit, due on 11/12/2026 unless said otherwise."""
    facts = {"content": "Chuẩn bị báo cáo sơ kết", "due_on": DUE} | facts
    facts["supporting"] = [world.organization(code) for code in facts.pop("supporting", ())]
    return NewTask(lead=world.organization(lead), **facts)


def make_task(
    world: World,
    *,
    lead: str = "BTC",
    owner: str = "VPTU",
    who: str = "chief",
    at: datetime = NOW,
    assigned_on: date | None = None,
    symbol: str = "01-KH/TU",
    **facts: Any,
) -> Task:
    """Assign a task as one of the cast, in a transaction of its own."""
    with acting_as(Actor.person(getattr(world, who))):
        return assign_task(
            new_task(world, lead, **facts),
            owner=world.organization(owner),
            source_symbol=symbol,
            by=Actor.person(getattr(world, who)),
            at=at,
            assigned_on=assigned_on,
        )


def do(world: World, who: str, service: Any, task: Task, *, at: datetime = NOW, **facts: Any) -> Any:
    """Call a service on the task as one of the cast, from a fresh read."""
    actor = Actor.person(getattr(world, who))
    with acting_as(actor):
        current = task_of(task.pk)
        answer = service(current, by=actor, at=at, **facts)
        task.state, task.due_on = current.state, current.due_on
        return answer
