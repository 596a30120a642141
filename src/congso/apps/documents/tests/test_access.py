"""Who sees what, in which state: through the ORM and through raw SQL, and what nobody may write."""

import pytest
from django.db import ProgrammingError, connection, transaction

from congso.apps.documents.models import IncomingDocument
from congso.apps.documents.services import Order, pass_on, receive_document
from congso.apps.documents.tests.factories import IN_STATE, NOW, by, in_progress, line_of, person, received
from congso.kernel.access.services import NOBODY, Actor, acting_as
from congso.kernel.workflow.services import NotYours

pytestmark = pytest.mark.django_db

OFFICE = {"clerk", "chief", "secretary", "reader"}
RECEIVERS = {"head", "other_head", "agency_leader", "agency_clerk"}
WHO_SEES = {
    "received": OFFICE,
    "registered": OFFICE,
    "presented": OFFICE,
    "directed": OFFICE | RECEIVERS,
    "in_progress": OFFICE | RECEIVERS,
    "return_asked": OFFICE | RECEIVERS,
    "completed": OFFICE | RECEIVERS,
    "recalled": OFFICE | RECEIVERS,
    "returned_to_sender": OFFICE,
    "withdrawn": OFFICE,
    "migrated": OFFICE,
}
TABLES = {
    "records_record": "id",
    "documents_incomingdocument": "record_ptr_id",
    "documents_direction": "document_id",
    "documents_handling": "document_id",
    "documents_fieldproposal": "document_id",
    "records_timelineentry": "record_id",
    "documents_migrated": "record_id",
    "search_entry": "record_id",
}


def _rows(table: str, column: str, document_id: int) -> int:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*) FROM {table} WHERE {column} = %s", [document_id])
        return int(cursor.fetchone()[0])


def _refuses(why: str, statement: str, values: list[int]) -> None:
    cursor = connection.cursor()
    with pytest.raises(ProgrammingError, match=why), transaction.atomic():
        cursor.execute(statement, values)


@pytest.mark.parametrize("state", WHO_SEES)
def test_each_state_is_seen_by_exactly_those_named(world, state):
    document_id = IN_STATE[state](world).pk
    seers = set()
    for who, person_id in world.people().items():
        with acting_as(Actor.person(person_id)):
            if IncomingDocument.objects.filter(pk=document_id).exists():
                seers.add(who)
    assert seers == WHO_SEES[state]


@pytest.mark.parametrize("state", WHO_SEES)
def test_raw_sql_shows_no_row_of_any_table_to_others(world, state):
    document_id = IN_STATE[state](world).pk
    for who, person_id in world.people().items():
        if who in WHO_SEES[state]:
            continue
        with acting_as(Actor.person(person_id)):
            shown = {table: _rows(table, column, document_id) for table, column in TABLES.items()}
        assert not any(shown.values()), f"{who}: {shown}"
    with acting_as(NOBODY):
        assert not any(_rows(table, column, document_id) for table, column in TABLES.items())


def test_a_specialist_sees_the_document_once_it_is_passed_on_to_her(world):
    document = in_progress(world)
    with by(world.specialist):
        assert not IncomingDocument.objects.filter(pk=document.pk).exists()
    with by(world.head) as head:
        order = Order("Nghiên cứu, tham mưu.", lead=person(world.specialist))
        pass_on(line_of(document, "lead"), order=order, by=head, at=NOW)
    with by(world.specialist):
        assert IncomingDocument.objects.filter(pk=document.pk).exists()


@pytest.mark.parametrize(
    ("who", "statement"),
    [
        ("head", "UPDATE documents_incomingdocument SET note = 'x' WHERE record_ptr_id = %s"),
        ("agency_leader", "UPDATE documents_incomingdocument SET urgency = 0 WHERE record_ptr_id = %s"),
        ("specialist", "UPDATE documents_handling SET result = 'x' WHERE document_id = %s"),
        ("reader", "UPDATE documents_handling SET result = 'x' WHERE document_id = %s"),
        ("clerk", "UPDATE documents_handling SET result = 'x' WHERE document_id = %s"),
        ("other_head", "UPDATE documents_handling SET result = 'x' WHERE document_id = %s AND kind = 'lead'"),
        ("head", "UPDATE documents_handling SET result = 'x' WHERE document_id = %s AND kind = 'support'"),
        ("reader", "UPDATE documents_incomingdocument SET note = 'x' WHERE record_ptr_id = %s"),
        ("agency_specialist", "UPDATE records_record SET title = 'x' WHERE id = %s"),
    ],
)
def test_rows_that_are_not_yours_to_change_stay(world, who, statement):
    document = in_progress(world)
    with acting_as(Actor.person(getattr(world, who))), connection.cursor() as cursor:
        cursor.execute(statement, [document.pk])
        assert cursor.rowcount == 0


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE documents_direction SET text = 'khác' WHERE document_id = %s",
        "DELETE FROM documents_direction WHERE document_id = %s",
        "DELETE FROM documents_handling WHERE document_id = %s",
        "DELETE FROM documents_incomingdocument WHERE record_ptr_id = %s",
        "UPDATE documents_handling SET receivers = '{}' WHERE document_id = %s",
        "UPDATE documents_handling SET kind = 'lead' WHERE document_id = %s",
        "UPDATE records_record SET audience = '{}' WHERE id = %s",
        "UPDATE records_record SET state = 'completed' WHERE id = %s",
    ],
)
@pytest.mark.parametrize("who", ["clerk", "secretary", "head"])
def test_nobody_rewrites_directions_receivers_or_states_by_sql(world, who, statement):
    document = in_progress(world)
    with acting_as(Actor.person(getattr(world, who))):
        _refuses("permission denied", statement, [document.pk])


def test_a_direction_cannot_be_written_in_another_persons_name(world):
    document = in_progress(world)
    statement = (
        "INSERT INTO documents_direction (document_id, author_id, author_label, text, at)"
        " VALUES (%s, %s, 'giả', 'giả', now())"
    )
    with acting_as(Actor.person(world.head)):
        _refuses("row-level security", statement, [document.pk, world.secretary])


def test_only_clerks_receive_into_their_own_register(world):
    for who in set(world.people()) - {"clerk"}:
        with by(getattr(world, who)) as actor, pytest.raises(NotYours):
            receive_document(world.organization("VPTU"), title="x", by=actor, at=NOW)
    assert received(world).state == "received"
