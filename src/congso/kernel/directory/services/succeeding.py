"""Mergers and splits: who carries on whose work, from which day.

The successor's posts hold what the predecessor's held, by the one row that names the succession (the database computes
it); sub-units move below, posts and their holders go on in the successor as new posts that continue the old ones.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from django.db import transaction

from congso.kernel.directory.models import (
    Assignment,
    ChartEvent,
    Organization,
    OrganizationVersion,
    Post,
    Succession,
    valid_on,
)
from congso.kernel.directory.services.building import bring_into_force, end_organizations
from congso.kernel.directory.services.chart import (
    Decision,
    against_decision,
    found,
    hold_chart,
    put_under,
    record_event,
    refuse_if,
    require,
    require_above,
    tell,
)
from congso.kernel.directory.services.checking import (
    NewOrganization,
    against_ending,
    against_new,
    against_standing,
    would_circle,
)


@dataclass(frozen=True)
class Part:
    """One successor of a split, with the posts and units (by id) that go to it."""

    organization: Organization | NewOrganization
    posts: frozenset[int] = field(default_factory=frozenset)
    units: frozenset[int] = field(default_factory=frozenset)


@dataclass(frozen=True)
class Moved:
    """What an act has moved."""

    organization: Organization
    units: int
    posts: int
    people: int


@transaction.atomic
def merge_organizations(
    predecessors: Sequence[Organization],
    *,
    into: Organization | NewOrganization,
    decision: Decision,
    by: int,
    at: datetime,
) -> Moved:
    """The predecessors end on the day; `into`, new or existing, carries on their work, units, posts and people."""
    hold_chart()
    refuse_if([*against_decision(decision), *against_merger(predecessors, into, decision.on)])
    require_above(predecessors)
    successor = _standing(into, decision.on)
    event = record_event(ChartEvent.Kind.MERGE, successor, decision, by, at)
    _succeed([(one, successor) for one in predecessors], decision, event)
    moved = _hand_over([one.pk for one in predecessors], lambda _: successor, lambda _: successor, event)
    facts = {"predecessors": [one.pk for one in predecessors], "units": moved[0], "posts": moved[1], "people": moved[2]}
    tell(event, by, at, facts)
    return Moved(successor, *moved)


@transaction.atomic
def split_organization(
    organization: Organization, *, parts: Sequence[Part], decision: Decision, by: int, at: datetime
) -> list[Organization]:
    """It ends on the day; each part carries on its work. Posts and units nobody chose go to the first part.

    Every successor's holders reach what the predecessor's reached: whose an old record is was not decided record by
    record.
    """
    hold_chart()
    refuse_if([*against_decision(decision), *against_split(organization, parts, decision.on)])
    require_above([organization])
    made = [_standing(part.organization, decision.on) for part in parts]
    event = record_event(ChartEvent.Kind.SPLIT, organization, decision, by, at)
    _succeed([(organization, one) for one in made], decision, event)
    posts = {post: one for one, part in zip(made, parts, strict=True) for post in part.posts}
    units = {unit: one for one, part in zip(made, parts, strict=True) for unit in part.units}
    moved = _hand_over(
        [organization.pk], lambda post: posts.get(post, made[0]), lambda unit: units.get(unit, made[0]), event
    )
    tell(event, by, at, {"successors": [one.pk for one in made], "units": moved[0], "posts": moved[1]})
    return made


def against_merger(
    predecessors: Sequence[Organization], into: Organization | NewOrganization, on: date
) -> Iterator[str]:
    """Why these cannot become one on the day."""
    ids = {one.pk for one in predecessors}
    if not ids:
        yield "Hãy chọn ít nhất một tổ chức được sáp nhập."
    if len(ids) != len(predecessors):
        yield "Một tổ chức được chọn hai lần."
    yield from against_ending(predecessors, on)
    if isinstance(into, NewOrganization):
        yield from _against_new_heir(into, predecessors, on)
        return
    if into.pk in ids:
        yield f"{into} vừa kết thúc vừa tiếp nhận; hãy bỏ khỏi danh sách được sáp nhập."
    yield from against_standing(into, on)
    for one in predecessors:
        if one.pk != into.pk and would_circle(one.pk, into.pk, on):
            yield f"{into} đang trực thuộc {one}; hãy chuyển ra trước khi sáp nhập."


def against_split(organization: Organization, parts: Sequence[Part], on: date) -> Iterator[str]:
    """Why it cannot become these on the day."""
    if len(parts) < 2:
        yield "Chia, tách cần ít nhất hai tổ chức tiếp nhận."
    yield from against_ending([organization], on)
    codes = [part.organization.code for part in parts]
    if len(set(codes)) != len(codes):
        yield "Các tổ chức tiếp nhận phải có mã khác nhau."
    for part in parts:
        if isinstance(part.organization, NewOrganization):
            yield from _against_new_heir(part.organization, [organization], on)
        else:
            yield from against_standing(part.organization, on)
            if would_circle(organization.pk, part.organization.pk, on):
                yield f"{part.organization} đang trực thuộc {organization}; hãy chuyển ra trước."


def _against_new_heir(new: NewOrganization, predecessors: Sequence[Organization], on: date) -> Iterator[str]:
    ids = [one.pk for one in predecessors]
    yield from against_new(new, on, heirs_of=ids)
    for one in predecessors:
        if new.parent is not None and would_circle(one.pk, new.parent.pk, on):
            yield f"{new.parent} kết thúc cùng {one}; hãy chọn cấp trên khác."


def _standing(organization: Organization | NewOrganization, on: date) -> Organization:
    if isinstance(organization, NewOrganization):
        return found(organization, on)
    require([organization])
    require_above([organization])
    return organization


def _succeed(pairs: Iterable[tuple[Organization, Organization]], decision: Decision, event: ChartEvent) -> None:
    Succession.objects.bulk_create(
        Succession(predecessor=before, successor=after, effective_on=decision.on, decision=event.decision, event=event)
        for before, after in pairs
    )


def _hand_over(
    ended: Sequence[int],
    heir_of_post: Callable[[int], Organization],
    heir_of_unit: Callable[[int], Organization],
    event: ChartEvent,
) -> tuple[int, int, int]:
    """Units, posts and holders go on under the heirs; the ended end. Returns how many of each."""
    on = event.effective_on
    units = list(
        OrganizationVersion.objects.filter(parent__in=ended, valid_to__isnull=True).exclude(organization__in=ended)
    )
    for heir in {heir_of_unit(one.organization_id) for one in units}:
        put_under([one for one in units if heir_of_unit(one.organization_id) == heir], heir.pk, on, event)
    posts = list(Post.objects.filter(valid_on(on), organization__in=ended))
    people = _carry_posts(posts, heir_of_post, on)
    end_organizations(ended, on=on)
    bring_into_force()
    return len(units), len(posts), people


def _carry_posts(posts: Sequence[Post], heir_of: Callable[[int], Organization], on: date) -> int:
    """Each post ends and one that continues it begins in its heir, held by the same people. Returns how many people."""
    held = list(Assignment.objects.filter(valid_on(on), post__in=[post.pk for post in posts]))
    following = {
        post.pk: Post(
            organization=heir_of(post.pk),
            name=post.name,
            functions=post.functions,
            rank=post.rank,
            continues_id=post.pk,
            valid_from=on,
            valid_to=post.valid_to,
        )
        for post in posts
    }
    Post.objects.bulk_create(following.values(), batch_size=1000)
    Assignment.objects.bulk_create(
        (
            Assignment(
                post=following[one.post_id],
                person_id=one.person_id,
                kind=one.kind,
                valid_from=on,
                valid_to=one.valid_to,
            )
            for one in held
        ),
        batch_size=1000,
    )
    Assignment.objects.filter(pk__in=[one.pk for one in held]).update(valid_to=on)
    Post.objects.filter(pk__in=following).update(valid_to=on)
    return len({one.person_id for one in held})
