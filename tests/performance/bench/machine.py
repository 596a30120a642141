"""The bench's own embedded server, the machine it runs on, and how times are told."""

import os
import platform
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import psycopg
from psycopg import sql

from operate.migrating import migrate
from operate.places import ROOT, Places
from operate.postgres import Connections, ensure_running

PLACES = Places(Path(os.environ.get("BENCH_DIR", ROOT / ".data-bench")))


@dataclass(frozen=True)
class Times:
    """Milliseconds of one cell by the clock, and of computing (this process and its database backend)."""

    p50: float
    p95: float
    cpu50: float
    cpu95: float

    def __str__(self) -> str:
        return f"{shown(self.p50)} / {shown(self.p95)} · {shown(self.cpu50)} / {shown(self.cpu95)}"


def shown(milliseconds: float) -> str:
    """Two digits that mean something."""
    return f"{milliseconds:.1f}" if milliseconds < 10 else f"{milliseconds:.0f}"


def fresh_database(name: str) -> Connections:
    """A new database, migrated and secured, on the bench's own server, which has an office's durable settings."""
    server = ensure_running(PLACES)

    def named(url: str) -> str:
        return urlunsplit(urlsplit(url)._replace(path=f"/{name}"))

    names = {"name": sql.Identifier(name), "app": sql.Identifier(urlsplit(server.app_url).username or "")}
    with psycopg.connect(server.owner_url, autocommit=True) as connection:
        for statement in (
            "DROP DATABASE IF EXISTS {name}",
            "CREATE DATABASE {name} TEMPLATE template1",
            "GRANT CONNECT ON DATABASE {name} TO {app}",
        ):
            connection.execute(sql.SQL(statement).format(**names))
    connections = Connections(named(server.owner_url), named(server.app_url), is_embedded=True)
    migrate(PLACES, connections, ["--verbosity", "0"])
    return connections


def measured(acts: Iterable[Callable[[], object]], backend: Callable[[], int]) -> Times:
    """Each act timed alone, in the order given; `backend` tells the database process that works for it."""
    spent, computed = [], []
    for act in acts:
        begun, before = time.perf_counter(), _computing(backend())
        act()
        spent.append((time.perf_counter() - begun) * 1000)
        computed.append(_computing(backend()) - before)
    return Times(*_percentiles(spent), *_percentiles(computed))


def app_backend() -> int:
    """The process that works for Django's connection."""
    from django.db import connection

    connection.ensure_connection()
    return connection.connection.info.backend_pid


def _computing(pid: int) -> float:
    """Milliseconds of processor this thread and a backend on this machine have had."""
    nanoseconds = Path("/proc", str(pid), "schedstat").read_text().split()[0]
    return int(nanoseconds) / 1e6 + time.thread_time() * 1000


def _percentiles(values: list[float]) -> tuple[float, float]:
    """Median and the 95th of a hundred."""
    ordered = sorted(values)
    return ordered[len(ordered) // 2], ordered[min(len(ordered) - 1, int(len(ordered) * 0.95))]


def description() -> str:
    """Cores, memory, system: what the figures hold for."""
    model = next(
        (line.split(":")[1].strip() for line in Path("/proc/cpuinfo").read_text().splitlines() if "model name" in line),
        platform.machine(),
    )
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    load = os.getloadavg()[0]
    return f"{os.cpu_count()} × {model}, {memory:.0f} GB, load at the start {load:.1f}"
