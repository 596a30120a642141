"""A folder that scanners and other programs drop files into: taken in for the office it is named after, each once.

`<folder>/<code of the office>/` is looked through every minute. What was taken in is moved to `da-nhan`, what was
refused to `tu-choi` with the reason beside it. A file is known by its name, size and time, written into the row of
its upload: wherever the process dies, the next round finds the row and only moves the file.
"""

import hashlib
import logging
import os
import stat
import time
from collections.abc import Iterator, Mapping
from datetime import datetime
from pathlib import Path

from congso.apps.documents.services.ingesting import NoSuchOffice, Office, office_for
from congso.apps.documents.services.papers import PURPOSE
from congso.kernel.access.services import Actor, acting_as
from congso.kernel.accounts.models import User
from congso.kernel.files.models import Upload
from congso.kernel.files.reading.refusals import Refused as FileRefused
from congso.kernel.files.services import receive_upload
from congso.kernel.files.spool import erase
from congso.kernel.files.store import StorageFull

DONE, REFUSED = "da-nhan", "tu-choi"
SETTLED_SECONDS = 10.0
_UNFINISHED = (".part", ".tmp", ".crdownload", ".partial")
_ERASED = "Tệp có dấu hiệu độ mật nên đã được cách ly; bản trong thư mục này đã bị xóa. Hãy liên hệ cán bộ bảo mật."
_CHUNK = 2**20
_KEPT_APART = (Upload.State.QUARANTINED, Upload.State.ERASED)
log = logging.getLogger(__name__)


class _StillWritten(Exception):
    """The file changed while it was read; it is taken in a later round."""


def take_in_watched_files(folder: Path, clerks: Mapping[str, str], *, at: datetime) -> None:
    """One round: for each office code the files of its folder, as the clerk (user name) named for it."""
    for code, username in clerks.items():
        place = folder / code
        try:
            office = _office(code, username, at)
            place.mkdir(parents=True, exist_ok=True)
            for path in _settled_files(place):
                _attend(path, office, at)
        except (NoSuchOffice, User.DoesNotExist) as unknown:
            log.warning("watched folder %s: %s", code, unknown)
        except (OSError, StorageFull):
            log.exception("watched folder %s cannot be used now", code)


def _office(code: str, username: str, at: datetime) -> Office:
    user = User.objects.get(username=username, is_active=True)
    return office_for(code, Actor.person(user.person_id), at=at)


def _settled_files(place: Path) -> Iterator[Path]:
    """Whole files that nobody has touched for some seconds, oldest name first; links are not followed."""
    now = time.time()
    for path in sorted(place.iterdir()):
        facts = path.lstat()
        is_hidden = path.name.startswith((".", "~$")) or path.name.lower().endswith(_UNFINISHED)
        # The time of the last change of any kind: a copied file may bear any time of writing.
        if stat.S_ISREG(facts.st_mode) and not is_hidden and now - facts.st_ctime >= SETTLED_SECONDS:
            yield path


def _attend(path: Path, office: Office, at: datetime) -> None:
    """Take the file in, or, when that was done in an earlier round, put it where it belongs."""
    key = _key(path, office)
    with acting_as(office.actor):
        upload = Upload.objects.filter(batch=key, uploaded_by_id=office.actor.id).first()
    if upload is None:
        _take_in(path, office, key, at)
    elif upload.state == Upload.State.READY:
        _move(path, DONE)
    elif upload.state == Upload.State.REFUSED:
        _refuse(path, upload.message)
    elif upload.state in _KEPT_APART:
        _explain(path, _ERASED)
        erase(path)


def _take_in(path: Path, office: Office, key: str, at: datetime) -> None:
    try:
        with path.open("rb") as file, acting_as(office.actor):
            receive_upload(
                iter(lambda: file.read(_CHUNK), b""), name=path.name, organization=office.organization,
                purpose=PURPOSE, by=office.actor, at=at, batch=key, expected_size=path.stat().st_size,
            )  # fmt: skip
            _check_unchanged(path, office, key)
    except FileRefused as refusal:
        _refuse(path, refusal.message_vi)
    except _StillWritten:
        log.info("watched file %s is still being written", path.name)


def _check_unchanged(path: Path, office: Office, key: str) -> None:
    """Raises _StillWritten, which takes back what was begun."""
    if _key(path, office) != key:
        raise _StillWritten


def _key(path: Path, office: Office) -> str:
    facts = path.lstat()
    known_by = f"{office.organization.code}/{path.name}/{facts.st_size}/{facts.st_mtime_ns}"
    return hashlib.sha256(known_by.encode("utf-8", "surrogateescape")).hexdigest()[:40]


def _refuse(path: Path, message: str) -> None:
    _explain(path, message)
    _move(path, REFUSED)


def _explain(path: Path, message: str) -> None:
    folder = path.parent / REFUSED
    folder.mkdir(exist_ok=True)
    (folder / f"{path.name[:200]}.ly-do.txt").write_text(f"{path.name}\n\n{message}\n", encoding="utf-8")


def _move(path: Path, to: str) -> None:
    """Move it beside; a name that is taken gets a number."""
    folder = path.parent / to
    folder.mkdir(exist_ok=True)
    target, number = folder / path.name, 1
    while os.path.lexists(target):
        number += 1
        target = folder / f"{path.stem} ({number}){path.suffix}"
    path.rename(target)
