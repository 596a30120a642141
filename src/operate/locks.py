"""File locks that the kernel releases by itself when their holder dies."""

import fcntl
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from operate.places import hand_over


class FileLock:
    """One flock on one file; shared among users or exclusive."""

    def __init__(self, path: Path) -> None:
        self.descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        hand_over(path, path.parent)

    def share(self) -> None:
        """Wait until nobody holds it exclusively, then hold it together with others."""
        fcntl.flock(self.descriptor, fcntl.LOCK_SH)

    def try_share(self) -> bool:
        """Hold it together with others, unless someone holds it exclusively."""
        return self._try(fcntl.LOCK_SH)

    def try_exclusive(self) -> bool:
        """Hold it alone, unless anyone else holds it."""
        return self._try(fcntl.LOCK_EX)

    def close(self) -> None:
        """Let go."""
        os.close(self.descriptor)

    def _try(self, kind: int) -> bool:
        try:
            fcntl.flock(self.descriptor, kind | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True


@contextmanager
def exclusive(path: Path) -> Iterator[None]:
    """Hold the lock alone for the block, waiting for earlier holders."""
    lock = FileLock(path)
    try:
        fcntl.flock(lock.descriptor, fcntl.LOCK_EX)
        yield
    finally:
        lock.close()


def is_held(path: Path) -> bool:
    """Whether some process holds the lock exclusively now."""
    lock = FileLock(path)
    try:
        return not lock.try_share()
    finally:
        lock.close()


def wait_until_free(path: Path, *, seconds: float) -> bool:
    """Wait for the exclusive holder to let go; False when time is up."""
    until = time.monotonic() + seconds
    while is_held(path):
        if time.monotonic() > until:
            return False
        time.sleep(0.02)
    return True
