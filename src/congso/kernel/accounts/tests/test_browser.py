"""Factors in a real Chromium: an app set up from its page, passkeys on a virtual authenticator, replay refused."""

import json
import os
import re
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from threading import Thread
from typing import Any
from urllib.parse import parse_qs, urlencode

import pytest
from django.db import connections
from django.utils import timezone
from playwright.sync_api import Browser, BrowserContext, Page, expect

from congso.kernel.access.services import Actor, acting_as
from congso.kernel.accounts.provider import make_key, register_client
from congso.kernel.accounts.testing import PASSWORD
from congso.kernel.accounts.tests.doors import code_now
from congso.kernel.directory.testing import World
from tests.browser import DESK, PHONE, assert_kind_to_everyone

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def door(browser: Browser, live_server: Any) -> Any:
    """`door(PHONE)`: a new browser before the sign-in page."""
    contexts: list[BrowserContext] = []

    def come(size: dict[str, int] = DESK) -> Page:
        context = browser.new_context(viewport=size, locale="vi-VN", base_url=live_server.url, is_mobile=size is PHONE)
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(8000)
        page.goto("/tai-khoan/login/")
        return page

    yield come
    for context in contexts:
        context.close()


def add_authenticator(page: Page) -> None:
    """A phone or key that says yes: CTAP2, with its owner verified, keeping keys."""
    devtools = page.context.new_cdp_session(page)
    devtools.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    devtools.send("WebAuthn.addVirtualAuthenticator", {"options": options})


def sign_in(page: Page, who: str) -> None:
    page.locator("#id_login").fill(who)
    page.locator("#id_password").fill(PASSWORD)
    page.get_by_role("button", name="Đăng nhập", exact=True).click()


def look(page: Page, name: str) -> None:
    """Nothing too wide, nothing axe finds; a picture for the eye when asked."""
    assert_kind_to_everyone(page)
    if folder := os.environ.get("LOOK"):
        width = page.viewport_size["width"] if page.viewport_size else 0
        page.screenshot(path=Path(folder) / f"{name}-{width}.png", full_page=True)


@pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])
def test_an_app_is_set_up_and_asked_for(door: Callable[..., Page], size: dict[str, int]) -> None:
    page = door(size)
    look(page, "login")
    sign_in(page, "clerk")
    page.goto("/tai-khoan/bao-mat/")
    look(page, "security")
    page.get_by_role("link", name="Thiết lập ứng dụng").click()
    expect(page.get_by_role("img", name="Mã QR")).to_be_visible()
    assert page.evaluate("document.querySelector('img.qr').naturalWidth") > 0
    look(page, "app")
    secret = page.locator(".secret-key").inner_text()
    page.get_by_label("Mã 6 chữ số").fill(code_now(secret))
    page.get_by_role("button", name="Xong").click()
    expect(page.locator(".recovery-codes li")).to_have_count(10)
    look(page, "codes")
    with page.expect_download() as download:
        page.get_by_role("link", name="Tải về").click()
    kept = re.findall(r"^\d{10}$", Path(download.value.path()).read_text(), re.MULTILINE)
    assert len(kept) == 10
    page.goto("/tai-khoan/bao-mat/")
    look(page, "security-set")
    page.goto("/tai-khoan/phien/")
    look(page, "sessions")
    other = door(size)
    sign_in(other, "clerk")
    look(other, "second-step")
    other.get_by_label("Mã xác thực").fill(kept[0])
    other.get_by_role("button", name="Đăng nhập", exact=True).click()
    look(other, "trust")
    other.get_by_role("button", name="Lần nào cũng hỏi").click()
    expect(other.get_by_role("heading", name="Việc của tôi")).to_be_visible()


@pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])
def test_a_passkey_replaces_the_password_and_its_answer_opens_once(
    door: Callable[..., Page], size: dict[str, int]
) -> None:
    page = door(size)
    add_authenticator(page)
    sign_in(page, "clerk")
    page.goto("/tai-khoan/khoa/them/")
    look(page, "passkey")
    page.get_by_label("Tên khóa").fill("Máy thử")
    page.get_by_role("button", name="Tạo khóa trên thiết bị này").click()
    expect(page.locator(".recovery-codes li")).to_have_count(10)
    page.goto("/tai-khoan/bao-mat/")
    expect(page.get_by_text("thay mật khẩu")).to_be_visible()
    look(page, "security-key")
    page.get_by_role("link", name="Xóa").click()
    look(page, "remove-key")
    page.context.clear_cookies()

    page.goto("/tai-khoan/login/")
    sent: list[str] = []
    page.on("request", lambda one: sent.append(one.post_data or "") if one.method == "POST" else None)
    page.get_by_role("button", name="Đăng nhập bằng khóa của thiết bị").click()
    expect(page.get_by_role("heading", name="Việc của tôi")).to_be_visible()  # no second step: the key was both

    answer = parse_qs(next(data for data in sent if "credential" in data))["credential"][0]
    assert json.loads(answer)["response"]["signature"]
    for same_browser in (True, False):
        thief = page if same_browser else door(size)
        if same_browser:
            page.context.clear_cookies()
        assert not replay(thief, answer)


def replay(page: Page, answer: str) -> bool:
    """Send the recorded answer again, with a challenge of one's own waiting; whether the door opens."""
    page.goto("/tai-khoan/login/")
    page.evaluate(
        "fetch('/tai-khoan/khoa/dang-nhap/', {headers: {Accept: 'application/json'}}).then((one) => one.json())"
    )
    with page.expect_navigation():
        page.evaluate(
            """(answer) => {
              const form = document.querySelector('form[data-passkey]');
              form.elements.credential.value = answer;
              form.submit();
            }""",
            answer,
        )
    page.goto("/")
    return page.get_by_role("heading", name="Việc của tôi").is_visible()


def test_a_passkey_is_the_second_step_and_proves_again(door: Callable[..., Page]) -> None:
    page = door()
    add_authenticator(page)
    sign_in(page, "clerk")
    page.goto("/tai-khoan/khoa/them/")
    page.get_by_label("Dùng khóa này thay cho mật khẩu").uncheck()
    page.get_by_role("button", name="Tạo khóa trên thiết bị này").click()
    expect(page.locator(".recovery-codes li")).to_have_count(10)
    page.context.clear_cookies()
    page.goto("/tai-khoan/login/")
    sign_in(page, "clerk")
    look(page, "second-step-key")
    page.get_by_role("button", name="Dùng khóa đăng nhập").click()
    page.get_by_role("button", name="Lần nào cũng hỏi").click()
    expect(page.get_by_role("heading", name="Việc của tôi")).to_be_visible()
    page.goto("/tai-khoan/xac-minh/khoa/?next=/tai-khoan/bao-mat/")
    look(page, "again-key")
    page.get_by_role("button", name="Dùng khóa đăng nhập").click()
    expect(page.get_by_role("heading", name="Tài khoản, bảo mật")).to_be_visible()


@pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])
def test_a_token_and_another_system_on_screen(
    door: Callable[..., Page], world: World, settings: Any, tmp_path: Path, size: dict[str, int]
) -> None:
    settings.IDP_OIDC_KEY_DIR = tmp_path / "oidc-keys"
    settings.SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"APPS": [VNEID]}}
    make_key(at=timezone.now() - timedelta(minutes=1))
    add_mail_system(world)
    page = door(size)
    look(page, "login-providers")
    sign_in(page, "clerk")
    page.goto("/tai-khoan/ma-truy-cap/moi/")
    look(page, "token-form")
    page.get_by_label("Dùng cho").fill("Bảng theo dõi của phòng")
    page.get_by_label("Nhiệm vụ", exact=True).check()
    page.get_by_role("button", name="Tạo mã").click()
    expect(page.get_by_text("congso_")).to_be_visible()
    look(page, "token")
    page.get_by_role("link", name="Tôi đã chép").click()
    look(page, "tokens")
    page.get_by_role("link", name="Tài khoản, bảo mật").first.click()
    page.goto("/tai-khoan/dinh-danh/")
    look(page, "identities")
    asked = {
        "response_type": "code", "client_id": "thu", "redirect_uri": "http://127.0.0.1:9/ve", "scope": "openid posts",
        "state": "s", "code_challenge": "c" * 43, "code_challenge_method": "S256",
    }  # fmt: skip
    page.goto(f"/identity/o/authorize?{urlencode(asked)}")
    look(page, "consent")
    sent: list[str] = []
    page.on("request", lambda one: sent.append(one.url))
    page.get_by_role("button", name="Cho phép").click()
    page.wait_for_url("chrome-error://**")  # nobody listens there; the policy let the browser go
    assert any(url.startswith("http://127.0.0.1:9/ve?code=") for url in sent)
    page.goto("/identity/o/authorize")
    look(page, "wrong-question")


VNEID = {
    "provider_id": "vneid", "name": "VNeID", "client_id": "x", "secret": "x", "settings": {"issuer": "https://x.example"}
}  # fmt: skip


def add_mail_system(world: World) -> None:
    """In a thread: Playwright's loop holds this one's connection."""

    def run() -> None:
        with acting_as(Actor.person(world.administrator)):
            register_client(
                client_id="thu",
                name="Thư điện tử tỉnh",
                redirect_uris=["http://127.0.0.1:9/ve"],
                scopes=["openid", "posts"],
                is_public=True,
            )
        connections.close_all()

    thread = Thread(target=run)
    thread.start()
    thread.join()
