"""What an office's books say after faults, read as the owner of the database and from the disk."""

import hashlib
import subprocess
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from operate.environment import MANAGE, owner_environment
from operate.places import ROOT
from operate.preparing import PYTHON
from tests.faults.installation import Installation

# Each must find nothing: a row that something half done would leave.
ORPHANS = {
    "a record without its document": "SELECT id FROM records_record r WHERE type = 'incoming_document'"
    " AND NOT EXISTS (SELECT 1 FROM documents_incomingdocument d WHERE d.record_ptr_id = r.id)",
    "a document without upload": "SELECT record_ptr_id FROM documents_incomingdocument d"
    " WHERE (SELECT count(*) FROM files_upload u WHERE u.record_id = d.record_ptr_id) <> 1",
    "a document without its file": "SELECT record_ptr_id FROM documents_incomingdocument d WHERE (SELECT count(*)"
    " FROM files_attachment a WHERE a.record_id = d.record_ptr_id AND a.role = 'original') <> 1",
    "a document without its beginning": "SELECT record_ptr_id FROM documents_incomingdocument d WHERE (SELECT count(*)"
    " FROM records_timelineentry t WHERE t.record_id = d.record_ptr_id AND t.act = 'start') <> 1",
    "a file without text": "SELECT id FROM files_attachment a WHERE role = 'original'"
    " AND NOT EXISTS (SELECT 1 FROM files_pagetext t WHERE t.attachment_id = a.id)",
    "bytes nobody names": "SELECT sha256 FROM files_blob b WHERE NOT EXISTS"
    " (SELECT 1 FROM files_attachment a WHERE a.blob_id = b.sha256)",
    "a registered document stamped twice or never": "SELECT record_ptr_id FROM documents_incomingdocument d"
    " WHERE arrival_number IS NOT NULL AND (SELECT count(*) FROM files_attachment a"
    " WHERE a.record_id = d.record_ptr_id AND a.role = 'stamped') <> 1",
    "a number without its document": "SELECT n.id FROM records_number n LEFT JOIN documents_incomingdocument d"
    " ON d.record_ptr_id = n.record_id AND d.arrival_number = n.value WHERE d.record_ptr_id IS NULL",
}


@dataclass(frozen=True)
class Books:
    """What was found."""

    documents: list[tuple[str, str]]
    """Name of the file as uploaded, SHA-256 of the document's own file."""
    states: set[str]
    damaged_blobs: list[str]
    stray_blobs: int
    """Stored bytes no row names: of readings cut short between the disk and the database. Harmless, never shown."""
    unfinished_uploads: list[tuple[object, ...]]
    unfinished_jobs: list[tuple[object, ...]]
    unfinished_in_queue: list[tuple[object, ...]]
    jobs: int
    orphans: list[str]
    arrival_numbers: list[int]
    last_number_given: int
    journal_faults: str
    journal_lines: int
    documents_received: int

    def of_names(self, names: Iterable[str]) -> dict[str, list[str]]:
        """The hashes of the documents made of each file."""
        found = defaultdict(list)
        for name, digest in self.documents:
            found[name].append(digest)
        return {name: found[name] for name in names}


def read_books(office: Installation) -> Books:
    """Read all of it."""
    rows = office.rows
    verdict, lines = verify_journal(office)
    numbers = "SELECT arrival_number FROM documents_incomingdocument WHERE arrival_number IS NOT NULL ORDER BY 1"
    return Books(
        documents=[
            (name, digest)
            for name, digest in rows(
                "SELECT u.name, a.blob_id FROM documents_incomingdocument d"
                " JOIN files_attachment a ON a.record_id = d.record_ptr_id AND a.role = 'original'"
                " JOIN files_upload u ON u.record_id = d.record_ptr_id"
            )
        ],
        states={state for (state,) in rows("SELECT DISTINCT state FROM records_record")},
        damaged_blobs=[
            digest
            for (digest,) in rows("SELECT sha256 FROM files_blob")
            if not _is_whole(office.places.files / "blobs" / digest[:2] / digest[2:4] / digest)
        ],
        stray_blobs=sum(path.is_file() for path in (office.places.files / "blobs").rglob("*"))
        - rows("SELECT count(*) FROM files_blob")[0][0],
        unfinished_uploads=rows("SELECT id, name, state, message FROM files_upload WHERE state <> 'ready'"),
        unfinished_jobs=rows("SELECT id, task, state, attempts, message FROM jobs_job WHERE state <> 'finished'"),
        unfinished_in_queue=rows(
            "SELECT id, args, status, attempts FROM procrastinate_jobs"
            " WHERE task_name = 'congso.run' AND status <> 'succeeded'"
        ),
        jobs=rows("SELECT count(*) FROM jobs_job")[0][0],
        orphans=[f"{what}: {found}" for what, query in ORPHANS.items() if (found := rows(query))],
        arrival_numbers=[number for (number,) in rows(numbers)],
        last_number_given=rows("SELECT coalesce(max(last), 0) FROM records_counter WHERE series = 'arrivals'")[0][0],
        journal_faults=verdict,
        journal_lines=lines,
        documents_received=rows("SELECT count(*) FROM journal_entry WHERE act = 'incoming_document.start'")[0][0],
    )


def _is_whole(path: Path) -> bool:
    return path.is_file() and hashlib.sha256(path.read_bytes()).hexdigest() == path.name


def verify_journal(office: Installation) -> tuple[str, int]:
    """The complaint of `./congso journal verify`, empty when there is none, and how many lines it checked."""
    done = subprocess.run(
        [str(PYTHON), MANAGE, "journal", "verify"],
        env=owner_environment(office.places, office.connections),
        cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip
    return done.stderr if done.returncode else "", int(done.stdout.split(maxsplit=1)[0])
