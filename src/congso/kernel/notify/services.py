"""Telling, marking as read and taking that back, and choosing how to be told."""

from collections.abc import Collection, Mapping
from datetime import datetime, time

from django.db import connection, transaction
from django.utils import timezone

from congso.kernel.access.services import Actor
from congso.kernel.directory.queries import title_of
from congso.kernel.notify.models import Choice, MailSettings, Notice
from congso.kernel.notify.rules import Frequency, Kind, Way, ways_for
from congso.kernel.records.models import Record


class ChoiceRefused(Exception):
    """What somebody chose is not possible; the message says why, in Vietnamese."""


def notify(
    record: Record,
    *,
    principals: Collection[int],
    text: str,
    by: Actor,
    at: datetime,
    key: str = "",
    kind: Kind = Kind.MOVED,
) -> int:
    """Put a notice into the bell of everyone who holds one of the principals; returns how many were told.

    Who silenced the kind is not told, who wants it at once gets a letter too. With a `key` (a reminder's step)
    the same person is told once, however often it is called.
    """
    sender = title_of(by.person_id, timezone.localdate(at)) if by.person_id else "Hệ thống"
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT congso.deliver_notice(%s, %s, %s, %s, %s, %s, %s)",
            [record.pk, sorted(principals), kind.value, text, sender, key, at],
        )
        return int(cursor.fetchone()[0])


def mark_read(*, by: Actor, at: datetime, record_id: int | None = None, notices: Collection[int] | None = None) -> int:
    """The person has seen her notices: all of them, those of one record, or the named ones. Returns how many.

    `at` is what `mark_unread` takes to undo it.
    """
    unread = Notice.objects.filter(person_id=by.id, read_at__isnull=True)
    if record_id is not None:
        unread = unread.filter(record_id=record_id)
    if notices is not None:
        unread = unread.filter(pk__in=notices)
    return unread.update(read_at=at)


def mark_unread(*, by: Actor, read_at: datetime | None = None, notices: Collection[int] | None = None) -> int:
    """Take back having seen: what was marked at that moment, or the named ones. Returns how many."""
    seen = Notice.objects.filter(person_id=by.id, read_at__isnull=False)
    if read_at is None and notices is None:
        return 0
    if read_at is not None:
        seen = seen.filter(read_at=read_at)
    if notices is not None:
        seen = seen.filter(pk__in=notices)
    return seen.update(read_at=None)


@transaction.atomic
def choose_ways(ways: Mapping[Kind, Way], *, by: Actor) -> None:
    """How the person wants to be told of these kinds. Raises ChoiceRefused: what is duty is never silent."""
    for kind, way in ways.items():
        if way not in ways_for(kind):
            raise ChoiceRefused("Loại thông báo này bắt buộc, không tắt được.")
        changed = Choice.objects.filter(person_id=by.id, kind=kind).update(way=way)
        if not changed:
            Choice.objects.create(person_id=by.id, kind=kind, way=way)


def choose_letters(*, frequency: Frequency, hour: int, quiet_from: time, quiet_until: time, by: Actor) -> None:
    """How often and when the person gets a digest, and when nothing comes at once."""
    if not 0 <= hour <= 23:
        raise ChoiceRefused("Giờ gửi từ 0 đến 23.")
    values = {"frequency": frequency, "hour": hour, "quiet_from": quiet_from, "quiet_until": quiet_until}
    if not MailSettings.objects.filter(person_id=by.id).update(**values):
        MailSettings.objects.create(person_id=by.id, **values)


def choose_letters_off(*, by: Actor) -> None:
    """The person gets no more digests."""
    MailSettings.objects.filter(person_id=by.id).update(frequency=Frequency.OFF)
