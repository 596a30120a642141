"""The search room and packages in a real browser: certified copies given out, a bag from elsewhere taken in."""

import os
from collections.abc import Callable
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Page, expect

from congso.apps.dossiers.models import CertifiedCopy, ReadingRequest
from congso.apps.dossiers.services.certifying import certify
from congso.apps.dossiers.tests.factories import by
from congso.apps.dossiers.tests.test_certifying import current, run, seal, trusted, wish
from congso.apps.dossiers.tests.test_packages import foreign_bag
from congso.kernel.signing.models import Credential
from congso.kernel.signing.testing import paper
from tests.browser import DESK, PHONE, assert_kind_to_everyone, in_thread, send

__all__ = ["seal", "trusted", "wish"]  # fixtures
pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.mark.timeout(300)
def test_certified_copies_are_given_out_and_a_bag_is_taken_in(
    world: Any, seal: Credential, wish: ReadingRequest, opened: Callable[..., Page]
) -> None:
    copies: list[CertifiedCopy] = []

    def sealed() -> None:
        with by(world, "clerk") as actor:
            batch = certify(current(wish), credential=seal, by=actor, at=timezone.now())
        run(world, batch)
        with by(world, "clerk"):
            copies.append(CertifiedCopy.objects.earliest("pk"))

    in_thread(sealed)  # signing has a loop of its own
    copy = copies[0]
    asker = opened("head", reverse("dossiers:reading", args=[wish.pk]), PHONE)
    look(asker, "reading")
    with asker.expect_download() as given:
        asker.locator(f'a[href="{reverse("dossiers:certified", args=[copy.pk])}"]').click()
    assert given.value.suggested_filename == f"ban-xac-thuc-{copy.pk}.pdf"
    clerk = opened("clerk", reverse("dossiers:package_in"), DESK)
    bag = {"name": "goi.zip", "mimeType": "application/zip", "buffer": foreign_bag(bao_cao_pdf=paper("Bao cao"))}
    clerk.locator('input[type="file"]').set_input_files(bag)  # type: ignore[arg-type]
    send(clerk.get_by_role("button", name="Kiểm tra và nhập"))
    expect(clerk.get_by_text("nhập tiêu đề hồ sơ và thời hạn").first).to_be_visible()
    look(clerk, "package")
    clerk.set_viewport_size(PHONE)
    look(clerk, "package")
    clerk.set_viewport_size(DESK)
    clerk.locator('input[type="file"]').set_input_files(bag)  # type: ignore[arg-type]
    clerk.locator('[name="title"]').fill("Hồ sơ số hóa của Sở Mẫu")
    clerk.locator('[name="retention"]').select_option("y10")
    send(clerk.get_by_role("button", name="Kiểm tra và nhập"))
    expect(clerk.locator("h1")).to_contain_text("Hồ sơ số hóa của Sở Mẫu")
    look(clerk, "taken")


def look(page: Page, name: str) -> None:
    """Kind to everyone; and a picture, where somebody wants to see it."""
    page.locator("h1").first.wait_for()
    if folder := os.environ.get("PICTURES"):
        size = page.viewport_size or DESK
        page.screenshot(path=f"{folder}/{name}-{size['width']}.png", full_page=True)
    assert_kind_to_everyone(page)
