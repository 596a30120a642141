"""Tasks seen from afar: units against what they were given, and days against what is due."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Exists, OuterRef, Q, QuerySet

from congso.apps.directives.flow import RUNNING, ended_sources
from congso.apps.directives.models import DeadlineKind, Task
from congso.apps.directives.queries.tasks import counts_by, standings
from congso.kernel.records.models import Link, Record, TimelineEntry

MOST_UNITS = 200
MOST_CLAUSES = 40
MOST_BARS = 150
MOST_FED = 500
MOST_TOUCHED = 500
FED_BACK, FED_AHEAD = timedelta(days=90), timedelta(days=366)
STANDING_KEYS = ("overdue", "running", "resting", "late_done", "on_time")  # the worst first


@dataclass(frozen=True)
class Square:
    """One square of the heat map: how many tasks stand how, the worst standing among them."""

    counts: dict[str, int]

    @property
    def total(self) -> int:
        """All of them."""
        return sum(self.counts.values())

    @property
    def worst(self) -> str:
        """The worst standing; empty without a task."""
        return next((key for key in STANDING_KEYS if self.counts.get(key)), "")


@dataclass(frozen=True)
class UnitRow:
    """A unit with its squares, one a column; `late` puts the latest first."""

    unit_id: int
    name: str
    squares: Sequence[Square | None]
    late: int


@dataclass(frozen=True)
class HeatMap:
    """Units against clauses of one document, or against standings; `more` units and clauses were left out."""

    columns: Sequence[str]
    rows: Sequence[UnitRow]
    more_units: int
    more_columns: int


def heat_by_clause(found: QuerySet[Task], today: date) -> HeatMap:
    """Units against the clauses of the documents among the tasks; one statement."""
    counted = counts_by(found, ("unit__name_key", "unit_id", "unit__short_name", "unit__name", "clause"), today)
    clauses = sorted({row["clause"] for row in counted}, key=natural)
    shown = clauses[:MOST_CLAUSES]
    units: dict[int, dict[str, Square]] = defaultdict(dict)
    names: dict[int, str] = {}
    for row in counted:
        if row["unit_id"] is None:
            continue
        names[row["unit_id"]] = row["unit__short_name"] or row["unit__name"]
        units[row["unit_id"]][row["clause"]] = Square({key: row[key] for key in STANDING_KEYS if row[key]})
    rows = [
        UnitRow(unit, names[unit], [squares.get(clause) for clause in shown],
                sum(square.counts.get("overdue", 0) for square in squares.values()))
        for unit, squares in units.items()
    ]  # fmt: skip
    return _cut(shown, rows, len(clauses) - len(shown))


def heat_by_standing(found: QuerySet[Task], today: date) -> HeatMap:
    """Units against how their tasks stand; one statement."""
    counted = counts_by(found, ("unit__name_key", "unit_id", "unit__short_name", "unit__name"), today)
    rows = [
        UnitRow(row["unit_id"], row["unit__short_name"] or row["unit__name"],
                [Square({key: row[key]}) if row[key] else None for key in STANDING_KEYS], row["overdue"])
        for row in counted
        if row["unit_id"] is not None
    ]  # fmt: skip
    return _cut(STANDING_KEYS, rows, 0)


def _cut(columns: Sequence[str], rows: list[UnitRow], more_columns: int) -> HeatMap:
    ordered = sorted(rows, key=lambda row: -row.late)  # equal ones keep the Vietnamese order of their names
    return HeatMap(columns, ordered[:MOST_UNITS], max(0, len(ordered) - MOST_UNITS), max(0, more_columns))


def natural(clause: str) -> list[tuple[int, str]]:
    """Sorts clauses: II.2 before II.10: numbers by their size."""
    parts = clause.replace("-", ".").split(".")
    return [(int(part), "") if part.isascii() and part.isdigit() else (-1, part) for part in parts]


def due_between(found: QuerySet[Task], first: date, last: date) -> list[Task]:
    """Tasks that count, due on these days, by day."""
    due = found.filter(due_on__range=(first, last)).exclude(state="cancelled")
    due = due.exclude(deadline_kind=DeadlineKind.RECURRING).select_related("unit")
    return list(due.order_by("due_on", "pk")[:2_000])


def on_the_way(found: QuerySet[Task], today: date) -> list[Task]:
    """Running tasks with a day, the nearest first: what a Gantt view draws."""
    running = found.filter(standings(today)["counted"], state__in=RUNNING, due_on__isnull=False)
    return list(running.select_related("unit").order_by("due_on", "pk")[:MOST_BARS])


def fed(found: QuerySet[Task], today: date) -> list[Task]:
    """What a subscribed calendar holds: due within a year, or lately; cancelled ones are said to be so."""
    near = Q(due_on__range=(today - FED_BACK, today + FED_AHEAD))
    rows = found.filter(near).exclude(deadline_kind=DeadlineKind.RECURRING).select_related("unit")
    return list(rows.order_by("due_on", "pk")[:MOST_FED])


def touched(found: QuerySet[Task]) -> QuerySet[Task]:
    """Tasks whose source no longer stands, completed ones too: to be looked at again, amended, reopened, cancelled or
    kept as they are. Only where the asker sees the source."""
    return found.filter(Exists(ended_sources().filter(source_id=OuterRef("pk")))).exclude(state="cancelled")


@dataclass(frozen=True)
class EndedSource:
    """A document that gave work and no longer stands, why, what stands in its place, and the tasks it touches."""

    record: Record
    words: str
    successors: Sequence[Record]
    tasks: Sequence[Task]

    @property
    def completed(self) -> int:
        """How many of them were done by what it said."""
        return sum(task.state == "completed" for task in self.tasks)


def ended_with_tasks(found: QuerySet[Task]) -> list[EndedSource]:
    """The ended sources of the tasks touched among `found`, the latest first. Four queries."""
    tasks = {task.pk: task for task in touched(found).select_related("unit").order_by("clause", "pk")[:MOST_TOUCHED]}
    ties = list(ended_sources().filter(source__in=tasks).select_related("target").order_by("-target__closed_at", "pk"))
    records = {tie.target_id: tie.target for tie in ties}
    said = TimelineEntry.objects.filter(record__in=records).order_by("record_id", "-id").distinct("record_id")
    words = {line.record_id: f"{line.label}. {line.note}".strip() for line in said}
    related = Link.objects.filter(target__in=records, kind=Link.Kind.RELATED).select_related("source")
    return [
        EndedSource(
            record,
            words.get(pk, ""),
            [tie.source for tie in related if tie.target_id == pk and tie.source.type == record.type],
            [tasks[tie.source_id] for tie in ties if tie.target_id == pk],
        )
        for pk, record in records.items()
    ]
