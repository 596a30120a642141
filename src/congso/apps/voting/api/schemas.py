"""What the REST acts take and give."""

from datetime import date, datetime
from typing import Literal

from ninja import Field, Schema

from congso.apps.voting.models import Ballot, BallotMethod
from congso.apps.voting.services import MOST_NAMES


class BallotUnitOut(Schema):
    """An organization by id, code and name."""

    id: int
    code: str
    name: str


class BallotHeadOut(Schema):
    """What every answer says of a ballot. `verdict`: what came of it, once counted."""

    id: int
    state: str
    title: str
    subject: str
    method: str
    way: str
    owner: BallotUnitOut
    opened_on: date
    closes_at: datetime | None
    round: int
    verdict: str


class BallotOut(BallotHeadOut):
    """A ballot as lists give it."""

    @staticmethod
    def resolve_verdict(ballot: Ballot) -> str:
        """Empty before there is a result."""
        return str(ballot.result.get("outcome", {}).get("verdict", ""))


class VotingRuleOut(Schema):
    """What a ballot is judged by, in words and with its basis; of an open one as it was kept at the opening."""

    title: str
    enough: str
    quorum: str
    basis: str


class VotingRollOut(Schema):
    """The list in figures: members, those summoned, present, and taken off the total, by reason."""

    members: int
    summoned: int
    present: int
    deducted: dict[str, int]


class BallotNameOut(Schema):
    """A name on an election list; `place` is what a vote names."""

    place: int = Field(alias="position")
    name: str
    note: str


class VotingStandingOut(Schema):
    """How far it is. Of a secret ballot `taken` papers were handed out and `in_box` slips lie in the box."""

    expected: int
    answered: int
    taken: int
    in_box: int


class NamedAnswerOut(Schema):
    """A named vote. `counts`: false when its voter lost her vote afterwards."""

    voter: str
    choice: str
    picks: list[int]
    words: str
    at: datetime
    counts: bool


class VotingReasonOut(Schema):
    """One sentence of why, and the text it rests on."""

    text: str
    basis: str


class BallotResultOut(Schema):
    """What was counted and what the rule makes of it. `votes`, `elected`, `again` go by places of the list."""

    verdict: str
    is_carried: bool
    needed: int
    base: int
    reasons: list[VotingReasonOut]
    issued: int
    collected: int
    valid: int
    yes: int
    no: int
    other: int
    votes: list[int]
    invalid_why: dict[str, int]
    elected: list[int]
    again: list[int]
    seats_left: int


class BallotDetailOut(BallotHeadOut):
    """A ballot, what the caller answered and may do now. `answers`: of named votes, once there is a result.

    `may_vote`: whether `vote` takes an answer of the caller now.
    """

    question: str
    seats: int
    is_personnel: bool
    opened_at: datetime | None
    rule: VotingRuleOut
    roll: VotingRollOut | None
    names: list[BallotNameOut]
    standing: VotingStandingOut
    may_vote: bool
    mine: NamedAnswerOut | None
    answers: list[NamedAnswerOut]
    result: BallotResultOut | None
    acts: list[str]


class BallotListIn(Schema):
    """What the list is narrowed to: `mine` waits for the caller's vote."""

    scope: Literal["mine", "running", "counted", "all"] = "all"
    method: BallotMethod | None = None
    office: int | None = Field(None, ge=1, le=2**63 - 1)


class NamedVoteIn(Schema):
    """A named vote. To a question `choice`, another opinion with its `words`; to a list the `picks`, by place."""

    choice: Literal["", "yes", "no", "other"] = ""
    picks: list[int] = Field([], max_length=MOST_NAMES)
    words: str = Field("", max_length=4000)


class BallotNoteIn(Schema):
    """A note beside the act."""

    note: str = Field("", max_length=2000)
