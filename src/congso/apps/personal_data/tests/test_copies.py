"""A copy of one's own data: complete, one's own, for a day, after proving who one is."""

import io
import json
import zipfile
from datetime import timedelta

import pytest
from django.utils import timezone

from congso.apps.personal_data.jobs import remind
from congso.apps.personal_data.models import DataExport
from congso.apps.personal_data.services.exporting import NOT_COPIED, ask_for_copy, collect, make_copy
from congso.apps.personal_data.tests.factories import ask
from congso.kernel.access.services import Actor, acting_as
from congso.kernel.accounts.models import User
from congso.kernel.accounts.testing import PASSWORD
from congso.kernel.directory.models import Person
from congso.kernel.journal.models import Entry
from congso.kernel.personal.declared import model_of, personal_data

pytestmark = pytest.mark.django_db


def copy_of(world, who="specialist"):
    actor, now = Actor.person(getattr(world, who)), timezone.now()
    with acting_as(actor):
        export = ask_for_copy(by=actor, at=now)
        make_copy(export, by=actor, at=now)
        return export


def test_every_declared_column_of_the_person_is_in_it(protected):
    with acting_as(Actor.person(protected.administrator)):
        Person.objects.filter(pk=protected.specialist).update(phone="0214000001", email="rieng@vi-du.vn")
    ask(protected, "specialist")
    export = copy_of(protected)
    bundle = zipfile.ZipFile(io.BytesIO(bytes(export.content)))
    told = json.loads(bundle.read("du-lieu-ca-nhan.json"))
    places = {(place["place"], tuple(c["name"] for c in place["columns"])): place for place in told["places"]}
    for one in personal_data():
        if one.subject:
            place = places[one.model, one.names]
            assert all(set(row["data"]) == set(one.names) for row in place["rows"])
    whole = bundle.read("du-lieu-ca-nhan.json").decode()
    for value in ("0214000001", "rieng@vi-du.vn", "Vũ Thí Dụ", "Vì lý do riêng", "specialist"):
        assert value in whole, value
    assert "0214000001" in bundle.read("du-lieu-ca-nhan.html").decode()


def test_every_place_finds_the_persons_rows_and_nobody_elses(protected):
    ask(protected, "specialist")
    ask(protected, "head")
    with acting_as(Actor.person(protected.specialist)):
        told = collect(protected.specialist, at=timezone.now())
        rows: dict[str, list] = {}
        for place in told["places"]:
            rows.setdefault(place["place"], []).extend(place["rows"])
        for model in ("directory.Person", "directory.Assignment", "accounts.User", "records.TimelineEntry",
                      "personal_data.SubjectRequest", "journal.Entry"):  # fmt: skip
            assert rows[model], model
        own = Entry.objects.filter(actor=f"person:{protected.specialist}").count()
        assert len(rows["journal.Entry"]) == own
        user = next(place for place in told["places"] if place["place"] == "accounts.User")
        assert user["rows"][0]["data"]["password"] == NOT_COPIED
        assert [row["id"] for row in user["rows"]] == [User.objects.get(username="specialist").pk]


def test_a_secret_column_never_leaves(protected):
    for one in personal_data():
        for datum in one.data:
            if datum.name in ("password", "secret", "hash"):
                assert datum.is_secret, (one.model, datum.name)
    text = bytes(copy_of(protected).content)
    bundle = zipfile.ZipFile(io.BytesIO(text))
    with acting_as(Actor.person(protected.specialist)):
        assert User.objects.get(username="specialist").password not in bundle.read("du-lieu-ca-nhan.json").decode()


def test_it_is_its_persons_alone_and_over_after_a_day(protected, signed_in, clock):
    export = copy_of(protected)
    with acting_as(Actor.person(protected.administrator)):
        assert not DataExport.objects.exists()
    clock.shift(timedelta(hours=25))
    with acting_as(Actor.person(protected.specialist)):
        assert DataExport.objects.filter(pk=export.pk).exists()
    remind(timestamp=0)
    with acting_as(Actor.person(protected.specialist)):
        assert not DataExport.objects.exists()


def test_taking_it_asks_who_one_is_and_is_journaled(protected, signed_in, client):
    export = copy_of(protected)
    stale = signed_in("specialist")
    for address in ("/du-lieu-ca-nhan/ban-sao/", f"/du-lieu-ca-nhan/ban-sao/{export.pk}/"):
        answer = stale.get(address)
        assert (answer.status_code, "/tai-khoan/xac-minh" in answer.url) == (302, True)
    client.post("/tai-khoan/login/", {"login": "specialist", "password": PASSWORD})
    taken = client.get(f"/du-lieu-ca-nhan/ban-sao/{export.pk}/")
    assert taken["Content-Type"] == "application/zip"
    assert client.post("/du-lieu-ca-nhan/ban-sao/").status_code == 302
    with acting_as(Actor.person(protected.specialist)):
        acts = set(Entry.objects.values_list("act", flat=True))
        assert {"personal_data.copy_asked", "personal_data.copy_taken"} <= acts


def test_every_subject_path_can_be_asked(protected):
    """A declaration whose path to the person is wrong would fail here, not in somebody's copy."""
    from congso.kernel.personal.queries import rows_of

    with acting_as(Actor.person(protected.specialist)):
        for one in personal_data():
            list(rows_of(one, protected.specialist)[:1])
            assert model_of(one)
