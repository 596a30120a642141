"""Proof of secrecy: whoever has the whole database as its owner and the log links voters to slips no better than by
chance; and the same attack on a box that kept the order would find everybody.

In 20 elections an order that was kept gives more than twice the hits the bound allows; the 200 of `make faults` also
find a tie of a seventh of the voters.
"""

import os
import random
from collections import Counter
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from congso.apps.voting import services
from congso.apps.voting.models import Ballot
from congso.apps.voting.sealing import receipt_of
from congso.apps.voting.tests.factories import COUNTERS, VOTERS, do, see
from congso.apps.voting.tests.secret_world import Held, allow, handing_out, slip_of, take_paper

LONG = bool(os.environ.get("FAULTS"))
pytestmark = [
    pytest.mark.faults,
    pytest.mark.django_db(transaction=True),
    pytest.mark.timeout(3_600 if LONG else 120),
]
ELECTIONS = 200 if LONG else 20
Rows = Callable[[str], list[tuple[Any, ...]]]
CONTROL = "a box that kept the order"


def vote_through_the_door(held: Held, who: str, choice: Any) -> str:
    """Over HTTP as a browser does it: no cookie, no session. Returns the slip's fingerprint."""
    slip = slip_of(held, who, choice)
    answer = Client().post(f"/bieu-quyet/hom/{held.address}/", slip, content_type="application/octet-stream")
    assert answer.status_code == 200, answer.content.decode()
    assert not answer.cookies
    return receipt_of(slip)


def dumped(rows: Rows, ballot: Ballot) -> tuple[list[str], list[str]]:
    """What the owner of the database reads: fingerprints as they lie in the box, and who took papers in which order.

    `rows(statement)` asks as the owner: physical place, transaction and all.
    """
    lying = [
        receipt_of(bytes(slip))
        for (slip,) in rows(
            f"SELECT s.slip FROM voting_boxcontent c, unnest(c.slips) WITH ORDINALITY AS s(slip, place)"
            f" WHERE c.box_id = {ballot.pk} ORDER BY c.xmin::text::bigint, c.ctid, s.place"
        )
    ]
    taken = [
        str(person)
        for (person,) in rows(
            "SELECT v.person_id FROM voting_issue i JOIN voting_voter v ON v.id = i.voter_id"
            f" WHERE v.ballot_id = {ballot.pk} ORDER BY i.xmin::text::bigint, i.ctid"
        )
    ]
    return lying, taken


def journalled(rows: Rows, ballot: Ballot) -> list[str]:
    """Who left lines, in the journal's order."""
    found = rows(f"SELECT actor FROM journal_entry WHERE record_id = {ballot.pk} AND act = 'ballot.issue' ORDER BY id")
    return [actor.partition(":")[2] for (actor,) in found]


def listed(rows: Rows, ballot: Ballot) -> list[str]:
    """The voters' list, by its numbers."""
    found = rows(f"SELECT person_id FROM voting_voter WHERE ballot_id = {ballot.pk} ORDER BY id")
    return [str(one) for (one,) in found]


def hits(slips: list[str], voters: list[str], truth: dict[str, str]) -> int:
    """How many are linked rightly when the first slip is given to the first voter, and so on."""
    return sum(truth[slip] == voter for slip, voter in zip(slips, voters, strict=True))


def election(world: Any, rows: Rows, chance: random.Random) -> dict[str, int]:
    """One election: taken and voted in orders of their own. Returns the hits of each way to guess."""
    held = handing_out(world, counters=COUNTERS[:2])
    takers, voters = chance.sample(VOTERS, len(VOTERS)), chance.sample(VOTERS, len(VOTERS))
    for who in takers:
        take_paper(world, held, who)
    do(world, "clerk", services.start_collecting, see(world, "clerk", held.ballot))
    truth: dict[str, str] = {}
    for who in voters:
        choice = chance.choice(("yes", "no", "other"))
        truth[vote_through_the_door(held, who, choice)] = str(getattr(world, who))
    lying, taken = dumped(rows, held.ballot)
    assert set(lying) == set(truth)
    cast = [str(getattr(world, who)) for who in voters]
    lengths = {length for (length,) in rows(
        f"SELECT DISTINCT length(s) FROM voting_boxcontent c, unnest(c.slips) s WHERE c.box_id = {held.ballot.pk}"
    )}  # fmt: skip
    assert len(lengths) == 1, "a slip's length must not tell what it says"
    return {
        "as they lie, as papers were taken": hits(lying, taken, truth),
        "as they lie, as the journal has it": hits(lying, journalled(rows, held.ballot), truth),
        "as they lie, as the list has it": hits(lying, listed(rows, held.ballot), truth),
        "as they lie, by who came when (somebody watched the hall)": hits(lying, cast, truth),
        CONTROL: hits(list(truth), cast, truth),
    }


def test_nobody_links_voters_to_slips(world, clock, as_owner, caplog):
    """Chance alone links one voter an election, however many there are (fixed points of a random order)."""
    allow(world)
    chance, found = random.SystemRandom(), Counter[str]()

    def rows(statement: str) -> list[tuple]:
        return as_owner.execute(statement).fetchall()

    for _number in range(ELECTIONS):
        found.update(election(world, rows, chance))
    control = found.pop(CONTROL)
    assert control == ELECTIONS * len(VOTERS), "the attack itself must work where order was kept"
    # A sum of n such numbers has mean n and variance n: five deviations is never by chance.
    most = ELECTIONS + 5 * ELECTIONS**0.5
    assert all(number <= most for number in found.values()), found
    assert "/hom/" not in caplog.text
