"""Tasks as a tree: a document's chapters and clauses, the tasks they gave, and what those were divided into."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date

from django.db.models import QuerySet

from congso.apps.directives.flow import RUNNING, assigner_principals, dividing_offices
from congso.apps.directives.models import DeadlineKind, Task
from congso.apps.directives.queries.overviews import STANDING_KEYS, natural
from congso.apps.directives.queries.tasks import standings, tasks
from congso.apps.directives.rules import is_completed_late, is_overdue

MOST_IN_TREE = 2_000
MOST_SUB_TASKS = 300


@dataclass
class Branch:
    """A chapter, a clause or a task with what stands below it. `standing` is a task's own."""

    words: str
    task: Task | None = None
    standing: str = ""
    children: list["Branch"] = field(default_factory=list)

    def walk(self) -> Iterator["Branch"]:
        """Itself and everything below."""
        yield self
        for child in self.children:
            yield from child.walk()

    @property
    def counts(self) -> dict[str, int]:
        """How many tasks, its own and those below, stand how; the worst first."""
        found = [one.standing for one in self.walk() if one.standing]
        return {key: found.count(key) for key in STANDING_KEYS if key in found}

    @property
    def total(self) -> int:
        """How many tasks."""
        return sum(self.counts.values())


@dataclass(frozen=True)
class Tree:
    """What one document gave, as far as the asker sees it. `is_cut`: there is more than was read."""

    symbol: str
    chapters: Sequence[Branch]
    is_cut: bool

    @property
    def total(self) -> int:
        """How many tasks."""
        return sum(one.total for one in self.chapters)


def tree_of(found: QuerySet[Task], symbol: str, today: date) -> Tree:
    """The tasks of one document: by chapter, by clause, each with its sub-tasks. One query."""
    rows = found.filter(standings(today)["counted"], source_symbol=symbol).select_related("unit", "owner")
    listed = list(rows.order_by("pk")[: MOST_IN_TREE + 1])
    return Tree(symbol, _grown(listed[:MOST_IN_TREE], today), len(listed) > MOST_IN_TREE)


def _grown(listed: Sequence[Task], today: date) -> list[Branch]:
    branches = {task.pk: Branch(task.title, task, standing_of(task, today)) for task in listed}
    chapters: dict[str, dict[str, list[Branch]]] = defaultdict(lambda: defaultdict(list))
    for task in listed:
        if task.parent_id in branches:
            branches[task.parent_id].children.append(branches[task.pk])
        else:
            chapters[task.chapter][task.clause].append(branches[task.pk])
    return [
        Branch(chapter, children=[Branch(clause, children=chapters[chapter][clause]) for clause in _ordered(clauses)])
        for chapter, clauses in ((one, chapters[one]) for one in _ordered(chapters))
    ]


def _ordered(names: Iterable[str]) -> list[str]:
    return sorted(names, key=natural)


def standing_of(task: Task, today: date) -> str:
    """How one counted task stands; the keys of `standings`."""
    if task.completed_on is not None and task.state == "completed":
        return "late_done" if is_completed_late(task.due_on, task.completed_on) else "on_time"
    if task.state not in RUNNING:
        return "on_time" if task.state == "completed" else "resting"
    return "overdue" if is_overdue(task.due_on, today, is_running=True) else "running"


def sub_tasks_of(task: Task) -> list[Task]:
    """What the task was divided into, as the asker sees it, in Vietnamese order of the leads."""
    found = tasks().filter(parent=task.pk).exclude(state="cancelled")
    return list(found.order_by("unit__name_key", "pk")[:MOST_SUB_TASKS])


def parent_of(task: Task) -> Task | None:
    """The task it is a part of; None without one, or where the asker does not see it."""
    return Task.objects.filter(pk=task.parent_id).first() if task.parent_id else None


def may_divide(task: Task, held: frozenset[int]) -> bool:
    """Whether somebody with these principals gives sub-tasks of the task now."""
    if task.state not in RUNNING or task.deadline_kind == DeadlineKind.RECURRING:
        return False
    return any(held & assigner_principals(one) for one in dividing_offices(task))
