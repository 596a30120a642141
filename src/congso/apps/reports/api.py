"""REST for reports: a unit's own software fills and sends them, the receiver's judges them. The screens' services."""

from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal
from typing import Annotated, Any

from django.utils import timezone
from ninja import Field, Query, Router, Schema
from ninja.pagination import LimitOffsetPagination, paginate

from congso.apps.reports import services
from congso.apps.reports.models import Report
from congso.apps.reports.queries import (
    Filled,
    acts_open_to,
    board_of,
    in_hand,
    overdue,
    report_of,
    reports,
    to_judge,
)
from congso.apps.reports.rules import Finding, check
from congso.apps.reports.rules import Schema as FormSchema
from congso.apps.reports.rules.schema import LONGEST_TEXT, MOST_CELLS, MOST_SECTIONS
from congso.apps.reports.services import Given
from congso.kernel.accounts.requests import OfficeRequest

router = Router()


class ReportUnitOut(Schema):
    """An organization by id, code and name."""

    id: int
    code: str
    name: str


class UnitReportHeadOut(Schema):
    """What every answer says of a report. `period`: 2026-M11, 2026-Q4, 2026-H2, 2026-Y."""

    id: int
    state: str
    title: str
    form: str
    period: str
    organization: ReportUnitOut
    owner: ReportUnitOut
    due_on: date | None
    submitted_on: date | None
    is_late: bool


class UnitReportOut(UnitReportHeadOut):
    """A unit's report for a period, as lists give it."""

    @staticmethod
    def resolve_form(report: Report) -> str:
        """The form's code."""
        return report.form.code

    @staticmethod
    def resolve_period(report: Report) -> str:
        """The period's code."""
        return report.period.code


class WrittenOut(Schema):
    """Somebody's answer to a cell."""

    entry: int
    text: str
    by: str
    at: datetime


class CellOut(Schema):
    """A cell: what stands in it, since which entry (name it when writing over it), what else was written meanwhile,
    and what is wrong with it."""

    key: str
    title: str
    unit: str
    text: str
    number: Decimal | None
    entry: int
    last_period: str
    contested: list[WrittenOut]
    remarks: list[str]
    errors: list[str]
    warnings: list[str]


class UnitReportDetailOut(UnitReportHeadOut):
    """All cells of a report, and what the caller may do with it now."""

    form_version: int
    cells: list[CellOut]
    acts: list[str]


class CellIn(Schema):
    """What is written into a cell. `since`: the entry that stood there when it was read (0: none).

    Over somebody's newer entry it is kept beside it, contested, until one of the unit's people chooses.
    """

    text: str = Field(max_length=LONGEST_TEXT)
    since: int = Field(0, ge=0, le=2**63 - 1)


CellKey = Annotated[str, Field(max_length=130)]


class CellsIn(Schema):
    """Cells by key."""

    cells: dict[CellKey, CellIn] = Field(max_length=MOST_CELLS + MOST_SECTIONS)


class ReportNoteIn(Schema):
    """A word, or the reason where one is needed."""

    note: str = Field("", max_length=2000)


class ReturnIn(ReportNoteIn):
    """Why a report goes back, with remarks on cells by key."""

    remarks: dict[CellKey, Annotated[str, Field(max_length=1000)]] = Field(default_factory=dict, max_length=100)


class UnitReportFilter(Schema):
    """What a list is narrowed to. `scope`: mine (to send), judge, overdue, all; a form's code; a period's first day."""

    scope: str = "all"
    form: str = ""
    first_day: date | None = None


@router.get("/", response=list[UnitReportOut])
@paginate(LimitOffsetPagination)
def list_reports(request: OfficeRequest, narrow: Query[UnitReportFilter]) -> Any:
    """Reports one may see, by deadline."""
    found = reports()
    if narrow.scope == "mine":
        found = in_hand(found, request.principals)
    elif narrow.scope == "judge":
        found = to_judge(found, request.principals)
    elif narrow.scope == "overdue":
        found = overdue(found, timezone.localdate())
    if narrow.form:
        found = found.filter(form__code=narrow.form)
    if narrow.first_day:
        found = found.filter(first_day=narrow.first_day)
    return found.order_by("due_on", "id")


@router.get("/{int:pk}", response=UnitReportDetailOut)
def get_report(request: OfficeRequest, pk: int) -> dict[str, Any]:
    """One report with all its cells."""
    return _shown(request, pk)


@router.post("/{int:pk}/cells", response=UnitReportDetailOut)
def write_cells(request: OfficeRequest, pk: int, written: CellsIn) -> dict[str, Any]:
    """Write cells while the report is filled in; what the form does not ask is refused whole."""
    report = report_of(pk)
    schema = FormSchema.parse(report.version_of_form.schema)
    unknown = sorted(key for key in written.cells if key not in schema.numbers and key not in schema.texts)
    if unknown:
        raise services.InvalidReport(f"Mẫu không có ô: {', '.join(unknown[:5])}.", [])
    given = {key: Given(one.text, one.since, "Phần mềm của đơn vị gửi qua API") for key, one in written.cells.items()}
    services.save_cells(report, given, by=request.actor, at=timezone.now())
    return _shown(request, pk)


@router.post("/{int:pk}/submit", response=UnitReportDetailOut)
def submit(request: OfficeRequest, pk: int, said: ReportNoteIn) -> dict[str, Any]:
    """Send it: everything is checked, its figures stand from then on."""
    return _done(request, pk, services.submit_report, said.note)


@router.post("/{int:pk}/recall", response=UnitReportDetailOut)
def recall(request: OfficeRequest, pk: int, said: ReportNoteIn) -> dict[str, Any]:
    """Take back what nobody has judged yet, with the reason."""
    return _done(request, pk, services.recall_report, said.note)


@router.post("/{int:pk}/approve", response=UnitReportDetailOut)
def approve(request: OfficeRequest, pk: int, said: ReportNoteIn) -> dict[str, Any]:
    """Accept it."""
    return _done(request, pk, services.approve_report, said.note)


@router.post("/{int:pk}/return", response=UnitReportDetailOut)
def give_report_back(request: OfficeRequest, pk: int, said: ReturnIn) -> dict[str, Any]:
    """Send it back with the reason and remarks on cells."""
    services.return_report(
        report_of(pk), by=request.actor, at=timezone.now(), note=said.note, remarks=dict(said.remarks)
    )
    return _shown(request, pk)


def _done(request: OfficeRequest, pk: int, service: Callable[..., None], note: str) -> dict[str, Any]:
    service(report_of(pk), by=request.actor, at=timezone.now(), note=note)
    return _shown(request, pk)


def _shown(request: OfficeRequest, pk: int) -> dict[str, Any]:
    report = report_of(pk)
    board = board_of(report, FormSchema.parse(report.version_of_form.schema))
    findings: dict[str, list[Finding]] = {}
    for one in check(board.schema, board.texts, board.last):
        findings.setdefault(one.key, []).append(one)
    return {
        **UnitReportOut.from_orm(report).dict(),
        "form_version": report.version_of_form.number,
        "cells": [_cell(board.schema, cell, findings.get(key, [])) for key, cell in board.cells.items()],
        "acts": [one.key for one in acts_open_to(report, request.principals)],
    }


def _cell(schema: FormSchema, cell: Filled, findings: list[Finding]) -> dict[str, Any]:
    number = schema.numbers.get(cell.key)
    return {
        "key": cell.key, "title": schema.title_of(cell.key), "unit": number.unit if number else "", "text": cell.text,
        "number": cell.entry.number if cell.entry else None, "entry": cell.since, "last_period": cell.last_text,
        "contested": [
            {"entry": one.pk, "text": one.text, "by": one.by_label, "at": one.at} for one in cell.contested
        ],
        "remarks": [one.text for one in cell.remarks],
        "errors": [one.message for one in findings if one.severity == "error"],
        "warnings": [one.message for one in findings if one.severity == "warning"],
    }  # fmt: skip
