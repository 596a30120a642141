"""A keeper in a real browser: drafts, adds a code, publishes; every screen is kind, at a desk and on a phone."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from congso.kernel.directory.testing import World
from tests.browser import DESK, PHONE, assert_kind_to_everyone, send

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])
def test_a_list_is_drafted_and_published(world: World, opened: Callable[..., Page], size: dict[str, int]) -> None:
    page = opened("administrator", "/danh-muc/", size)
    assert_kind_to_everyone(page)
    send(page.get_by_role("link", name="Thời hạn lưu trữ", exact=True))
    assert_kind_to_everyone(page)
    send(page.get_by_role("button", name="Soạn phiên bản mới"))
    send(page.get_by_role("link", name="Thêm mã"))
    assert_kind_to_everyone(page)
    page.get_by_label("Mã", exact=False).first.fill("y3")
    page.get_by_label("Tên", exact=False).first.fill("3 năm")
    page.get_by_label("Số năm").fill("3")
    send(page.get_by_role("button", name="Lưu"))
    expect(page.get_by_text("Đã ghi mã y3 vào bản thảo.")).to_be_visible()
    assert_kind_to_everyone(page)
    send(page.get_by_role("link", name="Nhập từ tệp"))
    assert_kind_to_everyone(page)
    page.go_back()
    send(page.get_by_role("link", name="Ban hành", exact=True))
    page.get_by_label("Văn bản ban hành").fill("Quyết định 12-QĐ/TU")
    assert_kind_to_everyone(page)
    send(page.get_by_role("button", name="Ban hành", exact=True))
    expect(page.get_by_text("Đã ban hành phiên bản 2.")).to_be_visible()
    send(page.get_by_role("link", name="Phiên bản 2"))
    expect(page.get_by_text("Quyết định 12-QĐ/TU")).to_be_visible()
    assert_kind_to_everyone(page)
