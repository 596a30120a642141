"""A real Chromium for tests of screens: signed in as one of the cast, at a desk or on a phone; what the browser
complains of fails the test."""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Locator, Page, sync_playwright

FLAGS = [
    "--no-sandbox", "--disable-background-networking", "--disable-component-update", "--disable-sync",
    "--no-first-run", "--disable-quic",
]  # fmt: skip
DESK = {"width": 1440, "height": 900}
PHONE = {"width": 390, "height": 844}
WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
PICTURES = Path(os.environ.get("SCREENSHOTS_DIR", Path(__file__).resolve().parents[1] / "docs" / "images"))


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


@contextmanager
def doors(browser: Browser) -> Iterator[Callable[..., Page]]:
    """`door(address of a portal, key of a session, path, size)`: a page for whose session it is; nobody's complaints.

    More than one portal may be entered; whoever enters has a browser of their own.
    """
    contexts: list[BrowserContext] = []
    complaints: list[str] = []

    def enter(portal: str, session: str, path: str, size: dict[str, int] = DESK, **more: Any) -> Page:
        is_phone = size is PHONE
        context = browser.new_context(
            viewport=size, locale="vi-VN", has_touch=is_phone, is_mobile=is_phone, base_url=portal, **more
        )
        contexts.append(context)
        context.add_cookies([{"name": "sessionid", "value": session, "url": portal}])
        page = context.new_page()
        page.on("console", lambda said: complaints.append(said.text) if _is_complaint(said) else None)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.goto(path)
        return page

    yield enter
    for context in contexts:
        context.close()
    assert complaints == []


@pytest.fixture
def opened(browser: Browser, live_server: Any, signed_in: Any) -> Iterator[Callable[..., Page]]:
    """`opened("head", "/", PHONE)`: a page signed in as one of the cast."""
    with doors(browser) as enter:

        def open_page(who: str, address: str, size: dict[str, int] = DESK, **more: Any) -> Page:
            session = signed_in(who).cookies["sessionid"].value
            return enter(live_server.url, session, address, size, **more)

        yield open_page


def in_thread(work: Callable[[], object]) -> None:
    """Django's calls beside Playwright's loop, which holds this thread; what goes wrong there goes wrong here."""
    from django.db import connections

    problems: list[BaseException] = []

    def run() -> None:
        try:
            work()
        except BaseException as error:
            problems.append(error)
        finally:
            connections.close_all()

    thread = Thread(target=run)
    thread.start()
    thread.join()
    if problems:
        raise problems[0]


def send(button: Locator) -> None:
    """Press what sends a form or leads to a page, and wait for that page.

    A click alone returns while the old page still stands: the next look would be at that one, the next step would break
    off the sending.
    """
    with button.page.expect_navigation():
        button.click()


def press(page: Page, name: str) -> None:
    """An act of a record's bar, wherever it stands there; what it leads to is shown, or its question stands open."""
    bar = page.locator(".act-bar")
    bar.first.wait_for()
    named = {"name": name, "exact": True}
    act = bar.get_by_role("link", **named).or_(bar.get_by_role("button", **named)).first  # type: ignore[arg-type]
    if not act.is_visible():
        bar.locator("details.drop > summary").click()
    if act.get_attribute("data-ask"):
        act.click()
    else:
        send(act)


def picture(page: Page, name: str, *, is_whole: bool = True) -> None:
    """Check the screen, and keep its picture for the docs when asked (`make screenshots`)."""
    assert_kind_to_everyone(page)
    if os.environ.get("SCREENSHOTS"):
        PICTURES.mkdir(parents=True, exist_ok=True)
        width = page.viewport_size["width"] if page.viewport_size else 0
        page.screenshot(path=PICTURES / f"{name}-{width}.png", full_page=is_whole)


def assert_kind_to_everyone(page: Page) -> None:
    """Nothing wider than the screen, nothing axe finds, looked at from the top.

    Writing has scrolled: the head that stays would cover half of a button below it.
    """
    page.wait_for_load_state()
    page.evaluate("scrollTo({top: 0, behavior: 'instant'})")
    wider = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert wider <= 0, page.url
    found = Axe().run(page, options={"runOnly": WCAG, "resultTypes": ["violations"]}).response["violations"]
    told = [(one["id"], one["nodes"][0]["html"][:160], one["nodes"][0].get("failureSummary")) for one in found]
    assert told == [], (page.url, told)


def assert_kind_at_both_sizes(page: Page, address: str, *, themes: tuple[str, ...] = ()) -> None:
    """The same screen at a desk's and at a phone's width, loaded once; in further themes only what colours change.

    Motion is reduced: a colour that is still fading over is neither the one nor the other.
    """
    page.set_viewport_size({"width": DESK["width"], "height": DESK["height"]})
    page.goto(address)
    for size in (DESK, PHONE):
        page.set_viewport_size({"width": size["width"], "height": size["height"]})
        assert_kind_to_everyone(page)
        for theme in themes:
            page.emulate_media(color_scheme=theme, reduced_motion="reduce")  # type: ignore[arg-type]
            _assert_readable(page, theme)
            page.emulate_media(color_scheme="light", reduced_motion="reduce")


def _assert_readable(page: Page, theme: str) -> None:
    rules = {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}
    found = Axe().run(page, options={"runOnly": rules, "resultTypes": ["violations"]}).response["violations"]
    assert [(one["id"], one["nodes"][0]["html"][:160]) for one in found] == [], (page.url, theme)
