"""The screens over HTTP: the whole way, refusals in words, few queries."""

from datetime import date

import pytest

from congso.apps.programme.models import Item, Programme
from congso.apps.programme.tests.factories import approved, as_one, consulted, item, make

pytestmark = pytest.mark.django_db


def page(response) -> str:
    return response.content.decode()


def test_the_whole_way_on_pages(world, clock, signed_in):
    chief, secretary, unit = signed_in("chief"), signed_in("secretary"), signed_in("agency_leader")
    with as_one(world, "chief"):
        committee = world.organizations["TU"]
    made = chief.post(
        "/chuong-trinh/moi/", {"organization": committee, "body": "BTV", "span": "M", "day": "15/12/2026", "note": ""}
    )
    assert made.status_code == 302
    at = made.url
    refused = chief.post(f"{at}noi-dung/", {"content": ""})
    assert refused.status_code == 422
    told = {"content": "Đề án số hóa", "preparer": "T.BTC", "month": "2026-12", "session_on": "15/12/2026"}
    assert chief.post(f"{at}noi-dung/", told).url == at
    assert "08/12/2026" in page(chief.get(at))
    asked = chief.post(f"{at}lay-y-kien/", {"units": [world.organizations["BTC"]], "until": "30/11/2026", "note": ""})
    assert asked.status_code == 302
    assert (
        unit.post(f"{at}gop-y/", {"organization": world.organizations["BTC"], "item": "", "text": "Đồng ý"}).status_code
        == 302
    )
    shown = page(chief.get(at))
    assert "Đồng ý" in shown
    assert "Chưa xem xét" in shown
    assert chief.post(f"{at}submit/", {"note": ""}).status_code == 302
    assert "Chương trình công tác chờ duyệt" in page(secretary.get("/"))
    assert secretary.post(f"{at}approve/", {"note": ""}).status_code == 302
    with as_one(world, "chief"):
        one = Item.objects.get()
    assert chief.post(f"{at}noi-dung/{one.pk}/lui/", {"to": "2027-01", "reason": ""}).status_code == 422
    assert chief.post(f"{at}noi-dung/{one.pk}/lui/", {"to": "2027-01", "reason": "Chờ số liệu"}).status_code == 302
    shown = page(unit.get(at))
    assert "Lùi đến tháng 01/2027" in shown
    assert "Chờ số liệu" in shown
    assert "Chờ số liệu" in page(chief.get(f"{at}in/"))
    assert chief.get(f"{at}word/").content[:2] == b"PK"
    assert "Chờ số liệu" in page(chief.get("/chuong-trinh/ket-qua/"))


def test_items_are_carried_on_a_page(world, clock, signed_in):
    year = make(world, span="Y", day=date(2026, 1, 1))
    source = item(world, year, month=date(2026, 12, 1))
    approved(world, year)
    month = make(world)
    chief = signed_in("chief")
    shown = page(chief.get(f"/chuong-trinh/{month.pk}/lay-tu/"))
    assert "Đề án số hóa" in shown
    assert chief.post(f"/chuong-trinh/{month.pk}/lay-tu/", {"items": [source.pk]}).status_code == 302
    assert "Không có nội dung nào để lấy" in page(chief.get(f"/chuong-trinh/{month.pk}/lay-tu/"))


def test_pages_ask_a_bounded_number_of_questions(world, clock, signed_in, django_assert_max_num_queries):
    made = make(world)
    for place in range(12):
        item(world, made, f"Nội dung {place}", verifier=None)
    client = signed_in("chief")
    for address, most in ((f"/chuong-trinh/{made.pk}/", 60), ("/chuong-trinh/", 30), ("/chuong-trinh/ket-qua/", 40)):
        client.get(address)
        with django_assert_max_num_queries(most):
            client.get(address)


def test_hostile_requests_are_answered_in_words_and_change_nothing(world, clock, signed_in):
    made, said = consulted(world)
    chief, stranger = signed_in("chief"), signed_in("stranger")
    with as_one(world, "chief"):
        one = Item.objects.get(programme=made)
    at = f"/chuong-trinh/{made.pk}/"
    assert chief.post(f"{at}noi-dung/", {"content": "x\x00", "month": "2030-99"}).status_code == 422
    assert chief.get(f"{at}noi-dung/{one.pk}/khong-co/").status_code == 404
    assert chief.get(f"{at}noi-dung/{2**63}/").status_code == 404
    assert chief.post(f"{at}khong-co/").status_code == 404
    assert chief.get("/chuong-trinh/ket-qua/?nam=99999999999").status_code == 200
    assert chief.post(f"{at}gop-y/{said.pk}/", {"handling": "open", "answer": ""}).status_code == 422
    assert chief.post(f"{at}gop-y/{said.pk}/", {"handling": "explained", "answer": ""}).status_code == 422
    for address in ("", "noi-dung/", "lay-tu/", "lay-y-kien/", "gop-y/", "word/", "in/", f"noi-dung/{one.pk}/"):
        assert stranger.get(f"{at}{address}").status_code == 404
    with as_one(world, "chief"):
        assert Programme.objects.get(pk=made.pk).state == "consulting"
        assert Item.objects.get(pk=one.pk).content == "Đề án số hóa"
