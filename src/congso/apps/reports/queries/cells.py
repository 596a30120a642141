"""A report cell by cell: what stands, where it came from, what the last period said, what was remarked."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property

from django.db.models import Q

from congso.apps.reports.models import Entry, Form, Remark, Report
from congso.apps.reports.rules import Schema, show_number
from congso.apps.reports.rules.schema import NumberCell
from congso.kernel.indicators.measures import measure_of
from congso.kernel.indicators.models import Indicator, Observation, Standing
from congso.kernel.indicators.queries import standing_values


@dataclass(frozen=True)
class Filled:
    """One cell. `text` is what the form shows; `since` the entry it was read from (0: none)."""

    key: str
    text: str
    since: int = 0
    entry: Entry | None = None
    last: Decimal | None = None
    shared: Observation | None = None
    counted: str = ""
    url: str = ""
    contested: tuple[Entry, ...] = ()
    remarks: tuple[Remark, ...] = ()

    @property
    def last_text(self) -> str:
        """The last period's figure as printed."""
        return show_number(self.last)


@dataclass(frozen=True)
class Board:
    """All cells of a report."""

    report: Report
    schema: Schema
    cells: Mapping[str, Filled]
    last_texts: Mapping[str, str] = field(default_factory=dict)
    general_remarks: tuple[Remark, ...] = ()
    left_over: tuple[Entry, ...] = ()

    @cached_property
    def texts(self) -> dict[str, str]:
        """What is written, by key: what the checks read."""
        return {key: one.text for key, one in self.cells.items()}

    @cached_property
    def last(self) -> dict[str, Decimal]:
        """The last period's figures."""
        return {key: one.last for key, one in self.cells.items() if one.last is not None}

    @property
    def contested(self) -> list[Filled]:
        """Cells where two people's answers wait to be settled."""
        return [one for one in self.cells.values() if one.contested]


def code_of(form: Form, cell: NumberCell) -> str:
    """The indicator a cell fills: the shared one it names, else the form's own."""
    return cell.indicator or f"{form.code}.{cell.key}"


def indicators_of(form: Form, schema: Schema) -> dict[str, Indicator]:
    """By key of the cell. One query."""
    codes = {key: code_of(form, cell) for key, cell in schema.numbers.items()}
    known = {one.code: one for one in Indicator.objects.filter(code__in=codes.values())}
    return {key: known[code] for key, code in codes.items() if code in known}


def standing_entries(report: Report, keys: Iterable[str] | None = None) -> dict[str, Entry]:
    """The entry that stands in each cell that has one."""
    found = Entry.objects.filter(report=report, is_contested=False)
    if keys is not None:
        found = found.filter(key__in=list(keys))
    return {one.key: one for one in found.order_by("key", "-id").distinct("key")}


def board_of(report: Report, schema: Schema) -> Board:
    """Everything about the cells of a report. Seven queries, and one count a measured cell."""
    entries = standing_entries(report)
    contested = _contested(report, entries)
    remarks = list(Remark.objects.filter(report=report).order_by("-id")[:500])
    indicators = indicators_of(report.form, schema)
    shared, last = _figures(report, indicators)
    cells = {}
    for key in (*schema.numbers, *schema.texts):
        entry, indicator = entries.get(key), indicators.get(key)
        elsewhere = shared.get(indicator.pk) if indicator else None
        said = tuple(one for one in remarks if one.key == key and (entry is None or one.at >= entry.at))
        cell = Filled(
            key, entry.text if entry else "", entry.pk if entry else 0, entry,
            last=last.get(indicator.pk) if indicator else None, shared=elsewhere,
            contested=tuple(contested.get(key, ())), remarks=said,
        )  # fmt: skip
        cells[key] = cell if entry else _offered(cell, indicator, report)
    left_over = [one for key, one in entries.items() if key not in cells and one.text]
    general = [one for one in remarks if not one.key]
    return Board(report, schema, cells, _last_texts(report, schema), tuple(general), tuple(left_over))


def _offered(cell: Filled, indicator: Indicator | None, report: Report) -> Filled:
    """An empty cell shows what is known already: typed in another report, or counted by a system."""
    if cell.shared is not None:
        return Filled(**{**vars(cell), "text": show_number(cell.shared.value)})
    measure = measure_of(indicator.measure) if indicator and indicator.measure else None
    if measure is None or indicator is None:
        return cell
    counted = measure.count(report.organization, report.period.end)
    if counted.value is None:
        return cell
    value = round(counted.value, indicator.decimals)
    return Filled(**{**vars(cell), "text": show_number(value), "counted": str(measure.title), "url": counted.url})


def _contested(report: Report, standing: Mapping[str, Entry]) -> dict[str, list[Entry]]:
    found: dict[str, list[Entry]] = {}
    for one in Entry.objects.filter(report=report, is_contested=True).order_by("id"):
        stands = standing.get(one.key)
        if stands is None or one.pk > stands.pk:
            found.setdefault(one.key, []).append(one)
    return found


def _figures(report: Report, indicators: Mapping[str, Indicator]) -> tuple[dict[int, Observation], dict[int, Decimal]]:
    """What other sources say of this period, and what stood for the last, by indicator."""
    ids, unit, period = {one.pk for one in indicators.values()}, report.organization_id, report.period
    now = Standing.objects.filter(indicator__in=ids, organization=unit, first_day=period.start).select_related(
        "observation__record"
    )
    shared = {
        row.indicator_id: row.observation
        for row in now.filter(~Q(observation__record=report.pk) | Q(observation__record__isnull=True))
    }
    last = standing_values(ids, [unit], [period.previous])
    return shared, {indicator: value for (indicator, _, _), value in last.items()}


def _last_texts(report: Report, schema: Schema) -> dict[str, str]:
    """The parts in words of the last period's report."""
    wanted = [key for key, text in schema.texts.items() if text.carries]
    if not wanted:
        return {}
    before = Entry.objects.filter(
        report__form=report.form_id, report__organization=report.organization_id,
        report__first_day=report.period.previous.start, key__in=wanted, is_contested=False,
    )  # fmt: skip
    return {one.key: one.text for one in before.order_by("key", "-id").distinct("key")}
