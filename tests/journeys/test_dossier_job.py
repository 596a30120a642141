"""A dossier in a real browser, at a desk and on a phone: opened from the year's list, filled, what is missing mended,
closed, handed over, received by the archive, asked for and read; a stranger finds its card and nothing else."""

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from congso.apps.dossiers.tests import factories as made
from congso.kernel.directory.testing import World
from tests.browser import DESK, PHONE, in_thread, picture, send
from tests.journeys.archiving import close, hand_over, receive

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True), pytest.mark.timeout(600)]

TITLE = "Công văn trao đổi năm 2026"


@pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])
def test_a_dossier_is_opened_filled_closed_archived_and_read(world: World, opened: Any, size: dict[str, int]) -> None:
    in_thread(lambda: (made.issued(world), made.fonds(world)))
    address = fill(opened("specialist", "/ho-so/", size))
    close(opened("head", address, size), picture)
    hand_over(opened("specialist", address, size), picture)
    receive(opened("clerk", "/ho-so/nop-luu/", size), TITLE, picture)
    room = opened("stranger", "/ho-so/phong-doc/?q=cong van", size)
    picture(room, "search-room")
    send(room.get_by_role("link", name=TITLE))
    room.get_by_label("Mục đích").fill("Nghiên cứu")
    send(room.get_by_role("button", name="Gửi yêu cầu"))
    expect(room.get_by_text("Chờ cho phép").first).to_be_visible()
    picture(room, "reading-request")
    answer = room.goto(address)
    assert answer is not None
    assert answer.status == 404


def fill(page: Page) -> str:
    """Open from the list, add a paper without its pages, see what is missing, mend it, ask to close."""
    picture(page, "dossiers")
    page.get_by_text("Danh mục còn 2 hồ sơ chưa mở").click()
    send(page.locator(".file-item", has_text="Công văn trao đổi").get_by_role("button", name="Mở hồ sơ"))
    expect(page.get_by_text("Hồ sơ chưa có văn bản nào", exact=True)).to_be_visible()
    address = page.url
    send(page.get_by_role("link", name="Thêm bản giấy"))
    page.get_by_label("Trích yếu nội dung").fill("Công văn về rà soát hồ sơ")
    page.get_by_label("Văn bản không ghi ngày (s.d.)").check()
    picture(page, "paper-form")
    send(page.get_by_role("button", name="Thêm vào hồ sơ"))
    expect(page.get_by_text("Còn 2 chỗ thiếu trước khi kết thúc")).to_be_visible()
    picture(page, "dossier-missing")
    send(page.get_by_role("link", name="Bổ sung"))
    page.get_by_label("Tên loại").select_option("official_letter")
    page.get_by_label("Số trang").fill("3")
    send(page.get_by_role("button", name="Lưu"))
    expect(page.get_by_text("Tổng số trang: 3")).to_be_visible()
    return address
