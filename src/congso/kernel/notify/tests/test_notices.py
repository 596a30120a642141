"""A notice reaches whoever holds the principal today, and nobody else ever reads it."""

from datetime import datetime, timedelta

import pytest
from django.db import Error, transaction
from django.utils import timezone

from congso.kernel.access import principals
from congso.kernel.access.delegating import delegate_post
from congso.kernel.access.principals import Function
from congso.kernel.access.services import Actor, acting_as
from congso.kernel.directory.models import Organization, Person, Post
from congso.kernel.directory.services import Decision, merge_organizations
from congso.kernel.directory.testing import World
from congso.kernel.notify.models import Notice
from congso.kernel.notify.queries import notices_for, unread_count
from congso.kernel.notify.services import mark_read, notify
from congso.kernel.records.models import Record

pytestmark = pytest.mark.django_db


def tell_principals(world: World, record: Record, told: list[int], *, at: datetime, key: str = "") -> int:
    clerk = Actor.person(world.clerk)
    with acting_as(clerk):
        return notify(record, principals=told, text="Có việc", by=clerk, at=at, key=key)


def bell(person: int) -> int:
    with acting_as(Actor.person(person)):
        return unread_count(person)


def test_everyone_behind_a_principal_is_told_once(world: World, record: Record, at: datetime) -> None:
    unit = world.organizations["TH"]
    told = [principals.office(unit, function) for function in (Function.STAFF, Function.LEADERS)]
    told.append(principals.person(world.chief))
    assert tell_principals(world, record, told, at=at) == 3
    assert [bell(p) for p in (world.head, world.specialist, world.chief, world.other_head)] == [1, 1, 1, 0]


def test_the_teller_is_not_told(world: World, record: Record, at: datetime) -> None:
    assert tell_principals(world, record, [principals.person(world.clerk)], at=at) == 0


def test_a_reminders_step_comes_once(world: World, record: Record, at: datetime) -> None:
    told = [principals.person(world.head)]
    assert [tell_principals(world, record, told, at=at, key="quá hạn 1") for _ in range(2)] == [1, 0]


def test_telling_needs_sight_of_the_record(world: World, record: Record, at: datetime) -> None:
    stranger = Actor.person(world.stranger)
    with acting_as(stranger), pytest.raises(Error), transaction.atomic():
        notify(record, principals=[principals.person(world.head)], text="Thư rác", by=stranger, at=at)


def test_a_notice_goes_with_the_sight_of_its_record(world: World, record: Record, at: datetime) -> None:
    assert tell_principals(world, record, [principals.person(world.other_head)], at=at) == 1
    assert bell(world.other_head) == 0


def test_a_notice_is_its_persons_own(world: World, record: Record, at: datetime) -> None:
    tell_principals(world, record, [principals.person(world.head)], at=at)
    with acting_as(Actor.person(world.clerk)):
        assert not Notice.objects.exists()
        assert Notice.objects.update(read_at=at) == 0
    with acting_as(Actor.person(world.head)):
        assert [notice.sender for notice in notices_for(world.head)] == ["Nguyễn Ví Dụ, Văn thư"]
        assert mark_read(by=Actor.person(world.head), at=at) == 1
        assert unread_count(world.head) == 0


def test_who_carries_on_or_stands_in_is_told(world: World, record: Record, at: datetime) -> None:
    """The mirror of what people hold: successors of a merged unit and stand-ins of its leaders."""
    day = timezone.localdate()
    with acting_as(Actor.person(world.administrator)):
        unit, other = (Organization.objects.get(pk=world.organizations[code]) for code in ("TH", "CDS"))
        merge_organizations([unit], into=other, decision=Decision("Quyết định 1", day), by=world.administrator, at=at)
        post = Post.objects.get(organization=other, functions__contains=["leaders"], continues=None)
        delegate_post(
            post, to=Person.objects.get(pk=world.stranger), functions=["leaders"], valid_from=day,
            valid_to=day + timedelta(days=2), reason="Nghỉ phép", by=world.administrator, at=at,
        )  # fmt: skip
        old = Post.objects.get(organization=unit, functions__contains=["leaders"])
    assert tell_principals(world, record, [principals.office(unit.pk, Function.LEADERS)], at=at) == 3
    for who in ("head", "other_head", "stranger", "specialist"):
        with acting_as(Actor.person(getattr(world, who))):
            assert Notice.objects.filter(record_id=record.pk).count() == int(who != "specialist")
    assert tell_principals(world, record, [principals.post(old.pk)], at=at, key="again") == 1
    assert bell(world.head) == 2
