"""A period as a value: the month, quarter, half-year or year a figure is about."""

import re
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Self

from congso.lib.workdays import add_months

_CODE = re.compile(r"([0-9]{4})-(?:M(0[1-9]|1[0-2])|Q([1-4])|H([12])|(Y))")
_ROMAN = ("I", "II", "III", "IV")
FIRST_YEAR, LAST_YEAR = 1930, 2200


class Frequency(StrEnum):
    """How often an indicator is observed; the letter stands in the codes of its periods."""

    MONTH = "M"
    QUARTER = "Q"
    HALF = "H"
    YEAR = "Y"


MONTHS = {Frequency.MONTH: 1, Frequency.QUARTER: 3, Frequency.HALF: 6, Frequency.YEAR: 12}


@dataclass(frozen=True, order=True)
class Period:
    """One month, quarter, half-year or year, named by its first day. Periods of one frequency sort by time."""

    start: date
    frequency: Frequency

    def __post_init__(self) -> None:
        if self.start.day != 1 or (self.start.month - 1) % MONTHS[self.frequency]:
            raise ValueError(f"No {self.frequency.name.lower()} starts on {self.start}.")
        if not FIRST_YEAR <= self.start.year <= LAST_YEAR:
            raise ValueError(f"{self.start.year} is no year of a report.")

    @classmethod
    def parse(cls, code: str) -> Self:
        """Of “2026-M11”, “2026-Q4”, “2026-H2”, “2026-Y”. Raises ValueError for anything else."""
        found = _CODE.fullmatch(code)
        if found is None:
            raise ValueError(f"{code!r} is no period.")
        year, month, quarter, half, _ = found.groups()
        for frequency, place in ((Frequency.MONTH, month), (Frequency.QUARTER, quarter), (Frequency.HALF, half)):
            if place:
                return cls(date(int(year), (int(place) - 1) * MONTHS[frequency] + 1, 1), frequency)
        return cls(date(int(year), 1, 1), Frequency.YEAR)

    @classmethod
    def containing(cls, day: date, frequency: Frequency) -> Self:
        """The period of that frequency a day lies in."""
        months = MONTHS[frequency]
        return cls(date(day.year, (day.month - 1) // months * months + 1, 1), frequency)

    @property
    def code(self) -> str:
        """As `parse` reads it."""
        if self.frequency is Frequency.YEAR:
            return f"{self.start.year:04}-Y"
        place = (self.start.month - 1) // MONTHS[self.frequency] + 1
        return f"{self.start.year:04}-{self.frequency}{place:{'02' if self.frequency is Frequency.MONTH else ''}}"

    @property
    def end(self) -> date:
        """The last day, inside the period."""
        return add_months(self.start, MONTHS[self.frequency]) - timedelta(days=1)

    @property
    def next(self) -> "Period":
        """The one that follows."""
        return Period(add_months(self.start, MONTHS[self.frequency]), self.frequency)

    @property
    def previous(self) -> "Period":
        """The one before."""
        return Period(add_months(self.start, -MONTHS[self.frequency]), self.frequency)

    @property
    def year_before(self) -> "Period":
        """The same period of the year before (cùng kỳ)."""
        return Period(self.start.replace(year=self.start.year - 1), self.frequency)

    @property
    def name(self) -> str:
        """As reports print it: “tháng 11/2026”, “quý IV/2026”, “6 tháng đầu năm 2026”, “năm 2026”."""
        year, place = self.start.year, (self.start.month - 1) // MONTHS[self.frequency]
        if self.frequency is Frequency.MONTH:
            return f"tháng {self.start.month}/{year}"
        if self.frequency is Frequency.QUARTER:
            return f"quý {_ROMAN[place]}/{year}"
        if self.frequency is Frequency.HALF:
            return f"6 tháng {'cuối' if place else 'đầu'} năm {year}"
        return f"năm {year}"

    def __str__(self) -> str:
        return self.name

    def __contains__(self, day: date) -> bool:
        return self.start <= day <= self.end

    def covers(self, other: "Period") -> bool:
        """Whether the other lies wholly inside."""
        return self.start <= other.start and other.end <= self.end
