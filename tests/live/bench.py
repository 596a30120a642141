"""How many open pages one web process carries: memory a stream, and how soon a notice is heard.

python -m tests.live.bench [STREAMS]        from pytest's database: see test_bench.py
"""

import asyncio
import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass

import psutil


@dataclass(frozen=True)
class Figures:
    """What was measured."""

    streams: int
    memory_before: int
    memory_after: int
    delays: list[float]

    def told(self) -> str:
        """One line for docs/benchmarks.md."""
        ordered = sorted(self.delays)
        p95 = ordered[int(len(ordered) * 0.95) - 1]
        each = (self.memory_after - self.memory_before) / self.streams / 1024
        return (
            f"{self.streams} streams, {each:.0f} KB each (process {self.memory_after / 2**20:.0f} MB); "
            f"heard after {statistics.median(ordered) * 1000:.0f} ms (median), {p95 * 1000:.0f} ms (95 %)"
        )


async def measure(port: int, cookies: list[str], pid: int, say: Callable[[], None], *, rounds: int) -> Figures:
    """Open a stream for each cookie, then have something said to all of them, `rounds` times."""
    before = _memory(pid)
    lines = [await _open(port, cookie) for cookie in cookies]
    await asyncio.sleep(1)
    after, delays = _memory(pid), []
    for _ in range(rounds):
        began = time.monotonic()
        heard = [asyncio.ensure_future(_hear(reader)) for reader, _writer in lines]
        await asyncio.to_thread(say)
        said = time.monotonic()  # the transaction is committed
        delays += [moment - min(said, moment) for moment in await asyncio.gather(*heard)]
        await asyncio.sleep(max(0.0, 1 - (time.monotonic() - began)))
    for _reader, writer in lines:
        writer.close()
    return Figures(len(lines), before, after, delays)


async def _open(port: int, cookie: str) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    writer.write(f"GET /song/ HTTP/1.1\r\nHost: localhost\r\nCookie: sessionid={cookie}\r\n\r\n".encode())
    async with asyncio.timeout(30):
        await reader.readuntil(b"event: state")
        await reader.readuntil(b"\n\n")
    return reader, writer


async def _hear(reader: asyncio.StreamReader) -> float:
    async with asyncio.timeout(30):
        await reader.readuntil(b"event: notices")
        return time.monotonic()


def _memory(pid: int) -> int:
    process = psutil.Process(pid)
    return sum(one.memory_info().rss for one in (process, *process.children(recursive=True)))
