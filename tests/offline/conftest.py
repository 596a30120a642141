"""A phone that loses the network: what the browser says of lost requests is no complaint here."""

import time
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from tests.browser import PHONE


def until(page: Page, holds: str, *, seconds: float = 10.0) -> None:
    """Wait for a JavaScript expression; the pages' own policy forbids Playwright's way."""
    end = time.monotonic() + seconds
    while not page.evaluate(holds):
        assert time.monotonic() < end, holds
        page.wait_for_timeout(50)


@pytest.fixture
def phone(browser: Browser, live_server: Any, signed_in: Any) -> Iterator[Callable[..., Page]]:
    """`phone("head", "/")`: a page on a phone whose service worker is at work."""
    contexts: list[BrowserContext] = []
    faults: list[str] = []

    def open_page(who: str, address: str = "/", size: dict[str, int] = PHONE, **more: Any) -> Page:
        is_phone = size is PHONE
        context = browser.new_context(
            viewport=size, locale="vi-VN", has_touch=is_phone, is_mobile=is_phone, base_url=live_server.url, **more
        )
        contexts.append(context)
        sign_in(context, who)
        page = context.new_page()
        page.on("pageerror", lambda error: faults.append(str(error)))
        page.goto(address)
        until(page, "navigator.serviceWorker.controller !== null")
        return page

    def sign_in(context: BrowserContext, who: str) -> None:
        session = signed_in(who).cookies["sessionid"].value
        context.add_cookies([{"name": "sessionid", "value": session, "url": live_server.url}])

    open_page.sign_in = sign_in  # type: ignore[attr-defined]
    yield open_page
    for context in contexts:
        context.close()
    assert faults == []
