"""What the REST acts on outgoing documents take and give."""

from datetime import date, datetime
from typing import Any

from ninja import Field, Schema

from congso.apps.outgoing.services import DraftFacts
from congso.kernel.directory.models import Organization, Person


class OutgoingIn(Schema):
    """The parts of a draft."""

    issuer: int
    doc_type: str
    title: str
    content: str = ""
    addressees: str = ""
    recipients_text: str = ""
    place: str = ""
    joint_agencies: str = ""
    authority: str = ""
    authority_over: str = ""
    signer: int | None = None
    urgency: int = 0
    deliver_by: datetime | None = None
    circulation: str = ""
    copies: int = Field(1, ge=1, le=10_000)
    note: str = ""
    due_on: date | None = None
    reply_due_on: date | None = None
    source: int | None = Field(None, description="Hồ sơ được trả lời")
    replaces: int | None = Field(None, description="Văn bản đã phát hành được thay thế")
    reason: str = Field("", description="Lý do sửa hoặc thay thế")

    def facts(self) -> DraftFacts:
        """In the service's words."""
        told = self.dict(exclude={"source", "replaces", "reason"})
        told["issuer"] = Organization.objects.select_related("parent").get(pk=self.issuer)
        told["signer"] = Person.objects.get(pk=self.signer) if self.signer else None
        return DraftFacts(**told)


class OutgoingNoteIn(Schema):
    """Words that go with an act; a reason where the act asks for one."""

    note: str = Field("", max_length=2000)


class OutgoingListIn(Schema):
    """How the list is narrowed."""

    state: str = ""
    office: int | None = None


class DraftVersionOut(Schema):
    """One version."""

    place: int
    kind: str
    made_by: str = Field(alias="made_label")
    at: datetime
    reason: str
    file: int = Field(alias="attachment_id")
    pdf: int | None = Field(alias="pdf_id")
    checked_at: datetime | None
    findings: list[dict[str, Any]] | None


class RecipientOut(Schema):
    """One recipient and what came back from it."""

    id: int
    channel: str
    name: str
    address: str
    state: str
    status: str
    status_at: datetime | None
    reason: str


class OutgoingOut(Schema):
    """An outgoing document as lists give it."""

    id: int
    state: str
    number: str
    title: str
    doc_type: str
    issuer: int = Field(alias="issuer_id")
    unit: int | None = Field(alias="unit_id")
    signer_name: str
    issued_on: date | None
    urgency: int
    due_on: date | None


class OutgoingUpdateIn(Schema):
    """Why, and how the deadline and the note to recipients stand from now on."""

    note: str = Field(max_length=2000)
    due_on: date | None = None
    content: str = Field("", max_length=5000)
    with_file: bool = False


class CoSignerIn(Schema):
    """One who signs too: for which body, by what right."""

    issuer: int
    person: int
    authority: str = ""
    authority_over: str = ""


class CoSignerOut(Schema):
    """A co-signer in her turn, and what she has done."""

    id: int
    position: int
    issuer: int | None = Field(alias="issuer_id")
    agency: str
    name: str
    post: str
    has_seal: bool
    signed_at: datetime | None
    sealed_at: datetime | None
    sent_at: datetime | None


class OutsideSignerIn(Schema):
    """An agency outside the portal that signs too; its name and its signer's as on their certificates."""

    agency: str = Field(max_length=200)
    agency_symbol: str = Field("", max_length=20)
    name: str = Field(max_length=120)
    post: str = Field("", max_length=200)
    authority: str = ""
    authority_over: str = Field("", max_length=200)
    has_seal: bool = True


class SendOutsideIn(Schema):
    """How the paper goes to the agency outside, and where."""

    way: str = Field(description="email, hoặc file: giao tệp kèm công văn")
    to: str = Field(max_length=300)


class SentOut(Schema):
    """The agency outside whose turn it is, and what was last sent to it."""

    signer: int = Field(alias="pk")
    agency: str
    name: str
    sent_at: datetime | None
    sent_way: str
    sent_to: str
    sent_problem: str


class OutsideStepOut(Schema):
    """What the caller may have signed or sealed outside: at which place, by a certificate of one of these names."""

    act: str
    place: str
    names: list[str]
    agency: SentOut | None


class OutgoingDetailOut(OutgoingOut):
    """One document with its versions, recipients and what the caller may do now."""

    paper: int | None
    paper_sha256: str
    versions: list[DraftVersionOut]
    co_signers: list[CoSignerOut]
    recipients: list[RecipientOut]
    acts: list[str]


class AskIn(Schema):
    """Whom to ask, until when."""

    units: list[int] = []
    people: list[int] = []
    due_on: date
    is_serial: bool = False
    question: str = ""


class PointIn(Schema):
    """One point of an opinion."""

    text: str
    clause: str = ""


class OpinionIn(Schema):
    """An answer to an asking."""

    stance: str
    text: str = ""
    points: list[PointIn] = []


class PointDecisionIn(Schema):
    """What becomes of one point."""

    point: int
    outcome: str
    reason: str = ""


class KeyIn(Schema):
    """A key and its PIN, used and forgotten."""

    credential: int
    pin: str = ""


class AddressIn(Schema):
    """One recipient."""

    channel: str
    name: str = ""
    address: str = ""
    organization: int | None = None
    purpose: str = "act"
    copies: int = Field(1, ge=1, le=10_000)


class SignerIn(Schema):
    """Who signs instead."""

    signer: int
    authority: str = ""
    authority_over: str = ""
    note: str


class PageNoteIn(Schema):
    """A note at a place of a page, in percent from the upper left."""

    page: int = Field(ge=1, le=10_000)
    x: float
    y: float
    text: str


class HeldIn(Schema):
    """A number for a classified paper."""

    office: int
    issuer: int
    doc_type: str


class HeldOut(Schema):
    """The number held."""

    value: int
    symbol: str


class SigningRightIn(Schema):
    """A decision that lets somebody sign by order or mandate."""

    issuer: int
    person: int
    authority: str
    doc_types: list[str] = []
    decision: str
    valid_from: date
    valid_to: date | None = None


class SigningRightOut(Schema):
    """A right to sign."""

    id: int
    person: int = Field(alias="person_id")
    authority: str
    doc_types: list[str]
    decision: str
    valid_from: date
    valid_to: date | None
