"""Where stored bytes lie, addressed by content: a folder, or a bucket of an S3-compatible service (`bucket.py`).

Nothing in a store is ever changed. Both kinds are reached through `Store`, so that one can take the other's place.
"""

import errno
import os
import shutil
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from hashlib import file_digest
from pathlib import Path
from typing import BinaryIO, Protocol
from uuid import uuid4


class StorageFull(Exception):
    """The disk is full, or nearly; nothing was kept."""

    message_vi = (
        "Máy chủ sắp hết dung lượng lưu trữ nên chưa nhận được tệp; chưa có gì được lưu. Hãy báo bộ phận CNTT rồi"
        " thử lại sau."
    )

    def __str__(self) -> str:
        return self.message_vi


class StorageAway(Exception):
    """The store does not answer, or refuses us; nothing was kept. What was asked for may be asked again."""

    message_vi = (
        "Kho lưu trữ tệp chưa trả lời. Chưa có gì mất; hãy thử lại sau ít phút, nếu vẫn lỗi thì báo bộ phận CNTT."
    )

    def __str__(self) -> str:
        return self.message_vi


class Damaged(Exception):
    """The bytes found do not have the hash they are named by; they are not given out."""


class Store(Protocol):
    """What every kind of store does. Names are SHA-256 in small hexadecimal letters; others raise ValueError."""

    def put(self, source: Path, sha256: str) -> None:
        """Keep a copy of the file under its hash: wholly and safely kept when this returns, or not at all.

        Raises StorageFull, StorageAway.
        """

    def local(self, sha256: str) -> AbstractContextManager[Path]:
        """The blob as a file, for tools that need a path; good until the block ends.

        Raises FileNotFoundError, StorageAway, Damaged.
        """

    def open(self, sha256: str) -> BinaryIO:
        """The blob's bytes as a file at its beginning. Raises as `local`."""

    def read(self, sha256: str) -> bytes:
        """All of the blob's bytes, for papers that fit into memory (signing). Raises as `local`."""

    def size(self, sha256: str) -> int | None:
        """How many bytes are kept under the name; None when there are none."""

    def check(self, sha256: str) -> bool:
        """Whether the kept bytes still have the hash. Reads all of them. Raises FileNotFoundError, StorageAway."""

    def names(self) -> Iterator[str]:
        """Every name that is kept, in order."""

    def destroy(self, sha256: str) -> bool:
        """Take the blob away beyond recovery, for disposal by decision; whether there was one. Safe to repeat."""


def checked_name(sha256: str) -> str:
    """The name itself. Raises ValueError for what is none: no path or key is ever made of it."""
    if len(sha256) != 64 or not set(sha256) <= set("0123456789abcdef"):
        raise ValueError("not a SHA-256")
    return sha256


class FolderStore:
    """Blobs as files `ab/cd/abcd…`, readable by the service alone."""

    def __init__(self, root: Path) -> None:
        self._root = root

    def put(self, source: Path, sha256: str) -> None:
        """As `Store.put`."""
        target = self.path(sha256)
        if target.exists():
            return
        target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        part = target.with_name(f".{sha256}.{uuid4().hex}")
        try:
            with full_disk_is_told():
                shutil.copyfile(source, part)
                part.chmod(0o400)
                sync(part)
                part.replace(target)
                sync(target.parent)
        finally:
            part.unlink(missing_ok=True)

    def path(self, sha256: str) -> Path:
        """Where the blob lies, or would lie."""
        return self._root / checked_name(sha256)[:2] / sha256[2:4] / sha256

    @contextmanager
    def local(self, sha256: str) -> Iterator[Path]:
        """As `Store.local`: the kept file itself."""
        path = self.path(sha256)
        if not path.is_file():
            raise FileNotFoundError(path)
        yield path

    def open(self, sha256: str) -> BinaryIO:
        """As `Store.open`."""
        return self.path(sha256).open("rb")

    def read(self, sha256: str) -> bytes:
        """As `Store.read`."""
        return self.path(sha256).read_bytes()

    def size(self, sha256: str) -> int | None:
        """As `Store.size`."""
        path = self.path(sha256)
        return path.stat().st_size if path.is_file() else None

    def check(self, sha256: str) -> bool:
        """As `Store.check`."""
        with self.path(sha256).open("rb") as file:
            return file_digest(file, "sha256").hexdigest() == sha256

    def names(self) -> Iterator[str]:
        """As `Store.names`."""
        for path in sorted(self._root.glob("??/??")):
            yield from sorted(one.name for one in path.iterdir() if len(one.name) == 64)

    def destroy(self, sha256: str) -> bool:
        """As `Store.destroy`: overwritten first."""
        path = self.path(sha256)
        if not path.exists():
            return False
        path.chmod(0o600)
        with path.open("r+b") as file:
            left = path.stat().st_size
            while left > 0:
                left -= file.write(bytes(min(left, 2**20)))
            file.flush()
            os.fsync(file.fileno())
        path.unlink()
        sync(path.parent)
        return True


@contextmanager
def full_disk_is_told() -> Iterator[None]:
    """Turn “no space left” and “quota exceeded” into StorageFull."""
    try:
        yield
    except OSError as error:
        if error.errno in {errno.ENOSPC, errno.EDQUOT}:
            raise StorageFull from error
        raise


def sync(path: Path) -> None:
    """Make a file or a folder's entries survive a power cut."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
