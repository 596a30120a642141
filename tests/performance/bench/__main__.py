"""`python -m tests.performance.bench [--sizes 10000,100000,1000000] [--only tree] [--out docs/benchmarks.md]`."""

import argparse
import os
import subprocess
import sys
import time
from pathlib import Path

import psycopg

from operate.environment import app_environment
from operate.places import ROOT
from operate.postgres import Connections
from tests.performance.bench.digitizing import run_digitizing
from tests.performance.bench.directing import run_directing
from tests.performance.bench.exchanging import run_exchanging
from tests.performance.bench.figures import run_figures
from tests.performance.bench.issuing import run_issuing
from tests.performance.bench.journal import run_journal
from tests.performance.bench.machine import PLACES, description, fresh_database
from tests.performance.bench.meaning import run_meaning
from tests.performance.bench.merger import run_mergers
from tests.performance.bench.packets import run_packets
from tests.performance.bench.signing import run_signing
from tests.performance.bench.stage import run_stage
from tests.performance.bench.tree import run_tree


def run_composing(path: Path) -> None:
    """Papers, in a process of their own."""
    subprocess.run([sys.executable, "-m", "tests.performance.bench.composing", "--out", str(path)], check=True)


# Each needs no part of the others.
ALONE = {
    "journal": run_journal, "tree": run_tree, "packets": run_packets, "signing": run_signing,
    "composing": run_composing, "issuing": run_issuing, "exchanging": run_exchanging, "figures": run_figures,
    "meaning": run_meaning,
    "directing": run_directing,
    "digitizing": run_digitizing,
}  # fmt: skip
LAST = (
    ("reading the journal's book", run_journal),
    ("opening every page over a tree of 10,000 organizations", run_tree),
    ("writing and reading packets", run_packets),
    ("signing beside bare pyHanko", run_signing),
    ("making, checking and printing papers", run_composing),
    ("carrying packets between offices", run_exchanging),
    ("rolling figures up", run_figures),
    ("finding by words and meaning", run_meaning),
    ("boards and handing out", run_directing),
)
SIZES = "10000,100000,1000000"


def main() -> None:
    """Load, measure, load more, measure again; then the acts and the pages; then write everything down."""
    parser = argparse.ArgumentParser(prog="bench")
    parser.add_argument("--sizes", default=SIZES)
    parser.add_argument("--out", type=Path, default=ROOT / "docs/benchmarks.md")
    parser.add_argument("--only", choices=ALONE, help="this part alone, the rest of the page stays")
    options = parser.parse_args()
    if options.only:
        ALONE[options.only](options.out)
        return
    os.environ["PYTHONPATH"] = os.pathsep.join(sys.path)
    begun, machine = time.monotonic(), description()
    parts = {}
    for name in ("acts", "pages", "scans"):
        say(f"measuring {name}")
        parts[name] = run_stage(name)
    say("measuring mergers and finding as one types")
    parts["directory"] = run_mergers()
    server = fresh_database("bench_search")
    os.environ |= app_environment(PLACES, server) | {"DJANGO_SETTINGS_MODULE": "config.settings"}
    import django

    django.setup()
    from tests.performance.bench.report import Run, write_report
    from tests.reading.plan_bench import measure_plans
    from tests.reading.report import put_section

    run = Run(machine=machine, **parts)
    sizes = [int(size) for size in options.sizes.split(",")]
    _measure_search(server, sizes, run)
    run.minutes = (time.monotonic() - begun) / 60
    write_report(run, options.out)
    say("reading the sixty papers and the plans")
    put_section(options.out)
    measure_plans(options.out)
    for doing, measure_part in LAST:
        say(doing)
        measure_part(options.out)
    say(f"{options.out} written after {run.minutes:.0f} minutes; {PLACES.data} may be removed")


def _measure_search(server: Connections, sizes: list[int], run: "Run") -> None:  # noqa: F821 - needs Django first
    from tests.performance.bench.loading import load_papers, load_people
    from tests.performance.bench.rivals import measure_rivals
    from tests.performance.bench.searching import choose_words, measure

    with psycopg.connect(server.owner_url, autocommit=True) as owner:
        load_people(server.owner_url)
        words: dict[str, list[str]] = {}
        for before, size in zip([0, *sizes], sizes, strict=False):
            say(f"loading {size:,} records")
            begun = time.monotonic()
            load_papers(server.owner_url, before, size)
            run.loading[size] = time.monotonic() - begun
            words = words or choose_words(owner)
            say(f"searching {size:,} records")
            run.cells[size] = measure(words)
            run.rivals[size] = measure_rivals(owner, words)
            run.sizes[size] = owner.execute(
                "SELECT pg_size_pretty(pg_total_relation_size('search_entry')), "
                "pg_size_pretty(pg_relation_size('search_text')), pg_size_pretty(pg_relation_size('search_title'))"
            ).fetchone()


def say(message: str) -> None:
    """One line to whoever watches."""
    print(f"bench: {message}", file=sys.stderr, flush=True)  # noqa: T201


if __name__ == "__main__":
    main()
