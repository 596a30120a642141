"""A dossier in a real browser, at a desk and on a phone: opened from the year's list, filled, what is missing mended,
closed, handed over, received by the archive, asked for and read; a stranger finds its card and nothing else."""

import os
from collections.abc import Callable
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
from django.db import connections
from playwright.sync_api import Page, expect

from congso.apps.dossiers.tests import factories as made
from congso.kernel.directory.testing import World
from tests.browser import DESK, PHONE, assert_kind_to_everyone

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True), pytest.mark.timeout(600)]

PICTURES = Path(__file__).resolve().parents[2] / "docs" / "images"


@pytest.fixture
def picture() -> Callable[[Page, str], None]:
    """Check the screen, and keep its picture when asked."""

    def take(page: Page, name: str) -> None:
        assert_kind_to_everyone(page)
        if os.environ.get("SCREENSHOTS"):
            folder = Path(os.environ.get("SCREENSHOTS_DIR", PICTURES))
            width = page.viewport_size["width"] if page.viewport_size else 0
            page.screenshot(path=folder / f"{name}-{width}.png", full_page=True)

    return take


def beside(work: Callable[[], Any]) -> None:
    """Set the stage in a thread: Playwright's loop holds this one."""

    def run() -> None:
        work()
        connections.close_all()

    thread = Thread(target=run)
    thread.start()
    thread.join()


@pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])
def test_a_dossier_is_opened_filled_closed_archived_and_read(
    world: World, opened: Any, picture: Any, size: dict[str, int]
) -> None:
    beside(lambda: (made.issued(world), made.fonds(world)))
    address = fill(opened("specialist", "/ho-so/", size), picture)
    close(opened("head", address, size), picture)
    hand_over(opened("specialist", address, size), picture)
    receive(opened("clerk", "/ho-so/nop-luu/", size), picture)
    room = opened("stranger", "/ho-so/phong-doc/?q=cong van", size)
    picture(room, "search-room")
    room.get_by_role("link", name="Công văn trao đổi năm 2026").click()
    room.get_by_label("Mục đích").fill("Nghiên cứu")
    room.get_by_role("button", name="Gửi yêu cầu").click()
    expect(room.get_by_text("Chờ cho phép").first).to_be_visible()
    picture(room, "reading-request")
    answer = room.goto(address)
    assert answer is not None
    assert answer.status == 404


def fill(page: Page, picture: Any) -> str:
    """Open from the list, add a paper without its pages, see what is missing, mend it, ask to close."""
    picture(page, "dossiers")
    page.get_by_text("Danh mục còn 2 hồ sơ chưa mở").click()
    page.locator(".file-item", has_text="Công văn trao đổi").get_by_role("button", name="Mở hồ sơ").click()
    expect(page.get_by_text("Hồ sơ chưa có văn bản nào", exact=True)).to_be_visible()
    address = page.url
    page.get_by_role("link", name="Thêm bản giấy").click()
    page.get_by_label("Trích yếu nội dung").fill("Công văn về rà soát hồ sơ")
    page.get_by_label("Văn bản không ghi ngày (s.d.)").check()
    picture(page, "paper-form")
    page.get_by_role("button", name="Thêm vào hồ sơ").click()
    expect(page.get_by_text("Còn 2 chỗ thiếu trước khi kết thúc")).to_be_visible()
    picture(page, "dossier-missing")
    page.get_by_role("link", name="Bổ sung").click()
    page.get_by_label("Tên loại").select_option("official_letter")
    page.get_by_label("Số trang").fill("3")
    page.get_by_role("button", name="Lưu").click()
    expect(page.get_by_text("Tổng số trang: 3")).to_be_visible()
    return address


def press(page: Page, name: str) -> None:
    """An act of the page's bar, wherever it stands."""
    drop = page.locator(".act-bar details.drop > summary")
    act = page.locator(".act-bar").get_by_role("link", name=name, exact=True)
    if drop.count() and not act.first.is_visible():
        drop.click()
    act.first.click()


def close(page: Page, picture: Any) -> None:
    press(page, "Kết thúc hồ sơ")
    page.get_by_role("button", name="Kết thúc hồ sơ").click()
    expect(page.get_by_text("Đã kết thúc").first).to_be_visible()
    picture(page, "dossier-closed")


def hand_over(page: Page, picture: Any) -> None:
    press(page, "Nộp lưu")
    picture(page, "hand-over-list")
    page.get_by_role("button", name="Lập danh sách").click()
    press(page, "Nộp lưu")
    page.get_by_role("button", name="Nộp lưu").click()
    expect(page.get_by_text("Chờ lưu trữ nhận").first).to_be_visible()
    picture(page, "hand-over")
    page.get_by_role("link", name="Biên bản giao nhận").click()
    expect(page.get_by_role("heading", name="Biên bản giao nhận hồ sơ, tài liệu")).to_be_visible()
    picture(page, "hand-over-minutes")


def receive(page: Page, picture: Any) -> None:
    page.get_by_role("link", name="Nộp lưu 1 hồ sơ").first.click()
    press(page, "Nhận hồ sơ")
    page.get_by_label("Kho").fill("1")
    picture(page, "receive")
    page.get_by_role("button", name="Nhận hồ sơ").click()
    expect(page.get_by_text("Đã giao nhận").first).to_be_visible()
    page.goto("/ho-so/luu-tru/")
    expect(page.get_by_role("link", name="Công văn trao đổi năm 2026").first).to_be_visible()
    picture(page, "archive")
