"""Become another program that the kernel kills when our parent dies, however it dies.

Asked politely, a server would first finish what it does, without the database that went with the parent.

python -m operate.bound PARENT_PID PROGRAM [ARGUMENTS]
"""

import ctypes
import os
import signal
import sys

PR_SET_PDEATHSIG = 1


def main() -> None:
    """Ask for the signal at the parent's death, then become the program."""
    parent, *command = sys.argv[1:]
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != int(parent):  # it died before we asked
        sys.exit(1)
    os.execvp(command[0], command)  # noqa: S606 - no shell is wanted


if __name__ == "__main__":
    main()
