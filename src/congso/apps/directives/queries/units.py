"""Units as papers write them and as people type them."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Self

from congso.apps.directives.models import Mention
from congso.apps.directives.queries.tasks import OrganizationIndex, UnknownOrganization
from congso.kernel.directory.models import Organization
from congso.kernel.directory.naming import Names


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
        return cls(OrganizationIndex.on(day), resolver(day, owner))

    def find(self, typed: str, *, written: str) -> Mention:
        """What was typed stands for `written` on the paper. Raises UnknownOrganization with the reason."""
        try:
            return Mention(written, (self.index.find(typed).pk,))
        except UnknownOrganization:
            found = self.resolve(typed)
            if not found.is_resolved:
                raise
            return Mention(written, found.organizations, found.group or (typed.strip() if found.is_group else ""))
