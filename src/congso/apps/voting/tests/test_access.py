"""Raw SQL as the application's role, for everybody of the cast: each table shows and changes what the rules say.

What is expected is written here a second time, from the rules of docs/voting.md, not from the policies.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest
from django.db import Error, ProgrammingError, connection, transaction

from congso.apps.voting import services
from congso.apps.voting.models import SheetDoubt, SheetPage, SheetSet
from congso.apps.voting.protection import TABLES
from congso.apps.voting.queries import counter_of
from congso.apps.voting.tests.factories import (
    COUNTERS,
    LATER,
    VOTERS,
    as_one,
    closed,
    counted,
    do,
    enter,
    opened,
    own_rule,
    prepare,
    see,
    vote,
)
from congso.apps.voting.tests.secret_world import (
    allow,
    close,
    collecting,
    give,
    handing_out,
    opened_box,
    prepared,
    put,
    slip_of,
    take_paper,
)
from congso.lib.protection import Table

ORGANIZERS = {"secretary", "chief", "clerk"}
ON_LIST = ORGANIZERS | set(COUNTERS) | set(VOTERS) | {"reader"}
LIST = {
    "rule": "bau-tai-hoi-nghi", "subject": "list", "method": "paper", "seats": 2, "is_poll_recorded": True,
    "names": ("Lê Thị An", "Trần Văn Bình", "Phạm Thị Cúc"),
}  # fmt: skip


@dataclass(frozen=True)
class Row:
    """A row as its owner reads it: its key, its ballot's number and state, whose it is (a voter's, a counter's)."""

    key: Any
    ballot: int | None
    state: str
    person: int | None


Rule = Callable[[str, Row], bool]


@pytest.fixture
def scenes(world: Any, clock: Any) -> dict[str, Any]:
    """Ballots of every kind in every state, with rows in every table."""
    allow(world)
    own_rule(world)
    made: dict[str, Any] = {"draft": prepare(world), "counted": counted(world)}
    made["letter"] = opened(world, way="circulation", closes_at=LATER)
    vote(world, made["letter"], "head")
    vote(world, made["letter"], "other_head", "no")
    made["list"] = prepare(world, **LIST)
    do(world, "clerk", services.print_ballots, see(world, "clerk", made["list"]), 2)
    made["hands"] = closed(world)
    enter(world, made["hands"], "specialist")
    made["paper"] = closed(world, **LIST)
    for who in COUNTERS[:2]:
        scan(world, made["paper"], who)
        enter(world, made["paper"], who, yes=0, no=0, votes=[5, 3, 2])
    made["keys"] = prepared(world)[0]
    made["handing"] = handing_out(world)
    for who in VOTERS[:3]:
        take_paper(world, made["handing"], who)
    made["box"] = collecting(world, takers=VOTERS[:3])
    put(made["box"], slip_of(made["box"], VOTERS[0], "yes"))
    made["shut"] = collecting(world, takers=VOTERS[:3])
    put(made["shut"], slip_of(made["shut"], VOTERS[0], "no"))
    close(world, made["shut"])
    give(world, made["shut"], COUNTERS[0])
    made["opened"] = opened_box(world)
    return made


def scan(world: Any, ballot: Any, who: str) -> None:
    """A page a counter has scanned, with something to look at."""
    with as_one(world, who):
        own = counter_of(see(world, who, ballot), getattr(world, who))
        page = SheetPage.objects.create(counter=own, upload_id=1, number=1, sheet="a" * 16, struck=[0])
        SheetDoubt.objects.create(sheet_page=page, place=1, picture=b"x")
    with as_one(world, "clerk"):
        assert SheetSet.objects.count() == 1


BALLOT = "JOIN records_record r ON r.id = {}"
VOTER = "JOIN voting_voter v ON v.id = t.voter_id " + BALLOT.format("v.ballot_id")
COUNTER = "JOIN voting_counter c ON c.id = t.counter_id " + BALLOT.format("c.ballot_id")
PAGE = "JOIN voting_sheetpage p ON p.id = t.sheet_page_id JOIN voting_counter c ON c.id = p.counter_id "
# table: its key, the joins to its record, whose row it is
WAYS = {
    "votingrule": ("id", "LEFT JOIN records_record r ON false", "t.owner_id"),
    "ballot": ("record_ptr_id", BALLOT.format("t.record_ptr_id"), "NULL"),
    "option": ("id", BALLOT.format("t.ballot_id"), "NULL"),
    "voter": ("id", BALLOT.format("t.ballot_id"), "t.person_id"),
    "counter": ("id", BALLOT.format("t.ballot_id"), "t.person_id"),
    "answer": ("id", VOTER, "v.person_id"),
    "issue": ("voter_id", VOTER, "v.person_id"),
    "count": ("id", COUNTER, "c.person_id"),
    "counterkey": ("counter_id", COUNTER, "c.person_id"),
    "givenkey": ("counter_id", COUNTER, "c.person_id"),
    "box": ("ballot_id", BALLOT.format("t.ballot_id"), "NULL"),
    "sheetset": ("ballot_id", BALLOT.format("t.ballot_id"), "NULL"),
    "sheetpage": ("id", COUNTER, "c.person_id"),
    "sheetdoubt": ("id", PAGE + BALLOT.format("c.ballot_id"), "c.person_id"),
}


def in_state(who: str, row: Row) -> bool:
    """Whether the ballot shows itself: being prepared only to who prepares and counts."""
    return who in (ON_LIST if row.state != "draft" else ORGANIZERS | set(COUNTERS) | {"reader"})


def organizes(*states: str) -> Rule:
    """Its organizers, in these states."""
    return lambda who, row: who in ORGANIZERS and row.state in states


@pytest.fixture
def rules(world: Any) -> tuple[dict[str, Rule], dict[str, Rule], dict[str, Rule]]:
    """Who sees, changes, removes a row of each table."""
    people = world.people()

    def mine(who: str, row: Row) -> bool:
        return people[who] == row.person

    def has_counted(who: str, row: Row) -> bool:
        return any(people[who] == one.person and one.ballot == row.ballot for one in ROWS["count"])

    never: Rule = lambda _who, _row: False  # noqa: E731 - one word for a table
    shown = {
        "votingrule": lambda _who, _row: True,
        "answer": lambda who, row: in_state(who, row) and (mine(who, row) or row.state != "open" or who in ORGANIZERS),
        "issue": lambda who, row: (
            in_state(who, row) and (mine(who, row) or row.state in ("closed", "counted") or who in ORGANIZERS)
        ),
        # Two count independently: nobody of the committee sees another's figures before she has entered her own.
        "count": lambda who, row: (
            in_state(who, row)
            and (row.state == "counted" or mine(who, row) or has_counted(who, row) or who in ORGANIZERS)
        ),
        "givenkey": lambda who, row: who in COUNTERS,
        "sheetset": lambda who, row: who in ORGANIZERS | set(COUNTERS),
        "sheetpage": mine,
        "sheetdoubt": mine,
    }
    changed = {
        "votingrule": lambda who, row: who in ORGANIZERS and row.person is not None,
        "ballot": lambda who, row: (
            (who in ORGANIZERS and row.state in ("draft", "open", "closed"))
            or (who in COUNTERS and row.state == "closed")
        ),
        "voter": organizes("draft", "open"),
        "counter": organizes("draft"),
        "counterkey": lambda who, row: mine(who, row) and row.state == "draft",
        "box": lambda who, row: (
            (who in ORGANIZERS and row.state == "open") or (who in COUNTERS and row.state == "closed")
        ),
        "sheetset": organizes("draft", "open"),
        "sheetdoubt": lambda who, row: mine(who, row) and row.state == "closed",
    }
    removed = {
        "option": organizes("draft"), "voter": organizes("draft"), "counter": organizes("draft"),
        "counterkey": organizes("draft"), "sheetset": organizes("draft"),
        "givenkey": lambda who, row: who in COUNTERS and row.state == "closed",
    }  # fmt: skip
    return (
        {name: shown.get(name, in_state) for name in WAYS},
        {name: changed.get(name, never) for name in WAYS},
        {name: removed.get(name, never) for name in WAYS},
    )


ROWS: dict[str, list[Row]] = {}  # as the database's owner reads them


@pytest.mark.django_db(transaction=True)
def test_everybody_sees_changes_and_removes_what_the_rules_say(world, scenes, rules, as_owner):
    for table, (key, joins, whose) in WAYS.items():
        told = as_owner.execute(f"SELECT t.{key}, r.id, r.state, {whose} FROM voting_{table} t {joins}").fetchall()
        ROWS[table] = [Row(*one) for one in told]
        assert ROWS[table], f"no row to look at in {table}"
    assert {table.name.removeprefix("voting_") for table in TABLES if isinstance(table, Table)} == WAYS.keys()
    shown, changed, removed = rules
    wrong = []
    for who in world.people():
        for table, (key, _joins, _whose) in WAYS.items():
            name = f"voting_{table}"
            with as_one(world, who):
                columns = asked(
                    "SELECT column_name FROM information_schema.columns WHERE table_name = %s"
                    " AND has_column_privilege(current_user, table_name::regclass, column_name, 'UPDATE')",
                    name,
                )
            sets = ", ".join(f'"{column}" = "{column}"' for column in columns)
            acts = {
                "sees": (shown, f"SELECT {key} FROM {name}"),
                "changes": (changed, f"UPDATE {name} SET {sets} RETURNING {key}" if sets else ""),
                "removes": (removed, f"DELETE FROM {name} RETURNING {key}"),
            }
            for act, (rule, statement) in acts.items():
                found = done(world, who, statement) if statement else set()
                expected = {row.key for row in ROWS[table] if rule[table](who, row)}
                if found != expected:
                    wrong.append((who, act, table, sorted(found - expected), sorted(expected - found)))
    assert not wrong, "\n".join(str(one) for one in wrong)


def asked(statement: str, *values: object) -> set[Any]:
    """The first column of what is answered."""
    with connection.cursor() as cursor:
        cursor.execute(statement, values or None)
        return {one for (one, *_more) in cursor.fetchall()}


def done(world: Any, who: str, statement: str) -> set[Any]:
    """The keys it reaches, undone afterwards; none when the database refuses it for want of any right."""
    try:
        with as_one(world, who), transaction.atomic():
            found = asked(statement)
            transaction.set_rollback(True)
    except ProgrammingError as error:
        if "permission denied" not in str(error):
            raise
        return set()
    return found


def refused(world: Any, who: str, statement: str, *values: object) -> bool:
    """Whether the database lets nothing happen: an error, or no row."""
    with as_one(world, who), connection.cursor() as cursor:
        try:
            with transaction.atomic():
                cursor.execute(statement, values or None)
                return cursor.rowcount == 0
        except Error:
            return True


@pytest.mark.django_db
def test_nobody_votes_counts_or_takes_a_paper_in_anothers_name_or_time(world, clock):
    allow(world)
    letter, hands = opened(world, way="circulation", closes_at=LATER), closed(world)
    paper, handing = closed(world, **LIST), handing_out(world).ballot
    lines = {
        "answer": "INSERT INTO voting_answer (voter_id, choice, picks, words, at)"
        " SELECT id, 'yes', '{}', '', %s FROM voting_voter WHERE ballot_id = %s AND person_id = %s",
        "issue": "INSERT INTO voting_issue (voter_id, blinded, signature)"
        " SELECT id, '', '' FROM voting_voter WHERE %s IS NOT NULL AND ballot_id = %s AND person_id = %s",
        "count": "INSERT INTO voting_count (ballot_id, counter_id, figures, at)"
        " SELECT ballot_id, id, '{}', %s FROM voting_counter WHERE ballot_id = %s AND person_id = %s",
        "page": "INSERT INTO voting_sheetpage (counter_id, upload_id, number, sheet, page, problem, struck)"
        " SELECT id, 1, 1, '', 0, %s, '{}' FROM voting_counter WHERE ballot_id = %s AND person_id = %s",
    }
    ways = {
        "answer": (letter, "head"), "issue": (handing, "head"), "count": (hands, COUNTERS[0]),
        "page": (paper, COUNTERS[0]),
    }  # fmt: skip
    for name, (ballot, entitled) in ways.items():
        values = ("" if name == "page" else "2026-11-23", ballot.pk)
        for who in world.people():
            if who != entitled:
                assert refused(world, who, lines[name], *values, getattr(world, entitled)), (name, who)
        assert not refused(world, entitled, lines[name], *values, getattr(world, entitled)), name
    assert refused(world, "other_head", lines["answer"], LATER, letter.pk, world.other_head)  # the hour has passed
    assert refused(world, "head", lines["answer"], "2026-11-23", hands.pk, world.head)  # not a named ballot
    assert refused(world, "head", lines["answer"], "2026-11-23", handing.pk, world.head)


@pytest.mark.django_db
def test_what_was_opened_stands_still_for_its_own_organizers_too(world, clock):
    allow(world)
    letter, hands = opened(world, way="circulation", closes_at=LATER), closed(world)
    held = handing_out(world)
    for who in VOTERS[:2]:
        take_paper(world, held, who)
    for ballot in (letter, hands):
        for change in ("rule_kept = '{}'", "closes_at = '2030-01-01'", "question = 'x'", "seats = 9", "threshold = 1"):
            statement = f"UPDATE voting_ballot SET {change} WHERE record_ptr_id = {ballot.pk}"
            assert refused(world, "clerk", statement), statement
    assert refused(
        world, "clerk", f"UPDATE voting_ballot SET result = '{{\"a\": 1}}' WHERE record_ptr_id = {letter.pk}"
    )
    assert refused(world, COUNTERS[0], f"UPDATE voting_ballot SET roll = '{{}}' WHERE record_ptr_id = {hands.pk}")
    of_head = f"WHERE ballot_id = {letter.pk} AND person_id = {world.head}"
    assert refused(world, "clerk", f"UPDATE voting_voter SET is_voting = false {of_head}")
    assert refused(world, "clerk", f"UPDATE voting_voter SET label = 'x' {of_head}")
    assert not refused(world, "clerk", f"UPDATE voting_voter SET is_present = false {of_head}")
    # Who took a secret paper stays on the list: nobody knows which slip is hers.
    for who, stands in ((VOTERS[0], True), (VOTERS[4], False)):
        statement = (
            "UPDATE voting_voter SET removed_at = now(), removed_reason = 'x'"
            f" WHERE ballot_id = {held.ballot.pk} AND person_id = {getattr(world, who)}"
        )
        assert refused(world, "clerk", statement) == stands


@pytest.mark.django_db
def test_one_member_of_the_committee_alone_opens_and_publishes_nothing(world, clock):
    """The doors and the row of the box itself, as everybody; what is known before the opening links nobody."""
    allow(world)
    held = collecting(world)
    put(held, slip_of(held, "head", "yes"))
    pk = held.ballot.pk
    forged = """UPDATE voting_box SET published = '{"choices": ["no"], "papers": [], "receipts": []}'"""
    everybody = world.people()

    def shut(but: tuple[str, ...] = ()) -> None:
        for who in everybody:
            assert refused(world, who, "SELECT slips FROM voting_boxcontent"), who
            assert refused(world, who, f"{forged} WHERE ballot_id = {pk}"), who
            assert refused(world, who, f"UPDATE voting_box SET signing_key = 'x' WHERE ballot_id = {pk}"), who
            if who not in but:
                assert refused(world, who, f"SELECT congso.box_take({pk})"), who
            with as_one(world, who):
                assert asked("SELECT congso.box_count(%s)", pk) == {1 if who in ON_LIST else 0}

    shut()
    close(world, held)
    shut()
    give(world, held, COUNTERS[0])
    shut(but=COUNTERS)  # two of three: whoever of the committee comes next opens
    with as_one(world, COUNTERS[1]):
        assert set(asked("SELECT jsonb_object_keys(congso.box_state(%s))", held.address)) == {
            "state", "modulus", "counters", "receipts",
        }  # fmt: skip
    assert give(world, held, COUNTERS[1]) is True
    assert all(refused(world, who, f"{forged} WHERE ballot_id = {pk}") for who in everybody)
