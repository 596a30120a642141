"""The journal's book read from end to end, beside what must be spent at least: hashing alone, reading alone.

Run alone: `python -m tests.performance.bench.journal [--lines 1000000] [--out docs/benchmarks.md]`.
"""

import argparse
import hashlib
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import psycopg

from operate.environment import app_environment
from operate.places import ROOT
from tests.performance.bench.machine import PLACES, Times, app_backend, description, fresh_database, measured

CHAINS, DAYS = 300, 10
HEAD = "## The journal's book\n"
AUDITOR = 1


@dataclass
class Found:
    """Seconds by the clock and of computing, and what else was noticed."""

    seconds: dict[str, tuple[float, float]] = field(default_factory=dict)
    memory: dict[str, int] = field(default_factory=dict)
    pages: dict[str, Times] = field(default_factory=dict)
    file_size: int = 0
    text_size: int = 0
    proof_size: int = 0

    @contextmanager
    def timed(self, name: str) -> Iterator[None]:
        """Time the block: this process, its children and its database backend."""
        begun, before = time.perf_counter(), _computing()
        yield
        self.seconds[name] = (time.perf_counter() - begun, _computing() - before)


def load(owner: psycopg.Connection[Any], lines: int, found: Found) -> None:
    """Ten days of work in 300 chains, sealed by the product's own sealer and closed every day by its keeper."""
    from django.utils import timezone

    from congso.kernel.access.principals import System
    from congso.kernel.access.services import Actor, acting_as
    from congso.kernel.journal.closing import make_checkpoint
    from congso.kernel.journal.services import seal_journal

    keeper = Actor.system(System.JOURNAL)
    owner.execute("INSERT INTO directory_person (id, full_name, name_key, name_folded, email, phone)"
                  " VALUES (1, 'Người Mẫu', '', '', '', '')")  # fmt: skip
    owner.execute("INSERT INTO access_grant (role, person_id, reason, valid_from) VALUES (3, 1, 'Đo', '2020-01-01')")
    for day in range(DAYS):
        owner.execute(_LINES, {"day": day, "days": DAYS, "lines": lines // DAYS, "chains": CHAINS})
        with found.timed(f"seal {day}"):
            while seal_journal():
                pass
        with found.timed(f"close {day}"), acting_as(keeper):
            make_checkpoint(actor=str(keeper), at=timezone.now())
    owner.execute("VACUUM (ANALYZE) journal_entry, journal_seal, journal_unsealed")


_LINES = """
INSERT INTO journal_entry (at, organization_id, actor, actor_label, act, record_id, facts)
SELECT now() - (%(days)s - %(day)s) * interval '1 day' + n * interval '1 second' / 4, 1 + n * 7919 %% %(chains)s,
  'person:' || 1 + n %% 2000, 'Chuyên viên Nguyễn Ví Dụ ' || n %% 2000 || ', Phòng Tổng hợp',
  (ARRAY['incoming_document.register', 'incoming_document.direct', 'task.report', 'accounts.signed_in'])[1 + n %% 4],
  n, jsonb_build_object('from', 'submitted', 'to', 'registered', 'note', 'Xử lý trước ngày ' || n %% 28,
    'number', n, 'lines', jsonb_build_array(n, n + 1))
FROM generate_series(1, %(lines)s) AS n
"""


def measure(found: Found) -> None:
    """Verification, its floors, the file and the separate program, the auditors' questions."""
    from congso.kernel.access.principals import System
    from congso.kernel.access.services import Actor, acting_as
    from congso.kernel.journal.exporting import export_journal
    from congso.kernel.journal.models import Seal
    from congso.kernel.journal.proving import proof_file
    from congso.kernel.journal.queries import verify_journal
    from congso.kernel.journal.reading import heads, lines, ranges

    texts: list[str] = []
    with acting_as(Actor.system(System.JOURNAL)):
        with found.timed("read"):
            for line in lines(ranges({}, heads())):
                if len(texts) < 50_000:
                    texts.append(line.previous + (line.text or ""))
        before = _memory()
        with found.timed("verify"):
            verdict = verify_journal()
        found.memory["verify"] = _memory() - before
        assert verdict.faults == ()
        _hashing(texts, verdict.sealed, found)
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "so.jsonl"
            with found.timed("export"), path.open("w", encoding="utf-8") as file:
                file.writelines(f"{one}\n" for one in export_journal())
            found.file_size = path.stat().st_size
            with found.timed("tool"):
                found.memory["tool"] = _separate_program(path)
        some = list(Seal.objects.filter(position__in=(5, 50, 200))[:20])
        found.pages["proof of one line"] = measured([_proving(proof_file, seal) for seal in some], app_backend)
        found.proof_size = len(proof_file(some[0]).encode())
    with acting_as(Actor.person(AUDITOR)):
        _ask(found)


def _hashing(texts: list[str], lines: int, found: Found) -> None:
    """SHA-256 over as many texts: nothing else a reader could leave out."""
    found.text_size = sum(len(text.encode()) for text in texts) // len(texts)
    with found.timed("hash"):
        for place in range(lines):
            hashlib.sha256(texts[place % len(texts)].encode()).hexdigest()


def _separate_program(path: Path) -> int:
    """Run it on the file; the most kB it held."""
    lines = (
        f"import sys; sys.path.insert(0, {str(ROOT / 'tools')!r}); import verify_journal",
        f"assert verify_journal.main([{str(path)!r}]) == 0",
        "print(open('/proc/self/status').read())",
    )
    command = [sys.executable, "-I", "-S", "-c", "\n".join(lines)]
    said = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    return int(said.split("VmHWM:")[1].split()[0])


def _proving(proof_file: Callable[[Any], str], seal: Any) -> Callable[[], object]:
    return lambda: proof_file(seal)


def _ask(found: Found) -> None:
    from datetime import timedelta

    from django.utils import timezone

    from congso.apps.security.queries import known_acts, page_of
    from congso.kernel.journal.models import Entry

    day = timezone.now() - timedelta(days=5)
    questions = {
        "newest page": {},
        "a day": {"at__gte": day, "at__lt": day + timedelta(days=1)},
        "an organization": {"organization_id": 7},
        "a person": {"actor": "person:77"},
        "an act": {"act": "task.report"},
        "a record": {"record_id": 777},
        "a person's acts of one kind on a day": {"actor": "person:77", "act": "task.report", "at__gte": day},
    }
    for name, narrowed in questions.items():
        asked = Entry.objects.filter(**narrowed)
        older = page_of(asked).older
        found.pages[name] = measured([lambda a=asked, o=older: page_of(a, older_than=o)] * 15, app_backend)
    found.pages["the kinds of acts"] = measured([known_acts] * 15, app_backend)


def section(lines: int, found: Found) -> str:
    """The bench page's part about the journal."""
    sealing, closing = (
        sum(spent[0] for name, spent in found.seconds.items() if name.startswith(kind)) for kind in ("seal", "close")
    )
    told = {
        "hashing alone (SHA-256 over the same texts)": "hash",
        "reading alone (rows through Python, nothing checked)": "read",
        "`./congso journal verify` (chains, trees, signatures)": "verify",
        "`./congso journal export`": "export",
        "`tools/verify_journal.py` on the file, standard library alone": "tool",
    }
    floor = found.seconds["hash"][1] + found.seconds["read"][1]
    rows = "".join(
        f"| {words} | {found.seconds[key][0]:.1f} s | {found.seconds[key][1]:.1f} s |\n" for words, key in told.items()
    )
    costs = found.seconds["verify"][1] / floor
    pages = "".join(f"| {name} | {times} |\n" for name, times in found.pages.items())
    return f"""{HEAD}
{lines:,} lines of {found.text_size} bytes in {CHAINS} chains, closed by {DAYS} checkpoints; one run.
{description()}.
Clock counts what others do on the machine; computing is this process, its children and its database backend.

| one reading of the book | by the clock | of computing |
|---|---|---|
{rows}
Verification costs {costs:.2f}× of reading and hashing, and {found.memory["verify"]} kB more memory;
the separate program {found.memory["tool"] / 1024:.0f} MB in all, for a file of {found.file_size / 2**20:.0f} MB.
Sealing {lines:,} lines took {sealing:.0f} s, closing them {DAYS} times {closing:.0f} s by the clock.
A proof has {found.proof_size / 1024:.1f} kB.

| an auditor asks, second page of 50 | p50 / p95 ms by the clock · of computing |
|---|---|
{pages}"""


def put_section(path: Path, text: str) -> None:
    """Put the part in its place, before the next one or at the end."""
    page = path.read_text() if path.exists() else ""
    before, _, rest = page.partition(HEAD)
    _, mark, after = rest.partition("\n## ")
    path.write_text(f"{before.rstrip()}\n\n{text.rstrip()}\n" + (f"{mark}{after}" if mark else ""))


def _computing() -> float:
    own, children = resource.getrusage(resource.RUSAGE_SELF), resource.getrusage(resource.RUSAGE_CHILDREN)
    backend = int(Path("/proc", str(app_backend()), "schedstat").read_text().split()[0]) / 1e9
    return own.ru_utime + own.ru_stime + children.ru_utime + children.ru_stime + backend


def _memory() -> int:
    """kB: the most this process ever held."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss


def run_journal(path: Path) -> None:
    """Measured in a process of its own."""
    command = [sys.executable, "-m", "tests.performance.bench.journal", "--out", str(path)]
    subprocess.run(command, env=os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)}, check=True)


def main() -> None:
    """Load, measure, write down."""
    parser = argparse.ArgumentParser(prog="journal")
    parser.add_argument("--lines", type=int, default=1_000_000)
    parser.add_argument("--out", type=Path, default=ROOT / "docs/benchmarks.md")
    options = parser.parse_args()
    os.environ["PYTHONPATH"] = os.pathsep.join(sys.path)
    server = fresh_database("bench_journal")
    os.environ |= app_environment(PLACES, server) | {"DJANGO_SETTINGS_MODULE": "config.settings"}
    import django

    django.setup()
    found = Found()
    with psycopg.connect(server.owner_url, autocommit=True) as owner:
        load(owner, options.lines, found)
        measure(found)
    put_section(options.out, section(options.lines, found))


if __name__ == "__main__":
    main()
