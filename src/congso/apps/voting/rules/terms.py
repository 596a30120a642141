"""The words of the engine: what a voting rule says, who there is, what was cast, what came of it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum


class Kind(StrEnum):
    """What is asked: yes or no to something, or whom to elect from a list."""

    QUESTION = "question"
    LIST = "list"


class Base(StrEnum):
    """Out of how many the share is taken."""

    MEMBERS = "members"  # all incumbent members, present or not
    SUMMONED = "summoned"  # those summoned, less what the regulation takes off
    PRESENT = "present"
    ISSUED = "issued"
    COLLECTED = "collected"
    VALID = "valid"


class Secrecy(StrEnum):
    """Whether a ballot under the rule is secret."""

    REQUIRED = "required"
    OPEN = "open"
    EITHER = "either"


class Method(StrEnum):
    """How votes are given."""

    HANDS = "hands"
    NAMED = "named"
    SECRET = "secret"  # noqa: S105 - a way of voting
    PAPER = "paper"


class Way(StrEnum):
    """Where: members sit together, or each answers a letter by a deadline."""

    ROOM = "room"
    CIRCULATION = "circulation"


class Marks(StrEnum):
    """How a list ballot is filled in: names struck out, or a box ticked beside each."""

    STRIKE = "strike"
    BOXES = "boxes"


class Tie(StrEnum):
    """What happens when the last seat is tied."""

    AGAIN = "again"  # those tied are voted on once more
    BODY = "body"  # the body decides whether to vote again


class Choice(StrEnum):
    """An answer to a question; also a box beside a name."""

    YES = "yes"
    NO = "no"
    OTHER = "other"


@dataclass(frozen=True)
class Share:
    """A part of a whole: more than it, or at least it. Compared as whole numbers, never rounded."""

    part: int
    whole: int
    is_more_than: bool = False

    def needed(self, base: int) -> int:
        """The least number that is enough out of the base."""
        product = base * self.part
        return product // self.whole + 1 if self.is_more_than else -(-product // self.whole)

    def is_reached(self, number: int, base: int) -> bool:
        """Whether the number is enough; never out of nothing."""
        return base > 0 and number >= self.needed(base)


@dataclass(frozen=True)
class Quorum:
    """How many must be there before a vote begins."""

    base: Base
    share: Share


@dataclass(frozen=True)
class Rule:
    """A voting rule. What is None is not defined yet, and no ballot opens under it.

    `quorum`: None until somebody says; `NO_QUORUM` where none is asked. `surplus_most`: in per cent of the seats.
    """

    kind: Kind
    base: Base | None = None
    share: Share | None = None
    quorum: "Quorum | NoQuorum | None" = None
    secrecy: Secrecy | None = None
    by_circulation: bool | None = None
    basis: str = ""
    marks: Marks = Marks.STRIKE
    needs_surplus: bool | None = None
    surplus_most: int | None = None
    tie: Tie | None = None
    rounds_most: int = 0


@dataclass(frozen=True)
class NoQuorum:
    """Said on purpose: this vote asks for no quorum of its own."""


NO_QUORUM = NoQuorum()


@dataclass(frozen=True)
class Roll:
    """How many people there are on the day. `deducted`: why and how many are taken off those summoned."""

    members: int
    summoned: int
    present: int
    deducted: Mapping[str, int] = field(default_factory=dict)

    @property
    def summoned_that_count(self) -> int:
        """Those summoned, less the deductions."""
        return self.summoned - sum(self.deducted.values())


@dataclass(frozen=True)
class Tally:
    """What was counted. Of a question: yes, no, other; of a list: votes by name, in the list's order."""

    issued: int
    collected: int
    valid: int
    yes: int = 0
    no: int = 0
    other: int = 0
    votes: Sequence[int] = ()
    invalid_why: Mapping[str, int] = field(default_factory=dict)

    @property
    def invalid(self) -> int:
        """Those collected that do not count."""
        return self.collected - self.valid


@dataclass(frozen=True)
class Reason:
    """One sentence of why, and the text it rests on."""

    text: str
    basis: str = ""


@dataclass(frozen=True)
class Outcome:
    """What came of it. Of a list: places in it that are elected, and those to be voted on again."""

    is_carried: bool
    verdict: str
    reasons: tuple[Reason, ...]
    base: int
    needed: int
    elected: tuple[int, ...] = ()
    again: tuple[int, ...] = ()
    seats_left: int = 0
