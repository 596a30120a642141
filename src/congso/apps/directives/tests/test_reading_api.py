"""Readings over REST: started, listed, corrected, confirmed, handed out; refused and hidden as on the screens."""

import pytest

from congso.apps.directives.tests.reading_factories import COMMUNES, ready, rows_of, source_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]
READINGS = "/api/v1/directives/readings"


def send(client, method: str, address: str, **facts):
    return getattr(client, method)(address, facts, content_type="application/json")


def test_a_document_is_read_once_however_often_it_is_asked(signed_in, world):
    chief, source = signed_in("chief"), source_of(world)
    facts = {"source": source.pk, "organization": "T.VPTU"}
    first, second = (send(chief, "post", READINGS, **facts) for _ in range(2))
    assert (first.status_code, second.json()["id"]) == (201, first.json()["id"])
    assert chief.get(f"{READINGS}/{first.json()['id']}").json()["state"] == "reading"


def test_rows_are_listed_corrected_confirmed_dropped_and_handed_out(signed_in, world):
    reading, chief = ready(world), signed_in("chief")
    at = f"{READINGS}/{reading.pk}"
    rows = chief.get(f"{at}/proposals", {"show": "look"}).json()["items"]
    assert (rows[0]["clause"], rows[0]["doubts"]) == ("III.2", ["Chủ trì: Không có đơn vị nào tên “Ban lạ”."])
    corrected = send(
        chief, "put", f"{at}/proposals/{rows[0]['id']}", text="Tập huấn", lead=["T.MT"], due="2026", is_confirmed=True
    )
    assert (corrected.json()["state"], corrected.json()["lead"]["codes"]) == ("confirmed", ["T.MT"])
    ids = [row.pk for row in rows_of(world, reading)]
    assert send(chief, "post", f"{at}/confirm", ids=ids[:3]).json()["counts"]["confirmed"] == 4
    assert send(chief, "post", f"{at}/drop", ids=ids[4:], reason="Chỉ tiêu").json()["counts"]["dropped"] == 1
    assert send(chief, "post", f"{at}/restore", ids=ids[4:]).json()["counts"]["dropped"] == 0
    given = {"ids": ids[:4], "source_symbol": "16-KH/TU", "leads": {COMMUNES: "T.XA"}}
    assert len(send(chief, "post", f"{at}/hand-out", **given).json()["tasks"]) == 4
    assert send(chief, "post", f"{at}/hand-out", **given).status_code in (403, 409, 422)


def test_what_cannot_be_done_is_said_as_a_problem(signed_in, world):
    reading, chief = ready(world), signed_in("chief")
    at = f"{READINGS}/{reading.pk}"
    unknown = rows_of(world, reading)[3].pk
    refused = send(chief, "post", f"{at}/confirm", ids=[unknown])
    assert refused.status_code in (409, 422)
    assert "Ban lạ" in refused.json()["message"]
    wrong = send(chief, "put", f"{at}/proposals/{unknown}", text="x", lead=["không có"])
    assert wrong.status_code == 404
    for due in ("mai", "2026-02-30", "0000"):
        assert send(chief, "put", f"{at}/proposals/{unknown}", text="x", lead=[], due=due).status_code == 422


@pytest.mark.parametrize("who", ["stranger", "agency_leader", "clerk", "specialist"])
def test_for_others_a_reading_is_not_there(signed_in, world, who):
    reading, client = ready(world), signed_in(who)
    at = f"{READINGS}/{reading.pk}"
    assert client.get(at).status_code == 404
    assert client.get(f"{at}/proposals").status_code == 404
    assert send(client, "post", f"{at}/confirm", ids=[1]).status_code == 404
