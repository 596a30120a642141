"""REST: the same services and permissions as the pages, refusals as problem answers."""

import json

import pytest

from congso.apps.dossiers.tests import factories as made

pytestmark = pytest.mark.django_db
BASE = "/api/v1/dossiers/"


def sent(client, address: str, **facts):
    return client.post(address, json.dumps(facts), content_type="application/json")


def test_a_dossier_is_opened_filled_and_closed_by_software(world, signed_in):
    client = signed_in("head")
    unit = world.organizations["TH"]
    opened = sent(client, BASE, unit=unit, symbol="09-TH", title="Hồ sơ thử", retention="y10")
    assert opened.status_code == 201
    pk = opened.json()["id"]
    record = made.document(world)
    filed = sent(client, f"{BASE}{pk}/documents", records=[record.pk])
    assert filed.json() == {"added": 1, "known": 0}
    assert sent(client, f"{BASE}{pk}/documents", records=[record.pk]).json() == {"added": 0, "known": 1}
    refused = sent(client, f"{BASE}{pk}/close", note="")
    assert (refused.status_code, refused.json()["code"]) == (422, "refused")
    found = client.get(f"{BASE}{pk}").json()
    assert found["gaps"]
    assert found["documents"][0]["record_id"] == record.pk
    assert pk in [one["id"] for one in client.get(BASE).json()["items"]]


def test_strangers_find_nothing_and_bad_input_is_told(world, signed_in):
    dossier = made.filled(world)
    stranger = signed_in("stranger")
    assert stranger.get(f"{BASE}{dossier.pk}").status_code == 404
    assert stranger.get(BASE).json()["items"] == []
    assert (
        sent(stranger, BASE, unit=world.organizations["TH"], symbol="1", title="x", retention="y10").status_code == 403
    )
    head = signed_in("head")
    unit = world.organizations["TH"]
    assert sent(head, BASE, unit=unit, symbol="1", title="x", retention="không").status_code == 422
    assert sent(head, BASE, unit=unit, symbol="1", title="x", retention="y10", mode="03").status_code == 422
    assert sent(head, f"{BASE}{dossier.pk}/reopen", note="x").status_code in {403, 409}


def test_the_search_room_is_asked_by_software(world, signed_in):
    dossier = made.archived(world)
    client = signed_in("stranger")
    found = client.get(f"{BASE}cards?q=chuyen doi so").json()["items"]
    assert [one["dossier_id"] for one in found] == [dossier.pk]
    wish = sent(client, f"{BASE}cards/{dossier.pk}/readings", way="read", purpose="Nghiên cứu")
    assert (wish.status_code, wish.json()["state"]) == (201, "asked")
    assert sent(client, f"{BASE}cards/{dossier.pk}/readings", way="steal", purpose="x").status_code == 422
