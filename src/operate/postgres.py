"""The database of an installation: the embedded PostgreSQL, or a real one when its address is given.

`ensure_running` makes this process a user of the embedded server, which lives until its last user is gone.
"""

import os
import subprocess
import sys
import time
from dataclasses import dataclass
from urllib.parse import quote

from operate.cluster import APP, DATABASE, OWNER, Cluster, bare_environment, open_cluster, prepare_cluster
from operate.keys import ensure_product_keys, read_secret
from operate.locks import FileLock, exclusive, is_held, wait_until_free
from operate.places import ROOT, OperateError, Places

START_WITHIN = 60
_leases: dict[Places, FileLock] = {}
_keepers: dict[Places, subprocess.Popen[bytes]] = {}


@dataclass(frozen=True)
class Connections:
    """The two addresses of the database. The web and the worker are never given the owner's."""

    owner_url: str
    app_url: str
    is_embedded: bool


def ensure_running(places: Places, *, durable: bool = True) -> Connections:
    """Addresses that answer now. Starts the embedded server unless DATABASE_URL names a real one.

    The calling process holds the embedded server until it ends, execs included, or calls `release`.
    `durable=False` trades crash safety for speed, for tests only.
    """
    places.make()
    with exclusive(places.run / "start.lock"):
        given = _given_connections()
        if given:
            ensure_product_keys(places)
            return given
        cluster = open_cluster(places)
        if places not in _leases:
            lease = FileLock(places.run / "users.lock")
            lease.share()  # waits while a keeper is stopping
            _leases[places] = lease
        keeper_lock = places.run / "keeper.lock"
        if not is_held(keeper_lock):
            prepare_cluster(cluster, durable=durable)
            _keepers[places] = _start_keeper(places, durable=durable)
        _wait_until_ready(cluster)
    return Connections(_address(cluster, OWNER), _address(cluster, APP), is_embedded=True)


def release(places: Places) -> None:
    """Stop using the embedded server; returns when it has stopped, or at once when others still use it."""
    lease = _leases.pop(places, None)
    if lease is None:
        return
    lease.close()
    keeper_lock = places.run / "keeper.lock"
    while is_held(keeper_lock):
        if _has_users(places):
            return
        wait_until_free(keeper_lock, seconds=0.1)
    if places in _keepers:
        _keepers.pop(places).wait(10)


def _has_users(places: Places) -> bool:
    users = FileLock(places.run / "users.lock")
    try:
        # Held by nobody: not yet noticed by the keeper. Held alone: the keeper is stopping the server.
        return not users.try_exclusive() and users.try_share()
    finally:
        users.close()


def keep_through_exec(places: Places) -> None:
    """Let the program this process is about to become hold the embedded server."""
    if places in _leases:
        os.set_inheritable(_leases[places].descriptor, True)  # noqa: FBT003 - positional by nature


def _given_connections() -> Connections | None:
    app_url, owner_url = os.environ.get("DATABASE_URL", ""), os.environ.get("DATABASE_OWNER_URL", "")
    if owner_url and not app_url:
        raise OperateError("DATABASE_OWNER_URL is set without DATABASE_URL: set both, or none for the embedded server")
    return Connections(owner_url, app_url, is_embedded=False) if app_url else None


def _start_keeper(places: Places, *, durable: bool) -> subprocess.Popen[bytes]:
    environment = bare_environment() | {"PYTHONPATH": str(ROOT / "src")}
    with (places.run / "keeper.log").open("w") as log:
        return subprocess.Popen(
            [sys.executable, "-m", "operate.keeper", str(places.data), "durable" if durable else "fast"],
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            cwd="/",
            env=environment,
            start_new_session=True,  # Ctrl-C at the terminal must reach the users first, not the server
        )


def _wait_until_ready(cluster: Cluster) -> None:
    until = time.monotonic() + START_WITHIN
    while not _is_ready(cluster):
        keeper = _keepers.get(cluster.places)
        if time.monotonic() > until or (keeper is not None and keeper.poll() not in {None, 0}):
            raise OperateError(f"PostgreSQL did not start:\n{_last_lines(cluster)}")
        time.sleep(0.02)


def _is_ready(cluster: Cluster) -> bool:
    done = subprocess.run(
        [cluster.program("pg_isready"), "-q", "-h", str(cluster.socket)], env=bare_environment(), check=False
    )
    return done.returncode == 0


def _last_lines(cluster: Cluster) -> str:
    logs = [cluster.places.run / "keeper.log", *sorted((cluster.folder / "log").glob("*.log"))]
    return "\n".join(line for log in logs if log.exists() for line in log.read_text().splitlines()[-8:])


def _address(cluster: Cluster, role: str) -> str:
    password = read_secret(cluster.places.secrets / f"{role}.password")
    return f"postgresql://{role}:{password}@/{DATABASE}?host={quote(str(cluster.socket), safe='')}"
