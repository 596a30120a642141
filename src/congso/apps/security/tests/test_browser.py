"""The auditors' pages in a real browser, at a desk and on a phone, in light and dark."""

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from congso.apps.security.jobs import forward, verify_nightly
from congso.apps.security.tests.test_pages import wrote
from congso.kernel.access.services import acting_as
from congso.kernel.directory.testing import World
from congso.kernel.journal.delivering import deliver_checkpoints
from congso.kernel.journal.models import Entry
from congso.kernel.journal.tests.factories import KEEPER, close_book
from tests.browser import DESK, PHONE, assert_kind_to_everyone

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])
@pytest.mark.timeout(300)
def test_an_auditor_finds_a_line_and_closes_the_book(
    world: World, opened: Callable[..., Page], settings: Any, tmp_path: Path, size: dict[str, int]
) -> None:
    for number in range(8):
        wrote(world.clerk, "incoming_document.register", organization=world.organizations["VPTU"], record=number)
        wrote(world.head, "accounts.signed_in")
    settings.CHECKPOINT_FOLDER = tmp_path / "nowhere"
    settings.SIEM_ADDRESS = "tcp://127.0.0.1:1"
    page = opened("auditor", "/an-toan/", size, color_scheme="dark" if size is DESK else "light")
    look(page, "entries")
    page.get_by_label("Người").fill("nguyen vi du")
    page.get_by_role("button", name="Xem").click()
    expect(page.get_by_text("accounts.signed_in")).to_have_count(0)
    page.get_by_role("link", name="Vào sổ").first.click()
    expect(page.get_by_text("Chỗ đứng trong sổ")).to_be_visible()
    look(page, "entry-early")
    page.goto("/an-toan/bien-ban/")
    look(page, "checkpoints-empty")
    page.get_by_role("button", name="Chốt sổ ngay").click()
    expect(page.get_by_text("1-BB/NK")).to_be_visible()
    look(page, "checkpoint")
    with acting_as(KEEPER):
        deliver_checkpoints(at=timezone.now())
        line = Entry.objects.filter(act="incoming_document.register").latest("id").pk
    page.goto("/an-toan/bien-ban/")
    look(page, "checkpoints")
    page.goto(f"/an-toan/dong/{line}/")
    look(page, "entry")
    page.goto("/an-toan/?to-chuc=van phong")
    look(page, "choice")
    page.goto("/an-toan/kiem-tra/")
    look(page, "standing-empty")
    close_book()
    verify_nightly(0)
    forward(0)
    page.goto("/an-toan/kiem-tra/")
    look(page, "standing")
    page.goto("/an-toan/in/")
    look(page, "printed")


def look(page: Page, name: str) -> None:
    """Kind to everyone; and a picture, where somebody wants to see it."""
    folder = os.environ.get("PICTURES")
    if folder:
        width = page.viewport_size["width"]
        page.screenshot(path=f"{folder}/{name}-{width}.png", full_page=True)
    assert_kind_to_everyone(page)
