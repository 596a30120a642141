"""The screens about rights in a real browser, at a desk and on a phone."""

import os
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from congso.apps.rights.services.desks import hand_over
from congso.apps.rights.services.granting import propose_role
from congso.apps.rights.services.opening import ask_sight
from congso.apps.rights.services.reviewing import open_campaign
from congso.kernel.access.models import Delegation
from congso.kernel.access.principals import Role
from congso.kernel.access.services import Actor, acting_as
from congso.kernel.directory.models import Person, Post
from congso.kernel.directory.testing import World
from tests.browser import DESK, PHONE, assert_kind_to_everyone

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

TODAY = timezone.localdate()
LATER = TODAY + timedelta(days=30)


@pytest.fixture
def lively(world: World) -> int:
    """Something on every screen; returns the review's number."""
    by = world.administrator
    with acting_as(Actor.person(by)):
        person = Person.objects.get(pk=world.specialist)
        propose_role(
            role=Role.READER, person=person, valid_from=TODAY, valid_to=LATER, reason="Kiểm tra chuyên đề quý IV",
            decision="QĐ 12-QĐ/VPTU", by=by,
        )  # fmt: skip
        review = open_campaign(TODAY.year, (TODAY.month - 1) // 3 + 1, by=by, at=timezone.now()).pk
    with acting_as(Actor.person(world.chief)):
        posts = list(Post.objects.filter(name="Chánh Văn phòng").select_related("organization"))
        hand_over(
            posts, to=Person.objects.get(pk=world.head), valid_from=TODAY, valid_to=LATER, reason="Đi công tác",
            kind=Delegation.Kind.ABSENCE, by=world.chief, at=timezone.now(),
        )  # fmt: skip
    with acting_as(Actor.person(world.stranger)):
        ask_sight(world.organization("VPTU"), number="", hours=4, reason="Trực bão, cần số liệu", by=world.stranger)
    return review


@pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])
@pytest.mark.timeout(300)
def test_every_page_is_kind(world: World, lively: int, opened: Callable[..., Page], size: dict[str, int]) -> None:
    unit = f"/quyen/ra-soat/{lively}/{world.organizations['VPTU']}/"
    visits = {
        "second_administrator": ("/quyen/", "/quyen/cap/", f"/quyen/ra-soat/{lively}/"),
        "chief": (
            "/quyen/ban-lam-viec/", "/quyen/ban-lam-viec/giao/", "/quyen/mo-khan-cap/", "/quyen/mo-khan-cap/xin/",
            "/quyen/mo-khan-cap/1/", "/quyen/ra-soat/", unit, f"{unit}in/", "/quyen/ban-lam-viec/1/viec/",
        ),
    }  # fmt: skip
    for who, addresses in visits.items():
        page = opened(who, addresses[0], size)
        for address in addresses:
            page.goto(address)
            _keep(page, address, size)
            assert_kind_to_everyone(page)


@pytest.mark.parametrize("size", [PHONE], ids=["phone"])
def test_a_leader_hands_over_with_her_thumb(world: World, opened: Callable[..., Page], size: dict[str, int]) -> None:
    page = opened("chief", "/quyen/ban-lam-viec/", size)
    page.get_by_role("main").locator("a.btn-primary").click()
    to = page.get_by_label("Giao cho")
    to.press_sequentially("pham mau")
    expect(page.locator(f"datalist option[value^='#{world.head} ']")).to_have_count(1)
    to.fill(f"#{world.head} Phạm Mẫu Trưởng")
    page.get_by_label("Đến hết ngày").fill(f"{LATER:%Y-%m-%d}" if _is_wheel(page) else f"{LATER:%d/%m/%Y}")
    page.get_by_label("Lý do, văn bản ủy quyền").fill("Đi công tác")
    page.get_by_role("button", name="Giao bàn làm việc").click()
    expect(page.get_by_text("Phạm Mẫu Trưởng")).to_be_visible()
    page.get_by_role("button", name="Lấy lại").click()
    expect(page.get_by_text("Đã lấy lại bàn làm việc")).to_be_visible()


def _is_wheel(page: Page) -> bool:
    return page.get_by_label("Đến hết ngày").get_attribute("type") == "date"


def _keep(page: Page, address: str, size: dict[str, int]) -> None:
    """Pictures for people, when asked for."""
    folder = os.environ.get("RIGHTS_PICTURES")
    if folder:
        name = address.strip("/").replace("/", "-")
        for scheme in ("light", "dark"):
            page.emulate_media(color_scheme=scheme)
            page.screenshot(path=Path(folder) / f"{name}-{size['width']}-{scheme}.png", full_page=True)
        page.emulate_media(color_scheme="light")
