"""Secret ballots on a screen: one paper each, one slip a paper, opened by k of n; what is refused on the way."""

from datetime import timedelta

import pytest
from django.db import Error, connection, transaction

from congso.apps.voting import services
from congso.apps.voting.models import Answer, Box, GivenKey, Issue
from congso.apps.voting.queries import recount_data
from congso.apps.voting.sealing import receipt_of
from congso.apps.voting.tests import voter
from congso.apps.voting.tests.factories import COUNTERS, NOW, VOTERS, as_one, do, person, prepare, see
from congso.apps.voting.tests.secret_world import (
    RULE,
    allow,
    close,
    collecting,
    give,
    handing_out,
    opened_box,
    prepared,
    put,
    seen,
    slip_of,
    take_paper,
)
from congso.kernel.access.services import Actor, acting_as
from congso.kernel.journal.models import Entry
from congso.kernel.workflow.services import NotYours, Refused, WrongState

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def allowed(world, clock):
    allow(world)


def test_from_papers_to_a_result_with_why(world):
    held = opened_box(world)
    shown = seen(world, held, "secretary")
    assert shown.state == "counted"
    tally = shown.result["tally"]
    assert (tally["issued"], tally["collected"], tally["yes"], tally["no"]) == (5, 5, 3, 2)
    assert shown.result["outcome"]["is_carried"] is True
    with as_one(world, "secretary"):
        box = Box.objects.get(ballot=held.ballot)
        assert box.signing_key == ""
        assert box.published["choices"] == ["no", "no", "yes", "yes", "yes"]
        assert len(box.published["receipts"]) == len(box.published["papers"]) == 5
        assert not Answer.objects.exists()
        assert recount_data(shown, box)["issued"] == 5
    with as_one(world, COUNTERS[0]):
        assert not GivenKey.objects.exists()


def test_it_stays_shut_until_allowed_and_until_every_key_is_there(world):
    made = prepare(world, rule=RULE, method="secret", is_personnel=True)
    with pytest.raises(services.Invalid, match="3 thành viên ban kiểm phiếu chưa tạo khóa"):
        do(world, "clerk", services.open_ballot, made)
    by = Actor.person(world.administrator)
    with acting_as(by):
        from congso.kernel.regulations.services import set_parameter

        set_parameter(
            "voting.electronic_secret_allowed", False, valid_from=NOW.date(), source="Bãi bỏ", by=by.person_id, at=NOW
        )  # fmt: skip
    ready, _keys = prepared(world)
    with pytest.raises(services.Invalid, match="Hãy bỏ phiếu giấy"):
        do(world, "clerk", services.open_ballot, ready)
    assert see(world, "clerk", ready).state == "draft"


def test_one_paper_a_voter_and_none_for_others(world):
    held = handing_out(world)
    paper = voter.blind_paper(held.modulus, held.address.bytes)
    first = do(world, "head", services.hand_out, see(world, "head", held.ballot), paper.blinded)
    again = do(world, "head", services.hand_out, see(world, "head", held.ballot), paper.blinded)
    assert first == again
    other = voter.blind_paper(held.modulus, held.address.bytes)
    with pytest.raises(Refused, match="thiết bị khác"):
        do(world, "head", services.hand_out, see(world, "head", held.ballot), other.blinded)
    with pytest.raises(NotYours):
        do(world, "clerk", services.hand_out, see(world, "clerk", held.ballot), other.blinded)
    for rubbish in (b"", b"\x00" * 256, b"\xff" * 256, b"\x01" * 255):
        with pytest.raises(Refused, match="không hợp lệ"):
            do(world, "secretary", services.hand_out, see(world, "secretary", held.ballot), rubbish)
    with as_one(world, "clerk"):
        assert Issue.objects.count() == 1


def test_papers_and_slips_have_their_own_times(world):
    held = handing_out(world)
    take_paper(world, held, "head")
    with pytest.raises(Refused, match="ít nhất hai người"):
        do(world, "clerk", services.start_collecting, seen(world, held))
    take_paper(world, held, "secretary")
    with pytest.raises(Refused, match="Chưa đến lúc"):
        put(held, slip_of(held, "head", "yes"))
    with pytest.raises(Refused, match="phát phiếu"):
        do(world, "clerk", services.close_ballot, seen(world, held))
    do(world, "clerk", services.start_collecting, seen(world, held))
    with pytest.raises(WrongState, match="kết thúc phát phiếu"):
        take_paper(world, held, "other_head")
    slip = slip_of(held, "head", "yes")
    put(held, slip)
    close(world, held)
    assert put(held, slip) == receipt_of(slip)  # the answer was lost: sent again after the end it is the same vote
    with pytest.raises(Refused, match="hết giờ"):
        put(held, slip_of(held, "secretary", "yes"))


def test_a_paper_is_good_for_one_slip_of_its_own_box(world):
    held, elsewhere = collecting(world), collecting(world)
    slip = slip_of(held, "head", "yes")
    assert put(held, slip) == put(held, slip) == receipt_of(slip)
    with pytest.raises(Refused, match="nội dung khác"):
        put(held, slip_of(held, "head", "no"))
    elsewhere.papers = held.papers
    for wrong in (slip_of(elsewhere, "secretary", "yes"), b"", slip[:-1], bytes(len(slip))):
        with pytest.raises(Refused, match="không do hòm phiếu này"):
            put(elsewhere, wrong)


def test_fewer_than_k_keys_and_a_foreign_key_open_nothing(world):
    held = collecting(world, threshold=3)
    put(held, slip_of(held, "head", "yes"))
    close(world, held)
    assert give(world, held, COUNTERS[0]) is False
    assert give(world, held, COUNTERS[0]) is False  # her own key twice is one key
    assert give(world, held, COUNTERS[1]) is False
    with pytest.raises(services.Invalid, match="không phải khóa bạn đã tạo"):
        give(world, held, COUNTERS[2], voter.new_key())
    with pytest.raises(Refused, match="chưa được mở"):
        do(world, "clerk", services.finish_ballot, seen(world, held))
    with pytest.raises(NotYours):
        do(world, "clerk", services.give_key, seen(world, held), held.keys[COUNTERS[2]].private_bytes_raw())
    assert seen(world, held).state == "closed"
    assert give(world, held, COUNTERS[2]) is True
    assert seen(world, held).result["tally"]["collected"] == 1


def test_a_slip_made_wrongly_is_counted_as_invalid(world):
    held = collecting(world)
    for who, content in (("head", bytes([1, 9]).ljust(32, b"\0")), ("secretary", voter.plain([3]))):
        put(held, voter.seal_slip(held.address.bytes, held.papers[who], held.public, 2, content))
    paper, good = held.papers["other_head"], slip_of(held, "other_head", "yes")
    put(held, paper.ljust(len(good), b"\0"))
    close(world, held)
    for who in COUNTERS[1:]:
        give(world, held, who)
    tally = seen(world, held).result["tally"]
    assert (tally["collected"], tally["valid"]) == (3, 0)
    assert tally["invalid_why"] == {"không mở được, phiếu làm sai cách": 3}


def test_an_election_on_a_screen(world):
    names = ("Lê Thị An", "Trần Văn Bình", "Phạm Thị Cúc")
    held = collecting(
        world, rule="bau-tai-hoi-nghi", subject="list", seats=2, names=names, is_poll_recorded=True
    )  # fmt: skip
    for who, picks in zip(VOTERS, ([0, 1], [0, 1], [0], [0, 2], []), strict=True):
        put(held, slip_of(held, who, picks))
    close(world, held)
    give(world, held, COUNTERS[0])
    give(world, held, COUNTERS[2])
    result = seen(world, held).result
    assert (result["tally"]["votes"], result["tally"]["valid"]) == ([4, 2, 1], 4)
    assert result["outcome"]["elected"] == [0]


def test_who_took_a_paper_cannot_be_removed_and_who_did_not_can(world):
    held = handing_out(world)
    take_paper(world, held, "head")
    with as_one(world, "clerk"):
        gone, other = person(world, "head"), person(world, "other_head")
    with pytest.raises(services.Invalid, match="không thu lại được"):
        do(world, "clerk", services.remove_voter, seen(world, held), gone, note="Thôi chức vụ")
    do(world, "clerk", services.remove_voter, seen(world, held), other, note="Thôi chức vụ")
    with pytest.raises(NotYours, match="Thôi chức vụ"):
        take_paper(world, held, "other_head")


def test_a_vote_leaves_no_line(world):
    held = collecting(world)
    with acting_as(Actor.person(world.auditor)):
        before = Entry.objects.count()
    put(held, slip_of(held, "head", "yes"))
    with acting_as(Actor.person(world.auditor)):
        assert Entry.objects.count() == before
        acts = set(Entry.objects.filter(record_id=held.ballot.pk).values_list("act", flat=True))
    assert "ballot.issue" in acts


def test_the_hour_ends_the_box_too(world):
    held = collecting(world, closes_at=NOW + timedelta(minutes=10))
    put(held, slip_of(held, "head", "yes"), at=NOW + timedelta(minutes=9))
    with pytest.raises(Refused, match="hết giờ"):
        put(held, slip_of(held, "secretary", "yes"), at=NOW + timedelta(minutes=10))


def test_the_database_itself_keeps_the_box_shut(world):
    """Raw SQL, as every part of the cast: the sealed table and its doors refuse, and no row of the others changes."""
    held = collecting(world)
    put(held, slip_of(held, "head", "yes"))
    pk = held.ballot.pk
    sealed = ("SELECT * FROM voting_boxcontent", "DELETE FROM voting_boxcontent", f"SELECT congso.box_take({pk})")
    changes = (
        f"UPDATE voting_box SET published = '{{}}' WHERE ballot_id = {pk}",
        f"UPDATE voting_box SET signing_key = 'x' WHERE ballot_id = {pk}",
        "UPDATE voting_counterkey SET public = ''",
        f"INSERT INTO voting_issue SELECT id, '', '' FROM voting_voter v WHERE v.ballot_id = {pk}",
        f"INSERT INTO voting_givenkey SELECT id, '' FROM voting_counter c WHERE c.ballot_id = {pk}",
    )
    for who in ("clerk", "secretary", COUNTERS[0], "stranger", "administrator"):
        for statement in sealed:
            with as_one(world, who), pytest.raises(Error), transaction.atomic():
                connection.cursor().execute(statement)
        assert [changed(world, who, statement) for statement in changes] == [0] * len(changes), who
    with as_one(world, "stranger"):
        assert not Box.objects.exists()
        assert not Issue.objects.exists()
    with as_one(world, "other_head"):  # her own; the others' after closing
        assert [one.voter.person_id for one in Issue.objects.select_related("voter")] == [world.other_head]


def changed(world, who: str, statement: str) -> int:
    """How many rows it changes; none when it is refused."""
    try:
        with as_one(world, who), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)
            return cursor.rowcount
    except Error:
        return 0
