"""What dossiers and the archive show on homes: counted up to a bound."""

from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from congso.apps.dossiers.models import DOSSIER, READING, ArchivedFile, Dossier
from congso.apps.dossiers.queries import archives_kept, expired, late
from congso.kernel.accounts.requests import OfficeRequest
from congso.kernel.records.counting import counted
from congso.kernel.records.models import Record
from congso.kernel.web.dashboard import Tile
from congso.kernel.web.home import Content, Hat, HomeBlock

COUNTED = 100
SHOWN = 5


def my_dossiers(request: OfficeRequest, today: date) -> Content | None:
    """The holder's: dossiers being filled, closed ones to hand over, late ones."""
    mine = Dossier.objects.filter(holder_id=request.actor.person_id)
    open_ones, closed, overdue = counted(
        mine.filter(state__in=("opened", "filling", "finishing"))[:COUNTED],
        mine.filter(state="closed")[:COUNTED],
        late(mine, today)[:COUNTED],
    )
    if not open_ones and not closed:
        return None
    listed = reverse("dossiers:list")
    rows = Record.objects.filter(type=DOSSIER, dossier__holder_id=request.actor.person_id, state="closed")
    return Content(
        tiles=(
            Tile(_("Hồ sơ đang lập"), open_ones, f"{listed}?scope=mine"),
            Tile(_("Chờ nộp lưu"), closed, f"{listed}?scope=closed", "warn" if closed else ""),
            Tile(_("Quá hạn nộp"), overdue, f"{listed}?scope=late", "bad" if overdue else ""),
        ),
        records=list(rows.select_related("owner", "unit").order_by("due_on", "id")[:SHOWN]),
        url=listed,
        url_label=_("Hồ sơ công việc"),
    )


def archive_today(request: OfficeRequest, today: date) -> Content | None:
    """The archivist's: what waits to be received, wishes to read, what is over, what is damaged."""
    archives = archives_kept(request.principals)
    if not archives:
        return None
    kept, own = reverse("dossiers:kept"), Dossier.objects.filter(owner__in=archives)
    waiting, wishes, over, damaged = counted(
        own.filter(state="submitted")[:COUNTED],
        Record.objects.filter(type=READING, owner__in=archives, state="asked")[:COUNTED],
        expired(own, today)[:COUNTED],
        ArchivedFile.objects.filter(state__in=("damaged", "missing"))[:COUNTED],
    )
    return Content(
        tiles=(
            Tile(_("Hồ sơ chờ nhận"), waiting, f"{kept}?scope=waiting", "warn" if waiting else ""),
            Tile(_("Yêu cầu khai thác"), wishes, reverse("dossiers:readings")),
            Tile(_("Xem xét hủy"), over, f"{kept}?scope=expired"),
            Tile(_("Tệp hỏng"), damaged, reverse("dossiers:fixity"), "bad" if damaged else ""),
        ),
        url=kept,
        url_label=_("Hồ sơ trong lưu trữ"),
    )


BLOCKS = (
    HomeBlock(
        "my-dossiers",
        gettext_lazy("Hồ sơ tôi lập"),
        "archive",
        frozenset({Hat.SPECIALIST, Hat.LEADER, Hat.COMMUNE}),
        my_dossiers,
        60,
    ),
    HomeBlock(
        "archive-today",
        gettext_lazy("Lưu trữ hôm nay"),
        "building",
        frozenset({Hat.SPECIALIST, Hat.CLERK, Hat.LEADER}),
        archive_today,
        70,
    ),
)
