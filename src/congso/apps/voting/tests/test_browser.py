"""One walk in a real browser: a named vote on a phone, then a secret one from keys to the receipt found."""

import io
from collections.abc import Callable

import pytest
from PIL import Image
from playwright.sync_api import Page, expect

from congso.apps.voting.queries import counter_of
from congso.apps.voting.services.sheets import keep_sheets
from congso.apps.voting.sheets.reading import SheetFound
from congso.apps.voting.tests.factories import as_one, closed, do, prepare, see
from congso.apps.voting.tests.secret_world import RULE, allow
from tests.browser import DESK, PHONE, picture, press, send

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_a_vote_from_opening_to_result(world, opened: Callable[..., Page]):
    named_vote(world, opened)
    secret_vote(world, opened)
    scanned_sheets(world, opened)


def named_vote(world, opened: Callable[..., Page]) -> None:
    """Choices, a second look, the receipt, the result."""
    made = prepare(world, voters=("secretary",))
    address = f"/bieu-quyet/{made.pk}/"
    desk = opened("clerk", address, DESK)
    picture(desk, "ballot-prepared")
    press(desk, "Mở biểu quyết")
    send(desk.get_by_role("button", name="Mở biểu quyết"))
    phone = opened("secretary", f"{address}phieu/", PHONE)
    picture(phone, "ballot-choices")
    phone.get_by_text("Đồng ý", exact=True).click()
    send(phone.get_by_role("button", name="Tiếp tục"))
    picture(phone, "ballot-second-look")
    send(phone.get_by_role("button", name="Gửi phiếu"))
    expect(phone.get_by_text("Đã ghi phiếu của bạn")).to_be_visible()
    picture(phone, "ballot-receipt")
    desk.goto(address)
    press(desk, "Kết thúc biểu quyết")
    send(desk.get_by_role("button", name="Kết thúc biểu quyết"))
    expect(desk.get_by_text("Được thông qua", exact=True)).to_be_visible()
    picture(desk, "ballot-result")
    phone.goto(address)
    picture(phone, "ballot-result")
    for page in ("/bieu-quyet/?scope=all", "/bieu-quyet/quy-tac/", "/bieu-quyet/quy-tac/phieu-tin-nhiem/"):
        phone.goto(page)
        picture(phone, "ballot-more")


def secret_vote(world, opened: Callable[..., Page]) -> None:
    """Two keys, two papers, two slips, two keys given: the browsers themselves blind, seal and find their receipts."""
    allow(world)
    made = prepare(
        world, rule=RULE, method="secret", is_personnel=True, voters=("secretary", "head"),
        counters=("specialist", "agency_specialist"),
    )  # fmt: skip
    address, keys = f"/bieu-quyet/{made.pk}/", {}
    committee = {who: opened(who, f"{address}khoa/", DESK) for who in ("specialist", "agency_specialist")}
    for who, page in committee.items():
        page.get_by_role("button", name="Tạo khóa").click()
        keys[who] = page.locator("[data-private]").text_content()
        page.get_by_text("Tôi đã chép và cất phần bí mật").click()
        if who == "specialist":
            picture(page, "ballot-key")
        send(page.get_by_role("button", name="Ghi khóa"))
    desk = opened("clerk", address, DESK)
    move(desk, "Mở biểu quyết")
    phones = [opened(who, f"{address}phieu/", PHONE) for who in ("secretary", "head")]
    for phone in phones:
        phone.get_by_role("button", name="Nhận phiếu").click()
        expect(phone.get_by_role("heading", name="Đã nhận phiếu")).to_be_visible()
    picture(phones[0], "ballot-paper-taken")
    move(desk, "Kết thúc phát phiếu, cho bỏ phiếu")
    for phone in phones:
        phone.reload()  # the page would find out by itself within seconds
        phone.get_by_text("Đồng ý", exact=True).click()
        if phone is phones[0]:
            picture(phone, "ballot-secret-choices")
        phone.get_by_role("button", name="Tiếp tục").click()
        phone.get_by_role("button", name="Bỏ phiếu").click()
        expect(phone.get_by_text("Phiếu đã vào hòm")).to_be_visible()
    picture(phones[0], "ballot-in-the-box")
    move(desk, "Kết thúc biểu quyết")
    for who, page in committee.items():
        page.goto(f"{address}mo-hom/")
        if who == "specialist":
            picture(page, "ballot-opening")
        page.get_by_label("Phần bí mật của khóa bạn giữ").fill(keys[who])
        send(page.get_by_role("button", name="Góp khóa"))
    expect(page.get_by_text("Được thông qua", exact=True)).to_be_visible()
    picture(page, "ballot-secret-result")
    phones[1].reload()
    expect(phones[1].get_by_text("Phiếu của bạn có trong hòm và đã được đếm")).to_be_visible()
    picture(phones[1], "ballot-found")


def scanned_sheets(world, opened: Callable[..., Page]) -> None:
    """A counter looks at what the machine was not sure of."""
    made = closed(
        world, rule="bau-tai-hoi-nghi", subject="list", method="paper", seats=2, is_poll_recorded=True,
        names=("Lê Thị An", "Trần Văn Bình", "Phạm Thị Cúc"),
    )  # fmt: skip
    held = io.BytesIO()
    Image.new("RGB", (400, 50), (230, 230, 230)).save(held, "PNG")
    found = SheetFound(1, f"CSPB1:{made.pk}:{1:016x}:0", "", [0], {1: held.getvalue()}, held.getvalue())
    ballot = see(world, "specialist", made)
    with as_one(world, "specialist"):
        own = counter_of(ballot, world.specialist)
    do(world, "specialist", keep_sheets, ballot, own, 1, [found])
    for size in (DESK, PHONE):
        page = opened("specialist", f"/bieu-quyet/{made.pk}/phieu-quet/", size)
        picture(page, "ballot-scanned")
    send(page.get_by_role("button", name="Không gạch tên"))
    expect(page.get_by_text("Có vết mực ngoài các tên")).to_be_visible()


def move(desk: Page, name: str) -> None:
    """An act of the ballot's page, asked and confirmed."""
    press(desk, name)
    send(desk.get_by_role("button", name=name))
