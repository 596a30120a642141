"""What systems put into the calendar: a programme's items, meetings, whatever has a day or an hour.

The calendar knows none of them; each announces a function that tells its appointments in some days, only those the
person of the running transaction may see.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.urls import reverse

from congso.kernel.records.types import Words


@dataclass(frozen=True)
class Window:
    """Which days are shown, both inside, and how many appointments of one system at most."""

    first_day: date
    last_day: date
    most: int = 500


@dataclass(frozen=True)
class Appointment:
    """Something on a day, or, with `starts_at` and `ends_at`, in some hours. `key` never changes.

    `url_name` takes the record's id. `organizations` are those in whose calendars it stands, `people` those it is for.
    """

    key: str
    title: str
    first_day: date
    url_name: str
    record_id: int
    words: Words = ""
    starts_at: datetime | None = None
    ends_at: datetime | None = None
    organizations: Sequence[int] = ()
    people: Sequence[int] = ()

    @property
    def url(self) -> str:
        """The page of what it stands for."""
        return reverse(self.url_name, args=[self.record_id])


Source = Callable[[Window], Iterable[Appointment]]

_sources: list[Source] = []


def register_agenda(sources: Iterable[Source]) -> None:
    """Announce sources of appointments; done once at start-up by the manifests."""
    _sources.extend(one for one in sources if one not in _sources)


def appointments(window: Window) -> list[Appointment]:
    """What all systems have in these days, by day; a few bounded queries a system."""
    found = [one for source in _sources for one in source(window)]
    return sorted(found, key=lambda one: (one.first_day, one.starts_at.isoformat() if one.starts_at else "", one.key))
