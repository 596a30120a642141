"""What cases show on homes: what the desk takes in and hands out, what is late, for clerks and leaders."""

from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from congso.apps.procedures.models import Case
from congso.apps.procedures.queries import of_my_bodies, overdue
from congso.kernel.accounts.requests import OfficeRequest
from congso.kernel.records.counting import counted
from congso.kernel.web.dashboard import Tile
from congso.kernel.web.home import Content, Hat, HomeBlock

COUNTED = 1000


def at_the_desk(request: OfficeRequest, today: date) -> Content | None:
    """For who works at a desk or on steps; nothing where no case ever lay."""
    found = of_my_bodies(Case.objects.all(), request.principals)
    at_all, submitted, late, to_sign, ready = counted(
        found[:1],
        found.filter(state="submitted")[:COUNTED],
        overdue(found, today)[:COUNTED],
        found.filter(state="awaiting_signature")[:COUNTED],
        found.filter(state="result_ready")[:COUNTED],
    )
    if not at_all:
        return None
    listed = reverse("procedures:cases")
    return Content(
        tiles=(
            _tile(_("Chờ tiếp nhận"), submitted, f"{listed}?state=submitted", "warn"),
            _tile(_("Hồ sơ quá hẹn"), late, f"{listed}?scope=late", "bad"),
            _tile(_("Chờ ký"), to_sign, f"{listed}?state=awaiting_signature", "warn"),
            _tile(_("Chờ trả kết quả"), ready, f"{listed}?scope=ready", ""),
        ),
        url=listed,
        url_label=_("Hồ sơ thủ tục"),
    )


BLOCKS = (
    HomeBlock(
        "procedure-cases", gettext_lazy("Thủ tục hành chính"), "clipboard-check",
        frozenset({Hat.CLERK, Hat.LEADER, Hat.COMMUNE}), at_the_desk, 40,
    ),
)  # fmt: skip


def _tile(label: str, count: int, url: str, tone: str) -> Tile:
    return Tile(label, count, url, tone if count else "")
