"""A random organization chart over the cast: posts, appointments, stand-ins and roles, past, present and to come.

Roles are granted by two people through the real functions, so they begin today or later, and some end at once.
"""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from random import Random

from django.db import transaction

from congso.kernel.access.granting import RightRefused, end_grant
from congso.kernel.access.models import Delegation
from congso.kernel.access.principals import Role
from congso.kernel.access.services import Actor, acting_as
from congso.kernel.access.testing import grant_role
from congso.kernel.directory.models import Assignment, Function, Organization, Person, Post, valid_on
from congso.kernel.directory.services import (
    Decision,
    DirectoryRefused,
    NewOrganization,
    Part,
    abolish_organization,
    found_organization,
    give_new_name,
    merge_organizations,
    place_under,
    split_organization,
)
from congso.kernel.directory.testing import START, World

PEOPLE = (
    "clerk", "chief", "head", "specialist", "agency_leader", "agency_clerk", "commune_clerk", "stranger", "reader",
)  # fmt: skip
DAYS = (-400, -40, -1, 0, 1, 30)  # from today: when something begins or ends


@dataclass
class RandomWorld:
    """One world: its people (ids), its organizations, the day everything is asked on."""

    random: Random
    cast: World
    today: date
    at: datetime
    people: list[int]
    organizations: list[Organization] = field(default_factory=list)
    files: dict[int, int] = field(default_factory=dict)  # of which record; kept here as a recall hides them
    events: int = 0

    def day(self, *, future: bool = True) -> date:
        """A day before, on or after today."""
        return self.today + timedelta(days=self.random.choice(DAYS if future else DAYS[:4]))

    def standing(self) -> list[Organization]:
        """Organizations that exist today."""
        return list(Organization.objects.filter(valid_on(self.today), pk__in=[one.pk for one in self.organizations]))


def found_world(world: RandomWorld) -> None:
    """A committee with its office, agencies and rooms; posts and whoever holds, held or will hold them."""
    committee = _found(world, "committee", None, is_office=False)
    office = _found(world, "agency", committee, serves=committee)
    for _ in range(world.random.randint(1, 2)):
        _found(world, "agency", committee, is_office=world.random.random() < 0.7)
    for _ in range(world.random.randint(1, 2)):
        _found(world, "unit", world.random.choice([office, *world.organizations[2:]]), is_office=False)
    posts = [post for one in world.organizations for post in _posts(world, one)]
    for post in posts:
        for person in world.random.sample(world.people, world.random.choice((1, 1, 2))):
            _appoint(world, post, person)
    _lend(world, posts)


def change_chart(world: RandomWorld) -> None:
    """One event of the chart, effective before, on or after today; what the chart forbids is left."""
    random, by = world.random, world.cast.administrator
    standing = [one for one in world.standing() if one.valid_to is None]
    if len(standing) < 3:
        return
    one, other, third = random.sample(standing, 3)
    decision = Decision("Quyết định thử", world.day())
    acts = (
        lambda: merge_organizations([one, other], into=third, decision=decision, by=by, at=world.at),
        lambda: merge_organizations([one], into=_new(world, one.parent), decision=decision, by=by, at=world.at),
        lambda: split_organization(
            one, parts=[Part(_new(world, one.parent)), Part(other)], decision=decision, by=by, at=world.at
        ),
        lambda: abolish_organization(one, decision=decision, by=by, at=world.at, with_units=True),
        lambda: place_under(one, parent=other, decision=decision, by=by, at=world.at),
        lambda: give_new_name(one, name=f"{one.name} mới", decision=decision, by=by, at=world.at),
    )
    try:
        with transaction.atomic():
            made = random.choice(acts)()
    except DirectoryRefused:
        return
    world.events += 1
    successors = made if isinstance(made, list) else [getattr(made, "organization", one)]
    known = {each.pk for each in world.organizations}
    world.organizations += [each for each in successors if each.pk not in known]


def _found(
    world: RandomWorld, kind: str, parent: Organization | None, *, serves: Organization | None = None,
    is_office: bool = True,
) -> Organization:  # fmt: skip
    place = len(world.organizations)
    made = found_organization(
        code=f"W.{place}", kind=kind, name=f"Tổ chức thử {place}", symbol=f"TC{place}", parent=parent, serves=serves,
        valid_from=START, is_office=is_office,
    )  # fmt: skip
    world.organizations.append(made)
    return made


def _new(world: RandomWorld, parent: Organization | None) -> NewOrganization:
    place = len(world.organizations)
    return NewOrganization(code=f"W.{place}", kind="agency", name=f"Tổ chức thử {place}", parent=parent)


def _posts(world: RandomWorld, organization: Organization) -> list[Post]:
    sets = [["leaders"], ["staff"]]
    if organization.is_office:
        sets += [["clerks"], ["chiefs", "leaders"]]
    chosen = [sets[0], *(each for each in sets[1:] if world.random.random() < 0.75)]
    if world.random.random() < 0.2:
        chosen.append([world.random.choice(Function.values)])
    return Post.objects.bulk_create(
        Post(
            organization=organization, name=f"Chức vụ {place}", functions=sorted({"staff", *functions}),
            valid_from=START, valid_to=world.day() if world.random.random() < 0.08 else None,
        )
        for place, functions in enumerate(chosen)
    )  # fmt: skip


def _appoint(world: RandomWorld, post: Post, person: int) -> None:
    begins = START if world.random.random() < 0.75 else world.day()
    ends = world.day() if world.random.random() < 0.3 else None
    if ends is None or ends > begins:
        Assignment.objects.create(post=post, person_id=person, valid_from=begins, valid_to=ends)


def _lend(world: RandomWorld, posts: list[Post]) -> None:
    for post in world.random.sample(posts, 2):
        person = world.random.choice(world.people)
        begins, ends = sorted((world.day(), world.day()))
        Delegation.objects.create(
            post=post, person_id=person, reason="Nghỉ phép", given_by_id=world.cast.administrator, given_at=world.at,
            functions=world.random.sample(post.functions, world.random.randint(1, len(post.functions))),
            valid_from=begins, valid_to=ends,
        )  # fmt: skip


def grant_roles(world: RandomWorld) -> None:
    """Up to two roles for random people, of everything or of one organization; who holds one already is left."""
    cast, random = world.cast, world.random
    for role in random.sample((Role.READER, Role.AUDITOR, Role.ADMINISTRATOR), random.randint(0, 2)):
        one = random.choice([*world.organizations, None]) if role is Role.ADMINISTRATOR else None
        begins = world.today + timedelta(days=random.choice((0, 0, 0, 1, 30)))
        try:
            made = grant_role(
                role, random.choice(world.people), proposed_by=cast.administrator, on=begins,
                agreed_by=cast.second_administrator, organization=one.pk if one else None,
            )  # fmt: skip
        except RightRefused:
            continue
        if random.random() < 0.3:
            with acting_as(Actor.person(cast.administrator)):
                end_grant(made, reason="Hết việc")


def people_of(world: World, random: Random, count: int) -> list[int]:
    """Some of the cast, who keep what they are besides and get what this world gives them."""
    return [getattr(world, who) for who in random.sample(PEOPLE, count)]


def named(person: int) -> Person:
    """The person's row."""
    return Person.objects.get(pk=person)
