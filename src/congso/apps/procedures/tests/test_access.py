"""Raw SQL as everybody: a case shows to its parties alone, and its rows change only by who may act."""

import pytest
from django.db import Error, connection, transaction

from congso.apps.procedures import services
from congso.apps.procedures.tests.factories import apply, at_desk, do, draft, publish
from congso.kernel.access.services import NOBODY, Actor, acting_as

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]

OF_CASES = ("procedures_case", "procedures_casestep", "procedures_casepaper", "procedures_stop", "procedures_apology")


def seen(table: str) -> int:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*) FROM {table}")
        return cursor.fetchone()[0]


def changed(statement: str) -> int:
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)
            return cursor.rowcount
    except Error:
        return 0


def test_a_case_shows_to_its_desk_its_applicant_and_bodies_whose_step_began(world):
    case = apply(world, publish(world), who="agency_specialist")
    do(world, "agency_specialist", services.submit_case, case)
    do(world, "clerk", services.receive_case, case)
    before = {"agency_specialist", "clerk", "chief", "reader"}
    everybody = world.people()
    for stage in (before, before | {"agency_clerk", "agency_leader"}):
        for who, person in everybody.items():
            with acting_as(Actor.person(person)):
                assert bool(seen("procedures_case")) is (who in stage), who
                assert bool(seen("procedures_casestep")) is (who in stage), who
        if stage == before:
            do(world, "clerk", services.finish_step, case, note="")


def test_nobody_unknown_reads_more_than_what_is_published(world):
    publication = publish(world, with_form=True)
    draft(world, number="1.000008")
    at_desk(world, publication)
    with acting_as(NOBODY):
        assert seen("procedures_publication") == 1
        assert seen("procedures_publicform") == 1
        for table in (*OF_CASES, "procedures_procedure", "procedures_step", "procedures_paper", "records_record"):
            assert seen(table) == 0, table


def test_published_words_cannot_be_rewritten_by_anybody(world):
    publish(world)
    for who in ("clerk", "chief", "stranger", "administrator"):
        with acting_as(Actor.person(getattr(world, who))):
            assert changed("UPDATE procedures_publication SET content = '{}'::jsonb") == 0
            assert changed("DELETE FROM procedures_publication") == 0
    with acting_as(Actor.person(world.stranger)):
        assert changed("UPDATE procedures_publication SET valid_to = '2026-11-03'") == 0


def test_counts_of_satisfaction_are_written_by_their_function_alone(world):
    publish(world)
    for who in ("clerk", "chief", "stranger"):
        with acting_as(Actor.person(getattr(world, who))):
            assert changed(
                "INSERT INTO procedures_satisfaction (code, organization_id, quarter, score, answers)"
                " SELECT 'A', min(id), '2026-Q4', 5, 100 FROM directory_organization"
            ) == 0  # fmt: skip


def test_a_case_moves_only_by_its_flow(world):
    at_desk(world, publish(world))
    for who in ("clerk", "chief", "stranger", "agency_clerk"):
        with acting_as(Actor.person(getattr(world, who))):
            assert changed("UPDATE records_record SET state = 'returned'") == 0
    with acting_as(Actor.person(world.agency_clerk)):
        assert changed("UPDATE procedures_case SET answer = 'x'") == 0
        assert changed("UPDATE procedures_casestep SET due_on = '2030-01-01'") == 0


def test_the_look_up_answers_only_the_whole_key(world):
    at_desk(world, publish(world))
    with acting_as(NOBODY), connection.cursor() as cursor:
        for key in ("", "0" * 64, "%", "x" * 63):
            cursor.execute("SELECT congso.look_up_case(%s)", [key])
            assert cursor.fetchone()[0] is None
