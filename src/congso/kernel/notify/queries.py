"""What is in somebody's bell: notices about records she may (still) see; and how she wants to be told."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Self

from django.db.models import Exists, OuterRef, Q, QuerySet

from congso.kernel.notify.models import Choice, Letter, MailSettings, Notice
from congso.kernel.notify.rules import Kind, Way
from congso.kernel.records.models import Record

COUNTED = 100


@dataclass(frozen=True)
class Place:
    """Where a page of notices ends: everything older than this comes next. Written `<microseconds>-<id>`."""

    at: datetime
    id: int

    def __str__(self) -> str:
        return f"{stamp_of(self.at)}-{self.id}"

    @classmethod
    def read(cls, text: str) -> Self | None:
        """The place so written; None for anything else."""
        stamp, _dash, pk = text.partition("-")
        moment = moment_of(stamp)
        if moment is None or not (pk.isascii() and pk.isdigit() and len(pk) < 19):
            return None
        return cls(moment, int(pk))


def stamp_of(moment: datetime) -> int:
    """A moment in microseconds, whole: as the database keeps it."""
    return int(moment.timestamp()) * 1_000_000 + moment.microsecond


def moment_of(stamp: str) -> datetime | None:
    """The moment of a stamp as typed in an address; None for anything else."""
    if not (stamp.isascii() and stamp.isdigit() and len(stamp) < 18):
        return None
    seconds, microseconds = divmod(int(stamp), 1_000_000)
    return datetime.fromtimestamp(seconds, tz=UTC) + timedelta(microseconds=microseconds)


def notices_for(person_id: int) -> QuerySet[Notice]:
    """A person's notices, newest first."""
    return _of(person_id).select_related("record").order_by("-at", "-id")


def narrowed(
    found: QuerySet[Notice],
    *,
    unread: bool = False,
    awaiting: Collection[int] | None = None,
    kind: Kind | None = None,
    older_than: Place | None = None,
) -> QuerySet[Notice]:
    """The notices not read yet, of records that wait for these principals, of one kind, older than a place."""
    if unread:
        found = found.filter(read_at__isnull=True)
    if awaiting is not None:
        waiting = Record.objects.filter(awaited__overlap=sorted(awaiting), closed_at__isnull=True)
        found = found.filter(record_id__in=waiting.values("pk"))
    if kind is not None:
        found = found.filter(kind=kind)
    if older_than is not None:
        found = found.filter(Q(at__lt=older_than.at) | Q(at=older_than.at, id__lt=older_than.id), at__lte=older_than.at)
    return found


def unread_count(person_id: int) -> int:
    """How many notices a person has not read, counted up to a hundred."""
    return _of(person_id).filter(read_at__isnull=True).order_by("-at", "-id")[:COUNTED].count()


def choices_of(person_id: int) -> dict[Kind, Way]:
    """How the person is told of each kind."""
    chosen = {row.kind: Way(row.way) for row in Choice.objects.filter(person_id=person_id)}
    return {kind: chosen.get(kind, Way.DIGEST) for kind in Kind}


def mail_settings_of(person_id: int) -> MailSettings:
    """When the person gets letters; what holds for everybody until she chooses."""
    return MailSettings.objects.filter(person_id=person_id).first() or MailSettings(person_id=person_id)


def last_letters(person_id: int, count: int = 5) -> QuerySet[Letter]:
    """What was last sent to the person, or could not be."""
    return Letter.objects.filter(person_id=person_id, settled_at__isnull=False).order_by("-settled_at", "-id")[:count]


def _of(person_id: int) -> QuerySet[Notice]:
    is_seen = Exists(Record.objects.filter(pk=OuterRef("record_id")))
    return Notice.objects.filter(Q(record=None) | is_seen, person_id=person_id)
