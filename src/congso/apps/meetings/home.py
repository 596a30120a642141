"""What meetings show on homes: today's and the next ones, and invitations that wait for an answer."""

from datetime import date, timedelta

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from congso.apps.meetings.queries import meetings, meetings_between, mine, to_answer
from congso.kernel.accounts.requests import OfficeRequest
from congso.kernel.web.dashboard import Tile
from congso.kernel.web.home import Content, Hat, HomeBlock

SHOWN = 5
DAYS = 7
COUNTED = 100


def coming(request: OfficeRequest, today: date) -> Content | None:
    """My meetings of the next days, the nearest first."""
    now, me = timezone.now(), request.actor.person_id or 0
    rows = list(mine(meetings_between(now, now + timedelta(days=DAYS)), me)[:SHOWN])
    waiting = to_answer(meetings(), me, now).order_by()[:COUNTED].count()
    if not rows and not waiting:
        return None
    listed = reverse("meetings:list")
    tiles = (Tile(_("Giấy mời chờ trả lời"), waiting, f"{listed}?scope=answer", "warn"),) if waiting else ()
    return Content(tiles=tiles, records=rows, url=listed, url_label=_("Cuộc họp"))


BLOCKS = (HomeBlock("meetings", gettext_lazy("Cuộc họp của tôi"), "users", frozenset(Hat), coming, 8),)
