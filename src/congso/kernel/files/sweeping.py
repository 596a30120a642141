"""Cleaning up after processes that died: temporary files nobody names, uploads whose job is gone."""

import shutil
from datetime import datetime, timedelta
from pathlib import Path
from uuid import UUID

from django.db import connection

from congso.kernel.access.principals import System
from congso.kernel.access.services import Actor, acting_as
from congso.kernel.files import spool
from congso.kernel.files.configuration import folder
from congso.kernel.files.models import Upload
from congso.kernel.files.services import NotPossible, retry_upload

_SYSTEM = Actor.system(System.REMINDERS)
_STUCK_AFTER = timedelta(minutes=2)
_KEPT = timedelta(hours=6)  # longer than any request that may still be writing, or any reading


def revive_stuck_uploads(*, at: datetime) -> int:
    """Queue the reading of uploads whose job is gone; returns how many."""
    with acting_as(_SYSTEM), connection.cursor() as cursor:
        cursor.execute("SELECT upload, person FROM congso.stuck_uploads(%s)", [at - _STUCK_AFTER])
        stuck = cursor.fetchall()
    revived = 0
    for upload_id, person_id in stuck:
        actor = Actor.person(person_id)
        with acting_as(actor):
            upload = Upload.objects.get(pk=upload_id)
            try:
                retry_upload(upload, by=actor, at=at)
            except NotPossible as lost:
                Upload.objects.filter(pk=upload_id).update(
                    state=Upload.State.REFUSED, message=str(lost), finished_at=at
                )
            else:
                revived += 1
    return revived


def sweep_folders(*, at: datetime) -> int:
    """Remove temporary files that no upload needs where they lie; returns how many."""
    with acting_as(_SYSTEM), connection.cursor() as cursor:
        cursor.execute("SELECT file_key, place FROM congso.files_still_needed()")
        needed = set(cursor.fetchall())
    old = (at - _KEPT).timestamp()
    removed = 0
    for place in ("spool", "quarantine"):
        for path in folder(place).iterdir():
            if (_key(path), place) not in needed and path.stat().st_mtime < old:
                _remove(path)
                removed += 1
    return removed


def _key(path: Path) -> UUID | None:
    """The upload a file belongs to; a part or a work folder belongs to an attempt, not to an upload."""
    try:
        return UUID(path.name)
    except ValueError:
        return None


def _remove(path: Path) -> None:
    if path.is_dir():
        shutil.rmtree(path, ignore_errors=True)
    elif path.parent == folder("quarantine") and path.stat().st_nlink == 1:
        spool.erase(path)
    else:  # a released file has the same bytes in the spool: only this name of them goes
        path.unlink(missing_ok=True)
