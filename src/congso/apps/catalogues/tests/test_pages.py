"""The screens and REST of code lists, open data without signing in, and the register that takes its types from them."""

from io import BytesIO

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

pytestmark = pytest.mark.django_db
TODAY = f"{timezone.localdate():%d/%m/%Y}"
LIST = "/danh-muc/document_types/"
OPEN = "/du-lieu-mo/danh-muc/document_types"


def shown(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, answer.status_code
    return answer.content.decode()


def published(keeper: Client, code: str = "open_letter", name: str = "Thư ngỏ") -> None:
    keeper.post(f"{LIST}ban-thao/mo/")
    facts = {"code": code, "name": name, "place": "99", "attribute_abbreviation": "TN"}
    assert keeper.post(f"{LIST}ban-thao/muc/", facts).status_code == 302
    answer = keeper.post(f"{LIST}ban-thao/ban-hanh/", {"on": TODAY, "source": "Quyết định 7-QĐ/TU"})
    assert answer.status_code == 302, answer.content.decode()


def test_everyone_reads_the_lists_and_only_keepers_are_offered_more(signed_in):
    reader, keeper = signed_in("stranger"), signed_in("administrator")
    page = shown(reader, "/danh-muc/")
    assert "Tên loại văn bản" in page
    assert "Độ khẩn" in page
    assert "Hỏa tốc hẹn giờ" in shown(reader, "/danh-muc/urgency/")
    assert "Kế hoạch" in shown(reader, LIST)
    assert "Soạn phiên bản mới" not in shown(reader, LIST)
    assert "Soạn phiên bản mới" in shown(keeper, LIST)
    assert reader.post(f"{LIST}ban-thao/mo/").status_code == 403
    assert reader.get(f"{LIST}thiet-dat/").status_code == 403
    assert reader.get("/danh-muc/khong-co/").status_code == 404


def test_a_list_is_drafted_published_and_shown_as_of_a_day(signed_in):
    keeper = signed_in("administrator")
    published(keeper)
    assert "Thư ngỏ" in shown(keeper, f"{LIST}?q=open_letter")
    assert "Thư ngỏ" not in shown(keeper, f"{LIST}?ngay=01/01/2026&q=open_letter")
    heads, *rows = keeper.get("/danh-muc/document_types.csv").content.decode().splitlines()
    assert heads.startswith("\ufeffMã,Tên,Mã cha")
    assert "open_letter,Thư ngỏ,,99,,,,TN,," in rows
    assert "open_letter" in keeper.get("/danh-muc/document_types.json").content.decode()
    version = shown(keeper, f"{LIST}phien-ban/2/")
    assert "Quyết định 7-QĐ/TU" in version
    assert "open_letter" in version
    keeper.post(f"{LIST}ban-thao/mo/")
    answer = keeper.post(f"{LIST}ban-thao/muc/letter/xoa/", follow=True).content.decode()
    assert "đã ban hành, không xóa được" in answer
    answer = keeper.post(f"{LIST}ban-thao/bo/", follow=True).content.decode()
    assert "Đã bỏ bản thảo" in answer


def test_the_register_takes_a_type_from_the_day_it_is_in_the_list(signed_in):
    keeper = signed_in("administrator")
    assert "Thư ngỏ" not in shown(signed_in("clerk"), "/van-ban-den/")
    published(keeper)
    assert "Thư ngỏ" in shown(signed_in("clerk"), "/van-ban-den/")


def sheet(*rows: list[str]) -> SimpleUploadedFile:
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    kept = BytesIO()
    book.save(kept)
    return SimpleUploadedFile("danh-muc.xlsx", kept.getvalue())


def test_a_workbook_is_previewed_with_every_mistake_and_taken(signed_in):
    keeper = signed_in("administrator")
    keeper.post("/danh-muc/fields_of_work/ban-thao/mo/")
    address = "/danh-muc/fields_of_work/ban-thao/nhap/"
    wrong = keeper.post(address, {"file": sheet(["Mã", "Tên"], ["", "Thiếu mã"], ["a b", "Sai mã"])})
    assert wrong.status_code == 422
    assert all(f"Dòng {line}:" in wrong.content.decode() for line in (2, 3))
    rows = sheet(["Mã", "Tên", "Mã cha"], ["archive", "Lưu trữ", "office"], ["office", "Văn phòng", ""])
    page = keeper.post(address, {"file": rows}).content.decode()
    assert "2 dòng, 2 mã khác bản thảo" in page
    text = "Mã,Tên,Mã cha\narchive,Lưu trữ,office\n"
    done = keeper.post(address, {"text": text, "take": "1"}, follow=True).content.decode()
    assert "Đã ghi 1 mã" in done
    garbage = SimpleUploadedFile("x.xlsx", b"PK\x03\x04" + b"\0" * 100)
    assert keeper.post(address, {"file": garbage}).status_code == 422
    assert keeper.post(address, {"file": SimpleUploadedFile("x.csv", b"\xff\xfe\0")}).status_code == 422


def test_open_lists_are_read_by_anybody_and_others_by_nobody(signed_in):
    anybody, keeper = Client(), signed_in("administrator")
    answer = anybody.get(f"{OPEN}.json")
    told = answer.json()
    assert told["licence"].startswith("Được sử dụng lại")
    assert {one["code"] for one in told["items"]} >= {"plan", "letter"}
    assert answer["Cache-Control"] == "public, max-age=3600"
    assert anybody.get(f"{OPEN}.json", headers={"If-None-Match": answer["ETag"]}).status_code == 304
    assert "plan,Kế hoạch" in anybody.get(f"{OPEN}.csv").content.decode()
    assert anybody.get(f"{OPEN}.csv?ngay=hom-qua").status_code == 400
    assert "document_types" in {one["code"] for one in anybody.get("/du-lieu-mo/danh-muc/").json()["catalogues"]}
    settings = {"is_open": "", "licence": "Ghi nguồn", "keeper": ""}
    assert keeper.post(f"{LIST}thiet-dat/", settings).status_code == 302
    for address in (f"{OPEN}.json", f"{OPEN}.csv", "/du-lieu-mo/danh-muc/urgency.json"):
        assert anybody.get(address).status_code == 404
    assert anybody.get("/danh-muc/").status_code == 302
    assert anybody.get("/danh-muc/document_types.csv").status_code == 302


def test_rest_reads_for_all_and_writes_for_keepers(signed_in):
    reader, keeper, base = signed_in("stranger"), signed_in("administrator"), "/api/v1/catalogues/document_types"
    assert {"urgency", "document_types"} <= {one["code"] for one in reader.get("/api/v1/catalogues/").json()}
    assert "plan" in {one["code"] for one in reader.get(f"{base}/items").json()}
    assert reader.get("/api/v1/catalogues/urgency/items").json()[0]["name"] == "Thường"
    assert reader.post(f"{base}/draft").status_code == 422
    assert keeper.post(f"{base}/draft").status_code == 201
    json = {"content_type": "application/json"}
    assert keeper.put(f"{base}/draft/items/open_letter", {"name": "Thư ngỏ"}, **json).status_code == 200
    assert keeper.put(f"{base}/draft/items/a b", {"name": "Sai"}, **json).status_code == 422
    assert keeper.delete(f"{base}/draft/items/letter").status_code == 422
    assert reader.put(f"{base}/draft/items/x", {"name": "Lạ"}, **json).status_code == 404
    day = timezone.localdate().isoformat()
    told = keeper.post(f"{base}/draft/publish", {"valid_from": day, "source": "QĐ 8"}, **json)
    assert (told.status_code, told.json()["number"]) == (200, 2)
    assert [one["code"] for one in reader.get(f"{base}/versions/2/differences").json()] == ["open_letter"]
    assert len(reader.get(f"{base}/versions").json()) == 2
    assert keeper.delete(f"{base}/draft").status_code == 404


def test_a_list_of_any_length_costs_few_questions(signed_in):
    client = signed_in("administrator")
    shown(client, LIST)
    with CaptureQueriesContext(connection) as asked:
        shown(client, LIST)
    assert len(asked) <= 26, [one["sql"] for one in asked]
