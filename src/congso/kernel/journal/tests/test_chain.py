"""A journal that can be proved: whatever a superuser changes afterwards is found and named."""

from typing import Any

import pytest
from django.db import Error, connection, transaction
from django.utils import timezone

from congso.kernel.access.services import Actor, acting_as
from congso.kernel.directory.testing import World
from congso.kernel.journal.models import Entry
from congso.kernel.journal.queries import verify_journal
from congso.kernel.journal.services import seal_journal, write_entry

pytestmark = pytest.mark.django_db(transaction=True)


def write(person: int, *, organization: int = 0, times: int = 1, **facts: object) -> None:
    for _ in range(times):
        with acting_as(Actor.person(person)):
            write_entry(
                act="thử.ghi",
                actor=f"person:{person}",
                actor_label="Lê Mẫu “Nháy”\n\\",
                at=timezone.now(),
                organization_id=organization,
                facts={"đ": 'ộ\u0001"', "n": 1.5, "null": None, **facts},
            )


def verdict_of(world: World) -> Any:
    with acting_as(Actor.person(world.auditor)):
        return verify_journal()


def test_an_untouched_journal_verifies(world: World) -> None:
    write(world.clerk, organization=1, times=3)
    write(world.head, organization=2, times=2)
    assert verify_unsealed(world) == 5
    assert seal_journal() == 5
    verdict = verdict_of(world)
    assert (verdict.sealed, verdict.unsealed, verdict.faults) == (5, 0, ())
    assert set(verdict.heads) == {1, 2}


def verify_unsealed(world: World) -> int:
    return verdict_of(world).unsealed


def test_what_is_not_committed_is_not_sealed_and_loses_no_place(world: World, as_owner: Any) -> None:
    with acting_as(Actor.person(world.clerk)):
        write(world.clerk, organization=1)
        assert as_owner.execute("SELECT congso.seal_journal()").fetchone() == (0,)
    write(world.clerk, organization=1)
    assert seal_journal() == 2
    assert verdict_of(world).faults == ()


@pytest.mark.parametrize(
    ("tampering", "found"),
    [
        ("UPDATE journal_entry SET actor_label = 'Người khác' WHERE id = {2}", "nội dung đã bị sửa"),
        ("UPDATE journal_entry SET facts = facts || '{{\"n\": 2}}' WHERE id = {2}", "nội dung đã bị sửa"),
        ("UPDATE journal_entry SET at = at + interval '1 microsecond' WHERE id = {2}", "nội dung đã bị sửa"),
        ("DELETE FROM journal_seal WHERE entry_id = {2}", "thiếu dòng"),
        ("UPDATE journal_seal SET digest = repeat('0', 64) WHERE entry_id = {2}", "nội dung đã bị sửa"),
        ("UPDATE journal_entry SET organization_id = 2 WHERE id = {2}", "dòng thuộc cơ quan khác"),
    ],
)
def test_tampering_is_found_and_named(world: World, as_owner: Any, tampering: str, found: str) -> None:
    write(world.clerk, organization=1, times=4)
    seal_journal()
    ids = [row[0] for row in as_owner.execute("SELECT id FROM journal_entry ORDER BY id")]
    as_owner.execute(tampering.format(None, None, ids[1]))
    faults = verdict_of(world).faults
    assert (faults[0].organization_id, faults[0].position, faults[0].what) in {(1, 2, found)}


def test_swapping_two_entries_is_found(world: World, as_owner: Any) -> None:
    write(world.clerk, organization=1, times=3)
    seal_journal()
    first, second, *_ = (row[0] for row in as_owner.execute("SELECT id FROM journal_entry ORDER BY id"))
    as_owner.execute("UPDATE journal_seal SET position = -position WHERE entry_id IN (%s, %s)", [first, second])
    as_owner.execute("UPDATE journal_seal SET position = 2 WHERE entry_id = %s", [first])
    as_owner.execute("UPDATE journal_seal SET position = 1 WHERE entry_id = %s", [second])
    assert verdict_of(world).faults[0].position == 1


def test_nobody_writes_in_anothers_name(world: World) -> None:
    with acting_as(Actor.person(world.clerk)), pytest.raises(Error), transaction.atomic():
        write_entry(act="thử", actor=f"person:{world.head}", actor_label="", at=timezone.now())


def test_the_application_can_change_no_entry(world: World) -> None:
    write(world.auditor)
    for statement in ("UPDATE journal_entry SET act = 'x'", "DELETE FROM journal_entry", "DELETE FROM journal_seal"):
        with acting_as(Actor.person(world.auditor)), pytest.raises(Error), transaction.atomic():
            connection.cursor().execute(statement)


def test_people_read_their_own_lines_and_auditors_all(world: World) -> None:
    write(world.clerk)
    write(world.head)
    for person, seen in ((world.clerk, 1), (world.stranger, 0), (world.auditor, 2)):
        with acting_as(Actor.person(person)):
            assert Entry.objects.count() == seen
