"""A phone without the network: opened papers are read, acts wait and are sent once, conflicts told, nothing stays."""

import time
from typing import Any

import pytest
from playwright.sync_api import Error, Page, expect

from congso.apps.directives.models import Task
from congso.apps.directives.services import cancel_task, change_lead
from congso.apps.directives.tests.factories import do, make_task
from congso.kernel.access.services import Actor, acting_as
from congso.kernel.records.models import Comment
from tests.browser import DESK, assert_kind_to_everyone
from tests.offline.conftest import until

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def task(world: Any, db: None) -> Task:
    return make_task(world, content="Rà soát hồ sơ không mật")


def said_about(world: Any, task: Task) -> list[str]:
    with acting_as(Actor.person(world.chief)):
        return list(Comment.objects.filter(record_id=task.pk).order_by("id").values_list("text", flat=True))


def state_of(world: Any, task: Task) -> str:
    with acting_as(Actor.person(world.chief)):
        return Task.objects.get(pk=task.pk).state


def held(page: Page) -> dict[str, int]:
    return page.evaluate(
        """async () => {
          const cache = await caches.open("congso-kept");
          const acts = await new Promise((done) => {
            const asked = indexedDB.open("congso");
            asked.onsuccess = () => {
              if (!asked.result.objectStoreNames.contains("acts")) return done(0);
              const found = asked.result.transaction("acts").objectStore("acts").count();
              found.onsuccess = () => { asked.result.close(); done(found.result); };
            };
          });
          return { copies: (await cache.keys()).length, acts };
        }"""
    )


def holds(page: Page, at_least: int = 0, *, exactly: int | None = None) -> None:
    count = "(await (await caches.open('congso-kept')).keys()).length"
    until(page, f"(async () => {count} {f'=== {exactly}' if exactly is not None else f'>= {at_least}'})()")


def sent(page: Page, *, seconds: float = 10.0) -> None:
    """The page hides its tray before it knows what waits: so ask what it holds."""
    end = time.monotonic() + seconds
    while held(page)["acts"]:
        assert time.monotonic() < end, "acts still wait"
        page.wait_for_timeout(50)


def comment(page: Page, text: str) -> None:
    page.locator("#comment-text").fill(text)
    page.get_by_role("button", name="Gửi ý kiến").click()


def test_an_opened_paper_is_read_and_answered_without_the_network_and_arrives_once(world, task, phone):
    page = phone("agency_leader", f"/nhiem-vu/{task.pk}/")
    expect(page.get_by_role("heading", name="Rà soát hồ sơ không mật")).to_be_visible()
    holds(page, 2)
    page.context.set_offline(True)
    page.goto("/van-ban-den/")
    expect(page.get_by_role("heading", name="Đọc khi mất mạng")).to_be_visible()
    assert_kind_to_everyone(page)
    page.get_by_role("link", name="Rà soát hồ sơ không mật").click()
    expect(page.locator(".kept-banner")).to_contain_text("bản lưu lúc")
    for text in ("Ý kiến thứ nhất", "Ý kiến thứ hai"):
        comment(page, text)
        expect(page.locator("[data-tray]")).to_be_visible()
    expect(page.locator("[data-tray]")).to_contain_text("2 việc chờ gửi")
    assert_kind_to_everyone(page)
    assert said_about(world, task) == []
    page.context.set_offline(False)
    page.reload()
    sent(page)
    expect(page.locator("[data-tray]")).to_be_hidden(timeout=10_000)
    assert said_about(world, task) == ["Ý kiến thứ nhất", "Ý kiến thứ hai"]
    page.reload()
    assert said_about(world, task) == ["Ý kiến thứ nhất", "Ý kiến thứ hai"]
    assert held(page)["acts"] == 0


def test_what_moved_meanwhile_is_told_and_not_done(world, task, phone):
    page = phone("agency_leader", f"/nhiem-vu/{task.pk}/")
    holds(page, 1)
    page.context.set_offline(True)
    comment(page, "Xin lùi sang tuần sau")
    expect(page.locator("[data-tray]")).to_contain_text("1 việc chờ gửi")
    do(world, "chief", cancel_task, task, note="Trùng việc khác")
    page.context.set_offline(False)
    page.evaluate("window.dispatchEvent(new Event('online'))")
    expect(page.locator("[data-tray]")).to_contain_text("1 việc chưa gửi được", timeout=10_000)
    page.locator("[data-tray]").click()
    told = page.get_by_role("dialog")
    expect(told).to_contain_text("hồ sơ đã thay đổi sau khi bạn xem")
    expect(told).to_contain_text("Trùng việc khác")
    expect(told.locator("textarea")).to_have_value("Xin lùi sang tuần sau")
    assert_kind_to_everyone(page)
    assert said_about(world, task) == []
    told.locator("textarea").fill("Đã rõ, xin dừng")
    told.get_by_role("button", name="Gửi lại trên tình trạng mới").click()
    expect(told).to_contain_text("Không có việc nào chờ gửi")
    assert said_about(world, task) == ["Đã rõ, xin dừng"]


def test_her_own_act_does_not_stand_in_the_way_of_her_next_one(world, task, phone):
    page = phone("agency_leader", f"/nhiem-vu/{task.pk}/")
    holds(page, 2)
    page.context.set_offline(True)
    page.get_by_role("button", name="Tiếp nhận").click()
    expect(page.locator("[data-tray]")).to_contain_text("1 việc chờ gửi")
    comment(page, "Đã nhận, làm ngay")
    expect(page.locator("[data-tray]")).to_contain_text("2 việc chờ gửi")
    page.context.set_offline(False)
    page.evaluate("window.dispatchEvent(new Event('online'))")
    sent(page)
    expect(page.locator("[data-tray]")).to_be_hidden(timeout=10_000)
    assert (state_of(world, task), said_about(world, task)) == ("in_progress", ["Đã nhận, làm ngay"])


def test_signing_out_and_another_person_leave_nothing_behind(world, task, phone):
    page = phone("agency_leader", f"/nhiem-vu/{task.pk}/")
    holds(page, 1)
    phone.sign_in(page.context, "chief")
    page.goto("/thong-bao/")
    holds(page, exactly=0)
    page.goto(f"/nhiem-vu/{task.pk}/")
    holds(page, 1)
    page.locator("summary", has_text="Tài khoản").click()
    page.get_by_role("button", name="Đăng xuất").click()
    expect(page.get_by_label("Tên đăng nhập")).to_be_visible()
    assert held(page) == {"copies": 0, "acts": 0}
    page.context.set_offline(True)
    with pytest.raises(Error, match="ERR_INTERNET_DISCONNECTED"):  # not even the service worker is left
        page.goto(f"/nhiem-vu/{task.pk}/")


def test_a_copy_goes_with_the_right_to_see_it(world, task, phone):
    page = phone("agency_leader", f"/nhiem-vu/{task.pk}/")
    holds(page, 2)
    with acting_as(Actor.person(world.chief)):
        other = world.organization("XA")
    do(world, "chief", change_lead, task, lead=other, note="Giao nhầm nơi")
    page.goto(f"/nhiem-vu/{task.pk}/")
    expect(page.get_by_role("heading", name="Không tìm thấy")).to_be_visible()
    holds(page, exactly=0)


def test_a_desk_machine_keeps_nothing_until_asked(world, task, opened):
    page = opened("agency_leader", f"/nhiem-vu/{task.pk}/", DESK)
    page.wait_for_timeout(500)
    assert page.evaluate("navigator.serviceWorker.getRegistrations().then((r) => r.length)") == 0
    page.goto("/ngoai-tuyen/")
    assert_kind_to_everyone(page)
    page.get_by_role("button", name="Giữ bản lưu trên máy này").click()
    until(page, "navigator.serviceWorker.controller !== null")
    page.goto(f"/nhiem-vu/{task.pk}/")
    holds(page, 1)
    page.goto("/ngoai-tuyen/")
    expect(page.get_by_role("link", name="Rà soát hồ sơ")).to_be_visible()
    page.get_by_role("button", name="Thôi giữ, xóa hết").click()
    expect(page.get_by_role("button", name="Giữ bản lưu trên máy này")).to_be_visible()
    assert held(page) == {"copies": 0, "acts": 0}
