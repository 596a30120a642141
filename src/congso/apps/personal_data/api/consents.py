"""Consents: mine, purpose by purpose; purposes, texts and the ledger for who protects data."""

from datetime import datetime
from typing import Any

from django.utils import timezone
from ninja import Field, Router, Schema, Status
from ninja.pagination import LimitOffsetPagination, paginate

from congso.apps.personal_data import queries
from congso.apps.personal_data.api.rows import Rows
from congso.apps.personal_data.models import ConsentEntry, ConsentPurpose, ConsentText
from congso.apps.personal_data.services import consents
from congso.kernel.accounts.requests import OfficeRequest
from congso.kernel.directory.models import Person

router = Router()


class WordingIn(Schema):
    """What people are told before they agree."""

    data: str = Field(min_length=1, max_length=5000)
    why: str = Field(min_length=1, max_length=5000)
    recipients: str = Field(min_length=1, max_length=5000)
    retention: str = Field(min_length=1, max_length=500)


class PurposeIn(WordingIn):
    """A new purpose with its first text."""

    code: str = Field(pattern=r"^[-a-zA-Z0-9_]{1,60}$")
    title: str = Field(min_length=1, max_length=200)


class NewTextIn(WordingIn):
    """A new text; whether it changes what was agreed to."""

    asks_again: bool = True


class ConsentOut(Schema):
    """How I stand to one purpose: its text in force, whether my consent counts."""

    purpose: int
    code: str
    title: str
    text: int
    version: int
    sha256: str
    data: str
    why: str
    recipients: str
    retention: str
    is_closed: bool
    is_given: bool
    is_outdated: bool
    answered_at: datetime | None


class PaperIn(Schema):
    """What a person signed on paper."""

    person: int
    act: str = Field(pattern="^(given|withdrawn)$")
    proof: str = Field(min_length=1, max_length=300)


class LedgerOut(Schema):
    """One line of the ledger."""

    id: int
    person: str
    act: str
    version: int
    channel: str
    proof: str
    at: datetime
    by: str


class PurposeMadeOut(Schema):
    """The purpose's id."""

    id: int


@router.get("/consents", response=list[ConsentOut])
def list_consents(request: OfficeRequest) -> list[dict[str, Any]]:
    """Every purpose I am asked about and what I answered."""
    return [_standing(one) for one in queries.standings_of(request.actor.id)]


@router.post("/consents/{text}/give", response={204: None})
def give_consent(request: OfficeRequest, text: int) -> Status[None]:
    """Agree to the text that was shown, which must be the newest."""
    found = ConsentText.objects.select_related("purpose").get(pk=text)
    consents.give_consent(found, by=request.actor, at=timezone.now())
    return Status(204, None)


@router.post("/purposes/{pk}/withdraw", response={204: None})
def withdraw_consent(request: OfficeRequest, pk: int) -> Status[None]:
    """Take my consent back; a request to stop the processing is made."""
    consents.withdraw_consent(ConsentPurpose.objects.get(pk=pk), by=request.actor, at=timezone.now())
    return Status(204, None)


@router.post("/purposes", response={201: PurposeMadeOut})
def open_purpose(request: OfficeRequest, told: PurposeIn) -> Status[ConsentPurpose]:
    """Begin to ask for consent to one purpose."""
    return Status(
        201, consents.open_purpose(told.code, told.title, _wording(told), by=request.actor, at=timezone.now())
    )


@router.post("/purposes/{pk}/texts", response={204: None})
def publish_text(request: OfficeRequest, pk: int, told: NewTextIn) -> Status[None]:
    """A new text."""
    found = ConsentPurpose.objects.get(pk=pk)
    consents.publish_text(found, _wording(told), asks_again=told.asks_again, by=request.actor, at=timezone.now())
    return Status(204, None)


@router.post("/purposes/{pk}/close", response={204: None})
def close_purpose(request: OfficeRequest, pk: int) -> Status[None]:
    """Ask nobody any more; nobody's consent counts."""
    consents.close_purpose(ConsentPurpose.objects.get(pk=pk), by=request.actor, at=timezone.now())
    return Status(204, None)


@router.post("/purposes/{pk}/paper", response={204: None})
def record_paper(request: OfficeRequest, pk: int, told: PaperIn) -> Status[None]:
    """Enter what somebody signed on paper."""
    text = ConsentText.objects.select_related("purpose").filter(purpose=pk).order_by("-version").first()
    if text is None or not 0 < told.person < 2**63:
        raise ConsentPurpose.DoesNotExist
    person = Person.objects.get(pk=told.person)
    act = ConsentEntry.Act(told.act)
    consents.record_paper(text, person, act=act, proof=told.proof, by=request.actor, at=timezone.now())
    return Status(204, None)


@router.get("/purposes/{pk}/ledger", response=list[LedgerOut])
@paginate(LimitOffsetPagination)
def list_ledger(request: OfficeRequest, pk: int) -> Any:
    """The ledger of a purpose as far as the caller may read it: who protects data all of it, others their own."""
    rows = queries.ledger_of(ConsentPurpose.objects.get(pk=pk))
    return Rows(rows, _line)


def _wording(told: WordingIn) -> consents.Wording:
    return consents.Wording(told.data, told.why, told.recipients, told.retention)


def _standing(one: queries.Standing) -> dict[str, Any]:
    text = one.text
    return {
        "purpose": one.purpose.pk, "code": one.purpose.code, "title": one.purpose.title, "text": text.pk,
        "version": text.version, "sha256": text.sha256, "data": text.data, "why": text.why,
        "recipients": text.recipients, "retention": text.retention, "is_closed": one.purpose.closed_at is not None,
        "is_given": one.is_given, "is_outdated": one.is_outdated, "answered_at": one.entry.at if one.entry else None,
    }  # fmt: skip


def _line(one: ConsentEntry) -> dict[str, Any]:
    return {
        "id": one.pk, "person": one.person_label, "act": one.act, "version": one.text.version, "channel": one.channel,
        "proof": one.proof, "at": one.at, "by": one.by_label,
    }  # fmt: skip
