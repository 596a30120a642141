"""The portal's own pages: who gets in, what each shows, how faults are told."""

import re
from pathlib import Path

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from congso.kernel.accounts.testing import PASSWORD
from congso.kernel.web.tests.sample import make_slip

WEB = Path(__file__).parents[1]


@pytest.mark.parametrize("address", ["/thong-bao/", "/tim-kiem/?q=x", "/thong-bao/so-moi/", "/lenh/", "/phien/"])
def test_a_visitor_is_sent_to_the_door(client, db, address):
    response = client.get(address)
    assert response.status_code == 302
    assert response["Location"].startswith("/tai-khoan/login/")


def test_the_door_speaks_vietnamese_and_lets_the_right_person_in(client, db):
    assert "Tên đăng nhập" in client.get("/tai-khoan/login/").content.decode()
    wrong = client.post("/tai-khoan/login/", {"login": "head", "password": "sai"})
    assert "Tên đăng nhập hoặc mật khẩu chưa đúng" in wrong.content.decode()
    right = client.post("/tai-khoan/login/", {"login": "head", "password": PASSWORD})
    assert right["Location"] == "/"


def test_changing_the_password_is_asked_in_vietnamese(signed_in):
    shown = signed_in("head").get("/tai-khoan/password/change/").content.decode()
    assert "Mật khẩu hiện nay" in shown
    assert "Nhập lại mật khẩu mới" in shown


def test_the_bell_counts_until_everything_is_read(signed_in, world):
    make_slip(world.chief, world.organizations["VPTU"], world.organizations["TH"], title="Việc để báo")
    client = signed_in("head")
    assert "Thông báo: 1 chưa đọc" in client.get("/thong-bao/so-moi/").content.decode()
    assert "Việc để báo" in client.get("/thong-bao/").content.decode()
    client.post("/thong-bao/da-doc/")
    assert "Thông báo: 0 chưa đọc" in client.get("/thong-bao/so-moi/").content.decode()


def test_the_bell_of_one_person_is_not_anothers(signed_in, world):
    make_slip(world.chief, world.organizations["VPTU"], world.organizations["TH"], title="Việc để báo")
    assert "Việc để báo" not in signed_in("stranger").get("/thong-bao/").content.decode()


def test_light_or_dark_is_remembered_and_leads_nowhere_else(client, db):
    response = client.post("/giao-dien/", {"theme": "dark", "back": "https://elsewhere.example/"})
    assert response["Location"] == "/"
    assert 'data-bs-theme="dark"' in client.get("/tai-khoan/login/").content.decode()
    client.post("/giao-dien/", {"theme": "system", "back": "/"})
    assert 'data-theme-choice="system"' in client.get("/tai-khoan/login/").content.decode()


def test_not_there_and_not_yours_look_alike(signed_in, world):
    slip = make_slip(world.chief, world.organizations["VPTU"], world.organizations["TH"])
    client = signed_in("stranger")
    hidden, missing = client.get(f"/mau/{slip.pk}/"), client.get("/mau/999999999/")
    assert hidden.status_code == missing.status_code == 404
    assert hidden.content == missing.content
    assert "Không tìm thấy" in hidden.content.decode()


def test_a_fault_is_told_plainly_and_without_details(signed_in):
    client = signed_in("head")
    client.raise_request_exception = False
    response = client.get("/mau/hong/")
    assert response.status_code == 500
    assert "chưa được ghi nhận" in response.content.decode()
    assert "RuntimeError" not in response.content.decode()


def test_a_form_that_stayed_open_too_long_says_so(world, db):
    from django.test import Client

    client = Client(enforce_csrf_checks=True)
    response = client.post("/giao-dien/", {"theme": "dark"})
    assert response.status_code == 403
    assert "Biểu mẫu đã hết hiệu lực" in response.content.decode()


def test_every_answer_carries_the_strict_headers(client, signed_in, db):
    for response in (client.get("/tai-khoan/login/"), signed_in("head").get("/"), client.get("/khong-co/")):
        policy = response["Content-Security-Policy"]
        assert "default-src 'self'" in policy
        assert "unsafe" not in policy
        assert response["X-Frame-Options"] == "DENY"
        assert response["X-Content-Type-Options"] == "nosniff"
    assert "private" in signed_in("head").get("/")["Cache-Control"]


def test_the_record_page_offers_what_the_flow_allows_and_no_more(signed_in, world):
    slip = make_slip(world.chief, world.organizations["VPTU"], world.organizations["TH"])
    leader = signed_in("head").get(f"/mau/{slip.pk}/").content.decode()
    maker = signed_in("chief").get(f"/mau/{slip.pk}/").content.decode()
    assert "Xác nhận hoàn thành" in leader
    assert 'id="ask-return"' in leader
    assert "Xác nhận hoàn thành" not in maker
    assert "Đề nghị đơn vị triển khai ngay." in maker


def test_an_act_with_a_reason_has_its_own_page_without_script(signed_in, world):
    slip = make_slip(world.chief, world.organizations["VPTU"], world.organizations["TH"])
    client = signed_in("head")
    assert "Lý do" in client.get(f"/mau/{slip.pk}/return/").content.decode()
    assert "Hãy ghi lý do." in client.post(f"/mau/{slip.pk}/return/", {"note": " "}).content.decode()
    done = client.post(f"/mau/{slip.pk}/return/", {"note": "Thiếu số liệu."}, follow=True)
    assert done.status_code == 404  # returned to its maker: no longer the unit's to see


def test_a_record_page_asks_few_questions_besides_the_frames(signed_in, world, django_assert_max_num_queries):
    slip = make_slip(world.chief, world.organizations["VPTU"], world.organizations["TH"])
    client = signed_in("head")
    with CaptureQueriesContext(connection) as frame:
        client.get("/mau/lap/")
    with django_assert_max_num_queries(len(frame) + 5):
        client.get(f"/mau/{slip.pk}/")


def test_a_form_ties_labels_help_and_errors_to_their_fields(signed_in):
    shown = signed_in("head").post("/mau/lap/", {"due": "32/13/2026"}).content.decode()
    assert 'aria-invalid="true"' in shown
    assert 'aria-describedby="id_title_help id_title_errors"' in shown
    assert "Hãy nhập ngày theo dạng ngày/tháng/năm" in shown
    assert '<a href="#id_title">' in shown


def test_templates_hold_no_inline_script_or_style():
    templates = list(WEB.glob("templates/**/*.html"))
    assert len(templates) > 30
    for template in templates:
        text = template.read_text()
        assert not re.search(r"\sstyle=|\son\w+=|hx-on|<style|javascript:", text), template
        assert all("src=" in tag for tag in re.findall(r"<script[^>]*>", text)), template


OUTSIDE = r"(?:src|href)=[\"']?(?:https?:)?//|url\(['\"]?(?:https?:)?//|@import"


def test_nothing_is_fetched_from_outside():
    for file in [*WEB.glob("static/**/*.js"), *WEB.glob("static/**/*.css"), *WEB.glob("templates/**/*.html")]:
        if "vendor" not in file.parts:
            assert not re.search(OUTSIDE, file.read_text()), file


def test_every_icon_a_template_names_is_in_the_sprite():
    listed = set((WEB.parents[3] / "frontend/icons.txt").read_text().split("\n"))
    for template in WEB.glob("templates/**/*.html"):
        for name in re.findall(r'{% icon "([\w-]+)"', template.read_text()):
            assert name in listed, (template, name)


def test_the_lock_of_front_end_parts_names_no_address():
    lock = (WEB.parents[3] / "package-lock.json").read_text()
    assert "resolved" not in lock
    assert "integrity" in lock
