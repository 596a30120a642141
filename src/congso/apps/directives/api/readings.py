"""REST for readings: have a document read, go through its proposals, hand them out."""

from datetime import date
from typing import Any

from django.shortcuts import get_object_or_404
from django.utils import timezone
from ninja import Field, Router, Schema, Status
from ninja.pagination import LimitOffsetPagination, paginate
from pydantic import field_validator

from congso.apps.directives import queries, services
from congso.apps.directives.models import DeadlineKind, Mention, PlanReading, ProposedTask
from congso.apps.directives.queries import SHOWING
from congso.apps.directives.rules import is_day_or_year
from congso.apps.directives.services import Correction, Spread, Terms
from congso.kernel.accounts.requests import OfficeRequest
from congso.kernel.directory.models import Organization
from congso.kernel.records.models import Record

router = Router()
MOST_ROWS = 5000


class ReadingIn(Schema):
    """A document to read in an organization's name; `previous` is the reading it amends."""

    source: int
    organization: str
    previous: int | None = None


class ReadingOut(Schema):
    """How far a reading is and what came of it."""

    id: int
    source: int
    organization: str
    state: str
    message: str
    engine_note: str
    counts: dict[str, int]


class UnitOfPaper(Schema):
    """A unit as the paper writes it, the codes it stands for, why it is not known."""

    written: str
    codes: list[str]
    group: str
    reason: str


class ProposalOut(Schema):
    """A proposed task; `places` are [page, left, top, right, bottom] in points."""

    id: int
    state: str
    clause: str
    chapter: str
    text: str
    lead: UnitOfPaper
    supporting: list[UnitOfPaper]
    start: str
    due: str
    deadline_kind: str
    recurrence: str
    schedule_text: str
    product: str
    places: list[list[float]]
    confidence: float
    doubts: list[str]


class RowsIn(Schema):
    """Rows of the reading; a reason where they are dropped."""

    ids: list[int] = Field(max_length=MOST_ROWS)
    reason: str = Field("", max_length=500)


class ProposalCorrectionIn(Schema):
    """What a row should say; organizations by code, days ISO or a year. Several leads are a group."""

    text: str = Field(max_length=5000)
    lead: list[str] = Field(max_length=300)
    supporting: list[str] = Field(default_factory=list, max_length=300)
    clause: str = Field("", max_length=120)
    chapter: str = Field("", max_length=200)
    start: str = Field("", pattern=r"^(\d{4}(-\d\d-\d\d)?)?$")
    due: str = Field("", pattern=r"^(\d{4}(-\d\d-\d\d)?)?$")
    deadline_kind: DeadlineKind = DeadlineKind.FIXED
    recurrence: str = Field("", pattern=r"^(monthly|quarterly|half_yearly|yearly)?$")
    schedule_text: str = Field("", max_length=200)
    no_deadline_reason: str = Field("", max_length=300)
    product: str = Field("", max_length=500)
    is_confirmed: bool = False

    @field_validator("start", "due")
    @classmethod
    def _is_in_the_calendar(cls, day: str) -> str:
        if not is_day_or_year(day):
            raise ValueError("Không có ngày này trong lịch.")
        return day


class HandOutIn(RowsIn):
    """Confirmed rows to hand out. `leads` names, for a group by its words, the code of the unit that leads one common
    task; a group not named there gets a task a unit."""

    source_symbol: str = Field(max_length=120)
    assigned_on: date | None = None
    due_on: date | None = None
    leads: dict[str, str] = Field(default_factory=dict)


class HandedOut(Schema):
    """The tasks that were made."""

    tasks: list[int]


@router.post("", response={201: ReadingOut})
def start(request: OfficeRequest, asked: ReadingIn) -> Status[Any]:
    """Have a document read; a reading under way is given back."""
    previous = get_object_or_404(PlanReading, pk=asked.previous) if asked.previous else None
    reading = services.start_reading(
        get_object_or_404(Record, pk=asked.source),
        organization=get_object_or_404(Organization, code=asked.organization),
        previous=previous, by=request.actor, at=timezone.now(),
    )  # fmt: skip
    return Status(201, _shown(reading.pk))


@router.get("/{pk}", response=ReadingOut)
def get_reading(request: OfficeRequest, pk: int) -> dict[str, Any]:
    """One reading with how many rows stand how."""
    return _shown(pk)


@router.get("/{pk}/proposals", response=list[ProposalOut])
@paginate(LimitOffsetPagination)
def list_proposals(request: OfficeRequest, pk: int, show: str = "all") -> Any:
    """The rows in the document's order; `show` is all, look, unit, undated, confirmed, dropped or assigned."""
    holds = SHOWING.get(show, SHOWING["all"])
    return _rows([row for row in queries.proposals_of(queries.reading_of(pk)) if holds(row)])


@router.post("/{pk}/confirm", response=ReadingOut)
def confirm(request: OfficeRequest, pk: int, chosen: RowsIn) -> dict[str, Any]:
    """Confirm rows, all or none."""
    services.confirm_proposals(queries.reading_of(pk), chosen.ids, by=request.actor, at=timezone.now())
    return _shown(pk)


@router.post("/{pk}/drop", response=ReadingOut)
def drop(request: OfficeRequest, pk: int, chosen: RowsIn) -> dict[str, Any]:
    """Leave rows out, with the reason."""
    services.drop_proposals(
        queries.reading_of(pk), chosen.ids, by=request.actor, at=timezone.now(), reason=chosen.reason
    )
    return _shown(pk)


@router.post("/{pk}/restore", response=ReadingOut)
def restore(request: OfficeRequest, pk: int, chosen: RowsIn) -> dict[str, Any]:
    """Take rows back into review."""
    services.restore_proposals(queries.reading_of(pk), chosen.ids, by=request.actor, at=timezone.now())
    return _shown(pk)


@router.put("/{pk}/proposals/{row_id}", response=ProposalOut)
def correct(request: OfficeRequest, pk: int, row_id: int, said: ProposalCorrectionIn) -> dict[str, Any]:
    """Correct a row, and confirm it at once if wished."""
    reading = queries.reading_of(pk)
    row = get_object_or_404(ProposedTask, pk=row_id, reading=reading)
    codes = _organizations([*said.lead, *said.supporting])
    lead = Mention(row.led_by.written, tuple(codes[code].pk for code in said.lead), row.led_by.group)
    facts = said.dict(exclude={"lead", "supporting", "is_confirmed"})
    changed = services.correct_proposal(
        reading, row.pk,
        Correction(
            lead=lead, supporting=tuple(Mention(codes[code].name, (codes[code].pk,)) for code in said.supporting),
            **facts,
        ),
        by=request.actor, at=timezone.now(), is_confirmed=said.is_confirmed,
    )  # fmt: skip
    return _rows([changed])[0]


@router.post("/{pk}/hand-out", response=HandedOut)
def hand_out(request: OfficeRequest, pk: int, asked: HandOutIn) -> dict[str, Any]:
    """Make tasks of confirmed rows, all or none, each once."""
    codes = _organizations(asked.leads.values())
    terms = Terms(
        source_symbol=asked.source_symbol, assigned_on=asked.assigned_on or timezone.localdate(), due_on=asked.due_on,
        spreads={group: Spread(codes[code]) for group, code in asked.leads.items()},
    )  # fmt: skip
    tasks = services.hand_out(queries.reading_of(pk), asked.ids, terms=terms, by=request.actor, at=timezone.now())
    return {"tasks": [task.pk for task in tasks]}


def _shown(pk: int) -> dict[str, Any]:
    reading = queries.reading_of(pk)
    rows = queries.proposals_of(reading)
    return {
        "id": reading.pk, "source": reading.record_id, "organization": reading.organization.code,
        "state": reading.state, "message": reading.message, "engine_note": reading.engine_note,
        "counts": {key: sum(map(holds, rows)) for key, holds in SHOWING.items()},
    }  # fmt: skip


def _rows(rows: list[ProposedTask]) -> list[dict[str, Any]]:
    units = queries.organizations_in(rows)
    names = (
        *("id", "state", "clause", "chapter", "text", "start", "due", "deadline_kind", "recurrence"),
        *("schedule_text", "product", "places", "confidence"),
    )
    return [
        {name: getattr(row, name) for name in names}
        | {
            "lead": _unit(row.led_by, units), "supporting": [_unit(one, units) for one in row.supported_by],
            "doubts": queries.doubts_about(row),
        }
        for row in rows
    ]  # fmt: skip


def _unit(mention: Mention, units: dict[int, Organization]) -> dict[str, Any]:
    codes = [units[pk].code for pk in mention.organizations if pk in units]
    return {"written": mention.written, "codes": codes, "group": mention.group, "reason": mention.reason}


def _organizations(codes: Any) -> dict[str, Organization]:
    """The organizations of the codes. Raises Organization.DoesNotExist for one that is not there."""
    wanted = set(codes)
    found = {one.code: one for one in Organization.objects.filter(code__in=wanted)}
    if wanted - found.keys():
        raise Organization.DoesNotExist(", ".join(sorted(wanted - found.keys())))
    return found
