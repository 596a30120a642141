"""What can be asked of figures, always with the asker's rights."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple

from django.db import connection
from django.db.models import QuerySet

from congso.kernel.indicators.internal import sql
from congso.kernel.indicators.models import Indicator, Observation, RollUp, Standing
from congso.kernel.indicators.periods import Period

Key = tuple[int, int, Period]  # indicator, organization, period


class Figure(NamedTuple):
    """One rolled-up figure: its value (None: nothing to work it out from) and from how many figures it was made."""

    value: Decimal | None
    figures: int


@dataclass(frozen=True)
class RolledUp:
    """What a roll-up found below `root`: in all, and by what stands directly below it (`root`: its own).

    Figures that cannot be given to one of them (a unit that was split between two) count for the root.
    """

    root: int
    totals: dict[tuple[int, Period], Figure] = field(default_factory=dict)
    parts: dict[Key, Figure] = field(default_factory=dict)

    def total(self, indicator_id: int, period: Period) -> Figure:
        """In all."""
        return self.totals.get((indicator_id, period), NOTHING)

    def part(self, indicator_id: int, organization_id: int, period: Period) -> Figure:
        """Of what stands directly below, with everything under it."""
        return self.parts.get((indicator_id, organization_id, period), NOTHING)


NOTHING = Figure(None, 0)


def rolled_up(
    indicators: Sequence[Indicator], periods: Sequence[Period], root: int, chart_day: date, *, with_parts: bool = True
) -> RolledUp:
    """Figures of everything below an organization as the chart stood on a day, live: two statements.

    Without parts there are only totals, for half the work.

    A period takes the figures of the indicator's own periods inside it. A unit that was gone on the day counts with its
    heirs (or its last superior), one that did not exist yet with those it came from; a figure counts once in the total.
    Sum, last: units' figures added (last: each unit's latest inside the period). Count: units with a figure. Weighted
    mean and ratio of sums: over the units and periods where both sides are known.
    """
    found = RolledUp(root)
    if not indicators or not periods:
        return found
    with connection.cursor() as cursor:
        cursor.execute(sql.ROLLED_UP if with_parts else sql.TOTALS, _parameters(indicators, periods, root, chart_day))
        rows = cursor.fetchall()
    by_id = {one.pk: one for one in indicators}
    for indicator_id, place, organization_id, top, bottom, figures in rows:
        indicator, period = by_id[indicator_id], periods[place - 1]
        figure = Figure(_value(indicator, top, bottom), figures)
        if organization_id is None:
            found.totals[indicator_id, period] = figure
        else:
            found.parts[indicator_id, organization_id, period] = figure
    return found


def _value(indicator: Indicator, top: Decimal | None, bottom: Decimal | None) -> Decimal | None:
    if indicator.roll_up not in (RollUp.MEAN, RollUp.RATIO):
        return top
    if top is None or not bottom:
        return None
    scale = 100 if indicator.roll_up == RollUp.RATIO and indicator.unit == "%" else 1
    return top * scale / bottom


def _parameters(indicators: Sequence[Indicator], periods: Sequence[Period], root: int, day: date) -> dict[str, Any]:
    sums = [one for one in indicators if one.roll_up == RollUp.SUM]
    each = [one for one in indicators if one.roll_up in (RollUp.COUNT, RollUp.LAST)]
    related = [one for one in indicators if one.roll_up in (RollUp.MEAN, RollUp.RATIO)]
    sides = [_sides(one) for one in related]
    return _asked(periods, root, day) | {
        "sums": [one.pk for one in sums],
        "each": [one.pk for one in each],
        "each_rules": [one.roll_up for one in each],
        "related": [one.pk for one in related],
        "rules": [one.roll_up for one in related],
        "tops": [top for top, _ in sides],
        "bottoms": [bottom for _, bottom in sides],
    }


def _asked(periods: Sequence[Period], root: int, day: date) -> dict[str, Any]:
    """The periods, and under whom directly below the root each organization stands on the day."""
    with connection.cursor() as cursor:
        cursor.execute(sql.SLOTS, {"root": root, "day": day})
        slots = cursor.fetchall()
    return {
        "organizations": [organization for organization, _slot in slots],
        "slots": [slot for _organization, slot in slots],
        "starts": [period.start for period in periods],
        "ends": [period.end for period in periods],
    }


def _sides(indicator: Indicator) -> tuple[int, int | None]:
    """The indicator to add up, and the one beside it."""
    if indicator.roll_up == RollUp.RATIO:
        return indicator.numerator_id or 0, indicator.denominator_id
    return indicator.pk, indicator.weight_id if indicator.roll_up == RollUp.MEAN else None


def standing_values(
    indicators: Iterable[int], organizations: Iterable[int], periods: Iterable[Period]
) -> dict[Key, Decimal]:
    """What stands, by indicator, organization and period, of those asked for. One query."""
    asked = {period.start: period for period in periods}
    rows = Standing.objects.filter(
        indicator_id__in=set(indicators), organization_id__in=set(organizations), first_day__in=asked
    )
    return {
        (indicator, organization, asked[day]): value
        for indicator, organization, day, value in rows.values_list(
            "indicator_id", "organization_id", "first_day", "value"
        )
    }


def latest(indicator: Indicator, organization_id: int, period: Period) -> Observation | None:
    """The observation that stands; None when there is none or it was taken back."""
    stands = Standing.objects.filter(indicator=indicator, organization_id=organization_id, first_day=period.start)
    row = stands.select_related("observation").first()
    return row.observation if row else None


def history(indicator: Indicator, organization_id: int, period: Period) -> QuerySet[Observation]:
    """Everything that was ever given for it, the latest first."""
    found = Observation.objects.filter(indicator=indicator, organization_id=organization_id, first_day=period.start)
    return found.select_related("indicator", "record").order_by("-id")


@dataclass(frozen=True)
class Part:
    """One unit's figure inside a roll-up: of which unit, counted below whom, which observation."""

    organization_id: int
    below: int
    value: Decimal
    beside: Decimal | None
    observation_id: int
    first_day: date


def parts_of(indicator: Indicator, period: Period, root: int, chart_day: date, *, most: int = 500) -> list[Part]:
    """The figures a roll-up is made of, unit by unit, so that each can be opened. At most `most`. Two statements."""
    return parts_over(indicator, [period], root, chart_day, most=most)


def parts_over(
    indicator: Indicator, periods: Sequence[Period], root: int, chart_day: date, *, most: int = 500
) -> list[Part]:
    """The same of several periods that do not overlap; each part says its own first day. Two statements."""
    top, bottom = _sides(indicator)
    parameters = _asked(periods, root, chart_day) | {"top": top, "bottom": bottom, "most": most}
    with connection.cursor() as cursor:
        cursor.execute(sql.PARTS, parameters)
        return [Part(*row) for row in cursor.fetchall()]
