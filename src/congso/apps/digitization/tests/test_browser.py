"""In a real browser: words put right by keyboard on the picture of the page; every screen at a desk and on a phone."""

from typing import Any

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from congso.apps.digitization.models import Correction, Page
from congso.apps.digitization.tests import factories
from congso.apps.digitization.tests.factories import by, copy_in
from congso.kernel.access.services import acting_as
from tests.browser import DESK, PHONE, assert_kind_to_everyone, in_thread

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_words_are_put_right_by_keyboard_and_every_screen_fits(world: Any, opened: Any) -> None:
    made: dict[str, Any] = {}

    def prepare() -> None:
        made["batch"] = factories.checking(world)
        with acting_as(by(world, "clerk")):
            made["page"] = Page.objects.filter(batch=made["batch"]).order_by("place")[0].pk
        made["copy"] = copy_in(world, made["batch"]).pk
        made["scanning"] = factories.scanned(world).pk

    in_thread(prepare)
    page = opened("clerk", reverse("digitization:page", args=[made["page"]]), DESK)
    box = page.get_by_label("Trên giấy là")
    expect(box).to_be_focused()
    expect(box).to_have_value("hoach")  # the first word the machine was unsure of
    page.keyboard.type("hoạch")
    page.keyboard.press("Enter")
    expect(box).to_have_value("tâm")
    expect(page.locator(".proof-word", has_text="hoạch")).to_be_visible()
    page.keyboard.press("Shift+Tab")
    expect(box).to_have_value("tâm")  # what was put right is no longer unsure
    page.keyboard.type("tầm")
    page.keyboard.press("Enter")
    expect(page.locator("[data-told]")).to_contain_text("Không còn chữ nào")
    expect(page.get_by_role("button", name="Soát xong trang")).to_be_focused()
    assert_kind_to_everyone(page)
    page.keyboard.press("Enter")
    expect(page.get_by_text("Đã soát xong: sai 2 trong 24 chữ cái.")).to_be_visible()

    def kept() -> None:
        with acting_as(by(world, "clerk")):
            assert list(Correction.objects.order_by("id").values_list("was", "text")) == [
                ("hoach", "hoạch"), ("tâm", "tầm"),
            ]  # fmt: skip

    in_thread(kept)
    screens = [
        ("page", made["page"]), ("check", made["copy"]), ("copy", made["copy"]), ("detail", made["batch"].pk),
        ("detail", made["scanning"]), ("pages", made["batch"].pk), ("separators", made["batch"].pk), ("list", None),
        ("progress", None),
    ]  # fmt: skip
    for size in (DESK, PHONE):
        for name, pk in screens:
            page = opened("clerk", reverse(f"digitization:{name}", args=[pk] if pk else []), size)
            assert_kind_to_everyone(page)
            page.close()
