"""The temporary places of uploads: the spool while they wait and are read, the quarantine when they bear a mark.

Both are closed to everybody but the service. A file is linked to its new place before the database says so,
and unlinked from the old one after: wherever a process dies, one place holds the whole file, and the sweeper
takes away the other.
"""

import hashlib
import os
import shutil
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

from congso.kernel.files.configuration import folder
from congso.kernel.files.reading import refusals
from congso.kernel.files.store import StorageFull, full_disk_is_told, sync

_FREE_KEPT = 512 * 2**20  # the database and the tools need room too
_FREE_TO_READ = 64 * 2**20  # what was taken in may still be read, down to this


@dataclass(frozen=True)
class Spooled:
    """Bytes safely in the spool."""

    size: int
    sha256: str


def spooled(key: UUID) -> Path:
    """The upload's file while it waits and is read."""
    return folder("spool") / str(key)


def quarantined(key: UUID) -> Path:
    """The upload's file once a mark was found."""
    return folder("quarantine") / str(key)


def take_in(chunks: Iterable[bytes], key: UUID, *, limit: int, expected: int = 0) -> Spooled:
    """Write a stream into the spool; it is on disk when this returns. Raises Refused (too large) or StorageFull."""
    target = spooled(key)
    _check_room(expected + _FREE_KEPT)
    part = target.with_suffix(".part")
    digest, size = hashlib.sha256(), 0
    try:
        with full_disk_is_told():
            with part.open("xb") as file:
                for chunk in chunks:
                    size += len(chunk)
                    if size > limit:
                        raise refusals.too_large(limit)
                    digest.update(chunk)
                    file.write(chunk)
                file.flush()
                os.fsync(file.fileno())
            part.replace(target)
            sync(target.parent)
    finally:
        part.unlink(missing_ok=True)
    return Spooled(size, digest.hexdigest())


def hash_of(path: Path) -> str:
    """SHA-256 of a file."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


@contextmanager
def work_folder(key: UUID) -> Iterator[Path]:
    """A folder for one attempt at reading, gone afterwards; two attempts never share one."""
    work = folder("spool") / f"{key}.{os.urandom(6).hex()}.work"
    with full_disk_is_told():
        work.mkdir(mode=0o700)
    try:
        yield work
    finally:
        shutil.rmtree(work, ignore_errors=True)


@contextmanager
def needs_room() -> Iterator[None]:
    """Raises StorageFull in place of whatever came of reading without room.

    Tools that find the disk full break off in their own ways: a good file looks damaged, a page has no words.
    """
    _check_room(_FREE_TO_READ)
    try:
        yield
    except Exception:
        _check_room(_FREE_TO_READ)
        raise
    _check_room(_FREE_TO_READ)


def _check_room(needed: int) -> None:
    if shutil.disk_usage(folder("spool")).free < needed:
        raise StorageFull


def copy_to(target: Path, source: Path) -> None:
    """Make the file be in both places (before the database says it moved)."""
    if not target.exists():
        with full_disk_is_told():
            os.link(source, target)
            sync(target.parent)


def erase(path: Path) -> None:
    """Overwrite and remove a file of the quarantine."""
    if not path.exists():
        return
    with path.open("r+b") as file:
        left = path.stat().st_size
        while left > 0:
            left -= file.write(bytes(min(left, 2**20)))
        file.flush()
        os.fsync(file.fileno())
    path.unlink()
    sync(path.parent)
