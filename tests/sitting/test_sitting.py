"""A meeting with its neighbours: items from the programme, ballots of the room, tasks and the notice of conclusions."""

from datetime import timedelta

import pytest

from congso.apps.directives.models import Task
from congso.apps.meetings import services
from congso.apps.meetings.services import Concluded
from congso.apps.meetings.tests.factories import NOW, STARTS, as_one, closed, do, draft, item, running, see
from congso.apps.programme.tests import factories as programmes
from congso.apps.voting.models import VotingRule
from congso.apps.voting.services import NewBallot, close_ballot, create_ballot
from congso.apps.voting.tests import factories as ballots
from congso.kernel.access.services import Actor
from congso.kernel.workflow.services import NotYours, Refused, WrongState

pytestmark = pytest.mark.django_db


def test_items_come_from_the_programme_once(world):
    planned = programmes.make(world, body="BTV", day=NOW.date())
    programmes.item(world, planned, "Nghe báo cáo tháng", session_on=NOW.date())
    programmes.approved(world, planned)
    made = draft(world, items=0)
    assert do(world, "clerk", services.take_from_programme, made) == 1
    assert do(world, "clerk", services.take_from_programme, made) == 0
    taken = item(world, made)
    assert (taken.title, taken.unit.code) == ("Nghe báo cáo tháng", "T.BTC")


def test_a_ballot_of_the_item_is_opened_with_those_who_sit_there(world):
    made = running(world)
    first = item(world, made)
    with as_one(world, "clerk"):
        rule = VotingRule.objects.get(code="nghi-quyet-cap-uy")
        new = NewBallot("Thông qua Đề án", "question", "named", "room", rule)
        clerk = Actor.person(world.clerk)
        ballot = create_ballot(new, body=world.organization("TU"), by=clerk, at=NOW, sources=[first])
    with pytest.raises(WrongState):
        do(world, "secretary", services.start_vote, item(world, made, 2), ballot.pk)
    do(world, "secretary", services.start_vote, first, ballot.pk)
    for who in ("secretary", "agency_leader", "commune_leader"):
        ballots.vote(world, ballot, who)
    with pytest.raises(NotYours):
        ballots.vote(world, ballot, "head")  # not in the room
    ballots.do(world, "clerk", close_ballot, ballots.see(world, "clerk", ballot))
    with as_one(world, "tracker"):
        text = " ".join(getattr(one, "text", "") for one in services.minutes_body(see(world, "tracker", made)))
    assert "đồng ý 3" in text


def test_conclusions_become_tasks_then_a_notice(world):
    made = closed(world)
    day = (STARTS + timedelta(days=30)).date()
    with pytest.raises(Refused, match="chủ trì và thời hạn"):
        do(world, "tracker", services.conclude_point, made, Concluded("Giao Ban Tổ chức"))
    point = Concluded("Giao Ban Tổ chức trình đề án", world_unit(world), day, "Đề án")
    do(world, "tracker", services.conclude_point, made, point)
    do(world, "tracker", services.conclude_point, made, Concluded("Ghi nhận báo cáo", no_task_reason="Chỉ ghi nhận"))
    with pytest.raises(Refused, match="kết luận 1 trước"):
        do(world, "chief", services.draft_notice, made)
    (task,) = do(world, "chief", services.give_tasks, made)
    with pytest.raises(Refused, match="Không còn"):
        do(world, "chief", services.give_tasks, made)
    with as_one(world, "agency_leader"):
        held = Task.objects.get(pk=task.pk)
        assert (held.clause, held.due_on.isoformat()[:7]) == ("Kết luận 1", "2026-12")
    document = do(world, "chief", services.draft_notice, made)
    assert (document.doc_type, document.issuer_id) == ("notice", world.organizations["TU"])
    assert "Kết luận" in document.title or "kết luận" in document.title
    with pytest.raises(Refused, match="đã được soạn"):
        do(world, "chief", services.draft_notice, made)


def world_unit(world):
    with as_one(world, "clerk"):
        return world.organization("BTC")
