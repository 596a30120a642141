"""Packets a second through the whole exchange, from the outbox over the axis into the other office and its answer back.

`python -m tests.performance.bench.exchanging [--out docs/benchmarks.md]`
"""

import argparse
import json
import os
import socket
import subprocess
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import psycopg

from operate.environment import MANAGE, app_environment, owner_environment
from operate.places import ROOT
from tests.performance.bench.journal import put_section
from tests.performance.bench.machine import PLACES, description, fresh_database

HEADING = "Packets through the exchange"
OURS, THEIRS = "A38.01", "H38.02"
SIZES = {"no file": (0, 150), "a file of 100 kB": (100_000, 150), "a file of 1 MB": (1_000_000, 40)}
"""Bytes of the file enclosed, how many packets."""
STAGES = {
    "queued": "into the outbox: written, kept on disk, a row in the clerk's act",
    "sent": "handed to the axis: leased, sent, noted",
    "taken in": "at the other office: fetched, read, kept, a row and the answer 01, acknowledged",
    "answered": "that answer back: sent, fetched, settled on the sender's packet",
}
_MODULE = "tests.performance.bench.exchanging_part"
_FLOOR = "CREATE TABLE bench_packet (id text PRIMARY KEY, digest text NOT NULL); GRANT INSERT ON bench_packet TO {}"
_ABOUT = """\
The carrier's own rounds between two offices of one database, over the simulated axis, which is a process of its own;
real commits and files with `fsync`. Packets a second by the clock · of computing (process and database backend). The
floor is the least for the same: the same bytes by one `requests` session to the same axis, a file with `fsync` and one
row, nothing read or checked, nobody's rights, no answer; one office's packets after the other's as here.
"""


def run_exchanging(path: Path) -> None:
    """Measure and put the section into the page."""
    machine = description()
    connections = fresh_database("bench_exchange")
    more = {"DJANGO_SETTINGS_MODULE": "config.settings", "PYTHONPATH": os.pathsep.join(sys.path)}
    owner = owner_environment(PLACES, connections) | more
    app = app_environment(PLACES, connections) | more
    told = _part(owner, "tests.performance.bench.issuing_part", "world", {"clerks": 0})
    with psycopg.connect(connections.owner_url) as database:
        for code, office in ((OURS, "T.VPTU"), (THEIRS, "T.BTC")):
            database.execute("UPDATE directory_organization SET official_code = %s WHERE code = %s", [code, office])
        database.execute(_FLOOR.format(psycopg.conninfo.conninfo_to_dict(connections.app_url)["user"]))
    port = _free_port()
    with TemporaryDirectory(prefix="bench-exchange-") as folder:
        systems = Path(folder) / "systems.json"
        systems.write_text(json.dumps({OURS: "ours", THEIRS: "theirs"}))
        command = [MANAGE, "axis", f"{folder}/axis", "--systems", str(systems), "--port", str(port)]
        axis = subprocess.Popen([sys.executable, *command], env=app, stdout=subprocess.PIPE, text=True)
        try:
            assert axis.stdout is not None
            axis.stdout.readline()
            found = _part(app, _MODULE, "measure", told | {"port": port, "folder": folder, "sizes": SIZES})
        finally:
            axis.terminate()
            axis.wait()
    put_section(path, f"## {HEADING}\n\n" + "\n".join(_lines(found, machine)) + "\n")


def _free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


def _part(environment: dict[str, str], module: str, what: str, told: dict[str, Any]) -> dict[str, Any]:
    command = [sys.executable, "-m", module, what, json.dumps(told)]
    done = subprocess.run(command, env=environment, stdout=subprocess.PIPE, text=True, check=True)
    found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return found


def _lines(found: dict[str, Any], machine: str) -> list[str]:
    """Rates of each stage and size; `found[size][stage]`: packets, (clock, computing) here, (…) of the floor."""
    lines = [
        _ABOUT, *(f"- *{stage}*: {words}" for stage, words in STAGES.items()), "", f"{machine}.", "",
        "| packets | stage | here, a second | floor, a second | against the floor, computing |",
        "|---|---|---:|---:|---:|",
    ]  # fmt: skip
    for size, stages in found.items():
        for stage, (count, here, floor) in stages.items():
            rates = [f"{count / one[0]:,.0f} · {count / one[1]:,.0f}" if one else "" for one in (here, floor)]
            ratio = f"{here[1] / floor[1]:.1f}×" if floor else ""
            lines.append(f"| {size} | {stage} | {rates[0]} | {rates[1]} | {ratio} |")
    return lines


def main() -> None:
    """The section alone."""
    parser = argparse.ArgumentParser(prog="bench.exchanging")
    parser.add_argument("--out", type=Path, default=ROOT / "docs/benchmarks.md")
    begun = time.monotonic()
    run_exchanging(parser.parse_args().out)
    print(f"bench: {time.monotonic() - begun:.0f} s", file=sys.stderr)  # noqa: T201


if __name__ == "__main__":
    main()
