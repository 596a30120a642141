"""The demo's ballots are made through the services, once, and its sheets are read, not made up."""

import pytest

from congso.apps.voting import demo
from congso.apps.voting.models import Ballot, Count, SheetPage
from congso.apps.voting.tests.factories import as_one
from congso.kernel.access.services import Actor

pytestmark = pytest.mark.django_db
PEOPLE = {
    "vanthu1.vptu": "clerk", "bithu.tu": "secretary", "pbttt.tu": "chief", "pbt.tu": "head", "pbt.ubnd": "other_head",
    "lanhdao.btctu": "agency_leader", "lanhdao.ubkttu": "commune_leader", "lanhdao.btgdvtu": "stranger",
    "theodoi1.vptu": "specialist", "tp.th.vptu": "agency_specialist",
}  # fmt: skip


def test_a_paper_to_answer_a_named_vote_and_a_scanned_election(world, monkeypatch):
    monkeypatch.setattr(demo, "_person", lambda name: Actor.person(getattr(world, PEOPLE[name])))
    monkeypatch.setattr(demo, "_OWNER", "T.TU")
    assert demo.load() == 3
    assert demo.load() == 0
    with as_one(world, "secretary"):
        letter, named, elected = Ballot.objects.order_by("pk")
        assert [one.state for one in (letter, named, elected)] == ["open", "counted", "counted"]
        assert named.result["outcome"]["is_carried"] is True
        tally, outcome = elected.result["tally"], elected.result["outcome"]
        assert (tally["collected"], tally["valid"], tally["votes"]) == (7, 6, [5, 4, 3])
        assert outcome["elected"] == [0, 1]
        assert Count.objects.filter(ballot=elected).count() == 2
    with as_one(world, "specialist"):
        assert SheetPage.objects.filter(problem="").count() == 7
