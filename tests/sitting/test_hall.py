"""500 delegates of a hall on the real web server: votes sent within ten seconds are all kept, the result is seen at
once; the server killed while they vote loses none and counts none twice.

A few delegates and one kill in every run. Long: `pytest -m bench tests/sitting -s` on a quiet machine, for what is
measured is that machine; `HALL=50` for fewer.
"""

import asyncio
import os
import sys
import time
from collections import Counter
from collections.abc import Callable
from contextlib import ExitStack
from typing import Any

import psutil
import psycopg
import pytest

from congso.apps.voting import services
from congso.apps.voting.models import Answer, Ballot, Box
from congso.apps.voting.queries import ballot_of
from congso.apps.voting.sealing import receipt_of
from congso.apps.voting.services import Listed
from congso.apps.voting.tests import voter
from congso.apps.voting.tests.factories import COUNTERS, NOW, as_one, do, prepare, see
from congso.apps.voting.tests.secret_world import allow, close, give, handing_out
from congso.kernel.access.principals import System
from congso.kernel.access.services import Actor, acting_as
from congso.kernel.accounts.models import User
from congso.kernel.directory.models import Person
from tests.live.serving import web_server
from tests.live.test_bench import session_of
from tests.sitting.hall import CHANCE, CHOICES, Device, Hall, asked, close_and_watch, open_papers, put_slips, vote

MANY = int(os.environ.get("HALL") or 500)
FEW = 12
VOTED_WITHIN, SEEN_WITHIN = 10.0, 1.0  # seconds: for all votes; for 95 % of the pages


@pytest.fixture
def delegates(as_owner: psycopg.Connection[Any]) -> Callable[[int], list[int]]:
    """So many people with accounts, who hold no post: they vote because they are on the list."""

    def of(count: int) -> list[int]:
        people = [
            one
            for (one,) in as_owner.execute(
                "INSERT INTO directory_person (code, full_name, name_key, name_folded, email, phone)"
                " SELECT '', 'Đại biểu ' || n, 'dai bieu ' || n, 'Dai bieu ' || n, '', ''"
                " FROM generate_series(1, %s) n RETURNING id",
                [count],
            )
        ]
        as_owner.execute(
            "INSERT INTO accounts_user (username, person_id, password, email, is_active, date_joined)"
            " SELECT 'dai-bieu-' || id, id, '!', '', true, now() FROM unnest(%s::bigint[]) id",
            [people],
        )
        return people

    return of


def listed(world: Any, people: list[int]) -> list[Listed]:
    """Their lines on a ballot's list."""
    with as_one(world, "clerk"):
        return [Listed(one) for one in Person.objects.filter(pk__in=people)]


def opened(world: Any, people: list[int]) -> tuple[Ballot, list[Device], Device]:
    """A named ballot of these people, opened, with a device each; and the organizer's own device."""
    made = prepare(world, counters=())
    do(world, "clerk", services.set_voters, made, listed(world, people))
    do(world, "clerk", services.open_ballot, see(world, "clerk", made))
    with acting_as(Actor.system(System.SIGN_IN)):
        users = User.objects.filter(person__in=people)
        devices = [Device(session_of(user), CHANCE.choice(CHOICES)) for user in users]
        office = Device(session_of(User.objects.get(username="clerk")), "")
    return made, devices, office


def hold(hall: Hall, office: Device, *, kills: int, within: float) -> dict[str, Any]:
    """The whole vote in the hall, the server killed so many times while votes are given."""
    with ExitStack() as servers:
        hall.port, process = servers.enter_context(_served(hall))
        asyncio.run(open_papers(hall))
        began = time.monotonic()
        asyncio.run(_vote_and_kill(hall, process, kills, within, servers))
        told = {"voted": max(one.answered_at for one in hall.devices) - began}
        return told | {"seen": sorted(asyncio.run(close_and_watch(hall, lambda: _close(hall, office))))}


def _served(hall: Hall) -> Any:
    return web_server(None, workers=hall.workers, ready_within=180)


async def _vote_and_kill(hall: Hall, process: Any, kills: int, within: float, servers: ExitStack) -> None:
    """While people vote: kill -9 of the server and its processes; started again somewhere else at once."""
    async with asyncio.TaskGroup() as going:
        going.create_task(vote(hall, within=within))
        for _number in range(kills):
            await asyncio.sleep(CHANCE.uniform(0.2, 0.6) * within / kills)
            for one in [*psutil.Process(process.pid).children(recursive=True), psutil.Process(process.pid)]:
                one.kill()
            process.wait()
            hall.port, process = await asyncio.to_thread(servers.enter_context, _served(hall))


def _close(hall: Hall, office: Device) -> None:
    status, body = asyncio.run(asked(hall, office, "POST", hall.address("close/")))
    assert status == 302, (status, body[:500])


def assert_exact(world: Any, ballot: Ballot, hall: Hall) -> None:
    """Every answered vote is kept once as it was given, the sum is theirs, and every page showed it."""
    given = Counter(device.choice for device in hall.devices)
    counted = see(world, "clerk", ballot)
    tally = counted.result["tally"]
    assert {choice: tally[choice] for choice in CHOICES} == {choice: given[choice] for choice in CHOICES}
    with as_one(world, "clerk"):
        assert Answer.objects.filter(voter__ballot=ballot).count() == len(hall.devices) == tally["collected"]
    verdict = counted.result["outcome"]["verdict"]
    assert all(verdict in device.saw for device in hall.devices)


@pytest.mark.faults
@pytest.mark.django_db(transaction=True)
@pytest.mark.timeout(400)
def test_a_server_killed_while_votes_are_given_loses_none_and_counts_none_twice(world, delegates):
    ballot, devices, office = opened(world, delegates(FEW))
    hall = Hall(ballot.pk, devices)
    hold(hall, office, kills=1, within=3)
    assert_exact(world, ballot, hall)


@pytest.mark.bench
@pytest.mark.django_db(transaction=True)
@pytest.mark.timeout(900)
@pytest.mark.parametrize("kills", [0, 2])
def test_a_hall_of_five_hundred(world, delegates, kills):
    ballot, devices, office = opened(world, delegates(MANY))
    hall = Hall(ballot.pk, devices, workers=2)
    within = 4 * VOTED_WITHIN if kills else VOTED_WITHIN - 1  # killed twice, votes go on over the restarts
    told = hold(hall, office, kills=kills, within=within)
    assert_exact(world, ballot, hall)
    p95 = told["seen"][int(len(told["seen"]) * 0.95) - 1]
    papers = sorted(one.opened_after for one in devices)
    sys.stdout.write(
        f"\n{len(devices)} delegates, {kills} kills: papers opened in {papers[len(papers) // 2]:.2f} s (median), all"
        f" voted after {told['voted']:.1f} s with {sum(one.sent for one in devices)} presses; result seen after"
        f" {told['seen'][len(told['seen']) // 2]:.2f} s (median), {p95:.2f} s (95 %)\n"
    )
    assert kills or told["voted"] <= VOTED_WITHIN
    assert p95 <= SEEN_WITHIN


@pytest.mark.bench
@pytest.mark.django_db(transaction=True)
@pytest.mark.timeout(900)
def test_a_hall_of_five_hundred_votes_in_secret(world, delegates):
    """Cast = box = counted, every slip with its receipt, within the same ten seconds."""
    allow(world)
    held = handing_out(world, listed(world, delegates(MANY)))
    with as_one(world, "clerk"):
        people = list(held.ballot.voters.values_list("person_id", flat=True))
    slips, given = [], Counter[str]()
    for one in people:
        paper, actor = voter.blind_paper(held.modulus, held.address.bytes), Actor.person(one)
        with acting_as(actor):
            signed = services.hand_out(ballot_of(held.ballot.pk), paper.blinded, by=actor, at=NOW)
        whole, choice = paper.token + voter.finish_paper(held.modulus, paper, signed), CHANCE.choice(CHOICES)
        given[choice] += 1
        slips.append(voter.seal_slip(held.address.bytes, whole, held.public, held.threshold, voter.plain(choice)))
    do(world, "clerk", services.start_collecting, see(world, "clerk", held.ballot))
    hall = Hall(held.ballot.pk, workers=2)
    with _served(hall) as (hall.port, _process):
        began = time.monotonic()
        answered = sorted(asyncio.run(put_slips(hall, held.address, slips, within=VOTED_WITHIN - 1)))
        spent = time.monotonic() - began
    close(world, held)
    for who in COUNTERS[:2]:
        give(world, held, who)
    with as_one(world, "clerk"):
        assert set(Box.objects.get(ballot=held.ballot).published["receipts"]) == {receipt_of(one) for one in slips}
    tally = see(world, "clerk", held.ballot).result["tally"]
    assert {choice: tally[choice] for choice in CHOICES} == {choice: given[choice] for choice in CHOICES}
    sys.stdout.write(
        f"\n{len(slips)} slips in {spent:.1f} s, each answered after {answered[len(answered) // 2]:.2f} s (median),"
        f" {answered[int(len(answered) * 0.95) - 1]:.2f} s (95 %)\n"
    )
    assert spent <= VOTED_WITHIN
