"""One walk in a real browser: proposed at a desk with a clash told, approved, published, read on a phone; the programme
beside it."""

from collections.abc import Callable
from datetime import date

import pytest
from playwright.sync_api import Page, expect

from congso.apps.programme.tests import factories as programmes
from congso.apps.schedule.tests.factories import approved, room
from tests.browser import DESK, PHONE, assert_kind_to_everyone, picture, press, send

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_an_entry_from_the_desk_to_the_phone(world, opened: Callable[..., Page]):
    made = programmes.make(world)
    programmes.item(world, made, "Xem xét đề án", session_on=date(2026, 12, 15))
    programmes.approved(world, made)
    one = room(world)
    approved(world, people=("head",), things=(one,))
    desk = opened("clerk", "/lich/dang-ky/?ngay=26/11/2026&tu=09:30", DESK)
    assert_kind_to_everyone(desk)
    desk.get_by_label("Nội dung", exact=False).first.fill("Họp chuyên đề")
    desk.get_by_label("Chủ trì").fill(f"#{world.head} Phạm Mẫu Trưởng")
    desk.get_by_label("Địa điểm").fill("Phòng họp số 2")
    desk.get_by_label("Địa điểm").press("Tab")
    expect(desk.get_by_text("Giờ trống gần nhất")).to_be_visible()
    assert_kind_to_everyone(desk)
    desk.get_by_label("Từ", exact=False).first.fill("15:00")
    desk.get_by_label("Vào lịch của").select_option(str(world.organizations["TU"]))
    expect(desk.get_by_text("Chưa thấy trùng")).to_be_visible()
    send(desk.get_by_role("button", name="Lưu"))
    expect(desk.get_by_text("Chờ duyệt").first).to_be_visible()
    address = desk.url
    leader = opened("chief", address, DESK)
    assert_kind_to_everyone(leader)
    press(leader, "Duyệt vào lịch")
    assert_kind_to_everyone(leader)
    send(leader.get_by_role("button", name="Duyệt vào lịch"))
    leader.goto(f"/lich/?lich={world.organizations['TU']}&ngay=2026-11-26")
    assert_kind_to_everyone(leader)
    send(leader.get_by_role("button", name="Công bố lịch tuần"))
    phone = opened("head", "/lich/?ngay=2026-11-26", PHONE)
    expect(phone.get_by_text("Họp chuyên đề")).to_be_visible()
    picture(phone, "week")
    send(phone.locator(".wk-chip").nth(4))
    expect(phone.get_by_text("Không có lịch.").locator("visible=true")).to_be_visible()
    picture(leader, "week")
    for name, address in (
        ("week-sheet", f"/lich/to-in/?lich={world.organizations['TU']}&ngay=2026-11-26"),
        ("month", "/lich/thang/?ngay=2026-11-26"),
        ("programme", f"/chuong-trinh/{made.pk}/"),
        ("programme-results", "/chuong-trinh/ket-qua/"),
    ):
        leader.goto(address)
        picture(leader, name)
    picture(opened("secretary", f"/chuong-trinh/{made.pk}/", PHONE), "programme")
