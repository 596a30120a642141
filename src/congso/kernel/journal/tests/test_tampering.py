"""Whatever somebody with all powers over the database does to the book, both readers name the first bad place."""

import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from congso.kernel.access.services import acting_as
from congso.kernel.directory.testing import World
from congso.kernel.journal.chain import digest_of
from congso.kernel.journal.exporting import checkpoint_file
from congso.kernel.journal.queries import Verdict, verify_journal
from congso.kernel.journal.reading import TEXT
from congso.kernel.journal.services import seal_journal
from congso.kernel.journal.tests.factories import KEEPER, checked, close_book, exported, write

pytestmark = [pytest.mark.faults, pytest.mark.django_db(transaction=True)]

# A short form in every run; `make faults` tries some hundreds.
MANY = 10 * int(os.environ.get("FAULTS", "2"))

TABLES = ("journal_entry", "journal_seal", "journal_checkpoint", "journal_key")
# How a value of each kind becomes another one.
OTHER = {
    "bigint": "coalesce({0}, 0) + {1}",
    "integer": "{0} + {1}",
    "timestamp with time zone": "{0} + {1} * interval '1 microsecond'",
    "character varying": "overlay({0} placing (CASE WHEN substr({0}, 1, 1) = 'b' THEN 'c' ELSE 'b' END) from 1)",
    "text": "overlay({0} placing (CASE WHEN substr({0}, {1}, 1) = 'b' THEN 'c' ELSE 'b' END) from {1})",
    "jsonb": "{0} || jsonb_build_object('n', {1} + 0.50)",
}
# Every chain of the book: how far the first checkpoint goes, how far the second, and where it ends.
FIRST, CLOSED, ENDS = {1: 4, 2: 3}, {0: 1, 1: 6, 2: 3}, {0: 2, 1: 6, 2: 5}


class Book:
    """A book of three chains with a tail, and its superuser."""

    def __init__(self, owner: Any, folder: Path) -> None:
        self.owner = owner
        self.file = folder / "so.jsonl"
        last = owner.execute("SELECT body FROM journal_checkpoint ORDER BY number DESC LIMIT 1").fetchone()[0]
        self.kept_body = last
        self.kept = folder / "kept.json"
        self.columns = [
            (table, column, kind)
            for table in TABLES
            for column, kind in owner.execute(
                "SELECT column_name, data_type FROM information_schema.columns WHERE table_name = %s", [table]
            )
        ]
        for (statement,) in owner.execute(
            "SELECT format('ALTER TABLE %%s DROP CONSTRAINT %%I CASCADE', conrelid::regclass, conname)"
            " FROM pg_constraint"
            " WHERE conrelid = ANY (%s::regclass[]) AND contype IN ('f', 'p', 'u', 'c') ORDER BY contype",
            [list(TABLES)],
        ).fetchall():
            owner.execute(statement)
        owner.execute("ALTER TABLE journal_entry DISABLE TRIGGER USER")
        for table in TABLES:
            owner.execute(f"CREATE TABLE saved_{table} AS TABLE {table}")

    def restore(self) -> None:
        for table in TABLES:
            self.owner.execute(f"DELETE FROM {table}; INSERT INTO {table} SELECT * FROM saved_{table}")

    def row(self, table: str, place: int) -> str:
        rows = self.owner.execute(f"SELECT ctid FROM {table} ORDER BY ctid").fetchall()
        return str(rows[place % len(rows)][0])

    def seal(self, chain: int, position: int) -> tuple[int, str, str]:
        return self.owner.execute(
            "SELECT entry_id, previous, digest FROM journal_seal WHERE organization_id = %s AND position = %s",
            [chain, position],
        ).fetchone()


@pytest.fixture
def book(world: World, as_owner: Any, tmp_path: Path) -> Book:
    write(world.clerk, organization=1, times=4)
    write(world.head, organization=2, times=3)
    close_book()
    write(world.clerk, organization=1, times=2)
    last = close_book()
    write(world.head, organization=2, times=2)
    seal_journal()
    (tmp_path / "kept.json").write_text(_file(last), encoding="utf-8")
    return Book(as_owner, tmp_path)


def _file(paper: Any) -> str:
    with acting_as(KEEPER):
        return checkpoint_file(paper)


def judged(book: Book) -> Verdict:
    """Both readers' finding; they must agree that something is wrong."""
    with acting_as(KEEPER):
        found = verify_journal((book.kept_body,))
    code, told = checked(exported(book.file), "--checkpoint", book.kept)
    assert found.faults, "the product found nothing"
    assert (code, told.startswith("SAI: ")) == (1, True), f"the separate program found nothing: {told}"
    return found


CHAINS = st.sampled_from([(chain, position) for chain, end in CLOSED.items() for position in range(1, end + 1)])


@pytest.mark.timeout(0)
def test_any_value_of_any_row_is_told(book: Book) -> None:
    @given(st.sampled_from(book.columns), st.integers(0, 50), st.integers(1, 60))
    @settings(max_examples=MANY, deadline=None, suppress_health_check=list(HealthCheck))
    def flip(column: tuple[str, str, str], place: int, how: int) -> None:
        table, name, kind = column
        book.restore()
        where = book.row(table, place)
        book.owner.execute(f"UPDATE {table} SET {name} = {OTHER[kind].format(name, how)} WHERE ctid = '{where}'")
        found = judged(book)
        if table == "journal_entry":
            assert "nội dung đã bị sửa" in str(found.faults[0]) or name in {"id", "organization_id"}

    flip()
    book.restore()
    book.owner.execute("UPDATE journal_checkpoint SET number = 2")  # twice the same number
    assert str(judged(book).faults[0]) == "biên bản số 2: thiếu biên bản số 1"
    book.restore()
    with acting_as(KEEPER):
        assert verify_journal((book.kept_body,)).faults == ()


def delete_both(book: Book, chain: int, position: int) -> None:
    entry = book.seal(chain, position)[0]
    book.owner.execute(
        f"DELETE FROM journal_seal WHERE entry_id = {entry}; DELETE FROM journal_entry WHERE id = {entry}"
    )


def delete_entry(book: Book, chain: int, position: int) -> None:
    book.owner.execute("DELETE FROM journal_entry WHERE id = %s", [book.seal(chain, position)[0]])


def delete_seal(book: Book, chain: int, position: int) -> None:
    book.owner.execute("DELETE FROM journal_seal WHERE entry_id = %s", [book.seal(chain, position)[0]])


def cut_tail(book: Book, chain: int, position: int) -> None:
    book.owner.execute(
        "WITH cut AS (DELETE FROM journal_seal WHERE organization_id = %s AND position >= %s RETURNING entry_id)"
        " DELETE FROM journal_entry WHERE id IN (SELECT entry_id FROM cut)",
        [chain, position],
    )


def insert_between(book: Book, chain: int, position: int) -> None:
    """A forged line with a fitting digest, the others moved down."""
    previous = book.seal(chain, position)[1]
    book.owner.execute(
        "UPDATE journal_seal SET position = position + 1 WHERE organization_id = %s AND position >= %s",
        [chain, position],
    )
    book.owner.execute(
        "INSERT INTO journal_entry (id, at, organization_id, actor, actor_label, act, facts)"
        " VALUES (999999, now(), %s, 'person:1', 'Giả', 'thử', '{}')",
        [chain],
    )
    text = book.owner.execute(f"SELECT {TEXT} FROM journal_entry e WHERE id = 999999").fetchone()[0]
    book.owner.execute(
        "INSERT INTO journal_seal (entry_id, organization_id, position, previous, digest)"
        " VALUES (999999, %s, %s, %s, %s)",
        [chain, position, previous, digest_of(previous, text)],
    )


def rewrite(book: Book, chain: int, position: int) -> None:
    """The line changed and every digest from there on made anew: the chain holds, the checkpoint does not."""
    book.owner.execute("UPDATE journal_entry SET act = 'khác' WHERE id = %s", [book.seal(chain, position)[0]])
    for place in range(position, ENDS[chain] + 1):
        entry = book.seal(chain, place)[0]
        head = book.seal(chain, place - 1)[2] if place > 1 else ""
        text = book.owner.execute(f"SELECT {TEXT} FROM journal_entry e WHERE id = %s", [entry]).fetchone()[0]
        book.owner.execute(
            "UPDATE journal_seal SET previous = %s, digest = %s WHERE entry_id = %s",
            [head, digest_of(head, text), entry],
        )


@pytest.mark.timeout(0)
def test_lines_taken_out_put_in_or_written_anew_are_told(book: Book) -> None:
    acts: list[Callable[[Book, int, int], None]] = [
        delete_both, delete_entry, delete_seal, cut_tail, insert_between, rewrite,
    ]  # fmt: skip

    @given(st.sampled_from(acts), CHAINS)
    @settings(max_examples=MANY, deadline=None, suppress_health_check=list(HealthCheck))
    def tamper(act: Callable[[Book, int, int], None], place: tuple[int, int]) -> None:
        chain, position = place
        book.restore()
        act(book, chain, position)
        fault = judged(book).faults[0]
        assert fault.organization_id == chain
        if act is rewrite:  # the chain holds in itself: the first checkpoint over the line names its end of that day
            assert (fault.position >= position, "viết lại" in fault.what) == (True, True)
        elif act is insert_between:  # the forged line itself fits; the one after it does not, or the checkpoint
            assert fault.position in {position, position + 1}
        else:
            assert fault.position == position

    tamper()


@pytest.mark.timeout(0)
def test_two_lines_that_changed_places_are_told(book: Book) -> None:
    @given(CHAINS, CHAINS, st.sampled_from(["entry_id", "position", "digest", "previous"]))
    @settings(max_examples=MANY // 2, deadline=None, suppress_health_check=list(HealthCheck))
    def swap(one: tuple[int, int], other: tuple[int, int], what: str) -> None:
        if one == other or (what == "position" and one[0] != other[0]):
            return
        if what == "previous" and one[1] == other[1] == 1:
            return  # both follow nothing
        book.restore()
        values = [
            book.owner.execute(
                f"SELECT ctid, {what} FROM journal_seal WHERE organization_id = %s AND position = %s", place
            ).fetchone()
            for place in (one, other)
        ]
        for (where, _), (_, value) in zip(values, reversed(values), strict=True):
            book.owner.execute(f"UPDATE journal_seal SET {what} = %s WHERE ctid = %s", [value, where])
        fault = judged(book).faults[0]
        assert (fault.organization_id, fault.position) == min(one, other, key=_in_the_book)

    swap()


def _in_the_book(place: tuple[int, int]) -> tuple[bool, int, int]:
    """The order in which lines are read: what the first checkpoint closes comes first."""
    chain, position = place
    return position > FIRST.get(chain, 0), chain, position


def test_a_checkpoint_taken_out_or_signed_by_another_key_is_told(book: Book) -> None:
    book.owner.execute("DELETE FROM journal_checkpoint WHERE number = 1")
    assert str(judged(book).faults[0]) == "biên bản số 2: thiếu biên bản số 1"
    book.restore()
    book.owner.execute("DELETE FROM journal_checkpoint WHERE number = 2")
    assert "nơi khác giữ một bản" in str(judged(book).faults[0])
    book.restore()
    body = json.loads(book.kept_body)
    body["entries"] += 1
    book.owner.execute("UPDATE journal_checkpoint SET body = %s WHERE number = 2", [json.dumps(body)])
    assert str(judged(book).faults[0]) == "biên bản số 2: chữ ký sai"
