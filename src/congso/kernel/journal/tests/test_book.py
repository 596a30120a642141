"""The book closed, written out, and checked by the product and by a program that knows nothing of it."""

import json
from datetime import timedelta
from typing import Any

import pytest
from django.db import Error, connection, transaction
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st

from congso.kernel.access.services import Actor, acting_as
from congso.kernel.directory.testing import World
from congso.kernel.journal import merkle
from congso.kernel.journal.chain import read_closing
from congso.kernel.journal.closing import ClosingRefused
from congso.kernel.journal.exporting import checkpoint_file
from congso.kernel.journal.keys import make_key
from congso.kernel.journal.models import Checkpoint, Key, Seal
from congso.kernel.journal.proving import NotProvable, proof_file, proof_of
from congso.kernel.journal.services import seal_journal
from congso.kernel.journal.tests.factories import KEEPER, TOOL, checked, close_book, command, exported, verdict, write

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def book(world: World) -> list[Checkpoint]:
    """Three chains, closed twice, with a tail."""
    write(world.clerk, organization=1, times=4)
    write(world.head, organization=2, times=3)
    first = close_book()
    write(world.clerk, organization=1, times=2)
    second = close_book()
    write(world.head, organization=2)
    seal_journal()
    return [first, second]


def test_the_book_is_whole_here_and_elsewhere(book: list[Checkpoint], tmp_path: Any) -> None:
    found = verdict()
    assert (found.faults, found.sealed, found.checkpoints, found.is_blind) == ((), 12, 2, False)
    file = exported(tmp_path / "so.jsonl")
    code, told = checked(file)
    assert (code, "12 dòng trong 3 chuỗi, 2 biên bản" in told) == (0, True), told
    assert checked(file, "--key", found.keys[0])[0] == 0
    code, told = checked(file, "--key", "0" * 64)
    assert (code, "biên bản số 1: ký bằng khóa lạ" in told) == (1, True)
    with file.open(encoding="utf-8") as lines:
        assert all(json.loads(line) for line in lines)


def test_a_checkpoint_names_every_chain_and_follows_the_last(book: list[Checkpoint]) -> None:
    first, second = (read_closing(paper.body) for paper in book)
    assert {chain: position for chain, (position, _) in second.heads.items()} == {0: 1, 1: 6, 2: 3}
    assert (first.fresh, second.fresh, second.entries) == (7, 3, 10)
    assert (first.previous, bool(second.previous)) == ("", True)


def test_each_closed_line_is_proved_by_a_short_file(book: list[Checkpoint], tmp_path: Any) -> None:
    with acting_as(KEEPER):
        for seal in Seal.objects.all():
            path = tmp_path / "chung-minh.json"
            try:
                path.write_text(proof_file(seal), encoding="utf-8")
            except NotProvable:
                assert (seal.organization_id, seal.position) in {(0, 2), (2, 4)}
                continue
            code, told = checked(path)
            assert (code, "Chứng minh đúng" in told) == (0, True), told


def test_a_changed_proof_proves_nothing(book: list[Checkpoint], tmp_path: Any) -> None:
    with acting_as(KEEPER):
        proof = proof_of(Seal.objects.get(organization_id=1, position=3))
    path = tmp_path / "chung-minh.json"
    for change, told in (
        ({"position": 5}, "không dẫn tới gốc"),
        ({"index": 1}, "không dẫn tới gốc"),
        ({"previous": "0" * 64}, "nội dung đã bị sửa"),
        ({"entry": proof["entry"].replace("thử.ghi", "thử.xóa")}, "nội dung đã bị sửa"),
        ({"size": 8}, "không thuộc biên bản"),
        ({"path": []}, "không dẫn tới gốc"),
        ({"keys": []}, "không có khóa"),
    ):
        path.write_text(json.dumps(proof | change), encoding="utf-8")
        code, said = checked(path)
        assert (code, told in said) == (1, True), (change, said)


def test_a_part_is_written_out_by_days(world: World, book: list[Checkpoint], clock: Any, tmp_path: Any) -> None:
    clock.move_to(timezone.now() + timedelta(days=400))
    write(world.clerk, organization=1)
    day = timezone.localdate()
    close_book()
    code, told = checked(exported(tmp_path / "a.jsonl", since=day))
    assert (code, "1 biên bản" in told, "bắt đầu giữa chừng" in told) == (0, True, True), told
    code, told = checked(exported(tmp_path / "b.jsonl", until=day - timedelta(days=1)))
    assert (code, "10 dòng trong 3 chuỗi, 2 biên bản" in told) == (0, True), told


def test_a_new_key_is_vouched_for_by_the_old_one(world: World, settings: Any, tmp_path: Any) -> None:
    settings.JOURNAL_KEY_DIR = tmp_path / "keys"
    write(world.clerk, organization=1)
    close_book()
    old = verdict().keys[0]
    with acting_as(KEEPER):
        fresh = make_key(at=timezone.now())
    close_book()
    found = verdict()
    assert (found.faults, found.keys) == ((), (old, fresh.fingerprint))
    file = exported(tmp_path / "so.jsonl")
    assert checked(file, "--key", old)[0] == 0
    assert checked(file, "--key", fresh.fingerprint)[0] == 1  # the new one does not vouch for the old


def test_a_machine_without_the_key_says_so_until_it_is_trusted(
    book: list[Checkpoint], settings: Any, tmp_path: Any
) -> None:
    settings.JOURNAL_KEY_DIR = tmp_path / "keys"
    assert verdict().is_blind
    assert verdict().faults == ()
    close_book()
    assert "ký bằng khóa lạ" in verdict().faults[0].what
    with acting_as(KEEPER):
        old = Key.objects.get(pk=read_closing(book[0].body).key)
    (tmp_path / "keys" / "trusted").write_text(old.fingerprint)
    assert verdict().faults == ()


def test_who_is_not_the_keeper_closes_nothing_and_nobody_changes_a_checkpoint(world: World, book: Any) -> None:
    with acting_as(Actor.person(world.auditor)):
        assert Checkpoint.objects.count() == 2
        for statement in ("UPDATE journal_checkpoint SET body = ''", "DELETE FROM journal_checkpoint"):
            with pytest.raises(Error), transaction.atomic():
                connection.cursor().execute(statement)
        with pytest.raises(Error), transaction.atomic():
            Checkpoint.objects.create(number=9, made_at=timezone.now(), entries=0, body="{}", signature="")
    with acting_as(Actor.person(world.administrator)):
        assert not Checkpoint.objects.exists()
    with acting_as(KEEPER), pytest.raises(Error), transaction.atomic():
        connection.cursor().execute("UPDATE journal_checkpoint SET body = ''")


def test_a_cut_book_is_not_closed(book: list[Checkpoint], as_owner: Any) -> None:
    as_owner.execute("DELETE FROM journal_seal WHERE organization_id = 1 AND position = 6")
    with pytest.raises(ClosingRefused, match="chuỗi 1 thiếu dòng cuối"):
        close_book()


def test_only_a_copy_elsewhere_shows_a_cut_tail_with_its_checkpoint(
    book: list[Checkpoint], as_owner: Any, tmp_path: Any
) -> None:
    with acting_as(KEEPER):
        kept = tmp_path / "kept.json"
        kept.write_text(checkpoint_file(book[1]), encoding="utf-8")
    assert checked(kept)[0] == 0
    as_owner.execute(
        "DELETE FROM journal_checkpoint WHERE number = 2; DELETE FROM journal_seal WHERE organization_id = 1"
        " AND position > 4; DELETE FROM journal_seal WHERE organization_id = 0;"
        " DELETE FROM journal_entry e WHERE NOT EXISTS (SELECT 1 FROM journal_seal s WHERE s.entry_id = e.id)"
    )
    assert verdict().faults == ()
    file = exported(tmp_path / "so.jsonl")
    assert checked(file)[0] == 0
    code, told = checked(file, "--checkpoint", kept)
    assert (code, "biên bản số 2: nơi khác giữ một bản, ở đây không còn" in told) == (1, True)


def test_the_command_says_it_all(world: World, book: list[Checkpoint], tmp_path: Any, acting: Any) -> None:
    with acting_as(KEEPER):
        kept = tmp_path / "kept.json"
        kept.write_text(checkpoint_file(book[0]), encoding="utf-8")
        told = command("verify", "--checkpoint", str(kept))
        assert "12 dòng trong 3 chuỗi, 2 biên bản chốt sổ; 0 dòng chưa niêm." in told
        assert "Nhật ký toàn vẹn." in told
        assert "BEGIN PUBLIC KEY" in command("keys")


@given(st.integers(1, 70))
@settings(max_examples=30, deadline=None)
def test_paths_lead_to_the_root_at_every_size(size: int) -> None:
    tool: dict[str, Any] = {"__name__": "tool"}
    exec(compile(TOOL.read_text(), str(TOOL), "exec"), tool)  # noqa: S102 - the very program people are given
    leaves = [merkle.leaf(1, place, "d") for place in range(size)]
    tree = merkle.Tree()
    for one in leaves:
        tree.add(one)
    for index in range(size):
        path = [bytes.fromhex(sister) for sister in merkle.path(leaves, index)]
        assert len(path) <= size.bit_length()
        assert tool["root_by_path"](leaves[index], index, size, path) == tree.root()
        assert tool["root_by_path"](leaves[index], index + 1, size, path) != tree.root()
