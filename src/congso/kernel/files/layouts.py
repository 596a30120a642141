"""The layouts of a record's stored files, read again when somebody asks."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from uuid import uuid4

from congso.kernel.files import spool
from congso.kernel.files.configuration import limits, store
from congso.kernel.files.models import Attachment
from congso.kernel.files.queries import FileOfRecord, files_of
from congso.kernel.files.reading.isolation import Progress, silent
from congso.kernel.files.reading.kinds import FACTS, FileKind
from congso.kernel.files.reading.layouts import read_layout
from congso.kernel.files.reading.row_numbers import with_row_numbers
from congso.kernel.records.models import Record
from congso.lib.layout import Layout

_READ_FROM_THEIR_SOURCE = {FACTS[kind].media_type: kind for kind in (FileKind.DOCX, FileKind.XLSX)}


@dataclass(frozen=True)
class Source:
    """A stored file to be laid out, and as what; `attachment` is the copy whose pages are those of the layout."""

    blob: str
    kind: FileKind
    attachment: int = 0


def layout_of(record: Record, *, on_progress: Progress = silent) -> tuple[Layout, ...]:
    """One layout for each file of the record that can be read, in order, for whoever may see the record.

    Word and Excel files are read from their source and have blocks only; all others from their PDF, without the
    ĐẾN stamp. Takes seconds for a long plan: a job asks for `sources_of` in its transaction and reads them after
    it. Raises Refused.
    """
    return read_sources(sources_of(record), on_progress=on_progress)


def sources_of(record: Record) -> tuple[Source, ...]:
    """The files of the record that can be laid out. One query."""
    return tuple(source for file in files_of(record) if (source := _source(file)))


def read_sources(sources: Sequence[Source], *, on_progress: Progress = silent) -> tuple[Layout, ...]:
    """A layout for each, in order; needs no transaction. Raises Refused."""
    with spool.work_folder(uuid4()) as work:
        return tuple(_layout(source, work, on_progress) for source in sources)


def _layout(source: Source, work: Path, on_progress: Progress) -> Layout:
    with store().local(source.blob) as path:
        layout = read_layout(path, source.kind, limits=limits(), work=work, on_progress=on_progress)
        return with_row_numbers(layout, path, limits=limits(), work=work)


def _source(file: FileOfRecord) -> Source | None:
    original = file.file.blob
    if kind := _READ_FROM_THEIR_SOURCE.get(original.media_type):
        return Source(original.sha256, kind, file.file.pk)
    made = next((copy for copy in file.derived if copy.role == Attachment.Role.SEARCHABLE), file.file)
    return Source(made.blob.sha256, FileKind.PDF, made.pk) if made.blob.is_pdf else None
