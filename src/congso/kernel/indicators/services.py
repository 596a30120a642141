"""What can be done with indicators: define one, observe figures."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils import timezone

from congso.kernel.access.services import Actor
from congso.kernel.directory.models import Organization
from congso.kernel.directory.queries import title_of
from congso.kernel.indicators.models import Indicator, Observation, Origin, Readership
from congso.kernel.indicators.periods import Period
from congso.kernel.indicators.queries import standing_values
from congso.kernel.journal.services import write_entry

LARGEST = Decimal(10) ** 17


class InvalidFigure(Exception):
    """The figure cannot be taken; the message says why, in Vietnamese."""


@dataclass(frozen=True)
class Seen:
    """One figure to take: the unit's own for the period. None takes back what stood."""

    indicator: Indicator
    organization_id: int
    period: Period
    value: Decimal | None
    words: str = ""
    url: str = ""


def observe(seen: Seen, *, origin: Origin, by: Actor, at: datetime, record_id: int | None = None) -> Observation | None:
    """Take one figure; None when it already stands as given (nothing is added). As `observe_all`."""
    return next(iter(observe_all([seen], origin=origin, by=by, at=at, record_id=record_id)), None)


def observe_all(
    found: Sequence[Seen], *, origin: Origin, by: Actor, at: datetime, record_id: int | None = None
) -> list[Observation]:
    """Take figures in one transaction with one journal line a unit; figures that already stand so are left alone.

    Raises InvalidFigure (nothing taken) for a period that is not the indicator's, a ratio, a value too large or with
    more decimals than the indicator has. The database refuses units the person does not answer for.
    """
    if by.person_id is None:
        raise InvalidFigure("Số liệu phải có người chịu trách nhiệm.")
    problems = [problem for one in found if (problem := _problem(one))]
    if problems:
        raise InvalidFigure(" ".join(problems[:5]))
    with transaction.atomic():
        fresh = list(_that_change(found))
        label = title_of(by.person_id, timezone.localdate(at)) if fresh else ""
        made = Observation.objects.bulk_create(
            Observation(
                indicator=one.indicator,
                organization_id=one.organization_id,
                first_day=one.period.start,
                value=one.value,
                origin=origin,
                record_id=record_id,
                words=one.words[:500],
                url=one.url[:500],
                by_id=by.person_id,
                by_label=label[:300],
                at=at,
            )
            for one in fresh
        )
        for organization_id in sorted({one.organization_id for one in fresh}):
            count = sum(one.organization_id == organization_id for one in fresh)
            write_entry(
                act="indicators.observe",
                actor=str(by),
                actor_label=label,
                at=at,
                organization_id=organization_id,
                record_id=record_id,
                facts={"figures": count, "origin": str(origin)},
            )
    return made


def define_indicator(indicator: Indicator, *, by: Actor, at: datetime) -> Indicator:
    """Add an indicator to the catalogue. The database lets only its owner's people do it."""
    with transaction.atomic():
        indicator.full_clean()
        indicator.save(force_insert=True)
        _write("define", indicator, by=by, at=at)
    return indicator


@transaction.atomic
def let_read(indicator: Indicator, organization: Organization, *, by: Actor, at: datetime) -> None:
    """Let an organization read every unit's figures; for the owner's people (the database checks). Once is enough."""
    _row, is_new = Readership.objects.get_or_create(indicator=indicator, organization=organization)
    if is_new:
        _write("let_read", indicator, by=by, at=at, organization=organization.pk)


@transaction.atomic
def stop_reading(indicator: Indicator, organization: Organization, *, by: Actor, at: datetime) -> None:
    """The organization reads no more than its own and what is below it, from its next look on; once is enough."""
    ended, _kinds = Readership.objects.filter(indicator=indicator, organization=organization).delete()
    if ended:
        _write("stop_reading", indicator, by=by, at=at, organization=organization.pk)


def _write(act: str, indicator: Indicator, *, by: Actor, at: datetime, **facts: Any) -> None:
    write_entry(
        act=f"indicators.{act}",
        actor=str(by),
        actor_label=title_of(by.person_id, timezone.localdate(at)) if by.person_id else "",
        at=at,
        organization_id=indicator.owner_id,
        facts={"code": indicator.code, **facts},
    )


def _problem(one: Seen) -> str:
    name = f"“{one.indicator.name}”"
    if not one.indicator.is_observed:
        return f"{name} được tính từ tử số và mẫu số, không nhập trực tiếp."
    if one.period.frequency is not one.indicator.rhythm:
        return f"{name} lấy số liệu theo {one.indicator.get_frequency_display().lower()}, không phải {one.period}."
    if one.value is None:
        return ""
    if not one.value.is_finite() or abs(one.value) >= LARGEST:
        return f"{name}: số {one.value} quá lớn."
    if one.value != round(one.value, one.indicator.decimals):
        return f"{name}: số {one.value} có nhiều chữ số thập phân hơn quy định ({one.indicator.decimals})."
    return ""


def _that_change(found: Sequence[Seen]) -> Iterable[Seen]:
    """Those that differ from what stands."""
    stands = standing_values(
        {one.indicator.pk for one in found}, {one.organization_id for one in found}, {one.period for one in found}
    )
    for one in found:
        if stands.get((one.indicator.pk, one.organization_id, one.period)) != one.value:
            yield one
