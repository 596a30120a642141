"""The embedded server is as strict as a real one, and lives exactly as long as someone uses it."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import psycopg
import pytest

from operate import migrating
from operate.cluster import open_cluster
from operate.environment import app_environment, owner_environment
from operate.keeper import processes_in
from operate.locks import wait_until_free
from operate.migrating import catch_up, migrate
from operate.places import ROOT, OperateError, Places
from operate.postgres import Connections, ensure_running, release
from tests.operate.conftest import NewPlaces, alive, remove

pytestmark = pytest.mark.timeout(60)


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Places, Connections]]:
    """One durable installation for all questions that change nothing."""
    places = Places(tmp_path_factory.mktemp("running") / "data")
    with pytest.MonkeyPatch.context() as patch:
        for name in ("DATABASE_URL", "DATABASE_OWNER_URL", "SECRET_DIR"):
            patch.delenv(name, raising=False)
        connections = ensure_running(places)
    yield places, connections
    remove(places)


def start(places: Places) -> Connections:
    return ensure_running(places, durable=False)


def value(url: str, question: str) -> object:
    with psycopg.connect(url, autocommit=True) as connection:
        row = connection.execute(question).fetchone()
        return row[0] if row else None


def with_user(url: str, user: str) -> str:
    parts = urlsplit(url)
    return urlunsplit(parts._replace(netloc=f"{user}:{parts.password}@"))


def server_pid(places: Places) -> int:
    return int((open_cluster(places).data / "postmaster.pid").read_text().splitlines()[0])


def until(condition: Callable[[], bool], seconds: float = 15) -> None:
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, "waited in vain"
        time.sleep(0.05)


def answers(connections: Connections) -> bool:
    try:
        return value(connections.app_url, "SELECT 1") == 1
    except psycopg.OperationalError:
        return False


def test_the_first_start_leaves_nothing_that_others_on_the_machine_can_read(
    running: tuple[Places, Connections],
) -> None:
    places, _ = running
    cluster = open_cluster(places)
    for folder in (places.secrets, places.run, places.files, cluster.folder, cluster.data, cluster.socket):
        assert folder.stat().st_mode & 0o077 == 0, folder
    names = {path.name for path in places.secrets.iterdir()}
    assert names == {
        *("congso_app.password", "congso_owner.password", "congso_super.password"),
        *("access.key", "django.key", "push.key"),
    }
    for secret in places.secrets.iterdir():
        assert secret.stat().st_mode & 0o777 == 0o600
        assert len(bytes.fromhex(secret.read_text())) == 32


def test_the_application_is_nobody_special_and_cannot_become_the_owner(running: tuple[Places, Connections]) -> None:
    _, connections = running
    rights = "SELECT (rolsuper OR rolcreatedb OR rolcreaterole OR rolbypassrls OR rolreplication)::text FROM pg_roles"
    assert value(connections.app_url, f"{rights} WHERE rolname = current_user") == "false"
    assert value(connections.app_url, "SELECT pg_has_role('congso_owner', 'member')") is False
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        value(connections.app_url, "SET ROLE congso_owner")
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        value(connections.app_url, "CREATE TABLE public.mine (id int)")
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        value(connections.app_url, "CREATE TEMPORARY TABLE mine (id int)")
    for other in ("congso_owner", "congso_super"):
        with pytest.raises(psycopg.OperationalError, match="password authentication failed"):
            value(with_user(connections.app_url, other), "SELECT 1")
    with pytest.raises(psycopg.OperationalError, match="permission denied for database"):
        value(connections.app_url.replace("/congso?", "/postgres?"), "SELECT 1")


def test_the_owner_is_no_superuser_and_may_make_databases_for_tests(running: tuple[Places, Connections]) -> None:
    _, connections = running
    assert value(
        connections.owner_url,
        "SELECT NOT rolsuper AND rolcreatedb AND NOT rolbypassrls FROM pg_roles WHERE rolname = current_user",
    )
    assert value(connections.owner_url, "SELECT datcollate = 'C.UTF-8' FROM pg_database WHERE datname = 'congso'")
    assert value(connections.owner_url, "SELECT procost FROM pg_proc WHERE proname = 'ts_match_vq'") == 100


def test_there_is_no_way_in_but_the_private_socket_with_a_scrambled_password(
    running: tuple[Places, Connections],
) -> None:
    places, connections = running
    assert value(connections.owner_url, "SHOW listen_addresses") == ""
    assert (open_cluster(places).data / "pg_hba.conf").read_text() == "local all all scram-sha-256\n"
    with pytest.raises(psycopg.OperationalError, match="no password supplied"):
        value(urlunsplit(urlsplit(connections.owner_url)._replace(netloc="congso_owner@")), "SELECT 1")


def test_only_the_command_that_migrates_is_told_the_owners_address(running: tuple[Places, Connections]) -> None:
    places, connections = running
    told = app_environment(places, connections)
    assert connections.owner_url not in told.values()
    assert "DATABASE_OWNER_URL" not in told
    assert told["CONGSO_ROLE"] == "app"
    assert owner_environment(places, connections)["DATABASE_OWNER_URL"] == connections.owner_url


def test_a_database_is_brought_to_a_release_once_and_to_the_next_one_again(
    running: tuple[Places, Connections], monkeypatch: pytest.MonkeyPatch
) -> None:
    places, connections = running
    done: list[tuple[str, ...]] = []

    def upgrade(_environment: dict[str, str], *words: str) -> None:
        done.append(words)
        with psycopg.connect(connections.owner_url, autocommit=True) as owner:
            owner.execute("CREATE SCHEMA IF NOT EXISTS congso")

    monkeypatch.setattr(migrating, "manage", upgrade)
    catch_up(places, connections)
    catch_up(places, connections)
    assert len(done) == 1
    monkeypatch.setattr(migrating, "release_of", lambda _connections: "f" * 64)
    catch_up(places, connections)
    catch_up(places, connections)
    assert len(done) == 2
    migrate(places, connections, ["--plan"])  # by hand, who knows to what: the next start looks again
    catch_up(places, connections)
    assert len(done) == 4


def test_a_second_starter_joins_the_running_server(places: Places) -> None:
    connections = start(places)
    started = str(value(connections.app_url, "SELECT pg_postmaster_start_time()"))
    with using(places) as other:
        assert other.stdout.readline().strip() == started
        release(places)  # the other one still uses it
        assert alive(server_pid(places))
        other.send_signal(signal.SIGKILL)
    until(lambda: not processes_in(open_cluster(places).data))


def test_many_starters_at_once_make_one_server(places: Places) -> None:
    starters = [using(places) for _ in range(4)]
    times = {starter.stdout.readline().strip() for starter in starters}
    for starter in starters:
        starter.kill()
        starter.communicate()
    assert len(times) == 1


def test_a_killed_server_comes_back_with_everything_that_was_committed(places: Places) -> None:
    connections = ensure_running(places)
    with psycopg.connect(connections.owner_url, autocommit=True) as connection:
        connection.execute("CREATE TABLE kept AS SELECT 42 AS answer")
    os.kill(server_pid(places), signal.SIGKILL)
    until(lambda: answers(connections))
    assert value(connections.owner_url, "SELECT answer FROM kept") == 42


def test_when_its_keeper_is_killed_the_server_ends_and_the_next_start_works(places: Places) -> None:
    connections = start(places)
    keeper = int(Path(f"/proc/{server_pid(places)}/stat").read_text().rpartition(")")[2].split()[1])
    os.kill(keeper, signal.SIGKILL)
    assert wait_until_free(places.run / "keeper.lock", seconds=5)
    start(places)
    assert answers(connections)


def test_a_pid_file_left_by_a_dead_server_does_not_stop_the_next_start(places: Places) -> None:
    start(places)
    release(places)
    stale = open_cluster(places).data / "postmaster.pid"
    stale.write_text(f"{os.getpid()}\n{stale.parent}\n1700000000\n5432\n\n\n\nready\n")  # a number in use again
    assert answers(start(places))


def test_a_long_path_does_not_hinder_the_socket(new_places: NewPlaces) -> None:
    assert answers(start(new_places("x" * 120)))


@pytest.mark.skipif(os.geteuid() != 0, reason="only root needs another user for the server")
def test_started_by_root_in_a_private_home_no_folder_is_opened_to_others(tmp_path: Path, new_places: NewPlaces) -> None:
    tmp_path.chmod(0o700)
    places = new_places("data")
    assert answers(start(places))
    assert tmp_path.stat().st_mode & 0o777 == 0o700
    assert places.postgres.is_symlink()
    assert Path(f"/proc/{server_pid(places)}").stat().st_uid not in {0, None}


def test_a_secret_that_others_can_read_is_refused(places: Places) -> None:
    start(places)
    release(places)
    (places.secrets / "congso_app.password").chmod(0o644)
    with pytest.raises(OperateError, match="can be read by other users"):
        start(places)


def test_a_real_database_is_used_when_its_address_is_given(places: Places, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgresql://app:1@db.example/congso")
    connections = start(places)
    assert (connections.app_url, connections.owner_url) == ("postgresql://app:1@db.example/congso", "")
    assert not places.postgres.exists()
    with pytest.raises(OperateError, match="DATABASE_OWNER_URL"):
        owner_environment(places, connections)


def using(places: Places) -> subprocess.Popen[str]:
    """Another process that uses the server until it is killed; it prints when the server was started."""
    program = """
import sys, time
from pathlib import Path
import psycopg
from operate.places import Places
from operate.postgres import ensure_running
connections = ensure_running(Places(Path(sys.argv[1])), durable=False)
with psycopg.connect(connections.app_url) as connection:
    print(connection.execute("SELECT pg_postmaster_start_time()").fetchone()[0], flush=True)
time.sleep(60)
"""
    return subprocess.Popen(
        [sys.executable, "-c", program, str(places.data)],
        stdout=subprocess.PIPE,
        text=True,
        env=os.environ | {"PYTHONPATH": str(ROOT / "src")},
    )
