"""REST for procedures and cases: the same services, refusals as problem answers."""

from datetime import date, datetime
from typing import Any

from django.shortcuts import get_object_or_404
from django.utils import timezone
from ninja import Field, Query, Router, Schema, Status
from ninja.pagination import LimitOffsetPagination, paginate

from congso.apps.procedures import queries, services
from congso.apps.procedures.flow import NOT_ONES_OWN
from congso.apps.procedures.services import Application
from congso.kernel.accounts.requests import OfficeRequest
from congso.kernel.directory.models import Organization
from congso.kernel.workflow.services import possible_transitions

router = Router()


class ProcedureOut(Schema):
    """A published procedure; `content` is all of it."""

    code: str
    edition: int
    name: str
    field: str
    level: str
    valid_from: date
    valid_to: date | None
    content: dict[str, Any]


class BodyOut(Schema):
    """An organization by code and name."""

    code: str
    name: str


class CaseStepOut(Schema):
    """A step with its clock."""

    position: int
    name: str
    organization: BodyOut
    working_days: int
    started_on: date | None
    due_on: date | None
    finished_on: date | None


class CaseOut(Schema):
    """A case as lists give it."""

    id: int
    number: str
    state: str
    title: str
    owner: BodyOut
    unit: BodyOut | None
    applicant_name: str
    received_at: datetime | None
    first_due_on: date | None
    due_on: date | None


class CaseDetailOut(CaseOut):
    """All that is known of a case, and what the caller may do with it now."""

    procedure: str
    asked_for: str
    answer: str
    steps: list[CaseStepOut]
    acts: list[str]


class CaseIn(Schema):
    """An application: one's own, or with `channel` one taken in at the desk."""

    procedure: str = Field(max_length=80)
    receiver: str = Field(max_length=40)
    channel: str = Field("online", max_length=8)
    applicant_kind: str = Field(max_length=12)
    applicant_name: str = Field(max_length=200)
    applicant_organization: str = Field("", max_length=300)
    phone: str = Field("", max_length=20)
    email: str = Field("", max_length=200)
    address: str = Field("", max_length=300)
    request_text: str = Field("", max_length=5000)
    event_on: date | None = None
    papers: list[int] = Field(default_factory=list, max_length=40)


class CaseActIn(Schema):
    """A word, or the reason where the act needs one."""

    note: str = Field("", max_length=2000)


class CaseFilter(Schema):
    """What a list is narrowed to: `scope` is bodies, mine, late or all."""

    scope: str = "all"
    state: str = Field("", max_length=40)


@router.get("/published", response=list[ProcedureOut])
@paginate(LimitOffsetPagination)
def list_procedures(request: OfficeRequest, q: str = "") -> Any:
    """What is in force today, by words."""
    return queries.narrowed(queries.published(timezone.localdate()), q[:200])


@router.get("/cases", response=list[CaseOut])
@paginate(LimitOffsetPagination)
def list_cases(request: OfficeRequest, narrow: Query[CaseFilter]) -> Any:
    """Cases one may see."""
    found = queries.cases()
    if narrow.scope == "mine":
        found = queries.mine(found, request.actor.id)
    elif narrow.scope == "bodies":
        found = queries.of_my_bodies(found, request.principals)
    elif narrow.scope == "late":
        found = queries.overdue(found, timezone.localdate())
    if narrow.state:
        found = found.filter(state=narrow.state)
    return found.order_by("-id")


@router.get("/cases/{pk}", response=CaseDetailOut)
def get_case(request: OfficeRequest, pk: int) -> dict[str, Any]:
    """One case."""
    return _shown(request, pk)


@router.post("/cases", response={201: CaseDetailOut})
def open_case(request: OfficeRequest, new: CaseIn) -> Status[Any]:
    """Apply for oneself (a draft, to be handed in by `submit`), or take in at the desk."""
    publication = queries.in_force(new.procedure, timezone.localdate())
    receiver = get_object_or_404(Organization, code=new.receiver)
    told = Application(**new.dict(exclude={"procedure", "receiver", "channel"}))
    who: dict[str, Any] = {"receiver": receiver, "by": request.actor, "at": timezone.now()}
    if new.channel == "online":
        made = services.apply_for(publication, told, **who)
    else:
        made = services.take_in(publication, told, channel=new.channel, **who)
    return Status(201, _shown(request, made.pk))


@router.post("/cases/{pk}/submit", response=CaseDetailOut)
def submit(request: OfficeRequest, pk: int, said: CaseActIn) -> dict[str, Any]:
    """Hand the application in."""
    services.submit_case(queries.case_of(pk), by=request.actor, at=timezone.now())
    return _shown(request, pk)


@router.post("/cases/{pk}/receive", response=CaseDetailOut)
def receive(request: OfficeRequest, pk: int, said: CaseActIn) -> dict[str, Any]:
    """Take it in: number, promised day."""
    services.receive_case(queries.case_of(pk), by=request.actor, at=timezone.now())
    return _shown(request, pk)


@router.post("/cases/{pk}/additions", response=CaseDetailOut)
def ask_additions(request: OfficeRequest, pk: int, said: CaseActIn) -> dict[str, Any]:
    """Ask for papers with a complete list; the clocks stop."""
    services.ask_for_additions(queries.case_of(pk), note=said.note, by=request.actor, at=timezone.now())
    return _shown(request, pk)


@router.post("/cases/{pk}/additions/taken", response=CaseDetailOut)
def take_additions(request: OfficeRequest, pk: int, said: CaseActIn) -> dict[str, Any]:
    """What was asked for is complete; the clocks go on."""
    services.take_additions(queries.case_of(pk), note=said.note, by=request.actor, at=timezone.now())
    return _shown(request, pk)


@router.post("/cases/{pk}/step", response=CaseDetailOut)
def finish_step(request: OfficeRequest, pk: int, said: CaseActIn) -> dict[str, Any]:
    """This step is done, the next begins."""
    services.finish_step(queries.case_of(pk), note=said.note, by=request.actor, at=timezone.now())
    return _shown(request, pk)


def _shown(request: OfficeRequest, pk: int) -> dict[str, Any]:
    case = queries.case_of(pk)
    barred = NOT_ONES_OWN if case.applicant_id == request.actor.id else frozenset()
    acts = [one.key for one in possible_transitions(case, held=request.principals) if one.key not in barred]
    return {
        **CaseOut.from_orm(case).dict(), "procedure": case.publication.code, "asked_for": case.asked_for,
        "answer": case.answer, "steps": [CaseStepOut.from_orm(step).dict() for step in case.steps.all()], "acts": acts,
    }  # fmt: skip
