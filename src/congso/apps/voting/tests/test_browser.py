"""One walk in a real browser: opened at a desk, voted on a phone, closed, the result with its reasons."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from congso.apps.voting.tests.factories import prepare
from tests.browser import DESK, PHONE, picture, press, send

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_a_vote_from_opening_to_result(world, opened: Callable[..., Page]):
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
