"""The plan board in a real browser, kind to everyone: at a desk by keyboard, on a leader's phone by thumb."""

import pytest
from django.urls import reverse

from congso.apps.plan_board import services
from congso.apps.plan_board.tests.factories import by, do, draft, in_force, item, pack, report
from congso.kernel.access.services import acting_as
from tests.browser import DESK, PHONE, assert_kind_at_both_sizes, assert_kind_to_everyone
from tests.planning.test_board_pages import give_tasks

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True), pytest.mark.timeout(600)]


def test_a_plan_is_read_measured_and_taken_to_the_meeting(opened, world):
    plan = in_force(world)
    report(world, plan)
    give_tasks(world, plan)
    do(world, "agency_leader", services.raise_matter, plan, text="Xin thêm máy quét", item=None)
    made = pack(world, plan)
    drafted = draft(world)
    with acting_as(by(world, "tracker")):
        wanted = item(plan, "CT15")
    page = opened("tracker", reverse("plan_board:detail", args=[plan.pk]), PHONE)
    assert_kind_to_everyone(page)
    page.get_by_role("button", name="Đo các chỉ tiêu").first.click()
    page.get_by_text("Đã ghi 1 số đo mới").wait_for()
    page.get_by_role("link", name="Số hóa tài liệu").first.click()
    page.get_by_role("heading", name="Số đo").wait_for()
    assert_kind_to_everyone(page)
    page.get_by_role("link", name="Ghi số liệu").click()
    page.fill("[name=value]", "81,5")
    page.fill("[name=note]", "Biên bản kiểm đếm tháng 11")
    assert_kind_to_everyone(page)
    page.get_by_role("button", name="Ghi số liệu").click()
    page.get_by_text("81,5 %").first.wait_for()
    page.context.close()
    pages = {who: opened(who, reverse("plan_board:list"), DESK) for who in ("tracker", "chief", "agency_leader")}
    for who, address in (
        ("tracker", reverse("plan_board:detail", args=[plan.pk])),
        ("tracker", reverse("plan_board:item", args=[plan.pk, wanted.pk])),
        ("tracker", reverse("plan_board:report", args=[plan.pk, wanted.pk])),
        ("tracker", reverse("plan_board:list")),
        ("tracker", reverse("plan_board:new")),
        ("tracker", reverse("plan_board:starter")),
        ("tracker", reverse("plan_board:item-add", args=[drafted.pk])),
        ("tracker", reverse("plan_board:pack-new", args=[plan.pk])),
        ("tracker", reverse("plan_board:pack", args=[plan.pk, made.pk])),
        ("tracker", reverse("plan_board:print", args=[plan.pk])),
        ("chief", reverse("plan_board:item-edit", args=[plan.pk, wanted.pk])),
        ("agency_leader", reverse("plan_board:raise", args=[plan.pk])),
    ):
        assert_kind_at_both_sizes(pages[who], address)
