"""The working programme is told what became of its items in a sitting."""

from datetime import date, datetime

from django.utils import timezone

from congso.apps.meetings.models import Item
from congso.apps.programme.services import HeardKind, Told, hear_of_papers, hear_of_session, heard_of
from congso.kernel.access.services import Actor

__all__ = ["HeardKind", "heard_of", "tell_of_papers", "tell_programme"]


def tell_programme(
    item: Item, kind: HeardKind, *, reason: str = "", to: date | None = None, by: Actor, at: datetime
) -> None:
    """Say it of an item that came from a programme; of others there is nothing to say. Safe to repeat."""
    if item.programme_item_id is not None:
        told = Told(kind, timezone.localdate(at), reason, to)
        hear_of_session(item.programme_item_id, told, session=item.sitting, by=by, at=at)


def tell_of_papers(item: Item, *, at: datetime) -> None:
    """Its papers came; the programme need not be told by hand."""
    if item.programme_item_id is not None:
        hear_of_papers(item.programme_item_id, on=timezone.localdate(at), at=at)
