"""What becomes of an upload once it is read: systems announce a handler for each purpose they upload for."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from congso.kernel.access.services import Actor
from congso.kernel.files.models import Blob, Upload
from congso.kernel.records.models import Record


@dataclass(frozen=True)
class ReadUpload:
    """An upload that was read and stored. `searchable` is the derived PDF, when one was needed and made."""

    upload: Upload
    blob: Blob
    searchable: Blob | None
    texts: tuple[str, ...]
    warnings: tuple[str, ...]
    findings: Any = None


Handler = Callable[[ReadUpload, Actor, datetime], Record | None]
"""handler(read, by, at): make or find the record and call `attach_upload`; runs in the transaction that makes
the upload ready, acting as the uploader. May raise JobRefused with a sentence for the person."""

_handlers: dict[str, Handler] = {}


class UnknownPurpose(Exception):
    """No system announced this purpose."""


def register_purpose(purpose: str, handler: Handler) -> None:
    """Announce what becomes of uploads for this purpose; done once at start-up."""
    _handlers[purpose] = handler


def handler_for(purpose: str) -> Handler:
    """The handler of a purpose. Raises UnknownPurpose."""
    if purpose not in _handlers:
        raise UnknownPurpose(purpose)
    return _handlers[purpose]
