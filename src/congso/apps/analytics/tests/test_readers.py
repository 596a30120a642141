"""An indicator's owner lets another organization read every unit's figures."""

from typing import Any

import pytest

from congso.apps.analytics.tests import factories
from congso.kernel.access.services import acting_as
from congso.kernel.indicators.models import Readership
from congso.kernel.journal.models import Entry

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


def address(world: Any) -> str:
    return f"/phan-tich/chi-tieu/{factories.indicator(world, is_open=False).code}/"


def test_the_owners_people_let_an_organization_in_once_and_it_is_told(world: Any, signed_in: Any) -> None:
    shown = address(world)
    clerk = signed_in("clerk")
    assert "Cho cơ quan khác đọc số liệu" in clerk.get(shown).content.decode()
    assert "suggest.js" in clerk.get(f"{shown}nguoi-doc/").content.decode()
    for _ in range(2):
        assert clerk.post(f"{shown}nguoi-doc/", {"organization": "T.BTC"})["Location"] == shown
    assert world.organization("BTC").name in clerk.get(shown).content.decode()
    with acting_as(factories.by(world, "clerk")):
        assert Readership.objects.count() == 1
    with acting_as(factories.by(world, "auditor")):
        assert Entry.objects.filter(act="indicators.let_read").count() == 1


def test_who_was_let_in_is_let_out_again_and_reads_nothing_more(world: Any, signed_in: Any) -> None:
    shown = address(world)
    clerk = signed_in("clerk")
    clerk.post(f"{shown}nguoi-doc/", {"organization": "T.BTC"})
    stop = {"stop": world.organization("BTC").pk}
    assert f'name="stop" value="{stop["stop"]}"' in clerk.get(f"{shown}nguoi-doc/").content.decode()
    assert signed_in("stranger").post(f"{shown}nguoi-doc/", stop).status_code == 404
    assert clerk.post(f"{shown}nguoi-doc/", stop)["Location"] == f"{shown}nguoi-doc/"
    with acting_as(factories.by(world, "clerk")):
        assert not Readership.objects.exists()
    with acting_as(factories.by(world, "auditor")):
        assert Entry.objects.filter(act="indicators.stop_reading").count() == 1
    for hostile in (stop["stop"], "", "x" * 500, "-1"):
        assert clerk.post(f"{shown}nguoi-doc/", {"stop": hostile}).status_code == 404


def test_nobody_else_lets_anybody_in(world: Any, signed_in: Any) -> None:
    shown = address(world)
    for who in ("stranger", "agency_leader", "commune_leader"):
        client = signed_in(who)
        assert client.post(f"{shown}nguoi-doc/", {"organization": "T.BTC"}).status_code == 404
    with acting_as(factories.by(world, "clerk")):
        assert not Readership.objects.exists()


@pytest.mark.parametrize("typed", ["", "T.KHONG", "x" * 500])
def test_what_is_no_organization_is_said_so(world: Any, signed_in: Any, typed: str) -> None:
    answer = signed_in("clerk").post(f"{address(world)}nguoi-doc/", {"organization": typed})
    assert answer.status_code == 422
