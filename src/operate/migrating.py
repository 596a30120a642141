"""Bring the database to this release, as its owner: migrations, then policies and grants."""

import hashlib
import os
import subprocess
from urllib.parse import parse_qsl, unquote, urlsplit

from operate.cluster import bare_environment, installed_programs
from operate.environment import MANAGE, owner_environment
from operate.places import ROOT, OperateError, Places
from operate.postgres import Connections
from operate.preparing import PYTHON, say

MATCH_COST_SQL = "ALTER FUNCTION pg_catalog.ts_match_vq(tsvector, tsquery) COST 100"
VECTOR_SQL = "CREATE EXTENSION vector"
VECTOR_IS_THERE_SQL = "SELECT to_regtype('public.halfvec') IS NOT NULL"
MATCH_COST_IS_SET_SQL = """
SELECT procost >= 100 FROM pg_proc WHERE oid = 'pg_catalog.ts_match_vq(tsvector, tsquery)'::regprocedure
"""
RELEASE_SQL = "SELECT obj_description(to_regnamespace('congso'), 'pg_namespace')"
CODE = {".py", ".sql", ".json", ".csv", ".txt"}


def migrate(places: Places, connections: Connections, arguments: list[str]) -> None:
    """Run `upgrade` (migrate, then secure); on a real server try to set the price of text matching."""
    environment = owner_environment(places, connections)
    psql(connections.owner_url, "COMMENT ON SCHEMA congso IS NULL")  # no known release; a new database has no schema
    manage(environment, "upgrade", *arguments)
    if not connections.is_embedded and not _set_match_cost(connections.owner_url):
        say(
            "the owner may not set the price of text matching; search for very common words may be slower. "
            f"A superuser can do it once: {MATCH_COST_SQL}"
        )
    if not connections.is_embedded and psql(connections.owner_url, VECTOR_IS_THERE_SQL).stdout.strip() != "t":
        say(
            "this PostgreSQL has no extension vector (pgvector) in schema public: search finds words, not meanings. "
            f"A superuser installs it with `{VECTOR_SQL}`; then upgrade once more"
        )


def catch_up(places: Places, connections: Connections) -> None:
    """Bring the database to this release, unless it is there already: most starts change nothing.

    The database itself keeps which release it was brought to, so one that was restored is brought up again.
    """
    release = release_of(connections)
    if psql(connections.owner_url, RELEASE_SQL).stdout.strip() != release:
        migrate(places, connections, ["--verbosity", "0"])
        done = psql(connections.owner_url, f"COMMENT ON SCHEMA congso IS '{release}'")
        if done.returncode:
            raise OperateError(f"the release could not be noted in the database: {done.stderr.strip()}")


def release_of(connections: Connections) -> str:
    """What `upgrade` makes of a database follows from this: the code, its libraries and whom the grants are for."""
    digest = hashlib.sha256(str(urlsplit(connections.app_url).username).encode())
    code = (path for path in (ROOT / "src").rglob("*") if path.suffix in CODE and path.is_file())
    for path in sorted([*code, ROOT / "requirements/base.txt"]):
        digest.update(f"{path.relative_to(ROOT)}\n".encode() + path.read_bytes())
    return digest.hexdigest()


def _set_match_cost(owner_url: str) -> bool:
    if psql(owner_url, MATCH_COST_IS_SET_SQL).stdout.strip() == "t":
        return True
    return psql(owner_url, MATCH_COST_SQL).returncode == 0


def is_fresh(connections: Connections) -> bool:
    """Whether no release was ever migrated into this database."""
    asked = psql(connections.owner_url, "SELECT to_regclass('public.django_migrations') IS NULL")
    return asked.stdout.strip() == "t"


def manage(environment: dict[str, str], *arguments: str) -> None:
    """Run one of the product's commands to its end; it has said itself what is wrong when it fails."""
    done = subprocess.run([str(PYTHON), MANAGE, *arguments], env=environment, cwd=ROOT, check=False)
    if done.returncode:
        raise OperateError(f"{arguments[0]} failed; see the message above")


def psql(url: str, sql: str) -> subprocess.CompletedProcess[str]:
    """Run one statement; the password travels in the environment, not in the list of processes."""
    program = str(installed_programs() / "bin" / "psql")
    command = [program, "--no-psqlrc", "--quiet", "--tuples-only", "--no-align", "--command", sql]
    return subprocess.run(command, env=libpq_environment(url), capture_output=True, text=True, check=False)


def libpq_environment(url: str) -> dict[str, str]:
    """The address as the variables PostgreSQL's own programs read."""
    parts = urlsplit(url)
    options = dict(parse_qsl(parts.query))
    values = {
        "PGUSER": unquote(parts.username or ""),
        "PGPASSWORD": unquote(parts.password or ""),
        "PGHOST": options.get("host") or unquote(parts.hostname or ""),
        "PGPORT": str(parts.port or options.get("port", "")),
        "PGDATABASE": unquote(parts.path.lstrip("/")),
        "PGSSLMODE": options.get("sslmode", ""),
        "PGSSLROOTCERT": options.get("sslrootcert", ""),
        "HOME": os.environ.get("HOME", ""),
    }
    return bare_environment() | {name: value for name, value in values.items() if value}
