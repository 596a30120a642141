"""One walk in a real browser: the chair at a desk, a member on a phone, from the code on the screen to the minutes."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from congso.apps.meetings import services
from congso.apps.meetings.tests.factories import MEMBERS, as_one, convened, item, note, see
from tests.browser import DESK, PHONE, picture, press, send

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_a_sitting_at_a_desk_and_on_a_phone(world, opened: Callable[..., Page]):
    made = convened(world)
    first = item(world, made)
    for who in MEMBERS[:2]:
        note(world, made, who)
    with as_one(world, "clerk"):
        code = services.room_code(see(world, "clerk", made))
    base = f"/hop/{made.pk}/"
    phone = opened("commune_leader", f"{base}co-mat/{code}/", PHONE)
    picture(phone, "meeting-code")
    send(phone.get_by_role("button", name="Ghi có mặt"))
    picture(phone, "meeting-room")
    desk = opened("secretary", base, DESK)
    picture(desk, "meeting")
    press(desk, "Khai mạc")
    send(desk.get_by_role("button", name="Khai mạc"))
    desk.goto(f"{base}phong-hop/")
    send(desk.get_by_role("button", name="Bắt đầu").first)
    expect(desk.locator(".mt-clock")).to_contain_text("00:")
    phone.goto(f"{base}phong-hop/")
    send(phone.get_by_role("button", name="Đăng ký phát biểu"))
    phone.get_by_label("Ý kiến của tôi").fill("Đồng ý với tờ trình; đề nghị bổ sung kinh phí.")
    send(phone.get_by_role("button", name="Gửi ý kiến"))
    picture(phone, "meeting-room-running")
    # The desk was not touched: its part is asked for again, as when it is told that something happened.
    desk.evaluate("htmx.trigger(document.querySelector('[data-live-record]'), 'refresh')")
    expect(desk.get_by_text("Lý Ví Dụ, Bí thư Đảng ủy").first).to_be_visible()
    picture(desk, "meeting-room-running")
    send(desk.get_by_role("button", name="Mời", exact=True))
    desk.goto(f"{base}man-hinh/")
    expect(desk.get_by_text("Đang phát biểu")).to_be_visible()
    picture(desk, "meeting-screen")
    phone.goto(f"/hop/noi-dung/{first.pk}/")
    highlight(phone)
    picture(phone, "meeting-item")
    desk.goto(f"{base}diem-danh/")
    picture(desk, "meeting-attendance")
    desk.goto(f"{base}bien-ban/")
    picture(desk, "meeting-minutes")
    for page in ("bien-ban/", "diem-danh/", "giay-moi/", "tra-loi/"):
        phone.goto(base + page)
        picture(phone, f"meeting-{page.strip('/')}")


def highlight(phone: Page) -> None:
    """A place of the page is marked by dragging; it is there when the page is opened again."""
    expect(phone.locator("[data-marking]")).to_be_visible()
    phone.get_by_role("button", name="Đánh dấu trên trang").click()
    sheet = phone.locator(".viewer-sheet").first
    sheet.scroll_into_view_if_needed()
    box = sheet.bounding_box()
    assert box
    with phone.expect_navigation():
        phone.mouse.move(box["x"] + 40, box["y"] + 60)
        phone.mouse.down()
        phone.mouse.move(box["x"] + 200, box["y"] + 90, steps=3)
        phone.mouse.up()
    expect(phone.locator(".mt-mark")).to_have_count(1)
