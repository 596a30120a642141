"""Starts one command under limits and makes sure it ends. Run as a script; standard library only.

    guard.py PARENT MEMORY_BYTES FILE_BYTES SECONDS COMMAND...

The command and all it starts form one process group. The group is killed when time is up, when the guard is
told to stop, when the parent dies (even by kill -9) and when the command ends leaving something behind. The
network is taken away where the kernel lets us: a document must not be able to call out. Limits are set here,
in a process of one thread, because the worker has many.
"""

import ctypes
import os
import resource
import signal
import subprocess
import sys
from contextlib import suppress
from pathlib import Path
from types import FrameType

TIME_IS_UP = 124
STOPPED = 125
PR_SET_PDEATHSIG = 1
CLONE_NEWUSER, CLONE_NEWNET = 0x10000000, 0x40000000


def main(arguments: list[str]) -> int:
    """Run the command and return its exit code, 128 + signal, TIME_IS_UP or STOPPED."""
    parent, memory, file_bytes = (int(value) for value in arguments[:3])
    seconds, command = float(arguments[3]), arguments[4:]
    libc = ctypes.CDLL(None, use_errno=True)
    signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGTERM})
    libc.prctl(PR_SET_PDEATHSIG, signal.SIGTERM)
    if os.getppid() != parent:
        return STOPPED
    _take_network_away(libc)
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_FSIZE, (file_bytes, file_bytes))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))

    def prepare_child() -> None:
        libc.prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
        signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGTERM})

    child = subprocess.Popen(command, process_group=0, preexec_fn=prepare_child)  # noqa: PLW1509 - one thread here

    def stop(_signal: int, _frame: FrameType | None) -> None:
        os.killpg(child.pid, signal.SIGKILL)
        os._exit(STOPPED)

    signal.signal(signal.SIGTERM, stop)
    signal.signal(signal.SIGALRM, _raise_timeout)
    signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGTERM})
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        # WNOWAIT keeps the group's number ours until the rest of the group is dead.
        os.waitid(os.P_PID, child.pid, os.WEXITED | os.WNOWAIT)
    except TimeoutError:
        os.killpg(child.pid, signal.SIGKILL)
        return TIME_IS_UP
    os.killpg(child.pid, signal.SIGKILL)
    code = child.wait()
    return code if code >= 0 else 128 - code


def _raise_timeout(_signal: int, _frame: FrameType | None) -> None:
    raise TimeoutError


def _take_network_away(libc: ctypes.CDLL) -> None:
    user, group = os.getuid(), os.getgid()
    if user == 0:
        libc.unshare(CLONE_NEWNET)
    elif libc.unshare(CLONE_NEWUSER | CLONE_NEWNET) == 0:
        # Our own numbers inside too; where even that is forbidden the command runs as nobody in there.
        with suppress(OSError):
            for name, value in (
                ("setgroups", "deny"),
                ("uid_map", f"{user} {user} 1"),
                ("gid_map", f"{group} {group} 1"),
            ):
                Path(f"/proc/self/{name}").write_text(value, encoding="ascii")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
