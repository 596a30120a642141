"""Runs parsers and outside programs in a guarded child process and hears their progress."""

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import IO, Any

from congso.kernel.files.reading import refusals
from congso.kernel.files.reading.guard import TIME_IS_UP
from congso.kernel.files.reading.limits import Limits
from congso.kernel.files.reading.refusals import Reason, Refused

Progress = Callable[[int, int, str], None]
"""Told (done, total, message in Vietnamese) now and then; raising stops the work and kills the child."""

_HERE = Path(__file__).resolve().parent
_LONGEST_LINE = 64 * 2**20
_PASSED_ON = ("PATH", "TESSDATA_PREFIX", "FONTCONFIG_FILE", "FONTCONFIG_PATH")
_SIGNALLED = 128
_PATIENCE = 5.0
_TAIL = 8_000


def silent(_done: int, _total: int, _message: str) -> None:
    """Nobody is listening."""


@dataclass(frozen=True)
class Ended:
    """How a command ended; `errors` is the tail of what it wrote to standard error."""

    code: int
    errors: str


def run_task(
    name: str,
    arguments: Mapping[str, Any],
    *,
    limits: Limits,
    work: Path,
    on_progress: Progress,
    child: Path = _HERE / "child.py",
    on_part: Callable[[Any], None] | None = None,
) -> Any:
    """Run a task of a child program in its own process; returns its result or raises the Refused it ended with.

    A task that does its work in parts says each to `on_part` when it is done; raising there stops the work.
    """
    task = json.dumps({"task": name, "arguments": dict(arguments), "limits": asdict(limits)})
    result: list[Any] = []

    def hear(line: str) -> None:
        message = json.loads(line)
        if "progress" in message:
            on_progress(*message["progress"])
        elif "part" in message and on_part:
            on_part(message["part"])
        elif "refused" in message:
            raise Refused(Reason(message["refused"][0]), message["refused"][1])
        else:
            result.append(message["result"])

    command = [sys.executable, "-I", str(child)]
    ended = run_command(command, limits=limits, work=work, seconds=limits.seconds_per_file, hear=hear, said=task)
    if not result:
        # Out of memory shows as MemoryError, as an abort of a C++ library or as a signal.
        raise (refusals.too_heavy() if "MemoryError" in ended.errors or ended.code > _SIGNALLED else Crashed(ended))
    return result[0]


class Crashed(Exception):
    """A reading task ended without an answer: a fault of ours, to be seen in the log and tried again."""

    def __init__(self, ended: Ended) -> None:
        super().__init__(f"code {ended.code}: {ended.errors[-2000:]}")


def run_command(
    command: list[str],
    *,
    limits: Limits,
    work: Path,
    seconds: float,
    hear: Callable[[str], None] = lambda _line: None,
    said: str = "",
    hear_errors: bool = False,
) -> Ended:
    """Run a program under the guard; every line it prints goes to `hear`, with `hear_errors` of both outputs.

    Refuses when time is up.
    """
    with (
        tempfile.TemporaryFile(dir=work) as errors,
        _guarded(command, limits, work, seconds, subprocess.STDOUT if hear_errors else errors.fileno()) as process,
    ):
        _say(process, said)
        while line := _pipe(process.stdout).readline(_LONGEST_LINE):
            if hear_errors:
                errors.write(line)
            if line.strip():
                hear(line.decode("utf-8", "replace"))
        code = process.wait()
        errors.seek(max(0, errors.seek(0, os.SEEK_END) - _TAIL))
        tail = errors.read().decode("utf-8", "replace")
    if code == TIME_IS_UP:
        raise refusals.too_slow(seconds)
    return Ended(code, tail)


def _pipe(pipe: IO[bytes] | None) -> IO[bytes]:
    if pipe is None:
        raise TypeError("the child was started without pipes")
    return pipe


def _say(process: "subprocess.Popen[bytes]", said: str) -> None:
    try:
        with _pipe(process.stdin) as pipe:
            pipe.write(said.encode())
    except BrokenPipeError:
        pass  # it ended before listening; its exit code tells more


@contextmanager
def _guarded(
    command: list[str], limits: Limits, work: Path, seconds: float, log: int
) -> "Iterator[subprocess.Popen[bytes]]":
    # The environment is built anew: a parser of hostile bytes has no business with the service's secrets.
    environment = {name: os.environ[name] for name in _PASSED_ON if name in os.environ} | {
        "HOME": str(work),
        "TMPDIR": str(work),
        "LANG": "C.UTF-8",
        "OMP_THREAD_LIMIT": "1",
        "MALLOC_ARENA_MAX": "2",
    }
    file_bytes = max(4 * limits.bytes, limits.unzipped_bytes)
    guard = [sys.executable, "-I", "-S", str(_HERE / "guard.py"), str(os.getpid()), str(limits.memory_bytes)]
    process = subprocess.Popen(
        [*guard, str(file_bytes), str(seconds), *command],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=log,
        env=environment,
        cwd=work,
        start_new_session=True,
    )
    try:
        yield process
    finally:
        if process.poll() is None:
            _stop(process)
        for pipe in (process.stdin, process.stdout):
            if pipe:
                pipe.close()


def _stop(process: "subprocess.Popen[bytes]") -> None:
    """Tell the guard to kill its group; one that does not answer is killed, and its child dies with it."""
    process.terminate()
    try:
        process.wait(_PATIENCE)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
