"""The screens over HTTP: an entry's way, clashes told at once, the week with what others plan, hostile requests."""

import pytest

from congso.apps.schedule.models import Entry, Thing
from congso.apps.schedule.tests.factories import approved, as_one, at, make, published, room

pytestmark = pytest.mark.django_db


def page(response) -> str:
    return response.content.decode()


def posted(world, **more) -> dict[str, object]:
    told = {
        "title": "Họp giao ban", "day": "26/11/2026", "begins": "09:00", "ends": "10:00",
        "chair": f"#{world.secretary} Lê Mẫu Bí Thư", "people": f"#{world.head} Phạm Mẫu Trưởng", "units": "T.BTC",
        "calendar": world.organizations["TU"], "unit": world.organizations["VPTU"], "place": "Phòng 1",
    }  # fmt: skip
    return told | more


def test_an_entry_is_proposed_approved_published_and_printed(world, clock, signed_in):
    clerk, chief = signed_in("clerk"), signed_in("chief")
    assert clerk.post("/lich/dang-ky/", posted(world, title="")).status_code == 422
    made = clerk.post("/lich/dang-ky/", posted(world, propose="1"))
    assert made.status_code == 302, page(made)
    where = made.url
    assert "Chờ duyệt" in page(clerk.get(where))
    assert "Lịch chờ duyệt" in page(chief.get("/"))
    assert chief.post(f"{where}approve/", {"note": "", "accept": ""}).status_code == 302
    with as_one(world, "chief"):
        committee = world.organizations["TU"]
    week = f"/lich/?lich={committee}&ngay=2026-11-26"
    assert "Công bố lịch tuần" in page(chief.get(week))
    assert chief.post("/lich/cong-bo/", {"lich": committee, "ngay": "2026-11-26"}).status_code == 302
    assert "Họp giao ban" in page(signed_in("tracker").get(week))
    sheet = page(chief.get(f"/lich/to-in/?lich={committee}&ngay=2026-11-26"))
    assert "Lê Mẫu Bí Thư" in sheet
    assert "18/10" in sheet  # the lunar day
    assert chief.get(f"/lich/to-in/?lich={committee}&ngay=2026-11-26&dang=word").content[:2] == b"PK"
    change = posted(world, begins="14:00", ends="15:00", reason="Dời giờ", accept="")
    assert chief.post(f"{where}sua/", change).status_code == 302
    assert "09:00 26/11/2026" in page(signed_in("head").get(where))


def test_clashes_and_free_hours_are_told_while_one_writes(world, clock, signed_in):
    one = room(world)
    approved(world, people=("head",), things=(one,), title="Việc kín", is_private=True)
    told = page(signed_in("agency_clerk").post("/lich/kiem-tra/", posted(world, calendar="", unit="")))
    assert "Phạm Mẫu Trưởng" in told
    assert "Bận" in told
    assert "Việc kín" not in told
    assert "Giờ trống gần nhất" in told
    assert "Chưa thấy trùng" in page(
        signed_in("clerk").post("/lich/kiem-tra/", posted(world, begins="15:00", ends="16:00"))
    )


def test_free_hours_lead_to_a_new_entry(world, clock, signed_in):
    approved(world, people=("head",), starts=at(7, 30), hours=4)
    clerk = signed_in("clerk")
    asked = {"people": f"#{world.head} Phạm Mẫu Trưởng", "first": "26/11/2026", "days": 1, "minutes": 60}
    found = page(clerk.get("/lich/gio-trong/", asked))
    assert "13:30–14:30" in found
    assert "07:30–08:30" not in found
    new = page(clerk.get("/lich/dang-ky/?ngay=26/11/2026&tu=13:30&den=14:30"))
    assert 'value="13:30"' in new


def test_things_are_listed_by_their_keepers(world, clock, signed_in):
    clerk = signed_in("clerk")
    told = {"organization": world.organizations["VPTU"], "kind": "vehicle", "name": "Xe 24A-001", "is_in_use": "on"}
    assert clerk.post("/lich/do-dung/moi/", told).status_code == 302
    assert clerk.post("/lich/do-dung/moi/", told).status_code == 422
    with as_one(world, "clerk"):
        one = Thing.objects.get()
    assert "Xe 24A-001" in page(clerk.get("/lich/do-dung/"))
    assert signed_in("agency_clerk").get(f"/lich/do-dung/{one.pk}/").status_code == 404
    told["is_in_use"] = ""
    assert clerk.post(f"/lich/do-dung/{one.pk}/", told).status_code == 302
    assert "Xe 24A-001" not in page(clerk.get("/lich/do-dung/"))


def test_a_repeated_entry_is_made_and_proposed_on_one_page(world, clock, signed_in):
    told = posted(world, repeat="weekly", until="17/12/2026", on_day_off="skip", propose="1")
    assert signed_in("clerk").post("/lich/dang-ky/", told).status_code == 302
    with as_one(world, "chief"):
        assert list(Entry.objects.values_list("state", flat=True)) == ["proposed"] * 4


def test_pages_ask_a_bounded_number_of_questions(world, clock, signed_in, django_assert_max_num_queries):
    for place in range(8):
        published(world, starts=at(8 + place, day=25 + place % 3), people=("head", "other_head"))
    made = make(world)
    chief, clerk = signed_in("chief"), signed_in("clerk")
    committee = world.organizations["TU"]
    for client, address, most in (
        (chief, f"/lich/?lich={committee}&ngay=2026-11-26", 45), (chief, "/lich/thang/?ngay=2026-11-26", 45),
        (clerk, f"/lich/{made.pk}/", 50), (clerk, "/lich/dang-ky/", 45), (clerk, "/lich/do-dung/", 35),
    ):  # fmt: skip
        client.get(address)
        with django_assert_max_num_queries(most):
            client.get(address)


def test_hostile_requests_are_answered_in_words_and_change_nothing(world, clock, signed_in):
    made, clerk, stranger = make(world), signed_in("clerk"), signed_in("stranger")
    for bad in (
        {"day": "31/02/2026"}, {"begins": "25:99"}, {"ends": "08:00"}, {"chair": "#99999999999999999999"},
        {"people": "ai đó"}, {"units": "KHONG.CO"}, {"online_url": "javascript:alert(1)"}, {"title": "x\x00"},
        {"repeat": "weekly", "until": ""}, {"repeat": "weekly", "until": "01/01/2100"}, {"calendar": "9" * 30},
        {"people": "\n".join(["#1"] * 300)}, {"last_day": "01/01/2199"},
    ):  # fmt: skip
        answer = clerk.post("/lich/dang-ky/", posted(world, **bad))
        assert answer.status_code == 422, bad
    for address in ("?ngay=x", "?lich=99999999999999999999&ngay=0001-01-01", "thang/?ngay=2199-12-31", "to-in/?lich=x"):
        assert clerk.get(f"/lich/{address}").status_code in (200, 302)
    assert clerk.get("/lich/gio-trong/?people=%00&first=x&days=99").status_code == 422
    assert stranger.post("/lich/cong-bo/", {"lich": world.organizations["TU"]}).status_code == 404
    for address in ("", "sua/", "approve/", "propose/"):
        assert stranger.get(f"/lich/{made.pk}/{address}").status_code == 404
    with as_one(world, "clerk"):
        assert Entry.objects.count() == 1
