"""Impact assessments, their versions and what was sent."""

from datetime import date, datetime
from typing import Any

from django.utils import timezone
from ninja import Field, Router, Schema, Status
from ninja.pagination import LimitOffsetPagination, paginate

from congso.apps.personal_data import queries
from congso.apps.personal_data.api.rows import MadeOut, Rows, acts_open
from congso.apps.personal_data.models import Assessment, DataKind
from congso.apps.personal_data.services import assessments
from congso.kernel.accounts.requests import OfficeRequest
from congso.kernel.workflow.services import Refused

router = Router()


class AssessmentIn(Schema):
    """What an assessment says (form 10)."""

    title: str = Field(min_length=1, max_length=300)
    begun_on: date
    purpose: str = Field(min_length=1, max_length=5000)
    kind: str = Field("processing", pattern="^(processing|transfer)$")
    activities: list[str] = Field(default_factory=list, max_length=200)
    data_kinds: list[DataKind] = Field(default_factory=list, max_length=20)
    people_count: int | None = Field(None, ge=0, le=100_000_000)
    recipients: str = Field("", max_length=5000)
    retention: str = Field("", max_length=5000)
    measures: str = Field("", max_length=10000)
    risks: str = Field("", max_length=10000)
    contact: str = Field("", max_length=500)


class AssessmentVersionOut(Schema):
    """What was approved, or found unchanged, when."""

    number: int
    reason: str
    made_at: datetime
    known: dict[str, Any]


class FilingOut(Schema):
    """What went to the competent body and what it said."""

    step: str
    version: int
    body: str
    reference: str
    happened_on: date
    words: str


class AssessmentOut(Schema):
    """An assessment with its next limit and what form 10 tells."""

    id: int
    number: str
    state: str
    due_on: date | None
    is_filing_owed: bool
    known: dict[str, Any]
    versions: list[AssessmentVersionOut]
    filings: list[FilingOut]
    acts: list[str]


class AssessmentActIn(Schema):
    """What an act needs: the reason or the letter's words; the letter's day, body and number; the day of a change."""

    note: str = Field("", max_length=5000)
    happened_on: date | None = None
    body: str = Field("", max_length=300)
    reference: str = Field("", max_length=120)
    changed_on: date | None = None


@router.get("/assessments", response=list[AssessmentOut])
@paginate(LimitOffsetPagination)
def list_assessments(request: OfficeRequest) -> Any:
    """The register of impact assessments, for who protects data and the leaders."""
    rows = queries.assessments().prefetch_related("versions", "filings").order_by("-id")
    return Rows(rows, lambda one: _assessment(request, one))


@router.post("/assessments", response={201: MadeOut})
def open_assessment(request: OfficeRequest, told: AssessmentIn) -> Status[dict[str, Any]]:
    """Begin an assessment."""
    made = assessments.open_assessment(_facts(told), by=request.actor, at=timezone.now())
    return Status(201, {"id": made.pk, "number": made.number})


@router.get("/assessments/{pk}", response=AssessmentOut)
def get_assessment(request: OfficeRequest, pk: int) -> dict[str, Any]:
    """One assessment with its versions."""
    return _assessment(request, queries.assessments().get(pk=pk))


@router.put("/assessments/{pk}", response={204: None})
def amend_assessment(request: OfficeRequest, pk: int, told: AssessmentIn) -> Status[None]:
    """Write what the assessment says."""
    found = queries.assessments().get(pk=pk)
    assessments.amend_assessment(found, _facts(told), by=request.actor, at=timezone.now())
    return Status(204, None)


@router.post("/assessments/{pk}/{act}", response={204: None})
def act_on_assessment(request: OfficeRequest, pk: int, act: str, told: AssessmentActIn) -> Status[None]:
    """submit, return, approve, file, note_asked, note_accepted, confirm_unchanged, revise, end."""
    found = queries.assessments().get(pk=pk)
    who: dict[str, Any] = {"by": request.actor, "at": timezone.now()}
    match act:
        case "submit" | "approve" | "confirm_unchanged":
            _PLAIN[act](found, **who)
        case "return" | "end":
            _REASONED[act](found, note=told.note, **who)
        case "revise":
            assessments.revise_assessment(found, note=told.note, changed_on=told.changed_on, **who)
        case "file" | "note_asked" | "note_accepted":
            _LETTERS[act](found, _letter(told), **who)
        case _:
            raise Assessment.DoesNotExist
    return Status(204, None)


_PLAIN: dict[str, Any] = {
    "submit": assessments.submit_assessment,
    "approve": assessments.approve_assessment,
    "confirm_unchanged": assessments.confirm_unchanged,
}
_REASONED: dict[str, Any] = {"return": assessments.return_assessment, "end": assessments.end_assessment}
_LETTERS: dict[str, Any] = {
    "file": assessments.file_assessment,
    "note_asked": assessments.note_asked,
    "note_accepted": assessments.note_accepted,
}


def _letter(told: AssessmentActIn) -> assessments.Letter:
    if told.happened_on is None:
        raise Refused("Hãy ghi ngày văn bản.")
    return assessments.Letter(told.happened_on, told.body, told.reference, told.note)


def _facts(told: AssessmentIn) -> assessments.AssessmentFacts:
    facts = told.dict()
    return assessments.AssessmentFacts(**facts | {"activities": [one[:300] for one in facts["activities"]]})


def _assessment(request: OfficeRequest, found: Assessment) -> dict[str, Any]:
    return {
        "id": found.pk, "number": found.number, "state": found.state, "due_on": found.due_on,
        "is_filing_owed": found.is_filing_owed, "known": assessments.assessed_of(found),
        "versions": list(found.versions.all()), "filings": list(found.filings.all()),
        "acts": acts_open(request, found),
    }  # fmt: skip
