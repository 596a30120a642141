"""The directory's pages: what they show as of a day, to whom they offer what, and how few questions they ask."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from congso.kernel.access.services import Actor, acting_as
from congso.kernel.directory.models import Assignment, CodeScheme, Organization, Post
from congso.kernel.directory.services import Decision, give_new_name, merge_organizations
from congso.kernel.directory.testing import World

pytestmark = pytest.mark.django_db

TODAY = timezone.localdate()
DECISION = {"decision": "Quyết định số 5-QĐ/TU", "on": f"{TODAY:%d/%m/%Y}"}


def merged(world: World) -> Organization:
    """The agency goes into the office today."""
    with acting_as(Actor.person(world.administrator)):
        agency, office = world.organization("BTC"), world.organization("VPTU")
        merge_organizations(
            [agency], into=office, decision=Decision("Quyết định 9-QĐ/TU", TODAY), by=world.administrator,
            at=timezone.now(),
        )  # fmt: skip
        return agency


def shown(client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, answer.status_code
    return answer.content.decode()


def test_the_tree_shows_a_day(signed_in, world):
    client = signed_in("stranger")
    assert "Tỉnh ủy Thử Nghiệm" in shown(client, "/to-chuc/")
    before = shown(client, "/to-chuc/?ngay=30/06/2025")
    assert "Tỉnh ủy Thử Nghiệm" not in before
    assert "Đang xem sơ đồ của ngày 30/06/2025" in before


def test_a_branch_opens_in_place_and_as_its_own_page(signed_in, world):
    client, above = signed_in("stranger"), world.organizations["TU"]
    fragment = client.get(f"/to-chuc/{above}/duoi/", headers={"HX-Request": "true"}).content.decode()
    assert "<html" not in fragment
    assert "Văn phòng Tỉnh ủy Thử Nghiệm" in fragment
    assert "<html" in shown(client, f"/to-chuc/{above}/duoi/")


def test_people_and_organizations_are_found_as_one_types(signed_in, world):
    client = signed_in("stranger")
    assert "Trần Thử Chánh" in shown(client, "/to-chuc/?q=tran ch")
    assert "Ban Tổ chức Tỉnh ủy" in shown(client, "/to-chuc/?q=btctu")
    assert "Không tìm thấy" in shown(client, "/to-chuc/?q=qqqq")


def test_an_organization_is_found_under_both_names(signed_in, world):
    with acting_as(Actor.person(world.administrator)):
        give_new_name(world.organization("BTC"), name="Ban Nhân sự", decision=Decision("QĐ 1", TODAY),
                      by=world.administrator, at=timezone.now())  # fmt: skip
    client, address = signed_in("stranger"), f"/to-chuc/{world.organizations['BTC']}/"
    for typed in ("nhan su", "ban to chuc"):
        assert "Ban Nhân sự" in shown(client, f"/to-chuc/?q={typed}")
    assert "<h1>Ban Nhân sự" in shown(client, address)
    assert "<h1>Ban Tổ chức" in shown(client, f"{address}?ngay=01/08/2025")


def test_a_page_tells_who_came_before_and_draws_it(signed_in, world):
    agency = merged(world)
    client = signed_in("stranger")
    page = shown(client, f"/to-chuc/{world.organizations['VPTU']}/")
    assert "<svg viewBox" in page
    assert "Quyết định 9-QĐ/TU" in page
    assert "kế tục" in shown(client, f"/to-chuc/{agency.pk}/")


def test_acts_are_offered_only_to_who_may_do_them(signed_in, world):
    address = f"/to-chuc/{world.organizations['VPTU']}/"
    assert f"{address}sap-nhap/" in shown(signed_in("administrator"), address)
    chief = signed_in("chief")
    page = shown(chief, address)
    assert "sap-nhap" not in page
    assert "Cử người thay" in page
    for act in ("lap", "doi-ten", "chuyen", "sap-nhap", "chia-tach", "ket-thuc", "chuc-vu-moi"):
        assert chief.get(f"{address}{act}/").status_code == 403
        assert chief.post(f"{address}{act}/", DECISION).status_code == 403


def test_a_merger_is_previewed_and_only_then_done(signed_in, world):
    client, address = signed_in("administrator"), f"/to-chuc/{world.organizations['BTC']}/sap-nhap/"
    assert 'name="predecessors"' in shown(client, address)
    typed = DECISION | {"predecessors": "T.BTC", "into": "T.VPTU", "kind": "agency", "layout_profile": "PARTY"}
    preview = client.post(address, typed).content.decode()
    assert "chưa có gì thay đổi" in preview
    assert "<b>3</b>" in preview
    with acting_as(Actor.person(world.administrator)):
        assert world.organization("BTC").valid_to is None
    again = client.post(address, typed | {"edit": "1"}).content.decode()
    assert 'value="T.VPTU"' in again
    done = client.post(address, typed | {"confirm": "1"}, follow=True).content.decode()
    assert "Đã sáp nhập" in done
    with acting_as(Actor.person(world.administrator)):
        assert world.organization("BTC").valid_to == TODAY


def test_a_preview_tells_what_forbids_the_act_and_offers_no_button(signed_in, world):
    client, address = signed_in("administrator"), f"/to-chuc/{world.organizations['VPTU']}/sap-nhap/"
    typed = DECISION | {"predecessors": "T.VPTU", "into": "T.TH", "kind": "agency", "layout_profile": "PARTY"}
    preview = client.post(address, typed).content.decode()
    assert "đang trực thuộc" in preview
    assert 'name="confirm"' not in preview
    assert client.post(address, typed | {"confirm": "1"}).status_code == 422


@pytest.mark.parametrize(
    "asked",
    [
        ("lap", "VPTU", {"name": "Phòng Mới", "code": "T.PM", "kind": "unit", "layout_profile": "PARTY"}, "Đã lập"),
        ("doi-ten", "BTC", {"name": "Ban Mới"}, "Đã ghi tên mới"),
        ("chuyen", "CDS", {"parent": "T.BTC"}, "Đã ghi cấp trên mới"),
        ("chia-tach", "BTC", {"parts": "T.B1 | Ban Một\nT.B2 | Ban Hai"}, "Đã chia, tách"),
        ("ket-thuc", "MT", {}, "Đã ghi kết thúc"),
    ],
)
def test_every_other_act_goes_the_same_way(signed_in, world, asked):
    act, code, typed, words = asked
    client, address = signed_in("administrator"), f"/to-chuc/{world.organizations[code]}/{act}/"
    assert client.get(address).status_code == 200
    preview = client.post(address, DECISION | typed).content.decode()
    assert "không có gì cản trở" in preview, preview
    assert "NewOrganization" not in preview
    assert words in client.post(address, DECISION | typed | {"confirm": "1"}, follow=True).content.decode()


def test_staff_come_go_and_stand_in(signed_in, world):
    client, office = signed_in("administrator"), world.organizations["VPTU"]
    on = {"on": f"{TODAY:%d/%m/%Y}"}
    post_address = f"/to-chuc/{office}/chuc-vu-moi/"
    made = client.post(post_address, on | {"name": "Phó phòng", "functions": "leaders", "rank": "5"}, follow=True)
    assert "Khuyết" in made.content.decode()
    with acting_as(Actor.person(world.administrator)):
        post = Post.objects.get(name="Phó phòng")
        held = Assignment.objects.get(person=world.specialist)
    newcomer = on | {"full_name": "Cao Mẫu Mới", "kind": "acting"}
    appointed = client.post(f"/to-chuc/chuc-vu/{post.pk}/bo-nhiem/", newcomer, follow=True)
    assert "Quyền, phụ trách" in appointed.content.decode()
    going = on | {"organization": "T.VPTU", "post": "phó phòng", "kind": "holder"}
    moved = client.post(f"/to-chuc/bo-nhiem/{held.pk}/dieu-chuyen/", going, follow=True)
    assert "Đã điều chuyển" in moved.content.decode()
    lent = client.post(
        f"/to-chuc/chuc-vu/{post.pk}/nguoi-thay/",
        {"person": f"#{world.head} Phạm Mẫu Trưởng", "kind": "absence", "functions": "leaders", "reason": "Nghỉ phép",
         "valid_from": f"{TODAY:%d/%m/%Y}", "until": f"{TODAY + timedelta(days=3):%d/%m/%Y}"},
        follow=True,
    )  # fmt: skip
    assert "Thay khi vắng mặt" in lent.content.decode()
    assert "Phạm Mẫu Trưởng" in shown(signed_in("stranger"), f"/to-chuc/nguoi/{world.head}/")


def test_every_page_asks_few_questions(signed_in, world):
    """Counted beyond what the shell around every page asks."""
    merged(world)
    client = signed_in("administrator")
    shell = _questions(client, "/thong-bao/") - 1
    pages = {
        "/to-chuc/": 1, "/to-chuc/?q=van": 5, f"/to-chuc/{world.organizations['TU']}/duoi/": 3,
        f"/to-chuc/{world.organizations['VPTU']}/": 15, f"/to-chuc/nguoi/{world.chief}/": 3,
        "/to-chuc/nhap-nhan-su/": 0,
    }  # fmt: skip
    for address, most in pages.items():
        assert _questions(client, address) <= shell + most, address
    for address in ("goi-y.json?q=van", "danh-ba.csv", "danh-ba.vcf", "to-chuc.csv"):
        assert _questions(client, f"/to-chuc/{address}") <= shell, address


def _questions(client, address: str) -> int:
    with CaptureQueriesContext(connection) as asked:
        shown(client, address)
    return len(asked)


def test_the_directory_is_taken_away_as_csv_and_vcard(signed_in, world):
    client = signed_in("stranger")
    people = shown(client, "/to-chuc/danh-ba.csv").lstrip("\ufeff").splitlines()
    assert people[0].startswith("Mã nhân sự,Họ và tên,Mã tổ chức")
    assert len(people) == 1 + len(world.people())
    assert any(line.startswith("T.VPTU,,Cơ quan đảng,Văn phòng Tỉnh ủy") for line in
               shown(client, "/to-chuc/to-chuc.csv").splitlines())  # fmt: skip
    card = shown(client, f"/to-chuc/danh-ba.vcf?nguoi={world.chief}")
    assert card.startswith("BEGIN:VCARD\r\nVERSION:4.0\r\n")
    assert "FN:Trần Thử Chánh\r\n" in card
    assert all(len(line.encode()) <= 75 for line in card.split("\r\n"))
    assert shown(client, "/to-chuc/danh-ba.csv?ngay=01/01/2020").count("\n") == 1


def test_a_list_is_compared_and_only_what_is_chosen_is_written(signed_in, world):
    client = signed_in("administrator")
    text = (
        "Mã nhân sự,Họ và tên,Mã tổ chức,Chức vụ,Thư điện tử,Điện thoại\n"
        ",Trần Thử Chánh,T.VPTU,Chánh Văn phòng,chanh@vi-du.vn,\n"
        "NS01,Cao Mẫu Mới,T.VPTU,Văn thư,,\n"
        ",Đặng Hư Cấu,T.VPTU,Văn thư,,\n"
        ",Ai Đó Khác,T.KHONG,Văn thư,,\n"
    )
    fields = {"text": text, "on": f"{TODAY:%d/%m/%Y}"}
    page = client.post("/to-chuc/nhap-nhan-su/", fields).content.decode()
    assert "Cao Mẫu Mới: “Văn thư”" in page
    assert "cùng tên ở nơi khác" in page
    assert "không có tổ chức mang mã T.KHONG" in page
    assert "Hoàng Giả Kín không còn ở" in page
    keys = [part.split('"')[0] for part in page.split('name="chosen" value="')[1:]]
    checked = [key for key in keys if f'value="{key}" checked' in page]
    assert len(checked) == 2
    done = client.post("/to-chuc/nhap-nhan-su/", fields | {"take": "1", "chosen": checked}, follow=True)
    assert "Đã ghi 2 thay đổi" in done.content.decode()
    with acting_as(Actor.person(world.administrator)):
        assert Assignment.objects.get(person__code="NS01").post.name == "Văn thư"
        assert Assignment.objects.filter(person=world.secrecy_officer, valid_to__isnull=True).exists()
    assert client.post("/to-chuc/nhap-nhan-su/", {"text": "gì đó", "on": fields["on"]}).status_code == 422
    assert signed_in("chief").get("/to-chuc/nhap-nhan-su/").status_code == 403


def test_codes_are_given_on_the_organizations_page_and_found(signed_in, world):
    keeper, reader = signed_in("administrator"), signed_in("stranger")
    page = f"/to-chuc/{world.organizations['VPTU']}/ma/"
    with acting_as(Actor.person(world.administrator)):
        scheme = CodeScheme.objects.get(key="national").pk
    facts = {"scheme": scheme, "value": "H38.01", "on": f"{TODAY:%d/%m/%Y}"}
    assert reader.post(page, facts).status_code == 403
    assert keeper.post(page, facts | {"value": "sai"}).status_code == 422
    assert keeper.post(page, facts).status_code == 302
    assert "H38.01" in shown(reader, page)
    assert "H38.01" in shown(reader, f"/to-chuc/{world.organizations['VPTU']}/")
    assert "T.VPTU" in shown(reader, "/to-chuc/goi-y.json?q=h38.0")
    assert "H38.01" in str(reader.get("/api/v1/organizations/organizations/T.VPTU").json()["codes"])
    assert reader.get("/api/v1/organizations/find?q=H38.01").json()["organizations"] == ["T.VPTU"]
    assert reader.get("/to-chuc/nhap-ma/").status_code == 403
    assert "administrative" in shown(keeper, "/to-chuc/nhap-ma/")
