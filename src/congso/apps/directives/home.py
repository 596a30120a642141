"""What tasks show on homes: what leaders decide and what is late and whose; what a unit or a commune has to do."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from congso.apps.directives.flow import RUNNING
from congso.apps.directives.models import DeadlineKind, Task
from congso.apps.directives.queries import assigning_for, organizations_where, overdue
from congso.apps.directives.queries.overviews import touched
from congso.kernel.access.principals import Function
from congso.kernel.accounts.requests import OfficeRequest
from congso.kernel.records.counting import counted
from congso.kernel.web.dashboard import Line, Part, Tile, bars
from congso.kernel.web.home import Content, Hat, HomeBlock

COUNTED = 1000
SHOWN = 5
UNITS = 6
SOON = timedelta(days=14)
_PARTS = (Part("late", gettext_lazy("Quá hạn"), "bad"), Part("soon", gettext_lazy("Còn 7 ngày"), "warn"))


def late_and_whose(request: OfficeRequest, today: date) -> Content | None:
    """For who assigns: what waits for confirmation, what is late, and the units that are latest."""
    owners = list(assigning_for(request.principals).order_by().values_list("pk", flat=True))
    if not owners:
        return None
    given = _single().filter(owner__in=owners)
    listed = reverse("directives:list")
    near = today + timedelta(days=7)
    late = Q(due_on__lt=today)
    rows = (
        given.filter(state__in=RUNNING, due_on__lte=near, unit__isnull=False)
        .order_by()
        .values("unit_id", "unit__short_name", "unit__name")
        .annotate(late=Count("pk", filter=late), soon=Count("pk", filter=~late))
        .order_by("-late", "-soon", "unit__name")[:UNITS]
    )
    lines = [_line(row, listed) for row in rows]
    confirming, overdue_ones, revisited, running = counted(
        given.filter(state="awaiting_confirmation")[:COUNTED],
        overdue(given, today)[:COUNTED],
        touched(Task.objects.filter(owner__in=owners))[:COUNTED],  # work given by documents that no longer stand
        given.filter(state__in=RUNNING)[:1],
    )
    if not lines and not revisited and not running:
        return None
    tiles = [
        _tile(_("Chờ xác nhận hoàn thành"), confirming, listed, "warn"),
        _tile(_("Nhiệm vụ đã giao quá hạn"), overdue_ones, f"{listed}?scope=overdue", "bad"),
    ]
    if revisited:  # told only when there are some
        sources = reverse("directives:sources")
        tiles.append(_tile(_("Nguồn giao việc không còn hiệu lực"), revisited, sources, "warn"))
    return Content(
        tiles=tiles,
        bars=bars(_("Quá hạn, sắp đến hạn theo đơn vị chủ trì"), _("Đơn vị"), _PARTS, lines) if lines else None,
        url=reverse("directives:dashboard"),
        url_label=_("Tổng hợp tiến độ"),
    )


def from_the_province(request: OfficeRequest, today: date) -> Content | None:
    """The commune's: tasks others gave it, by nearness, and the periods of recurring tasks that are due soon."""
    own = organizations_where(request.principals, tuple(Function))
    led = _single().filter(unit__in=own, state__in=RUNNING).exclude(owner__in=own)
    listed = f"{reverse('directives:list')}?scope=unit"
    sunday = today + timedelta(days=6 - today.weekday())
    reports = led.filter(occurrence__isnull=False, due_on__lte=today + SOON)
    late, this_week, recurring, running = counted(
        overdue(led, today)[:COUNTED], led.filter(due_on__range=(today, sunday))[:COUNTED], reports[:COUNTED],
        led[:COUNTED],
    )  # fmt: skip
    nearest = reports if recurring else led.filter(due_on__isnull=False)
    rows = nearest.select_related("owner", "unit").order_by("due_on", "pk")[:SHOWN]
    return Content(
        tiles=(
            _tile(_("Quá hạn"), late, listed, "bad"),
            _tile(_("Đến hạn trong tuần"), this_week, listed, "warn"),
            _tile(_("Báo cáo định kỳ trong 14 ngày"), recurring, listed, "warn"),
            _tile(_("Đang thực hiện"), running, listed, ""),
        ),
        records=list(rows),
        empty=_("Cấp trên chưa giao nhiệm vụ nào còn mở."),
        url=listed,
        url_label=_("Nhiệm vụ của đơn vị"),
    )


BLOCKS = (
    HomeBlock(
        "tasks-late", gettext_lazy("Nhiệm vụ đã giao"), "clipboard-list", frozenset({Hat.LEADER}), late_and_whose, 20
    ),
    HomeBlock(
        "tasks-from-province",
        gettext_lazy("Nhiệm vụ tỉnh giao, báo cáo đến hạn"),
        "clipboard-list",
        frozenset({Hat.COMMUNE}),
        from_the_province,
        15,
    ),
)


def _single() -> QuerySet[Task]:
    """Tasks that are counted: a recurring one is, through its periods."""
    return Task.objects.exclude(deadline_kind=DeadlineKind.RECURRING)


def _tile(label: str, count: int, url: str, tone: str) -> Tile:
    return Tile(label, count, url, tone if count else "")


def _line(row: Mapping[str, Any], listed: str) -> Line:
    url = f"{listed}?unit={row['unit_id']}"
    values = {"late": row["late"], "soon": row["soon"]}
    return Line(row["unit__short_name"] or row["unit__name"], values, {"": url})
