"""One walk of a month in a real browser: a form drawn at a desk, filled on a phone, returned, sent again, added up."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from congso.apps.reports.tests.factories import fill, make_form, make_report, open_due, report_in
from tests.browser import DESK, PHONE, assert_kind_at_both_sizes, assert_kind_to_everyone

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_a_month_from_the_form_to_the_total(world, opened: Callable[..., Page]):
    report = make_report(world)
    phone = opened("commune_clerk", f"/bao-cao/{report.pk}/nhap/", PHONE)
    _fill_and_send(phone)
    desk = opened("tracker", f"/bao-cao/{report.pk}/", DESK)
    _return_with_a_remark(desk)
    phone.goto(f"/bao-cao/{report.pk}/nhap/")
    expect(phone.get_by_text("Cao bất thường")).to_be_visible()
    phone.get_by_label("Văn bản đến (văn bản)").fill("1300")
    phone.get_by_role("button", name="Lưu và gửi báo cáo").click()
    expect(phone.get_by_text("Đã gửi báo cáo.")).to_be_visible()
    desk.goto(f"/bao-cao/{report.pk}/")
    desk.get_by_role("button", name="Duyệt", exact=True).click()
    expect(desk.get_by_text("Đã thực hiện: Duyệt.")).to_be_visible()
    _drill(desk)


def _fill_and_send(phone: Page) -> None:
    """Mistakes are told while one types; what is right is sent."""
    assert_kind_to_everyone(phone)
    first = phone.get_by_label("Văn bản đến (văn bản)")
    first.fill("12 con")
    first.press("Tab")
    expect(phone.get_by_text("không phải là số")).to_be_visible()
    first.fill("1234")
    first.press("Enter")
    second = phone.get_by_label("Xử lý đúng hạn (văn bản)")
    expect(second).to_be_focused()
    expect(first).to_have_value("1.234")
    second.fill("2000")
    second.press("Tab")
    expect(phone.get_by_text("lớn hơn “Văn bản đến” = 1.234")).to_be_visible()
    assert_kind_to_everyone(phone)
    second.fill("1200")
    phone.get_by_role("textbox", name="Khó khăn").fill("Thiếu máy quét")
    phone.get_by_role("button", name="Lưu và gửi báo cáo").click()
    expect(phone.get_by_text("Đã gửi báo cáo.")).to_be_visible()
    assert_kind_to_everyone(phone)


def _return_with_a_remark(desk: Page) -> None:
    assert_kind_to_everyone(desk)
    desk.get_by_role("link", name="Trả lại").click()
    assert_kind_to_everyone(desk)
    desk.get_by_label("Lý do").fill("Xem lại số văn bản đến")
    desk.locator("[name='nx-ct.den']").fill("Cao bất thường")
    desk.get_by_role("button", name="Trả lại").click()
    expect(desk.get_by_text("Đã thực hiện: Trả lại.")).to_be_visible()


def _drill(desk: Page) -> None:
    """From a total to who typed the figure."""
    desk.goto("/bao-cao/tong-hop/thang/2026-M11/")
    assert_kind_to_everyone(desk)
    desk.get_by_role("link", name="1.300").click()
    expect(desk.get_by_text("Đảng ủy xã Mẫu").first).to_be_visible()
    assert_kind_to_everyone(desk)
    desk.get_by_role("link", name="lịch sử ô").click()
    expect(desk.get_by_text("Mai Thử Sổ, Văn thư").first).to_be_visible()
    assert_kind_to_everyone(desk)


def test_every_screen_fits_and_is_accessible(world, opened: Callable[..., Page]):
    make_form(world)
    open_due()
    report = report_in(world)
    fill(world, report)
    page = opened("chief", "/bao-cao/mau/")
    for address in (
        "/bao-cao/?scope=all", "/bao-cao/mau/", "/bao-cao/mau/moi/", "/bao-cao/mau/thang/",
        "/bao-cao/mau/thang/don-vi/", "/bao-cao/tong-hop/", "/bao-cao/tong-hop/thang/2026-M11/",
        f"/bao-cao/{report.pk}/", f"/bao-cao/{report.pk}/waive/",
    ):  # fmt: skip
        assert_kind_at_both_sizes(page, address)
