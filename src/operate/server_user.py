"""The system user of the embedded PostgreSQL when root starts it: PostgreSQL refuses to run as root."""

import os
import pwd
import shutil
import subprocess
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from operate.places import OperateError, Places, can_pass

NAME = "congso-db"
HOME = Path("/var/lib/congso")


@dataclass(frozen=True)
class ServerUser:
    """Who runs the server: the person who starts it, or the system user when that is root."""

    uid: int
    gid: int
    is_other: bool

    def popen_options(self) -> dict[str, Any]:
        """What `subprocess` needs to run a program as this user."""
        if not self.is_other:
            return {}
        return {"user": self.uid, "group": self.gid, "extra_groups": []}

    def own(self, path: Path) -> None:
        """Give one of our own new files or folders to this user."""
        if self.is_other:
            os.chown(path, self.uid, self.gid, follow_symlinks=False)


def server_user() -> ServerUser:
    """The user the server runs as; the system user is created on first need."""
    if os.geteuid() != 0:
        return ServerUser(os.geteuid(), os.getegid(), is_other=False)
    try:
        entry = pwd.getpwnam(NAME)
    except KeyError:
        entry = _create()
    return ServerUser(entry.pw_uid, entry.pw_gid, is_other=True)


def _create() -> pwd.struct_passwd:
    command = [
        "useradd",
        "--system",
        "--user-group",
        "--no-create-home",
        "--home-dir",
        str(HOME),
        "--shell",
        "/usr/sbin/nologin",
        NAME,
    ]
    try:
        done = subprocess.run(command, capture_output=True, text=True, check=False)
    except FileNotFoundError as error:
        raise OperateError(
            f"PostgreSQL does not run as root and {command[0]} is missing: "
            f"create a system user {NAME}, or start as an ordinary user"
        ) from error
    try:
        return pwd.getpwnam(NAME)  # another starter may have created it at the same moment
    except KeyError as error:
        raise OperateError(f"could not create the system user {NAME}: {done.stderr.strip()}") from error


def server_folder(places: Places, user: ServerUser) -> Path:
    """The folder of the database, 0700 and owned by the server's user.

    When that user cannot reach DATA_DIR (a project in root's home), DATA_DIR/postgres becomes a link to a
    folder under /var/lib/congso; permissions of folders above are never changed.
    """
    folder = places.postgres
    if folder.is_symlink() and not folder.exists():
        raise OperateError(f"{folder} points to {folder.readlink()}, which is gone: restore a backup")
    if folder.exists():
        return folder.resolve()
    if can_pass(places.data, user.uid, user.gid):
        folder.mkdir(mode=0o700)
        user.own(folder)
        return folder
    HOME.mkdir(mode=0o755, parents=True, exist_ok=True)
    outside = Path(tempfile.mkdtemp(prefix="postgres-", dir=HOME))
    user.own(outside)
    folder.symlink_to(outside)
    return outside


def reachable_programs(installed: Path, libraries: Path, user: ServerUser, version: str) -> Path:
    """The server's programs where its user can run them: in place, or copied once under /var/lib/congso."""
    if can_pass(installed / "bin", user.uid, user.gid):
        return installed
    copied = HOME / f"programs-{version}"
    if not copied.exists():
        HOME.mkdir(mode=0o755, parents=True, exist_ok=True)
        fresh = Path(tempfile.mkdtemp(prefix="programs-", dir=HOME))
        fresh.chmod(0o755)
        # Same relative places as in the wheel: the programs look for their libraries beside their package.
        ignored = shutil.ignore_patterns("include", "*.a", "pkgconfig")
        shutil.copytree(installed, fresh / installed.parent.name / installed.name, ignore=ignored)
        shutil.copytree(libraries, fresh / libraries.name)
        try:
            fresh.rename(copied)
        except OSError:  # another starter was faster
            shutil.rmtree(fresh)
    return copied / installed.parent.name / installed.name
