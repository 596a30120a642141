"""Forms and reports of the test world, made through the services."""

import io
from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

import openpyxl

from congso.apps.reports import services
from congso.apps.reports.models import Form, Report, Sheet
from congso.apps.reports.queries import report_of
from congso.apps.reports.services import Given, NewForm
from congso.kernel.access.principals import System
from congso.kernel.access.services import Actor, acting_as
from congso.kernel.directory.models import Organization
from congso.kernel.directory.testing import World

NOW = datetime(2026, 11, 23, 8, 0, tzinfo=ZoneInfo("Asia/Ho_Chi_Minh"))
REMINDERS = Actor.system(System.REMINDERS)
SCHEMA: dict[str, Any] = {
    "sections": [
        {
            "key": "ct", "title": "Chỉ tiêu", "kind": "figures",
            "figures": [
                {"key": "den", "title": "Văn bản đến", "unit": "văn bản", "required": True},
                {"key": "han", "title": "Xử lý đúng hạn", "unit": "văn bản", "required": True},
                {"key": "dv", "title": "Đảng viên cuối kỳ", "unit": "người", "roll_up": "last", "carries": True},
                {"key": "diem", "title": "Điểm bình quân", "decimals": 2, "most": "10"},
            ],
        },
        {
            "key": "bang", "title": "Hội nghị", "kind": "table",
            "columns": [{"key": "truc", "title": "Trực tiếp"}, {"key": "tuyen", "title": "Trực tuyến"}],
            "rows": [{"key": "tinh", "title": "Cấp tỉnh"}, {"key": "xa", "title": "Cấp xã"}],
        },
        {"key": "kk", "title": "Khó khăn", "kind": "text", "required": True, "carries": True},
        {"key": "tep", "title": "Tài liệu", "kind": "files"},
    ],
    "rules": [
        {"kind": "at_most", "left": ["ct.han"], "right": ["ct.den"]},
        {"kind": "change", "left": ["ct.den"], "percent": 50},
    ],
}  # fmt: skip
FILLED = {"ct.den": "120", "ct.han": "100", "kk": "Không có"}


def as_one(world: World, who: str) -> Any:
    """The block in which the transaction is this person's, with her as `by`."""
    return acting_as(Actor.person(getattr(world, who)))


def make_form(
    world: World, *, code: str = "thang", schema: Mapping[str, Any] = SCHEMA, units: tuple[str, ...] = ("XA", "BTC"),
    who: str = "chief", owner: str = "VPTU", at: datetime = NOW, starts_on: date = date(2026, 11, 1), **facts: Any,
) -> Form:  # fmt: skip
    """A published monthly form of the province's office with units on its list."""
    actor = Actor.person(getattr(world, who))
    with acting_as(actor):
        offices = {code: world.organization(code) for code in (owner, "TU", *units)}
        new = NewForm(
            code=code, title="Báo cáo tháng", owner=offices[owner], scope=offices["TU"],
            **({"frequency": "M", "closes_on": 0, "due_working_days": 3, "starts_on": starts_on} | facts),
        )  # fmt: skip
        form = services.create_form(new, schema=schema, by=actor, at=at)
        services.publish_form(form, by=actor, at=at)
        wanted = {offices[code].pk: offices[owner].pk for code in units}
        services.set_units(form, wanted, day=starts_on, by=actor, at=at)
    return form


def open_due(at: datetime = NOW) -> int:
    """What the machine opens at the moment."""
    with acting_as(REMINDERS):
        return services.open_reports(by=REMINDERS, at=at)


def report_in(world: World, unit: str = "XA", who: str = "chief", first_day: date = date(2026, 11, 1)) -> Report:
    """The unit's report of the period, as somebody sees it."""
    with as_one(world, who):
        found = Report.objects.get(organization=world.organizations[unit], first_day=first_day)
        return report_of(found.pk)


def make_report(world: World, unit: str = "XA", **facts: Any) -> Report:
    """A report waiting to be filled."""
    make_form(world, **facts)
    open_due()
    return report_in(world, unit)


def do(world: World, who: str, service: Callable[..., Any], report: Report, *, at: datetime = NOW, **facts: Any) -> Any:
    """Call a service on the report as one of the cast, from a fresh read."""
    actor = Actor.person(getattr(world, who))
    with acting_as(actor):
        answer = service(report_of(report.pk), by=actor, at=at, **facts)
        try:
            report.__dict__.update(report_of(report.pk).__dict__)
        except Report.DoesNotExist:
            return answer
        return answer


def fill(world: World, report: Report, who: str = "commune_clerk", at: datetime = NOW, **cells: str) -> Any:
    """Write cells as somebody who has just seen the page; `ct__den="5"`; without cells what the form needs."""
    actor = Actor.person(getattr(world, who))
    with acting_as(actor):
        fresh = report_of(report.pk)
        seen = {key: one.pk for key, one in services.filling.standing_entries(fresh).items()}
        texts = {key.replace("__", "."): text for key, text in cells.items()} or FILLED
        given = {key: Given(text, seen.get(key, 0)) for key, text in texts.items()}
        return services.save_cells(fresh, given, by=actor, at=at)


def submitted(world: World, report: Report, who: str = "commune_clerk", at: datetime = NOW, **cells: str) -> Report:
    """Filled and sent."""
    fill(world, report, who, at, **cells)
    do(world, who, services.submit_report, report, at=at)
    return report


def organization(world: World, code: str) -> Organization:
    """An organization as the chief reads it."""
    with as_one(world, "chief"):
        return world.organization(code)


def bring(
    world: World, report: Report, who: str = "commune_clerk", content: bytes | None = None, **cells: str
) -> Sheet:
    """The report's Excel file brought back, with cells changed where it is said."""
    actor = Actor.person(getattr(world, who))
    with acting_as(actor):
        fresh = report_of(report.pk)
        book = content if content is not None else changed(services.write_sheet(fresh), **cells)
        return services.bring_sheet(fresh, "Báo cáo.xlsx", book, by=actor, at=NOW)


def changed(content: bytes, **cells: object) -> bytes:
    """A downloaded file with figures written in, as somebody does in Excel: `ct__den=5`."""
    book = openpyxl.load_workbook(io.BytesIO(content))
    sheet = book["Báo cáo"]
    wanted = {key.replace("__", "."): value for key, value in cells.items()}
    columns: list[str] = []
    for row in sheet.iter_rows():
        kind, _, key = str(row[0].value or "").partition(":")
        if kind == "t":
            columns = [str(cell.value) for cell in row[2:] if cell.value]
        targets = {"n": {key: 3}, "x": {key: 1}, "r": {f"{key}.{name}": 2 + at for at, name in enumerate(columns)}}
        for name, place in targets.get(kind, {}).items():
            if name in wanted:
                row[place].value = wanted[name]
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()
