"""Entries as events of a calendar, each under an id that never changes."""

from collections.abc import Iterable
from datetime import timedelta
from hashlib import sha256

from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone

from congso.apps.schedule.flow import SETTLED
from congso.apps.schedule.models import Entry
from congso.apps.schedule.queries import entries, mine
from congso.kernel.accounts.requests import OfficeRequest
from congso.lib.icalendar import TimedEvent

BEFORE, AFTER = timedelta(days=60), timedelta(days=400)
MOST = 2000


def told(request: OfficeRequest) -> QuerySet[Entry]:
    """What the person's calendar holds: what she takes part in, two months back to a year ahead; cancelled ones too,
    so that they go away."""
    now = timezone.now()
    found = mine(entries(), request.principals, request.actor.id)
    found = found.filter(starts_at__lt=now + AFTER, ends_at__gt=now - BEFORE, state__in=(*SETTLED, "cancelled"))
    return found.prefetch_related("participants").order_by("starts_at", "id")


def event_of(entry: Entry, request: OfficeRequest) -> TimedEvent:
    """An entry as the person reads it."""
    people = "; ".join(one.label for one in entry.participants.all())
    parts = (
        f"Chủ trì: {entry.chair_label}" if entry.chair_label else "",
        f"Thành phần: {people}" if people else "",
        f"Tài liệu: {entry.documents_note}" if entry.documents_note else "",
        entry.content, entry.online_url,
    )  # fmt: skip
    return TimedEvent(
        uid=uid_of(entry), starts_at=entry.starts_at, ends_at=entry.ends_at, title=entry.title,
        words="\n".join(part for part in parts if part), place=entry.place,
        url=request.build_absolute_uri(reverse("schedule:detail", args=[entry.pk])), sequence=entry.changes_told,
        changed_at=entry.updated_at, is_cancelled=entry.state == "cancelled", is_private=entry.is_private,
    )  # fmt: skip


def uid_of(entry: Entry) -> str:
    """The event's id, the same in the feed and by CalDAV."""
    return f"entry-{entry.pk}@congso"


def tag_of(entry: Entry) -> str:
    """Changes whenever the entry does."""
    return f'"{entry.pk}-{entry.version}"'


def tag_of_all(found: Iterable[Entry]) -> str:
    """Changes whenever one of them does, comes or goes."""
    told_of = ",".join(f"{one.pk}-{one.version}" for one in found)
    return sha256(told_of.encode()).hexdigest()[:16]
