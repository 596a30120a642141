"""The demo's reports fit the shipped forms and the demo's people, and are made by the services."""

import json
from pathlib import Path

import pytest

from congso.apps.reports import demo
from congso.apps.reports.models import Report
from congso.apps.reports.rules import Schema, check, errors_in
from congso.apps.reports.services.starting import starter_forms
from congso.apps.reports.tests.factories import as_one
from congso.kernel import directory
from congso.kernel.access.services import Actor
from congso.kernel.indicators.periods import Period

STARTER = Path(directory.__file__).parent / "starter"


def test_the_people_and_units_exist_and_every_figure_is_good():
    usernames = {row["username"] for row in json.loads((STARTER / "people.json").read_text(encoding="utf-8"))["people"]}
    tree = json.loads((STARTER / "organizations.json").read_text(encoding="utf-8"))["organizations"]
    codes = {row["code"] for row in tree}
    assert {*demo._COMMUNES, *demo._AGENCIES, demo._OWNER, demo._SCOPE} <= codes
    assert {f"vanthu.{name}" for name in demo._COMMUNES.values()} | {demo._CHIEF, demo._TRACKER} <= usernames
    schema = Schema.parse(starter_forms()["cong-tac-thang"].schema)
    for place in range(len(demo._COMMUNES)):
        given = demo._figures(place, Period.parse("2026-M10"))
        assert set(given) <= {*schema.numbers, *schema.texts}
        assert errors_in(check(schema, {key: one.text for key, one in given.items()}, {})) == []


@pytest.mark.django_db
def test_three_months_are_told_once(world, clock, monkeypatch):
    people = {demo._CHIEF: world.chief, demo._TRACKER: world.tracker, "vanthu.mau": world.commune_clerk}
    monkeypatch.setattr(demo, "_person", lambda name: Actor.person(people[name]))
    for name, value in {
        "_COMMUNES": {"T.XA": "mau"}, "_AGENCIES": ("T.BTC",), "_OWNER": "T.VPTU", "_SCOPE": "T.TU",
        "_RETURNED": "T.XA", "_BEGUN": "T.XA",
    }.items():  # fmt: skip
        monkeypatch.setattr(demo, name, value)
    assert demo.load() == 5
    assert demo.load() == 0
    with as_one(world, "chief"):
        told = Report.objects.filter(form__code="cong-tac-thang").order_by("first_day").values_list("state", flat=True)
        assert list(told) == ["locked", "returned", "draft"]
