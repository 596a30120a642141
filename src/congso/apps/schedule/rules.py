"""Free time and what clashes: pure, over intervals."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, tzinfo

from congso.lib.workdays import Calendar


@dataclass(frozen=True, order=True)
class Slot:
    """Some hours, the end outside."""

    starts_at: datetime
    ends_at: datetime

    def overlaps(self, other: "Slot") -> bool:
        """Whether they share a moment."""
        return self.starts_at < other.ends_at and other.starts_at < self.ends_at


def merged(slots: Iterable[Slot]) -> list[Slot]:
    """The same time in as few slots as possible, in order."""
    found: list[Slot] = []
    for slot in sorted(slots):
        if found and slot.starts_at <= found[-1].ends_at:
            if slot.ends_at > found[-1].ends_at:
                found[-1] = Slot(found[-1].starts_at, slot.ends_at)
        else:
            found.append(slot)
    return found


def free_slots(
    busy: Iterable[Slot], windows: Iterable[Slot], length: timedelta, *, step: timedelta, most: int = 200
) -> list[Slot]:
    """Beginnings, each `step` from a window's, at which nobody is busy for `length`, inside the windows, in order."""
    taken = merged(busy)
    found: list[Slot] = []
    for window in sorted(windows):
        at, place = window.starts_at, 0
        while at + length <= window.ends_at and len(found) < most:
            slot = Slot(at, at + length)
            while place < len(taken) and taken[place].ends_at <= at:
                place += 1
            if place == len(taken) or not slot.overlaps(taken[place]):
                found.append(slot)
            at += step
    return found


def working_windows(
    first: date, days: int, hours: Sequence[tuple[time, time]], calendar: Calendar, zone: tzinfo
) -> list[Slot]:
    """The office's hours on the working days of a stretch of days."""
    stretch = (first + timedelta(days=step) for step in range(days))
    return [
        Slot(datetime.combine(day, begins, zone), datetime.combine(day, ends, zone))
        for day in stretch
        if calendar.is_working_day(day)
        for begins, ends in hours
    ]


def half_of(moment: time, afternoon: time) -> str:
    """Morning or afternoon: a week's sheet has these two (office 6.2)."""
    return "morning" if moment < afternoon else "afternoon"


def clashes(wanted: Slot, taken: Collection[Slot]) -> list[Slot]:
    """Those that share a moment with what is wanted."""
    return [slot for slot in taken if slot.overlaps(wanted)]
