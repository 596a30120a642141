"""The bell, opened: by day and record, narrowed, read and taken back; how one wants to be told; the same by REST."""

import json
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from congso.kernel.web.notices import PAGE
from congso.kernel.web.tests.sample import make_slip

LIST = "/thong-bao/"


@pytest.fixture
def slip(db, world):
    return make_slip(world.chief, world.organizations["VPTU"], world.organizations["TH"], title="Việc để báo")


def shown(client, query=""):
    return client.get(LIST + query).content.decode()


def test_the_list_is_by_day_and_record_with_what_was_told(signed_in, slip):
    page = shown(signed_in("head"))
    assert "Hôm nay" in page
    assert f'href="/mau/{slip.pk}/"' in page
    assert "Chuyển đơn vị" in page


def test_reading_all_can_be_taken_back(signed_in, slip):
    client = signed_in("head")
    told = client.post(LIST + "da-doc/", {"back": LIST}, follow=True)
    assert "Đã đánh dấu đã đọc 1 thông báo" in told.content.decode()
    undo = told.context["undo"]
    assert "Thông báo: 0 chưa đọc" in shown(client)
    client.post(LIST + "chua-doc/", {"undo": undo, "back": LIST})
    assert "Thông báo: 1 chưa đọc" in shown(client)


def test_one_record_is_marked_alone_and_the_narrowing_stays(signed_in, slip, world):
    other = make_slip(world.chief, world.organizations["VPTU"], world.organizations["TH"], title="Việc khác")
    client = signed_in("head")
    notice = client.get(LIST).context["days"][0].groups[-1].notices[0]
    assert notice.record_id == slip.pk
    answer = client.post(LIST + "da-doc/", {"notice": notice.pk, "back": LIST + "?show=unread"}, follow=True)
    assert answer.redirect_chain[0][0].startswith(LIST + "?show=unread&undo=")
    page = answer.content.decode()
    assert f"/mau/{other.pk}/" in page
    assert f'notice-record" href="/mau/{slip.pk}/' not in page


def test_what_waits_for_the_person_and_kinds_narrow_the_list(signed_in, slip):
    client = signed_in("head")
    assert "Việc để báo" in shown(client, "?show=waiting&kind=assigned")
    assert "Không có thông báo nào như vậy" in shown(client, "?kind=reminder")
    client.post(f"/mau/{slip.pk}/finish/")
    assert "Việc để báo" not in shown(client, "?show=waiting")


@pytest.mark.parametrize(
    "query",
    ["?before=x", "?before=9-9-9", "?before=²-1", "?kind=%00", "?show=x&undo=<b>", "?before=99999999999999999-1"],
)
def test_nothing_in_the_address_breaks_the_list(signed_in, db, query):
    assert "Thông báo" in shown(signed_in("head"), query)


@pytest.mark.parametrize("field", [{"undo": "x"}, {"undo": "9" * 40}, {"notice": "x"}, {"notice": "9" * 30}, {}])
def test_marks_that_mean_nothing_change_nothing(signed_in, slip, field):
    client = signed_in("head")
    client.post(LIST + "chua-doc/", {**field, "back": "https://elsewhere.example/"})
    answer = client.post(LIST + "chua-doc/", {**field, "back": "//elsewhere.example/"})
    assert answer["Location"] == LIST


def test_pages_follow_a_key_and_cost_the_same(signed_in, world, slip, django_assert_max_num_queries):
    from congso.kernel.access.principals import person
    from congso.kernel.notify.services import notify
    from congso.kernel.web.tests.sample import as_person

    client = signed_in("head")
    with CaptureQueriesContext(connection) as one:
        client.get(LIST)
    with as_person(world.chief) as actor:
        for place in range(PAGE + 10):
            at = timezone.now() - timedelta(hours=place)
            notify(slip, principals=[person(world.head)], text=f"Lần {place}", by=actor, at=at)
    with django_assert_max_num_queries(len(one)):
        first = client.get(LIST)
    assert sum(len(group.notices) for day in first.context["days"] for group in day.groups) == PAGE
    second = client.get(LIST + first.context["older_url"])
    assert sum(len(group.notices) for day in second.context["days"] for group in day.groups) == 11
    assert second.context["older_url"] == ""


def test_how_to_be_told_is_chosen_on_one_page_and_duty_stays(signed_in, db):
    client = signed_in("head")
    page = client.get(LIST + "cach-nhan/").content.decode()
    assert "chưa nối máy chủ thư" in page
    wish = {
        "assigned": "now", "moved": "none", "reminder": "digest", "urgent": "portal", "security": "portal",
        "frequency": "weekly", "hour": "8", "quiet_from": "21:00", "quiet_until": "06:00",
    }  # fmt: skip
    assert client.post(LIST + "cach-nhan/", wish).status_code == 302
    kept = client.get(LIST + "cach-nhan/").content.decode()
    assert '<option value="none" selected>' in kept
    assert 'value="21:00"' in kept
    refused = client.post(LIST + "cach-nhan/", {**wish, "assigned": "none"})
    assert refused.status_code == 422


def test_the_same_by_rest(signed_in, slip):
    client = signed_in("head")
    page = client.get("/api/v1/notify/notices?waiting=true").json()
    assert [(row["kind"], row["title"]) for row in page["rows"]] == [("assigned", "Việc để báo")]
    told = client.post("/api/v1/notify/notices/read", json.dumps({}), content_type="application/json").json()
    assert told["count"] == 1
    back = json.dumps({"read_at": told["read_at"]})
    again = client.post("/api/v1/notify/notices/unread", back, content_type="application/json").json()
    assert again["count"] == 1
    held = client.get("/api/v1/notify/preferences").json()
    assert held["frequency"] == "off"
    refused = client.put(
        "/api/v1/notify/preferences",
        json.dumps({**held, "ways": {"urgent": "none"}}),
        content_type="application/json",
    )
    assert refused.status_code == 422
    held["ways"]["moved"] = "now"
    kept = client.put("/api/v1/notify/preferences", json.dumps(held), content_type="application/json").json()
    assert kept["ways"]["moved"] == "now"
