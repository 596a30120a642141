"""Passwords and keys of an installation: made once, one file each, readable by their owner alone."""

import os
import secrets
from pathlib import Path

from operate.places import ROOT, OperateError, Places, hand_over

PRODUCT_KEYS = ("django.key", "access.key", "push.key")


def ensure_secret(path: Path) -> str:
    """The secret in the file; 32 new random bytes (hex) when there is none. Call under the start lock."""
    if not path.exists():
        write_secret(path, secrets.token_hex(32))
    return read_secret(path)


def write_secret(path: Path, value: str) -> None:
    """Put a secret into its file in one step; a crash leaves the old one or the new one."""
    fresh = path.with_name(path.name + ".new")
    fresh.unlink(missing_ok=True)
    descriptor = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w") as file:
        file.write(value + "\n")
        file.flush()
        os.fsync(descriptor)
    hand_over(fresh, path.parent)
    fresh.rename(path)


def read_secret(path: Path) -> str:
    """The secret in the file; refuses one that others on the machine can read."""
    if not path.is_file():
        raise OperateError(f"{path} is missing: bring it back from a backup's secrets, it cannot be made again")
    if path.stat().st_mode & 0o037:  # a group may read: the operator may give web and worker one
        raise OperateError(f"{path} can be read by other users: chmod 600 {path}")
    return path.read_text().strip()


def key_folder(places: Places) -> Path:
    """Where the product's keys are: SECRET_DIR when the operator keeps them elsewhere."""
    chosen = os.environ.get("SECRET_DIR")
    return (ROOT / Path(chosen).expanduser()).resolve() if chosen else places.secrets


def ensure_product_keys(places: Places) -> None:
    """Django's signing key, the key that seals who a session acts for, the key that signs messages to browsers."""
    for name in PRODUCT_KEYS:
        ensure_secret(key_folder(places) / name)
