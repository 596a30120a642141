"""A real Chromium for tests of screens: signed in as one of the cast, at a desk or on a phone; what the browser
complains of fails the test."""

import os
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, sync_playwright

FLAGS = [
    "--no-sandbox", "--disable-background-networking", "--disable-component-update", "--disable-sync",
    "--no-first-run", "--disable-quic",
]  # fmt: skip
DESK = {"width": 1440, "height": 900}
PHONE = {"width": 390, "height": 844}
WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """One Chromium for the module; Django must allow its own calls beside Playwright's loop.

    Beside the loop this thread has other connections: one left open before it could no longer be closed.
    """
    from django.db import connections

    connections.close_all()
    before = os.environ.get("DJANGO_ALLOW_ASYNC_UNSAFE")
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=FLAGS)
        yield chromium
        chromium.close()
    if before is None:
        del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]
    else:
        os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = before


def _is_complaint(said: ConsoleMessage) -> bool:
    """A refused form is answered 4xx, which the browser logs as an error; everything else it says is ours."""
    return said.type in {"error", "warning"} and "the server responded with a status of 4" not in said.text


@pytest.fixture
def opened(browser: Browser, live_server: Any, signed_in: Any) -> Iterator[Callable[..., Page]]:
    """`opened("head", "/", PHONE)`: a page signed in as one of the cast."""
    contexts: list[BrowserContext] = []
    complaints: list[str] = []

    def open_page(who: str, address: str, size: dict[str, int] = DESK, **more: Any) -> Page:
        is_phone = size is PHONE
        context = browser.new_context(
            viewport=size, locale="vi-VN", has_touch=is_phone, is_mobile=is_phone, base_url=live_server.url, **more
        )
        contexts.append(context)
        session = signed_in(who).cookies["sessionid"].value
        context.add_cookies([{"name": "sessionid", "value": session, "url": live_server.url}])
        page = context.new_page()
        page.on("console", lambda said: complaints.append(said.text) if _is_complaint(said) else None)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.goto(address)
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert complaints == []


def assert_kind_to_everyone(page: Page) -> None:
    """Nothing wider than the screen, nothing axe finds."""
    page.wait_for_load_state()
    wider = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert wider <= 0, page.url
    found = Axe().run(page, options={"runOnly": WCAG, "resultTypes": ["violations"]}).response["violations"]
    told = [(one["id"], one["nodes"][0]["html"][:160], one["nodes"][0].get("failureSummary")) for one in found]
    assert told == [], (page.url, told)
