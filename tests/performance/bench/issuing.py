"""Clerks who issue in one series at once: is it gap-free, how long does each issue take, beside the least it could.

`python -m tests.performance.bench.issuing [--out docs/benchmarks.md]`
"""

import argparse
import json
import os
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from urllib.parse import urlsplit

import psycopg
from psycopg import sql

from congso.kernel.signing.authorities.issuing import pem, save_holder
from congso.kernel.signing.testing import TrustWorld, trust_world
from operate.environment import app_environment, owner_environment
from operate.places import ROOT
from operate.postgres import Connections
from tests.performance.bench.journal import put_section
from tests.performance.bench.machine import PLACES, description, fresh_database, shown

HEADING = "Issuing in one series at once"
CLERKS, EACH = (1, 4, 8), 6
MODULE = "tests.performance.bench.issuing_part"
ACTS = ("number", "seal", "issue")
SIGNER, OFFICE, LABELS = "Lê Mẫu Bí Thư", "Văn phòng Tỉnh ủy Thử Nghiệm", ("bench-nguoi-ky", "bench-con-dau")
_FLOOR = """
CREATE TABLE bench_counter (last integer NOT NULL);
INSERT INTO bench_counter VALUES (0);
CREATE TABLE bench_paper (number integer PRIMARY KEY, digest text NOT NULL);
GRANT SELECT, INSERT, UPDATE ON bench_counter, bench_paper TO {app};
"""
_ABOUT = f"""\
Clerks of one office, each a process of its own, number, seal and issue signed papers of one series, {EACH} each, all
beginning at once; real commits with `fsync`. Number: the next of the series, written with the day into the signed file.
Seal: a B-LTA signature (its authority on this machine). Issue: the whole paper judged once more, its packet queued. The
floor of numbering is the least a program can do for the same result: one transaction that takes a row's next number,
fills the same PDF by the same library, keeps the file and a row; no rights, no journal, no timeline, no search. Cells:
p50 / p95 ms by the clock of one act, waiting for the others included.
"""


@dataclass(frozen=True)
class Round:
    """So many clerks at once: milliseconds of each act, all numbers given, seconds from the first to the last."""

    clerks: int
    acts: dict[str, list[float]]
    floor: list[float]
    numbers: list[int]
    seconds: float


def run_issuing(path: Path) -> None:
    """Measure and put the section into the page."""
    machine = description()
    connections = fresh_database("bench_issuing")
    with trust_world() as trusted, TemporaryDirectory(prefix="bench-issuing-") as folder:
        app = _environment(app_environment(PLACES, connections), trusted, Path(folder))
        owner = _environment(owner_environment(PLACES, connections), trusted, Path(folder))
        told = _part(owner, "world", {"clerks": max(CLERKS)})
        _make_floor(connections)
        for name, organization, label in ((SIGNER, "", LABELS[0]), (OFFICE, OFFICE, LABELS[1])):
            holder = trusted.authorities.issue(name, organization=organization, at=trusted.born)
            keys = PLACES.secrets / "test-authorities"
            keys.mkdir(exist_ok=True)
            (keys / f"{label}.key").unlink(missing_ok=True)
            save_holder(holder, keys, label)
        told |= _part(app, "papers", told | {"count": sum(CLERKS) * EACH, "folder": folder})
        rounds, first = [], 0
        for clerks in CLERKS:
            rounds.append(_round(app, told, clerks, told["papers"][first : first + clerks * EACH]))
            first += clerks * EACH
    put_section(path, f"## {HEADING}\n\n" + "\n".join(_lines(rounds, machine)) + "\n")


def _environment(environment: dict[str, str], trusted: TrustWorld, folder: Path) -> dict[str, str]:
    """Trusts the authorities of this run."""
    for name, one in (("test/root", trusted.authorities.root), ("chain/issuing", trusted.authorities.issuing)):
        kept = folder / "trust" / f"{name}.pem"
        kept.parent.mkdir(parents=True, exist_ok=True)
        kept.write_bytes(pem(one.certificate))
    return environment | {
        "DJANGO_SETTINGS_MODULE": "config.settings", "PYTHONPATH": os.pathsep.join(sys.path),
        "TRUST_DIR": str(folder / "trust"), "TIMESTAMP_URL": f"{trusted.authorities.address}/tsa",
    }  # fmt: skip


def _make_floor(connections: Connections) -> None:
    app = sql.Identifier(urlsplit(connections.app_url).username or "")
    with psycopg.connect(connections.owner_url) as owner:
        owner.execute(sql.SQL(_FLOOR).format(app=app))


def _part(environment: dict[str, str], what: str, told: dict[str, Any]) -> dict[str, Any]:
    """One part in a process of its own, run to its end."""
    command = [sys.executable, "-m", MODULE, what, json.dumps(told)]
    done = subprocess.run(command, env=environment, stdout=subprocess.PIPE, text=True, check=True)
    found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return found


def _round(app: dict[str, str], told: dict[str, Any], clerks: int, papers: list[int]) -> Round:
    begun = time.perf_counter()
    answers = _at_once(app, "clerk", told, clerks, papers)
    seconds = max(one["ended"] for one in answers) - min(one["begun"] for one in answers)
    acts = {act: [spent for one in answers for spent in one["spent"][act]] for act in ACTS}
    floor = [spent for one in _at_once(app, "floor", told, clerks, papers) for spent in one["spent"]]
    numbers = sorted(number for one in answers for number in one["numbers"])
    print(f"bench: {clerks} clerks after {time.perf_counter() - begun:.0f} s", file=sys.stderr)  # noqa: T201
    return Round(clerks, acts, floor, numbers, seconds)


def _at_once(
    app: dict[str, str], what: str, told: dict[str, Any], clerks: int, papers: list[int]
) -> list[dict[str, Any]]:
    """So many processes, let go together once all are ready."""
    waiting = []
    for place in range(clerks):
        mine = told | {"clerk": told["clerks"][place], "papers": papers[place::clerks]}
        command = [sys.executable, "-m", MODULE, what, json.dumps(mine)]
        waiting.append(subprocess.Popen(command, env=app, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True))
    for process in waiting:
        assert process.stdout is not None
        if process.stdout.readline() != "ready\n":
            raise RuntimeError(f"a process for {what} did not begin")
    for process in waiting:
        assert process.stdin is not None
        process.stdin.write("go\n")
        process.stdin.flush()
    answers = [process.communicate()[0] for process in waiting]
    if any(process.returncode for process in waiting):
        raise RuntimeError(f"a process for {what} failed")
    return [json.loads(one.splitlines()[-1]) for one in answers]


def _lines(rounds: list[Round], machine: str) -> list[str]:
    given = [number for one in rounds for number in one.numbers]
    if sorted(given) != list(range(1, len(given) + 1)):
        raise RuntimeError(f"numbers have gaps or came twice: {sorted(given)}")
    lines = [
        _ABOUT, f"{machine}. {len(given)} papers, numbers 1 to {len(given)} without a gap, none twice.", "",
        "| clerks at once | issued a second | number | its floor | number against floor, p50 | seal | issue |",
        "|---:|---:|---|---|---:|---|---|",
    ]  # fmt: skip
    for one in rounds:
        cells = {act: _percentiles(spent) for act, spent in [*one.acts.items(), ("floor", one.floor)]}
        told = {act: f"{shown(p50)} / {shown(p95)}" for act, (p50, p95) in cells.items()}
        ratio = cells["number"][0] / cells["floor"][0]
        lines.append(
            f"| {one.clerks} | {len(one.numbers) / one.seconds:.1f} | {told['number']} | {told['floor']} |"
            f" {ratio:.1f}× | {told['seal']} | {told['issue']} |"
        )
    return lines


def _percentiles(values: list[float]) -> tuple[float, float]:
    ordered = sorted(values)
    return ordered[len(ordered) // 2], ordered[min(len(ordered) - 1, int(len(ordered) * 0.95))]


def main() -> None:
    """The section alone."""
    parser = argparse.ArgumentParser(prog="bench.issuing")
    parser.add_argument("--out", type=Path, default=ROOT / "docs/benchmarks.md")
    run_issuing(parser.parse_args().out)


if __name__ == "__main__":
    main()
