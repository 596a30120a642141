"""Who listens in this process, and handing on what the database says. Lives in one event loop; no locks."""

import asyncio
import random
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

NOTICES, WORK = "notices", "work"
RECORD = "record:"  # then the id of a record that changed while people look at it
SPREAD = 10.0  # seconds over which everybody is told after the database was away, so that not all ask at once


@dataclass(eq=False)
class Listener:
    """One open stream: whose, under which session, and what she has not been told yet."""

    person: int
    principals: frozenset[int]
    session: str
    pending: set[str] = field(default_factory=set)
    is_over: bool = False
    _woken: asyncio.Event = field(default_factory=asyncio.Event)

    def tell(self, what: str) -> None:
        """Something is new; told twice before it was sent is told once."""
        self.pending.add(what)
        self._woken.set()

    def end(self) -> None:
        """Close the stream."""
        self.is_over = True
        self._woken.set()

    async def news(self, *, patience: float) -> set[str]:
        """What to tell, at once when there is something, else nothing after `patience` seconds."""
        try:
            async with asyncio.timeout(patience):
                await self._woken.wait()
        except TimeoutError:
            return set()
        self._woken.clear()
        found, self.pending = self.pending, set()
        return found


class Hub:
    """The streams of one web process."""

    def __init__(self) -> None:
        self.people: dict[int, set[Listener]] = defaultdict(set)
        self.holders: dict[int, set[Listener]] = defaultdict(set)
        self.count = 0

    def add(self, listener: Listener) -> None:
        """A stream was opened."""
        self.people[listener.person].add(listener)
        for principal in listener.principals:
            self.holders[principal].add(listener)
        self.count += 1

    def remove(self, listener: Listener) -> None:
        """A stream was closed."""
        _take_out(self.people, listener.person, listener)
        for principal in listener.principals:
            _take_out(self.holders, principal, listener)
        self.count -= 1

    def of(self, person: int) -> int:
        """How many streams a person has open here."""
        return len(self.people.get(person, ()))

    def everyone(self) -> list[Listener]:
        """All open streams."""
        return [listener for found in self.people.values() for listener in found]

    def hear(self, payload: str) -> None:
        """Hand on one message of the database (its form stands in internal/functions.sql)."""
        word, *rest = payload.split()
        ids = [int(one) for one in rest if one.isdigit()]
        if word == "n":
            _tell(self.people, ids, NOTICES)
        elif word == "w":
            _tell(self.holders, ids, WORK)
        elif word == "r" and ids:
            _tell(self.holders, ids[1:], f"{RECORD}{ids[0]}")
        elif word == "*":
            self.tell_everyone()

    def tell_everyone(self) -> None:
        """Nobody knows who missed what: everybody looks again, one after the other."""
        loop = asyncio.get_running_loop()
        for listener in self.everyone():
            for what in (NOTICES, WORK):
                loop.call_later(random.uniform(0, SPREAD), listener.tell, what)  # noqa: S311 - no secret


def _tell(listeners: dict[int, set[Listener]], ids: Iterable[int], what: str) -> None:
    for one in ids:
        for listener in listeners.get(one, ()):
            listener.tell(what)


def _take_out(listeners: dict[int, set[Listener]], key: int, listener: Listener) -> None:
    listeners[key].discard(listener)
    if not listeners[key]:
        del listeners[key]
