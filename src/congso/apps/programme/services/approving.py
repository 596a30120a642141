"""From the draft to what is in force, and through adjustments."""

from datetime import datetime

from django.utils import timezone

from congso.apps.programme.models import Programme
from congso.apps.programme.services.moving import moving
from congso.kernel.access.services import Actor
from congso.kernel.workflow.moving import save


def submit_programme(programme: Programme, *, by: Actor, at: datetime, note: str = "") -> None:
    """To the leaders. Raises Refused for one that is empty or has items nobody prepares."""
    with moving(programme, "submit", by=by, at=at, note=note):
        pass


def return_programme(programme: Programme, *, by: Actor, at: datetime, note: str) -> None:
    """Back to the office, with the reason."""
    with moving(programme, "return", by=by, at=at, note=note):
        pass


def approve_programme(programme: Programme, *, by: Actor, at: datetime, note: str = "") -> None:
    """In force; from now on each change is kept."""
    with moving(programme, "approve", by=by, at=at, note=note):
        save(programme, revision=1, approved_on=timezone.localdate(at))


def adjust_programme(programme: Programme, *, by: Actor, at: datetime, note: str) -> None:
    """Open it for changes; it stays in force as approved, changed items are marked."""
    with moving(programme, "adjust", by=by, at=at, note=note):
        pass


def ask_confirmation(programme: Programme, *, by: Actor, at: datetime, note: str = "") -> None:
    """The changes to the leaders."""
    with moving(programme, "ask_confirm", by=by, at=at, note=note):
        pass


def refuse_adjustment(programme: Programme, *, by: Actor, at: datetime, note: str) -> None:
    """Back to the office, with the reason."""
    with moving(programme, "refuse", by=by, at=at, note=note):
        pass


def confirm_adjustment(programme: Programme, *, by: Actor, at: datetime, note: str = "") -> None:
    """The changed programme is in force."""
    with moving(programme, "confirm", by=by, at=at, note=note):
        save(programme, revision=programme.revision + 1)


def close_programme(programme: Programme, *, by: Actor, at: datetime, note: str = "") -> None:
    """Its time is over; nothing changes any more."""
    with moving(programme, "close", by=by, at=at, note=note):
        pass


def drop_programme(programme: Programme, *, by: Actor, at: datetime, note: str) -> None:
    """A draft nobody goes on with; another for the period may be begun."""
    with moving(programme, "drop", by=by, at=at, note=note):
        save(programme, is_dropped=True)
