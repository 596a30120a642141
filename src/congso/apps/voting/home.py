"""What ballots show on homes: those that wait for one's vote."""

from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from congso.apps.voting.queries import ballots, to_vote
from congso.kernel.accounts.requests import OfficeRequest
from congso.kernel.web.home import Content, Hat, HomeBlock

SHOWN = 5


def waiting(request: OfficeRequest, today: date) -> Content | None:
    """Open ballots without her answer, the nearest deadline first."""
    rows = list(to_vote(ballots(), request.actor.person_id or 0).order_by("closes_at", "pk")[:SHOWN])
    if not rows:
        return None
    return Content(records=rows, url=reverse("voting:list"), url_label=_("Cần tôi biểu quyết"))


BLOCKS = (HomeBlock("ballots", gettext_lazy("Cần tôi biểu quyết"), "checkbox", frozenset(Hat), waiting, 12),)
