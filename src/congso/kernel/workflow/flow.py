"""The words a flow is written in."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from congso.kernel.records.types import Words


class Tone(StrEnum):
    """The colour a state shows in; the word beside it says the same."""

    NEUTRAL = "secondary"
    WAITING = "azure"
    WORKING = "blue"
    WARNING = "orange"
    DONE = "green"
    STOPPED = "red"


@dataclass(frozen=True)
class Role:
    """Who, relative to a record: `principals` names them."""

    key: str
    label: Words
    principals: Callable[[Any], Iterable[int]]


@dataclass(frozen=True)
class Guard:
    """A condition on the record at a moment, and what to tell the person when it does not hold."""

    holds: Callable[[Any, datetime], bool]
    message: Words


@dataclass(frozen=True)
class State:
    """A stage of life: who sees it besides those who may act in it, and whose turn it is.

    Many may act (cancel, correct, add a word); `awaits` names those who must, and fills their work lists.
    """

    key: str
    label: Words
    audience: tuple[Role, ...]
    tone: Tone = Tone.NEUTRAL
    is_closed: bool = False
    awaits: tuple[Role, ...] = ()
    closes_files: bool = False


@dataclass(frozen=True)
class Transition:
    """What may happen: from which states, to which (empty: it stays), by whom, under which conditions.

    `may_wait`: done on a device while the network is away, it may be sent later, if the record has not moved.
    """

    key: str
    label: Words
    sources: tuple[str, ...]
    target: str
    by: tuple[Role, ...]
    needs_reason: bool = False
    guards: tuple[Guard, ...] = ()
    notifies: tuple[Role, ...] = ()
    icon: str = "arrow-right"
    may_wait: bool = False


@dataclass(frozen=True)
class Flow:
    """The whole life of a record type; malformed tables fail at start-up.

    A record begins in `initial`; one taken over from another system in `migrated`, brought by those named.
    """

    record_type: str
    initial: str
    states: tuple[State, ...]
    transitions: tuple[Transition, ...]
    migrated: str = ""
    migrated_by: tuple[Role, ...] = ()

    def __post_init__(self) -> None:
        known = {state.key for state in self.states}
        named = {source for transition in self.transitions for source in transition.sources}
        named |= {transition.target for transition in self.transitions if transition.target}
        named |= {self.initial} | ({self.migrated} if self.migrated else set())
        if named - known:
            raise ValueError(f"{self.record_type}: unknown states {sorted(named - known)}")
        if len({transition.key for transition in self.transitions}) != len(self.transitions):
            raise ValueError(f"{self.record_type}: a transition is named twice")

    def state(self, key: str) -> State:
        """The state of that key."""
        return next(state for state in self.states if state.key == key)

    def transition(self, key: str) -> Transition:
        """The transition of that key."""
        return next(transition for transition in self.transitions if transition.key == key)

    def leaving(self, state: str) -> list[Transition]:
        """What can happen in a state."""
        return [transition for transition in self.transitions if state in transition.sources]

    def handlers(self, record: Any, state: str) -> set[int]:
        """Principals who may do something in the state."""
        return {p for t in self.leaving(state) for role in t.by for p in role.principals(record)}

    def awaited(self, record: Any, state: str) -> set[int]:
        """Principals whose turn it is in the state."""
        return {p for role in self.state(state).awaits for p in role.principals(record)}

    def audience(self, record: Any, state: str) -> set[int]:
        """Principals who see the record in the state: its audience and everyone who may act."""
        shown = {p for role in self.state(state).audience for p in role.principals(record)}
        return shown | self.handlers(record, state)


_flows: dict[str, Flow] = {}


def register_flow(flow: Flow) -> None:
    """Announce a flow; done once at start-up by the manifests."""
    _flows[flow.record_type] = flow


def flow_of(record_type: str) -> Flow:
    """The flow of a record type."""
    return _flows[record_type]


def flows() -> list[Flow]:
    """Every flow, for diagrams and exhaustive tests."""
    return list(_flows.values())
