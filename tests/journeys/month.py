"""A month of reporting: what people do between the screens of test_month.py, done by the services, quickly."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

import psycopg

from congso.apps.outgoing import services as outgoing
from congso.apps.outgoing.models import Channel, OutgoingDocument
from congso.apps.outgoing.queries import outgoing_document
from congso.apps.outgoing.services import Address
from congso.apps.plan_board.tests import factories as plans
from congso.apps.reports import services
from congso.apps.reports.models import Report
from congso.apps.reports.queries import report_of, reports
from congso.apps.reports.services import Given
from congso.apps.reports.tests.factories import REMINDERS, as_one
from congso.kernel.access.services import Actor, acting_as
from congso.kernel.directory.testing import START, World
from congso.kernel.indicators.periods import Frequency, Period
from congso.kernel.jobs.models import Job
from congso.kernel.jobs.services import run_job
from tests.server import owner_url

COMMUNES = 99
CODE = "so-hoa"
SCANNED, OWED = "ket_qua.tai_lieu_da_so_hoa", "ket_qua.tai_lieu_phai_so_hoa"
_FIRST = 500_000
_HOUR = ZoneInfo("Asia/Ho_Chi_Minh")


@dataclass(frozen=True)
class Month:
    """The month reported on, two before this one: all its days have passed."""

    period: Period

    @classmethod
    def before(cls, today: date) -> "Month":
        """The one of a test that runs today."""
        return cls(Period.containing(today, Frequency.MONTH).previous.previous)

    @property
    def opening(self) -> datetime:
        """When its reports are opened and most are sent."""
        return _morning(self.period.end)

    @property
    def too_late(self) -> datetime:
        """A morning after any deadline of a few working days."""
        return _morning(self.period.end + timedelta(days=20))


def _morning(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 8, tzinfo=_HOUR)


_UNITS = (
    "INSERT INTO directory_organization (id, code, official_code, kind, layout_profile, name, short_name, symbol,"
    " is_office, name_key, name_folded, valid_from, parent_id)"
    " SELECT %(first)s + n, 'X.' || n, '', 'commune_committee', 'PARTY', 'Đảng ủy xã Số ' || n, 'Xã ' || n, 'ĐU',"
    " false, 'dang uy xa so ' || n, 'dang uy xa so ' || n, %(day)s, %(root)s FROM generate_series(1, %(count)s) n"
)
_NAMES = (
    "INSERT INTO directory_organizationversion (organization_id, name, short_name, symbol, parent_id, name_key,"
    " name_folded, valid_from) SELECT id, name, short_name, symbol, parent_id, name_key, name_folded, valid_from"
    " FROM directory_organization WHERE id > %(first)s AND id <= %(first)s + %(count)s"
)
_POSTS = (
    "INSERT INTO directory_post (id, organization_id, name, functions, rank, valid_from) SELECT %(first)s + n,"
    " %(first)s + n, 'Văn thư', ARRAY['clerks'], 100, %(day)s FROM generate_series(1, %(count)s) n"
)
_HOLDERS = (
    "INSERT INTO directory_assignment (post_id, person_id, kind, valid_from) SELECT %(first)s + n, %(who)s, 'holder',"
    " %(day)s FROM generate_series(1, %(count)s) n"
)


def add_communes(world: World) -> None:
    """Ninety-eight beside the one there is; the commune's clerk keeps them all, so that one script fills for all."""
    told = {
        "first": _FIRST, "root": world.organizations["TU"], "count": COMMUNES - 1, "day": START,
        "who": world.commune_clerk,
    }  # fmt: skip
    with psycopg.connect(owner_url(), autocommit=True) as owner:
        for statement in (_UNITS, _NAMES, _POSTS, _HOLDERS):
            owner.execute(statement, told)


def fill_all(world: World, month: Month) -> int:
    """Open the month, fill and send every commune's report, one of them too late; returns the total of SCANNED."""
    with acting_as(REMINDERS):
        services.open_reports(by=REMINDERS, at=month.opening)
    clerk, total = Actor.person(world.commune_clerk), 0
    with acting_as(clerk):
        owed = reports().filter(form__code=CODE, first_day=month.period.start).order_by("organization__name_key", "pk")
        ids = list(owed.values_list("pk", flat=True))
        assert len(ids) == COMMUNES, len(ids)
        for place, pk in enumerate(ids):
            report = report_of(pk)
            cells = {SCANNED: str(100 + place), OWED: str(300 + place), "kho_khan": "Thiếu máy quét."}
            services.save_cells(report, {key: Given(text) for key, text in cells.items()}, by=clerk, at=month.opening)
            services.submit_report(report, by=clerk, at=month.too_late if place == 7 else month.opening)
            total += 100 + place
    return total


def the_communes(world: World, month: Month) -> int:
    """The report of Đảng ủy xã Mẫu."""
    with as_one(world, "chief"):
        found = Report.objects.get(organization=world.organizations["XA"], first_day=month.period.start)
    return found.pk


def correct(world: World, pk: int, at: datetime) -> int:
    """What was returned comes back with ten more; returns how many more."""
    clerk = Actor.person(world.commune_clerk)
    with acting_as(clerk):
        report = report_of(pk)
        entry = services.filling.standing_entries(report)[SCANNED]
        more = str(int(entry.number or 0) + 10)
        services.save_cells(report, {SCANNED: Given(more, entry.pk)}, by=clerk, at=at)
        services.submit_report(report_of(pk), by=clerk, at=at)
    with as_one(world, "tracker"):
        services.approve_report(report_of(pk), by=Actor.person(world.tracker), at=at)
    return 10


def follow(world: World) -> Any:
    """A plan in force with a target that these reports fill."""
    plan = plans.draft(world)
    facts = plans.target(
        None, code="CT15", text="Tài liệu số hóa theo báo cáo", measured_by="indicator", indicator=f"{CODE}.{SCANNED}",
        figure_unit="trang",
        milestones=[plans.MilestoneRow(date(2028, 12, 31), Decimal(1_000_000))],
    )  # fmt: skip
    plans.add(world, plan, facts)
    plans.do(world, "chief", plans.services.step_on, plan, key="approve")
    return plan


def work_off(person_id: int) -> None:
    """What the worker does with a person's waiting jobs, and with those they bring."""
    actor = Actor.person(person_id)
    for _round in range(5):
        with acting_as(actor):
            waiting = list(Job.objects.filter(state=Job.State.WAITING).order_by("pk").values_list("pk", flat=True))
        if not waiting:
            return
        for job_id in waiting:
            run_job(job_id, actor)


def approve_draft(world: World, pk: int) -> None:
    """The drafter submits, the chief approves as the unit's leader, as the office and as who signs."""
    for who, service in (
        ("tracker", outgoing.submit), ("chief", outgoing.approve_unit), ("chief", outgoing.verify),
        ("chief", outgoing.approve),
    ):  # fmt: skip
        actor = Actor.person(getattr(world, who))
        with acting_as(actor):
            service(outgoing_document(pk), by=actor, at=datetime.now(_HOUR))


def address(world: World, pk: int) -> None:
    """The registry sends it to an agency inside the portal."""
    clerk = Actor.person(world.clerk)
    with acting_as(clerk):
        to = Address(Channel.PORTAL, organization=world.organization("BTC"))
        outgoing.add_recipients(outgoing_document(pk), (to,), by=clerk, at=datetime.now(_HOUR))


def state_of(world: World, pk: int) -> tuple[str, str]:
    """State and number of a document."""
    with as_one(world, "chief"):
        found = OutgoingDocument.objects.get(pk=pk)
        return found.state, found.number
