"""A backup is one moment of the office, made while people work, and comes back whole or not at all."""

import hashlib
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from operate.backup import backup, gather_files
from operate.backup_folder import Manifest, product_version, read_manifest, verify
from operate.environment import app_environment, owner_environment
from operate.migrating import manage
from operate.places import OperateError, Places
from operate.postgres import Connections, ensure_running
from operate.restore import restore
from tests.faults.installation import migrate_quickly
from tests.operate.conftest import NewPlaces, remove

pytestmark = pytest.mark.timeout(180)

# Works as an upload does: first the bytes under their hash, then the row that names them.
WORKING_OFFICE = """
import hashlib, os, sys
from pathlib import Path
import psycopg
files, count = Path(sys.argv[1]), 0
with psycopg.connect(os.environ["OWNER"], autocommit=True) as connection:
    while True:
        body = os.urandom(200)
        name = hashlib.sha256(body).hexdigest()
        (files / name[:2]).mkdir(exist_ok=True)
        (files / name[:2] / name).write_bytes(body)
        connection.execute("INSERT INTO arrived (name) VALUES (%s)", [name])
        count += 1
        if count == 50:
            print("working", flush=True)
"""


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Places, Connections]]:
    """The province's organizations and people in a database of the product, with files."""
    places = Places(tmp_path_factory.mktemp("office") / "data")
    with pytest.MonkeyPatch.context() as patch:
        for name in ("DATABASE_URL", "DATABASE_OWNER_URL", "SECRET_DIR", "CONGSO_ROLE"):
            patch.delenv(name, raising=False)
        connections = ensure_running(places, durable=False)
        migrate_quickly(places, connections)
        manage(owner_environment(places, connections), "starter", "--demo")
        with psycopg.connect(connections.owner_url, autocommit=True) as connection:
            connection.execute("CREATE TABLE arrived (id bigserial PRIMARY KEY, name text NOT NULL)")
        yield places, connections
    remove(places)


@pytest.fixture
def copy(office: tuple[Places, Connections], tmp_path: Path) -> Path:
    """A backup of the office at rest."""
    places, connections = office
    backup(places, connections, tmp_path / "copy")
    return tmp_path / "copy"


def rows(url: str) -> dict[str, list[str]]:
    """Every row of every table, as text, but the keys that `secure` lays down anew."""
    with psycopg.connect(url) as connection:
        names = connection.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'").fetchall()
        return {
            name: sorted(row[0] for row in connection.execute(f'SELECT t::text FROM public."{name}" t'))
            for (name,) in names
            if name != "access_secret"
        }


def test_what_people_did_before_the_backup_is_all_there_after_a_restore(
    office: tuple[Places, Connections], tmp_path: Path, new_places: NewPlaces
) -> None:
    places, connections = office
    with subprocess.Popen(
        [sys.executable, "-c", WORKING_OFFICE, str(places.files)],
        stdout=subprocess.PIPE,
        env=os.environ | {"OWNER": connections.owner_url},
    ) as people:
        assert people.stdout is not None
        people.stdout.readline()
        known = rows(connections.owner_url)["arrived"]
        backup(places, connections, tmp_path / "copy")
        assert people.poll() is None, "nobody was held up or thrown out by the backup"
        people.kill()
    elsewhere = new_places("elsewhere")
    other = ensure_running(elsewhere, durable=False)
    restore(elsewhere, other, tmp_path / "copy", replace=False)

    back, left = rows(other.owner_url), rows(connections.owner_url)
    assert set(known) <= set(back["arrived"]) < set(left["arrived"])
    for row in back.pop("arrived"):
        name = row.strip("()").split(",")[1]
        assert hashlib.sha256((elsewhere.files / name[:2] / name).read_bytes()).hexdigest() == name
    left.pop("arrived")
    assert as_backed_up(back) == as_backed_up(left)
    for key in ("django.key", "access.key", "push.key"):
        assert (elsewhere.secrets / key).read_text() == (places.secrets / key).read_text()


def test_the_application_keeps_to_its_rows_after_a_restore(copy: Path, new_places: NewPlaces) -> None:
    elsewhere = new_places("elsewhere")
    connections = ensure_running(elsewhere, durable=False)
    restore(elsewhere, connections, copy, replace=False)
    with psycopg.connect(connections.app_url, autocommit=True) as application:
        assert application.execute("SELECT count(*) FROM records_record").fetchone() == (0,)
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            application.execute("SELECT * FROM access_secret")
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            application.execute("DELETE FROM records_record")
    manage(app_environment(elsewhere, connections), "check")


def test_a_damaged_backup_is_refused_before_anything_is_touched(office: tuple[Places, Connections], copy: Path) -> None:
    places, connections = office
    before = rows(connections.owner_url)
    with (copy / "database.dump").open("ab") as dump:
        dump.write(b"x")
    (copy / "files" / "added").write_text("by somebody")
    with pytest.raises(OperateError, match="changed: database") as refusal:
        restore(places, connections, copy, replace=True)
    assert "not noted: files/added" in str(refusal.value)
    assert rows(connections.owner_url) == before


def test_an_installation_that_holds_anything_is_not_overwritten_by_accident(
    office: tuple[Places, Connections], copy: Path
) -> None:
    with pytest.raises(OperateError, match="not empty: add --replace"):
        restore(*office, copy, replace=False)


def test_nothing_is_restored_under_people_who_are_working(office: tuple[Places, Connections], copy: Path) -> None:
    with psycopg.connect(office[1].app_url), pytest.raises(OperateError, match="stop the web and the worker first"):
        restore(*office, copy, replace=True)


def as_backed_up(found: dict) -> dict:
    """Without the verification of the journal, which a restore adds."""
    return {table: kept for table, kept in found.items() if not table.endswith("journal_verification")}


def test_a_replaced_installation_is_as_in_the_backup_and_can_be_backed_up_again(
    office: tuple[Places, Connections], copy: Path, tmp_path: Path
) -> None:
    places, connections = office
    before = rows(connections.owner_url)
    with psycopg.connect(connections.owner_url, autocommit=True) as connection:
        connection.execute("INSERT INTO arrived (name) VALUES ('after the backup')")
    (places.files / "after the backup").write_text("gone")
    restore(places, connections, copy, replace=True)
    assert as_backed_up(rows(connections.owner_url)) == as_backed_up(before)
    assert not (places.files / "after the backup").exists()
    backup(places, connections, tmp_path / "second")
    second, first = (read_manifest(folder).tables for folder in (tmp_path / "second", copy))
    assert as_backed_up(second) == as_backed_up(first)


def test_a_load_that_fails_midway_leaves_the_old_office(
    office: tuple[Places, Connections], copy: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = rows(office[1].owner_url)
    monkeypatch.setattr("operate.restore.EMPTYING_SQL", "CREATE TABLE public.arrived_too (id int); SELECT 1/0;\n")
    with pytest.raises(OperateError, match="is as it was before"):
        restore(*office, copy, replace=True)
    assert rows(office[1].owner_url) == before


def test_a_backup_is_private_and_never_overwrites_another(office: tuple[Places, Connections], copy: Path) -> None:
    assert copy.stat().st_mode & 0o077 == 0
    assert (copy / "keys.json").stat().st_mode & 0o777 == 0o600
    with pytest.raises(OperateError, match="exists already"):
        backup(*office, copy)


def test_quarantined_bytes_and_unfinished_uploads_stay_out(tmp_path: Path) -> None:
    for name in ("quarantine/secret", "ab/kept", "spool/coming.part"):
        (tmp_path / "files" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "files" / name).write_text(name)
    gather_files(tmp_path / "files", tmp_path / "copy")
    assert [path.name for path in (tmp_path / "copy").rglob("*") if path.is_file()] == ["kept"]


def test_a_backup_of_a_newer_release_is_refused(tmp_path: Path) -> None:
    newer = ".".join(str(int(part) + 1) for part in product_version().split("."))
    Manifest(newer, "2026-11-23T00:00:00+00:00", "18.4").write(tmp_path)
    with pytest.raises(OperateError, match="newer release"):
        read_manifest(tmp_path)


def test_an_interrupted_backup_is_not_taken_for_one(tmp_path: Path) -> None:
    (tmp_path / "manifest.json").write_text(json.dumps({}))
    with pytest.raises(OperateError, match="SHA256SUMS is missing"):
        verify(tmp_path)
