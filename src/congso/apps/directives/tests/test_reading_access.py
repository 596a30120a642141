"""Who sees a reading and its rows, and what plain SQL can do with them, as the application's role."""

import pytest
from django.db import DatabaseError, connection, transaction

from congso.apps.directives.models import PlanReading
from congso.apps.directives.services import confirm_proposals, hand_out
from congso.apps.directives.tests.factories import make_task
from congso.apps.directives.tests.reading_factories import ready, review, rows_of, started
from congso.apps.directives.tests.test_access import READING_TABLES
from congso.apps.directives.tests.test_handing_out import TERMS
from congso.kernel.access.services import NOBODY, Actor, acting_as
from congso.kernel.records.models import Record

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]
ASSIGNERS = {"secretary", "chief", "tracker"}


def full_reading(world) -> PlanReading:
    """A reading with a row in each of its tables."""
    reading = ready(world)
    first = rows_of(world, reading)[0].pk
    review(world, "chief", confirm_proposals, reading, [first])
    review(world, "chief", hand_out, reading, [first], terms=TERMS)
    return reading


def counts(who: int) -> dict[str, int]:
    found = {}
    with acting_as(Actor.person(who)), connection.cursor() as cursor:
        for table in sorted(READING_TABLES):
            cursor.execute(f"SELECT count(*) FROM {table}")
            found[table] = cursor.fetchone()[0]
    return found


def test_the_assigning_side_sees_a_reading_and_nobody_else_does(world):
    full_reading(world)
    for who, person_id in world.people().items():
        found = counts(person_id)
        assert all(found.values()) if who in ASSIGNERS else not any(found.values()), (who, found)
    with acting_as(NOBODY):
        assert not PlanReading.objects.exists()


def test_who_assigns_but_does_not_see_the_document_sees_no_reading_of_it(world):
    """The agency reads its own paper: the office above assigns too, but not from papers it cannot see."""
    task = make_task(world, owner="BTC", lead="BTC", who="agency_leader")
    with acting_as(Actor.person(world.agency_leader)):
        source = Record.objects.get(pk=task.pk)
    started(world, who="agency_leader", source=source, owner="BTC")
    assert counts(world.agency_leader)["directives_planreading"] == 1
    assert not any(counts(world.chief).values())


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE directives_planreading SET state = 'finished'",
        "UPDATE directives_proposedtask SET state = 'confirmed'",
        "UPDATE directives_proposalchange SET undone_at = now()",
    ],
)
@pytest.mark.parametrize("who", ["stranger", "agency_leader", "clerk", "specialist", "reader", "administrator"])
def test_raw_sql_changes_nothing_for_others(world, who, statement):
    full_reading(world)
    with acting_as(Actor.person(getattr(world, who))), connection.cursor() as cursor:
        cursor.execute(statement)
        assert cursor.rowcount == 0


def test_an_act_of_review_is_undone_only_by_who_did_it(world):
    full_reading(world)
    with acting_as(Actor.person(world.tracker)), connection.cursor() as cursor:
        cursor.execute("UPDATE directives_proposalchange SET undone_at = now()")
        assert cursor.rowcount == 0


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE directives_planreading SET organization_id = organization_id",
        "UPDATE directives_planreading SET asked_by_id = asked_by_id",
        "UPDATE directives_proposedtask SET reading_id = reading_id",
        "UPDATE directives_proposalchange SET before = '{}'",
        "UPDATE directives_handout SET task_id = task_id",
        "DELETE FROM directives_handout",
        "DELETE FROM directives_proposedtask",
    ],
)
def test_what_nobody_may_do_is_refused_to_the_assigning_side_too(world, statement):
    full_reading(world)
    with acting_as(Actor.person(world.chief)), pytest.raises(DatabaseError), transaction.atomic():
        connection.cursor().execute(statement)


def test_a_reading_for_another_office_cannot_be_slipped_in(world):
    reading = full_reading(world)
    statement = (
        "INSERT INTO directives_planreading (record_id, organization_id, asked_by_id, asked_label, at, state,"
        " engine_note, message, pages) VALUES (%s, %s, %s, '', now(), 'ready', '', '', '[]')"
    )
    for organization in ("BTC", "MT"):
        values = [reading.record_id, world.organizations[organization], world.chief]
        with acting_as(Actor.person(world.chief)), pytest.raises(DatabaseError), transaction.atomic():
            connection.cursor().execute(statement, values)


def test_a_hand_out_names_only_a_task_of_ones_own_making(world):
    reading = full_reading(world)
    row = rows_of(world, reading)[1]
    other = make_task(world, owner="TU", who="secretary")
    with acting_as(Actor.person(world.chief)), pytest.raises(DatabaseError), transaction.atomic():
        connection.cursor().execute(
            "INSERT INTO directives_handout (proposal_id, organization_id, task_id) VALUES (%s, %s, %s)",
            [row.pk, world.organizations["BTC"], other.pk],
        )
