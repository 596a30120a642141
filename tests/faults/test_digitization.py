"""The long form of "a batch bears being killed": 1,000 pages read for real and 20,000 counted, five kills in each.

`make faults`. `DIGITIZED_PAGES=200,2000` shortens it, `DIGITIZED_CURVE=path` keeps the memory measured on the way.
"""

import os
import threading
import time
from pathlib import Path
from typing import Any

import pytest

from congso.apps.digitization import services
from congso.apps.digitization.queries import counts_of
from congso.apps.digitization.tests import factories
from congso.apps.digitization.tests.factories import add, by, do
from congso.apps.digitization.tests.killing import memory_of, start_worker
from congso.apps.digitization.tests.stacks import plain_stack, side, stack
from congso.apps.digitization.tests.test_processing import assert_complete
from congso.kernel.access.services import acting_as

pytestmark = [
    pytest.mark.faults,
    pytest.mark.skipif("FAULTS" not in os.environ, reason="an hour: only by `make faults`"),
    pytest.mark.django_db(transaction=True),
    pytest.mark.timeout(6 * 3600),
]
REAL, COUNTED = (int(part) for part in os.environ.get("DIGITIZED_PAGES", "1000,20000").split(","))
KILLS, FLAT = 5, 1.25  # of the memory of the first tenth: more growth than that is a leak
LINES = ["kế hoạch chuyển đổi số trong các cơ quan đảng của tỉnh"] * 12


@pytest.mark.parametrize("how", [("tesseract", REAL, 20), ("none", COUNTED, 500)], ids=["read", "counted"])
def test_killed_five_times_a_batch_is_complete_and_memory_flat(
    world: Any, settings: Any, tmp_path: Path, how: tuple[str, int, int]
) -> None:
    engine, pages, a_file = how
    settings.FILES_DIR = tmp_path / "files"
    batch = factories.received(world)
    for file in range(pages // a_file):
        first = file * a_file + 1
        made = plain_stack(a_file, first=first) if engine == "none" else _read_for_real(first, a_file)
        add(world, batch, made, a_file, name=f"quet-{file:04d}.pdf")
    job = do(world, "clerk", services.start_processing, batch)
    curve = [(0, 0)]

    def done() -> int:
        with acting_as(by(world, "clerk")):
            return counts_of(batch).done

    for kill in range(KILLS):
        worker = start_worker(job.pk, world.clerk, engine=engine)
        _watch(worker, done, (kill + 1) * pages // (KILLS + 1), curve)
        assert worker.poll() is None, "it ended before it was killed"
        worker.kill()
        worker.wait()
    worker = start_worker(job.pk, world.clerk, engine=engine)
    _watch(worker, done, pages, curve)
    assert worker.wait() == 0
    assert_complete(world, batch, pages=pages, files=pages // a_file)
    told = [held for at, held in curve if held]
    early, late = max(told[: max(1, len(told) // 10)]), max(told[-max(1, len(told) // 10) :])
    _keep(engine, curve)
    assert late < early * FLAT, curve


def _watch(worker: Any, done: Any, until: int, curve: list[tuple[int, int]]) -> None:
    """Measure memory twenty times a second (the most of each look), until so many pages are done or it ended."""
    most, stop = [0], threading.Event()

    def measure() -> None:
        while not stop.is_set():
            most[0] = max(most[0], memory_of(worker.pid))
            time.sleep(0.05)

    watcher = threading.Thread(target=measure)
    watcher.start()
    try:
        while worker.poll() is None and (now := done()) < until:
            time.sleep(1)
            curve.append((now, most[0]))
            most[0] = 0
    finally:
        stop.set()
        watcher.join()


def _read_for_real(first: int, pages: int) -> bytes:
    return stack(side(f"TỈNH ỦY LÀO CAI, trang {number}", *LINES) for number in range(first, first + pages))


def _keep(engine: str, curve: list[tuple[int, int]]) -> None:
    if path := os.environ.get("DIGITIZED_CURVE"):
        with Path(path).open("a", encoding="utf-8") as file:
            file.writelines(f"{engine};{at};{held}\n" for at, held in curve)
