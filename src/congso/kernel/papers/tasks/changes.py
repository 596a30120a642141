"""What an amended paper changes: tasks added, removed and changed between two readings."""

from collections.abc import Sequence
from dataclasses import dataclass, fields
from difflib import SequenceMatcher

from congso.kernel.papers.proposals import TaskProposal
from congso.lib.vietnamese import fold

_ALIKE = 0.8
_ALIKE_AT_THE_SAME_PLACE = 0.5
_TOLD = ("text", "clause", "lead", "supporting", "start", "due", "recurrence", "schedule_text", "product")
_FAR = 40  # tasks further apart in the papers are compared only when their clause or first words agree


@dataclass(frozen=True)
class Changed:
    """A task that stayed but says something else; `fields` names what differs."""

    old: TaskProposal
    new: TaskProposal
    fields: tuple[str, ...]


@dataclass(frozen=True)
class Changes:
    """The difference between two readings; tasks that are the same are in none of the lists."""

    added: tuple[TaskProposal, ...] = ()
    removed: tuple[TaskProposal, ...] = ()
    changed: tuple[Changed, ...] = ()

    @property
    def is_empty(self) -> bool:
        return not (self.added or self.removed or self.changed)


def compare_readings(old: Sequence[TaskProposal], new: Sequence[TaskProposal]) -> Changes:
    """Pairs each old task with the new one of like words, of the same clause before all others."""
    pairs = _pairs(old, new)
    taken = set(pairs.values())
    changed = [
        Changed(old[before], new[after], differing)
        for before, after in sorted(pairs.items())
        if (differing := _differing(old[before], new[after]))
    ]
    return Changes(
        added=tuple(task for place, task in enumerate(new) if place not in taken),
        removed=tuple(task for place, task in enumerate(old) if place not in pairs),
        changed=tuple(changed),
    )


def pair_readings(old: Sequence[TaskProposal], new: Sequence[TaskProposal]) -> dict[int, int]:
    """Which old task is which new one, by their places: all that stayed, changed or not."""
    return _pairs(old, new)


def _pairs(old: Sequence[TaskProposal], new: Sequence[TaskProposal]) -> dict[int, int]:
    pairs: dict[int, int] = {}
    taken: set[int] = set()
    by_words: dict[str, list[int]] = {}
    for place, task in enumerate(new):
        by_words.setdefault(_plain(task.text), []).append(place)
    for place, task in enumerate(old):  # the same words first: cheap, and right wherever they moved to
        same = [other for other in by_words.get(_plain(task.text), ()) if other not in taken]
        best = min(same, key=lambda other: (new[other].clause != task.clause, abs(other - place)), default=None)
        if best is not None:
            pairs[place] = best
            taken.add(best)
    likely = [
        (likeness, before, after)
        for before, task in enumerate(old)
        if before not in pairs
        for after, other in enumerate(new)
        if after not in taken
        and (task.clause == other.clause or abs(before - after) <= _FAR)
        and (likeness := _likeness(task, other))
    ]
    for _, before, after in sorted(likely, key=lambda each: (-each[0], each[1], each[2])):
        if before not in pairs and after not in taken:
            pairs[before] = after
            taken.add(after)
    return pairs


def _likeness(old: TaskProposal, new: TaskProposal) -> float:
    same_place = old.clause == new.clause
    least = _ALIKE_AT_THE_SAME_PLACE if same_place else _ALIKE
    matcher = SequenceMatcher(None, _plain(old.text), _plain(new.text), autojunk=False)
    if matcher.quick_ratio() < least:
        return 0.0
    alike = matcher.ratio()
    return alike + same_place if alike >= least else 0.0


def _differing(old: TaskProposal, new: TaskProposal) -> tuple[str, ...]:
    names = [field.name for field in fields(TaskProposal) if field.name in _TOLD]
    return tuple(name for name in names if getattr(old, name) != getattr(new, name))


def _plain(text: str) -> str:
    return " ".join(fold(text).lower().split())
