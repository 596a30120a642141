"""How well read tasks agree with the truth: found, missed, invented, and their fields exact or not."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher

from congso.kernel.papers.proposals import TaskProposal
from congso.lib.vietnamese import fold
from tests.reading.plan_parts import Task

_ALIKE = 0.8


@dataclass
class Score:
    """Counts of one plan or of many added up."""

    expected: int = 0
    read: int = 0
    matched: int = 0
    lead: int = 0
    supporting: int = 0
    due: int = 0
    start: int = 0
    recurrence: int = 0
    clause: int = 0
    faults: list[str] = field(default_factory=list)

    @property
    def precision(self) -> float:
        return self.matched / self.read if self.read else 0.0

    @property
    def recall(self) -> float:
        return self.matched / self.expected if self.expected else 0.0

    @property
    def f1(self) -> float:
        total = self.read + self.expected
        return 2 * self.matched / total if total else 0.0

    def share(self, name: str) -> float:
        """The share of matched tasks whose field is exact."""
        return float(getattr(self, name)) / self.matched if self.matched else 0.0

    def __add__(self, other: "Score") -> "Score":
        numbers = {
            name: getattr(self, name) + getattr(other, name) for name in self.__dataclass_fields__ if name != "faults"
        }
        return Score(**numbers, faults=self.faults + other.faults)


def score(expected: Sequence[Task], read: Sequence[TaskProposal]) -> Score:
    """Each expected task is matched with the likest read one of the same clause or a text at least 0.8 alike."""
    result = Score(expected=len(expected), read=len(read))
    free = list(range(len(read)))
    pairs = sorted(
        ((_likeness(task, read[place]), number, place) for number, task in enumerate(expected) for place in free),
        reverse=True,
    )
    taken: dict[int, int] = {}
    for likeness, number, place in pairs:
        if likeness and number not in taken and place in free:
            taken[number] = place
            free.remove(place)
    for number, task in enumerate(expected):
        if number in taken:
            _compare(task, read[taken[number]], result)
        else:
            result.faults.append(f"missed: {task.clause} {task.text[:70]}")
    result.faults += [f"invented: {read[place].clause} {read[place].text[:70]}" for place in free]
    return result


def _likeness(task: Task, proposal: TaskProposal) -> float:
    alike = SequenceMatcher(None, _plain(task.text), _plain(proposal.text), autojunk=False).ratio()
    same_clause = proposal.clause == task.clause and alike > 0.3
    return alike + same_clause if same_clause or alike >= _ALIKE else 0.0


def _compare(task: Task, proposal: TaskProposal, result: Score) -> None:
    result.matched += 1
    pairs = {
        "clause": (task.clause, proposal.clause),
        "lead": (_plain(task.lead), _plain(proposal.lead)),
        "supporting": ({_plain(name) for name in task.supporting}, {_plain(name) for name in proposal.supporting}),
        "start": (task.start, proposal.start),
        "due": (task.due, proposal.due),
        "recurrence": (task.recurrence, proposal.recurrence),
    }
    for name, (wanted, found) in pairs.items():
        if wanted == found:
            setattr(result, name, getattr(result, name) + 1)
        else:
            result.faults.append(f"{task.clause} {name}: {wanted!r} read as {found!r}")


def _plain(text: str) -> str:
    """Without tones and case: the scan's slips in letters are the business of the directory's resolution."""
    return re.sub(r"[^a-z0-9]+", " ", fold(text).lower()).strip()
