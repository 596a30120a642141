"""Two devices, double presses, votes at the closing moment, a voter removed, connections killed: each counts once.

Really at once, each in a thread and a connection of its own. 200 runs of random faults by `make faults`.
"""

import os
import random
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import Error, connection, connections

from congso.apps.voting import services
from congso.apps.voting.models import Answer, Box
from congso.apps.voting.sealing import receipt_of
from congso.apps.voting.tests.factories import COUNTERS, NOW, VOTERS, as_one, do, opened, person, see, vote
from congso.apps.voting.tests.secret_world import allow, close, collecting, give, put, seen, slip_of
from congso.kernel.access.services import NOBODY, acting_as
from congso.kernel.workflow.services import Refused

pytestmark = pytest.mark.django_db(transaction=True)
LONG = bool(os.environ.get("FAULTS"))
RUNS = 200 if LONG else 2


def in_thread(work, *args, **more):
    """True, or the refusal."""
    try:
        work(*args, **more)
    except Refused as refused:
        return str(refused)
    finally:
        connections.close_all()
    return True


def test_presses_and_closing_at_once(world, clock):
    made = opened(world)
    with ThreadPoolExecutor(4) as pool:
        votes = [pool.submit(in_thread, vote, world, made, who) for who in VOTERS for _device in range(2)]
        closing = pool.submit(in_thread, do, world, "clerk", services.close_ballot, made)
        told = [one.result() for one in votes]
        assert closing.result() is True
    with as_one(world, "clerk"):
        kept = set(Answer.objects.filter(voter__ballot=made).values_list("voter__person_id", flat=True))
    accepted = {getattr(world, VOTERS[place // 2]) for place, one in enumerate(told) if one is True}
    assert kept == accepted
    assert see(world, "clerk", made).result["tally"]["yes"] == len(kept)


def test_a_voter_removed_while_she_votes_counts_nothing_and_the_others_count(world, clock):
    made = opened(world)
    with as_one(world, "clerk"):
        gone = person(world, VOTERS[4])
    with ThreadPoolExecutor(4) as pool:
        votes = [pool.submit(in_thread, vote, world, made, who) for who in VOTERS]
        removing = pool.submit(in_thread, do, world, "clerk", services.remove_voter, made, gone, note="Thôi chức vụ")
        assert [one.result() for one in votes[:4]] == [True] * 4
        assert removing.result() is True
    do(world, "clerk", services.close_ballot, see(world, "clerk", made))
    shown = see(world, "clerk", made)
    assert (shown.result["tally"]["yes"], shown.roll["members"]) == (4, 4)


def test_slips_and_closing_at_once(world, clock):
    allow(world)
    held = collecting(world)
    slips = {who: slip_of(held, who, "yes") for who in VOTERS}
    with ThreadPoolExecutor(4) as pool:
        sent = [(who, pool.submit(in_thread, put, held, slips[who])) for who in VOTERS for _device in range(2)]
        closing = pool.submit(in_thread, close, world, held)
        accepted = {who for who, one in sent if one.result() is True}
        assert closing.result() is True
    assert_counted(world, held, {receipt_of(slips[who]) for who in accepted})


@pytest.mark.faults
@pytest.mark.timeout(3_600 if LONG else 120)
def test_cast_is_box_is_counted_whatever_is_killed(world, clock):
    """A connection killed before its commit, an answer lost after it, a slip sent again: each voter is one vote."""
    allow(world)
    chance = random.SystemRandom()
    for _run in range(RUNS):
        held = collecting(world)
        slips = [slip_of(held, who, chance.choice(("yes", "no"))) for who in VOTERS]
        for slip in slips:
            with ThreadPoolExecutor(1) as pool:
                while not pool.submit(sent_through_trouble, held, slip, chance.choice(TROUBLES)).result():
                    pass
        close(world, held)
        assert_counted(world, held, {receipt_of(slip) for slip in slips})


TROUBLES = ("none", "none", "killed", "answer lost")


def sent_through_trouble(held, slip: bytes, trouble: str) -> bool:
    """Whether the device got its receipt."""
    try:
        if trouble != "killed":
            put(held, slip)
            return trouble == "none"
        with acting_as(NOBODY), connection.cursor() as cursor:
            services.put_slip(held.address, slip, at=NOW)
            cursor.execute("SELECT pg_terminate_backend(pg_backend_pid())")
    except Error:
        pass
    finally:
        connections.close_all()
    return False


def assert_counted(world, held, receipts: set[str]) -> None:
    """What was accepted is what lay in the box and what was counted."""
    for who in COUNTERS[:2]:
        give(world, held, who)
    shown = seen(world, held)
    with as_one(world, "clerk"):
        assert set(Box.objects.get(ballot=held.ballot).published["receipts"]) == receipts
    assert shown.result["tally"]["collected"] == shown.result["tally"]["valid"] == len(receipts)
