"""What reports show on homes: what a unit has to send, what waits for judgement."""

from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from congso.apps.reports.queries import in_hand, reports, to_judge
from congso.apps.reports.queries.reports import overdue
from congso.kernel.accounts.requests import OfficeRequest
from congso.kernel.records.counting import counted
from congso.kernel.web.dashboard import Tile
from congso.kernel.web.home import Content, Hat, HomeBlock

COUNTED = 1000
SHOWN = 5


def to_send(request: OfficeRequest, today: date) -> Content | None:
    """The unit's own: what is late, what is due, the nearest first."""
    mine = in_hand(reports(), request.principals)
    rows = list(mine.order_by("due_on", "pk")[:SHOWN])
    if not rows:
        return None
    late, in_all = counted(overdue(mine, today)[:COUNTED], mine[:COUNTED])
    listed = reverse("reports:list")
    return Content(
        tiles=(
            Tile(_("Báo cáo quá hạn"), late, f"{listed}?scope=overdue", "bad" if late else ""),
            Tile(_("Báo cáo phải gửi"), in_all, f"{listed}?scope=mine", ""),
        ),
        records=rows,
        url=listed,
        url_label=_("Báo cáo của đơn vị"),
    )


def to_read(request: OfficeRequest, today: date) -> Content | None:
    """The receiver's: reports that wait for her judgement."""
    waiting = to_judge(reports(), request.principals)
    rows = list(waiting.order_by("due_on", "pk")[:SHOWN])
    if not rows:
        return None
    return Content(records=rows, url=f"{reverse('reports:list')}?scope=judge", url_label=_("Báo cáo chờ duyệt"))


BLOCKS = (
    HomeBlock("reports-to-send", gettext_lazy("Báo cáo phải gửi"), "chart-bar", frozenset({Hat.COMMUNE}), to_send, 18),
    HomeBlock("reports-to-read", gettext_lazy("Báo cáo chờ duyệt"), "chart-bar", frozenset({Hat.LEADER}), to_read, 40),
)
