"""Confirming what the machine read, in a real browser, wholly by keyboard: the place on the paper, a correction, the
other wording; at a desk and on a phone, by day and by night."""

import re
from pathlib import Path
from typing import Any

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from congso.apps.documents.models import FieldProposal
from congso.apps.documents.samples.catalogue import letter
from congso.apps.documents.samples.portable import pdf
from congso.apps.documents.services import register_document
from congso.apps.documents.tests import factories
from congso.apps.documents.tests.factories import by, findings, reading
from tests.browser import DESK, PHONE, assert_kind_to_everyone

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

UNCOVERED = """() => document.querySelector("label[for=id_signer_name]").getBoundingClientRect().top
  >= document.querySelector("[data-viewer]").getBoundingClientRect().bottom"""


@pytest.fixture
def document(world: Any, settings: Any, tmp_path: Path) -> Any:
    """A read letter: the signer is doubtful, the number was not found."""
    settings.FILES_DIR = tmp_path / "files"
    found = findings(number_symbol=None, signer=reading("signer", "Lê Văn Thừ", 0.6, "Dấu đè lên chữ ký."))
    return factories.read(world, pdf(letter(1)), pages=1, found=found)


def _in_sight(page: Page) -> bool:
    """Whether the first outlined box lies inside the viewer's frame."""
    return bool(
        page.evaluate(
            """() => {
              const box = document.querySelector(".viewer-mark").getBoundingClientRect();
              const frame = document.querySelector("[data-pages]").getBoundingClientRect();
              return box.height > 3 && box.top >= frame.top && box.bottom <= frame.bottom && box.left >= frame.left;
            }"""
        )
    )


def test_a_clerk_confirms_by_keyboard_alone(world: Any, opened: Any, document: Any) -> None:
    page = opened("clerk", reverse("documents:register", args=[document.pk]), DESK)
    keys = page.keyboard
    expect(page.locator("[name=number]")).to_be_focused()
    expect(page.get_by_text("2 trường cần xem")).to_be_visible()
    keys.type("21-CV/BTCTU")
    keys.press("F8")
    expect(page.locator("[name=signer_name]")).to_be_focused()
    expect(page.locator(".viewer-mark")).to_have_count(1)
    assert _in_sight(page)
    keys.type("Lê Văn Thử")
    keys.press("Enter")
    expect(page.locator("[name=signer_post]")).to_be_focused()
    expect(page.get_by_text("Đã xem hết các trường cần xem.")).to_be_visible()
    keys.press("Control+Enter")
    expect(page).to_have_url(re.compile(reverse("documents:detail", args=[document.pk]) + "$"))
    with by(world.clerk):
        kept = {one.name: one for one in FieldProposal.objects.filter(document=document)}
    assert (kept["signer"].outcome, kept["signer"].registered_value) == ("corrected", "Lê Văn Thử")
    assert (kept["number_symbol"].outcome, kept["title"].outcome) == ("missing", "accepted")


def test_the_other_wording_and_the_machines_own_are_a_key_away(world: Any, opened: Any, document: Any) -> None:
    page = opened("clerk", reverse("documents:register", args=[document.pk]), DESK)
    issuer = page.locator("[name=issuer_name]")
    issuer.focus()
    page.keyboard.press("Alt+m")
    expect(issuer).to_have_value("Ban Tổ chức")
    page.keyboard.press("Alt+m")
    expect(issuer).to_have_value("Ban Tổ chức Tỉnh ủy Thử Nghiệm")
    page.keyboard.type("Sở Nội vụ")
    page.get_by_role("button", name="Lấy lại “Ban Tổ chức Tỉnh ủy Thử Nghiệm”").click()
    expect(issuer).to_have_value("Ban Tổ chức Tỉnh ủy Thử Nghiệm")
    expect(issuer).to_be_focused()


def test_the_zoom_stays_when_another_field_is_shown(world: Any, opened: Any, document: Any) -> None:
    page = opened("clerk", reverse("documents:register", args=[document.pk]), DESK)
    page.get_by_role("button", name="Phóng to").click()
    page.locator("[name=title]").focus()
    expect(page.locator("[data-viewer]")).to_have_attribute("data-zoom", "125")
    assert _in_sight(page)
    page.locator("[name=note]").focus()
    expect(page.locator(".viewer-mark")).to_have_count(0)


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])
def test_the_form_reads_well_at_every_size_by_day_and_by_night(
    opened: Any, document: Any, size: dict[str, int], theme: str, tmp_path: Path
) -> None:
    page = opened("clerk", reverse("documents:register", args=[document.pk]), size, color_scheme=theme)
    page.locator("[name=signer_name]").focus()
    expect(page.locator(".viewer-mark")).to_have_count(1)
    page.wait_for_load_state("networkidle")
    assert_kind_to_everyone(page)
    page.screenshot(path=tmp_path / "confirm.png")
    assert _in_sight(page)
    if size is PHONE:
        page.wait_for_function(UNCOVERED)


def test_many_are_ticked_and_registered_by_keyboard_alone(world: Any, opened: Any) -> None:
    for number in ("31-CV/BTCTU", "32-CV/BTCTU", "33-CV/BTCTU"):
        sure = {"number_symbol": reading("number_symbol", number), "signer": reading("signer", "Lê Văn Thừ")}
        factories.read(world, number.encode(), found=findings(**sure))
    page = opened("clerk", reverse("documents:quick"), DESK)
    keys = page.keyboard
    keys.press("Space")
    keys.press("ArrowDown")
    keys.press("ArrowDown")
    keys.press("Space")
    keys.press("Control+Enter")
    expect(page.get_by_role("status", name="Kết quả")).to_contain_text("số đến 2")
    expect(page.get_by_role("checkbox", name="Vào sổ 32-CV/BTCTU")).to_be_focused()


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])
def test_the_other_screens_read_well_at_every_size_by_day_and_by_night(
    world: Any, opened: Any, size: dict[str, int], theme: str, tmp_path: Path
) -> None:
    factories.read(world)
    sure = findings(number_symbol=reading("number_symbol", "31-CV/BTCTU"), signer=reading("signer", "Lê Văn Thừ"))
    factories.read(world, b"sure", found=sure)
    done = factories.read(world, b"done", found=findings(number_symbol=reading("number_symbol", "32-CV/BTCTU")))
    with by(world.clerk) as clerk:
        register_document(done, entry=factories.entry(), by=clerk, at=factories.NOW)
    for name in ("intake", "quick", "accuracy"):
        page = opened("clerk", reverse(f"documents:{name}"), size, color_scheme=theme)
        assert_kind_to_everyone(page)
        page.screenshot(path=tmp_path / f"{name}.png")
