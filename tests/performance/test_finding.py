"""Finding as one types over 10,000 organizations and 130,000 people: the index of words is used, and it is quick."""

from collections.abc import Callable
from functools import partial
from typing import Any

import psycopg
import pytest
from django.db import connection

from congso.kernel.access.services import Actor, acting_as
from congso.kernel.directory.finding import find_organizations, find_people
from congso.kernel.directory.testing import START, World
from tests.performance.bench.machine import app_backend, measured
from tests.performance.bench.province import TYPED, load_province

# In looks at everybody's words, by computing, side by side: the machine and whoever else uses it are no part of it.
# It is 60 ms where a look takes 40. The bench has the figures (docs/benchmarks.md).
LONGEST = 1.5

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def large(world: World, as_owner: psycopg.Connection[Any]) -> World:
    """The test world inside a province."""
    load_province(as_owner)
    return world


def look_at_everybody() -> None:
    """What finding would cost without an index."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM directory_person WHERE name_words::text ILIKE '%%thuy%%'")


def least(*acts: Callable[[], object]) -> list[float]:
    """Milliseconds of computing each takes at best, turn by turn."""
    turns = [[measured([act], app_backend).cpu50 for act in acts] for _ in range(3)]
    return [min(column) for column in zip(*turns, strict=True)]


def test_finding_as_one_types_is_quick(large: World, as_owner: psycopg.Connection[Any]) -> None:
    with acting_as(Actor.person(large.stranger)):
        for typed in TYPED:
            for find in (find_people, partial(find_organizations, day=START)):
                found, look = least(partial(find, typed), look_at_everybody)
                assert found < LONGEST * look, typed
        assert [one.full_name for one in find_people("nguyễn văn an")] == ["Nguyễn Văn An"] * 12
    for table, index in (("directory_person", "person_words"), ("directory_organizationversion", "organization_words")):
        question = f"EXPLAIN SELECT id FROM {table} WHERE name_words @@ $$'quoc':* & 'thuy':*$$"
        plan = "\n".join(line for (line,) in as_owner.execute(question).fetchall())
        assert index in plan, plan
