"""The board of one plan: its tree with figures, outlooks and tasks, in a bounded number of queries."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date

from django.utils import timezone

from congso.apps.plan_board.models import Direction, Figure, Item, ItemKind, Plan
from congso.apps.plan_board.rules import Judgement, Mark, Outlook, TaskStanding, judge, task_standing, worst
from congso.kernel.records.models import Link, Record
from congso.kernel.regulations.queries import value
from congso.kernel.workflow.flow import Tone, flow_of

MOST_TASKS = 2_000


@dataclass(frozen=True)
class TaskLine:
    """A task of the plan: the record, the clause it was given for, how it stands."""

    record: Record
    clause: str
    standing: TaskStanding

    @property
    def is_counted(self) -> bool:
        """Whether it counts among the plan's tasks: what was cancelled does not."""
        return self.standing is not TaskStanding.CANCELLED


@dataclass
class Node:
    """An item with what is below it. `figures` are oldest first."""

    item: Item
    depth: int
    judgement: Judgement
    figures: Sequence[Figure] = ()
    tasks: Sequence[TaskLine] = ()
    children: list["Node"] = field(default_factory=list)

    @property
    def figure(self) -> Figure | None:
        """The newest figure."""
        return self.figures[-1] if self.figures else None

    @property
    def outlook(self) -> Outlook:
        """Its own, its tasks' and that of the worst below it."""
        return worst([self.judgement.outlook, *_of_tasks(self.tasks), *(child.outlook for child in self.children)])

    def walk(self) -> Iterator["Node"]:
        """Itself and everything below it, from top to bottom."""
        yield self
        for child in self.children:
            yield from child.walk()

    @property
    def done(self) -> int:
        """How many of its tasks are completed, in time or late."""
        return sum(one.standing in (TaskStanding.DONE, TaskStanding.DONE_LATE) for one in self.tasks)

    @property
    def counted(self) -> int:
        """How many tasks count."""
        return sum(one.is_counted for one in self.tasks)

    @property
    def overdue(self) -> int:
        """How many of its tasks are late."""
        return sum(one.standing is TaskStanding.OVERDUE for one in self.tasks)


@dataclass(frozen=True)
class Board:
    """A plan on a day. `tasks` are those the asker sees, also such as no item names."""

    plan: Plan
    day: date
    roots: Sequence[Node]
    tasks: Sequence[TaskLine]
    is_cut: bool

    def nodes(self) -> Iterator[Node]:
        """All items from top to bottom."""
        for root in self.roots:
            yield from root.walk()

    @property
    def targets(self) -> list[Node]:
        """The targets in their order."""
        return [node for node in self.nodes() if node.item.kind == ItemKind.TARGET]

    @property
    def overdue(self) -> list[TaskLine]:
        """What is late, the longest first."""
        late = [one for one in self.tasks if one.standing is TaskStanding.OVERDUE]
        return sorted(late, key=lambda one: (one.record.due_on or self.day, one.record.pk))


def board_of(plan: Plan, day: date) -> Board:
    """The board on a day, judged by what was known then. Four queries beside the plan's own."""
    items = [item for item in plan.items.all() if not item.is_dropped]
    figures = _figures([item for item in items if item.kind == ItemKind.TARGET], day)
    tasks = tasks_of(plan, day)
    by_clause: dict[str, list[TaskLine]] = defaultdict(list)
    for line in tasks[:MOST_TASKS]:
        by_clause[line.clause].append(line)
    stale = stale_after(day)
    below: dict[int | None, list[Item]] = defaultdict(list)
    known = {item.pk for item in items}
    for item in items:
        below[item.parent_id if item.parent_id in known else None].append(item)

    def grow(parent: int | None, depth: int) -> list[Node]:
        found = []
        for item in below.get(parent, ()):
            own = figures.get(item.pk, [])
            # A group's clause names no task of its own.
            given = by_clause.get(item.clause, []) if item.kind == ItemKind.TASK and item.clause else []
            node = Node(item, depth, judgement_of(item, own, plan=plan, day=day, stale_after=stale), own, given)
            node.children = grow(item.pk, depth + 1)
            found.append(node)
        return found

    return Board(plan, day, grow(None, 1), tasks[:MOST_TASKS], len(tasks) > MOST_TASKS)


def stale_after(day: date) -> int:
    """After how many days a figure counts as old; the office's own number."""
    return int(value("plan_board.stale_after_days", on=day))


def judgement_of(item: Item, figures: Iterable[Figure], *, plan: Plan, day: date, stale_after: int) -> Judgement:
    """How a target stands; an item that is none has no judgement of its own."""
    marks = [Mark(one.day, one.value) for one in figures]
    milestones = [Mark(one.due_on, one.value) for one in item.milestones.all()] if item.measured_by else []
    return judge(
        milestones, marks, starts_on=plan.starts_on, today=day, stale_after=stale_after,
        is_at_most=item.direction == Direction.AT_MOST,
    )  # fmt: skip


def _figures(items: Sequence[Item], day: date) -> dict[int, list[Figure]]:
    """Figures of these targets until the day; of two of one day the later one stands."""
    found: dict[int, dict[date, Figure]] = defaultdict(dict)
    rows = Figure.objects.filter(item__in=[item.pk for item in items], day__lte=day).order_by("day", "id")
    for one in rows:
        found[one.item_id][one.day] = one
    return {item: list(days.values()) for item, days in found.items()}


def tasks_of(plan: Plan, day: date) -> list[TaskLine]:
    """Tasks that name the plan or its paper as their source, and the periods of recurring ones; as the asker sees them.

    One more than `MOST_TASKS` says that there are more.
    """
    sources = [pk for pk in (plan.pk, plan.document_id) if pk]
    given = Link.objects.filter(target__in=sources, kind=Link.Kind.SOURCE).exclude(source=plan.pk)
    direct = list(given.select_related("source__unit").order_by("source_id")[: MOST_TASKS + 1])
    lines = {link.source_id: _line(link.source, link.clause, day) for link in direct if link.source.type == "task"}
    periods = Link.objects.filter(target__in=list(lines), kind=Link.Kind.SERIES).select_related("source__unit")
    for link in periods.order_by("source_id")[: MOST_TASKS + 1]:
        lines[link.source_id] = _line(link.source, lines[link.target_id].clause, day)
    return list(lines.values())[: MOST_TASKS + 1]


def _line(record: Record, clause: str, day: date) -> TaskLine:
    state = flow_of(record.type).state(record.state)
    closed = record.closed_at
    standing = task_standing(
        is_closed=state.is_closed, is_done=state.tone is Tone.DONE, is_awaited=bool(state.awaits),
        due_on=record.due_on, closed_on=timezone.localdate(closed) if closed else None, today=day,
    )  # fmt: skip
    return TaskLine(record, clause, standing)


def _of_tasks(tasks: Iterable[TaskLine]) -> list[Outlook]:
    """What tasks say of the item that gives them."""
    told = {
        TaskStanding.OVERDUE: Outlook.LATE,
        TaskStanding.RUNNING: Outlook.ON_COURSE,
        TaskStanding.DONE: Outlook.REACHED,
        TaskStanding.DONE_LATE: Outlook.REACHED,
    }
    return [told[one.standing] for one in tasks if one.standing in told]
