"""What programmes show on homes: papers to prepare, and what waits for approval."""

from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from congso.apps.programme.models import Programme
from congso.apps.programme.queries import programmes
from congso.kernel.accounts.requests import OfficeRequest
from congso.kernel.web.home import Content, Hat, HomeBlock

SHOWN = 5


def waiting(request: OfficeRequest, today: date) -> Content | None:
    """Programmes whose turn it is to be approved by the person."""
    found = programmes().filter(awaited__overlap=list(request.principals), state__in=("submitted", "confirming"))
    rows: list[Programme] = list(found.order_by("first_day", "pk")[:SHOWN])
    if not rows:
        return None
    return Content(records=rows, url=f"{reverse('programme:list')}?scope=mine", url_label=_("Chương trình chờ duyệt"))


BLOCKS = (
    HomeBlock(
        "programmes-to-approve", gettext_lazy("Chương trình công tác chờ duyệt"), "list-check",
        frozenset({Hat.LEADER}), waiting, 45,
    ),
)  # fmt: skip
