"""What is in somebody's bell: notices about records she may (still) see."""

from django.db.models import Exists, OuterRef, Q, QuerySet

from congso.kernel.notify.models import Notice
from congso.kernel.records.models import Record


def notices_for(person_id: int) -> QuerySet[Notice]:
    """A person's notices, newest first."""
    return _of(person_id).select_related("record").order_by("-at", "-id")


def unread_count(person_id: int) -> int:
    """How many notices a person has not read."""
    return _of(person_id).filter(read_at__isnull=True).count()


def _of(person_id: int) -> QuerySet[Notice]:
    is_seen = Exists(Record.objects.filter(pk=OuterRef("record_id")))
    return Notice.objects.filter(Q(record=None) | is_seen, person_id=person_id)
