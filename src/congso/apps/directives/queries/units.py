"""Units as papers write them and as people type them."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Self

from django.db.models import Count, Q

from congso.apps.directives.models import Mention
from congso.apps.directives.queries.tasks import OrganizationIndex, UnknownOrganization, working_on
from congso.kernel.directory.finding import find_organizations
from congso.kernel.directory.models import Organization
from congso.kernel.directory.naming import Names

_OFFERED = 30  # of all that begin so; whoever means another types one word more


def units_called(typed: str, day: date) -> list[Organization]:
    """Units of the day whose names have words that begin so, those called exactly so first. Three queries."""
    begun = [one.pk for one in find_organizations(typed, day=day, most=_OFFERED)]
    named = Q(symbol__iexact=typed.strip()) | Q(short_name__iexact=typed.strip())
    exact = list(working_on(day).filter(named)[:_OFFERED])
    return exact + list(working_on(day).filter(pk__in=begun).exclude(pk__in=[one.pk for one in exact]))


def short_names_borne(units: Iterable[Organization], day: date) -> dict[str, int]:
    """How many units of the day bear each of these short names. One query."""
    names = {one.short_name for one in units}
    counted = working_on(day).filter(short_name__in=names).order_by().values("short_name").annotate(n=Count("id"))
    return dict(counted.values_list("short_name", "n"))


def resolver(day: date, owner: Organization) -> Callable[[str], Mention]:
    """How papers that reach the assigning organization name units, as of the day. Two queries, then none."""
    names = Names.on(day, near=owner.serves or owner)

    def resolve(written: str) -> Mention:
        found = names.resolve(written)
        return Mention(written, tuple(one.pk for one in found.organizations), found.group, found.reason)

    return resolve


@dataclass(frozen=True)
class UnitFinder:
    """Finds what people type: one organization by any of its names, or a group of them."""

    index: OrganizationIndex
    resolve: Callable[[str], Mention]

    @classmethod
    def on(cls, day: date, owner: Organization) -> Self:
        """The organizations of the day, as the assigning organization calls them."""
        return cls(OrganizationIndex(day), resolver(day, owner))

    def find(self, typed: str, *, written: str) -> Mention:
        """What was typed stands for `written` on the paper. Raises UnknownOrganization with the reason."""
        try:
            return Mention(written, (self.index.find(typed).pk,))
        except UnknownOrganization:
            found = self.resolve(typed)
            if not found.is_resolved:
                raise
            return Mention(written, found.organizations, found.group or (typed.strip() if found.is_group else ""))
