"""What is in somebody's bell."""

from django.db.models import QuerySet

from congso.kernel.notify.models import Notice


def notices_for(person_id: int) -> QuerySet[Notice]:
    """A person's notices, newest first."""
    return Notice.objects.filter(person_id=person_id).select_related("record").order_by("-at", "-id")


def unread_count(person_id: int) -> int:
    """How many notices a person has not read."""
    return Notice.objects.filter(person_id=person_id, read_at__isnull=True).count()
