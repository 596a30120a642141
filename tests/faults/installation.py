"""A whole throw-away installation: its own database server, web and worker under the product's own supervisor."""

import contextlib
import json
import os
import signal
import socket
import subprocess
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import psycopg
import pytest

from operate.environment import app_environment, owner_environment
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

    def inside(self, what: str, *, as_owner: bool = False) -> dict[str, Any]:
        """Run a part of `tests.faults.inside` with the environment of the product's processes."""
        make = owner_environment if as_owner else app_environment
        done = subprocess.run(
            [str(PYTHON), "-m", "tests.faults.inside", what],
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


@contextmanager
def bare(folder: Path) -> Iterator[Installation]:
    """An installation whose database server runs and holds nothing yet; the folder's `data` is its own."""
    with pytest.MonkeyPatch.context() as patch:
        for name in _OWN_VARIABLES:
            patch.delenv(name, raising=False)
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
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


def _name_static_files(places: Places) -> None:
    """Let pages name their static files without collecting and compressing them, which nobody loads here."""
    from django.contrib.staticfiles.finders import get_finders

    paths = {path: path for finder in get_finders() for path, _ in finder.list(None)}
    (places.data / "static").mkdir()
    (places.data / "static" / "staticfiles.json").write_text(json.dumps({"version": "1.1", "hash": "", "paths": paths}))


@contextmanager
def running(office: Installation, *names: str) -> Iterator[Installation]:
    """Web and worker (or those named) under the product's supervisor until the block ends."""
    environment = app_environment(office.places, office.connections)
    commands = {"web": web_command(), "worker": worker_command()}
    office.children = {name: Child(name, commands[name], environment) for name in names or commands}
    stop = threading.Event()
    keeping = threading.Thread(target=supervise, args=(list(office.children.values()), stop, office.keep_database))
    keeping.start()
    try:
        if "web" in office.children:
            wait_until(lambda: _serves(office), "the web serves")
        yield office
    finally:
        stop.set()
        keeping.join()


def _serves(office: Installation) -> bool:
    try:
        office.browser("clerk").get("/")
    except Unacknowledged:
        return False
    return True
