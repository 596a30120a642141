"""REST: the register of processing, who saw my data, my requests and their answers, breaches and their reports."""

from datetime import date, datetime
from typing import Any

from django.utils import timezone
from ninja import Field, Router, Schema, Status
from ninja.pagination import LimitOffsetPagination, paginate

from congso.apps.personal_data import queries
from congso.apps.personal_data.models import AffectedNotice, Breach, BreachReport, DataKind, RequestKind, SubjectRequest
from congso.apps.personal_data.services import breaches, requests
from congso.kernel.accounts.requests import OfficeRequest
from congso.kernel.personal.models import Disclosure
from congso.kernel.personal.queries import disclosures_to
from congso.kernel.workflow.services import possible_transitions

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


class RequestOut(Schema):
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


class FactsIn(Schema):
    """What is known of a breach."""

    description: str = Field(min_length=1, max_length=10000)
    happened_at: datetime | None = None
    data_kinds: list[DataKind] = Field(default_factory=list, max_length=20)
    people_count: int | None = Field(None, ge=0, le=100_000_000)
    cause: str = Field("other", pattern="^(leak|intrusion|malware|insider|loss|supplier|other)$")
    cause_text: str = Field("", max_length=5000)
    consequences: str = Field("", max_length=5000)
    measures: str = Field("", max_length=10000)
    contact: str = Field("", max_length=500)


class BreachIn(FactsIn):
    """A breach that was found, or a drill."""

    discovered_at: datetime
    is_drill: bool = False


class ReportOut(Schema):
    """What was reported, in which phase."""

    phase: str
    addressee: str
    reference: str
    sent_at: datetime
    late_reason: str
    known: dict[str, Any]


class BreachOut(Schema):
    """A breach with its countdown (seconds, negative when late; none once reported) and what form 08 tells."""

    id: int
    number: str
    state: str
    is_drill: bool
    report_due_at: datetime
    seconds_left: int | None
    known: dict[str, Any]
    reports: list[ReportOut]
    acts: list[str]


class MadeOut(Schema):
    """The id and number given."""

    id: int
    number: str


class BreachActIn(Schema):
    """What an act needs: the reason, the report's addressee, reference and reason of lateness, who was told."""

    note: str = Field("", max_length=5000)
    addressee: str = Field("", max_length=300)
    reference: str = Field("", max_length=120)
    people_count: int = Field(0, ge=0, le=100_000_000)
    means: str = Field("", max_length=300)


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


@router.get("/requests", response=list[RequestOut])
@paginate(LimitOffsetPagination)
def list_requests(request: OfficeRequest) -> Any:
    """The caller's requests, and those she answers."""
    return [_request(request, one) for one in queries.requests().order_by("-id")[:200]]


@router.post("/requests", response={201: MadeOut})
def make_request(request: OfficeRequest, asked: RequestIn) -> Status[dict[str, Any]]:
    """Ask about one's own data."""
    proposed = {name: getattr(asked, name) for name in requests.CORRECTABLE if getattr(asked, name)}
    new = requests.NewRequest(asked.kind, asked.text, proposed)
    made = requests.make_request(new, by=request.actor, at=timezone.now())
    return Status(201, {"id": made.pk, "number": made.number})


@router.get("/requests/{pk}", response=RequestOut)
def get_request(request: OfficeRequest, pk: int) -> dict[str, Any]:
    """One request."""
    return _request(request, queries.requests().get(pk=pk))


@router.post("/requests/{pk}/{act}", response={204: None})
def act_on_request(request: OfficeRequest, pk: int, act: str, told: RequestActIn) -> Status[None]:
    """acknowledge, accept_correction, correct, fulfil, extend, refuse, withdraw."""
    found, who = queries.requests().get(pk=pk), {"by": request.actor, "at": timezone.now()}
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


@router.get("/breaches", response=list[BreachOut])
@paginate(LimitOffsetPagination)
def list_breaches(request: OfficeRequest) -> Any:
    """The register of breaches, for who protects data and the leaders."""
    return [_breach(request, one) for one in queries.breaches().prefetch_related("reports").order_by("-id")[:200]]


@router.post("/breaches", response={201: MadeOut})
def record_breach(request: OfficeRequest, told: BreachIn) -> Status[dict[str, Any]]:
    """Write down what was found."""
    made = breaches.record_breach(
        _facts(told), discovered_at=told.discovered_at, is_drill=told.is_drill, by=request.actor, at=timezone.now()
    )
    return Status(201, {"id": made.pk, "number": made.number})


@router.get("/breaches/{pk}", response=BreachOut)
def get_breach(request: OfficeRequest, pk: int) -> dict[str, Any]:
    """One breach with its reports."""
    return _breach(request, queries.breaches().get(pk=pk))


@router.put("/breaches/{pk}", response={204: None})
def amend_breach(request: OfficeRequest, pk: int, told: FactsIn) -> Status[None]:
    """Bring what is known up to date."""
    breaches.amend_breach(queries.breaches().get(pk=pk), _facts(told), by=request.actor, at=timezone.now())
    return Status(204, None)


@router.post("/breaches/{pk}/{act}", response={204: None})
def act_on_breach(request: OfficeRequest, pk: int, act: str, told: BreachActIn) -> Status[None]:
    """report_initial, report_additional, report_final (`note`: why late), tell_people, judge_not_reportable,
    take_up_again, reopen."""
    found, who = queries.breaches().get(pk=pk), {"by": request.actor, "at": timezone.now()}
    match act:
        case "report_initial" | "report_additional" | "report_final":
            phase = BreachReport.Phase(act.removeprefix("report_"))
            more = {"addressee": told.addressee, "reference": told.reference, "late_reason": told.note}
            breaches.report_breach(found, phase, **more, **who)  # type: ignore[arg-type]
        case "tell_people":
            breaches.tell_people(found, people_count=told.people_count, means=told.means, words=told.note, **who)
        case "judge_not_reportable":
            breaches.judge_not_reportable(found, note=told.note, **who)
        case "take_up_again":
            breaches.take_up_again(found, note=told.note, **who)
        case "reopen":
            breaches.reopen_breach(found, note=told.note, **who)
        case _:
            raise AffectedNotice.DoesNotExist
    return Status(204, None)


def _facts(told: FactsIn) -> breaches.BreachFacts:
    return breaches.BreachFacts(**told.dict(include=set(FactsIn.model_fields)))


def _acts(request: OfficeRequest, found: Any) -> list[str]:
    return [one.key for one in possible_transitions(found, held=request.principals)]


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
    return {"id": found.pk, "acts": _acts(request, found), **{name: getattr(found, name) for name in names}}


def _breach(request: OfficeRequest, found: Breach) -> dict[str, Any]:
    left = queries.clock_of(found, timezone.now()).left if found.state == "open" else None
    return {
        "id": found.pk, "number": found.number, "state": found.state, "is_drill": found.is_drill,
        "report_due_at": found.report_due_at, "seconds_left": int(left.total_seconds()) if left is not None else None,
        "known": breaches.known_of(found), "reports": list(found.reports.all()), "acts": _acts(request, found),
    }  # fmt: skip
