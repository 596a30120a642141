"""Whatever is merged, split, renamed, moved or abolished in whatever order: every day has its tree, every name its day,
and what a predecessor held is reached by its successors' holders and nobody else.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.db import transaction
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from congso.kernel.access import principals
from congso.kernel.access.principals import Function
from congso.kernel.access.services import Actor, acting_as
from congso.kernel.directory.models import Organization, OrganizationVersion, valid_on
from congso.kernel.directory.queries import name_on
from congso.kernel.directory.services import (
    Decision,
    NewOrganization,
    Part,
    abolish_organization,
    appoint_person,
    enter_person,
    establish_organization,
    give_new_name,
    merge_organizations,
    open_post,
    place_under,
    split_organization,
)
from congso.kernel.directory.testing import World

pytestmark = pytest.mark.django_db

FIRST = date(2026, 1, 1)
AT = datetime(2026, 11, 23, 2, tzinfo=timezone.get_default_timezone())
ACTS = ("rename", "move", "merge_new", "merge_into", "split", "abolish")


@dataclass
class Told:
    """What the test knows of an organization, kept apart from the product."""

    organization: Organization
    names: list[tuple[date, str]]
    ends: date | None = None
    heirs: list[int] = field(default_factory=list)
    holders: set[int] = field(default_factory=set)  # people in its posts, for as long as it lives

    def name(self, day: date) -> str:
        return [name for since, name in self.names if since <= day][-1]


@dataclass
class Book:
    """The test's own record of everything."""

    by: dict[str, Any]
    root: Organization
    told: dict[int, Told] = field(default_factory=dict)
    day: date = FIRST
    made: int = 0

    def living(self) -> list[Told]:
        return [one for one in self.told.values() if one.ends is None]

    def new(self) -> NewOrganization:
        self.made += 1
        return NewOrganization(code=f"P.{self.made}", kind="agency", name=f"Ban số {self.made}", parent=self.root)

    def decided(self) -> Decision:
        return Decision(f"Quyết định ngày {self.day}", self.day)

    def enter(self, organization: Organization, holders: set[int]) -> Told:
        one = Told(organization, [(self.day, organization.name)], holders=holders)
        return self.told.setdefault(organization.pk, one)

    def close(self, one: Told, heirs: list[int]) -> None:
        one.ends, one.heirs = self.day, heirs


@pytest.mark.timeout(600)
@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(st.sampled_from(ACTS), st.integers(0, 99), st.integers(0, 99)), min_size=1, max_size=8))
def test_after_any_chain_of_events(world: World, chain: list[tuple[str, int, int]]) -> None:
    with acting_as(Actor.person(world.administrator)), transaction.atomic():
        root = Organization.objects.get(pk=world.organizations["TU"])
        book = Book({"by": world.administrator, "at": AT}, root)
        for _ in range(4):
            _found_with_a_leader(book)
        for act, first, second in chain:
            book.day += timedelta(days=1)
            _carry_out(book, act, first, second)
        for past in range((book.day - FIRST).days + 2):
            _assert_a_tree(book, FIRST + timedelta(days=past))
        _assert_who_reaches_what(book)
        transaction.set_rollback(True)


def _found_with_a_leader(book: Book) -> None:
    organization = establish_organization(book.new(), decision=book.decided(), **book.by)
    post = open_post(organization, name="Trưởng ban", functions=["leaders"], on=book.day, **book.by)
    person = enter_person(full_name=f"Người Mẫu {book.made}", **book.by)
    appoint_person(person, post=post, on=book.day, **book.by)
    book.enter(organization, {person.pk})


def _carry_out(book: Book, act: str, first: int, second: int) -> None:
    living = book.living()
    if len(living) < 2:
        return
    one = living[first % len(living)]
    others = [each for each in living if each is not one]
    other = others[second % len(others)]
    _DONE[act](book, one, other)


def _rename(book: Book, one: Told, other: Told) -> None:
    name = f"Tên mới {book.day:%d%m}"
    give_new_name(one.organization, name=name, decision=book.decided(), **book.by)
    one.names.append((book.day, name))


def _move(book: Book, one: Told, other: Told) -> None:
    try:
        with transaction.atomic():
            place_under(one.organization, parent=other.organization, decision=book.decided(), **book.by)
    except Exception as refused:
        assert "cấp dưới của mình" in str(refused) or "đã trực thuộc" in str(refused)  # noqa: PT017


def _merge(book: Book, ended: list[Told], into: Organization | NewOrganization) -> None:
    moved = merge_organizations([one.organization for one in ended], into=into, decision=book.decided(), **book.by)
    heir = book.enter(moved.organization, set())
    for one in ended:
        book.close(one, [moved.organization.pk])
        heir.holders |= one.holders


def _merge_new(book: Book, one: Told, other: Told) -> None:
    _merge(book, [one, other], book.new())


def _merge_into(book: Book, one: Told, other: Told) -> None:
    if one.organization.pk not in _above(other.organization.pk, book.day):
        _merge(book, [one], other.organization)


def _split(book: Book, one: Told, other: Told) -> None:
    made = split_organization(
        one.organization, parts=[Part(book.new()), Part(book.new())], decision=book.decided(), **book.by
    )
    for place, each in enumerate(made):
        book.enter(each, set(one.holders) if place == 0 else set())
    book.close(one, [each.pk for each in made])


def _abolish(book: Book, one: Told, other: Told) -> None:
    if not OrganizationVersion.objects.filter(valid_on(book.day), parent=one.organization).exists():
        abolish_organization(one.organization, decision=book.decided(), **book.by)
        book.close(one, [])


_DONE = {
    "rename": _rename, "move": _move, "merge_new": _merge_new, "merge_into": _merge_into, "split": _split,
    "abolish": _abolish,
}  # fmt: skip


def _above(organization: int, day: date) -> Iterator[int]:
    found: int | None = organization
    for _ in range(60):
        version = OrganizationVersion.objects.filter(valid_on(day), organization=found).first()
        if version is None or version.parent_id is None:
            return
        found = version.parent_id
        yield found
    raise AssertionError("the chart goes round in a circle")


def _assert_a_tree(book: Book, day: date) -> None:
    for pk, one in book.told.items():
        begun = one.names[0][0]
        lives = begun <= day and (one.ends is None or day < one.ends)
        versions = OrganizationVersion.objects.filter(valid_on(day), organization=pk)
        assert versions.count() == int(lives)
        if lives:
            assert name_on(one.organization, day) == one.name(day)
            above = list(_above(pk, day))
            assert above[-1] == book.root.pk
            assert Organization.objects.filter(valid_on(day), pk__in=above).count() == len(above)


def _heirs(book: Book, pk: int) -> set[int]:
    one = book.told[pk]
    return {pk} if one.ends is None else {last for heir in one.heirs for last in _heirs(book, heir)}


def _assert_who_reaches_what(book: Book) -> None:
    everybody = {person for one in book.told.values() for person in one.holders}
    held = {}
    for person in everybody:
        with acting_as(Actor.person(person), day=book.day) as found:
            held[person] = found
    for pk in book.told:
        reached = principals.office(pk, Function.LEADERS)
        holders = {person for heir in _heirs(book, pk) for person in book.told[heir].holders}
        assert {person for person in everybody if reached in held[person]} == holders
