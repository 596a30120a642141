"""`./congso restore DIR`: bring back a backup, whole or not at all."""

import contextlib
import json
import os
import shutil
import subprocess
from pathlib import Path

from operate import backup_folder
from operate.backup import count_rows
from operate.backup_folder import DUMP, FILES, KEYS
from operate.cluster import installed_programs
from operate.database_session import DatabaseSession
from operate.environment import owner_environment
from operate.keys import PRODUCT_KEYS, key_folder, write_secret
from operate.migrating import VECTOR_IS_THERE_SQL, VECTOR_SQL, libpq_environment, manage, migrate, psql
from operate.places import OperateError, Places, hand_over
from operate.postgres import Connections
from operate.preparing import say

SESSIONS_SQL = """
SELECT count(*) FROM pg_stat_activity
WHERE datname = current_database() AND usename IS NOT NULL AND pid <> pg_backend_pid()
"""
TABLES_SQL = "SELECT count(*) FROM pg_tables WHERE schemaname IN ('public', 'congso')"
# The schema itself stays: in it lives the extension vector, which only a superuser could bring back.
EMPTYING_SQL = """
SET client_min_messages = warning;
DROP SCHEMA IF EXISTS congso CASCADE;
DO $$
DECLARE
  statement text;
BEGIN
  FOREACH statement IN ARRAY ARRAY(  -- all named before the first is gone
    SELECT format('DROP %s IF EXISTS %s CASCADE',
                  CASE relkind WHEN 'v' THEN 'VIEW' WHEN 'S' THEN 'SEQUENCE' ELSE 'TABLE' END, oid::regclass)
    FROM pg_class
    WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p', 'v', 'S')
    UNION ALL
    SELECT format('DROP ROUTINE IF EXISTS %s CASCADE', oid::regprocedure) FROM pg_proc
    WHERE pronamespace = 'public'::regnamespace AND NOT EXISTS (
      SELECT 1 FROM pg_depend d WHERE d.classid = 'pg_proc'::regclass AND d.objid = pg_proc.oid AND d.deptype = 'e')
    UNION ALL
    SELECT format('DROP TYPE IF EXISTS %s CASCADE', t.oid::regtype)
    FROM pg_type t LEFT JOIN pg_class c ON c.oid = t.typrelid
    WHERE typnamespace = 'public'::regnamespace AND (typtype IN ('e', 'd') OR c.relkind = 'c') AND NOT EXISTS (
      SELECT 1 FROM pg_depend d WHERE d.classid = 'pg_type'::regclass AND d.objid = t.oid AND d.deptype = 'e'))
  LOOP
    EXECUTE statement;
  END LOOP;
END $$;
"""
# Written by newer dump programs, unknown to older servers, and without meaning for a restore.
UNKNOWN_TO_OLDER_SERVERS = b"SET transaction_timeout = 0;\n"
IN_ONE_TRANSACTION = ("--single-transaction", "--set", "ON_ERROR_STOP=1")


def restore(places: Places, connections: Connections, source: Path, *, replace: bool) -> None:
    """Check the backup, load it in one transaction, put the files in place, secure and compare.

    Refuses an installation that holds anything unless `replace` is meant, and one that people are using.
    """
    manifest = backup_folder.read_manifest(source)
    say("checking the backup")
    backup_folder.verify(source)
    _refuse_if_used(places, connections, replace=replace)
    arriving = places.data / "files.arriving"
    shutil.rmtree(arriving, ignore_errors=True)
    say("copying files")
    shutil.copytree(source / FILES, arriving, copy_function=_copy_private)
    say("loading the database")
    _load(connections.owner_url, source / DUMP)
    _put_in_place(arriving, places.files)
    _restore_keys(places, source / KEYS)
    (places.run / "demo.unfinished").unlink(missing_ok=True)
    with DatabaseSession(connections.owner_url) as session:
        found = count_rows(session)
    if found != manifest.tables:
        different = sorted(name for name in manifest.tables if found.get(name) != manifest.tables[name])
        raise OperateError(f"restored, but these tables differ from the manifest: {', '.join(different)}")
    migrate(places, connections, ["--verbosity", "0"])
    manage(owner_environment(places, connections), "journal", "verify")
    say(f"restored the backup of {manifest.taken_at}: {sum(found.values())} rows, {manifest.files} files")


def _refuse_if_used(places: Places, connections: Connections, *, replace: bool) -> None:
    if not connections.owner_url:
        raise OperateError("restoring needs DATABASE_OWNER_URL, the database's address as its owner")
    with DatabaseSession(connections.owner_url) as session:
        if session.ask(SESSIONS_SQL) != ["0"]:
            raise OperateError("somebody is connected to the database: stop the web and the worker first")
        is_empty = session.ask(TABLES_SQL) == ["0"]
    has_files = any(names for _, _, names in os.walk(places.files))
    if (has_files or not is_empty) and not replace:
        raise OperateError("this installation is not empty: add --replace to lose what it holds")


def _load(owner_url: str, dump: Path) -> None:
    programs, environment = installed_programs() / "bin", libpq_environment(owner_url)
    with (
        contextlib.suppress(BrokenPipeError),  # the loader has stopped early; its exit code tells
        subprocess.Popen(
            [str(programs / "pg_restore"), "--no-owner", "--no-privileges", "--no-comments", "--file=-", str(dump)],
            env=environment,
            stdout=subprocess.PIPE,
        ) as script,
        subprocess.Popen(
            [str(programs / "psql"), "--no-psqlrc", "--quiet", "--output=/dev/null", *IN_ONE_TRANSACTION],
            env=environment,
            stdin=subprocess.PIPE,
        ) as loader,
    ):
        _feed(script, loader)
    if script.returncode or loader.returncode:
        missing = psql(owner_url, VECTOR_IS_THERE_SQL).stdout.strip() != "t"
        hint = f". It has no extension vector; a superuser installs it with `{VECTOR_SQL}`" if missing else ""
        raise OperateError(f"the database could not be loaded and is as it was before{hint}")


def _feed(script: subprocess.Popen[bytes], loader: subprocess.Popen[bytes]) -> None:
    """Hand the script over; when its writer fails the loader must not commit half of it."""
    if script.stdout is None or loader.stdin is None:
        raise OperateError("the loading programs did not start")
    try:
        loader.stdin.write(EMPTYING_SQL.encode())
        for line in script.stdout:
            if line == UNKNOWN_TO_OLDER_SERVERS:
                break  # once, in the head; what follows goes on unread
            loader.stdin.write(line)
        shutil.copyfileobj(script.stdout, loader.stdin)
        if script.wait():
            loader.kill()
        loader.stdin.close()
    except BrokenPipeError:
        script.kill()


def _put_in_place(arriving: Path, files: Path) -> None:
    leaving = files.with_name("files.leaving")
    shutil.rmtree(leaving, ignore_errors=True)
    for path in (arriving, *arriving.rglob("*")):
        hand_over(path, files)
    files.rename(leaving)
    arriving.rename(files)
    files.chmod(0o700)
    shutil.rmtree(leaving)


def _copy_private(source: str, target: str) -> None:
    shutil.copyfile(source, target)
    Path(target).chmod(0o600)


def _restore_keys(places: Places, kept: Path) -> None:
    keys = json.loads(kept.read_text())
    for name in PRODUCT_KEYS:
        if name in keys:  # a backup made before a key existed: the new one stays
            write_secret(key_folder(places) / name, keys[name])
