"""Items across programmes: what a session takes up, what can be carried, whose papers are missing."""

from datetime import date, timedelta

from django.db.models import Exists, OuterRef, Q, QuerySet

from congso.apps.programme.flow import IN_FORCE
from congso.apps.programme.models import Item, Programme, Standing
from congso.apps.programme.queries.programmes import LONGER

_SHOWN = ("programme", "programme__organization", "preparer", "verifier")
_LIVE = (Standing.PLANNED, Standing.DONE)


def _in_force() -> QuerySet[Item]:
    """Items of approved programmes that were not carried into a nearer one: each matter once."""
    carried = Item.objects.filter(carried_from=OuterRef("pk"), programme__is_dropped=False, programme__revision__gt=0)
    found = Item.objects.filter(programme__revision__gt=0, programme__state__in=(*IN_FORCE, "confirming", "closed"))
    return found.filter(~Exists(carried)).select_related(*_SHOWN)


def items_on(first: date, last: date) -> QuerySet[Item]:
    """What sessions take up on these days, of every programme the person sees, by day."""
    return _in_force().filter(session_on__range=(first, last), standing__in=_LIVE).order_by("session_on", "place", "id")


def items_of_session(organization_id: int, day: date, body: str = "") -> QuerySet[Item]:
    """What one body's session on a day takes up, in the programme's order; without `body` all bodies of it."""
    found = items_on(day, day).filter(programme__organization_id=organization_id)
    return found.filter(programme__body=body) if body else found


def without_papers(today: date, until: date) -> QuerySet[Item]:
    """Items whose session is still to come and whose papers, due until a day, are not there."""
    found = _in_force().filter(standing=Standing.PLANNED, papers_in_on__isnull=True, papers_due_on__lte=until)
    return found.filter(Q(session_on__gte=today) | Q(session_on__isnull=True)).order_by("papers_due_on", "id")


def carriable(programme: Programme) -> QuerySet[Item]:
    """What longer programmes plan for these days, and what was postponed to them; not what is here already.

    What was carried from the year to the quarter is offered by the quarter alone.
    """
    first, last = programme.period.start, programme.period.end
    longer = LONGER[programme.span]  # type: ignore[index]  # the column holds a Span
    of_body = Item.objects.filter(
        programme__organization_id=programme.organization_id,
        programme__body=programme.body,
        programme__is_dropped=False,
        programme__revision__gt=0,
    )
    planned = Q(programme__span__in=longer, standing=Standing.PLANNED) & (
        Q(session_on__range=(first, last)) | Q(session_on__isnull=True, month__range=(first, last))
    )
    moved = Q(standing=Standing.POSTPONED, moved_to__range=(first, last))
    nearer = Item.objects.filter(carried_from=OuterRef("pk"), programme__is_dropped=False).filter(
        Q(programme=programme.pk) | Q(programme__span__in=longer)
    )
    found = of_body.filter(planned | moved).exclude(programme=programme.pk).filter(~Exists(nearer))
    return found.select_related(*_SHOWN).order_by("session_on", "month", "place", "id")


def soon(today: date, days: int = 14) -> date:
    """Until when papers are looked for."""
    return today + timedelta(days=days)
