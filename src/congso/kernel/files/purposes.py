"""What becomes of an upload once it is read: systems announce a handler for each purpose they upload for."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from congso.kernel.access.services import Actor
from congso.kernel.files.models import Blob, Upload
from congso.kernel.files.reading.isolation import Progress
from congso.kernel.files.reading.limits import Limits
from congso.kernel.files.reading.messages import OpenedMessage
from congso.kernel.files.reading.reader import Reading
from congso.kernel.records.models import Record


@dataclass(frozen=True)
class ReadUpload:
    """An upload that was read and stored. `searchable` is the derived PDF, when one was needed and made.

    `findings` is what the purpose's study found, None without one or when it failed. Of a `message` only its cover
    is kept; the files that came with it lie in its parts until the handler returns, to be taken in by themselves.
    """

    upload: Upload
    blob: Blob
    searchable: Blob | None
    texts: tuple[str, ...]
    warnings: tuple[str, ...]
    findings: Any = None
    message: OpenedMessage | None = None

    @property
    def name(self) -> str:
        """The name of what is kept: of a message, its cover text."""
        return f"{Path(self.upload.name).stem}.txt" if self.message else self.upload.name


Handler = Callable[[ReadUpload, Actor, datetime], Record | None]
"""handler(read, by, at): make or find the record and call `attach_upload`; runs in the transaction that makes
the upload ready, acting as the uploader. May raise JobRefused with a sentence for the person."""

Study = Callable[[Path | None, Reading, Limits, Path, Progress], Any]
"""study(pdf, reading, limits, work, on_progress): look closer at what was read, before anything is stored and in
no transaction. `pdf` is the readable PDF, None when there is none; `work` a folder for scratch files. It may take
its time and fail: the file is received all the same."""

_handlers: dict[str, Handler] = {}
_studies: dict[str, Study] = {}
_stacks: set[str] = set()


class UnknownPurpose(Exception):
    """No system announced this purpose."""


def register_purpose(purpose: str, handler: Handler, study: Study | None = None, *, is_stack: bool = False) -> None:
    """Announce what becomes of uploads for this purpose, and how they are studied; done once at start-up.

    Uploads of a purpose for stacks are searched for marks on every page; their words are read by the handler's system.
    """
    _handlers[purpose] = handler
    _studies.pop(purpose, None)
    _stacks.discard(purpose)
    if study:
        _studies[purpose] = study
    if is_stack:
        _stacks.add(purpose)


def is_for_stacks(purpose: str) -> bool:
    """Whether uploads of the purpose are stacks of scanned papers."""
    return purpose in _stacks


def handler_for(purpose: str) -> Handler:
    """The handler of a purpose. Raises UnknownPurpose."""
    if purpose not in _handlers:
        raise UnknownPurpose(purpose)
    return _handlers[purpose]


def study_for(purpose: str) -> Study | None:
    """The study of a purpose, if it has one."""
    return _studies.get(purpose)
