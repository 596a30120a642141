"""The screens in a real browser: by keyboard at a desk, by thumb on a phone, and kind to everyone."""

import re
from typing import Any

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from congso.apps.documents.tests import factories
from tests.browser import DESK, PHONE, assert_kind_to_everyone

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
SCREENS = [
    ("clerk", "intake", None), ("clerk", "register", "received"), ("clerk", "list", "in_progress"),
    ("clerk", "book", "completed"), ("clerk", "tracking", "completed"), ("secretary", "detail", "in_progress"),
    ("secretary", "direct", "presented"), ("secretary", "slip", "completed"), ("head", "inbox", "in_progress"),
    ("secrecy_officer", "quarantine", None),
]  # fmt: skip


@pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])
def test_every_screen_fits_reads_and_breaks_no_rule(world: Any, opened: Any, size: dict[str, int]) -> None:
    factories.received(world)
    for who, name, state in SCREENS:
        document = factories.IN_STATE[state](world) if state else None
        is_of_one = name in {"register", "detail", "direct", "slip"}
        page = opened(who, reverse(f"documents:{name}", args=[document.pk] if is_of_one and document else []), size)
        assert_kind_to_everyone(page)


def test_a_clerk_registers_by_keyboard_alone(world: Any, opened: Any) -> None:
    factories.registered(world, issuer_name="Ban Tổ chức Tỉnh ủy Mẫu")
    first, second = factories.received(world), factories.received(world)
    page = opened("clerk", reverse("documents:register", args=[first.pk]), DESK)
    expect(page.locator("[name=number]")).to_be_focused()
    keys = page.keyboard
    for typed in ("21-TB/BTCTU", "20/11/2026", "tb"):
        keys.type(typed)
        keys.press("Enter")
    expect(page.locator("[name=doc_type]")).to_have_value("Thông báo")
    keys.press("Enter")  # the day of arrival stands
    keys.type("ban to chuc tinh uy mau")
    keys.press("ArrowDown")
    keys.press("Enter")
    expect(page.locator("[name=issuer_name]")).to_have_value("Ban Tổ chức Tỉnh ủy Mẫu")
    expect(page.locator("[name=title]")).to_be_focused()
    keys.type("Thông báo lịch tập huấn")
    keys.press("Control+Enter")
    expect(page).to_have_url(re.compile(reverse("documents:register", args=[second.pk]) + "$"))
    expect(page.get_by_text("số đến 2").first).to_be_visible()


def test_a_leader_directs_with_a_few_presses(world: Any, opened: Any) -> None:
    document = factories.presented(world)
    page = opened("secretary", reverse("documents:direct", args=[document.pk]), PHONE)
    page.get_by_role("button", name="Tham mưu văn bản trả lời.").tap()
    expect(page.get_by_label("Ý kiến chỉ đạo")).to_have_value("Tham mưu văn bản trả lời.")
    room = page.get_by_role("group", name="Phòng Tổng hợp")
    room.get_by_label("Phối hợp").check()
    room.get_by_label("Chủ trì").check()
    expect(room.get_by_label("Phối hợp")).not_to_be_checked()
    page.get_by_label("Gõ để tìm nơi nhận").fill("chuyen doi so")
    expect(room).to_be_hidden()
    page.get_by_role("group", name="Phòng Chuyển đổi số - Cơ yếu").get_by_label("Để biết").check()
    expect(page.locator("[data-targets-told]")).to_have_text(
        "Chủ trì: Phòng Tổng hợp · Để biết: Phòng Chuyển đổi số - Cơ yếu"
    )
    page.get_by_role("button", name="5 ngày").first.tap()
    assert page.locator("[name=due_on]").input_value()
    page.get_by_role("button", name="Bút phê").last.tap()
    expect(page.get_by_text("Đã bút phê").first).to_be_visible()
