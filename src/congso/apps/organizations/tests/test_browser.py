"""The directory in a real browser: a branch opens, names are found while one types, a merger is previewed and done."""

from collections.abc import Callable

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from congso.kernel.access.services import Actor, acting_as
from congso.kernel.directory.models import Assignment, Post
from congso.kernel.directory.testing import World
from tests.browser import DESK, PHONE, assert_kind_to_everyone

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])
def test_the_tree_opens_and_finds(world: World, opened: Callable[..., Page], size: dict[str, int]) -> None:
    page = opened("stranger", "/to-chuc/", size)
    page.get_by_label("Mở các đơn vị của Tỉnh ủy Thử Nghiệm", exact=True).click()
    expect(page.get_by_role("link", name="Văn phòng Tỉnh ủy Thử Nghiệm", exact=True)).to_be_visible()
    assert_kind_to_everyone(page)
    page.get_by_label("Mở các đơn vị của Tỉnh ủy Thử Nghiệm", exact=True).click()
    expect(page.get_by_role("link", name="Văn phòng Tỉnh ủy Thử Nghiệm", exact=True)).to_be_hidden()
    page.get_by_label("Tìm người, tổ chức").press_sequentially("tran thu")
    expect(page.get_by_role("link", name="Trần Thử Chánh")).to_be_visible()
    assert_kind_to_everyone(page)


@pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])
def test_a_merger_is_previewed_and_done(world: World, opened: Callable[..., Page], size: dict[str, int]) -> None:
    office = world.organizations["VPTU"]
    page = opened("administrator", f"/to-chuc/{world.organizations['BTC']}/", size)
    assert_kind_to_everyone(page)
    page.get_by_text("Thay đổi", exact=True).click()
    page.get_by_role("link", name="Hợp nhất, sáp nhập").click()
    page.get_by_label("Văn bản quyết định").fill("Quyết định số 5-QĐ/TU")
    into = page.get_by_label("Sáp nhập vào tổ chức đang có")
    into.press_sequentially("van phong tinh")
    expect(page.locator("datalist option[value='T.VPTU']")).to_have_count(1)
    into.fill("T.VPTU")
    assert_kind_to_everyone(page)
    page.get_by_role("button", name="Xem trước").click()
    expect(page.get_by_text("Đã thử và không có gì cản trở.")).to_be_visible()
    assert_kind_to_everyone(page)
    page.get_by_role("button", name="Thực hiện").click()
    expect(page.get_by_text("Đã sáp nhập.")).to_be_visible()
    page.goto(f"/to-chuc/{office}/")
    expect(page.get_by_role("img", name="Tiền thân, kế tục")).to_be_visible()
    assert_kind_to_everyone(page)
    with acting_as(Actor.person(world.administrator)):
        assert world.organization("BTC").valid_to == timezone.localdate()


@pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])
@pytest.mark.timeout(300)
def test_every_other_page_is_kind(world: World, opened: Callable[..., Page], size: dict[str, int]) -> None:
    with acting_as(Actor.person(world.administrator)):
        post = Post.objects.get(name="Chánh Văn phòng").pk
        held = Assignment.objects.get(person=world.chief).pk
    unit = f"/to-chuc/{world.organizations['VPTU']}"
    page = opened("administrator", f"/to-chuc/nguoi/{world.chief}/", size)
    for address in (
        f"{unit}/lap/", f"{unit}/chia-tach/", f"{unit}/duoi/", f"{unit}/chuc-vu-moi/", "/to-chuc/nhap-nhan-su/",
        *(f"/to-chuc/chuc-vu/{post}/{act}/" for act in ("bo-nhiem", "nguoi-thay", "xem-duoc")),
        f"/to-chuc/bo-nhiem/{held}/dieu-chuyen/",
    ):  # fmt: skip
        assert_kind_to_everyone(page)
        page.goto(address)
    assert_kind_to_everyone(page)
