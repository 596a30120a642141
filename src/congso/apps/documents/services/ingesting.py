"""Taking files in from the command line: through the same gate as an upload, read here and now, not by the worker."""

import logging
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import BinaryIO

from congso.apps.documents.models import IncomingDocument
from congso.apps.documents.queries import duplicates_of, enclosed_uploads, readings_of, registry_offices
from congso.apps.documents.services.papers import PURPOSE
from congso.kernel.access.services import Actor, acting_as
from congso.kernel.directory.models import Organization
from congso.kernel.files.intake import read_upload
from congso.kernel.files.models import Upload
from congso.kernel.files.reading.refusals import Refused as FileRefused
from congso.kernel.files.reading.secrecy import Mark
from congso.kernel.files.services import take_in_upload
from congso.kernel.files.store import StorageFull
from congso.kernel.jobs.services import JobRefused, Progress
from congso.kernel.papers.proposals import FieldName, FieldReading
from congso.kernel.workflow.services import Refused

_CHUNK = 2**20
_UNSETTLED = (Upload.State.WAITING, Upload.State.READING)
_PATIENCE_SECONDS = 600.0  # while a worker that took the reading over finishes it
Say = Callable[[str], None]
log = logging.getLogger(__name__)


class NoSuchOffice(Refused):
    """The code names no register that the person keeps."""


@dataclass(frozen=True)
class Office:
    """Into whose register, by whom."""

    organization: Organization
    actor: Actor


@dataclass
class Ingested:
    """What became of one file. `grade` only of a file in quarantine; of that nothing else is told."""

    file: str
    message: str = ""
    document: IncomingDocument | None = None
    readings: dict[FieldName, FieldReading] = field(default_factory=dict)
    grade: str = ""
    duplicate_of: int | None = None
    parts: list["Ingested"] = field(default_factory=list)

    @property
    def is_received(self) -> bool:
        """Whether it waits in the register now: itself, or everything a message brought."""
        return all(part.is_received for part in self.parts) if self.parts else self.document is not None


class _Told(Progress):
    """Progress told to whoever called, not to a row of a job."""

    def __init__(self, actor: Actor, say: Say) -> None:
        super().__init__(0, actor)
        self._say = say

    def step(self, done: int, total: int, message: str = "") -> None:
        """Say how far the reading is."""
        self._say(message or f"{done}/{total}")


def office_for(code: str, actor: Actor, *, at: datetime) -> Office:
    """The register of the office with the code, or of the office that serves the committee with it.

    Raises NoSuchOffice, with the registers the person keeps.
    """
    with acting_as(actor) as held:
        kept = registry_offices(held, at.date())
        named = [one for one in kept if one.code.lower() == code.strip().lower()]
        serving = [one for one in kept if one.serves and one.serves.code.lower() == code.strip().lower()]
        found = named or serving
        if len(found) == 1:
            return Office(found[0], actor)
        exists = Organization.objects.filter(code__iexact=code.strip()).first()
    whose = f"Bạn không phải văn thư của {exists.name} ({exists.code})" if exists else f"Không có cơ quan mã “{code}”"
    keeps = ", ".join(f"{one.code} ({one.short_name})" for one in kept) or "không có sổ nào"
    raise NoSuchOffice(f"{whose}. Sổ văn bản đến bạn giữ: {keeps}.")


def ingest_file(path: Path, office: Office, *, at: datetime, say: Say) -> Ingested:
    """Read one file and receive it as a waiting document of the office; a refusal is told in the answer."""
    told = Ingested(str(path))
    try:
        with path.open("rb") as file, acting_as(office.actor):
            upload = take_in_upload(
                _chunks(file), name=path.name, organization=office.organization, purpose=PURPOSE,
                by=office.actor, at=at, expected_size=path.stat().st_size,
            )  # fmt: skip
    except OSError as error:
        told.message = f"Không mở được tệp: {error.strerror or error}."
    except FileRefused as refusal:
        told.message = refusal.message_vi
    except StorageFull as full:
        told.message = full.message_vi
    else:
        _read_into(told, upload, office.actor, say)
    return told


def find_duplicates(told: list[Ingested], office: Office) -> None:
    """Say of each received file which earlier document it repeats: one there before, or from a file before it."""
    mine = {one.document.pk for one in _received(told) if one.document}
    earlier: set[int] = set()
    with acting_as(office.actor):
        for one in _received(told):
            if one.document is None:
                continue
            same = duplicates_of(one.document).order_by("pk").values_list("pk", flat=True)
            one.duplicate_of = next((pk for pk in same if pk not in mine or pk in earlier), None)
            earlier.add(one.document.pk)


def _received(told: list[Ingested]) -> Iterator[Ingested]:
    for one in told:
        yield one
        yield from _received(one.parts)


def _chunks(file: BinaryIO) -> Iterator[bytes]:
    while chunk := file.read(_CHUNK):
        yield chunk


def _read_into(told: Ingested, upload: Upload, actor: Actor, say: Say) -> None:
    mark: Mark | None = None
    try:
        mark = read_upload(_Told(actor, say), upload_id=upload.pk)
    except JobRefused:
        pass  # the upload says why
    except Exception:
        # A fault of ours costs this file, which stays to be read again, not the others of the call.
        log.exception("reading upload %s failed", upload.pk)
    ended = _settled(upload, actor)
    told.message = ended.message
    if mark:
        told.grade = mark.grade.label.capitalize()
    if ended.record_id is None:
        told.parts = [_part(told, part, actor, say) for part in _enclosed(ended, actor)]
        return
    with acting_as(actor):
        told.document = IncomingDocument.objects.get(pk=ended.record_id)
        told.readings = readings_of(told.document)


def _enclosed(message: Upload, actor: Actor) -> list[Upload]:
    with acting_as(actor):
        return list(enclosed_uploads(message))


def _part(message: Ingested, upload: Upload, actor: Actor, say: Say) -> Ingested:
    """A file that came with a message; a worker may be reading it already, which does no harm."""
    told = Ingested(f"{message.file}/{upload.name}")
    _read_into(told, upload, actor, say)
    return told


def _settled(upload: Upload, actor: Actor) -> Upload:
    """The upload once nobody reads it any more: a portal that runs may have thought us dead and taken over."""
    until = time.monotonic() + _PATIENCE_SECONDS
    while True:
        with acting_as(actor):
            now = Upload.objects.get(pk=upload.pk)
        if now.state not in _UNSETTLED or time.monotonic() > until:
            return now
        time.sleep(1)
