"""“Có gì tắc không?” in a real browser, at a desk and on a phone, in light and dark."""

import os
from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from congso.apps.packets.tests.test_pages import filled
from congso.kernel.access.services import acting_as
from congso.kernel.directory.models import Organization
from congso.kernel.directory.testing import World
from congso.kernel.exchange.carrying import CARRIER, receive
from congso.kernel.exchange.settling import settle_due
from congso.kernel.exchange.tests.factories import PaperAxis, about
from congso.kernel.signing.authorities.issuing import make_self_signed
from congso.lib.edxml.packets import Kind
from congso.lib.edxml.signatures import sign_packet
from congso.lib.edxml.writing import write_packet
from tests.browser import DESK, PHONE, assert_kind_to_everyone, in_thread, send

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])
@pytest.mark.timeout(300)
def test_a_clerk_sees_what_is_stuck_and_moves_it_on(
    world: World, opened: Callable[..., Page], size: dict[str, int]
) -> None:
    in_thread(lambda: updated(filled(world)))
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
    page.goto("/trao-doi/")
    send(page.get_by_role("link", name="Cập nhật 2-CV/SM"))
    expect(page.get_by_text("Khác văn bản đã nhận")).to_be_visible()
    expect(page.locator("ins")).to_have_text("15/12/2026")
    look(page, "difference")
    send(page.get_by_role("button", name="Đồng ý, cập nhật vào sổ"))
    expect(page.get_by_text("Đã đồng ý; nơi gửi được báo.")).to_be_visible()


def updated(office: Organization) -> None:
    """Their document 2 gets another deadline, in a packet with a signature nobody vouches for."""
    told = about(Kind.UPDATE, 2, reason="Gia hạn")
    told = replace(told, due_on=date(2026, 12, 15), business=replace(told.business, is_content_changed=True))
    holder, axis, now = make_self_signed("Sở Mẫu", at=timezone.now()), PaperAxis(), timezone.now()
    axis.put(sign_packet(write_packet(told), holder.key, [holder.certificate]), name="update")
    receive(axis, office, at=now)
    with acting_as(CARRIER):
        settle_due(at=now)


def look(page: Page, name: str) -> None:
    """Kind to everyone; and a picture, where somebody wants to see it."""
    page.wait_for_load_state()
    page.locator("h1").first.wait_for()
    folder = os.environ.get("PICTURES")
    if folder:
        page.screenshot(path=f"{folder}/{name}-{page.viewport_size['width']}.png", full_page=True)
    assert_kind_to_everyone(page)
