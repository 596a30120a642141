"""A few random worlds in every run, 2,000 by `make faults`; a world that disagrees is named by its seed."""

import os
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from random import Random
from typing import Any

import pytest
from django.db import transaction
from django.utils import timezone

from congso.kernel.access.services import Actor, acting_as
from congso.kernel.directory.testing import World
from tests.worlds.acts import live
from tests.worlds.chart import RandomWorld, change_chart, found_world, grant_roles, people_of
from tests.worlds.judging import judge
from tests.worlds.report import keep
from tests.worlds.rule import Chart

SHORT = 5
COUNT = int(os.environ.get("WORLDS") or (2000 if os.environ.get("FAULTS") else SHORT))
SEED = int(os.environ.get("WORLDS_SEED") or 1)

pytestmark = [pytest.mark.faults, pytest.mark.timeout(4 * 3600 if COUNT > SHORT else 120)]


@contextmanager
def taken_back() -> Iterator[None]:
    """A transaction that ends as if it had not been."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def make_world(seed: int, cast: World) -> tuple[RandomWorld, Chart, int]:
    """One world: a chart, a life, one or two changes of the chart, more life; its chart of today; how many acts."""
    random = Random(seed)  # noqa: S311 - repeatable on purpose
    now = timezone.localtime()
    world = RandomWorld(random, cast, now.date(), now, people_of(cast, random, random.randint(4, 6)))
    acts = 0
    with acting_as(Actor.person(cast.administrator)):
        found_world(world)
    grant_roles(world)
    with acting_as(Actor.person(cast.administrator)):
        chart = Chart(world.today)
    acts += live(world, chart, acts=8)
    for _ in range(random.choice((0, 1, 1, 2))):
        with acting_as(Actor.person(cast.administrator)):
            change_chart(world)
            chart = Chart(world.today)
        acts += live(world, chart, acts=3)
    return world, chart, acts


def test_everything_that_tells_who_sees_what_says_the_same(
    django_db_setup: World, django_db_blocker: Any, settings: Any
) -> None:
    settings.SECOND_FACTOR_FOR = []  # whom chance makes an administrator would be asked for one
    told: Counter[str] = Counter()
    states: Counter[str] = Counter()
    with django_db_blocker.unblock():
        for seed in range(SEED, SEED + COUNT):
            with taken_back():
                world, chart, acts = make_world(seed, django_db_setup)
                try:
                    found, reached = judge(world, chart)
                except AssertionError as disagreement:
                    raise AssertionError(f"world {seed}: {disagreement}") from disagreement
                states.update(reached)
                told.update(found, acts=acts, events=world.events)
    assert told["seen"] > COUNT  # worlds in which nobody sees anything would prove nothing
    if COUNT > SHORT:
        keep(SEED, COUNT, told, states)
