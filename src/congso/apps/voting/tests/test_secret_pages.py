"""The screens of a secret ballot: keys, the voter's page, the box that sends sessions back, the opening."""

import json

import pytest
from django.test import Client

from congso.apps.voting import services
from congso.apps.voting.sealing import public_bytes, receipt_of
from congso.apps.voting.tests import voter
from congso.apps.voting.tests.factories import COUNTERS, VOTERS, do, prepare, see
from congso.apps.voting.tests.secret_world import RULE, allow, collecting, handing_out, put, slip_of, take_paper

pytestmark = pytest.mark.django_db
MOST_QUERIES = 45  # of the ballot's page, whatever the number of voters and slips


@pytest.fixture(autouse=True)
def allowed(world, clock):
    allow(world)


def facts_of(page: str) -> dict:
    """What the voter's page tells its script."""
    return json.loads(page.partition('id="ballot-facts" type="application/json">')[2].partition("</script>")[0])


def test_the_committee_makes_keys_and_a_voter_takes_her_paper(world, signed_in):
    made = prepare(world, rule=RULE, method="secret", is_personnel=True)
    for who in COUNTERS:
        client, address = signed_in(who), f"/bieu-quyet/{made.pk}/khoa/"
        assert client.get(address).status_code == 200
        assert client.post(address, {"public": "xyz"}).status_code == 422
        assert client.post(address, {"public": public_bytes(voter.new_key()).hex()}).status_code == 302
    assert signed_in("clerk").get(f"/bieu-quyet/{made.pk}/khoa/").status_code == 404
    do(world, "clerk", services.open_ballot, see(world, "clerk", made))
    client = signed_in("head")
    facts = facts_of(client.get(f"/bieu-quyet/{made.pk}/phieu/").content.decode())
    assert (facts["state"], facts["has_paper"], len(facts["keys"])) == ("open", False, 3)
    paper = voter.blind_paper(bytes.fromhex(facts["modulus"]), bytes.fromhex(facts["box"]))
    for _press in range(2):
        answer = client.post(facts["take_url"], {"blinded": paper.blinded.hex()})
        assert len(answer.json()["signature"]) == 512
    assert client.post(facts["take_url"], {"blinded": "00" * 256}).status_code == 422
    assert signed_in("clerk").get(f"/bieu-quyet/{made.pk}/phieu/").status_code == 404
    assert client.post(f"/bieu-quyet/{made.pk}/phieu/", {"choice": "yes"}).status_code == 404


def test_the_box_knows_nobody(world, signed_in):
    held = collecting(world, takers=VOTERS[:3])
    address, slip = f"/bieu-quyet/hom/{held.address}/", slip_of(held, "secretary", "yes")
    kind = "application/octet-stream"
    assert signed_in("secretary").post(address, slip, content_type=kind).status_code == 403
    nobody = Client(enforce_csrf_checks=True)
    answer = nobody.post(address, slip, content_type=kind)
    assert answer.json()["receipt"] == receipt_of(slip)
    assert not answer.cookies
    assert nobody.get(address).json() == {"state": "collecting", "receipts": None}
    for wrong in (b"", b"x" * 5000, slip[::-1]):
        assert nobody.post(address, wrong, content_type=kind).status_code == 403
    assert nobody.get("/bieu-quyet/hom/00000000-0000-4000-8000-000000000000/").status_code == 404


def test_opening_result_and_recount(world, signed_in, django_assert_max_num_queries):
    held = handing_out(world)
    base = f"/bieu-quyet/{held.ballot.pk}/"
    clerk = signed_in("clerk")
    for who in VOTERS[:3]:
        take_paper(world, held, who)
    assert clerk.post(f"{base}close/", {}).status_code == 422
    assert clerk.post(f"{base}collect/").status_code == 302
    slips = [slip_of(held, who, "yes") for who in VOTERS[:3]]
    for slip in slips:
        put(held, slip)
    with django_assert_max_num_queries(MOST_QUERIES):
        assert "Phiếu trong hòm" in clerk.get(base).content.decode()
    assert clerk.post(f"{base}close/").status_code == 302
    assert clerk.get(f"{base}kiem-lai/").status_code == 404
    for who, words in ((COUNTERS[0], "Chờ thành viên khác"), (COUNTERS[2], "Được thông qua")):
        client, raw = signed_in(who), held.keys[who].private_bytes_raw().hex()
        assert client.get(f"{base}mo-hom/").status_code == 200
        assert client.post(f"{base}mo-hom/", {"key": "zz"}).status_code == 422
        spaced = " ".join(raw[at : at + 4] for at in range(0, 64, 4))
        assert words in client.post(f"{base}mo-hom/", {"key": spaced}, follow=True).content.decode()
    told = signed_in("secretary").get(f"{base}kiem-lai/").json()
    assert told["choices"] == ["yes"] * 3
    assert Client().get(f"/bieu-quyet/hom/{held.address}/").json()["receipts"] == sorted(map(receipt_of, slips))
    with django_assert_max_num_queries(MOST_QUERIES):
        assert "Dữ liệu kiểm lại" in clerk.get(base).content.decode()
