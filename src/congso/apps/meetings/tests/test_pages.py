"""The screens, as the people of a meeting use them; what they ask of the database."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from congso.apps.meetings import services
from congso.apps.meetings.models import Event, Meeting, Opinion, Reply, Speech
from congso.apps.meetings.queries import tag_of
from congso.apps.meetings.tests.factories import (
    as_one,
    closed,
    convened,
    do,
    item,
    opened,
    part,
    running,
    see,
)
from congso.kernel.files.models import Upload

pytestmark = pytest.mark.django_db

FORM = {
    "title": "Họp Thường trực", "forum": "TT", "kind": "regular", "day": "24/11/2026", "begins": "08:00",
    "ends": "10:00", "place": "Phòng số 2", "from_programme": "on",
}  # fmt: skip


def test_a_clerk_prepares_and_calls(world, clock, signed_in):
    client = signed_in("clerk")
    for address in ("/hop/", "/hop/?scope=all", "/hop/?scope=answer", "/hop/moi/"):
        assert client.get(address).status_code == 200, address
    form = FORM | {"body": world.organizations["TU"], "chair": f"#{world.secretary}", "secretary": f"#{world.tracker}"}
    assert client.post("/hop/moi/", form | {"ends": "07:00"}).status_code == 422
    assert client.post("/hop/moi/", form).status_code == 302
    with as_one(world, "clerk"):
        made = Meeting.objects.get(title="Họp Thường trực")
    base = f"/hop/{made.pk}/"
    for page in ("", "sua/", "thanh-phan/", "noi-dung-moi/", "giay-moi/"):
        assert client.get(base + page).status_code == 200, page
    assert client.post(f"{base}noi-dung-moi/", {"title": "Báo cáo", "minutes_planned": 15}).status_code == 302
    people = {"members": f"#{world.secretary} x\n#{world.head} y", "attending": f"#{world.agency_leader}"}
    assert client.post(f"{base}thanh-phan/", people).status_code == 302
    assert client.post(f"{base}thanh-phan/", {"members": "không số"}).status_code == 422
    assert client.post(f"{base}convene/").status_code == 302
    assert see(world, "head", made).state == "convened"
    assert client.get(f"{base}giay-moi/?dang=word").getvalue()[:2] == b"PK"
    assert client.post(f"{base}sua/", form | {"place": "Hội trường"}).status_code == 422  # a reason is missing
    assert client.post(f"{base}sua/", form | {"place": "Hội trường", "reason": "Đông người"}).status_code == 302


def test_a_member_answers_and_whoever_convened_decides(world, clock, signed_in):
    made = convened(world)
    client, base = signed_in("head"), f"/hop/{made.pk}/"
    assert client.get(base).status_code == 200
    assert client.get(f"{base}tra-loi/").status_code == 200
    assert client.post(f"{base}tra-loi/", {"answer": "absent"}).status_code == 422
    form = {"answer": "delegate", "delegate": f"#{world.specialist}", "mandate": "Dự và báo cáo lại"}
    assert client.post(f"{base}tra-loi/", form).status_code == 302
    with as_one(world, "clerk"):
        asked = Reply.objects.get()
    decide = f"{base}du-thay/{asked.pk}/"
    assert client.get(decide).status_code == 404
    chair = signed_in("secretary")
    assert "Vũ Thí Dụ" in chair.get(base).content.decode()
    assert chair.get(decide).status_code == 200
    assert chair.post(decide, {"refuse": "1"}).status_code == 422
    assert chair.post(decide, {}).status_code == 302
    assert part(world, made, "specialist").replaces_id


def test_papers_are_brought_read_and_noted_on(world, clock, signed_in):
    made = convened(world)
    first = item(world, made)
    address = f"/hop/noi-dung/{first.pk}/"
    guest = signed_in("stranger")
    assert guest.get(address).status_code == 200
    assert guest.get(f"/hop/{made.pk}/").status_code == 404
    assert guest.get(f"{address}giay-moi/").status_code == 200
    assert guest.get(f"{address}tai-lieu/").status_code == 404
    preparer = signed_in("agency_clerk")
    assert preparer.get(f"{address}tai-lieu/").status_code == 200
    file = SimpleUploadedFile("bao-cao.pdf", b"%PDF-1.4 x")
    assert preparer.post(f"{address}tai-lieu/", {"title": "Báo cáo", "file": file}).status_code == 302
    with as_one(world, "agency_clerk"):
        assert Upload.objects.get().purpose == "meetings"
    with as_one(world, "head"):
        version = bring_version(world, first)
    reader = signed_in("head")
    assert reader.post(f"{address}ghi-chu/", {"version": version, "page": "1", "text": "Hỏi"}).status_code == 302
    assert "Hỏi" in reader.get(address).content.decode()
    assert "Hỏi" not in signed_in("clerk").get(address).content.decode()
    assert reader.post(f"{address}ghi-chu/", {"version": "x", "text": "y"}).status_code == 302
    office = signed_in("clerk")
    for page in ("sua/", "khach/", "drop/"):
        assert office.get(address + page).status_code == 200, page
    names = {"people": f"#{world.stranger}", "names": "Ông A, Giám đốc\nBà B"}
    assert office.post(f"{address}khach/", names).status_code == 302


def test_places_of_a_page_are_marked_for_oneself_alone(world, clock, signed_in):
    made = convened(world)
    first = item(world, made)
    address, version = f"/hop/noi-dung/{first.pk}/", bring_version(world, first)
    box = {"version": version, "page": "1", "left": "10.5", "top": "20", "width": "50", "height": "4.25"}
    reader = signed_in("head")
    assert reader.post(f"{address}danh-dau/", box).status_code == 201
    for wrong in (
        {"width": "0"}, {"left": "nan"}, {"left": "60", "width": "60"}, {"page": "0"}, {"top": "x"}, {"height": "inf"},
    ):  # fmt: skip
        refused = reader.post(f"{address}danh-dau/", box | wrong)
        assert refused.status_code == 422, wrong
        assert refused.json()["message"]
    assert reader.post(f"{address}danh-dau/", box | {"version": "999999"}).status_code == 404
    assert 'data-left="10.50"' in reader.get(address).content.decode()
    for other in ("secretary", "clerk"):
        assert 'data-left="' not in signed_in(other).get(address).content.decode()
    do(world, "clerk", services.withdraw_item, first)
    assert reader.post(f"{address}danh-dau/", box).status_code == 422


def bring_version(world, first):
    return see(world, "head", first).papers.all()[0].versions.all()[0].pk


def test_a_phone_before_the_code(world, clock, signed_in):
    made = convened(world)
    assert signed_in("head").get(f"/hop/{made.pk}/man-hinh/ma/").status_code == 404
    screen = signed_in("clerk")
    assert screen.get(f"/hop/{made.pk}/man-hinh/ma/")["Content-Type"] == "image/svg+xml"
    with as_one(world, "clerk"):
        code = services.room_code(see(world, "clerk", made))
    phone, address = signed_in("head"), f"/hop/{made.pk}/co-mat/{code}/"
    page = phone.get(address).content.decode()
    with as_one(world, "clerk"):
        before = Event.objects.count()
    given = page.partition('name="given" value="')[2].partition('"')[0]
    assert phone.post(address, {"given": given}).status_code == 302
    assert phone.post(address, {"given": "giả"}).status_code == 422
    assert phone.get(f"/hop/{made.pk}/co-mat/giả/").status_code == 422
    assert signed_in("stranger").get(address).status_code == 404
    with as_one(world, "clerk"):
        assert Event.objects.count() == before + 1


def test_the_room_tells_only_what_is_new_and_takes_presses(world, clock, signed_in):
    made = running(world)
    first, base = item(world, made), f"/hop/{made.pk}/"
    member, chair = signed_in("agency_leader"), signed_in("secretary")
    for page in ("phong-hop/", "man-hinh/", "diem-danh/"):
        assert member.get(base + page).status_code == 200, page
        assert chair.get(base + page).status_code == 200, page
    with as_one(world, "agency_leader"):
        tag = tag_of(made.pk)
    for part_of in ("phong-hop/phan/", "man-hinh/phan/"):
        assert member.get(f"{base}{part_of}?biet={tag}").status_code == 204
        assert member.get(f"{base}{part_of}?biet=0").status_code == 200
        assert signed_in("stranger").get(f"{base}{part_of}?biet=0").status_code == 404
    for _press in range(2):
        assert member.post(f"{base}phat-bieu/", {"item": first.pk}).status_code == 302
    with as_one(world, "agency_leader"):
        waiting = Speech.objects.get()
    assert member.get(f"{base}phong-hop/phan/?biet={tag}").status_code == 200
    assert chair.post(f"{base}phat-bieu/{waiting.pk}/moi/").status_code == 302
    assert chair.post(f"{base}phat-bieu/{waiting.pk}/xong/").status_code == 302
    assert chair.post(f"{base}phat-bieu/{waiting.pk}/gi-do/").status_code == 404
    assert member.post(f"{base}y-kien/", {"item": first.pk, "text": "Đồng ý"}).status_code == 302
    assert member.post(f"{base}y-kien/", {"item": "x", "text": "Đồng ý"}).status_code == 302
    with as_one(world, "agency_leader"):
        said = Opinion.objects.get()
    assert member.get(f"{base}y-kien/{said.pk}/").status_code == 200
    assert chair.get(f"{base}y-kien/{said.pk}/").status_code == 404
    assert member.post(f"{base}y-kien/{said.pk}/", {"text": "Đồng ý, bổ sung"}).status_code == 302
    assert chair.post(f"/hop/noi-dung/{first.pk}/end/", {"room": "1"}).status_code == 302
    here = f"{base}diem-danh/{part(world, made, 'head').pk}/"
    assert member.get(here).status_code == 404
    assert chair.post(here, {"now": "came"}).status_code == 302
    assert chair.get(here).status_code == 200
    assert chair.post(here, {"kind": "void", "reason": ""}).status_code == 422
    assert chair.post(here, {"kind": "void", "reason": "Ghi nhầm"}).status_code == 302


def test_minutes_conclusions_and_their_papers(world, clock, signed_in):
    made = closed(world)
    secretary, base = signed_in("tracker"), f"/hop/{made.pk}/"
    first = item(world, made)
    assert secretary.post(f"/hop/noi-dung/{first.pk}/dien-bien/", {"summary": "Thảo luận"}).status_code == 302
    assert secretary.post(f"{base}bien-ban/loi/", {"opening": "Tuyên bố lý do", "closing": ""}).status_code == 302
    point = {"text": "Giao Ban Tổ chức", "lead": "T.BTC", "due_on": "31/12/2026"}
    assert secretary.post(f"{base}ket-luan/moi/", point | {"due_on": ""}).status_code == 422
    assert secretary.post(f"{base}ket-luan/moi/", point).status_code == 302
    assert secretary.post(f"{base}circulate/").status_code == 302
    member = signed_in("agency_leader")
    assert member.get(f"{base}bien-ban/").status_code == 200
    assert member.get(f"{base}ket-luan/moi/").status_code == 404
    assert member.post(f"{base}bien-ban/gop-y/", {"text": "Bổ sung"}).status_code == 302
    remark = see(world, "tracker", made).remarks.get().pk
    assert secretary.get(f"{base}bien-ban/gop-y/{remark}/").status_code == 200
    assert secretary.post(f"{base}bien-ban/gop-y/{remark}/", {"handling": "taken"}).status_code == 302
    assert secretary.post(f"{base}sign/").status_code == 302
    page = secretary.get(f"{base}bien-ban/").content.decode()
    assert "Tuyên bố lý do" in page
    assert "thời hạn: 31/12/2026" in page
    assert secretary.get(f"{base}bien-ban/?dang=word").getvalue()[:2] == b"PK"
    assert signed_in("chief").post(f"{base}task/").status_code == 302
    assert signed_in("chief").post(f"{base}notice/").status_code == 302
    assert signed_in("secretary").post(f"{base}conclude/").status_code == 302
    held = see(world, "head", made)
    assert held.state == "concluded"
    assert see(world, "chief", made).notice_id


@pytest.mark.parametrize(("page", "most"), [("", 47), ("phong-hop/phan/?biet=0", 33), ("diem-danh/", 27)])
def test_pages_ask_the_same_of_large_meetings(world, signed_in, django_assert_max_num_queries, page, most):
    made = opened(world, items=6)
    client = signed_in("agency_leader")
    client.get(f"/hop/{made.pk}/{page}")
    with django_assert_max_num_queries(most):
        assert client.get(f"/hop/{made.pk}/{page}").status_code == 200


def test_a_page_that_is_up_to_date_costs_next_to_nothing(world, clock, signed_in, django_assert_max_num_queries):
    made = opened(world)
    client = signed_in("agency_leader")
    with as_one(world, "agency_leader"):
        tag = tag_of(made.pk)
    client.get(f"/hop/{made.pk}/phong-hop/phan/?biet={tag}")
    with django_assert_max_num_queries(14):
        assert client.get(f"/hop/{made.pk}/phong-hop/phan/?biet={tag}").status_code == 204


def test_the_calendar_and_the_home_know_of_it(world, clock, signed_in):
    made = convened(world)
    assert made.title in signed_in("head").get("/lich/").content.decode()
    assert made.title in signed_in("head").get("/").content.decode()
