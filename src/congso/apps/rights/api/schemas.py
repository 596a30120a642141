"""The shapes of REST about rights."""

from datetime import date, datetime

from ninja import Field, Schema

from congso.apps.rights.models import Decision
from congso.kernel.access.models import Delegation
from congso.kernel.access.principals import Role


class GrantOut(Schema):
    """A role somebody holds; `valid_to` is the first day she holds it no more."""

    id: int
    role: str
    organization: str | None
    person_id: int
    person: str
    reason: str
    decision: str
    valid_from: date
    valid_to: date | None


class RequestOut(GrantOut):
    """A role proposed for somebody, and what became of it."""

    state: str
    asked_by: int
    expires_at: datetime


class ProposalIn(Schema):
    """A role for a person, until a day (the last one); an organization's code for its administration."""

    role: Role
    person: int
    organization: str = ""
    valid_from: date
    until: date
    reason: str = Field(max_length=300)
    decision: str = Field("", max_length=120)


class WordsIn(Schema):
    """A reason or a word to it."""

    words: str = Field("", max_length=300)


class OpeningIn(Schema):
    """Sight asked for: whose, of which number (none: all), for how many hours, why."""

    organization: str
    number: str = Field("", max_length=80)
    hours: int = Field(ge=1, le=999)
    reason: str = Field(max_length=300)


class AgreeIn(WordsIn):
    """To which of the matching records (none when all were asked for)."""

    record: int | None = None


class MatchOut(Schema):
    """A record an opening may mean."""

    record: int
    number: str
    opened_on: date


class OpeningOut(Schema):
    """An emergency opening as its parties see it; `matches` only for who may answer."""

    id: int
    organization: str
    number: str
    hours: int
    reason: str
    standing: str
    asked_by: int
    begins_at: datetime | None
    ends_at: datetime | None
    record: int | None
    looks: list[str]
    matches: list[MatchOut]


class DeskIn(Schema):
    """One's own posts (all when left out) handed over until a day (the last one)."""

    person: int
    valid_from: date
    until: date
    reason: str = Field(max_length=300)
    kind: Delegation.Kind = Delegation.Kind.DELEGATION
    posts: list[int] = []


class DeskOut(Schema):
    """Who stands in for which post, when, for what."""

    id: int
    post: str
    organization: str
    person: str
    functions: list[str]
    reason: str
    valid_from: date
    valid_to: date


class DesksOut(Schema):
    """At my desk, and at whose desk I sit."""

    by_me: list[DeskOut]
    to_me: list[DeskOut]


class ActOut(Schema):
    """What was done and signed for somebody."""

    at: datetime
    label: str
    signed: str
    record: int


class CampaignOut(Schema):
    """A quarter's review."""

    id: int
    year: int
    quarter: int
    due_on: date


class RightOut(Schema):
    """One line of a unit's review."""

    kind: Decision.Kind
    target: int
    words: str
    verdict: str
    note: str


class UnitOut(Schema):
    """A unit's review: confirmed or not, line by line."""

    confirmed_at: datetime | None
    rights: list[RightOut]


class RightIn(Schema):
    """Which line of the list."""

    kind: Decision.Kind
    target: int


class RevokeIn(RightIn):
    """Which right is taken away, why."""

    note: str = Field(max_length=300)
