"""The demo's meetings fit the demo's people and are made by the services, once."""

import json
from pathlib import Path

import pytest

from congso.apps.meetings import demo
from congso.apps.meetings.models import Item, Meeting
from congso.apps.meetings.tests.factories import as_one
from congso.kernel import directory
from congso.kernel.access.services import Actor

STARTER = Path(directory.__file__).parent / "starter"


def test_the_people_and_units_exist():
    usernames = {row["username"] for row in json.loads((STARTER / "people.json").read_text(encoding="utf-8"))["people"]}
    tree = json.loads((STARTER / "organizations.json").read_text(encoding="utf-8"))["organizations"]
    assert {demo._CHIEF, demo._CLERK, demo._LEADER} <= usernames
    assert {demo._OWNER, demo._PREPARER} <= {row["code"] for row in tree}


@pytest.mark.django_db
def test_they_are_made_once(world, clock, monkeypatch):
    people = {demo._CHIEF: world.chief, demo._CLERK: world.clerk, demo._LEADER: world.secretary}
    monkeypatch.setattr(demo, "_person", lambda name: Actor.person(people[name]))
    monkeypatch.setattr(demo, "_OWNER", "T.TU")
    monkeypatch.setattr(demo, "_PREPARER", "T.VPTU")
    assert (demo.load(), demo.load()) == (2, 0)
    with as_one(world, "clerk"):
        assert sorted(Meeting.objects.values_list("state", flat=True)) == ["convened", "draft"]
        assert Item.objects.filter(state="released").count() == 2
