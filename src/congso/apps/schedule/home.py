"""What the calendar shows on homes: today's and tomorrow's, and proposals that wait."""

from datetime import date, datetime, time, timedelta

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from congso.apps.schedule.queries import entries, entries_between, mine
from congso.kernel.accounts.requests import OfficeRequest
from congso.kernel.web.dashboard import Tile
from congso.kernel.web.home import Content, Hat, HomeBlock

COUNTED = 100
SHOWN = 6


def today_and_tomorrow(request: OfficeRequest, today: date) -> Content | None:
    """My next entries, and how many proposals wait for me."""
    now = timezone.localtime()
    until = timezone.make_aware(datetime.combine(today + timedelta(days=2), time.min))
    found = mine(entries_between(now, until), request.principals, request.actor.id)
    rows = list(found.prefetch_related(None)[:SHOWN])
    waiting = entries().filter(awaited__overlap=list(request.principals), state="proposed").order_by()[:COUNTED].count()
    if not rows and not waiting:
        return None
    listed = reverse("schedule:list")
    tiles = (Tile(_("Lịch chờ duyệt"), waiting, f"{listed}?scope=waiting", "warn"),) if waiting else ()
    return Content(tiles=tiles, records=rows, url=reverse("schedule:week"), url_label=_("Lịch tuần"))


BLOCKS = (
    HomeBlock(
        "schedule-today", gettext_lazy("Lịch hôm nay, ngày mai"), "calendar",
        frozenset({Hat.LEADER, Hat.CLERK, Hat.SPECIALIST}), today_and_tomorrow, 5,
    ),
)  # fmt: skip
