"""What can be booked, by whom, and when it is taken."""

from collections.abc import Collection

from django.db.models import Q, QuerySet

from congso.apps.schedule.models import Claim, Thing
from congso.apps.schedule.queries.entries import organizations_where, owners_for
from congso.apps.schedule.rules import Slot
from congso.kernel.access.principals import Function
from congso.kernel.directory.models import Organization

_KEEPING = (Function.CHIEFS, Function.CLERKS, Function.LEADERS)


def things_for(held: Collection[int]) -> QuerySet[Thing]:
    """What somebody may ask for: what belongs to the calendars she proposes into, and to the offices serving them."""
    owners = list(owners_for(held).values_list("pk", flat=True))
    around = Q(owner__in=owners) | Q(owner__serves__in=owners)
    return Thing.objects.filter(around, is_in_use=True).select_related("owner").order_by("kind", "name", "id")


def keeping_for(held: Collection[int]) -> QuerySet[Organization]:
    """Whose things somebody lists."""
    own = organizations_where(held, _KEEPING)
    found = Organization.objects.filter(Q(pk__in=own) | Q(serving_offices__in=own))
    return found.distinct().order_by("name_key", "id")


def keeps_anything(held: Collection[int]) -> bool:
    """Whether she lists anybody's things; asks nothing of the database, so that menus may."""
    return bool(organizations_where(held, _KEEPING))


def uses_between(window: Slot, things: Collection[int]) -> QuerySet[Claim]:
    """When these things are taken, by approved entries, in order of time."""
    found = Claim.objects.filter(thing__in=list(things), is_firm=True)
    return found.filter(during__overlap=(window.starts_at, window.ends_at)).order_by("during", "id")
