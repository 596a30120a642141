"""Forecasts by three plain methods, each tried on the past; the one with the least error is shown with that error.

Without enough past there is none: an error nobody could measure would be a guess dressed as a number.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

LEAST_FIGURES = 8  # below that the trial on the past has too few turns to tell anything
LEAST_TRIALS = 4
LONGEST_AHEAD = 12
_TENTH = Decimal("0.001")
Method = Callable[[Sequence[Decimal], int, int], list[Decimal] | None]


@dataclass(frozen=True)
class Forecast:
    """What comes next by `method`, and by how much it was wrong on average one step ahead (`error`, in the figures'
    unit; `error_percent` of their mean size; None when that is zero), tried `trials` times."""

    method: str
    values: Sequence[Decimal]
    error: Decimal
    error_percent: Decimal | None
    trials: int

    @property
    def low(self) -> list[Decimal]:
        """The lower edge: the error grows with the root of the steps ahead."""
        return [value - self._reach(place) for place, value in enumerate(self.values, 1)]

    @property
    def high(self) -> list[Decimal]:
        """The upper edge."""
        return [value + self._reach(place) for place, value in enumerate(self.values, 1)]

    def _reach(self, steps: int) -> Decimal:
        return (self.error * Decimal(steps).sqrt()).quantize(_TENTH, ROUND_HALF_UP)


def forecast(values: Sequence[Decimal], *, ahead: int, season: int) -> Forecast | None:
    """The next `ahead` figures of an unbroken series; `season`: how many periods make a year.

    Each method forecasts every figure of the second half (at least `LEAST_TRIALS`) from those before it alone; the mean
    absolute error decides. None for a series that is too short.
    """
    if len(values) < LEAST_FIGURES or not 1 <= ahead <= LONGEST_AHEAD:
        return None
    found = [one for name, method in METHODS.items() if (one := _tried(name, method, values, ahead, season))]
    return min(found, key=lambda one: one.error, default=None)


def _tried(name: str, method: Method, values: Sequence[Decimal], ahead: int, season: int) -> Forecast | None:
    errors, sizes = [], []
    for end in range(min(len(values) // 2, len(values) - LEAST_TRIALS), len(values)):
        told = method(values[:end], 1, season)
        if told is None:
            continue
        errors.append(abs(told[0] - values[end]))
        sizes.append(abs(values[end]))
    coming = method(values, ahead, season)
    if len(errors) < LEAST_TRIALS or coming is None:
        return None
    error = sum(errors, Decimal(0)) / len(errors)
    size = sum(sizes, Decimal(0)) / len(sizes)
    percent = (100 * error / size).quantize(Decimal("0.1"), ROUND_HALF_UP) if size else None
    rounded = [value.quantize(_TENTH, ROUND_HALF_UP) for value in coming]
    return Forecast(name, rounded, error.quantize(_TENTH, ROUND_HALF_UP), percent, len(errors))


def last_value(values: Sequence[Decimal], ahead: int, season: int) -> list[Decimal] | None:
    """It stays as it is."""
    return [values[-1]] * ahead if values else None


def same_as_last_year(values: Sequence[Decimal], ahead: int, season: int) -> list[Decimal] | None:
    """As in the same period of the year before."""
    if season < 2 or len(values) < season:
        return None
    year = list(values[-season:])
    return [year[place % season] for place in range(ahead)]


def straight_line(values: Sequence[Decimal], ahead: int, season: int) -> list[Decimal] | None:
    """Least squares through the last two years (or all there is), drawn on."""
    recent = list(values[-max(2 * season, LEAST_TRIALS) :])
    count = len(recent)
    if count < 3:
        return None
    middle = Decimal(count - 1) / 2
    mean = sum(recent, Decimal(0)) / count
    spread = sum(((place - middle) ** 2 for place in range(count)), Decimal(0))
    slope = sum(((place - middle) * (value - mean) for place, value in enumerate(recent)), Decimal(0)) / spread
    return [mean + slope * (count - 1 + step - middle) for step in range(1, ahead + 1)]


METHODS: dict[str, Method] = {
    "last_value": last_value,
    "same_as_last_year": same_as_last_year,
    "straight_line": straight_line,
}
