"""The register of processing, who saw my data, requests of people about their data."""

from datetime import date, datetime
from typing import Any

from django.utils import timezone
from ninja import Field, Router, Schema, Status
from ninja.pagination import LimitOffsetPagination, paginate

from congso.apps.personal_data import queries
from congso.apps.personal_data.api.rows import MadeOut, Rows, acts_open
from congso.apps.personal_data.models import RequestKind, SubjectRequest
from congso.apps.personal_data.services import requests
from congso.kernel.accounts.requests import OfficeRequest
from congso.kernel.personal.models import Disclosure
from congso.kernel.personal.queries import disclosures_to

router = Router()


class ProcessingOut(Schema):
    """One line of the register of processing."""

    activity: str
    people: str
    purpose: str
    basis: str
    data: list[str]
    is_sensitive: bool
    recipients: str
    retention: str
    ends: str
    place: str


class DisclosureOut(Schema):
    """Who saw the caller's data on a day; `is_list` when a list she stands in was read."""

    day: date
    viewer_label: str
    place: str
    purpose: str
    is_list: bool
    times: int
    last_at: datetime

    @staticmethod
    def resolve_is_list(seen: Disclosure) -> bool:
        """A row without one person is a list's."""
        return seen.subject_id is None


class RequestIn(Schema):
    """What is asked; new values only with `correct`."""

    kind: RequestKind
    text: str = Field(min_length=1, max_length=5000)
    full_name: str = Field("", max_length=120)
    email: str = Field("", max_length=254)
    phone: str = Field("", max_length=20)


class SubjectRequestOut(Schema):
    """A request and what the caller may do with it now."""

    id: int
    number: str
    state: str
    kind: str
    subject_label: str
    text: str
    opened_on: date
    due_on: date | None
    answer_due_on: date
    answer: str
    ground: str
    acts: list[str]


class RequestActIn(Schema):
    """What an act needs: words, the ground of a refusal, whether a third party is involved."""

    note: str = Field("", max_length=5000)
    ground: str = Field("", max_length=40)
    needs_third_party: bool = False


@router.get("/register", response=list[ProcessingOut])
def processing(request: OfficeRequest) -> list[dict[str, Any]]:
    """The register of processing."""
    return [
        {
            "activity": one.activity, "people": one.people, "purpose": one.purpose, "basis": one.basis,
            "data": [label for label, _sensitive in one.data], "is_sensitive": one.is_sensitive,
            "recipients": one.recipients, "retention": one.retention, "ends": one.ends, "place": one.place,
        }
        for one in queries.processing_register()
    ]  # fmt: skip


@router.get("/seen-by", response=list[DisclosureOut])
@paginate(LimitOffsetPagination)
def seen_by(request: OfficeRequest) -> Any:
    """Who saw the caller's own data, the latest first."""
    return disclosures_to(request.actor.id)


@router.get("/requests", response=list[SubjectRequestOut])
@paginate(LimitOffsetPagination)
def list_requests(request: OfficeRequest) -> Any:
    """The caller's requests, and those she answers."""
    return Rows(queries.requests().order_by("-id"), lambda one: _request(request, one))


@router.post("/requests", response={201: MadeOut})
def make_request(request: OfficeRequest, asked: RequestIn) -> Status[dict[str, Any]]:
    """Ask about one's own data."""
    proposed = {name: getattr(asked, name) for name in requests.CORRECTABLE if getattr(asked, name)}
    new = requests.NewRequest(asked.kind, asked.text, proposed)
    made = requests.make_request(new, by=request.actor, at=timezone.now())
    return Status(201, {"id": made.pk, "number": made.number})


@router.get("/requests/{pk}", response=SubjectRequestOut)
def get_request(request: OfficeRequest, pk: int) -> dict[str, Any]:
    """One request."""
    return _request(request, queries.requests().get(pk=pk))


@router.post("/requests/{pk}/{act}", response={204: None})
def act_on_request(request: OfficeRequest, pk: int, act: str, told: RequestActIn) -> Status[None]:
    """acknowledge, accept_correction, correct, fulfil, extend, refuse, withdraw."""
    found = queries.requests().get(pk=pk)
    who: dict[str, Any] = {"by": request.actor, "at": timezone.now()}
    match act:
        case "acknowledge":
            requests.acknowledge_request(found, needs_third_party=told.needs_third_party, note=told.note, **who)
        case "accept_correction":
            requests.accept_correction(found, note=told.note, **who)
        case "correct":
            requests.carry_out_correction(found, note=told.note, **who)
        case "fulfil":
            requests.fulfil_request(found, answer=told.note, **who)
        case "extend":
            requests.extend_request(found, note=told.note, **who)
        case "refuse":
            requests.refuse_request(found, ground=told.ground, reason=told.note, **who)
        case "withdraw":
            requests.withdraw_request(found, note=told.note, **who)
        case _:
            raise SubjectRequest.DoesNotExist
    return Status(204, None)


def _request(request: OfficeRequest, found: SubjectRequest) -> dict[str, Any]:
    names = (
        "number",
        "state",
        "kind",
        "subject_label",
        "text",
        "opened_on",
        "due_on",
        "answer_due_on",
        "answer",
        "ground",
    )
    return {"id": found.pk, "acts": acts_open(request, found), **{name: getattr(found, name) for name in names}}
