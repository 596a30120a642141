"""The child processes that parse foreign bytes are held to time, memory and disk, and never outlive their parent."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import psutil
import pytest

from congso.kernel.files.reading.isolation import Ended, run_command
from congso.kernel.files.reading.limits import Limits
from congso.kernel.files.reading.refusals import Reason, Refused

PYTHON = sys.executable
SLEEPERS = "import subprocess,sys,time; subprocess.Popen(['sleep','{0}']); print('up',flush=True); time.sleep({0})"


def run(code: str, work: Path, *, seconds: float = 20, limits: Limits | None = None, **options: object) -> Ended:
    command = [PYTHON, "-I", "-c", code]
    return run_command(command, limits=limits or Limits(), work=work, seconds=seconds, **options)  # type: ignore[arg-type]


def sleeping(seconds: int) -> bool:
    return any(process.info["cmdline"] == ["sleep", str(seconds)] for process in psutil.process_iter(["cmdline"]))


def wait_until_gone(seconds: int) -> None:
    deadline = time.monotonic() + 5
    while sleeping(seconds) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not sleeping(seconds)


def test_what_the_child_prints_is_heard_line_by_line(tmp_path: Path) -> None:
    heard: list[str] = []
    ended = run("print('một'); print('hai')", tmp_path, hear=heard.append)
    assert ([line.strip() for line in heard], ended.code) == (["một", "hai"], 0)


def test_time_up_kills_the_child_and_all_it_started(tmp_path: Path) -> None:
    with pytest.raises(Refused) as refused:
        run(SLEEPERS.format(7101), tmp_path, seconds=1)
    assert refused.value.code is Reason.TOO_SLOW
    wait_until_gone(7101)


def test_what_a_program_leaves_behind_is_killed(tmp_path: Path) -> None:
    run("import subprocess; subprocess.Popen(['sleep','7102'])", tmp_path)
    wait_until_gone(7102)


def test_stopping_kills_the_child(tmp_path: Path) -> None:
    def stop(_line: str) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        run(SLEEPERS.format(7103), tmp_path, hear=stop)
    wait_until_gone(7103)


def test_a_killed_worker_takes_its_children_along(tmp_path: Path) -> None:
    code = (
        "import sys; sys.path.insert(0, sys.argv[1])\n"
        "from pathlib import Path\n"
        "from congso.kernel.files.reading.isolation import run_command\n"
        "from congso.kernel.files.reading.limits import Limits\n"
        "run_command([sys.executable, '-c', sys.argv[2]], limits=Limits(), work=Path(sys.argv[3]), seconds=60,"
        " hear=lambda line: print(line, flush=True))"
    )
    source = str(Path(__file__).parents[4])
    command = [PYTHON, "-c", code, source, SLEEPERS.format(7104), str(tmp_path)]
    with subprocess.Popen(command, stdout=subprocess.PIPE) as worker:
        assert worker.stdout
        assert worker.stdout.readline().strip() == b"up"
        os.kill(worker.pid, signal.SIGKILL)
    wait_until_gone(7104)


def test_memory_is_bounded(tmp_path: Path) -> None:
    ended = run("x = bytearray(600 * 2**20)", tmp_path, limits=Limits(memory_bytes=300 * 2**20))
    assert "MemoryError" in ended.errors


def test_disk_is_bounded(tmp_path: Path) -> None:
    limits = Limits(bytes=2**20, unzipped_bytes=2**20)
    run(f"open({str(tmp_path / 'big')!r}, 'wb').write(bytes(50 * 2**20))", tmp_path, limits=limits)
    assert (tmp_path / "big").stat().st_size <= 4 * 2**20


def test_the_child_has_no_secret_of_the_service(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgresql://secret")
    heard: list[str] = []
    run("import os; print(sorted(os.environ))", tmp_path, hear=heard.append)
    assert "DATABASE_URL" not in heard[0]


def test_the_child_has_no_network_where_the_kernel_allows(tmp_path: Path) -> None:
    if os.getuid() != 0:
        pytest.skip("without root it depends on the machine")
    heard: list[str] = []
    run("import socket; print([name for _, name in socket.if_nameindex()])", tmp_path, hear=heard.append)
    assert heard[0].strip() == "['lo']"
