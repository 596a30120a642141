"""The pages: what they show, to whom, and how few questions they ask."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from congso.apps.personal_data.tests.factories import ask, found, open_breach
from congso.kernel.access.services import Actor, acting_as
from congso.kernel.directory.models import Person

pytestmark = pytest.mark.django_db


def shown(client, address: str, status: int = 200) -> str:
    answer = client.get(address)
    assert answer.status_code == status, (address, answer.status_code)
    return answer.content.decode() if "text/html" in answer["Content-Type"] else ""


def test_everybody_reads_the_register_on_screen_on_paper_and_as_excel(protected, signed_in):
    client = signed_in("stranger")
    page = shown(client, "/du-lieu-ca-nhan/so-xu-ly/")
    assert "Danh bạ cán bộ" in page
    assert "Có dữ liệu nhạy cảm" in page
    assert "Thời hạn lưu" in shown(client, "/du-lieu-ca-nhan/so-xu-ly/?format=print")
    excel = client.get("/du-lieu-ca-nhan/so-xu-ly/?format=xlsx")
    assert excel["Content-Type"].endswith("sheet")


def test_my_page_names_who_protects_my_data_and_empty_pages_say_what_to_do(protected, signed_in):
    page = shown(signed_in("specialist"), "/du-lieu-ca-nhan/")
    assert "Văn phòng Tỉnh ủy Thử Nghiệm" in page
    assert "Bạn chưa gửi yêu cầu nào" in page
    assert "Chưa ai mở dữ liệu riêng" in page


def test_a_request_goes_its_way_through_the_pages(protected, signed_in):
    subject, protector = signed_in("specialist"), signed_in("other_head")
    wrong = {"kind": "delete", "text": "Xóa", "email": "moi@vi-du.vn"}
    assert subject.post("/du-lieu-ca-nhan/yeu-cau/moi/", wrong).status_code == 422
    asked = {"kind": "restrict", "text": "Không đưa số điện thoại của tôi vào danh bạ in."}
    answer = subject.post("/du-lieu-ca-nhan/yeu-cau/moi/", asked)
    address = answer.url
    assert "Chờ" not in shown(subject, address)
    assert "Hạn trả lời" in shown(protector, address)
    shown(signed_in("head"), address, 404)
    assert protector.post(f"{address}acknowledge/", {"note": "Sẽ làm trong tuần"}).status_code == 302
    assert protector.post(f"{address}refuse/", {"note": "Không"}).status_code == 422
    assert protector.post(f"{address}fulfil/", {"note": ""}).status_code == 422
    shown(protector, f"{address}tra-loi/", 404)
    assert protector.post(f"{address}fulfil/", {"note": "Đã bỏ số khỏi danh bạ in."}).status_code == 302
    assert "Đã bỏ số khỏi danh bạ in." in shown(subject, f"{address}tra-loi/")
    assert "đã chuyển sang bước khác" in subject.get(f"{address}withdraw/", follow=True).content.decode()


def test_a_breach_is_found_by_anybody_and_seen_only_by_who_protects(protected, signed_in):
    finder, protector = signed_in("specialist"), signed_in("other_head")
    now = timezone.localtime()
    told = {"description": "Gửi nhầm danh sách", "discovered_on": f"{now:%d/%m/%Y}", "discovered_hour": f"{now:%H:%M}"}
    answer = finder.post("/du-lieu-ca-nhan/su-co/moi/", told, follow=True)
    assert "báo ngay cho người phụ trách" in answer.content.decode()
    assert "Không có sự cố nào" in shown(finder, "/du-lieu-ca-nhan/su-co/")
    page = shown(protector, "/du-lieu-ca-nhan/su-co/")
    assert "Còn 71 giờ" in page
    assert finder.post("/du-lieu-ca-nhan/su-co/moi/", told | {"is_drill": "on"}).status_code == 422
    assert finder.post("/du-lieu-ca-nhan/su-co/moi/", told | {"discovered_hour": "25:99"}).status_code == 422


def test_form_08_is_printed_as_known_and_as_reported(protected, signed_in):
    breach = open_breach(protected, is_drill=True)
    client, address = signed_in("other_head"), f"/du-lieu-ca-nhan/su-co/{breach.pk}/"
    assert "DIỄN TẬP" in shown(client, address)
    assert "Bản nháp" in shown(client, f"{address}mau-08/")
    assert client.post(f"{address}report_initial/", {"addressee": "A05"}).status_code == 302
    report = found(protected, breach).reports.get()
    known = {"description": "Nội dung mới", "cause": "leak", "contact": "Đầu mối", "data_kinds": ["identity"]}
    assert client.post(f"{address}amend/", known).status_code == 302
    assert "Nội dung mới" in shown(client, f"{address}mau-08/")
    paper = shown(client, f"{address}mau-08/?bao-cao={report.pk}")
    assert "Nội dung mới" not in paper
    assert "KHÔNG PHẢI SỰ CỐ THẬT" in paper
    for name in ("stranger", "specialist", "agency_leader"):
        shown(signed_in(name), address, 404)
        shown(signed_in(name), f"{address}mau-08/", 404)


@pytest.mark.parametrize("address", ["", "nhat-ky-xem/", "yeu-cau/", "su-co/", "so-xu-ly/"])
def test_a_page_asks_the_same_however_much_there_is(protected, signed_in, address):
    client = signed_in("other_head")
    with CaptureQueriesContext(
        connection,
    ) as few:
        shown(client, f"/du-lieu-ca-nhan/{address}")
    for who in ("specialist", "head", "clerk"):
        ask(protected, who)
        open_breach(protected)
        signed_in(who).get(f"/to-chuc/nguoi/{protected.other_head}/")
    with CaptureQueriesContext(connection) as many:
        shown(client, f"/du-lieu-ca-nhan/{address}")
    assert len(many) <= len(few) + 3, [one["sql"][:120] for one in many]
    assert len(many) < 45


def test_who_opens_a_person_is_written_once_a_day_for_the_person(protected, signed_in):
    with acting_as(Actor.person(protected.administrator)):
        Person.objects.filter(pk=protected.specialist).update(phone="0214000000")
    looker = signed_in("stranger")
    for _ in range(3):
        shown(looker, f"/to-chuc/nguoi/{protected.specialist}/")
    page = shown(signed_in("specialist"), "/du-lieu-ca-nhan/nhat-ky-xem/")
    assert page.count("Hồ Người Lạ, Chuyên viên") == 1
    assert "Riêng tôi" in page
    assert "Hồ Người Lạ" not in shown(signed_in("head"), "/du-lieu-ca-nhan/nhat-ky-xem/")
