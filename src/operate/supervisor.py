"""Keep processes running side by side: prefix what they say, start them again, end all as one."""

import contextlib
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import IO

from operate.places import ROOT
from operate.preparing import PYTHON, say

LOOK_EVERY = 0.2
CALM_AFTER = 60.0
LONGEST_PAUSE = 30.0
PATIENCE = 10.0
_printing = threading.Lock()


def bound(command: Sequence[str]) -> list[str]:
    """The command as a process that goes with this one, however this one ends."""
    return [str(PYTHON), "-m", "operate.bound", str(os.getpid()), *command]


@dataclass
class Child:
    """One process of the installation and its present life."""

    name: str
    command: Sequence[str]
    environment: Mapping[str, str]
    process: subprocess.Popen[str] | None = None
    failures: int = 0
    started: float = 0.0
    start_at: float = 0.0
    reader: threading.Thread | None = field(default=None, repr=False)

    def start(self) -> None:
        """Start in a process group of its own, so that the group can be ended with all its own children."""
        self.started = time.monotonic()
        self.process = subprocess.Popen(
            bound(self.command),
            cwd=ROOT,
            env=dict(self.environment),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            errors="replace",
            process_group=0,
        )
        self.reader = threading.Thread(target=_copy_lines, args=(self.name, self.process.stdout), daemon=True)
        self.reader.start()

    def look(self) -> None:
        """Start again when it has died: at once the first time, later after growing pauses."""
        now = time.monotonic()
        if self.process is None:
            if now >= self.start_at:
                self.start()
            return
        code = self.process.poll()
        if code is None:
            return
        self.signal_group(signal.SIGKILL)  # its own children would still hold the port
        self.failures = 0 if now - self.started > CALM_AFTER else self.failures + 1
        pause = min(0.5 * 2 ** (self.failures - 1), LONGEST_PAUSE) if self.failures else 0.0
        say(f"{self.name} ended ({_cause(code)}); starting it again in {pause:.1f} s")
        self.process, self.start_at = None, now + pause

    def signal_group(self, number: signal.Signals) -> None:
        """Send a signal to the process and all it started."""
        if self.process is not None:
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.killpg(self.process.pid, number)

    def end(self, until: float) -> None:
        """Wait for its end; whatever is left of the group when time is up is killed."""
        if self.process is None:
            return
        with contextlib.suppress(subprocess.TimeoutExpired):
            self.process.wait(max(until - time.monotonic(), 0.1))
        self.signal_group(signal.SIGKILL)
        self.process.wait()
        if self.reader is not None:
            self.reader.join(2)


def supervise(children: Sequence[Child], stop: threading.Event, watch: Callable[[], None]) -> None:
    """Run the children until `stop` is set, then end them all. `watch` is called between looks."""
    try:
        for child in children:
            child.start()
        while not stop.wait(LOOK_EVERY):
            watch()
            for child in children:
                child.look()
    finally:
        for child in children:
            child.signal_group(signal.SIGTERM)
        until = time.monotonic() + PATIENCE
        for child in children:
            child.end(until)


def stop_on_signals() -> threading.Event:
    """An event that Ctrl-C, SIGTERM and a closed terminal set."""
    stop = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, lambda *_: stop.set())
    return stop


def _copy_lines(name: str, stream: IO[str]) -> None:
    with stream:
        for line in stream:
            with _printing, contextlib.suppress(OSError):
                sys.stdout.write(f"{name:<7}| {line.rstrip()}\n")
                sys.stdout.flush()


def _cause(code: int) -> str:
    return signal.Signals(-code).name if code < 0 else f"exit code {code}"
