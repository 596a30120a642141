"""Who stands in for whom: for a period, with a scope, seen by everybody, signed for the one replaced."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
from django.db import Error, connection, transaction

from congso.kernel.access import principals
from congso.kernel.access.delegating import DelegationRefused, delegate_post, end_delegation, signature
from congso.kernel.access.models import Delegation
from congso.kernel.access.principals import Function
from congso.kernel.access.services import Actor, acting_as
from congso.kernel.directory.models import Organization, Person, Post
from congso.kernel.directory.services import Decision, merge_organizations
from congso.kernel.directory.testing import START, World
from congso.kernel.journal.models import Entry

pytestmark = pytest.mark.django_db

FROM, TO = date(2026, 11, 1), date(2026, 12, 1)
AT = datetime(2026, 11, 23, 8, tzinfo=ZoneInfo("Asia/Ho_Chi_Minh"))


@pytest.fixture
def post(world: World) -> Post:
    with acting_as(Actor.person(world.chief)):
        return Post.objects.select_related("organization").get(name="Chánh Văn phòng")


def lend(world: World, post: Post, *, by: str = "chief", to: str = "head", **more: object) -> Delegation:
    facts = {"functions": ["leaders", "staff"], "valid_from": FROM, "valid_to": TO, "reason": "Đi công tác"} | more
    with acting_as(Actor.person(getattr(world, by))):
        person = Person.objects.get(pk=getattr(world, to))
        return delegate_post(post, to=person, by=getattr(world, by), at=AT, **facts)


def held(person: int, day: date) -> frozenset[int]:
    with acting_as(Actor.person(person), day=day) as found:
        return found


def test_a_stand_in_holds_what_is_lent_while_it_is_lent(world: World, post: Post) -> None:
    lend(world, post)
    office = world.organizations["VPTU"]
    leaders, chiefs = (principals.office(office, one) for one in (Function.LEADERS, Function.CHIEFS))
    during = held(world.head, FROM)
    assert {leaders, principals.post(post.pk)} <= during
    assert chiefs not in during
    for outside in (date(2026, 10, 31), TO):
        assert not {leaders, principals.post(post.pk)} & held(world.head, outside)


def test_what_is_ended_early_is_lent_no_more(world: World, post: Post) -> None:
    delegation = lend(world, post)
    with acting_as(Actor.person(world.chief)):
        end_delegation(delegation, on=date(2026, 11, 10), by=world.chief, at=AT)
        assert list(Entry.objects.order_by("id").values_list("act", flat=True)) == [
            "access.delegated", "access.delegation_ended",
        ]  # fmt: skip
    assert principals.post(post.pk) in held(world.head, date(2026, 11, 9))
    assert principals.post(post.pk) not in held(world.head, date(2026, 11, 10))


def test_its_administrator_may_also_name_a_stand_in_but_never_herself(world: World, post: Post) -> None:
    assert lend(world, post, by="administrator").given_by_id == world.administrator
    with pytest.raises(DelegationRefused, match="người khác"):
        lend(world, post, by="administrator", to="administrator")


@pytest.mark.parametrize("who", ["head", "secretary", "clerk", "stranger"])
def test_nobody_else_lends_a_post(world: World, post: Post, who: str) -> None:
    with pytest.raises(DelegationRefused, match="Chỉ người giữ chức vụ"):
        lend(world, post, by=who, to="specialist")


def test_a_stand_in_lends_nothing_on(world: World, post: Post) -> None:
    lend(world, post)
    with pytest.raises(DelegationRefused, match="Chỉ người giữ chức vụ"):
        lend(world, post, by="head", to="specialist")


@pytest.mark.parametrize(
    ("more", "words"),
    [
        ({"functions": ["clerks"]}, "ít nhất một việc"),
        ({"valid_to": FROM}, "sau ngày bắt đầu"),
        ({"reason": " "}, "lý do"),
        ({"to": "chief"}, "người khác"),
    ],
)
def test_what_makes_no_sense_is_refused(world: World, post: Post, more: dict, words: str) -> None:
    with pytest.raises(DelegationRefused, match=words):
        lend(world, post, **more)


def test_raw_sql_lends_no_more_than_the_post_has(world: World, post: Post) -> None:
    statement = (
        "INSERT INTO access_delegation (post_id, person_id, kind, functions, reason, given_by_id, given_at, valid_from,"
        " valid_to) VALUES (%s, %s, 'delegation', %s, 'x', %s, now(), '2026-11-01', '2026-12-01')"
    )
    chief, head, clerk = world.chief, world.head, world.clerk
    for who, values in (
        (chief, [post.pk, head, ["clerks"], chief]),
        (chief, [post.pk, chief, ["leaders"], chief]),
        (chief, [post.pk, head, ["leaders"], clerk]),
        (clerk, [post.pk, head, ["leaders"], clerk]),
    ):
        with acting_as(Actor.person(who)), pytest.raises(Error), transaction.atomic():
            connection.cursor().execute(statement, values)
    delegation = lend(world, post)
    with acting_as(Actor.person(head)), connection.cursor() as cursor:
        cursor.execute("UPDATE access_delegation SET valid_to = '2027-01-01' WHERE id = %s", [delegation.pk])
        assert cursor.rowcount == 0
        with pytest.raises(Error), transaction.atomic():
            cursor.execute("UPDATE access_delegation SET functions = '{leaders,chiefs}'")


def test_everybody_sees_who_stands_in(world: World, post: Post) -> None:
    lend(world, post)
    with acting_as(Actor.person(world.stranger)):
        assert Delegation.objects.count() == 1


def test_what_a_stand_in_does_is_signed_for_the_one_replaced(world: World, post: Post) -> None:
    lend(world, post)
    lent = [principals.office(post.organization_id, Function.LEADERS)]
    own = [principals.office(world.organizations["TH"], Function.LEADERS)]
    with acting_as(Actor.person(world.head)):
        actor = Actor.person(world.head)
        assert signature(actor, day=AT.date(), wanted=lent) == (
            "Phạm Mẫu Trưởng, Trưởng phòng thay Trần Thử Chánh, Chánh Văn phòng"
        )
        assert signature(actor, day=AT.date(), wanted=[*lent, *own]) == "Phạm Mẫu Trưởng, Trưởng phòng"
    with acting_as(Actor.person(world.chief)):
        assert signature(Actor.person(world.chief), day=AT.date(), wanted=lent) == "Trần Thử Chánh, Chánh Văn phòng"


def test_a_merger_leaves_the_stand_in_standing(world: World, post: Post) -> None:
    lend(world, post)
    day = date(2026, 11, 15)
    with acting_as(Actor.person(world.administrator)):
        agency = Organization.objects.get(pk=world.organizations["BTC"])
        merge_organizations(
            [post.organization], into=agency, decision=Decision("Quyết định 2", day), by=world.administrator, at=AT
        )
    reached = principals.office(agency.pk, Function.LEADERS)
    assert reached in held(world.head, day)
    assert reached not in held(world.head, TO)
    assert START < FROM
