"""Pages over both portals, and waiting for what workers do."""

import time
from collections.abc import Callable

from playwright.sync_api import Locator, Page

from tests.two_instances.instances import Portals

Enter = Callable[..., Page]
WITHIN = 120.0
_BETWEEN = 400
"""Milliseconds between looks: each is a page loaded anew, and the workers want the processor too."""


def until(page: Page, seen: Locator, portals: Portals | None = None) -> None:
    """Load the page anew until it shows this; with `portals` their carriers make a round each time."""
    last = time.monotonic() + WITHIN
    while not seen.first.is_visible():
        assert time.monotonic() < last, f"{page.url}: {seen} not within {WITHIN:.0f} s"
        if portals is not None:
            portals.carry()
        page.wait_for_timeout(_BETWEEN)
        page.reload()


def until_told(page: Page, status: str, portals: Portals) -> None:
    """On a document's list of recipients: until the other portal's answer stands there."""
    until(page, page.locator(".tag-act", has_text=status), portals)
