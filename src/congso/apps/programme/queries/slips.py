"""What slipped and why: counted from the items themselves, so that every figure can be opened."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from congso.apps.programme.models import Item, Programme, Standing
from congso.apps.programme.rules import share
from congso.lib.workdays import add_months


@dataclass
class Tally:
    """Counts over items; `planned` counts all that were ever in the programme but those dropped while drafting."""

    name: str = ""
    planned: int = 0
    done: int = 0
    postponed: int = 0
    withdrawn: int = 0
    overdue: int = 0
    added: int = 0
    papers_late: int = 0

    @property
    def done_share(self) -> str:
        """Done out of planned."""
        return share(self.done, self.planned)

    @property
    def slipped(self) -> int:
        """Not taken up when it was to be."""
        return self.postponed + self.withdrawn + self.overdue


def tally_of(items: Iterable[Item], today: date, name: str = "") -> Tally:
    """One line of counts."""
    told = Tally(name)
    for item in items:
        told.planned += 1
        told.done += item.standing == Standing.DONE
        told.postponed += item.standing == Standing.POSTPONED
        told.withdrawn += item.standing == Standing.WITHDRAWN
        told.overdue += is_overdue(item, today)
        told.added += item.added_in > 0
        told.papers_late += _are_papers_late(item, today)
    return told


def tally_by_preparer(programme: Programme, today: date) -> list[Tally]:
    """A line for each unit that prepares, in Vietnamese order of names."""
    of_unit: dict[str, list[Item]] = {}
    names = {}
    for item in counted(programme):
        key = item.preparer.name_key if item.preparer else ""
        of_unit.setdefault(key, []).append(item)
        names[key] = item.preparer.name if item.preparer else ""
    return [tally_of(items, today, names[key]) for key, items in sorted(of_unit.items())]


def slipped(programme: Programme, today: date) -> list[Item]:
    """Items that were not taken up when they were to be, with their reasons."""
    out = (Standing.POSTPONED, Standing.WITHDRAWN)
    return [item for item in counted(programme) if item.standing in out or is_overdue(item, today)]


def counted(programme: Programme) -> list[Item]:
    """The items that count: all but those dropped before the first approval."""
    return [item for item in programme.items.all() if item.slip_reason != DROPPED_WHILE_DRAFTING]


DROPPED_WHILE_DRAFTING = "Bỏ khi soạn thảo"


def is_overdue(item: Item, today: date) -> bool:
    """Its day is over, or its session went by without it."""
    last = item.session_on or (add_months(item.month, 1) if item.month else None)
    return item.is_missed or (item.standing == Standing.PLANNED and last is not None and last < today)


def _are_papers_late(item: Item, today: date) -> bool:
    if item.papers_due_on is None:
        return False
    return (item.papers_in_on or today) > item.papers_due_on
