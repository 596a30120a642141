"""A whole migration file, batch by batch. It may be killed anywhere and run again: each id comes in once.

Every batch is one transaction under a lock of the office's own, so what stands in the register when the lock
is held is all that ever came in: a second run asks it and skips. Nothing is kept in memory but one batch.
"""

import json
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import BinaryIO, TextIO

from django.db import DatabaseError, InterfaceError, OperationalError
from django.utils import timezone

from congso.apps.documents.exchange.entries import LineRefused, Parsed, parse_line
from congso.apps.documents.exchange.lines import MAX_LINE, lines
from congso.apps.documents.models import Migrated
from congso.apps.documents.services.migrating import (
    PURPOSE,
    MigratedEntry,
    known_ids,
    lock_migration,
    migrate_documents,
    read_migrated_file,
)
from congso.kernel.access.services import Actor, acting_as
from congso.kernel.directory.models import Organization
from congso.kernel.directory.naming import NamesOfAllDays
from congso.kernel.files import spool
from congso.kernel.files.models import Upload
from congso.kernel.files.reading.refusals import Refused as FileRefused
from congso.kernel.files.store import StorageFull
from congso.kernel.jobs.services import run_job

_LINES_A_BATCH = 250
_CHARACTERS_A_BATCH = 2_000_000
_CHUNK = 2**20
_STILL_READING = (Upload.State.WAITING, Upload.State.READING, Upload.State.FAILED)
_FRESH, _ALREADY, _WAITING = "fresh", "already", "waiting"
_OTHER_CONTENT = "Mã này đã có trong sổ với nội dung khác; giữ nội dung đã chuyển."

Numbered = tuple[int, MigratedEntry]


@dataclass
class Summary:
    """What became of the lines. `already` came in by an earlier run; `waiting` wait for their file to be read."""

    read: int = 0
    imported: int = 0
    already: int = 0
    refused: int = 0
    remarks: int = 0
    waiting: int = 0
    seconds: float = 0.0

    @property
    def per_second(self) -> float:
        """Lines a second, of all kinds."""
        return self.read / self.seconds if self.seconds else 0.0


@dataclass
class Import:
    """One run over a file, as one person, into one office's register; refusals go to the report as they are met."""

    office: Organization
    actor: Actor
    report: TextIO
    folder: Path | None = None
    on_progress: Callable[[Summary], None] = lambda _summary: None
    summary: Summary = field(default_factory=Summary)

    def run(self, stream: BinaryIO) -> Summary:
        """Take over every line of the stream. Raises NotYours when the register is not the person's to fill."""
        begun, today = time.monotonic(), timezone.localdate()
        with acting_as(self.actor):
            self._names = NamesOfAllDays.read()
        for batch in _batches(self._parsed(stream, today)):
            self._take_over(batch)
            self.summary.seconds = time.monotonic() - begun
            self.on_progress(self.summary)
        self.summary.seconds = time.monotonic() - begun
        return self.summary

    def _parsed(self, stream: BinaryIO, today: date) -> Iterator[Numbered]:
        for number, line in lines(stream):
            self.summary.read += 1
            if line is None:
                self._refuse(number, "", f"Dòng dài hơn {MAX_LINE // 2**20} MB.")
                continue
            try:
                parsed = parse_line(line, today=today)
            except LineRefused as refused:
                self._refuse(number, refused.external_id, str(refused))
                continue
            self._remark(number, parsed)
            yield number, parsed.entry

    def _take_over(self, batch: list[Numbered]) -> None:
        """All lines in one transaction; when the database will not have one of them, each in its own."""
        before = vars(self.summary).copy()
        try:
            self._write(batch)
        except (OperationalError, InterfaceError):
            raise
        except DatabaseError as error:
            vars(self.summary).update(before)
            if len(batch) == 1:
                number, entry = batch[0]
                self._refuse(number, entry.external_id, f"Cơ sở dữ liệu không nhận: {type(error).__name__}.")
                return
            for line in batch:
                self._take_over([line])

    def _write(self, batch: list[Numbered]) -> None:
        """What is said of a line is said once its transaction has ended."""
        at = timezone.now()
        said: list[tuple[int, MigratedEntry, str]] = []
        with acting_as(self.actor):
            lock_migration(self.office)
            known = known_ids(self.office, [entry.external_id for _, entry in batch])
            fresh: dict[str, Numbered] = {}
            for number, entry in batch:
                verdict = self._verdict(entry, known.get(entry.external_id), fresh.get(entry.external_id))
                if verdict == _FRESH:
                    fresh[entry.external_id] = number, entry
                said.append((number, entry, verdict))
            with_text = [entry for _, entry in fresh.values() if not entry.file]
            if with_text:
                migrate_documents(self.office, with_text, names=self._names, by=self.actor, at=at)
            said = [
                (number, entry, self._take_file(entry) if verdict == _FRESH and entry.file else verdict)
                for number, entry, verdict in said
            ]
        for number, entry, verdict in said:
            self._count(number, entry, verdict)

    def _verdict(self, entry: MigratedEntry, known: Migrated | None, same: Numbered | None) -> str:
        """What is to become of a line: one of the four, or the reason why it is refused."""
        if same is not None:
            return _ALREADY if same[1].digest == entry.digest else _OTHER_CONTENT
        if known is None:
            return _FRESH
        if known.record_id is not None:
            return _ALREADY if known.digest == entry.digest else _OTHER_CONTENT
        upload = known.upload
        if upload is None or upload.state in _STILL_READING:
            return _WAITING
        path = self._path(entry)
        is_another = path is not None and spool.hash_of(path) != upload.sha256
        return _FRESH if is_another else f"Tệp không được nhận: {upload.message}"

    def _count(self, number: int, entry: MigratedEntry, verdict: str) -> None:
        match verdict:
            case _ if verdict == _FRESH:
                self.summary.imported += 1
            case _ if verdict == _ALREADY:
                self.summary.already += 1
            case _ if verdict == _WAITING:
                self.summary.waiting += 1
            case _:
                self._refuse(number, entry.external_id, verdict)

    def _take_file(self, entry: MigratedEntry) -> str:
        """Take in the entry's file; the verdict of its line."""
        path = self._path(entry)
        if path is None:
            return f"Không có tệp “{entry.file}” trong thư mục tệp."
        try:
            with path.open("rb") as file:
                chunks = iter(lambda: file.read(_CHUNK), b"")
                read_migrated_file(self.office, entry, chunks, by=self.actor, at=timezone.now())
        except (FileRefused, StorageFull) as refused:
            return f"Tệp không được nhận: {refused.message_vi}"
        except OSError:
            return f"Không đọc được tệp “{entry.file}”."
        return _WAITING

    def _path(self, entry: MigratedEntry) -> Path | None:
        """The file, when it is one and lies below the folder, wherever links may point."""
        if self.folder is None:
            return None
        try:
            folder = self.folder.resolve()
            path = (folder / entry.file).resolve()
        except (OSError, RuntimeError, ValueError):
            return None
        return path if path.is_relative_to(folder) and path.is_file() else None

    def _refuse(self, number: int, external_id: str, reason: str) -> None:
        self.summary.refused += 1
        self._report({"line": number, "id": external_id or None, "reason": reason})

    def _remark(self, number: int, parsed: Parsed) -> None:
        if parsed.remark:
            self.summary.remarks += 1
            self._report({"line": number, "id": parsed.entry.external_id, "remark": parsed.remark})

    def _report(self, said: dict[str, object]) -> None:
        self.report.write(json.dumps(said, ensure_ascii=False) + "\n")


def read_waiting_files(office: Organization, actor: Actor, *, on_progress: Callable[[int], None]) -> None:
    """Read here what the import queued, as the worker would, newest first: a worker takes the oldest."""
    done = 0
    while True:
        with acting_as(actor):
            waiting = Upload.objects.filter(
                organization=office, purpose=PURPOSE, state=Upload.State.WAITING, uploaded_by_id=actor.person_id
            )
            upload = waiting.order_by("-id").first()
        if upload is None or upload.job_id is None:
            return
        run_job(upload.job_id, actor)
        done += 1
        on_progress(done)


def _batches(entries: Iterator[Numbered]) -> Iterator[list[Numbered]]:
    batch: list[Numbered] = []
    size = 0
    for number, entry in entries:
        batch.append((number, entry))
        size += len(entry.text)
        if len(batch) >= _LINES_A_BATCH or size >= _CHARACTERS_A_BATCH:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch
