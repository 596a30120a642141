"""Only `enter` opens the database, and only for who the ticket names."""

from datetime import date

import pytest
from django.db import Error, connection, transaction

from congso.kernel.access import principals
from congso.kernel.access.principals import Function, Role
from congso.kernel.access.services import NOBODY, Actor, OutsideTransaction, acting_as, current_principals, enter
from congso.kernel.directory.models import Person
from congso.kernel.directory.testing import World

pytestmark = pytest.mark.django_db


def test_a_person_holds_what_her_posts_give(world: World) -> None:
    office = world.organizations["VPTU"]
    with acting_as(Actor.person(world.chief)) as held:
        assert {principals.office(office, f) for f in (Function.STAFF, Function.LEADERS, Function.CHIEFS)} <= held
        assert principals.person(world.chief) in held
        assert principals.office(office, Function.CLERKS) not in held


def test_before_her_appointment_she_is_only_herself(world: World) -> None:
    with acting_as(Actor.person(world.chief), day=date(2025, 6, 30)) as held:
        assert held == {principals.person(world.chief)}


def test_a_role_is_held_for_its_term(world: World) -> None:
    with acting_as(Actor.person(world.reader)) as held:
        assert principals.role(Role.READER) in held
    with acting_as(Actor.person(world.reader), day=date(2099, 1, 1)) as held:
        assert principals.role(Role.READER) not in held


def test_nobody_sees_nothing(world: World) -> None:
    with acting_as(NOBODY) as held:
        assert held == frozenset()
        assert not Person.objects.exists()


def test_inside_a_block_another_actor_works_and_then_the_first_is_back(world: World) -> None:
    with acting_as(Actor.person(world.clerk)) as outer:
        with acting_as(Actor.person(world.head)):
            assert principals.person(world.head) in current_principals()
        assert current_principals() == outer


@pytest.mark.parametrize(
    "forgery",
    [
        "SELECT set_config('congso.principals', '{4000000000000100}', true)",
        "SELECT set_config('congso.principals', '{4000000000000100}', true), set_config('congso.seal', 'x', true)",
        "SELECT set_config('congso.actor', 'person:1', true)",
    ],
)
def test_a_forged_setting_opens_nothing(world: World, forgery: str) -> None:
    with acting_as(Actor.person(world.stranger)), connection.cursor() as cursor:
        cursor.execute(forgery)
        assert current_principals() == frozenset()


@pytest.mark.parametrize(
    "statement",
    [
        "SELECT congso.enter('person:1:2026-01-01:1:00')",
        "SELECT congso.enter('')",
        "SELECT congso.enter(NULL)",
        "SELECT congso.mac('person:1')",
        "SELECT congso.seal('person:1', '{1}')",
        "SELECT congso.principals_of(1, '2026-01-01')",
        "SELECT congso.people_behind('{1}', '2026-01-01')",
        "SELECT * FROM access_secret",
        "SET ROLE congso_owner",
        "ALTER TABLE records_record DISABLE ROW LEVEL SECURITY",
        "CREATE TABLE own (id int)",
    ],
)
def test_sql_alone_cannot_become_somebody(world: World, statement: str) -> None:
    with acting_as(Actor.person(world.stranger)), pytest.raises(Error), transaction.atomic():
        connection.cursor().execute(statement)


def test_the_role_is_bound_by_row_level_security() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT rolsuper OR rolbypassrls OR rolcreaterole FROM pg_roles WHERE rolname = current_user")
        assert cursor.fetchone() == (False,)
        cursor.execute("SELECT count(*) FROM pg_tables WHERE schemaname = 'public' AND tableowner = current_user")
        assert cursor.fetchone() == (0,)


@pytest.mark.django_db(transaction=True)
def test_entering_needs_a_transaction(world: World) -> None:
    with pytest.raises(OutsideTransaction):
        enter(Actor.person(world.clerk))


@pytest.mark.django_db(transaction=True)
def test_principals_end_with_the_transaction(world: World) -> None:
    with acting_as(Actor.person(world.clerk)):
        assert current_principals()
    assert current_principals() == frozenset()
