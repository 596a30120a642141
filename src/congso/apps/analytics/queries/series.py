"""Indicators as series: of one organization with all below it, period by period, and unit by unit."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db import connection
from django.db.models import QuerySet

from congso.kernel.directory.models import Organization
from congso.kernel.directory.queries import organizations_on
from congso.kernel.indicators.models import Indicator, Observation
from congso.kernel.indicators.periods import Period
from congso.kernel.indicators.queries import RolledUp, parts_over, rolled_up

MOST_ROOTS = 400
MOST_SOURCES = 20_000


@dataclass(frozen=True)
class UnitLine:
    """One unit in one period beside the period before and the same one a year ago."""

    organization: Organization
    now: Decimal | None
    before: Decimal | None
    year_ago: Decimal | None

    @property
    def change(self) -> Decimal | None:
        """How much more or less than a year ago, in percent to a tenth; None without both or from nothing."""
        if self.now is None or not self.year_ago:
            return None
        return ((self.now - self.year_ago) * 100 / abs(self.year_ago)).quantize(Decimal("0.1"))


@dataclass(frozen=True)
class Series:
    """An indicator of an organization over periods, oldest first; `figures` says of how many figures each was made."""

    indicator: Indicator
    root: Organization
    periods: Sequence[Period]
    values: Sequence[Decimal | None]
    figures: Sequence[int]
    units: Sequence[UnitLine]
    found: RolledUp

    @property
    def unbroken(self) -> list[Decimal]:
        """The newest run of figures without a gap: what a forecast may be made of."""
        run: list[Decimal] = []
        for value in reversed(self.values):
            if value is None:
                if run:
                    break
                continue
            run.append(value)
        return run[::-1]

    @property
    def last_place(self) -> int:
        """The place of the newest figure; -1 without any."""
        return max((place for place, value in enumerate(self.values) if value is not None), default=-1)


def indicators() -> QuerySet[Indicator]:
    """The catalogue; it is for everybody who is known."""
    return Indicator.objects.select_related("owner__serves")


def roots_for(indicator: Indicator, day: date) -> list[Organization]:
    """Of whom an indicator's figures may be asked: its home first, then committees and agencies."""
    found = organizations_on(day).exclude(kind__in=("unit", "province", "district", "commune"))
    rows = list(found[:MOST_ROOTS])
    home = home_of(indicator)
    return sorted(rows, key=lambda one: one.pk != home.pk)


def home_of(indicator: Indicator) -> Organization:
    """Below whom an indicator is added up unless somebody says otherwise: whom its owner serves, else the owner."""
    return indicator.owner.serves or indicator.owner


def read_series(indicator: Indicator, root: Organization, *, last: Period, count: int, day: date) -> Series:
    """The series up to `last`, and its units in the newest period that has a figure. Two statements."""
    periods = [last]
    for _step in range(count + 12 - 1):  # a year more, for what is compared with a year ago
        periods.append(periods[-1].previous)
    found = rolled_up([indicator], periods, root.pk, day)
    shown = periods[:count][::-1]
    totals = [found.total(indicator.pk, period) for period in shown]
    units = units_in(found, indicator, _newest(shown, [one.value for one in totals]))
    return Series(indicator, root, shown, [one.value for one in totals], [one.figures for one in totals], units, found)


@dataclass(frozen=True)
class SourceLine:
    """One unit's figure inside a series, with the observation that says so; `beside`: what it is taken a share of, or
    its weight."""

    period: Period
    organization: str
    below: str
    value: Decimal
    beside: Decimal | None
    seen: Observation


def sources_of(series: Series, *, day: date) -> list[SourceLine]:
    """Every figure the series is made of, the newest periods of too many. Four queries."""
    parts = parts_over(series.indicator, series.periods[::-1], series.root.pk, day, most=MOST_SOURCES)
    names = dict(
        Organization.objects.filter(
            pk__in={one.organization_id for one in parts} | {one.below for one in parts}
        ).values_list("pk", "name")
    )
    seen = Observation.objects.select_related("record").in_bulk([one.observation_id for one in parts])
    found = [
        SourceLine(
            Period.containing(one.first_day, series.indicator.rhythm), names[one.organization_id], names[one.below],
            one.value, one.beside, seen[one.observation_id],
        )
        for one in parts
        if one.observation_id in seen
    ]  # fmt: skip
    return sorted(found, key=lambda one: one.period)


def units_in(found: RolledUp, indicator: Indicator, period: Period | None) -> list[UnitLine]:
    """What stands directly below the root, in Vietnamese order, with its figures of the period."""
    if period is None:
        return []
    named = {organization for _indicator, organization, one in found.parts if one == period}
    rows = Organization.objects.filter(pk__in=named).order_by("name_key", "id")

    def value(one: Organization, wanted: Period) -> Decimal | None:
        return found.part(indicator.pk, one.pk, wanted).value

    return [
        UnitLine(one, value(one, period), value(one, period.previous), value(one, period.year_before)) for one in rows
    ]


def _newest(periods: Sequence[Period], values: Sequence[Decimal | None]) -> Period | None:
    known = [period for period, value in zip(periods, values, strict=True) if value is not None]
    return known[-1] if known else None


def answerable() -> set[int]:
    """The organizations whose figures the asker may give: her own and what stands below. One query."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT congso.overseen()")
        return {row[0] for row in cursor.fetchall()}
