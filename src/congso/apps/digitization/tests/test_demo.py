"""The demo's batches are made through the services, once."""

import pytest

from congso.apps.digitization import demo
from congso.apps.digitization.models import DigitalCopy, Stock
from congso.apps.digitization.tests.factories import by
from congso.kernel.access.services import acting_as


@pytest.mark.django_db
def test_the_demo_is_made_once(world, monkeypatch):
    monkeypatch.setattr(demo, "_CLERK", "clerk")
    monkeypatch.setattr(demo, "_OFFICE", "T.VPTU")
    assert demo.load() == 2
    assert demo.load() == 0
    with acting_as(by(world, "clerk")):
        assert sorted(DigitalCopy.objects.values_list("need", "state")) == [("low", "unchecked"), ("one", "unchecked")]
        assert Stock.objects.count() == 2
