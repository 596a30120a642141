"""From a proposal to what is approved, published, cancelled."""

from datetime import date, datetime, time, timedelta

from django.db import transaction
from django.utils import timezone

from congso.apps.schedule.models import Entry
from congso.apps.schedule.queries import approving_for, entry_of
from congso.apps.schedule.services.booking import claim_firmly, release, things_of
from congso.apps.schedule.services.moving import moving
from congso.kernel.access.services import Actor, current_principals
from congso.kernel.directory.models import Organization
from congso.kernel.workflow.services import NotYours

MOST_A_WEEK = 500


def propose_entry(entry: Entry, *, by: Actor, at: datetime, note: str = "") -> None:
    """Into the calendar's office's hands. Raises Refused without a chair."""
    with moving(entry, "propose", by=by, at=at, note=note):
        pass


def take_back_entry(entry: Entry, *, by: Actor, at: datetime, note: str = "") -> None:
    """Back into one's own hands, while nobody decided."""
    with moving(entry, "take_back", by=by, at=at, note=note):
        pass


def return_entry(entry: Entry, *, by: Actor, at: datetime, note: str) -> None:
    """Back to who proposed it, with the reason."""
    with moving(entry, "return", by=by, at=at, note=note):
        pass


def approve_entry(entry: Entry, *, by: Actor, at: datetime, note: str = "", accept: str = "") -> None:
    """Into the calendar: its people and things are taken from now on.

    Raises Occupied where somebody or something is taken already; `accept` says why a person may be in two places.
    """
    with moving(entry, "approve", by=by, at=at, note=note or accept):
        claim_firmly(entry, things_of(entry), reason=accept, by=by, at=at)


def publish_entry(entry: Entry, *, by: Actor, at: datetime, note: str = "") -> None:
    """Everybody of the owner's side sees it, unless it is private."""
    with moving(entry, "publish", by=by, at=at, note=note):
        pass


@transaction.atomic
def publish_week(organization: Organization, monday: date, *, by: Actor, at: datetime) -> int:
    """Publish what is approved in an organization's week; returns how many. Raises NotYours. Safe to repeat."""
    if not approving_for(current_principals()).filter(pk=organization.pk).exists():
        raise NotYours("Bạn không công bố lịch của cơ quan này.")
    begins = timezone.make_aware(datetime.combine(monday, time.min))
    found = Entry.objects.filter(
        owner=organization, state="approved", starts_at__lt=begins + timedelta(days=7), ends_at__gt=begins
    ).order_by("id")
    waiting = list(found.values_list("pk", flat=True)[:MOST_A_WEEK])
    for pk in waiting:
        publish_entry(entry_of(pk), by=by, at=at)
    return len(waiting)


def cancel_entry(entry: Entry, *, by: Actor, at: datetime, note: str) -> None:
    """It does not take place: its people and things are free again, all concerned are told."""
    with moving(entry, "cancel", by=by, at=at, note=note):
        release(entry)


def drop_entry(entry: Entry, *, by: Actor, at: datetime, note: str = "") -> None:
    """A proposal nobody goes on with."""
    with moving(entry, "drop", by=by, at=at, note=note):
        release(entry)
