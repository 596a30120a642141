"""Raw SQL as the application's role: what the screens forget the database still refuses."""

import pytest
from django.db import DatabaseError, connection, transaction

from congso.apps.programme.models import Opinion
from congso.apps.programme.protection import TABLES
from congso.apps.programme.tests.factories import NOW, approved, as_one, consulted, make
from congso.kernel.access.services import NOBODY, acting_as

pytestmark = pytest.mark.django_db


def rows(statement: str) -> int:
    with connection.cursor() as cursor:
        cursor.execute(statement)
        return cursor.rowcount


def test_a_draft_is_its_offices_until_units_are_asked(world, clock):
    draft, (asked, _said) = make(world, body="TT"), consulted(world)
    seen: dict[int, set[str]] = {draft.pk: set(), asked.pk: set()}
    for who in world.people():
        with as_one(world, who):
            for pk, found in seen.items():
                if rows(f"SELECT 1 FROM programme_programme WHERE record_ptr_id = {pk}"):
                    found.add(who)
    office = {"chief", "tracker", "secretary", "reader"}
    assert seen[draft.pk] == office
    assert seen[asked.pk] == office | {"agency_leader", "agency_clerk", "agency_specialist"}
    with acting_as(NOBODY):
        assert [rows(f"SELECT 1 FROM {table.name}") for table in TABLES] == [0] * len(TABLES)


@pytest.mark.parametrize("who", ["agency_leader", "secretary", "clerk", "stranger"])
def test_only_the_drafting_office_writes_items(world, clock, who):
    made, _said = consulted(world)
    with as_one(world, who):
        try:
            with transaction.atomic():
                changed = rows(f"UPDATE programme_item SET content = 'x' WHERE programme_id = {made.pk}")
        except DatabaseError:
            changed = 0
        assert changed == 0


def test_a_unit_speaks_for_itself_in_its_own_name_and_takes_nothing_back(world, clock):
    made, _said = consulted(world)
    with as_one(world, "agency_leader"):
        for facts in (
            {"organization_id": world.organizations["XA"], "by_id": world.agency_leader},
            {"organization_id": world.organizations["BTC"], "by_id": world.agency_clerk},
        ):
            one = Opinion(programme=made, text="x", by_label="x", at=NOW, **facts)
            with pytest.raises(DatabaseError), transaction.atomic():
                Opinion.objects.bulk_create([one])
        with pytest.raises(DatabaseError), transaction.atomic():
            rows("UPDATE programme_opinion SET text = 'khác'")
        assert rows("UPDATE programme_opinion SET handling = 'taken'") == 0
        with pytest.raises(DatabaseError), transaction.atomic():
            rows("DELETE FROM programme_opinion")


def test_changes_are_never_altered(world, clock):
    approved(world)
    with as_one(world, "chief"):
        for statement in ("UPDATE programme_change SET reason = 'x'", "DELETE FROM programme_change"):
            with pytest.raises(DatabaseError), transaction.atomic():
                rows(statement)
