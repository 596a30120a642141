"""The tests' own database server and the databases on it."""

import os
import time
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import psycopg
from psycopg import sql

from operate.places import ROOT, Places
from operate.postgres import Connections, ensure_running

# A server for each process of a parallel run: a transaction that another process leaves open holds back the
# sealing of the journal on the whole server, and tests that kill the server must not meet others' work.
SERVER = Places(ROOT / ".data-test" / os.environ.get("PYTEST_XDIST_WORKER", "main"))
SESSION = f"test_congso_{os.getpid()}"
ORIGINAL = f"{SESSION}_original"
PATIENCE = 20.0
_server: list[Connections] = []


def point_settings_at_test_server() -> None:
    """Start (or join) the tests' own server, never the one of `run`, and name it to Django's settings."""
    if "DATABASE_OWNER_URL" not in os.environ:  # what the process that starts the parallel ones has left
        os.environ.pop("DATABASE_URL", None)
    _server[:] = [ensure_running(SERVER, durable=False)]
    os.environ |= {
        "DJANGO_SETTINGS_MODULE": "config.settings",
        "DATA_DIR": str(SERVER.data),
        "DATABASE_URL": _server[0].app_url,
        "CONGSO_ROLE": "app",
    }


def owner_url(database: str = SESSION) -> str:
    """The address of a test database as its owner, for set-up and for comparing what the application sees."""
    return urlunsplit(urlsplit(_server[0].owner_url)._replace(path=f"/{database}"))


def app_url(database: str = SESSION) -> str:
    """The address of a test database as the application's role."""
    return urlunsplit(urlsplit(_server[0].app_url)._replace(path=f"/{database}"))


def is_ours() -> bool:
    """Whether the server is the embedded one, not a real one whose address was given."""
    return _server[0].is_embedded


def _on_server(*statements: sql.Composable) -> None:
    with psycopg.connect(_server[0].owner_url, autocommit=True) as connection:
        for statement in statements:
            connection.execute(statement)


def drop(name: str) -> None:
    """Drop a test database, waiting a moment for sessions that are just ending; what stays longer is ended."""
    statement = sql.SQL("DROP DATABASE IF EXISTS {}").format(sql.Identifier(name))
    at_last = sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name))  # ends the owner's
    until = time.monotonic() + PATIENCE
    while True:
        try:
            return _on_server(statement)
        except psycopg.errors.ObjectInUse:
            if time.monotonic() > until:
                _end_sessions_of_the_application(name)
                return _on_server(at_last)
            time.sleep(0.05)


def _end_sessions_of_the_application(name: str) -> None:
    """The owner may not: they are another role's."""
    with psycopg.connect(_server[0].app_url, autocommit=True) as connection:
        ended = "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE datname = %s AND usename = user"
        connection.execute(ended, [name])


def drop_databases_of_dead_runs() -> None:
    """Clean up after killed runs. Only on our own server: elsewhere the process numbers are not ours."""
    if not is_ours():
        return
    with psycopg.connect(_server[0].owner_url) as connection:
        rows = connection.execute("SELECT datname FROM pg_database WHERE datname LIKE 'test_congso_%'").fetchall()
    for (name,) in rows:
        if not Path("/proc", name.split("_")[2]).exists():
            drop(name)


def copy(source: str, target: str) -> None:
    """Copy a database nobody uses; the application may enter it, the public may not, as in a real office."""
    drop(target)
    names = {
        "source": sql.Identifier(source),
        "target": sql.Identifier(target),
        "app": sql.Identifier(urlsplit(_server[0].app_url).username or ""),
    }
    _on_server(
        sql.SQL("CREATE DATABASE {target} TEMPLATE {source} STRATEGY file_copy").format(**names),
        sql.SQL("REVOKE ALL ON DATABASE {target} FROM PUBLIC").format(**names),
        sql.SQL("GRANT CONNECT ON DATABASE {target} TO {app}").format(**names),
    )
