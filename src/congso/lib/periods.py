"""Half-open periods of validity: the first day is inside, the end day outside, no end means still valid."""

from dataclasses import dataclass
from datetime import date


def is_valid_on(day: date, valid_from: date | None, valid_to: date | None) -> bool:
    """Whether the day lies in [valid_from, valid_to); an empty bound is open."""
    return (valid_from is None or valid_from <= day) and (valid_to is None or day < valid_to)


@dataclass(frozen=True)
class Period:
    """A stretch of days; it never ends before it begins."""

    valid_from: date
    valid_to: date | None = None

    def __post_init__(self) -> None:
        if self.valid_to is not None and self.valid_to <= self.valid_from:
            raise ValueError("A period ends after it begins.")

    def __contains__(self, day: date) -> bool:
        return is_valid_on(day, self.valid_from, self.valid_to)
