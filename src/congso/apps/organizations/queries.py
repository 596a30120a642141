"""What the screens ask: the page of one organization, of one person, and what an act would move."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import Q

from congso.kernel.access.models import Delegation, Grant
from congso.kernel.directory.models import Assignment, Organization, OrganizationVersion, Person, Post, valid_on
from congso.kernel.directory.tree import holders_of, living_below
from congso.kernel.records.queries import MOST_COUNTED, work_of
from congso.kernel.records.types import record_types

SHOWN = 30


@dataclass(frozen=True)
class Moving:
    """What an act would move: shown before it is done."""

    people: int
    posts: int
    units: list[OrganizationVersion]
    holders: list[Assignment]
    open_records: list[tuple[str, str]]
    series: list[tuple[str, int]]
    warnings: list[str] = field(default_factory=list)


def moving_with(ended: Sequence[Organization], day: date) -> Moving:
    """People, posts, units, open work and series of organizations about to end on the day. Eight queries."""
    ids = [one.pk for one in ended]
    held = holders_of(ids, day)
    work = work_of(ids)
    labels = {one.key: str(one.label) for one in record_types()}
    return Moving(
        people=held.order_by().values("person").distinct().count(),
        posts=Post.objects.filter(valid_on(day), organization__in=ids).count(),
        units=list(living_below(ids, day).exclude(organization__in=ids)[: SHOWN + 1]),
        holders=list(held[: SHOWN + 1]),
        open_records=[
            (labels.get(kind, kind), f"hơn {MOST_COUNTED:,}".replace(",", ".") if n >= MOST_COUNTED else str(n))
            for kind, n in sorted(work.open_records.items())
        ],
        series=sorted(work.series.items()),
        warnings=list(_warnings(ended, day)),
    )


def _warnings(ended: Sequence[Organization], day: date) -> Iterable[str]:
    ids = [one.pk for one in ended]
    serving = Organization.objects.filter(valid_on(day), serves__in=ids).exclude(pk__in=ids).select_related("serves")
    for office in serving[:SHOWN]:
        yield f"{office} đang phục vụ {office.serves}; hãy quyết định cả văn phòng này."
    for grant in Grant.objects.filter(valid_on(day), organization__in=ids).select_related("person", "organization"):
        yield f"Quyền quản trị {grant.organization} của {grant.person} hết tác dụng; tổ chức mới cần cấp lại."


def delegations_of_posts(posts: Iterable[int], day: date) -> dict[int, list[Delegation]]:
    """Who stands in for each of these posts on the day or is going to. One query."""
    found: dict[int, list[Delegation]] = {}
    rows = Delegation.objects.filter(post__in=list(posts), valid_to__gt=day).select_related("person", "given_by")
    for one in rows.order_by("valid_from", "id"):
        found.setdefault(one.post_id, []).append(one)
    return found


def delegations_of_person(person: Person, day: date) -> list[Delegation]:
    """For whom the person stands in, or who stands in for her, on the day or later. One query."""
    mine = Q(post__assignments__person=person) & valid_on(day, "post__assignments__")
    rows = Delegation.objects.filter(Q(person=person) | mine, valid_to__gt=day).distinct()
    return list(rows.select_related("person", "post__organization").order_by("valid_from", "id"))


def career_of(person: Person) -> list[Assignment]:
    """Every post the person holds, held or will hold, the latest first. One query."""
    rows = Assignment.objects.filter(person=person).select_related("post__organization")
    return list(rows.order_by("-valid_from", "-id"))


def posts_of_people(people: Iterable[Person], day: date) -> dict[int, list[Assignment]]:
    """What each of these holds on the day, highest first. One query."""
    found: dict[int, list[Assignment]] = {}
    rows = Assignment.objects.filter(valid_on(day), valid_on(day, "post__"), person__in=[one.pk for one in people])
    for one in rows.select_related("post__organization").order_by("post__rank", "id"):
        found.setdefault(one.person_id, []).append(one)
    return found


def directory_rows(day: date, below: Sequence[int] | None = None) -> Any:
    """Everybody who holds a post on the day: the phone book, organization by organization."""
    held = Assignment.objects.filter(valid_on(day), valid_on(day, "post__"))
    if below is not None:
        held = held.filter(post__organization__in=below)
    order = ("post__organization__name_key", "post__organization_id", "post__rank", "person__name_key", "id")
    return held.select_related("person", "post__organization").order_by(*order)
