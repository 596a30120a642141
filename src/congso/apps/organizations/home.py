"""What the chart shows on the home of who administers it or a part of it."""

from datetime import date, timedelta

from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from congso.kernel.access.models import Delegation
from congso.kernel.access.principals import Kind, describe
from congso.kernel.accounts.requests import OfficeRequest
from congso.kernel.directory.models import Assignment, ChartEvent, Post, valid_on
from congso.kernel.records.counting import counted
from congso.kernel.web.dashboard import Tile
from congso.kernel.web.home import Content, Hat, HomeBlock

COUNTED = 100
SOON = timedelta(days=30)


def chart_today(request: OfficeRequest, today: date) -> Content | None:
    """Vacant posts, who stands in today, appointments that end and changes that begin within a month."""
    held = Assignment.objects.filter(valid_on(today), post_id=OuterRef("pk"))
    vacant = Post.objects.filter(~Exists(held), valid_on(today))
    ending = Assignment.objects.filter(valid_to__gt=today, valid_to__lte=today + SOON)
    coming = ChartEvent.objects.filter(effective_on__gt=today, effective_on__lte=today + SOON)
    standing_in = Delegation.objects.filter(valid_on(today))
    counts = counted(*(found[:COUNTED] for found in (vacant, standing_in, ending, coming)))
    url = _start(request)
    return Content(
        tiles=(
            Tile(_("Chức vụ khuyết"), counts[0], url),
            Tile(_("Đang có người thay"), counts[1], url),
            Tile(_("Thôi giữ chức vụ trong 30 ngày"), counts[2], url),
            Tile(_("Thay đổi tổ chức sắp có hiệu lực"), counts[3], url),
        ),
        url=url,
        url_label=_("Tổ chức, danh bạ"),
    )


BLOCKS = (
    HomeBlock(
        "chart-today", gettext_lazy("Tổ chức, chức vụ"), "sitemap", frozenset({Hat.ADMINISTRATOR}), chart_today, 40
    ),
)


def _start(request: OfficeRequest) -> str:
    """The organization somebody administers, or the whole chart."""
    own = [pk for kind, pk, _code in map(describe, request.principals) if kind is Kind.ADMINISTRATION]
    if len(own) == 1:
        return reverse("organizations:organization", args=own)
    return reverse("organizations:tree")
