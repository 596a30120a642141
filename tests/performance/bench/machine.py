"""The bench's own embedded server, the machine it runs on, and how times are told."""

import os
import platform
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from operate.migrating import migrate
from operate.places import ROOT, Places
from operate.postgres import Connections, ensure_running

PLACES = Places(Path(os.environ.get("BENCH_DIR", ROOT / ".data-bench")))


@dataclass(frozen=True)
class Times:
    """Milliseconds of one cell."""

    p50: float
    p95: float
    count: int

    def __str__(self) -> str:
        return f"{shown(self.p50)} / {shown(self.p95)}"


def shown(milliseconds: float) -> str:
    """Two digits that mean something."""
    return f"{milliseconds:.1f}" if milliseconds < 10 else f"{milliseconds:.0f}"


def start_server() -> Connections:
    """The bench's server with the settings of an office (durable), migrated and secured, named to Django."""
    connections = ensure_running(PLACES)
    migrate(PLACES, connections, ["--verbosity", "0"])
    os.environ |= {
        "DJANGO_SETTINGS_MODULE": "config.settings",
        "DATA_DIR": str(PLACES.data),
        "DATABASE_URL": connections.app_url,
        "CONGSO_ROLE": "app",
    }
    return connections


def measured(acts: Iterable[Callable[[], object]]) -> Times:
    """Each act timed alone, in the order given."""
    spent = []
    for act in acts:
        begun = time.perf_counter()
        act()
        spent.append((time.perf_counter() - begun) * 1000)
    return times(spent)


def times(spent: list[float]) -> Times:
    """Median and the 95th of a hundred."""
    ordered = sorted(spent)
    return Times(ordered[len(ordered) // 2], ordered[min(len(ordered) - 1, int(len(ordered) * 0.95))], len(ordered))


def description() -> str:
    """Cores, memory, system: what the figures hold for."""
    model = next(
        (line.split(":")[1].strip() for line in Path("/proc/cpuinfo").read_text().splitlines() if "model name" in line),
        platform.machine(),
    )
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    load = os.getloadavg()[0]
    return f"{os.cpu_count()} × {model}, {memory:.0f} GB, load at the start {load:.1f}"
