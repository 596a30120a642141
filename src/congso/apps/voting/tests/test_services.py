"""A ballot from its preparation to its result, and what is refused on the way."""

from datetime import timedelta

import pytest

from congso.apps.voting import services
from congso.apps.voting.models import Answer, Ballot, Count
from congso.apps.voting.queries import ballot_of
from congso.apps.voting.tests.factories import (
    LATER,
    NOW,
    REMINDERS,
    VOTERS,
    as_one,
    closed,
    counted,
    do,
    enter,
    opened,
    person,
    prepare,
    see,
    vote,
)
from congso.kernel.access.services import acting_as
from congso.kernel.files.models import Attachment
from congso.kernel.notify.models import Notice
from congso.kernel.workflow.services import NotYours, Refused, WrongState

pytestmark = pytest.mark.django_db


def outcome_of(world, ballot, who="clerk"):
    return see(world, who, ballot).result["outcome"]


def told(outcome):
    return " ".join(one["text"] for one in outcome["reasons"])


def test_a_named_vote_is_counted_at_closing_with_why(world, clock):
    made = counted(world)
    shown = see(world, "secretary", made)
    assert shown.state == "counted"
    outcome = shown.result["outcome"]
    assert (outcome["is_carried"], outcome["needed"], outcome["base"]) == (True, 3, 5)
    assert "quá 1/2 tổng số thành viên đương nhiệm" in told(outcome)
    assert "có mặt 5/5" in told(outcome)
    with as_one(world, "secretary"):
        assert Attachment.objects.get(record=made.pk).name == "Biên bản biểu quyết.docx"


def test_a_double_press_is_one_vote_and_another_opinion_is_refused(world, clock):
    made = opened(world)
    first, second = vote(world, made, "secretary"), vote(world, made, "secretary")
    assert first.pk == second.pk
    with pytest.raises(Refused, match="không đổi được"):
        vote(world, made, "secretary", "no")
    with as_one(world, "clerk"):
        assert Answer.objects.filter(voter__ballot=made).count() == 1


def test_who_is_not_there_stands_in_or_is_not_listed_has_no_vote(world, clock):
    made = prepare(world, absent=("head",))
    with as_one(world, "clerk"):
        listed = [
            services.Listed(one.person, is_voting=one.person_id != world.other_head, is_present=one.is_present)
            for one in made.voters.select_related("person")
        ]
    do(world, "clerk", services.set_voters, made, listed)
    do(world, "clerk", services.open_ballot, made)
    for who, words in (("head", "vắng mặt"), ("other_head", "dự thay")):
        with pytest.raises(NotYours, match=words):
            vote(world, made, who)
    with pytest.raises(Ballot.DoesNotExist):
        vote(world, made, "stranger")
    with pytest.raises(NotYours):
        vote(world, made, "clerk")
    assert see(world, "clerk", made).roll == {"members": 4, "summoned": 4, "present": 3, "deducted": {}}


def test_without_quorum_or_with_an_undefined_rule_it_does_not_open(world, clock):
    made = prepare(world, absent=VOTERS[1:])
    with pytest.raises(services.Invalid, match="Chưa đủ điều kiện họp"):
        do(world, "clerk", services.open_ballot, made)
    undefined = prepare(world, rule="phieu-tin-nhiem", method="paper")
    with pytest.raises(services.Invalid, match="chưa xác định"):
        do(world, "clerk", services.open_ballot, undefined)
    assert see(world, "clerk", undefined).state == "draft"


def test_personnel_is_never_decided_by_letter_nor_in_secret_on_a_screen(world, clock):
    with pytest.raises(services.Invalid, match="Công tác cán bộ"):
        prepare(world, way="circulation", is_personnel=True, closes_at=LATER)
    made = prepare(world, rule="nhan-su", method="secret", is_personnel=True)
    with pytest.raises(services.Invalid, match="chưa được bật"):
        do(world, "clerk", services.open_ballot, made)


def test_a_letter_closes_at_its_hour_and_silence_is_no_consent(world, clock):
    made = opened(world, way="circulation", closes_at=LATER)
    for who in VOTERS[:2]:
        vote(world, made, who)
    vote(world, made, VOTERS[2], "other")
    with pytest.raises(WrongState, match="hết giờ"):
        vote(world, made, VOTERS[3], at=LATER)
    with acting_as(REMINDERS):
        assert services.close_due(by=REMINDERS, at=LATER - timedelta(seconds=1)) == 0
        assert services.close_due(by=REMINDERS, at=LATER) == 1
        assert services.close_due(by=REMINDERS, at=LATER) == 0
    outcome = outcome_of(world, made)
    assert (outcome["is_carried"], outcome["needed"]) == (False, 3)
    assert "2 người không trả lời" in told(outcome)
    with as_one(world, "clerk"):
        assert services.minutes_paper(ballot_of(made.pk))[:2] == b"PK"


def test_the_silent_are_reminded_once_a_step(world, clock):
    made = opened(world, way="circulation", closes_at=NOW + timedelta(days=1))
    vote(world, made, "secretary")
    with acting_as(REMINDERS):
        assert services.send_reminders(by=REMINDERS, at=NOW) == 4
        assert services.send_reminders(by=REMINDERS, at=NOW) == 0
    with as_one(world, "head"):
        assert Notice.objects.filter(record=made.pk, text__contains="Chưa trả lời").count() == 1


def test_hands_are_counted_by_two_who_must_agree(world, clock):
    made = closed(world)
    with pytest.raises(Refused, match="ít nhất hai"):
        do(world, "clerk", services.finish_ballot, made)
    enter(world, made, "specialist")
    enter(world, made, "agency_specialist", yes=2, no=3)
    with pytest.raises(Refused, match="chưa khớp"):
        do(world, "clerk", services.finish_ballot, made)
    enter(world, made, "agency_specialist")
    do(world, "specialist", services.finish_ballot, see(world, "specialist", made))
    assert outcome_of(world, made)["is_carried"] is True
    with as_one(world, "clerk"):
        assert Count.objects.filter(ballot=made).count() == 3


def test_impossible_figures_and_strangers_to_the_committee_are_refused(world, clock):
    made = closed(world)
    with pytest.raises(services.Invalid, match="nhiều hơn số phiếu phát ra"):
        enter(world, made, "specialist", collected=9)
    with pytest.raises(NotYours):
        enter(world, made, "clerk")


def test_an_election_on_paper_and_its_second_round_between_the_tied(world, clock):
    names = ("Lê Thị An", "Trần Văn Bình", "Phạm Thị Cúc")
    made = closed(
        world, rule="bau-tai-hoi-nghi", subject="list", method="paper", seats=2, is_personnel=True, names=names,
        is_poll_recorded=True,
    )  # fmt: skip
    for who in ("specialist", "agency_specialist"):
        enter(world, made, who, yes=0, no=0, votes=[5, 3, 3])
    do(world, "clerk", services.finish_ballot, see(world, "clerk", made))
    outcome = outcome_of(world, made)
    assert (outcome["elected"], outcome["again"], outcome["seats_left"]) == ([0], [1, 2], 1)
    again = do(world, "clerk", services.new_round, see(world, "clerk", made), note="Bằng phiếu ở vị trí cuối")
    shown = see(world, "clerk", again)
    assert [one.name for one in shown.options.all()] == ["Trần Văn Bình", "Phạm Thị Cúc"]
    assert (shown.round, shown.seats, shown.previous_id) == (2, 1, made.pk)
    assert len(shown.voters.all()) == 5


def test_a_list_without_surplus_or_with_a_counter_on_it_does_not_open(world, clock):
    made = prepare(
        world, rule="bau-tai-hoi-nghi", subject="list", method="paper", seats=2, names=("Vũ Thí Dụ", "Trần Bình")
    )
    with pytest.raises(services.Invalid) as refused:
        do(world, "clerk", services.open_ballot, made)
    assert len(refused.value.mistakes) == 2


def test_a_voter_removed_loses_her_vote_with_a_reason_and_a_late_one_gets_it(world, clock):
    made = opened(world, absent=("other_head",))
    vote(world, made, "secretary")
    clerk = "clerk"
    with as_one(world, clerk):
        gone, late = person(world, "secretary"), person(world, "other_head")
    do(world, clerk, services.remove_voter, made, gone, note="Thôi giữ chức vụ từ hôm nay")
    do(world, clerk, services.admit_voter, see(world, clerk, made), late, note="Đến muộn")
    with pytest.raises(NotYours, match="Thôi giữ chức vụ"):
        vote(world, made, "secretary")
    vote(world, made, "other_head")
    do(world, clerk, services.close_ballot, see(world, clerk, made))
    shown = see(world, clerk, made)
    assert shown.result["tally"]["yes"] == 1
    assert shown.roll["members"] == 4


def test_a_result_never_changes_and_an_amended_draft_is_a_new_round(world, clock):
    made = counted(world)
    with pytest.raises(WrongState):
        do(world, "clerk", services.finish_ballot, see(world, "clerk", made))
    again = do(
        world, "clerk", services.new_round, see(world, "clerk", made), note="Tiếp thu ý kiến", question="Dự thảo lần 4"
    )
    shown = see(world, "clerk", again)
    assert (shown.question, shown.round_reason, shown.state) == ("Dự thảo lần 4", "Tiếp thu ý kiến", "draft")


def test_later_changes_of_a_rule_do_not_reach_what_was_opened(world, clock):
    with as_one(world, "clerk"):
        definition = ballot_of(prepare(world).pk).voting_rule.definition
        body = world.organization("TU")
    own = do(world, "clerk", services.create_rule, "rieng", "Quy tắc riêng", definition, owner=body)
    made = opened(world, rule="rieng")
    stricter = definition | {"share": {"part": 1, "whole": 1, "is_more_than": False}}
    do(world, "clerk", services.change_rule, own, "Quy tắc riêng", stricter, trust="V")
    for who in VOTERS[:3]:
        vote(world, made, who)
    do(world, "clerk", services.close_ballot, made)
    assert outcome_of(world, made)["is_carried"] is True
    shipped = see(world, "clerk", counted(world)).voting_rule
    with pytest.raises(services.Invalid, match="không sửa được"):
        do(world, "clerk", services.change_rule, shipped, "x", definition, trust="V")


def test_a_cancelled_ballot_counts_for_nothing(world, clock):
    made = opened(world)
    vote(world, made, "secretary")
    do(world, "clerk", services.cancel_ballot, made, note="Nhầm nội dung")
    with pytest.raises(WrongState):
        vote(world, made, "head")
    assert see(world, "secretary", made).state == "cancelled"
