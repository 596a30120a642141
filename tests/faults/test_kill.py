"""Kill -9 of the worker and of the whole database server, at random moments while documents come in.

`make faults` kills fifty times and writes docs/faults.md; `make test` kills five times.
"""

import hashlib
import logging
import os
import secrets
import sys
import time
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import datetime
from random import Random
from zoneinfo import ZoneInfo

import pytest

from congso.apps.documents.samples.catalogue import letter
from congso.apps.documents.samples.portable import pdf
from congso.apps.documents.samples.scans import Scanner, scanned_pdf
from congso.apps.documents.samples.word import docx
from tests.faults.browser import Browser, Unacknowledged
from tests.faults.installation import Installation, installed, running, wait_until
from tests.faults.judging import Books, read_books
from tests.faults.report import REPORT, write_section

SHORT = 5
ROUNDS = int(os.environ.get("FAULTS") or SHORT)
SEED = int(os.environ.get("FAULTS_SEED") or secrets.randbelow(10**6))
HEAVY_EVERY = 4
SETTLED_WITHIN = 120.0 + 5 * ROUNDS
TODAY = f"{datetime.now(ZoneInfo('Asia/Ho_Chi_Minh')):%d/%m/%Y}"

pytestmark = [pytest.mark.faults, pytest.mark.timeout(int(2 * SETTLED_WITHIN + 60 * ROUNDS))]


@dataclass
class Intake:
    """What the clerk sent and what was acknowledged. Every file has bytes and a name of its own."""

    office: Installation
    clerk: Browser
    random: Random
    sent: dict[str, str] = field(default_factory=dict)
    acknowledged: set[str] = field(default_factory=set)

    def send_batch(self, *, with_heavy: bool = False) -> None:
        """Two files at once. Raises Unacknowledged."""
        files = [self._file(is_heavy=with_heavy), self._file(is_heavy=False)]
        self.sent |= {name: hashlib.sha256(content).hexdigest() for name, content in files}
        told = self.clerk.upload(files)
        assert {one["state"] for one in told} == {"waiting"}
        self.acknowledged |= {one["name"] for one in told}

    def _file(self, *, is_heavy: bool) -> tuple[str, bytes]:
        number = self.random.randrange(10**6, 10**9)
        if not is_heavy:
            return f"công văn {number}.pdf", pdf(letter(number))
        if number % 2:  # takes recognition, or a conversion by LibreOffice: likely to be interrupted
            return f"bản quét {number}.pdf", scanned_pdf(letter(number), number, Scanner(dpi=150))
        return f"văn bản {number}.docx", docx(letter(number))

    def received(self) -> int | None:
        """The first document that waits to be registered."""
        found: int | None = self.office.rows("SELECT min(id) FROM records_record WHERE state = 'received'")[0][0]
        return found

    def register_one(self, document: int | None) -> None:
        """Use an arrival number, if anything waits. Raises Unacknowledged."""
        if document is not None:
            entry = {
                "number": f"{document}-CV/VPTU",
                "doc_type": "Công văn",
                "issuer_name": "Văn phòng Tỉnh ủy",
                "title": f"Công văn thứ {document}",
                "urgency": "0",
                "received_on": TODAY,
                "channel": "paper",
                "copies": "1",
            }
            self.clerk.submit(f"/van-ban-den/{document}/vao-so/", entry)


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installation]:
    with installed(tmp_path_factory.mktemp("kill")) as made, running(made):
        yield made


@pytest.fixture(scope="module")
def intake(office: Installation) -> Intake:
    """The rounds, done once; the tests below judge what they left."""
    sys.stdout.write(f"FAULTS_SEED={SEED} FAULTS={ROUNDS}\n")
    logging.getLogger("weasyprint").setLevel(logging.WARNING)
    random = Random(SEED)  # noqa: S311 - repeatable, nothing secret
    intake = Intake(office, office.browser("clerk"), random)
    intake.send_batch()
    wait_until(lambda: intake.received() is not None, "the first document is there")
    with ThreadPoolExecutor(2) as at_work:
        for number in range(ROUNDS):
            sending = at_work.submit(intake.send_batch, with_heavy=number % HEAVY_EVERY == 0)
            registering = at_work.submit(intake.register_one, intake.received())
            time.sleep(random.uniform(0.0, 2.0))
            # The first two rounds are one of each; then chance decides.
            if number == 0 or (number > 1 and random.random() < 0.5):
                office.kill_worker()
            else:
                office.kill_database()
            _forgive(sending)
            _forgive(registering)
            office.wait_for_database()
            intake.register_one(intake.received())  # the office works again at once
    settle(office)
    return intake


def _forgive(act: Future[None]) -> None:
    """What was sent at the moment of the kill may be lost, as long as nobody was told it had arrived."""
    error = act.exception()
    assert error is None or isinstance(error, Unacknowledged), error


def settle(office: Installation) -> None:
    """Let the worker finish all there is; work that failed and is to be tried again has not ended.

    Of dead workers only the last may not have been missed yet; its last sign of life is put back, as if the
    quarter of a minute had passed after which it is.
    """
    wait_until(lambda: office.children["worker"].process is not None, "the worker is up")
    office.rows(
        "UPDATE procrastinate_workers SET last_heartbeat = last_heartbeat - interval '1 minute'"
        " WHERE id < (SELECT max(id) FROM procrastinate_workers) RETURNING id"
    )
    unfinished = (
        "SELECT (SELECT count(*) FROM jobs_job WHERE state IN ('waiting', 'running'))"
        " + (SELECT count(*) FROM procrastinate_jobs WHERE task_name = 'congso.run' AND status IN ('todo', 'doing'))"
    )
    wait_until(lambda: office.rows(unfinished) == [(0,)], "every job ended", seconds=SETTLED_WITHIN)
    wait_until(lambda: office.rows("SELECT count(*) FROM journal_unsealed") == [(0,)], "the journal is sealed")


@pytest.fixture(scope="module")
def books(office: Installation, intake: Intake) -> Books:
    return read_books(office)


def test_every_acknowledged_upload_is_one_document_with_its_bytes(intake: Intake, books: Books) -> None:
    assert intake.acknowledged
    assert books.of_names(intake.acknowledged) == {name: [intake.sent[name]] for name in intake.acknowledged}
    assert books.states <= {"received", "registered"}
    assert books.damaged_blobs == []


def test_what_was_not_acknowledged_is_there_once_or_not_at_all(intake: Intake, books: Books) -> None:
    for name, found in books.of_names(set(intake.sent) - intake.acknowledged).items():
        assert found in ([], [intake.sent[name]])


def test_every_job_is_finished(books: Books) -> None:
    assert books.unfinished_uploads == []
    assert books.unfinished_jobs == []
    assert books.unfinished_in_queue == []


def test_no_row_is_left_without_what_it_belongs_to(books: Books) -> None:
    assert books.orphans == []


def test_arrival_numbers_run_without_gap_or_repeat(books: Books) -> None:
    assert books.arrival_numbers, "some were registered between the rounds"
    assert books.arrival_numbers == list(range(1, len(books.arrival_numbers) + 1))
    assert books.last_number_given == len(books.arrival_numbers)


def test_the_journal_verifies_and_knows_every_document_once(books: Books) -> None:
    assert books.journal_faults == ""
    assert books.documents_received == len(books.documents)


def test_the_sweeper_leaves_no_temporary_file(office: Installation, books: Books) -> None:
    office.inside("sweep")
    left = [path.name for place in ("spool", "quarantine") for path in (office.places.files / place).glob("*")]
    assert left == []


if ROUNDS > SHORT:

    def test_the_long_form_is_written_down(intake: Intake, books: Books) -> None:
        write_down(intake, books)
        assert REPORT.exists()


def write_down(intake: Intake, books: Books) -> None:
    """What the long form proved, for people who did not see it run."""
    facts = {
        "times killed": ROUNDS,
        "files sent": len(intake.sent),
        "files acknowledged": len(intake.acknowledged),
        "of these documents found, once and whole": len(books.of_names(intake.acknowledged)),
        "documents in all, with those whose answer was lost": len(books.documents),
        "stored files no document names, of readings cut short": books.stray_blobs,
        "jobs, all finished": books.jobs,
        "arrival numbers, without gap or repeat": len(books.arrival_numbers),
        "journal lines, all verified": books.journal_lines,
    }
    lines = [
        "While a clerk uploads and registers, the worker (its whole process group) or the database server (the",
        "postmaster and all its processes) is killed with kill -9 at random moments.",
        "",
        "| | |",
        "|---|---:|",
        *(f"| {what} | {count} |" for what, count in facts.items()),
    ]
    write_section("Kills while people work", lines)
