"""Where an installation keeps its things, and who may reach them."""

import os
import stat
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
ENVIRONMENT = ROOT / ".venv"


class OperateError(Exception):
    """A message for the person at the terminal; the launcher prints it without a traceback."""


@dataclass(frozen=True)
class Places:
    """The folders of one installation; made on first use, never wider than the owner needs."""

    data: Path

    @property
    def secrets(self) -> Path:
        """Passwords and keys, one 0600 file each."""
        return self.data / "secrets"

    @property
    def run(self) -> Path:
        """Locks and the keeper's log."""
        return self.data / "run"

    @property
    def files(self) -> Path:
        """The content-addressed files of the office."""
        return self.data / "files"

    @property
    def postgres(self) -> Path:
        """The embedded server's folder; a link when the server's user cannot reach DATA_DIR."""
        return self.data / "postgres"

    def make(self) -> None:
        """Create the private folders. Started by root, DATA_DIR may be passed through but not listed."""
        self.data.mkdir(parents=True, exist_ok=True, mode=0o711 if os.geteuid() == 0 else 0o700)
        for folder in (self.secrets, self.run, self.files):
            if not folder.exists():
                folder.mkdir(mode=0o700)
                hand_over(folder, self.data)
        if not os.access(self.secrets, os.R_OK | os.W_OK | os.X_OK):
            raise OperateError(f"{self.secrets} belongs to another user: run as the user who set this up")


def chosen_places() -> Places:
    """The installation named by DATA_DIR, `.data` in the project's folder when it is not set."""
    return Places((ROOT / Path(os.environ.get("DATA_DIR") or ".data").expanduser()).resolve())


def hand_over(path: Path, folder: Path) -> None:
    """What root makes in a service's folder belongs to the service, or it could not use it afterwards."""
    if os.geteuid() == 0:
        owner = folder.stat()
        os.chown(path, owner.st_uid, owner.st_gid, follow_symlinks=False)


def can_pass(folder: Path, uid: int, gid: int) -> bool:
    """Whether a user without further groups can walk down to the folder."""
    for step in (folder, *folder.parents):
        mode = step.stat()
        if mode.st_uid == uid:
            allowed = mode.st_mode & stat.S_IXUSR
        elif mode.st_gid == gid:
            allowed = mode.st_mode & stat.S_IXGRP
        else:
            allowed = mode.st_mode & stat.S_IXOTH
        if not allowed:
            return False
    return True
