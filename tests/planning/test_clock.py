"""Targets are counted every night for the keeper who asked for it: with her rights, once a day, only what is news."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import Error, connection, transaction
from django.urls import reverse
from hypothesis import given, settings
from hypothesis import strategies as st

from congso.apps.plan_board import services
from congso.apps.plan_board.models import Clock, Figure
from congso.apps.plan_board.queries import plan_of
from congso.apps.plan_board.rules import is_news
from congso.apps.plan_board.tests.factories import NOW, by, do, in_force
from congso.kernel.access.services import Actor, acting_as
from congso.kernel.directory.models import Assignment
from congso.kernel.directory.services import end_assignment
from congso.kernel.jobs.mornings import REMINDERS
from congso.kernel.workflow.services import Refused
from tests.planning.test_board_pages import give_tasks, page

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]
NIGHT = timedelta(days=1)


def counted(at) -> int:
    return services.count_by_clock(by=REMINDERS, at=at)


def acts(world, plan) -> list[str]:
    with acting_as(by(world, "chief")):
        return list(plan_of(plan.pk).timeline.order_by("id").values_list("act", flat=True))


def said(world, plan) -> str:
    with acting_as(by(world, "chief")):
        return plan_of(plan.pk).clock.said


def test_a_plan_is_counted_once_a_day_with_the_keepers_rights_and_news_alone_is_kept(world, signed_in):
    plan = in_force(world)
    give_tasks(world, plan)
    assert counted(NOW) == 0  # nobody asked for it
    client, address = signed_in("tracker"), reverse("plan_board:detail", args=[plan.pk])
    assert "Để máy đo hằng đêm" in page(client, address)
    assert client.post(reverse("plan_board:act", args=[plan.pk, "count"])).status_code == 302
    assert "theo quyền của Đỗ Thử Nhắc" in page(client, address)
    with pytest.raises(Refused, match="đã được máy đo"):
        do(world, "chief", services.start_counting, plan)
    assert [counted(NOW), counted(NOW)] == [1, 0]
    assert counted(NOW + NIGHT) == 0
    assert "ghi 0 số mới" in said(world, plan)
    assert "Lần gần nhất ngày 24/11/2026" in page(client, address)
    assert acts(world, plan).count("measure") == 1
    assert counted(NOW + 8 * NIGHT) == 1  # the first of a month
    with acting_as(by(world, "tracker")):
        figures = list(Figure.objects.order_by("id"))
    assert [(one.value, one.by_id) for one in figures] == [(0, world.tracker)] * 2
    assert all("trong phạm vi người đếm được xem" in one.scope for one in figures)
    assert signed_in("chief").post(reverse("plan_board:act", args=[plan.pk, "stop_counting"])).status_code == 302
    assert counted(NOW + 40 * NIGHT) == 0
    assert "Máy đo các chỉ tiêu mỗi đêm" not in page(client, address)


def test_what_cannot_be_counted_any_more_is_said_at_the_plan(world):
    plan, gone = in_force(world), in_force(world)
    give_tasks(world, plan)
    do(world, "chief", services.start_counting, plan)
    do(world, "tracker", services.start_counting, gone)
    do(world, "chief", services.step_on, plan, key="close", note="Đã tổng kết")
    with acting_as(by(world, "administrator")):
        held = Assignment.objects.get(person=world.tracker)
        end_assignment(held, on=NOW.date(), by=world.administrator, at=NOW)
    assert counted(NOW + NIGHT) == 0
    assert "Không thể “Đo các chỉ tiêu” khi đang ở trạng thái “Đã kết thúc”" in said(world, plan)
    assert "không còn xem được kế hoạch" in said(world, gone)


def test_nobody_lets_the_machine_count_with_anothers_rights(world):
    plan = in_force(world)
    insert = (
        "INSERT INTO plan_board_clock (plan_id, by_id, by_label, at, said)"
        f" VALUES ({plan.pk}, {world.secretary}, 'x', now(), '')"
    )
    for who in ("tracker", "agency_leader", "stranger"):
        with acting_as(by(world, who)), pytest.raises(Error), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(insert)
    with acting_as(by(world, "agency_leader")), pytest.raises(Refused):
        services.start_counting(plan_of(plan.pk), by=by(world, "agency_leader"), at=NOW)
    do(world, "tracker", services.start_counting, plan)
    with acting_as(by(world, "agency_leader")):
        assert Clock.objects.filter(plan=plan).update(said="x") == 0
        assert Clock.objects.filter(plan=plan).delete()[0] == 0
    with acting_as(Actor.person(world.stranger)):
        assert not Clock.objects.exists()


@settings(max_examples=30, deadline=None)
@given(known=st.integers(0, 100), value=st.integers(0, 100), days=st.integers(0, 70))
def test_a_figure_that_stays_is_kept_once_a_month(known: int, value: int, days: int) -> None:
    begun, day = NOW.date(), NOW.date() + timedelta(days=days)
    wanted = value != known or (day.year, day.month) != (begun.year, begun.month)
    assert is_news(begun, Decimal(known), day, Decimal(value)) is wanted
