"""The organization chart as a picture of one day: who stands below whom, who holds what, who followed whom."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Count, F, OuterRef, Prefetch, QuerySet, Subquery
from django.db.models.functions import Coalesce

from congso.kernel.directory.models import (
    Assignment,
    Organization,
    OrganizationVersion,
    Post,
    Succession,
    valid_on,
)

SHOWN = 500  # of one organization's posts or units on a screen; search finds the others


@dataclass(frozen=True)
class Step:
    """One event that connects an organization with others: who before, who after, when, by what."""

    day: date
    decision: str
    others: list[Organization]


@dataclass(frozen=True)
class Lineage:
    """From whom an organization took over and who took over from it, oldest first."""

    before: list[Step] = field(default_factory=list)
    after: list[Step] = field(default_factory=list)


def nodes_under(parent: int | None, day: date) -> QuerySet[OrganizationVersion]:
    """What stands directly below on the day (None: at the top), with its counts `units` and `people`. One query."""
    return _counted(OrganizationVersion.objects.filter(valid_on(day), parent=parent), day)


def node_of(organization: int, day: date) -> OrganizationVersion | None:
    """The organization as it stood on the day, counted like the tree's lines; None outside its life. One query."""
    versions = OrganizationVersion.objects.filter(valid_on(day), organization=organization)
    return _counted(versions, day).select_related("organization", "parent").first()


def path_to(organization: int, day: date) -> list[OrganizationVersion]:
    """The superiors on the day, the highest first. A query a level."""
    found: list[OrganizationVersion] = []
    version = OrganizationVersion.objects.filter(valid_on(day), organization=organization).first()
    while version is not None and version.parent_id is not None:
        version = OrganizationVersion.objects.filter(valid_on(day), organization=version.parent_id).first()
        if version is not None:
            found.append(version)
    return found[::-1]


def posts_of(organization: int, day: date) -> list[Post]:
    """The first posts of the day (at most `SHOWN`), each with `holders`: assignments of the day, formal before acting.

    Two queries.
    """
    held = Assignment.objects.filter(valid_on(day)).select_related("person").order_by("-kind", "valid_from", "id")
    posts = Post.objects.filter(valid_on(day), organization=organization).order_by("rank", "id")
    return list(posts.prefetch_related(Prefetch("assignments", queryset=held, to_attr="holders"))[:SHOWN])


def lineage_of(organization: Organization) -> Lineage:
    """Predecessors and successors, event by event. Two queries."""
    before = Succession.objects.filter(successor=organization).select_related("predecessor")
    after = Succession.objects.filter(predecessor=organization).select_related("successor")
    order = ("effective_on", "event_id", "id")
    return Lineage(
        _steps((row, row.predecessor) for row in before.order_by(*order)),
        _steps((row, row.successor) for row in after.order_by(*order)),
    )


def _steps(rows: Iterable[tuple[Succession, Organization]]) -> list[Step]:
    steps: list[Step] = []
    for row, other in rows:
        if not steps or (steps[-1].day, steps[-1].decision) != (row.effective_on, row.decision):
            steps.append(Step(row.effective_on, row.decision, []))
        steps[-1].others.append(other)
    return steps


def _counted(versions: QuerySet[OrganizationVersion], day: date) -> QuerySet[OrganizationVersion]:
    units = (
        OrganizationVersion.objects.filter(valid_on(day), parent=OuterRef("organization_id"))
        .order_by()
        .values("parent")
        .annotate(n=Count("*"))
        .values("n")
    )
    held = Assignment.objects.filter(valid_on(day), valid_on(day, "post__"))
    people = (
        held.filter(post__organization=OuterRef("organization_id"))
        .order_by()
        .values("post__organization")
        .annotate(n=Count("person", distinct=True))
        .values("n")
    )
    return versions.annotate(
        units=Coalesce(Subquery(units), 0),
        people=Coalesce(Subquery(people), 0),
        kind=F("organization__kind"),
        code=F("organization__code"),
    ).order_by("name_key", "organization_id")


def holders_of(organizations: Iterable[int], day: date) -> QuerySet[Assignment]:
    """Who holds a post in one of these on the day, in Vietnamese order of names."""
    held = Assignment.objects.filter(valid_on(day), valid_on(day, "post__"), post__organization__in=list(organizations))
    return held.select_related("person", "post__organization").order_by("person__name_key", "id")


def living_below(organizations: Iterable[int], day: date) -> QuerySet[OrganizationVersion]:
    """What stands directly below one of these on the day."""
    return OrganizationVersion.objects.filter(valid_on(day), parent__in=list(organizations)).order_by("name_key", "id")


def names_of(organization: Organization) -> QuerySet[OrganizationVersion]:
    """Every name and superior it had or will have, the latest first."""
    return organization.versions.select_related("parent", "event").order_by("-valid_from")
