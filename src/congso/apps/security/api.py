"""REST for auditors' programs: lines of the journal with their proofs, checkpoints, verifications, keys."""

import json
from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone
from ninja import Field, Query, Router, Schema, Status

from congso.apps.security import queries
from congso.apps.security.services import ask_verification, close_book
from congso.kernel.accounts.requests import OfficeRequest
from congso.kernel.journal.chain import digest_of
from congso.kernel.journal.exporting import checkpoint_file, key_out
from congso.kernel.journal.models import Checkpoint, Entry, Key, Seal, Verification
from congso.kernel.journal.proving import NotProvable, proof_of
from congso.kernel.workflow.services import NotYours, WrongState

router = Router()
LARGEST = 2**63 - 1


class EntryOut(Schema):
    """One line of the journal."""

    id: int
    at: datetime
    organization_id: int
    actor: str
    actor_label: str
    act: str
    record_id: int | None
    facts: dict[str, Any]


class EntriesOut(Schema):
    """A page, the newest first; `older` leads to the next one, empty at the end."""

    items: list[EntryOut]
    older: str


class Asked(Schema):
    """What narrows the lines; moments with a time zone, `until` not included."""

    since: datetime | None = None
    until: datetime | None = None
    organization_id: int | None = Field(None, ge=0, le=LARGEST)
    person_id: int | None = Field(None, ge=0, le=LARGEST)
    act: str = Field("", max_length=80)
    record_id: int | None = Field(None, ge=0, le=LARGEST)
    older_than: str = Field("", max_length=40)
    limit: int = Field(100, ge=1, le=1000)

    def apply(self) -> QuerySet[Entry]:
        """The lines that answer."""
        wanted = {
            "at__gte": self.since,
            "at__lt": self.until,
            "organization_id": self.organization_id,
            "actor": None if self.person_id is None else f"person:{self.person_id}",
            "act": self.act.replace("\x00", "") or None,
            "record_id": self.record_id,
        }
        return Entry.objects.filter(**{name: value for name, value in wanted.items() if value is not None})


class Before(Schema):
    """Where the page before ended."""

    before: int = Field(2**31 - 1, ge=0, le=2**31 - 1)


class CheckpointOut(Schema):
    """A checkpoint in the list."""

    number: int
    made_at: datetime
    entries: int


class VerificationOut(Schema):
    """One reading of the whole book; sound when `faults` is empty."""

    started_at: datetime
    finished_at: datetime
    sealed: int
    chains: int
    checkpoints: int
    unsealed: int
    faults: list[str]


class JobOut(Schema):
    """The queued work."""

    job: int


@router.get("/entries", response=EntriesOut)
def entries(request: OfficeRequest, asked: Query[Asked]) -> dict[str, Any]:
    """Lines of the journal, the newest first."""
    _check(request)
    page = queries.page_of(asked.apply(), older_than=asked.older_than, size=asked.limit)
    return {"items": page.entries, "older": page.older}


@router.get("/entries/{int:pk}", response=EntryOut)
def entry(request: OfficeRequest, pk: int) -> Entry:
    """One line."""
    _check(request)
    return Entry.objects.get(pk=min(pk, LARGEST))


@router.get("/entries/{int:pk}/proof", response=dict[str, Any])
def proof(request: OfficeRequest, pk: int) -> dict[str, Any]:
    """The proof that the line stood in the book when it was closed; 409 before a checkpoint closes it."""
    _check(request)
    try:
        return proof_of(Seal.objects.get(pk=min(pk, LARGEST)))
    except NotProvable as early:
        raise WrongState(str(early)) from early


@router.get("/checkpoints", response=list[CheckpointOut])
def checkpoints(request: OfficeRequest, asked: Query[Before]) -> list[Checkpoint]:
    """Checkpoints, the newest first, fifty at a time; `before` is the number the page before ended with."""
    _check(request)
    return queries.recent_checkpoints(asked.before)[: queries.PAGE]


@router.get("/checkpoints/{int:number}", response=dict[str, Any])
def checkpoint(request: OfficeRequest, number: int) -> dict[str, Any]:
    """The signed text with the keys: the same file as on the screen, and the digest that is printed."""
    _check(request)
    found = Checkpoint.objects.get(pk=min(number, 2**31 - 1))
    return {**json.loads(checkpoint_file(found)), "digest": digest_of("", found.body)}


@router.post("/checkpoints", response={201: CheckpointOut})
def close(request: OfficeRequest) -> Status[Any]:
    """Close the book now."""
    return Status(201, close_book(by=request.actor, at=timezone.now()))


@router.get("/verifications", response=list[VerificationOut])
def verifications(request: OfficeRequest) -> list[Verification]:
    """The last ten readings of the book."""
    _check(request)
    return list(Verification.objects.order_by("-started_at")[:10])


@router.post("/verifications", response={202: JobOut})
def verify(request: OfficeRequest) -> Status[Any]:
    """Have the whole book read."""
    return Status(202, {"job": ask_verification(by=request.actor, at=timezone.now()).pk})


@router.get("/keys", response=list[dict[str, str]])
def keys(request: OfficeRequest) -> list[dict[str, str]]:
    """The public keys with the signatures by which each vouches for the next."""
    _check(request)
    return [key_out(key) for key in Key.objects.order_by("fingerprint")]


def _check(request: OfficeRequest) -> None:
    if not queries.audits(request):
        raise NotYours("Chỉ người soát xét nhật ký được xem nhật ký.")
