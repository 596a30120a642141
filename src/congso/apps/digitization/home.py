"""What digitization shows on homes: what waits to be checked, what waits for a second person."""

from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from congso.apps.digitization.models import ScanBatch
from congso.apps.digitization.queries import OPERATING, copies, waiting_second
from congso.kernel.accounts.requests import OfficeRequest
from congso.kernel.records.counting import counted
from congso.kernel.web.dashboard import Tile
from congso.kernel.web.home import Content, Hat, HomeBlock
from congso.kernel.web.navigation import holds


def what_waits(request: OfficeRequest, _today: date) -> Content | None:
    """For who digitizes; nothing where no batch is open."""
    if not holds(request, *OPERATING):
        return None
    open_batches, unchecked, second = counted(
        ScanBatch.objects.filter(closed_at__isnull=True, is_imported=False),
        copies().filter(state="unchecked"),
        waiting_second(request.actor.id),
    )
    if not open_batches:
        return None
    address = reverse("digitization:list")
    return Content(
        tiles=(
            Tile(_("Đợt số hóa đang làm"), open_batches, address),
            Tile(_("Tài liệu chờ kiểm tra"), unchecked, address, "warn" if unchecked else ""),
            Tile(_("Chờ bạn kiểm tra lần hai"), second, address, "warn" if second else ""),
        ),
        url=address,
        url_label=_("Các đợt số hóa"),
    )


BLOCKS = (HomeBlock("digitization", gettext_lazy("Số hóa tài liệu"), "scan", frozenset({Hat.CLERK}), what_waits, 70),)
