"""Telling, and marking as read."""

from collections.abc import Collection
from datetime import datetime

from django.db import connection
from django.utils import timezone

from congso.kernel.access.services import Actor
from congso.kernel.directory.queries import title_of
from congso.kernel.notify.models import Notice
from congso.kernel.records.models import Record


def notify(record: Record, *, principals: Collection[int], text: str, by: Actor, at: datetime, key: str = "") -> int:
    """Put a notice into the bell of everyone who holds one of the principals; returns how many were told.

    With a `key` (a reminder's step) the same person is told once, however often it is called.
    """
    sender = title_of(by.person_id, timezone.localdate(at)) if by.person_id else "Hệ thống"
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT congso.deliver_notice(%s, %s, %s, %s, %s, %s)",
            [record.pk, sorted(principals), text, sender, key, at],
        )
        return int(cursor.fetchone()[0])


def mark_read(*, by: Actor, at: datetime, record_id: int | None = None) -> int:
    """The person has seen her notices: all of them, or those of one record."""
    unread = Notice.objects.filter(person_id=by.id, read_at__isnull=True)
    if record_id is not None:
        unread = unread.filter(record_id=record_id)
    return unread.update(read_at=at)
