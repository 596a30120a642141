"""The directory for other software, as of a day."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from congso.apps.organizations.tests.test_pages import merged

pytestmark = pytest.mark.django_db


def test_the_chart_of_a_day(signed_in, world):
    client = signed_in("stranger")
    today = client.get("/api/v1/organizations/organizations?limit=3").json()
    assert today["count"] == len(world.organizations)
    assert [one["code"] for one in today["items"]] == ["T.BTC", "T.XA", "T.CDS"]
    assert client.get("/api/v1/organizations/organizations?day=2025-06-30").json() == {"items": [], "count": 0}


def test_an_organization_is_told_with_what_became_of_it(signed_in, world):
    merged(world)
    client = signed_in("stranger")
    told = client.get("/api/v1/organizations/organizations/T.BTC").json()
    assert told["valid_to"] == f"{timezone.localdate():%Y-%m-%d}"
    assert told["successors"][0]["organizations"] == ["T.VPTU"]
    assert "đã kết thúc" in told["addressing_problem"]
    assert client.get("/api/v1/organizations/organizations/T.KHONG").status_code == 404


def test_the_phone_book_and_finding(signed_in, world):
    client = signed_in("stranger")
    book = client.get("/api/v1/organizations/assignments?organization=T.VPTU").json()
    assert {one["full_name"] for one in book["items"]} >= {"Trần Thử Chánh", "Nguyễn Ví Dụ"}
    assert client.get("/api/v1/organizations/find?q=tran thu").json()["people"] == [world.chief]


def test_nobody_reads_it_without_signing_in(client):
    assert client.get("/api/v1/organizations/organizations").status_code == 401


def test_a_longer_answer_asks_no_more_questions(signed_in, world, django_assert_max_num_queries):
    client = signed_in("stranger")
    for address in ("organizations", "assignments"):
        with CaptureQueriesContext(connection) as asked:
            client.get(f"/api/v1/organizations/{address}?limit=1")
        with django_assert_max_num_queries(len(asked)):
            client.get(f"/api/v1/organizations/{address}?limit=100")
