"""The tests' database: a real PostgreSQL, migrated and secured by the owner, used as the application's role.

A role that owned the tables would bypass row-level security and prove nothing. Each process of the run makes
one database, keeps an untouched copy of it, and gets the copy back after a test that really commits.
"""

import os
from collections.abc import Iterator
from functools import partial
from io import StringIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

import django
import psycopg
import pytest

from operate.places import Places
from tests.migrated import migrated
from tests.server import ORIGINAL, SESSION, app_url, copy, drop, drop_databases_of_dead_runs, is_ours, owner_url

if TYPE_CHECKING:
    from congso.kernel.directory.testing import World


def pytest_configure(config: pytest.Config) -> None:
    """Read the settings now; pytest-django looked for them before conftest.py named them."""
    django.setup()
    from django.conf import settings

    if not hasattr(config, "workerinput"):
        # Parallel processes inherit our environment and would read the settings before they name their own server.
        del os.environ["DJANGO_SETTINGS_MODULE"]

    # Static files straight from their folders: collecting and compressing them is `run`'s work.
    settings.STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    settings.WHITENOISE_USE_FINDERS = settings.WHITENOISE_AUTOREFRESH = True


def _use(address: str) -> None:
    """Let Django's default connection, in every thread, go to this address from now on."""
    from django.db import connections

    from config import environment

    _disconnect()
    os.environ["DATABASE_URL"] = address
    connections.settings["default"] |= {
        name: value
        for name, value in environment.database("DATABASE_URL").items()
        if name in {"NAME", "USER", "PASSWORD"}
    }


def _disconnect() -> None:
    """End this thread's session and all pooled ones, also when a test had switched the pool off or on."""
    from django.db import connections

    default = connections["default"]
    if default.connection is not None:
        default.connection.close()
        default.connection = None
    pool = default._connection_pools.pop(default.alias, None)
    if pool is not None:
        pool.close()


@pytest.fixture(scope="session")
def django_db_setup(django_db_blocker: Any) -> "Iterator[World]":
    """One migrated and secured database a process; replaces pytest-django's own, which runs as the owner."""
    from django.core.management import call_command

    from congso.kernel.accounts.testing import open_doors
    from congso.kernel.directory.testing import build_world

    drop_databases_of_dead_runs()
    copy("template1", ORIGINAL)
    with django_db_blocker.unblock():
        _use(owner_url(ORIGINAL))
        migrate = partial(call_command, "upgrade", verbosity=0, stdout=StringIO())
        migrated(owner_url(ORIGINAL), migrate) if is_ours() else migrate()
        world = build_world()
        open_doors(world)
        _disconnect()
        copy(ORIGINAL, SESSION)
        _use(app_url())
        yield world
        _disconnect()
    drop(SESSION)
    drop(ORIGINAL)


@pytest.fixture(scope="session", autouse=True)
def _flush_by_copy() -> Iterator[None]:
    """Give a committing test's database back as it was: the application's role may not empty tables."""
    from django.test import TransactionTestCase

    def restore(_case: TransactionTestCase) -> None:
        _disconnect()
        copy(ORIGINAL, SESSION)

    patch = pytest.MonkeyPatch()
    patch.setattr(TransactionTestCase, "_fixture_teardown", restore)
    yield
    patch.undo()


@pytest.fixture(scope="session", autouse=True)
def _files_of_this_run(tmp_path_factory: pytest.TempPathFactory) -> None:
    """Uploaded files go to a folder of this run."""
    from django.conf import settings

    settings.FILES_DIR = tmp_path_factory.mktemp("files")


@pytest.fixture
def as_owner(django_db_setup: None) -> Iterator[psycopg.Connection[Any]]:
    """A second connection, as the database's owner; it sees only what is committed."""
    with psycopg.connect(owner_url(), autocommit=True) as connection:
        yield connection


@pytest.fixture
def data_dir(tmp_path: Path) -> Places:
    """An empty installation's folders."""
    return Places(tmp_path / "data")
