"""A dossier on its way into the archive: steps every walk takes that ends there. Each starts on the page it needs."""

from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.browser import press, send

Picture = Callable[[Page, str], None]


def close(page: Page, picture: Picture) -> None:
    """The unit's leader, on the dossier."""
    press(page, "Kết thúc hồ sơ")
    send(page.get_by_role("button", name="Kết thúc hồ sơ"))
    expect(page.locator(".record-head")).to_contain_text("Đã kết thúc")
    picture(page, "dossier-closed")


def hand_over(page: Page, picture: Picture) -> None:
    """Its holder, on the dossier: a list of one, submitted, the minutes looked at."""
    press(page, "Nộp lưu")
    picture(page, "hand-over-list")
    send(page.get_by_role("button", name="Lập danh sách"))
    press(page, "Nộp lưu")
    send(page.get_by_role("button", name="Nộp lưu"))
    expect(page.locator(".record-head")).to_contain_text("Chờ lưu trữ nhận")
    picture(page, "hand-over")
    send(page.get_by_role("link", name="Biên bản giao nhận"))
    expect(page.get_by_role("heading", name="Biên bản giao nhận hồ sơ, tài liệu")).to_be_visible()
    picture(page, "hand-over-minutes")


def receive(page: Page, title: str, picture: Picture) -> None:
    """The archive's clerk, on the list of deliveries."""
    send(page.get_by_role("link", name="Nộp lưu 1 hồ sơ").first)
    press(page, "Nhận hồ sơ")
    page.get_by_label("Kho").fill("1")
    picture(page, "receive")
    send(page.get_by_role("button", name="Nhận hồ sơ"))
    expect(page.locator(".record-head")).to_contain_text("Đã giao nhận")
    page.goto("/ho-so/luu-tru/")
    expect(page.get_by_role("link", name=title).first).to_be_visible()
    picture(page, "archive")
