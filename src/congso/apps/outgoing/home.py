"""What outgoing documents show on homes: my drafts, what waits for my word or signature, what is to be issued."""

from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from congso.apps.outgoing.models import RECORD_TYPE
from congso.apps.outgoing.queries import registry_offices, waiting
from congso.kernel.accounts.requests import OfficeRequest
from congso.kernel.records.models import Record
from congso.kernel.web.dashboard import Tile
from congso.kernel.web.home import Content, Hat, HomeBlock

COUNTED = 100
SHOWN = 5


def my_drafts(request: OfficeRequest, today: date) -> Content | None:
    """The drafter's: what is in her hands, what is on its way, what she is asked about."""
    person = request.actor.person_id
    mine = Record.objects.filter(type=RECORD_TYPE, closed_at__isnull=True, outgoingdocument__drafter_id=person)
    rows = list(mine.select_related("owner", "unit").order_by("-updated_at")[:COUNTED])
    asked = waiting(request.principals, "consulting")[:COUNTED].count()
    if not rows and not asked:
        return None
    listed = reverse("outgoing:list")
    drafting = sum(one.state == "drafting" for one in rows)
    return Content(
        tiles=(
            Tile(_("Đang soạn thảo"), drafting, f"{listed}?scope=mine&state=drafting"),
            Tile(_("Đang lấy ý kiến, đang trình"), len(rows) - drafting, f"{listed}?scope=mine"),
            Tile(_("Chờ tôi cho ý kiến"), asked, f"{listed}?scope=waiting", "warn" if asked else ""),
        ),
        records=rows[:SHOWN],
        url=reverse("outgoing:draft"),
        url_label=_("Soạn văn bản đi"),
    )


def to_decide(request: OfficeRequest, today: date) -> Content | None:
    """The leader's: drafts to approve, papers to sign."""
    found = waiting(request.principals, "at_unit", "verifying", "at_leader", "to_sign", "consulting")
    rows = list(found.select_related("owner", "unit").order_by("due_on", "-id")[:COUNTED])
    if not rows:
        return None
    listed = reverse("outgoing:list")
    to_sign = sum(one.state == "to_sign" for one in rows)
    return Content(
        tiles=(
            Tile(_("Chờ ký số"), to_sign, reverse("outgoing:sign_many"), "warn" if to_sign else ""),
            Tile(_("Chờ duyệt, cho ý kiến"), len(rows) - to_sign, f"{listed}?scope=waiting"),
        ),
        records=rows[:SHOWN],
    )


def to_issue(request: OfficeRequest, today: date) -> Content | None:
    """The clerk's: signed papers that wait for number, seal and sending."""
    offices = registry_offices(request.principals)
    if not offices:
        return None
    found = waiting(request.principals, "signed", "numbered", "sealed")
    rows = list(found.select_related("owner", "unit").order_by("due_on", "id")[:COUNTED])
    listed = reverse("outgoing:list")
    return Content(
        tiles=(
            Tile(_("Chờ cấp số"), sum(one.state == "signed" for one in rows), f"{listed}?state=signed", "warn"),
            Tile(_("Chờ đóng dấu, phát hành"), sum(one.state != "signed" for one in rows), f"{listed}?scope=registry"),
        ),
        records=rows[:SHOWN],
        empty=_("Không có văn bản nào chờ phát hành."),
        url=reverse("outgoing:book"),
        url_label=_("Sổ đăng ký văn bản đi"),
    )


BLOCKS = (
    HomeBlock("to-issue", gettext_lazy("Văn bản chờ phát hành"), "send", frozenset({Hat.CLERK}), to_issue, 20),
    HomeBlock("to-decide", gettext_lazy("Dự thảo chờ duyệt, ký"), "writing", frozenset({Hat.LEADER}), to_decide, 15),
    HomeBlock("my-drafts", gettext_lazy("Dự thảo của tôi"), "edit", frozenset({Hat.SPECIALIST}), my_drafts, 20),
)
