"""“Có gì tắc không?” in a real browser, at a desk and on a phone, in light and dark."""

import os
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from congso.apps.packets.tests.test_pages import filled
from congso.kernel.directory.testing import World
from tests.browser import DESK, PHONE, assert_kind_to_everyone, send

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])
@pytest.mark.timeout(300)
def test_a_clerk_sees_what_is_stuck_and_moves_it_on(
    world: World, opened: Callable[..., Page], size: dict[str, int]
) -> None:
    filled(world)
    page = opened("clerk", "/trao-doi/", size, color_scheme="dark" if size is DESK else "light")
    look(page, "stuck")
    send(page.get_by_role("link", name="Văn bản mới 1-CV/SM"))
    look(page, "packet")
    send(page.get_by_role("link", name="Từ chối"))
    page.get_by_label("Lý do").fill("Sai nơi nhận")
    send(page.get_by_role("button", name="Từ chối"))
    expect(page.get_by_text("Đã từ chối; nơi gửi được báo.")).to_be_visible()
    page.goto("/trao-doi/tat-ca/")
    look(page, "every")


def look(page: Page, name: str) -> None:
    """Kind to everyone; and a picture, where somebody wants to see it."""
    page.wait_for_load_state()
    page.locator("h1").first.wait_for()
    folder = os.environ.get("PICTURES")
    if folder:
        page.screenshot(path=f"{folder}/{name}-{page.viewport_size['width']}.png", full_page=True)
    assert_kind_to_everyone(page)
