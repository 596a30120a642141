"""`./congso backup DIR`: database and files as of one moment, while people go on working."""

import json
import os
import shutil
import subprocess
from datetime import UTC, datetime
from pathlib import Path

from operate import backup_folder
from operate.backup_folder import DUMP, FILES, KEYS, README, Manifest
from operate.cluster import installed_programs
from operate.database_session import DatabaseSession
from operate.keys import PRODUCT_KEYS, key_folder, read_secret
from operate.migrating import libpq_environment
from operate.places import OperateError, Places
from operate.postgres import Connections
from operate.preparing import say

# Quarantined bytes may be a state secret: they must not travel to backup media, and are meant to be erased.
# Names ending in .part are uploads whose bytes are still coming; nobody was told that they arrived.
LEFT_OUT_FOLDER, LEFT_OUT_ENDING = "quarantine", ".part"
NOTE = """A backup of Cổng Số. Check it:   sha256sum --check SHA256SUMS
Bring it back:               ./congso restore THIS_FOLDER
keys.json opens what is sealed in the database. Keep this folder where only the administrator reads it,
on other hardware than the office itself. Files in quarantine are left out on purpose.
"""
TABLES_SQL = """
SELECT quote_ident(schemaname) || '.' || quote_ident(tablename) FROM pg_tables
WHERE schemaname IN ('public', 'congso') ORDER BY 1
"""


def backup(places: Places, connections: Connections, target: Path) -> None:
    """Make a backup in a new folder. It appears under its name only when it is complete."""
    if target.exists():
        raise OperateError(f"{target} exists already; a backup goes into a new folder")
    if not connections.owner_url:
        raise OperateError("a backup needs DATABASE_OWNER_URL, the database's address as its owner")
    fresh = target.with_name(target.name + ".unfinished")
    shutil.rmtree(fresh, ignore_errors=True)
    fresh.mkdir(parents=True, mode=0o700)
    # Most files first, then the snapshot, then those that came meanwhile: every file the snapshot names is
    # there, also an upload that was moved on between the two passes.
    gather_files(places.files, fresh / FILES)
    manifest = _dump(connections.owner_url, places.files, fresh)
    manifest.write(fresh)
    _write_keys(places, fresh / KEYS)
    (fresh / README).write_text(NOTE)
    backup_folder.write_sums(fresh)
    fresh.rename(target)
    say(f"backup in {target}: {sum(manifest.tables.values())} rows, {manifest.files} files")


def gather_files(source: Path, target: Path) -> None:
    """Bring what is not there yet; a hard link where both lie on one file system, a copy otherwise."""
    target.mkdir(exist_ok=True, mode=0o700)
    for folder, names, files in os.walk(source):
        if LEFT_OUT_FOLDER in names:
            names.remove(LEFT_OUT_FOLDER)
        place = target / Path(folder).relative_to(source)
        place.mkdir(exist_ok=True, mode=0o700)
        for name in files:
            if not name.endswith(LEFT_OUT_ENDING) and not (place / name).exists():
                _bring(Path(folder) / name, place / name)


def _bring(source: Path, target: Path) -> None:
    try:
        target.hardlink_to(source)
    except FileNotFoundError:
        return  # an upload that has just been moved on; its new place is visited too
    except OSError:
        shutil.copyfile(source, target)
        target.chmod(0o600)


def _dump(owner_url: str, files: Path, fresh: Path) -> Manifest:
    with DatabaseSession(owner_url) as session:
        session.ask("BEGIN ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        (snapshot,) = session.ask("SELECT pg_export_snapshot()")
        gather_files(files, fresh / FILES)
        taken_at = datetime.now(UTC).isoformat(timespec="seconds")
        _pg_dump(owner_url, snapshot, fresh / DUMP)
        (server,) = session.ask("SHOW server_version")
        tables = count_rows(session)
        session.ask("COMMIT")
    gathered = sum(len(names) for _, _, names in os.walk(fresh / FILES))
    return Manifest(backup_folder.product_version(), taken_at, server, tables, gathered)


def count_rows(session: DatabaseSession) -> dict[str, int]:
    """How many rows each table of the product holds."""
    names = session.ask(TABLES_SQL)
    return {name: int(session.ask(f"SELECT count(*) FROM {name}")[0]) for name in names}  # noqa: S608 - quoted by the server


def _pg_dump(owner_url: str, snapshot: str, target: Path) -> None:
    # Policies and grants are not data: `secure` makes them anew after a restore, for the roles that are there.
    command = ["--format=custom", "--no-owner", "--no-privileges", "--no-policies", f"--snapshot={snapshot}"]
    done = subprocess.run(
        [str(installed_programs() / "bin" / "pg_dump"), *command, f"--file={target}"],
        env=libpq_environment(owner_url),
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise OperateError(f"the database could not be dumped: {done.stderr.strip()}")


def _write_keys(places: Places, target: Path) -> None:
    keys = {name: read_secret(key_folder(places) / name) for name in PRODUCT_KEYS}
    target.touch(0o600)
    target.write_text(json.dumps(keys, indent=2) + "\n")
