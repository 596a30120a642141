"""Who sees what through raw SQL, and what nobody may write."""

import pytest
from django.db import ProgrammingError, connection, transaction

from congso.apps.outgoing.tests import factories as made
from congso.kernel.access.services import NOBODY, Actor, acting_as

pytestmark = pytest.mark.django_db

TABLES = {
    "records_record": "id",
    "outgoing_outgoingdocument": "record_ptr_id",
    "outgoing_draftversion": "document_id",
    "outgoing_opinionround": "document_id",
    "outgoing_opinion": "document_id",
    "outgoing_opinionpoint": "document_id",
    "outgoing_recipient": "document_id",
}


def _rows(table: str, column: str, pk: int) -> int:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*) FROM {table} WHERE {column} = %s", [pk])
        return int(cursor.fetchone()[0])


def test_raw_sql_shows_no_row_of_any_table_to_others(world, keys):
    document = made.consulting(world)
    made.answer(world, document, "other_head", "Một góp ý")
    for who in ("stranger", "agency_specialist", "commune_clerk", "administrator", "clerk", "secretary"):
        with acting_as(Actor.person(getattr(world, who))):
            shown = {table: _rows(table, column, document.pk) for table, column in TABLES.items()}
        assert not any(shown.values()), f"{who}: {shown}"
    with acting_as(NOBODY):
        assert not any(_rows(table, column, document.pk) for table, column in TABLES.items())


@pytest.mark.parametrize(
    ("who", "statement"),
    [
        ("specialist", "UPDATE outgoing_opinion SET text = 'khác' WHERE document_id = %s AND state = 'answered'"),
        ("agency_leader", "UPDATE outgoing_opinion SET text = 'x' WHERE document_id = %s AND state = 'answered'"),
        ("head", "UPDATE outgoing_draftversion SET findings = '[]' WHERE document_id = %s"),
        ("head", "UPDATE outgoing_outgoingdocument SET note = 'x' WHERE record_ptr_id = %s"),
        ("reader", "UPDATE outgoing_recipient SET state = 'sent' WHERE document_id = %s"),
    ],
)
def test_rows_that_are_not_yours_to_change_stay(world, keys, who, statement):
    document = made.consulting(world)
    made.answer(world, document, "other_head", "Một góp ý")
    with acting_as(Actor.person(getattr(world, who))), connection.cursor() as cursor:
        cursor.execute(statement, [document.pk])
        assert cursor.rowcount == 0


@pytest.mark.parametrize(
    "statement",
    [
        "DELETE FROM outgoing_draftversion WHERE document_id = %s",
        "UPDATE outgoing_draftversion SET reason = 'khác' WHERE document_id = %s",
        "UPDATE outgoing_opinion SET receivers = '{}' WHERE document_id = %s",
        "UPDATE outgoing_recipient SET address = 'khác' WHERE document_id = %s",
        "UPDATE records_record SET state = 'issued' WHERE id = %s",
    ],
)
def test_nobody_rewrites_versions_receivers_or_states_by_sql(world, keys, statement):
    document = made.consulting(world)
    cursor = connection.cursor()
    with acting_as(Actor.person(world.specialist)), pytest.raises(ProgrammingError), transaction.atomic():
        cursor.execute(statement, [document.pk])


def test_an_opinion_cannot_be_written_in_anothers_name(world, keys):
    document = made.consulting(world)
    statement = (
        "UPDATE outgoing_opinion SET state = 'answered', stance = 'agrees', text = 'giả', author_id = %s,"
        " answered_at = now() WHERE document_id = %s AND state = 'asked'"
    )
    cursor = connection.cursor()
    for who, author in (("specialist", world.other_head), ("other_head", world.secretary)):
        with acting_as(Actor.person(getattr(world, who))), pytest.raises(ProgrammingError), transaction.atomic():
            cursor.execute(statement, [author, document.pk])
