"""A worker's process that can be killed: it carries out one job of the tests' database, as the worker would."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

from django.conf import settings

ROOT = Path(__file__).resolve().parents[5]
_BODY = """
import sys, django
from pathlib import Path
django.setup()
from django.conf import settings
settings.FILES_DIR = Path(sys.argv[3])
import congso.apps.digitization.jobs
from congso.kernel.access.services import Actor
from congso.kernel.jobs.services import run_job
run_job(int(sys.argv[1]), Actor.person(int(sys.argv[2])))
"""


def start_worker(job: int, person: int, *, engine: str = "none") -> "subprocess.Popen[bytes]":
    """Begin the job in a process of its own."""
    environment = os.environ | {
        "DJANGO_SETTINGS_MODULE": "config.settings", "PYTHONPATH": f"{ROOT / 'src'}:{ROOT}", "OCR_ENGINE": engine,
    }  # fmt: skip
    command = [sys.executable, "-W", "ignore", "-c", _BODY, str(job), str(person), str(settings.FILES_DIR)]
    return subprocess.Popen(command, env=environment, cwd=ROOT, stderr=subprocess.DEVNULL, start_new_session=True)


def kill_when(worker: "subprocess.Popen[bytes]", reached: Callable[[], bool], *, patience: float = 60.0) -> bool:
    """Kill the process as soon as this much is done; False when it ended before."""
    until = time.monotonic() + patience
    while time.monotonic() < until:
        if worker.poll() is not None:
            return False
        if reached():
            worker.send_signal(signal.SIGKILL)
            worker.wait()
            return True
        time.sleep(0.02)
    worker.kill()
    raise TimeoutError("the worker did not come so far")


def memory_of(pid: int) -> int:
    """Kilobytes the process and all it started hold in memory now."""
    pids, held = [pid], 0
    while pids:
        one = pids.pop()
        try:
            held += int(Path(f"/proc/{one}/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE") // 1024
            for task in Path(f"/proc/{one}/task").iterdir():
                pids += [int(child) for child in (task / "children").read_text().split()]
        except (OSError, ValueError):
            continue
    return held
