"""Raw SQL as the application's role: what the screens forget the database still refuses."""

import pytest
from django.db import DatabaseError, connection, transaction

from congso.apps.schedule import services
from congso.apps.schedule.models import Claim
from congso.apps.schedule.protection import TABLES
from congso.apps.schedule.tests.factories import approved, as_one, at, do, make, proposed, published, room
from congso.kernel.access.services import NOBODY, acting_as

pytestmark = pytest.mark.django_db
APPROVERS = {"secretary", "chief"}


def rows(statement: str) -> int:
    with connection.cursor() as cursor:
        cursor.execute(statement)
        return cursor.rowcount


def seen_by(world, entry) -> set[str]:
    found = set()
    for who in world.people():
        with as_one(world, who):
            if rows(f"SELECT 1 FROM schedule_entry WHERE record_ptr_id = {entry.pk}"):
                found.add(who)
    return found


def test_an_entry_is_seen_by_more_and_more_as_it_is_settled(world, clock):
    draft, asked = make(world), proposed(world, starts=at(11))
    settled = approved(world, starts=at(13), people=("agency_specialist",))
    shown = published(world, starts=at(15))
    hidden = published(world, starts=at(16), is_private=True)
    proposers = {"clerk", "chief", "reader"}
    assert seen_by(world, draft) == proposers
    assert seen_by(world, asked) == proposers | APPROVERS
    assert seen_by(world, settled) == proposers | APPROVERS | {"agency_specialist"}
    assert seen_by(world, shown) == proposers | APPROVERS | {"tracker", "secrecy_officer"}
    assert seen_by(world, hidden) == proposers | APPROVERS
    with acting_as(NOBODY):
        assert [rows(f"SELECT 1 FROM {table.name}") for table in TABLES] == [0] * len(TABLES)


@pytest.mark.parametrize("who", ["clerk", "agency_leader", "tracker"])
def test_only_who_approves_makes_a_claim_firm(world, clock, who):
    made = proposed(world)
    with as_one(world, who), pytest.raises(DatabaseError), transaction.atomic():
        Claim.objects.bulk_create([Claim(entry=made, person_id=world.head, during=(at(9), at(10)), is_firm=True)])


def test_what_was_changed_and_accepted_stays(world, clock):
    made = approved(world, people=("head",))
    second = proposed(world, chair="head", starts=at(9, 30))
    do(world, "chief", services.approve_entry, second, accept="Dự một phần")
    with as_one(world, "chief"):
        for statement in (
            "UPDATE schedule_acceptance SET reason = 'x'", "DELETE FROM schedule_acceptance",
            "UPDATE schedule_entrychange SET reason = 'x'", "UPDATE schedule_claim SET is_accepted = true",
        ):  # fmt: skip
            with pytest.raises(DatabaseError), transaction.atomic():
                rows(statement)
    with as_one(world, "tracker"):
        assert rows(f"DELETE FROM schedule_claim WHERE entry_id = {made.pk}") == 0


def test_things_are_kept_by_their_office(world, clock):
    one = room(world)
    with as_one(world, "agency_clerk"):
        assert rows(f"UPDATE schedule_thing SET name = 'x' WHERE id = {one.pk}") == 0
        with pytest.raises(DatabaseError), transaction.atomic():
            rows(
                "INSERT INTO schedule_thing (kind, name, owner_id, note, is_in_use)"
                f" VALUES ('room', 'y', {world.organizations['VPTU']}, '', true)"
            )
    with as_one(world, "clerk"), pytest.raises(DatabaseError), transaction.atomic():
        rows(f"UPDATE schedule_thing SET owner_id = {world.organizations['BTC']}")
