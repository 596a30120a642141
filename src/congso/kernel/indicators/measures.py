"""Figures that systems count themselves: declared in a system's manifest, counted with the asker's rights."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from congso.kernel.directory.models import Organization
from congso.kernel.records.types import Words


@dataclass(frozen=True)
class Counted:
    """What was counted: so many of so many (no denominator for a plain number), and the page that lists them."""

    numerator: int
    denominator: int | None = None
    url: str = ""

    @property
    def value(self) -> Decimal | None:
        """The number, or the share in percent; None where there was nothing to take a share of."""
        if self.denominator is None:
            return Decimal(self.numerator)
        return Decimal(self.numerator) * 100 / self.denominator if self.denominator else None


@dataclass(frozen=True)
class Measure:
    """A figure a system counts: of an organization and what it answers for, as the day ends.

    `count` asks the database as the person who looks, so it counts what that person may read; a page that shows it
    says so. Its unit is “%” where it gives a denominator.
    """

    code: str
    title: Words
    unit: Words
    count: Callable[[Organization, date], Counted]


_measures: dict[str, Measure] = {}


def register_measures(found: Iterable[Measure]) -> None:
    """Announce measures; done once at start-up by the manifests."""
    _measures.update({measure.code: measure for measure in found})


def measures() -> list[Measure]:
    """All of them, by code."""
    return [_measures[code] for code in sorted(_measures)]


def measure_of(code: str) -> Measure | None:
    """The measure of that code; None when no installed system declares it."""
    return _measures.get(code)
