"""Questions answered: each one statement over the records (or figures) the asker sees, grouped in the database."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.db.models import Count, DurationField, ExpressionWrapper, F, Q, QuerySet, Sum
from django.db.models.functions import TruncDate, TruncMonth

from congso.apps.analytics.models import Group, MeasureKind, Question, Source, Standing, Window
from congso.apps.analytics.queries.series import home_of
from congso.apps.analytics.rules import suppressed
from congso.kernel.directory.models import Organization
from congso.kernel.directory.queries import ids_below
from congso.kernel.indicators.models import Indicator
from congso.kernel.indicators.periods import Period
from congso.kernel.indicators.queries import rolled_up
from congso.kernel.records.models import Record
from congso.kernel.records.types import record_types
from congso.kernel.regulations.queries import value as regulated
from congso.kernel.workflow.flow import flow_of

MOST_CELLS = 40
_FIELDS = {
    Group.TYPE: ("type",),
    Group.STATE: ("type", "state"),
    Group.OWNER: ("owner_id",),
    Group.UNIT: ("unit_id",),
}


@dataclass(frozen=True)
class Cell:
    """One group: its key in addresses, its words, its value, of how many records. `is_hidden`: too small to show."""

    key: str
    label: str
    value: Decimal | None
    count: int
    is_hidden: bool = False


@dataclass(frozen=True)
class Answer:
    """What a question is answered with. `unit`: what figures are in; `more`: how many groups were left out."""

    question: Question
    cells: Sequence[Cell]
    unit: str
    total: Decimal | None
    more: int = 0
    note: str = ""


def answer(question: Question, *, day: date, is_foreign: bool) -> Answer:
    """The question with the asker's rights. `is_foreign`: she is not of the owner's people, so small cells stay out."""
    if question.source == Source.INDICATOR:
        return _of_indicator(question, day)
    found = _counted(question, day)
    rows = _grouped(question, found, day)
    cells = [_cell(question, row) for row in rows]
    if is_foreign:
        cells = _without_small(cells, day)
    cells = _ordered(question, _named(question, cells))
    total = _total(question, rows) if not any(cell.is_hidden for cell in cells) else None
    return Answer(
        question, cells[:MOST_CELLS], _UNITS.get(question.measure, ""), total, max(0, len(cells) - MOST_CELLS)
    )


def drilled(question: Question, key: str, *, day: date) -> QuerySet[Record]:
    """The records one cell counts, as the asker sees them."""
    found = _counted(question, day).select_related("owner", "unit")
    if question.measure == MeasureKind.LATE:
        found = found.filter(_late(day))
    elif question.measure in (MeasureKind.IN_TIME, MeasureKind.DAYS):
        found = found.filter(closed_at__isnull=False)
    if question.split_by == Group.NONE or not key:
        return found
    if question.split_by == Group.PERIOD:
        try:
            month = date.fromisoformat(key)
        except ValueError:
            return found.none()
        return found.filter(opened_on__year=month.year, opened_on__month=month.month)
    fields = _FIELDS[Group(question.split_by)]
    parts = key.split(":")
    if len(parts) != len(fields):
        return found.none()
    if (
        fields[0].endswith("_id")
        and parts[0]
        and not (parts[0].isascii() and parts[0].isdigit() and len(parts[0]) < 19)
    ):
        return found.none()
    return found.filter(**{name: part or None for name, part in zip(fields, parts, strict=True)})


_UNITS: dict[str, str] = {MeasureKind.IN_TIME: "%", MeasureKind.DAYS: "ngày"}


def _late(day: date) -> Q:
    return Q(closed_at__isnull=True, due_on__lt=day)


def _counted(question: Question, day: date) -> QuerySet[Record]:
    """The records the question is about."""
    found = Record.objects.order_by()
    known = {one.key for one in record_types()}
    if question.types:
        found = found.filter(type__in=[one for one in question.types if one in known])
    match question.standing:
        case Standing.OPEN:
            found = found.filter(closed_at__isnull=True)
        case Standing.LATE:
            found = found.filter(_late(day))
        case Standing.CLOSED:
            found = found.filter(closed_at__isnull=False)
    since = _since(question.since, day)
    if since is not None:
        found = found.filter(opened_on__gte=since)
    if question.below is not None:
        below = ids_below(question.below)
        found = found.filter(Q(owner__in=below) | Q(unit__in=below))
    return found


def _since(window: str, day: date) -> date | None:
    return {
        Window.YEAR: day.replace(month=1, day=1),
        Window.MONTH: day.replace(day=1),
        Window.MONTHS: (day.replace(day=1) - timedelta(days=335)).replace(day=1),
    }.get(Window(window))


def _measures(day: date) -> dict[str, Any]:
    """All that may be worked out of a group, in the one statement that groups."""
    closed = Q(closed_at__isnull=False)
    due = closed & Q(due_on__isnull=False)
    lasted = ExpressionWrapper(TruncDate("closed_at") - F("opened_on"), output_field=DurationField())
    return {
        MeasureKind.COUNT: {"count": Count("pk")},
        MeasureKind.LATE: {"count": Count("pk", filter=_late(day))},
        MeasureKind.IN_TIME: {
            "count": Count("pk", filter=due),
            "kept": Count("pk", filter=due & Q(due_on__gte=TruncDate("closed_at"))),
        },
        MeasureKind.DAYS: {"count": Count("pk", filter=closed), "lasted": Sum(lasted, filter=closed)},
    }


def _grouped(question: Question, found: QuerySet[Record], day: date) -> Sequence[dict[str, Any]]:
    measured = _measures(day)[question.measure]
    rows: Any
    if question.split_by == Group.NONE:
        return [found.aggregate(**measured)]
    if question.split_by == Group.PERIOD:
        rows = found.annotate(month=TruncMonth("opened_on")).values("month").annotate(**measured)
    else:
        rows = found.values(*_FIELDS[Group(question.split_by)]).annotate(**measured)
    return list(rows)


def _cell(question: Question, row: dict[str, Any]) -> Cell:
    if question.split_by == Group.NONE:
        key = ""
    elif question.split_by == Group.PERIOD:
        key = row["month"].isoformat()
    else:
        key = ":".join(str(row[name] if row[name] is not None else "") for name in _FIELDS[Group(question.split_by)])
    return Cell(key, "", _value(question.measure, row), row["count"])


def _value(measure: str, row: dict[str, Any]) -> Decimal | None:
    if measure == MeasureKind.IN_TIME:
        return (Decimal(100) * row["kept"] / row["count"]).quantize(Decimal("0.1")) if row["count"] else None
    if measure == MeasureKind.DAYS:
        lasted = row["lasted"] / row["count"] if row["count"] and row["lasted"] is not None else None
        return Decimal(str(round(lasted.total_seconds() / 86_400, 1))) if lasted is not None else None
    return Decimal(row["count"])


def _total(question: Question, rows: Sequence[dict[str, Any]]) -> Decimal | None:
    """Of all groups together, out of their parts: the records are read once."""
    if question.split_by == Group.NONE:
        return None
    lasted = [row["lasted"] for row in rows if row.get("lasted") is not None]
    whole = {
        "count": sum(row["count"] for row in rows),
        "kept": sum(row.get("kept", 0) for row in rows),
        "lasted": sum(lasted, timedelta()) if lasted else None,
    }
    return _value(question.measure, whole)


def _without_small(cells: list[Cell], day: date) -> list[Cell]:
    least = int(regulated("analytics.least_shown_count", on=day))
    shown = suppressed([cell.count for cell in cells], least=least)
    return [
        cell if count is not None else Cell(cell.key, cell.label, None, 0, is_hidden=True)
        for cell, count in zip(cells, shown, strict=True)
    ]


def _named(question: Question, cells: list[Cell]) -> list[Cell]:
    """The cells in words; organizations are named in one query."""
    match question.split_by:
        case Group.NONE:
            labels = {"": question.title}
        case Group.PERIOD:
            labels = {cell.key: f"{cell.key[5:7]}/{cell.key[:4]}" for cell in cells}
        case Group.TYPE:
            labels = {one.key: str(one.label) for one in record_types()}
        case Group.STATE:
            labels = {cell.key: _state_words(*cell.key.split(":")) for cell in cells}
        case _:
            wanted = [int(cell.key) for cell in cells if cell.key]
            rows = Organization.objects.filter(pk__in=wanted).values_list("pk", "short_name", "name")
            labels = {str(pk): short or name for pk, short, name in rows}
    return [Cell(cell.key, labels.get(cell.key, "") or "—", cell.value, cell.count, cell.is_hidden) for cell in cells]


def _state_words(record_type: str, state: str) -> str:
    kinds = {one.key: str(one.label) for one in record_types()}
    return f"{kinds.get(record_type, record_type)}: {flow_of(record_type).state(state).label}"


def _ordered(question: Question, cells: list[Cell]) -> list[Cell]:
    if question.split_by == Group.PERIOD:
        return sorted(cells, key=lambda cell: cell.key)
    return sorted(cells, key=lambda cell: (cell.is_hidden, -(cell.value or 0), cell.label))


def _of_indicator(question: Question, day: date) -> Answer:
    indicator = Indicator.objects.select_related("owner__serves").filter(code=question.indicator).first()
    if indicator is None:
        return Answer(question, [], "", None, note="missing")
    root = question.below or home_of(indicator)
    periods = [Period.containing(day, indicator.rhythm)]
    while len(periods) < question.periods:
        periods.append(periods[-1].previous)
    is_by_unit = question.split_by == Group.UNIT
    found = rolled_up([indicator], periods, root.pk, day, with_parts=is_by_unit)
    if is_by_unit:
        return _by_unit(question, indicator, found, periods)
    figures = [(period, found.total(indicator.pk, period)) for period in reversed(periods)]
    cells = [Cell(period.code, period.name, one.value, one.figures) for period, one in figures]
    while cells and cells[0].value is None:
        cells.pop(0)
    return Answer(question, cells, indicator.unit, None)


def _by_unit(question: Question, indicator: Indicator, found: Any, periods: Sequence[Period]) -> Answer:
    newest = next((one for one in periods if found.total(indicator.pk, one).value is not None), periods[0])
    named = {organization for _indicator, organization, one in found.parts if one == newest}
    rows = Organization.objects.filter(pk__in=named).order_by("name_key", "id")
    parts = [(one, found.part(indicator.pk, one.pk, newest)) for one in rows]
    cells = [Cell(str(one.pk), one.short_name or one.name, part.value, part.figures) for one, part in parts]
    total = found.total(indicator.pk, newest).value
    return Answer(question, cells[:MOST_CELLS], indicator.unit, total, max(0, len(cells) - MOST_CELLS), newest.name)
