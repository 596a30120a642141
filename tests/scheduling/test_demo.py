"""The demo's calendar and programme fit the demo's people and are made by the services, once."""

import json
from pathlib import Path

import pytest

from congso.apps.programme import demo as programmes
from congso.apps.schedule import demo
from congso.kernel import directory
from congso.kernel.access.services import Actor

STARTER = Path(directory.__file__).parent / "starter"


def test_the_people_and_units_exist():
    usernames = {row["username"] for row in json.loads((STARTER / "people.json").read_text(encoding="utf-8"))["people"]}
    tree = json.loads((STARTER / "organizations.json").read_text(encoding="utf-8"))["organizations"]
    assert {demo._CHIEF, demo._CLERK, demo._LEADER, programmes._CHIEF, programmes._LEADER} <= usernames
    assert {demo._OWNER, demo._OFFICE, programmes._OWNER, *(row[1] for row in programmes._ITEMS)} <= {
        row["code"] for row in tree
    }


@pytest.mark.django_db
def test_both_are_made_once(world, clock, monkeypatch):
    people = {"chanhvp.vptu": world.chief, "vanthu1.vptu": world.clerk, "pbttt.tu": world.secretary}
    for module in (demo, programmes):
        monkeypatch.setattr(module, "_person", lambda name: Actor.person(people[name]))
        monkeypatch.setattr(module, "_OWNER", "T.TU")
    monkeypatch.setattr(demo, "_OFFICE", "T.VPTU")
    monkeypatch.setattr(programmes, "_ITEMS", tuple((row[0], "T.BTC", *row[2:]) for row in programmes._ITEMS))
    assert (programmes.load(), programmes.load()) == (1, 0)
    assert (demo.load(), demo.load()) == (5, 0)
