"""The process that keeps the embedded server up for as long as anyone uses it.

Users hold a shared lock (operate.postgres). The keeper starts PostgreSQL, starts it again when it dies, and
stops it once it can take the lock alone: when the last user is gone, however it went (kill -9 included). If
the keeper itself is killed, the kernel tells PostgreSQL to shut down.

    python -m operate.keeper DATA_DIR durable|fast
"""

import contextlib
import ctypes
import os
import signal
import subprocess
import sys
import time
from datetime import UTC, datetime
from pathlib import Path
from types import FrameType

from operate.cluster import Cluster, bare_environment, open_cluster
from operate.locks import FileLock
from operate.places import Places
from operate.tuning import server_settings, settings_file

LOOK_EVERY = 0.1
GIVE_UP_AFTER = 8
PR_SET_PDEATHSIG, PR_SET_CHILD_SUBREAPER = 1, 36


class Keeper:
    """One embedded server and its life."""

    def __init__(self, cluster: Cluster, *, durable: bool) -> None:
        self.cluster = cluster
        self.durable = durable
        self.is_asked_to_stop = False
        self.users = FileLock(cluster.places.run / "users.lock")

    def keep(self) -> int:
        """Serve until the last user is gone; 1 when PostgreSQL cannot be kept up."""
        failures = 0
        while True:
            started = time.monotonic()
            server = self.start()
            while server.poll() is None:
                if self.is_asked_to_stop or self.users.try_exclusive():
                    self.stop(server)
                    return 0
                time.sleep(LOOK_EVERY)
            failures = 0 if time.monotonic() - started > 10 else failures + 1
            say(f"PostgreSQL ended with {server.returncode}, failure {failures}; starting it again")
            if failures >= GIVE_UP_AFTER:
                say("PostgreSQL cannot be kept up, giving up")
                return 1
            time.sleep(min(0.1 * 2**failures, 5))

    def start(self) -> subprocess.Popen[bytes]:
        """Clear what a dead server left behind and start a new one."""
        data, log = self.cluster.data, self.cluster.folder / "log"
        self.clear_leftovers()
        log.mkdir(mode=0o700, exist_ok=True)
        self.cluster.user.own(log)
        settings = server_settings(self.cluster.socket, log, durable=self.durable)
        (data / "postgresql.auto.conf").write_text(settings_file(settings))
        return subprocess.Popen(
            [self.cluster.program("postgres"), "-D", str(data)],
            cwd=self.cluster.folder,
            env=bare_environment(),
            stdin=subprocess.DEVNULL,
            preexec_fn=_die_with_parent,  # noqa: PLW1509 - this process has one thread
            **self.cluster.user.popen_options(),
        )

    def clear_leftovers(self) -> None:
        """Wait for the processes of a dead server, end those that hang, then drop its stale pid file.

        PostgreSQL itself would take a pid file as alive when its number was given away meanwhile.
        """
        data = self.cluster.data
        reap()
        for attempt in range(200):
            left = processes_in(data)
            if not left:
                break
            if attempt == 100:
                for pid in left:
                    with contextlib.suppress(ProcessLookupError):
                        os.kill(pid, signal.SIGKILL)
            time.sleep(0.05)
        (data / "postmaster.pid").unlink(missing_ok=True)

    def stop(self, server: subprocess.Popen[bytes]) -> None:
        """Stop fast (open transactions are rolled back), at once when that takes too long."""
        for how, patience in ((signal.SIGINT, 30), (signal.SIGQUIT, 10), (signal.SIGKILL, 10)):
            server.send_signal(how)
            with contextlib.suppress(subprocess.TimeoutExpired):
                server.wait(patience)
                break
            say(f"PostgreSQL did not end within {patience} s of {how.name}")
        reap()

    def ask_to_stop(self, _signal: int, _frame: FrameType | None) -> None:
        """Someone ended the keeper itself: take the server along."""
        self.is_asked_to_stop = True


def processes_in(data: Path) -> list[int]:
    """The processes working in a data folder: a server's, whatever their numbers."""
    found = []
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            with contextlib.suppress(OSError):
                if (entry / "cwd").readlink() == data:
                    found.append(int(entry.name))
    return found


def reap() -> None:
    """Take note of the dead server's own children, which came to us, so that they do not stay as zombies."""
    with contextlib.suppress(ChildProcessError):
        for _ in range(50):
            if os.waitpid(-1, os.WNOHANG) == (0, 0):
                time.sleep(0.01)


def say(message: str) -> None:
    """One line in the keeper's log."""
    print(f"{datetime.now(UTC):%Y-%m-%d %H:%M:%S}Z keeper: {message}", flush=True)


def _die_with_parent() -> None:
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGINT)


def _adopt_grandchildren() -> None:
    ctypes.CDLL(None).prctl(PR_SET_CHILD_SUBREAPER, 1)


def main() -> int:
    """Keep the server of the folder given; leave at once when another keeper does."""
    places = Places(Path(sys.argv[1]))
    mine = FileLock(places.run / "keeper.lock")
    if not mine.try_exclusive():
        return 0
    _adopt_grandchildren()
    keeper = Keeper(open_cluster(places), durable=sys.argv[2] == "durable")
    for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
        signal.signal(number, keeper.ask_to_stop)
    try:
        return keeper.keep()
    finally:
        mine.close()  # before the users' lock goes with the process: the next user must find no keeper


if __name__ == "__main__":
    sys.exit(main())
