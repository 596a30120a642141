"""The screens in a real browser: the grid by keyboard and from Excel, the board, a report from a phone."""

from collections.abc import Callable
from datetime import date

import pytest
from playwright.sync_api import Page, expect

from congso.apps.directives.models import Task
from congso.apps.directives.queries import task_of
from congso.apps.directives.services import (
    FigureRow,
    ask_confirmation,
    assign_task,
    report_progress,
    request_extension,
)
from congso.apps.directives.tests.factories import NOW, do, make_task, new_task
from congso.apps.directives.tests.test_reminding import monthly
from congso.kernel.access.services import Actor, acting_as
from tests.browser import DESK, PHONE, assert_kind_at_both_sizes, assert_kind_to_everyone

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

EXCEL = (
    '2\t"Việc ""hai""\nhai dòng"\tBTCTU\tMTTQ; Phòng Tổng hợp\thằng quý\t\tBáo cáo\n'
    "3\tViệc ba\tVPTU\t\t20/12/2027\tHằng tháng\tBáo cáo\tKhẩn\n"
)
PASTE = """(text) => {
  const data = new DataTransfer();
  data.setData("text/plain", text);
  const pasted = new ClipboardEvent("paste", {clipboardData: data, bubbles: true, cancelable: true});
  document.activeElement.dispatchEvent(pasted);
}"""


def tasks_of(world) -> list[Task]:
    with acting_as(Actor.person(world.chief)):
        return list(Task.objects.select_related("unit").order_by("id"))


def test_the_grid_is_filled_by_keyboard_and_from_excel(world, opened: Callable[..., Page]):
    page = opened("tracker", "/nhiem-vu/giao/")
    page.get_by_label("Văn bản giao").fill("16-KH/TU")
    page.locator("[name=row-0-clause]").focus()
    keys = page.keyboard
    for typed in ("I.1", "Việc một", "ban to chuc"):
        keys.type(typed)
        if typed != "ban to chuc":
            keys.press("Enter")
    expect(page.locator(".suggestions li").first).to_contain_text("Ban Tổ chức Tỉnh ủy Thử Nghiệm")
    assert_kind_to_everyone(page)
    keys.press("Enter")
    expect(page.locator("[name=row-0-lead]")).to_have_value("Ban Tổ chức Tỉnh ủy Thử Nghiệm")
    page.locator("[name=row-1-clause]").focus()
    page.evaluate(PASTE, EXCEL)
    expect(page.locator("[name=row-1-content]")).to_have_value('Việc "hai"\nhai dòng')
    expect(page.locator("[name=row-2-deadline]")).to_have_value("monthly")
    page.locator("[name=row-4-priority]").focus()
    keys.press("Enter")
    expect(page.locator("[data-row]")).to_have_count(6)
    keys.press("Control+Enter")
    expect(page.get_by_text("Đã giao 3 nhiệm vụ.")).to_be_visible()
    first, second, third = tasks_of(world)
    assert (first.content, first.unit.symbol) == ("Việc một", "BTCTU")
    assert (second.recurrence, third.recurrence, third.priority) == ("quarterly", "monthly", 2)


def test_a_wrong_cell_is_shown_and_corrected_without_typing_the_rest_again(world, opened: Callable[..., Page]):
    page = opened("chief", "/nhiem-vu/giao/", PHONE)
    page.get_by_label("Văn bản giao").fill("16-KH/TU")
    page.locator("[name=row-0-content]").fill("Việc một")
    page.locator("[name=row-0-lead]").fill("không có")
    page.get_by_role("button", name="Giao tất cả").click()
    expect(page.get_by_text("Không có đơn vị nào tên “không có”.")).to_be_visible()
    assert_kind_to_everyone(page)
    page.locator("[name=row-0-lead]").fill("BTCTU")
    page.get_by_role("button", name="Giao tất cả").click()
    expect(page.get_by_text("Đã giao 1 nhiệm vụ.")).to_be_visible()


@pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])
def test_a_card_is_moved_by_keyboard_and_the_board_follows(world, opened: Callable[..., Page], size):
    make_task(world, content="Việc trên bảng")
    page = opened("agency_leader", "/nhiem-vu/bang/", size)
    assert_kind_to_everyone(page)
    page.get_by_role("button", name="Tiếp nhận").focus()
    page.keyboard.press("Enter")
    column = page.get_by_role("region").get_by_role("region", name="Đang thực hiện")
    expect(column.get_by_text("Việc trên bảng")).to_be_visible()
    assert page.url.endswith("/nhiem-vu/bang/")


def test_a_report_from_a_phone_moves_the_slider_and_the_number_together(world, opened: Callable[..., Page]):
    task = make_task(world, content="Việc cần báo cáo", targets=[FigureRow("Hồ sơ số hóa", 100, "%")])
    page = opened("agency_leader", f"/nhiem-vu/{task.pk}/", PHONE)
    assert_kind_to_everyone(page)
    page.get_by_role("link", name="Báo cáo tiến độ").click()
    page.get_by_label("Kéo để chọn tiến độ").fill("45")
    expect(page.get_by_label("Tiến độ (%)")).to_have_value("45")
    assert_kind_to_everyone(page)
    page.get_by_label("Kết quả đã thực hiện").fill("Được gần nửa")
    page.get_by_label("Giá trị").first.fill("45,5")
    page.get_by_role("button", name="Gửi báo cáo").click()
    expect(page.get_by_text("45,5 %")).to_be_visible()
    expect(page.get_by_text("Đã thực hiện: Báo cáo tiến độ.")).to_be_visible()


def divided(world, task: Task) -> None:
    """The task's lead gives a part of it on."""
    actor = Actor.person(world.agency_leader)
    with acting_as(actor):
        new = new_task(world, "XA", content="Phần việc của xã " * 8, due_on=None)
        assign_task(new, owner=world.organization("BTC"), parent=task_of(task.pk), by=actor, at=NOW)


def test_every_screen_fits_and_is_accessible(world, opened: Callable[..., Page]):
    monthly(world)
    task = make_task(world, content="Việc dài " * 30, supporting=["MT", "TH"], clause="II.5")
    do(world, "agency_leader", report_progress, task, text="Được nửa", percent=50, figures=[FigureRow("Hồ sơ", 12)])
    do(world, "agency_leader", request_extension, task, new_due_on=date(2027, 6, 30), reason="Chờ số liệu")
    divided(world, task)
    done = make_task(world, content="Việc xong")
    do(world, "agency_leader", ask_confirmation, done)
    page = opened("chief", "/nhiem-vu/tong-hop/")
    for address in (
        "/nhiem-vu/?scope=all",
        "/nhiem-vu/?scope=overdue",
        "/nhiem-vu/tong-hop/",
        "/nhiem-vu/bang/?scope=all",
        f"/nhiem-vu/{task.pk}/",
        f"/nhiem-vu/{task.pk}/grant_extension/",
        f"/nhiem-vu/{task.pk}/change_lead/",
        f"/nhiem-vu/{done.pk}/confirm/",
        "/nhiem-vu/giao/",
        "/nhiem-vu/ma-tran/",
        "/nhiem-vu/ma-tran/?symbol=01-KH/TU",
        "/nhiem-vu/lich/?scope=all&thang=2026-12",
        "/nhiem-vu/tien-trinh/?scope=all",
        "/nhiem-vu/nguon/",
        "/nhiem-vu/cay/?symbol=01-KH/TU",
        f"/nhiem-vu/giao/?parent={task.pk}",
    ):
        assert_kind_at_both_sizes(page, address)
