"""Kill -9 of a migration at random moments: run again it goes on, every id comes in once, memory stays flat.

`make faults` takes over 100,000 records and writes docs/faults.md; `make test` takes over 2,000.
"""

import json
import os
import secrets
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

import pytest

from operate.environment import MANAGE, app_environment
from operate.places import ROOT
from operate.preparing import PYTHON
from tests.faults.installation import Installation, installed, wait_until
from tests.faults.judging import verify_journal
from tests.faults.report import REPORT, write_section

IS_LONG = bool(os.environ.get("FAULTS"))
RECORDS = int(os.environ.get("FAULTS_RECORDS") or (100_000 if IS_LONG else 2_000))
SEED = int(os.environ.get("FAULTS_SEED") or secrets.randbelow(10**6))
KILLS = 3
_WORDS = """kế hoạch báo cáo tổ chức đảng viên xã phường chuyển đổi số văn phòng cấp ủy kiểm tra giám sát nông thôn mới
rừng quế thảo quả cầu treo trường học y tế dân vận mặt trận kinh phí thời hạn tiến độ hoàn thành nghị quyết"""
_ACTS = ("BC", "KH", "CV", "TB", "QĐ")

pytestmark = [pytest.mark.faults, pytest.mark.timeout(600 + RECORDS // 20)]


@dataclass
class Run:
    """One start of the command: how it ended, the memory it held (MB) over time."""

    seconds: float = 0.0
    was_killed: bool = False
    memory: list[int] = field(default_factory=list)
    summary: dict[str, object] = field(default_factory=dict)


def write_records(path: Path) -> None:
    """The other system's export, a line at a time; every fiftieth line is broken."""
    words = _WORDS.split()
    with path.open("w", encoding="utf-8") as file:
        for number in range(RECORDS):
            random = Random(number)  # noqa: S311 - repeatable, nothing secret
            text = " ".join(random.choices(words, k=150))
            record = {
                "id": f"cũ-{number}",
                "number_symbol": f"{number % 900 + 1}-{_ACTS[number % 5]}/TU",
                "issued_date": f"{2015 + number % 11}-{1 + number % 12:02d}-{1 + number % 28:02d}",
                "issuing_agency": "Văn phòng Tỉnh ủy" if number % 3 else "Đảng ủy xã Mẫu",
                "doc_type": "Báo cáo",
                "title": f"Văn bản thứ {number} về {' '.join(random.choices(words, k=9))}",
                "signer": None,
                "text": text,
            }
            file.write(json.dumps(record, ensure_ascii=False) + "\n")
            if number % 50 == 0:
                file.write('{"id": "hỏng", "title": \n')


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installation]:
    with installed(tmp_path_factory.mktemp("import")) as made:
        yield made


def run_import(office: Installation, source: Path, *, kill_at: int = 0) -> Run:
    """Run the command; kill it once so many records are in, wherever it is then."""
    command = [str(PYTHON), MANAGE, "import", "documents", str(source), "--as", "clerk", "--org", "T.VPTU", "--json"]
    run, begun = Run(), time.monotonic()
    with subprocess.Popen(
        command, env=app_environment(office.places, office.connections), cwd=ROOT, stdout=subprocess.PIPE, text=True
    ) as process:
        while process.poll() is None:
            time.sleep(0.2)
            run.memory.append(_resident(process.pid))
            if kill_at and _imported(office) >= kill_at:
                time.sleep(secrets.randbelow(400) / 1000)
                process.kill()
        run.seconds, run.was_killed = time.monotonic() - begun, process.returncode < 0
        said = process.stdout.read() if process.stdout else ""
    run.summary = json.loads(said) if said.strip() else {}
    return run


def _resident(pid: int) -> int:
    try:
        status = Path(f"/proc/{pid}/status").read_text()
    except OSError:
        return 0
    line = next((line for line in status.splitlines() if line.startswith("VmRSS")), "VmRSS: 0 kB")
    return int(line.split()[1]) // 1024


def _imported(office: Installation) -> int:
    return int(office.rows("SELECT count(*) FROM documents_migrated")[0][0])


@pytest.fixture(scope="module")
def runs(office: Installation, tmp_path_factory: pytest.TempPathFactory) -> list[Run]:
    """Three starts killed in each quarter, and the one that ends."""
    sys.stdout.write(f"FAULTS_SEED={SEED} FAULTS_RECORDS={RECORDS}\n")
    random = Random(SEED)  # noqa: S311 - repeatable, nothing secret
    source = tmp_path_factory.mktemp("old") / "records.jsonl"
    write_records(source)
    moments = [int(RECORDS * (part + random.uniform(0.1, 0.9)) / (KILLS + 1)) for part in range(KILLS)]
    found = [run_import(office, source, kill_at=moment) for moment in moments]
    return [*found, run_import(office, source)]


def test_it_was_killed_each_time_and_then_ended(runs: list[Run]) -> None:
    assert [run.was_killed for run in runs] == [True, True, True, False]
    last = runs[-1].summary
    assert last["imported"] + last["already"] == RECORDS
    assert last["already"] > 0
    assert last["refused"] == (RECORDS + 49) // 50


def test_every_id_is_there_once_with_all_that_belongs_to_it(office: Installation, runs: list[Run]) -> None:
    assert office.rows(
        "SELECT count(*), count(DISTINCT external_id), count(DISTINCT record_id) FROM documents_migrated"
    ) == [(RECORDS, RECORDS, RECORDS)]
    for table, column in (
        ("documents_migrated", "record_id"),
        ("records_record", "id"),
        ("documents_incomingdocument", "record_ptr_id"),
        ("records_timelineentry", "record_id"),
        ("search_entry", "record_id"),
    ):
        counted = office.rows(f"SELECT count(*), count(DISTINCT {column}) FROM {table}")
        assert counted == [(RECORDS, RECORDS)], table
    assert office.rows("SELECT DISTINCT state, closed_at IS NULL FROM records_record") == [("migrated", False)]


def test_the_journal_accounts_for_every_record(office: Installation, runs: list[Run]) -> None:
    counted = "SELECT sum((facts ->> 'count')::int) FROM journal_entry WHERE act = 'incoming_document.migrate'"
    assert office.rows(counted) == [(RECORDS,)]
    assert verify_journal(office)[0] == ""


def test_memory_stays_flat(runs: list[Run]) -> None:
    memory = runs[-1].memory
    third = len(memory) // 3  # the first third of a short run is the program being loaded
    middle, last = max(memory[third : 2 * third]), max(memory[2 * third :])
    assert last <= 1.25 * middle, memory


def test_an_imported_record_is_found_by_its_words(office: Installation, runs: list[Run]) -> None:
    number = RECORDS // 2
    command = [str(PYTHON), MANAGE, "search", f"văn bản thứ {number}", "--as", "clerk", "--json", "-n", "3"]
    done = subprocess.run(
        command, env=app_environment(office.places, office.connections), cwd=ROOT, capture_output=True, check=True
    )
    assert json.loads(done.stdout)["results"][0]["id"] == f"cũ-{number}"


def test_nothing_waits_afterwards(office: Installation, runs: list[Run]) -> None:
    wait_until(lambda: office.rows("SELECT count(*) FROM jobs_job WHERE state <> 'finished'") == [(0,)], "no job waits")


if IS_LONG:

    def test_the_long_form_is_written_down(runs: list[Run]) -> None:
        write_down(runs)
        assert "Migration" in REPORT.read_text(encoding="utf-8")


def write_down(runs: list[Run]) -> None:
    """What the long form proved, with the memory at twelve moments of the longest start."""
    longest = max(runs, key=lambda run: len(run.memory))
    step = max(1, len(longest.memory) // 12)
    curve = " · ".join(str(megabytes) for megabytes in longest.memory[::step])
    last = runs[-1].summary
    facts = {
        "records in the file": f"{RECORDS:,}",
        "broken lines between them, refused with their number and reason": f"{last['refused']:,}",
        "times killed with kill -9": str(KILLS),
        "records afterwards, each once, searchable, in the journal": f"{RECORDS:,}",
        "seconds of the four starts": " · ".join(f"{run.seconds:.0f}" for run in runs),
        "already there when the last start began": f"{last['already']:,}",
        "records a second, over all starts": f"{RECORDS / sum(run.seconds for run in runs):.0f}",
        "memory over the longest start, MB": curve,
    }
    lines = [
        "`congso import documents` is killed while it takes over records of 150 words each, and started again.",
        "",
        "| | |",
        "|---|---:|",
        *(f"| {what} | {found} |" for what, found in facts.items()),
    ]
    write_section("Migration of another system's papers", lines)
