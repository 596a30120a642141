"""Every table that leads to a record, walked with raw SQL as everybody: nothing shows or changes beyond the audience.

What should be seen is worked out from the records themselves, read by the owner, whom no policy binds.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from django.db import connection, transaction

from congso.apps.directives.services import accept_task, report_progress
from congso.apps.directives.tests.factories import do, make_task
from congso.apps.documents.tests import factories as documents
from congso.kernel.access.internal.securing import declared
from congso.kernel.access.services import Actor, acting_as
from congso.kernel.directory.testing import World
from congso.kernel.records.models import Link
from congso.kernel.records.services import comment_on, link_records
from congso.lib.protection import Table

pytestmark = pytest.mark.django_db(transaction=True)

SPINE = "records_record"
PUBLISHED = (
    "procedures_publication", "procedures_publicform", "party_papers_edition", "party_papers_editionpassage",
    "party_papers_relation",
)  # fmt: skip


@dataclass(frozen=True)
class Walk:
    """A table, its key, and the joins that lead from its row `t` to its record `r`."""

    table: Table
    key: str
    joins: str


@pytest.fixture
def office(world: World) -> None:
    """Documents in several states, a task with a report, a comment, links: rows in as many tables as acts can fill."""
    documents.received(world)
    documents.presented(world)
    document = documents.in_progress(world)
    task = make_task(world, supporting=("TH",))
    do(world, "agency_leader", accept_task, task)
    do(world, "agency_leader", report_progress, task, text="Đã làm một nửa.", percent=50)
    chief = Actor.person(world.chief)
    with acting_as(chief):
        comment_on(document, by=chief, at=documents.NOW, text="Cần xong trước hạn.")
        link_records(task, document, kind=Link.Kind.SOURCE, by=chief, at=documents.NOW, clause="II.1")


@pytest.fixture
def walks(as_owner: Any) -> list[Walk]:
    """Every declared table from which foreign keys lead to a record, by the shortest way."""
    ways = _ways_to_the_spine(as_owner)
    found = [Walk(table, _key(as_owner, table.name), ways[table.name]) for table in declared() if _leads(table, ways)]
    assert len(found) > 10
    return found


def test_everybody_sees_exactly_the_records_of_her_audience(world: World, office: None, as_owner: Any) -> None:
    audiences = as_owner.execute("SELECT id, audience FROM records_record").fetchall()
    assert len(audiences) == 4
    for person in world.people().values():
        with acting_as(Actor.person(person)) as held:
            assert _column(f"SELECT id FROM {SPINE}") == {pk for pk, audience in audiences if held & set(audience)}


def test_no_row_of_a_record_shows_beyond_its_audience(
    world: World, office: None, walks: list[Walk], as_owner: Any
) -> None:
    filled = 0
    for walk in walks:
        rows = _rows(as_owner, walk)
        filled += bool(rows)
        for who, person in world.people().items():
            with acting_as(Actor.person(person)) as held:
                seen = _column(f'SELECT "{walk.key}" FROM {walk.table.name}')
            allowed = {pk for pk, audience, _ in rows if held & set(audience)}
            assert seen <= allowed, (walk.table.name, who)
    assert filled > 8


def test_no_row_of_a_record_is_changed_by_who_may_not_act(
    world: World, office: None, walks: list[Walk], as_owner: Any
) -> None:
    tried = 0
    for walk in walks:
        rows = _rows(as_owner, walk)
        for column in _changeable(walk.table.name):
            for who, person in world.people().items():
                changed = _try_to_change(walk, column, person)
                with acting_as(Actor.person(person)) as held:
                    allowed = {pk for pk, _, handlers in rows if held & set(handlers)}
                assert changed <= allowed, (walk.table.name, column, who)
                tried += 1
    assert tried >= 5 * len(world.people())


def _try_to_change(walk: Walk, column: str, person: int) -> set[Any]:
    with acting_as(Actor.person(person)), transaction.atomic():
        changed = _column(f'UPDATE {walk.table.name} SET "{column}" = "{column}" RETURNING "{walk.key}"')
        transaction.set_rollback(True)
    return changed


def _column(statement: str) -> set[Any]:
    with connection.cursor() as cursor:
        cursor.execute(statement)
        return {value for (value,) in cursor.fetchall()}


def _rows(as_owner: Any, walk: Walk) -> list[tuple[Any, list[int], list[int]]]:
    return as_owner.execute(
        f'SELECT t."{walk.key}", r.audience, r.handlers FROM {walk.table.name} t {walk.joins}'
    ).fetchall()


def _changeable(table: str) -> Iterator[str]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT column_name FROM information_schema.columns WHERE table_name = %s AND table_schema = 'public'"
            " AND has_column_privilege(current_user, table_name::regclass, column_name, 'UPDATE') LIMIT 1",
            [table],
        )
        yield from (name for (name,) in cursor.fetchall())


def _leads(table: object, ways: dict[str, str]) -> bool:
    # Notices, numbers and uploads also name a record, but belong to a person or an office; what is published
    # has readers of its own (decision 0025; tested in the apps).
    owned = {"notify_notice", "records_number", "files_upload", *PUBLISHED}
    return isinstance(table, Table) and table.name in ways and table.name not in owned


def _key(as_owner: Any, table: str) -> str:
    return as_owner.execute(
        "SELECT a.attname FROM pg_index i JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = i.indkey[0]"
        " WHERE i.indrelid = %s::regclass AND i.indisprimary",
        [table],
    ).fetchone()[0]


def _ways_to_the_spine(as_owner: Any) -> dict[str, str]:
    """For each table the joins from `t` to its record, found outwards from the spine along foreign keys."""
    keys = as_owner.execute(
        "SELECT c.conrelid::regclass::text, a.attname, c.confrelid::regclass::text, b.attname FROM pg_constraint c"
        " JOIN pg_attribute a ON a.attrelid = c.conrelid AND a.attnum = c.conkey[1]"
        " JOIN pg_attribute b ON b.attrelid = c.confrelid AND b.attnum = c.confkey[1]"
        " WHERE c.contype = 'f' AND a.attnotnull ORDER BY 1, 2"
    ).fetchall()
    ways = {SPINE: f"JOIN {SPINE} r ON r.id = t.id"}
    steps: dict[str, list[tuple[str, str, str]]] = {SPINE: []}
    edge = [SPINE]
    while edge:
        edge, reached = [], edge
        for child, column, parent, parent_key in keys:
            if parent in reached and child not in steps:
                steps[child] = [(column, parent, parent_key), *steps[parent]]
                ways[child] = _joins(steps[child])
                edge.append(child)
    return ways


def _joins(steps: list[tuple[str, str, str]]) -> str:
    told, alias = [], "t"
    for place, (column, parent, parent_key) in enumerate(steps):
        name = "r" if place == len(steps) - 1 else f"s{place}"
        told.append(f'JOIN {parent} {name} ON {name}."{parent_key}" = {alias}."{column}"')
        alias = name
    return " ".join(told)
