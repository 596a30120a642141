"""What the register shows on the homes of clerks and leaders: counted over a few days, or up to a bound."""

from datetime import date, datetime, time, timedelta

from django.db.models import Count, QuerySet
from django.db.models.functions import TruncDate
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from congso.apps.documents.models import RECORD_TYPE, IncomingDocument
from congso.apps.documents.queries import followed_offices, registry_offices
from congso.kernel.accounts.requests import OfficeRequest
from congso.kernel.directory.models import Organization
from congso.kernel.records.counting import counted
from congso.kernel.records.models import Record
from congso.kernel.regulations.queries import calendar
from congso.kernel.web.dashboard import Tile
from congso.kernel.web.home import Content, Day, Hat, HomeBlock, Strip, strip
from congso.kernel.web.navigation import once
from congso.lib.workdays import previous_working_day

COUNTED = 100
SHOWN = 5
STRIP_DAYS = 10


def register_today(request: OfficeRequest, today: date) -> Content | None:
    """The clerk's: what waits to be registered or presented, what was done today, the last ten working days."""
    offices = once(request, registry_offices)
    if not offices:
        return None
    days = _last_working_days(today)
    done = _registered_by_day(offices, days[0])
    mine = Record.objects.filter(type=RECORD_TYPE, owner__in=offices)
    midnight, before = _midnight(today), _midnight(days[-2])
    received = mine.filter(state="received")
    waiting, since_yesterday, unpresented = counted(
        received[:COUNTED],
        received.filter(created_at__lt=midnight)[:COUNTED],
        _unpresented(mine, before)[:COUNTED],
    )
    intake, listed = reverse("documents:intake"), reverse("documents:list")
    return Content(
        tiles=(
            _tile(_("Chờ vào sổ"), waiting, intake, "warn"),
            Tile(_("Đã vào sổ hôm nay"), done.get(today, 0), reverse("documents:book"), "good"),
            _tile(_("Chờ vào sổ từ hôm trước"), since_yesterday, intake, "bad"),
            _tile(_("Đã vào sổ, chưa trình"), unpresented, f"{listed}?state=registered", "bad"),
        ),
        strip=_strip(days, done) if done else None,
        url=intake,
        url_label=_("Tiếp nhận, vào sổ"),
    )


def to_direct(request: OfficeRequest, today: date) -> Content | None:
    """The leader's: papers presented to her, and how many came in today."""
    presented = Record.objects.filter(
        type=RECORD_TYPE, state="presented", awaited__overlap=sorted(request.principals), closed_at__isnull=True
    )
    offices = once(request, followed_offices)
    count, came = counted(
        presented[:COUNTED],
        IncomingDocument.objects.filter(owner__in=offices, registered_at__gte=_midnight(today)),
    )
    if not count and not offices:
        return None
    rows = presented.select_related("owner", "unit").order_by("-opened_on", "-id")[:SHOWN]
    listed = reverse("documents:list")
    return Content(
        tiles=(
            Tile(_("Chờ bút phê"), count, f"{listed}?state=presented", "warn" if count else ""),
            Tile(_("Văn bản đến vào sổ hôm nay"), came, listed),
        ),
        records=list(rows),
        empty=_("Không có văn bản nào chờ bút phê."),
    )


BLOCKS = (
    HomeBlock(
        "register-today", gettext_lazy("Sổ văn bản đến hôm nay"), "notebook", frozenset({Hat.CLERK}), register_today, 10
    ),
    HomeBlock("to-direct", gettext_lazy("Chờ cho ý kiến"), "writing", frozenset({Hat.LEADER}), to_direct, 10),
)


def _tile(label: str, count: int, url: str, tone: str) -> Tile:
    return Tile(label, count, url, tone if count else "")


def _unpresented(mine: QuerySet[Record], before: datetime) -> QuerySet[Record]:
    """Registered before the last working day and still not presented (office 151.3: by the next working day)."""
    return mine.filter(state="registered", incomingdocument__registered_at__lt=before)


def _last_working_days(today: date) -> list[date]:
    """The last working days up to today, today included whatever it is, oldest first."""
    known = calendar()
    days = [today]
    while len(days) < STRIP_DAYS:
        days.append(previous_working_day(days[-1] - timedelta(days=1), known))
    return days[::-1]


def _registered_by_day(offices: list[Organization], since: date) -> dict[date, int]:
    found = IncomingDocument.objects.filter(owner__in=offices, registered_at__gte=_midnight(since))
    rows = found.order_by().annotate(day=TruncDate("registered_at")).values_list("day").annotate(n=Count("pk"))
    return dict(rows)


def _strip(days: list[date], done: dict[date, int]) -> Strip:
    book = reverse("documents:book")
    return strip(
        _("Đã vào sổ, 10 ngày làm việc gần đây"),
        [Day(f"{day:%d/%m}", done.get(day, 0), book if done.get(day) else "") for day in days],
    )


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))
