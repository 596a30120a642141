"""Who is there, from what was noted."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class Happened:
    """One row: `kind` came, left or void; when it happened."""

    kind: str
    at: datetime


@dataclass(frozen=True)
class Standing:
    """How somebody's presence stands: there now, first came, last left, and whether she came after the beginning."""

    is_present: bool = False
    came_at: datetime | None = None
    left_at: datetime | None = None

    @property
    def has_been(self) -> bool:
        """Whether she was there at any moment."""
        return self.came_at is not None

    def is_late(self, sat_from: datetime | None) -> bool:
        """Whether she came after the sitting had begun."""
        return self.came_at is not None and sat_from is not None and self.came_at > sat_from


def standing_of(noted: Sequence[Happened]) -> Standing:
    """Read the rows in the order they were written; a void row wipes out all before it.

    Who leaves and comes back is there again: when she left is told while she is away.
    """
    is_present, came, left = False, None, None
    for one in noted:
        if one.kind == "void":
            is_present, came, left = False, None, None
        elif one.kind == "came":
            is_present, left = True, None
            came = min(came, one.at) if came else one.at
        else:
            is_present, left = False, one.at
    return Standing(is_present, came, left)
