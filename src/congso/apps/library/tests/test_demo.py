"""The demo's library is made through the services, once."""

import pytest

from congso.apps.library import demo
from congso.apps.library.models import Card, Copy, Hold, Loan
from congso.kernel.access.services import Actor, acting_as

pytestmark = pytest.mark.django_db


def test_the_demo_is_made_once(world, monkeypatch) -> None:
    people = {demo._LIBRARIAN: "clerk", demo._READER: "specialist", demo._NEXT: "head"}
    monkeypatch.setattr(demo, "_person", lambda name: Actor.person(getattr(world, people[name])))
    monkeypatch.setattr(demo, "_OFFICE", "T.VPTU")
    assert demo.load() == 12
    assert demo.load() == 0
    with acting_as(Actor.person(world.clerk)):
        assert (Card.objects.count(), Copy.objects.count(), Loan.objects.count(), Hold.objects.count()) == (
            12,
            24,
            1,
            1,
        )
