"""What the REST acts take and give."""

from datetime import date, datetime

from ninja import Field, Schema

from congso.apps.documents import queries
from congso.apps.documents.models import Channel
from congso.apps.documents.services import Entry, Order, Target
from congso.kernel.catalogues.document_marks import Circulation, Urgency
from congso.kernel.directory.models import Organization, Person
from congso.kernel.workflow.services import Refused


class DocumentUnitOut(Schema):
    """An organization by id, code and name."""

    id: int
    code: str
    name: str


class DocumentOut(Schema):
    """An incoming document as lists give it."""

    id: int
    state: str
    arrival_number: int | None
    arrival_year: int | None
    received_at: datetime
    number: str
    title: str
    doc_type: str
    issuer_name: str
    issued_on: date | None
    urgency: int
    owner: DocumentUnitOut
    unit: DocumentUnitOut | None
    due_on: date | None
    closed_at: datetime | None


class HandlingOut(Schema):
    """One line of the processing slip."""

    id: int
    kind: str
    target: str = Field(alias="target_label")
    unit: int | None = Field(alias="unit_id")
    person: int | None = Field(alias="person_id")
    parent: int | None = Field(alias="parent_id")
    assigned_by: str = Field(alias="assigned_label")
    assigned_at: datetime
    text: str
    due_on: date | None
    first_opened_at: datetime | None
    return_asked_at: datetime | None
    return_reason: str
    ending: str
    completed_at: datetime | None
    result: str
    reply_symbol: str


class DirectionOut(Schema):
    """A leader's words."""

    author: str = Field(alias="author_label")
    text: str
    due_on: date | None
    at: datetime


class FieldProposalOut(Schema):
    """What the machine read for one field: `value` in the paper's words, `proposed` as the register takes it.

    `places` are boxes in percent of their page: [page, left, top, width, height]. `registered_value` and `outcome`
    (accepted, corrected, missing, absent) are there once a clerk has registered.
    """

    name: str
    value: str
    written: str
    proposed: str
    alternative: str
    confidence: float
    doubt: str
    is_doubtful: bool
    places: list[list[float]]
    registered_value: str | None
    outcome: str


class DocumentDetailOut(DocumentOut):
    """All that is known of a document, and what the caller may do with it now."""

    signer_name: str
    signer_post: str
    deliver_by: datetime | None
    pages: int | None
    copies: int
    circulation: str
    channel: str
    reply_due_on: date | None
    note: str
    proposal: str
    handlings: list[HandlingOut]
    directions: list[DirectionOut]
    proposals: list[FieldProposalOut]
    acts: list[str]


class UploadOut(Schema):
    """A file on its way in; `document` once it was read; `enclosed` are the uploads of a message's files."""

    id: int
    name: str
    state: str
    message: str
    document: int | None = Field(alias="record_id")
    enclosed: list[int] = Field(default_factory=list)


class EntryIn(Schema):
    """The register's fields. `is_another`: yes, it looks like one we have, register it all the same."""

    number: str = Field("", max_length=80)
    title: str = Field(max_length=1000)
    issuer_name: str = Field(max_length=300)
    doc_type: str = Field(max_length=40)
    issued_on: date | None = None
    signer_name: str = Field("", max_length=120)
    signer_post: str = Field("", max_length=200)
    urgency: Urgency = Urgency.NORMAL
    deliver_by: datetime | None = None
    pages: int | None = Field(None, ge=1, le=100_000)
    copies: int = Field(1, ge=1, le=10_000)
    circulation: Circulation = Circulation.NONE
    channel: Channel = Channel.PAPER
    reply_due_on: date | None = None
    note: str = Field("", max_length=1000)
    received_at: datetime | None = None
    is_another: bool = False

    def entry(self) -> Entry:
        """What the service writes."""
        facts = self.dict(exclude={"is_another", "reason"})
        return Entry(**facts, issuer=queries.issuer_named(self.issuer_name))


class CorrectionIn(EntryIn):
    """The corrected fields and why."""

    reason: str = Field(min_length=1, max_length=500)


class TargetIn(Schema):
    """A unit or a person by id."""

    unit: int | None = None
    person: int | None = None

    def target(self) -> Target:
        """The directory's object. Raises Refused when both or neither are named."""
        if self.unit is not None and self.person is None:
            return Target(unit=Organization.objects.get(pk=self.unit))
        if self.person is not None and self.unit is None:
            return Target(person=Person.objects.get(pk=self.person))
        raise Refused("Mỗi nơi nhận là một đơn vị hoặc một người.")


class OrderIn(Schema):
    """A direction, or passing on inside a unit."""

    text: str = Field("", max_length=3000)
    lead: TargetIn | None = None
    support: list[TargetIn] = Field(default_factory=list, max_length=300)
    inform: list[TargetIn] = Field(default_factory=list, max_length=300)
    due_on: date | None = None

    def order(self) -> Order:
        """What the service carries out."""
        return Order(
            text=self.text,
            lead=self.lead.target() if self.lead else None,
            support=tuple(one.target() for one in self.support),
            inform=tuple(one.target() for one in self.inform),
            due_on=self.due_on,
        )


class PresentIn(Schema):
    """Before whom (all leaders, if nobody is named), with what proposal."""

    to: int | None = None
    proposal: str = Field("", max_length=3000)


class ReasonIn(Schema):
    """Why, or what is said about it."""

    note: str = Field("", max_length=2000)


class ResultIn(Schema):
    """What was done."""

    result: str = Field(max_length=5000)
    reply_symbol: str = Field("", max_length=120)


class ReplyIn(Schema):
    """The record that answers."""

    reply: int


class ReservedOut(Schema):
    """A number kept for a classified paper."""

    arrival_number: int


class ListIn(Schema):
    """What narrows the list."""

    state: str = ""
    office: int | None = None
    year: int | None = None
    mine: bool = False
