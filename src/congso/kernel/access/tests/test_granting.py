"""A role takes two people: the database lets nobody begin, extend or back-date one alone, whatever SQL she sends."""

from datetime import date, timedelta

import pytest
from django.db import Error, connection, transaction
from django.utils import timezone

from congso.kernel.access import principals
from congso.kernel.access.granting import (
    RightRefused,
    agree_to_grant,
    end_grant,
    propose_grant,
    refuse_grant,
    withdraw_grant,
)
from congso.kernel.access.models import Grant, GrantRequest
from congso.kernel.access.principals import Role
from congso.kernel.access.services import Actor, acting_as
from congso.kernel.access.testing import grant_role
from congso.kernel.directory.models import Person
from congso.kernel.directory.testing import World
from congso.kernel.journal.models import Entry

pytestmark = pytest.mark.django_db

TODAY = timezone.localdate()
TERM = timedelta(days=90)


def proposed(world: World, *, by: str = "administrator", to: str = "specialist", **more: object) -> GrantRequest:
    facts = {"role": Role.READER, "valid_from": TODAY, "valid_to": TODAY + TERM, "reason": "Kiểm tra"} | more
    with acting_as(Actor.person(getattr(world, by))):
        person = Person.objects.get(pk=getattr(world, to))
        return propose_grant(person=person, by=getattr(world, by), **facts)


def reads_all(world: World, who: str) -> bool:
    with acting_as(Actor.person(getattr(world, who))) as held:
        return principals.role(Role.READER) in held


def test_a_role_begins_when_a_second_administrator_agrees(world: World) -> None:
    request = proposed(world)
    assert not reads_all(world, "specialist")
    with acting_as(Actor.person(world.second_administrator)):
        grant = agree_to_grant(request, by=world.second_administrator)
    assert (grant.granted_by_id, grant.agreed_by_id) == (world.administrator, world.second_administrator)
    assert reads_all(world, "specialist")
    with acting_as(Actor.person(world.auditor)):
        told = Entry.objects.order_by("id").values_list("act", "actor_label")
        assert list(told) == [
            ("access.grant_proposed", "Tạ Quản Trị, Quản trị viên"),
            ("access.grant_agreed", "Cao Đồng Quản, Quản trị viên thứ hai"),
        ]


def test_it_is_held_no_more_at_the_next_request(world: World) -> None:
    two = {"proposed_by": world.administrator, "agreed_by": world.second_administrator}
    grant = grant_role(Role.READER, world.specialist, **two)
    with acting_as(Actor.person(world.administrator)):
        assert end_grant(grant, reason="Xong việc") == TODAY
    assert not reads_all(world, "specialist")
    with acting_as(Actor.person(world.administrator)), pytest.raises(RightRefused, match="không còn phù hợp"):
        end_grant(grant, reason="Lần nữa")


def test_a_holder_gives_up_her_own(world: World) -> None:
    grant = grant_role(Role.AUDITOR, world.head, proposed_by=world.administrator, agreed_by=world.second_administrator)
    with acting_as(Actor.person(world.head)):
        end_grant(grant, reason="Chuyển việc")
    with acting_as(Actor.person(world.head)) as held:
        assert principals.role(Role.AUDITOR) not in held


@pytest.mark.parametrize(
    ("who", "words"),
    [("administrator", "không tự đồng ý"), ("specialist", "không tự trả lời"), ("auditor", "Chỉ quản trị viên"),
     ("reader", "Chỉ quản trị viên"), ("chief", "Chỉ quản trị viên"), ("stranger", "Chỉ quản trị viên")],
)  # fmt: skip
def test_nobody_else_answers(world: World, who: str, words: str) -> None:
    request = proposed(world)
    with acting_as(Actor.person(getattr(world, who))):
        with pytest.raises(RightRefused, match=words):
            agree_to_grant(request, by=getattr(world, who))
        with pytest.raises(RightRefused, match=words):
            refuse_grant(request, reason="Không", by=getattr(world, who))


def test_the_one_it_is_for_does_not_answer_though_she_administers(world: World) -> None:
    request = proposed(world, to="second_administrator")
    with acting_as(Actor.person(world.second_administrator)):
        with pytest.raises(RightRefused, match="không tự trả lời"):
            agree_to_grant(request, by=world.second_administrator)
        with pytest.raises(Error, match="not yours"), transaction.atomic():
            connection.cursor().execute("SELECT congso.answer_grant(%s, true, '')", [request.pk])


@pytest.mark.parametrize(
    ("more", "words"),
    [
        ({"to": "administrator"}, "Không ai tự đề nghị"),
        ({"reason": "  "}, "lý do"),
        ({"valid_from": TODAY - timedelta(days=1)}, "trước hôm nay"),
        ({"valid_to": TODAY}, "sau ngày bắt đầu"),
        ({"valid_to": TODAY + timedelta(days=366)}, "nhiều nhất 365 ngày"),
        ({"by": "head"}, "Chỉ quản trị viên"),
        ({"to": "reader"}, "đang giữ vai trò"),
    ],
)
def test_what_may_not_be_proposed(world: World, more: dict, words: str) -> None:
    with pytest.raises(RightRefused, match=words):
        proposed(world, **more)


def test_what_is_answered_withdrawn_or_expired_begins_nothing(world: World) -> None:
    refused, withdrawn, late = proposed(world), proposed(world, to="head"), proposed(world, to="tracker")
    with acting_as(Actor.person(world.second_administrator)):
        refuse_grant(refused, reason="Chưa cần", by=world.second_administrator)
        with pytest.raises(RightRefused, match="Chỉ người đề nghị"):
            withdraw_grant(withdrawn)
    with acting_as(Actor.person(world.administrator)):
        withdraw_grant(withdrawn)
    for request in (refused, withdrawn):
        with acting_as(Actor.person(world.second_administrator)):
            request.refresh_from_db()
            with pytest.raises(RightRefused, match="không còn chờ"):
                agree_to_grant(request, by=world.second_administrator)
            with pytest.raises(Error, match="answered, expired"), transaction.atomic():
                connection.cursor().execute("SELECT congso.answer_grant(%s, true, '')", [request.pk])
    assert late.expires_at - late.asked_at == timedelta(days=7)
    assert late.standing(late.expires_at) == "Hết hạn, không ai trả lời"


def test_what_begins_late_begins_today(world: World) -> None:
    request = proposed(world, valid_from=TODAY + timedelta(days=5))
    with acting_as(Actor.person(world.second_administrator)):
        grant = agree_to_grant(request, by=world.second_administrator)
    assert grant.valid_from == TODAY + timedelta(days=5)
    assert not reads_all(world, "specialist")


def test_the_last_administrator_stays(world: World) -> None:
    with acting_as(Actor.person(world.administrator)):
        ours = {one.person_id: one for one in Grant.objects.filter(role=Role.ADMINISTRATOR.value)}
        end_grant(ours[world.second_administrator], reason="Nghỉ")
        with pytest.raises(RightRefused, match="cuối cùng"):
            end_grant(ours[world.administrator], reason="Nghỉ")


STATEMENTS = [
    "INSERT INTO access_grant (role, person_id, reason, valid_from) VALUES (1, {me}, 'x', '2026-01-01')",
    "INSERT INTO access_grantrequest (role, person_id) VALUES (1, {me})",
    "UPDATE access_grant SET valid_to = '2099-12-31'",
    "UPDATE access_grant SET person_id = {me}",
    "UPDATE access_grantrequest SET state = 'agreed'",
    "UPDATE access_grantrequest SET expires_at = 'infinity'",
    "DELETE FROM access_grant",
    "DELETE FROM access_grantrequest",
    "UPDATE access_opening SET ends_at = 'infinity'",
    "DELETE FROM access_openinguse",
    "SELECT congso.propose_grant(1, {me}, NULL, current_date, current_date + 30, 'x', '')",
    "SELECT congso.propose_grant(1, {other}, NULL, current_date - 30, current_date + 30, 'x', '')",
    "SELECT congso.propose_grant(1, {other}, NULL, current_date + 1, current_date + 900, 'x', '')",
    "SELECT congso.propose_grant(1, {other}, NULL, current_date + 1, NULL, 'x', '')",
    "SELECT congso.propose_grant(1, {other}, NULL, NULL, current_date + 9, 'x', '')",
    "SELECT congso.propose_grant(1, {other}, {office}, current_date, current_date + 30, 'x', '')",
    "SELECT congso.propose_grant(1, NULL, NULL, current_date, current_date + 30, 'x', '')",
    "SELECT congso.note_right('x', 0, NULL, '{{}}')",
    "SELECT congso.regulation('access.role_days_most')",
    "SELECT congso.openings_of({me})",
    "SELECT congso.close_openings()",
]


@pytest.mark.parametrize("who", ["administrator", "stranger"])
def test_raw_sql_begins_extends_and_backdates_nothing(world: World, who: str) -> None:
    proposed(world, to="stranger")
    me = getattr(world, who)
    for statement in STATEMENTS:
        filled = statement.format(me=me, other=world.head, office=world.organizations["VPTU"])
        with acting_as(Actor.person(me)), pytest.raises(Error), transaction.atomic():
            connection.cursor().execute(filled)


def test_everybody_sees_who_holds_a_role_and_few_see_what_is_asked(world: World) -> None:
    request = proposed(world)
    for who in world.people():
        with acting_as(Actor.person(getattr(world, who))):
            assert Grant.objects.filter(valid_from__lte=date(2026, 1, 1)).count() == 4
            sees = who in {"administrator", "second_administrator", "auditor", "specialist"}
            assert GrantRequest.objects.filter(pk=request.pk).exists() is sees, who
