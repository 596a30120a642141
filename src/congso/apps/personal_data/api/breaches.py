"""Breaches of personal data and their reports."""

from datetime import datetime
from typing import Any

from django.utils import timezone
from ninja import Field, Router, Schema, Status
from ninja.pagination import LimitOffsetPagination, paginate

from congso.apps.personal_data import queries
from congso.apps.personal_data.api.rows import MadeOut, Rows, acts_open
from congso.apps.personal_data.models import Breach, BreachReport, DataKind
from congso.apps.personal_data.services import breaches
from congso.kernel.accounts.requests import OfficeRequest

router = Router()


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


class BreachActIn(Schema):
    """What an act needs: the reason, the report's addressee, reference and reason of lateness, who was told."""

    note: str = Field("", max_length=5000)
    addressee: str = Field("", max_length=300)
    reference: str = Field("", max_length=120)
    people_count: int = Field(0, ge=0, le=100_000_000)
    means: str = Field("", max_length=300)


@router.get("/breaches", response=list[BreachOut])
@paginate(LimitOffsetPagination)
def list_breaches(request: OfficeRequest) -> Any:
    """The register of breaches, for who protects data and the leaders."""
    rows = queries.breaches().prefetch_related("reports").order_by("-id")
    return Rows(rows, lambda one: _breach(request, one))


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
    found = queries.breaches().get(pk=pk)
    who: dict[str, Any] = {"by": request.actor, "at": timezone.now()}
    match act:
        case "report_initial" | "report_additional" | "report_final":
            phase = BreachReport.Phase(act.removeprefix("report_"))
            more: dict[str, Any] = {"addressee": told.addressee, "reference": told.reference, "late_reason": told.note}
            breaches.report_breach(found, phase, **more, **who)
        case "tell_people":
            breaches.tell_people(found, people_count=told.people_count, means=told.means, words=told.note, **who)
        case "judge_not_reportable":
            breaches.judge_not_reportable(found, note=told.note, **who)
        case "take_up_again":
            breaches.take_up_again(found, note=told.note, **who)
        case "reopen":
            breaches.reopen_breach(found, note=told.note, **who)
        case _:
            raise Breach.DoesNotExist
    return Status(204, None)


def _facts(told: FactsIn) -> breaches.BreachFacts:
    return breaches.BreachFacts(**told.dict(include=set(FactsIn.model_fields)))


def _breach(request: OfficeRequest, found: Breach) -> dict[str, Any]:
    left = queries.clock_of(found, timezone.now()).left if found.state == "open" else None
    return {
        "id": found.pk, "number": found.number, "state": found.state, "is_drill": found.is_drill,
        "report_due_at": found.report_due_at, "seconds_left": int(left.total_seconds()) if left is not None else None,
        "known": breaches.known_of(found), "reports": list(found.reports.all()), "acts": acts_open(request, found),
    }  # fmt: skip
