"""Two offices exchange through the axis while either of them, the axis or the database server is killed at random.

Each document must arrive once, be registered once, and both offices must agree on its end. `make faults` kills 100
times during 1,000 exchanges and writes docs/faults.md (EXCHANGES=… for another count, a kill for each ten); `make test`
kills four times during ten.
"""

import json
import os
import secrets
import signal
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from typing import Any

import psycopg
import pytest

from operate.environment import app_environment
from operate.places import Places
from operate.preparing import PYTHON
from operate.supervisor import Child
from tests.faults.exchanging import OURS, RECALLED_EVERY, THEIRS
from tests.faults.installation import (
    Installation,
    axis_of,
    free_port,
    installed,
    join_axis,
    second_of,
    supervised,
    wait_until,
    with_tests,
)
from tests.faults.report import write_section

SHORT, LONG = 10, 1_000
DOCUMENTS = int(os.environ.get("EXCHANGES") or (LONG if os.environ.get("FAULTS") else SHORT))
KILLS = max(4, DOCUMENTS // 10)
SEED = int(os.environ.get("FAULTS_SEED") or secrets.randbelow(10**6))
SETTLED_WITHIN = 120.0 + 3 * DOCUMENTS
# The axis itself, besides: answers that get lost, packets given twice, in any order.
MOODS = ("--lost", "0.03", "--error", "0.02", "--duplicate", "0.05", "--reorder", "0.2", "--again", "0.05")
TARGETS = ("sender", "receiver", "axis", "database")
OPEN = "('waiting', 'trying', 'held', 'arrived', 'stuck')"

_ABOUT = """
One office sends documents, the other registers each and reports it 03, 05, 06; every tenth is then asked back and taken
back. Either office's process, the axis or the database server of both is killed with kill -9 at random moments. The
axis besides loses answers, gives packets twice and in any order. The carrier's rounds are the product's, on a clock
sixty times as fast (a lease of five minutes takes five seconds). At the end both offices say the same of every one.
"""

pytestmark = [pytest.mark.faults, pytest.mark.timeout(int(2 * SETTLED_WITHIN + 20 * KILLS))]


@dataclass
class Exchange:
    """Both offices' databases and the processes at work."""

    office: Installation
    owners: dict[str, str]
    children: dict[str, Child]
    axis: Path
    kills: dict[str, int] = field(default_factory=lambda: dict.fromkeys(TARGETS, 0))
    under_way: int = 0
    """How many of the kills met exchanges that were not at their end."""
    seconds: float = 0.0

    def rows(self, who: str, query: str) -> list[tuple[Any, ...]]:
        """What the owner of one office's database reads."""
        with psycopg.connect(self.owners[who]) as connection:
            return connection.execute(query).fetchall()

    def kill(self, target: str) -> None:
        """Kill -9, whatever it is doing."""
        for child in self.children.values():
            child.failures = 0
        self.kills[target] += 1
        if target == "database":
            self.office.kill_database()
            self.office.wait_for_database()
        else:
            self.children[target].signal_group(signal.SIGKILL)

    def ended(self) -> int:
        """How many documents are at their end, as their sender knows it."""
        while True:
            try:
                return int(self.rows("sender", _COUNT.format("kind = 'new' AND answer = '06'"))[0][0])
            except psycopg.OperationalError:  # the server was killed
                time.sleep(0.2)

    def is_settled(self) -> bool:
        """Everything sent and answered, nothing left to do for anybody."""
        try:
            sent = self.rows("sender", _COUNT.format("direction = 'out' AND kind = 'new' AND answer = '06'"))
            back = self.rows("sender", _COUNT.format("kind = 'recall' AND answer = '15'"))
            left = [self.rows(who, _COUNT.format(f"state IN {OPEN}"))[0][0] for who in self.owners]
        except psycopg.OperationalError:
            return False
        return sent == [(DOCUMENTS,)] and back == [(DOCUMENTS // RECALLED_EVERY,)] and left == [0, 0]


_COUNT = "SELECT count(*) FROM exchange_packet WHERE {}"


@contextmanager
def exchanging(folder: Path) -> Iterator[Exchange]:
    """Both offices and the axis, each a process under the product's supervisor."""
    with installed(folder) as office:
        offices = {"sender": office, "receiver": second_of(office, Places(folder / "second"))}
        keys, port = {OURS: "ours", THEIRS: "theirs"}, free_port()
        begun, children = time.time(), {}
        for (role, one), code in zip(offices.items(), keys, strict=True):
            join_axis(one, code, keys[code], port)
            told = {
                "EXCHANGE_BEGUN": str(begun), "EXCHANGE_COUNT": str(DOCUMENTS),
                "EXCHANGE_CLERK": str(office.people["people"]["clerk"]),
            }  # fmt: skip
            environment = with_tests(app_environment(one.places, one.connections)) | told
            children[role] = Child(role, [str(PYTHON), "-m", "tests.faults.exchanging", role], environment)
        children["axis"] = axis_of(office, folder / "axis", keys, port, *MOODS)
        with supervised(office, children.values()):
            owners = {role: one.connections.owner_url for role, one in offices.items()}
            yield Exchange(office, owners, children, folder / "axis")


@pytest.fixture(scope="module")
def exchange(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Exchange]:
    random, begun = Random(SEED), time.monotonic()  # noqa: S311 - repeatable, nothing secret
    sys.stdout.write(f"FAULTS_SEED={SEED} documents={DOCUMENTS} kills={KILLS}\n")
    with exchanging(tmp_path_factory.mktemp("exchange")) as made:
        wait_until(lambda: made.rows("receiver", _COUNT.format("direction = 'in'")) != [(0,)], "the first one arrived")
        for number in range(KILLS):
            # Spread over the exchanges, however slow the machine: so many are at their end, the next are under way.
            due, waiting_since = number * DOCUMENTS // KILLS, time.monotonic()
            wait_until(lambda due=due: made.ended() >= due, "exchanges go on", seconds=SETTLED_WITHIN)  # type: ignore[misc]
            taken_by_one = (time.monotonic() - waiting_since) * KILLS / DOCUMENTS
            time.sleep(random.uniform(0.0, min(3.0, taken_by_one)))
            made.under_way += made.ended() < DOCUMENTS
            # The first are one of each; then chance decides.
            made.kill(TARGETS[number] if number < len(TARGETS) else random.choice(TARGETS))
        wait_until(made.is_settled, "every exchange came to its end", seconds=SETTLED_WITHIN)
        made.seconds = time.monotonic() - begun
        yield made


def test_each_document_arrived_and_was_registered_exactly_once(exchange: Exchange) -> None:
    came = exchange.rows("receiver", "SELECT id, document_id FROM exchange_packet WHERE direction = 'in'"
                         " AND kind = 'new'")  # fmt: skip
    sent = exchange.rows("sender", "SELECT document_id FROM exchange_packet WHERE direction = 'out' AND kind = 'new'")
    assert sorted(name for _, name in came) == sorted(name for (name,) in sent)
    assert len({name for _, name in came}) == len(came) == DOCUMENTS
    taken = exchange.rows("receiver", "SELECT batch FROM files_upload")
    assert sorted(taken) == sorted((f"packet-{pk}",) for pk, _ in came)
    accepted = exchange.rows("receiver", "SELECT count(*) FROM journal_entry WHERE act = 'exchange.accept'")
    assert accepted == [(DOCUMENTS,)]


def test_both_offices_agree_on_the_end_of_each(exchange: Exchange) -> None:
    ending = "SELECT document_id, answer, state FROM exchange_packet WHERE kind = 'new' AND direction = '{}' ORDER BY 1"
    sent, came = exchange.rows("sender", ending.format("out")), exchange.rows("receiver", ending.format("in"))
    assert sent == came
    assert {answer for _, answer, _ in sent} == {"06"}
    assert sum(state == "recalled" for _, _, state in sent) == DOCUMENTS // RECALLED_EVERY


def test_nothing_is_left_anywhere(exchange: Exchange) -> None:
    for who in exchange.owners:
        assert exchange.rows(who, f"SELECT id, kind, state, reason FROM exchange_packet WHERE state IN {OPEN}") == []
    notes = [json.loads(path.read_text()) for path in exchange.axis.glob("*.json")]
    assert notes
    wait_until(lambda: all(_is_done(exchange)), "the axis heard of every packet that it is here")


def _is_done(exchange: Exchange) -> Iterator[bool]:
    return (json.loads(path.read_text())["done"] for path in exchange.axis.glob("*.json"))


def test_every_kill_met_work(exchange: Exchange) -> None:
    assert sum(exchange.kills.values()) == KILLS
    assert exchange.under_way >= KILLS // 2
    if DOCUMENTS > SHORT:
        write_down(exchange)


def write_down(exchange: Exchange) -> None:
    """What the long form proved, for people who did not see it run."""
    repeats = "SELECT coalesce(sum(repeats), 0)::integer FROM exchange_packet"
    known = sum(exchange.rows(who, repeats)[0][0] for who in exchange.owners)
    facts = {
        "documents sent, each here once and registered once": DOCUMENTS,
        "of them asked back after their end, and taken back": DOCUMENTS // RECALLED_EVERY,
        **{f"kills of the {target}": n for target, n in exchange.kills.items()},
        "kills while exchanges were under way": exchange.under_way,
        "packets the axis carried": sum(1 for _ in exchange.axis.glob("*.json")),
        "packets that came again and were known": known,
        "packets left open at the end, at either": 0,
        "minutes": round(exchange.seconds / 60),
    }
    told = [f"`FAULTS_SEED={SEED} EXCHANGES={DOCUMENTS}`", *_ABOUT.splitlines(), "", "| | |", "|---|---:|"]
    write_section("Kills during exchanges", told + [f"| {what} | {n:,} |" for what, n in facts.items()])
