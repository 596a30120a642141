"""Where stored bytes lie: a folder addressed by content. Nothing in it is ever changed.

The one class through which bytes are kept and fetched, so that another kind of store can take its place.
"""

import errno
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO
from uuid import uuid4


class StorageFull(Exception):
    """The disk is full, or nearly; nothing was kept."""

    message_vi = (
        "Máy chủ sắp hết dung lượng lưu trữ nên chưa nhận được tệp; chưa có gì được lưu. Hãy báo bộ phận CNTT rồi"
        " thử lại sau."
    )

    def __str__(self) -> str:
        return self.message_vi


class FolderStore:
    """Blobs as files `ab/cd/abcd…`, readable by the service alone."""

    def __init__(self, root: Path) -> None:
        self._root = root

    def put(self, source: Path, sha256: str) -> None:
        """Keep a copy of the file under its hash: wholly and safely on disk when this returns, or not at all."""
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
        if len(sha256) != 64 or not set(sha256) <= set("0123456789abcdef"):
            raise ValueError("not a SHA-256")
        return self._root / sha256[:2] / sha256[2:4] / sha256

    def open(self, sha256: str) -> BinaryIO:
        """The blob's bytes. Raises FileNotFoundError."""
        return self.path(sha256).open("rb")

    def destroy(self, sha256: str) -> bool:
        """Overwrite the blob, then take it away, for disposal by decision; whether there was one. Safe to repeat."""
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

    def delete(self, sha256: str) -> None:
        """Take the blob away, for disposal by schedule; its row must be gone before."""
        self.path(sha256).unlink(missing_ok=True)


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
