"""Packets a second: written, read, and through bare lxml. `python -m tests.performance.bench.packets`."""

import argparse
import platform
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from random import Random

from lxml import etree

from congso.lib.edxml.packets import Attachment, DocumentPacket
from congso.lib.edxml.reading import read_packet
from congso.lib.edxml.tests.corpus import SAME
from congso.lib.edxml.writing import write_packet
from operate.places import ROOT

HEAD = "## Packets between agencies (edXML)"
SIZES = {"no file": 0, "a file of 100 kB": 100_000, "a file of 1 MB": 1_000_000, "a file of 20 MB": 20_000_000}
_SECONDS = 1.5


def measure() -> list[tuple[str, float, float, float]]:
    """For each size: written, read, and parsed by lxml alone, packets a second of computing."""
    sample = read_packet(SAME["standard"])
    assert isinstance(sample, DocumentPacket)
    found = []
    for label, size in SIZES.items():
        files = (Attachment("u1", "mau.pdf", Random(7).randbytes(size)),) if size else ()  # noqa: S311 - any bytes
        packet = replace(sample, attachments=files)
        raw = write_packet(packet)
        parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True)
        found.append(
            (
                label,
                _rate(lambda packet=packet: write_packet(packet)),  # type: ignore[misc]
                _rate(lambda raw=raw: read_packet(raw)),  # type: ignore[misc]
                _rate(lambda raw=raw, parser=parser: etree.fromstring(raw, parser)),  # type: ignore[misc]
            )
        )
    return found


def _rate(work: Callable[[], object]) -> float:
    """How often a second of this process's computing; other work on the machine does not count."""
    work()
    times, begun = 0, time.process_time()
    while (spent := time.process_time() - begun) < _SECONDS:
        work()
        times += 1
    return times / spent


def section(rows: list[tuple[str, float, float, float]]) -> str:
    """Markdown of the part."""
    lines = "\n".join(
        f"| {label} | {written:,.0f} | {read:,.0f} | {bare:,.0f} | {bare / read:.1f}× |"
        for label, written, read, bare in rows
    )
    return f"""{HEAD}

Packets a second of computing, one process, Python {platform.python_version()}. Reading means: checked against every
limit, attachments decoded from Base64, all fields taken. Bare lxml only builds its tree, the Base64 still text in it.

| packet | written | read | bare lxml parse | reading costs |
|---|---:|---:|---:|---:|
{lines}
"""


def put(path: Path, text: str) -> None:
    """Put the part in its place, before the next one or at the end."""
    page = path.read_text() if path.exists() else ""
    before, _, rest = page.partition(HEAD)
    _, mark, after = rest.partition("\n## ")
    path.write_text(f"{before.rstrip()}\n\n{text.rstrip()}\n" + (f"{mark}{after}" if mark else ""))


def run_packets(path: Path) -> None:
    """Measure, write down."""
    put(path, section(measure()))


def main() -> None:
    """The same from the command line."""
    parser = argparse.ArgumentParser(prog="packets")
    parser.add_argument("--out", type=Path, default=ROOT / "docs/benchmarks.md")
    run_packets(parser.parse_args().out)


if __name__ == "__main__":
    main()
