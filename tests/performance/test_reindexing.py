"""The index can be made anew, stopped and gone on with; what an act changes meanwhile is never lost."""

import os
import subprocess
import sys
import threading
from collections.abc import Callable
from datetime import UTC, date, datetime

import psycopg
import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from congso.kernel.access import principals
from congso.kernel.access.services import Actor, acting_as
from congso.kernel.directory.testing import World
from congso.kernel.records.models import Record
from congso.kernel.search.queries import search
from congso.kernel.search.services import index_record
from operate.places import ROOT
from tests.server import app_url, owner_url

AT = datetime(2026, 11, 23, 2, tzinfo=UTC)
Owner = psycopg.Connection[tuple[object, ...]]


def make(world: World, title: str) -> Record:
    """A record of the clerk's, not yet findable."""
    mine = [principals.person(world.clerk)]
    return Record.objects.create(
        type="paper", title=title, state="open", owner_id=world.organizations["VPTU"], opened_on=date(2026, 5, 4),
        created_by_id=world.clerk, created_at=AT, updated_at=AT, audience=mine, handlers=mine,
    )  # fmt: skip


def reindex(*arguments: str) -> str:
    """The command as an operator runs it."""
    environment = os.environ | {
        "CONGSO_ROLE": "owner", "DATABASE_URL": app_url(), "DATABASE_OWNER_URL": owner_url(),
    }  # fmt: skip
    command = [sys.executable, str(ROOT / "manage.py"), "index", "rebuild", *arguments]
    return subprocess.run(command, env=environment, check=True, capture_output=True, text=True).stdout


@pytest.mark.django_db(transaction=True)
def test_the_owner_reindexes_all_and_goes_on_after_a_stop(world: World, as_owner: Owner) -> None:
    with acting_as(Actor.person(world.clerk)):
        first, second = make(world, "Phương án nhân sự"), make(world, "Phương án tổ chức")
        index_record(first)
    assert "2/2" in reindex()
    with acting_as(Actor.person(world.clerk)):
        assert search("phương án").total == 2
    begun = datetime.now(UTC).isoformat()
    as_owner.execute("UPDATE search_entry SET indexed_at = %s WHERE record_id = %s", [begun, first.pk])
    assert "1/1" in reindex("--since", begun)
    assert second.pk > first.pk


@pytest.mark.django_db
def test_the_application_role_is_told_who_may_reindex() -> None:
    with pytest.raises(CommandError, match="CONGSO_ROLE=owner"):
        call_command("index", "rebuild")


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("is_index_first", [True, False])
def test_an_audience_changed_while_indexing_reaches_the_index(
    world: World, as_owner: Owner, *, is_index_first: bool
) -> None:
    with acting_as(Actor.person(world.clerk)):
        record = make(world, "Phương án nhân sự")

    def change() -> None:
        chief = [principals.person(world.chief)]
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT congso.move_record(%s, 'open', 'open', %s, %s, NULL, %s)", [record.pk, chief, chief, AT]
            )

    acts: list[Callable[[], None]] = [lambda: index_record(record), change]
    one, other = acts if is_index_first else acts[::-1]
    waiting = threading.Thread(target=_act, args=(world.clerk, other))
    with acting_as(Actor.person(world.clerk)):
        one()
        waiting.start()
        waiting.join(timeout=0.3)
        assert waiting.is_alive(), "the second act waits for the first"
    waiting.join(timeout=10)
    found = as_owner.execute("SELECT audience FROM search_entry").fetchall()
    assert found == [([principals.person(world.chief)],)]


def _act(person: int, act: Callable[[], None]) -> None:
    """One act in a thread and transaction of its own."""
    with acting_as(Actor.person(person)):
        act()
    connection.close()
