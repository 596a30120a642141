"""axe over the pages the URL conf knows, width and theme in turn: every fourth in every run, for the clock's sake (the
packages' own browser tests look at theirs); each once with AXE=each, each at both widths in both themes with AXE=full.
PAGES=/trao-doi/,/ky-so/ looks at these alone.
"""

import os
from collections.abc import Iterator
from itertools import product
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext

from congso.apps.meetings.services import attending
from tests.attacks.asking import signed_in
from tests.browser import DESK, PHONE, WCAG
from tests.crawling import Page, pages
from tests.office import Office

FORM = os.environ.get("AXE", "")
FULL = FORM == "full"
EVERY = 1 if FORM else 4
ONLY = tuple(filter(None, os.environ.get("PAGES", "").split(",")))
GRAVE = {"serious", "critical"}
LOOKS = list(product((DESK, PHONE), ("light", "dark")))

pytestmark = [pytest.mark.browser, pytest.mark.faults, pytest.mark.timeout(7_200 if FULL else 1_200)]


@pytest.fixture(scope="module", autouse=True)
def _codes_last() -> Iterator[None]:
    """The code on a room's screen lasts two minutes, the walk longer."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(attending, "CODE_SECONDS", 7_200)
        yield


@pytest.fixture(scope="module")
def contexts(browser: Browser, site: str) -> Iterator[dict[tuple[str | None, int], BrowserContext]]:
    """A browser's window for each person and look, kept open."""
    made: dict[tuple[str | None, int], BrowserContext] = {}
    yield made
    for context in made.values():
        context.close()


def test_every_page_is_kind_to_everyone(
    browser: Browser, site: str, office: Office, contexts: dict[tuple[str | None, int], BrowserContext]
) -> None:
    found: dict[str, Any] = {}
    looked = 0
    chosen = [page for page in pages(office) if not ONLY or page.address.startswith(ONLY)]
    for place, page in enumerate(chosen[::EVERY]):
        for look in range(len(LOOKS)) if FULL else [place % len(LOOKS)]:
            key = (page.who, look)
            if key not in contexts:
                contexts[key] = _window(browser, site, page.who, look)
            complaints = _looked_at(contexts[key], page)
            looked += 1
            if complaints:
                found[f"{page.address} as {page.who}, {LOOKS[look]}"] = complaints
    assert looked > (0 if ONLY else 100 / EVERY)
    assert found == {}, "\n".join(f"{where}: {what}" for where, what in found.items())


def _window(browser: Browser, site: str, who: str | None, look: int) -> BrowserContext:
    size, theme = LOOKS[look]
    context = browser.new_context(
        viewport=size, locale="vi-VN", base_url=site, color_scheme=theme, is_mobile=size is PHONE,
        has_touch=size is PHONE, reduced_motion="reduce",
    )  # fmt: skip
    if who:
        key = signed_in(who).cookies["sessionid"].value
        context.add_cookies([{"name": "sessionid", "value": key, "url": site}])
    context.new_page()
    return context


def _looked_at(context: BrowserContext, page: Page) -> list[Any]:
    window = context.pages[0]
    answer = window.goto(page.address)
    assert answer is not None
    assert answer.status == 200, (page.address, answer.status)
    wider = window.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    violations = Axe().run(window, options={"runOnly": WCAG, "resultTypes": ["violations"]}).response["violations"]
    grave = [
        (one["id"], one["nodes"][0]["html"][:160], (one["nodes"][0].get("failureSummary") or "")[:200])
        for one in violations
        if one["impact"] in GRAVE
    ]
    return [*grave, *([("wider than the screen", wider)] if wider > 0 else [])]
