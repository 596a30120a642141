"""A whole throw-away installation: its own database server, web and worker under the product's own supervisor."""

import contextlib
import json
import os
import shutil
import signal
import socket
import subprocess
import threading
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType
from typing import Any
from urllib.parse import urlsplit, urlunsplit

import psycopg
import pytest
from psycopg import sql

from operate.environment import MANAGE, app_environment, owner_environment
from operate.keeper import processes_in
from operate.locks import is_held
from operate.migrating import migrate
from operate.places import ROOT, Places
from operate.postgres import Connections, ensure_running
from operate.preparing import PYTHON
from operate.serving import web_command, worker_command
from operate.supervisor import Child, supervise
from tests.faults.browser import Browser, Unacknowledged
from tests.migrated import migrated
from tests.operate.conftest import remove

READY_WITHIN = 90.0
_NONE: Mapping[str, Any] = MappingProxyType({})
_OWN_VARIABLES = ("DATABASE_URL", "DATABASE_OWNER_URL", "DATA_DIR", "SECRET_DIR", "CONGSO_ROLE")


@dataclass
class Installation:
    """One running office. Acts as the operator sees it: processes, folders, the owner's view of the database."""

    places: Places
    connections: Connections
    port: int
    children: dict[str, Child] = field(default_factory=dict)
    people: dict[str, Any] = field(default_factory=dict)

    def rows(self, query: str, *values: object) -> list[tuple[Any, ...]]:
        """What the owner reads."""
        with psycopg.connect(self.connections.owner_url) as connection:
            return connection.execute(query, values).fetchall()

    def inside(
        self, what: str, *, as_owner: bool = False, module: str = "tests.faults.inside", told: Mapping[str, Any] = _NONE
    ) -> dict[str, Any]:
        """Run a part of the module with the environment of the product's processes; `told` reaches it as JSON."""
        make = owner_environment if as_owner else app_environment
        done = subprocess.run(
            [str(PYTHON), "-m", module, what, json.dumps(dict(told))],
            env=with_tests(make(self.places, self.connections)),
            cwd=ROOT,
            stdout=subprocess.PIPE,
            text=True,
            check=True,
        )
        answer: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
        return answer

    def browser(self, who: str) -> Browser:
        """The browser of one of the cast."""
        return Browser(self.port, self.people["sessions"][who])

    def kill_worker(self) -> None:
        """Kill -9 the worker and all in its group, in the middle of whatever it does."""
        self._forget_failures()
        self.children["worker"].signal_group(signal.SIGKILL)

    def kill_database(self) -> None:
        """Kill -9 the postmaster and every process of the server."""
        self._forget_failures()
        for pid in processes_in(self.places.postgres.resolve() / "data"):
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)

    def _forget_failures(self) -> None:
        # The supervisor waits longer after every death within a minute; here a calm minute lies between.
        for child in self.children.values():
            child.failures = 0

    def wait_for_database(self) -> None:
        """Return once the server answers again."""
        wait_until(self._answers, "the database answers again")

    def _answers(self) -> bool:
        try:
            return self.rows("SELECT 1") == [(1,)]
        except psycopg.OperationalError:
            return False

    def keep_database(self) -> None:
        """What `serve` does between looks at its children."""
        if not is_held(self.places.run / "keeper.lock"):
            ensure_running(self.places)


def with_tests(environment: Mapping[str, str]) -> dict[str, str]:
    """The environment of the product's processes, for one of our own programs beside them."""
    return {
        **environment,
        "DJANGO_SETTINGS_MODULE": "config.settings",
        "PYTHONPATH": f"{ROOT / 'src'}:{ROOT}",
    }


def wait_until(condition: Callable[[], bool], what: str, *, seconds: float = READY_WITHIN) -> None:
    """Wait for a condition; fail naming it when time is up."""
    until = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < until, f"{what}: not within {seconds:.0f} s"
        time.sleep(0.1)


def free_port() -> int:
    """A port of this machine nobody has now."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


@contextmanager
def bare(folder: Path) -> Iterator[Installation]:
    """An installation whose database server runs and holds nothing yet; the folder's `data` is its own."""
    with pytest.MonkeyPatch.context() as patch:
        for name in _OWN_VARIABLES:
            patch.delenv(name, raising=False)
        port = free_port()
        for name, value in {"PORT": str(port), "WEB_WORKERS": "1", "OCR_JOBS": "1"}.items():
            patch.setenv(name, value)
        places = Places(folder / "data")
        try:
            yield Installation(places, ensure_running(places), port)
        finally:
            remove(places)


def migrate_quickly(places: Places, connections: Connections) -> None:
    """What the product's `migrate` leaves in an empty database, from the tables made before if there are any."""
    migrated(connections.owner_url, lambda: migrate(places, connections, ["--verbosity", "0"]))


@contextmanager
def installed(folder: Path) -> Iterator[Installation]:
    """An installation with the test world's people in it; web and worker are not started."""
    with bare(folder) as office:
        migrate_quickly(office.places, office.connections)
        office.people = office.inside("people", as_owner=True)
        _name_static_files(office.places)
        yield office


def second_of(office: Installation, places: Places) -> Installation:
    """The same office a second time, in a database of its own on the same server, with files and keys of its own."""
    application = urlsplit(office.connections.app_url).username or ""
    names = {"new": sql.Identifier("second"), "app": sql.Identifier(application)}
    with psycopg.connect(office.connections.owner_url) as here:
        names["old"] = sql.Identifier(here.info.dbname)
    with psycopg.connect(_named(office.connections.owner_url, "template1"), autocommit=True) as server:
        for statement in ("CREATE DATABASE {new} TEMPLATE {old}", "GRANT CONNECT ON DATABASE {new} TO {app}"):
            server.execute(sql.SQL(statement).format(**names))
    shutil.copytree(office.places.secrets, places.secrets)
    places.make()
    both = (office.connections.owner_url, office.connections.app_url)
    connections = Connections(*(_named(url, "second") for url in both), is_embedded=True)
    return Installation(places, connections, free_port(), people=office.people)


def _named(url: str, database: str) -> str:
    return urlunsplit(urlsplit(url)._replace(path=f"/{database}"))


def join_axis(office: Installation, code: str, key: str, port: int) -> None:
    """Give the office its code, and the axis on this machine with its key there."""
    given = {"url": f"http://127.0.0.1:{port}/v1", "systems": {code: key}}
    (office.places.secrets / "axis.json").write_text(json.dumps(given))
    with psycopg.connect(office.connections.owner_url) as owner:
        owner.execute("UPDATE directory_organization SET official_code = %s WHERE code = 'T.VPTU'", [code])


def axis_of(office: Installation, folder: Path, keys: Mapping[str, str], port: int, *moods: str) -> Child:
    """The simulated axis, which knows these codes; its packets lie in the folder. Not started."""
    systems = folder.with_suffix(".json")
    systems.write_text(json.dumps(dict(keys)))
    command = [str(PYTHON), MANAGE, "axis", str(folder), "--systems", str(systems), "--port", str(port), *moods]
    return Child("axis", command, app_environment(office.places, office.connections))


def _name_static_files(places: Places) -> None:
    """Let pages name their static files without collecting and compressing them, which nobody loads here."""
    from django.contrib.staticfiles.finders import get_finders

    paths = {path: path for finder in get_finders() for path, _ in finder.list(None)}
    (places.data / "static").mkdir()
    (places.data / "static" / "staticfiles.json").write_text(json.dumps({"version": "1.1", "hash": "", "paths": paths}))


def processes_of(office: Installation, *names: str) -> dict[str, Child]:
    """Web and worker (or those named) of the office, not started."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PORT", str(office.port))
        environment = app_environment(office.places, office.connections)
        commands = {"web": web_command(), "worker": worker_command()}
    office.children = {name: Child(name, commands[name], environment) for name in names or commands}
    return office.children


@contextmanager
def supervised(office: Installation, children: Iterable[Child]) -> Iterator[None]:
    """The processes under the product's supervisor, which also keeps the office's database, until the block ends."""
    stop = threading.Event()
    keeping = threading.Thread(target=supervise, args=(list(children), stop, office.keep_database))
    keeping.start()
    try:
        yield
    finally:
        stop.set()
        keeping.join()


@contextmanager
def running(office: Installation, *names: str) -> Iterator[Installation]:
    """Web and worker (or those named) under the product's supervisor until the block ends."""
    with supervised(office, processes_of(office, *names).values()):
        if "web" in office.children:
            wait_until(lambda: serves(office), "the web serves")
        yield office


def serves(office: Installation) -> bool:
    """Whether the office's web answers."""
    try:
        office.browser("clerk").get("/")
    except Unacknowledged:
        return False
    return True
