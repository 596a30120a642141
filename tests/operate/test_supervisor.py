"""What `run` promises about its processes: started again when they die, all gone when it ends, however it ends."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from operate.places import ROOT
from tests.operate.conftest import alive, processes_mentioning

pytestmark = pytest.mark.timeout(60)

PROGRAM = """
import os, sys
from operate import supervisor
from operate.supervisor import Child, stop_on_signals, supervise
supervisor.PATIENCE = 1.5
stop = stop_on_signals()
supervise([Child(name, ["/bin/sh", "-c", command], dict(os.environ)) for name, command in
           zip(sys.argv[1::2], sys.argv[2::2])], stop, lambda: None)
"""


def supervising(*children: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", PROGRAM, *children],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        env=os.environ | {"PYTHONPATH": str(ROOT / "src")},
    )


def lines_until(process: subprocess.Popen[str], wanted: str) -> list[str]:
    seen: list[str] = []
    assert process.stdout is not None
    for line in process.stdout:
        seen.append(line.rstrip("\n"))
        if wanted in line:
            return seen
    raise AssertionError(f"{wanted!r} never came, only {seen}")


def nothing_mentions(mark: str, seconds: float = 5) -> bool:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if not processes_mentioning(mark):
            return True
        time.sleep(0.05)
    return False


def test_lines_carry_the_name_of_their_process(tmp_path: Path) -> None:
    mark = tmp_path.name
    process = supervising("web", f"echo ready; sleep 60 # {mark}")
    assert lines_until(process, "ready") == ["web    | ready"]
    process.terminate()
    assert process.wait(10) == 0
    assert nothing_mentions(mark)


def test_a_process_that_dies_is_started_again_with_a_message_and_the_others_stay(tmp_path: Path) -> None:
    mark = tmp_path.name
    process = supervising("web", f"echo start; sleep 0.3; exit 3 # {mark}", "worker", f"echo up; sleep 60 # {mark}")
    lines = lines_until(process, "starting it again in 1.0 s")  # the pauses grow
    assert "congso: web ended (exit code 3); starting it again in 0.5 s" in lines
    assert lines.count("worker | up") == 1
    process.terminate()
    process.wait(10)


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP, signal.SIGKILL])
def test_no_process_is_left_however_the_supervisor_ends(how: signal.Signals, tmp_path: Path) -> None:
    mark = tmp_path.name
    process = supervising("web", f"echo ready; sleep 60 # {mark}")
    lines_until(process, "ready")
    process.send_signal(how)
    process.wait(10)
    assert nothing_mentions(mark)


def test_the_children_of_a_killed_process_go_with_it(tmp_path: Path) -> None:
    mark = tmp_path.name
    process = supervising("web", f"sh -c 'echo $$ {mark}; sleep 60' & echo ready; sleep 0.3; kill -9 $$ # {mark}")
    lines = lines_until(process, "ended (SIGKILL)")
    grandchildren = [int(line.split()[2]) for line in lines if line.endswith(mark)]
    assert grandchildren
    end = time.monotonic() + 5
    while any(alive(pid) for pid in grandchildren):
        assert time.monotonic() < end
    process.terminate()
    process.wait(10)


def test_a_process_that_does_not_want_to_end_is_ended(tmp_path: Path) -> None:
    mark = tmp_path.name
    process = supervising("web", f"trap '' TERM; echo ready; while :; do sleep 1; done # {mark}")
    lines_until(process, "ready")
    process.terminate()
    assert process.wait(20) == 0
    assert nothing_mentions(mark)
