"""What somebody typed is not lost: a session's end, a refused form, a lost line. In a real browser."""

import re
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from congso.kernel.accounts import sessions
from congso.kernel.accounts.testing import PASSWORD
from congso.kernel.web.tests.sample import make_slip

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

WORDS = "Đề nghị đơn vị báo cáo trước ngày 30."
FORM = "/mau/lap/"
STORED = "Object.keys(sessionStorage).filter((key) => key.startsWith('draft:')).length"


def type_into(page: Page) -> Any:
    field = page.get_by_label("Yêu cầu cụ thể")
    field.fill(WORDS)
    page.get_by_label("Mức độ khẩn").select_option("1")
    wait_until_kept(page)
    return field


def wait_until_kept(page: Page) -> None:
    """The browser keeps what was typed a moment later."""
    for _ in range(50):
        if page.evaluate(STORED):
            return
        page.wait_for_timeout(100)
    raise AssertionError("nothing was kept")


def sign_in(page: Page) -> None:
    page.get_by_label("Tên đăng nhập").fill("head")
    page.get_by_label("Mật khẩu").fill(PASSWORD)
    page.get_by_role("button", name="Đăng nhập", exact=True).click()


def test_a_session_that_ended_gives_the_text_back_after_signing_in(opened, settings):
    page = opened("head", FORM)
    type_into(page)
    settings.SESSION_IDLE_MINUTES = 0
    page.get_by_role("button", name="Lập phiếu").click()
    expect(page.get_by_label("Mật khẩu")).to_be_visible()
    settings.SESSION_IDLE_MINUTES = 15
    sign_in(page)
    expect(page).to_have_url(re.compile(FORM + "$"))
    expect(page.get_by_label("Yêu cầu cụ thể")).to_have_value(WORDS)
    expect(page.get_by_label("Mức độ khẩn")).to_have_value("1")
    expect(page.get_by_text("Đã khôi phục nội dung bạn soạn")).to_be_visible()
    page.get_by_role("button", name="Bỏ nội dung này").click()
    expect(page.get_by_label("Yêu cầu cụ thể")).to_have_value("")
    page.reload()
    expect(page.get_by_label("Yêu cầu cụ thể")).to_have_value("")


def test_a_form_whose_token_is_old_and_a_lost_line_give_the_text_back(opened):
    page = opened("head", FORM)
    type_into(page)
    page.evaluate("document.querySelector('main [name=csrfmiddlewaretoken]').value = 'x'.repeat(64)")
    page.get_by_role("button", name="Lập phiếu").click()
    page.get_by_role("link", name="Quay lại biểu mẫu").click()
    expect(page.get_by_label("Yêu cầu cụ thể")).to_have_value(WORDS)
    page.route(f"**{FORM}", lambda route: route.abort() if route.request.method == "POST" else route.continue_())
    page.get_by_role("button", name="Lập phiếu").click()
    page.wait_for_url("chrome-error://**")
    page.unroute(f"**{FORM}")
    page.goto(FORM)
    expect(page.get_by_label("Yêu cầu cụ thể")).to_have_value(WORDS)


def test_what_was_sent_is_forgotten_and_signing_out_forgets_everything(opened, world):
    slip = make_slip(world.chief, world.organizations["VPTU"], world.organizations["TH"])
    page = opened("head", f"/mau/{slip.pk}/")
    page.get_by_role("link", name="Trả lại").click()
    page.get_by_label("Lý do").fill("Thiếu số liệu.")
    wait_until_kept(page)
    page.get_by_role("dialog").get_by_role("button", name="Trả lại").click()
    expect(page.get_by_text("Không tìm thấy")).to_be_visible()  # returned: not the unit's any more
    assert page.evaluate(STORED) == 0
    page.goto(FORM)
    type_into(page)
    page.locator("summary", has_text="Tài khoản").click()
    page.get_by_role("button", name="Đăng xuất").click()
    expect(page.get_by_label("Mật khẩu")).to_be_visible()
    assert page.evaluate(STORED) == 0


def test_the_page_warns_before_the_end_and_one_press_goes_on(opened, settings, monkeypatch):
    monkeypatch.setattr(sessions, "_WRITTEN_EVERY", sessions.timedelta(0))
    settings.SESSION_IDLE_MINUTES = 0.1
    page = opened("head", "/thong-bao/")
    box = page.get_by_role("alertdialog", name="Phiên làm việc sắp kết thúc")
    expect(box).to_be_visible()
    page.get_by_role("button", name="Tiếp tục làm việc").click()
    expect(box).to_be_hidden()
    expect(box).to_be_visible(timeout=10_000)
    expect(page.get_by_label("Mật khẩu")).to_be_visible(timeout=15_000)
