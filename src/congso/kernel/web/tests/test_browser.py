"""The shell in a real browser: it fits the screen, obeys the strict policy, works by keyboard and without script."""

from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import expect

from congso.kernel.web.tests.sample import make_many, make_slip
from tests.browser import DESK, PHONE, assert_kind_to_everyone

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

SENT = "Đã gửi 2/2"


@pytest.fixture
def slips(world: Any, db: None) -> list[Any]:
    return make_many(world.chief, world.organizations["VPTU"], world.organizations["TH"], 24)


ADDRESSES = (
    "/",
    "/mau/",
    "/mau/?q=báo&state=sent",
    "/mau/lap/",
    "/mau/bang/",
    "/mau/so-lieu/",
    "/mau/tep/",
    "/quy-dinh/",
    "/thong-bao/",
    "/thong-bao/cach-nhan/",
    "/tim-kiem/?q=số",
    "/mau/?format=print",
    "/tai-khoan/password/change/",
)


@pytest.mark.parametrize(
    ("size", "scheme"), [(DESK, "light"), (PHONE, "light"), (DESK, "dark")], ids=["desk", "phone", "dark"]
)
def test_pages_fit_obey_the_policy_and_pass_axe(opened, slips, size, scheme):
    page = opened("head", "/", size, color_scheme=scheme)
    for address in (*ADDRESSES, f"/mau/{slips[3].pk}/"):
        page.goto(address)
        assert_kind_to_everyone(page)


def test_what_a_finger_meets_is_large_enough(opened, slips):
    page = opened("head", f"/mau/{slips[3].pk}/", PHONE)
    small = page.evaluate(
        """[...document.querySelectorAll('.btn, .nav-phone a, .nav-phone summary, summary')]
        .filter(one => one.offsetParent && one.getBoundingClientRect().height < 44)
        .map(one => one.outerHTML.slice(0, 80))"""
    )
    assert small == []


def test_a_filter_changes_the_rows_and_the_address_without_loading_the_page(opened, slips):
    page = opened("head", "/mau/")
    page.evaluate("window.stays = true")
    page.get_by_label("Tìm trong sổ").fill("chữ ký số")
    expect(page.locator("tbody tr")).to_have_count(5)
    expect(page).to_have_url("/mau/?q=ch%E1%BB%AF+k%C3%BD+s%E1%BB%91")
    expect(page.locator("#rows-told")).to_have_text("Có 5 mục")
    assert page.evaluate("window.stays")
    page.get_by_role("link", name="bỏ lọc").click()
    expect(page).to_have_url("/mau/")


def test_enter_goes_on_and_control_enter_sends(opened):
    page = opened("head", "/mau/lap/")
    page.get_by_label("Nội dung công việc").focus()
    page.keyboard.type("Chuẩn bị họp")
    page.keyboard.press("Enter")
    expect(page.get_by_label("Số, ký hiệu")).to_be_focused()
    page.keyboard.press("Control+Enter")
    expect(page.get_by_role("alert")).to_contain_text("Chưa gửi được")
    expect(page.get_by_label("Nội dung công việc")).to_have_value("Chuẩn bị họp")


def test_the_picker_finds_without_tone_marks(opened):
    page = opened("head", "/mau/lap/")
    page.get_by_label("Gõ để tìm trong danh sách").fill("mu cang")
    expect(page.locator("[data-picker-option]:visible")).to_have_count(1)
    page.get_by_label("Đảng ủy xã Mù Cang Chải").check()
    expect(page.locator("[data-picker-count]")).to_have_text("Đã chọn: Đảng ủy xã Mù Cang Chải")


def test_a_reason_is_asked_in_a_dialog_and_escape_gives_the_focus_back(opened, world):
    slip = make_slip(world.chief, world.organizations["VPTU"], world.organizations["TH"])
    page = opened("head", f"/mau/{slip.pk}/")
    page.get_by_role("link", name="Trả lại").click()
    expect(page.get_by_label("Lý do")).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.get_by_role("link", name="Trả lại")).to_be_focused()
    page.get_by_role("link", name="Trả lại").click()
    page.get_by_label("Lý do").fill("Thiếu số liệu.")
    with page.expect_request(f"**/mau/{slip.pk}/return/") as sent:
        page.keyboard.press("Control+Enter")
    assert sent.value.method == "POST"
    page.goto("/")


def test_many_files_are_sent_one_by_one_and_a_bad_one_stops_nobody(opened, tmp_path: Path):
    good, bad = tmp_path / "kế hoạch.pdf", tmp_path / "lạ.exe"
    good.write_bytes(b"%PDF-1.7")
    bad.write_bytes(b"MZ")
    page = opened("clerk", "/mau/tep/")
    page.get_by_label("Chọn tệp").set_input_files([good, bad])
    expect(page.get_by_role("status").filter(has_text=SENT)).to_be_visible()
    rows = page.locator("[data-rows] > li")
    expect(rows.nth(0)).to_contain_text("Đã xong")
    expect(rows.nth(0).get_by_role("link", name="Mở")).to_be_visible()
    expect(rows.nth(1)).to_contain_text("Tệp không phải PDF.")


def test_pages_of_a_file_turn_and_grow_by_keyboard(opened, slips):
    page = opened("head", f"/mau/{slips[3].pk}/")
    pages = page.get_by_role("region", name="Các trang")
    pages.focus()
    page.keyboard.press("ArrowRight")
    expect(page.locator("[data-place]")).to_have_text("2/3")
    page.keyboard.press("+")
    expect(page.locator("[data-viewer]")).to_have_attribute("data-zoom", "125")


def test_the_palette_opens_by_key_moves_by_arrows_and_gives_the_focus_back(opened, slips):
    for size in (DESK, PHONE):
        page = opened("head", "/mau/", size)
        page.get_by_role("button", name="Bảng lệnh").focus()
        page.keyboard.press("Control+k")
        field = page.get_by_role("combobox")
        expect(field).to_be_focused()
        page.keyboard.type("thong bao")
        option = page.get_by_role("option", name="Thông báo Công việc")
        expect(option).to_have_attribute("aria-selected", "true")
        assert field.get_attribute("aria-activedescendant") == option.get_attribute("id")
        assert_kind_to_everyone(page)
        page.keyboard.press("ArrowDown")
        expect(page.locator(".palette-option").nth(1)).to_have_attribute("aria-selected", "true")
        expect(page.get_by_role("option", name="Tìm “thong bao” trong mọi hồ sơ")).to_be_visible()
        page.keyboard.press("Escape")
        expect(page.get_by_role("button", name="Bảng lệnh")).to_be_focused()
        page.keyboard.press("?")
        expect(page.get_by_role("dialog", name="Phím tắt")).to_be_visible()
        assert_kind_to_everyone(page)
        page.keyboard.press("Escape")
        page.keyboard.press("/")
        page.keyboard.type("thông b")
        expect(page.get_by_role("option", name="Thông báo Công việc")).to_be_visible()
        page.keyboard.press("Enter")
        expect(page.get_by_role("heading", name="Thông báo", exact=True)).to_be_visible()


def test_homes_and_the_front_page_are_kind_to_everyone(opened, browser, live_server):
    for who, size, scheme in (
        ("clerk", DESK, "light"),
        ("commune_clerk", PHONE, "dark"),
        ("administrator", PHONE, "light"),
    ):
        assert_kind_to_everyone(opened(who, "/", size, color_scheme=scheme))
    context = browser.new_context(viewport=PHONE, base_url=live_server.url)
    visitor = context.new_page()
    visitor.goto("/")
    assert_kind_to_everyone(visitor)
    context.close()


def test_menus_close_with_escape(opened):
    page = opened("head", "/")
    page.locator("summary", has_text="Tài khoản").click()
    expect(page.get_by_role("button", name="Đăng xuất")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("button", name="Đăng xuất")).to_be_hidden()


def test_a_group_of_the_menu_folds_by_keyboard_and_stays_as_it_was_left(opened):
    page = opened("administrator", "/")
    group = page.locator(".nav-side [data-menu-group=system]")
    entry = group.get_by_role("link", name="Dữ liệu cá nhân")
    expect(entry).to_be_hidden()
    group.locator("summary").focus()
    page.keyboard.press("Enter")
    expect(entry).to_be_visible()
    page.goto("/thong-bao/")
    expect(entry).to_be_visible()
    group.locator("summary").click()
    page.goto("/quyen/")  # the page's own group stands open, without having been opened
    expect(entry).to_be_visible()
    page.goto("/thong-bao/")
    expect(entry).to_be_hidden()


def test_the_chosen_theme_holds_on_the_next_page(opened):
    page = opened("head", "/", color_scheme="light")
    page.locator("summary", has_text="Tài khoản").click()
    page.get_by_role("button", name="Tối").click()
    page.goto("/thong-bao/")
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(18, 23, 30)"


def test_without_script_lists_filter_menus_open_and_acts_are_done(opened, world, slips):
    page = opened("head", "/mau/", PHONE, java_script_enabled=False)
    page.get_by_label("Tìm trong sổ").fill("chữ ký số")
    page.get_by_label("Tìm trong sổ").press("Enter")
    expect(page.locator("tbody tr")).to_have_count(5)
    page.locator(".nav-phone > .drop > summary").click()
    expect(page.locator(".nav-phone .drop-body").get_by_role("link", name="Thông báo")).to_be_visible()
    page.goto(f"/mau/{slips[3].pk}/")
    page.get_by_role("link", name="Trả lại").click()
    expect(page.get_by_role("heading", name="Trả lại")).to_be_visible()
