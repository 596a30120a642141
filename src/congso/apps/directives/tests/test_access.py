"""Who sees a task and its rows: by the model, and by raw SQL as the application's role."""

from datetime import date

import pytest
from django.db import DatabaseError, connection, transaction

from congso.apps.directives.models import Task
from congso.apps.directives.protection import TABLES
from congso.apps.directives.services import (
    FigureRow,
    accept_task,
    ask_confirmation,
    assign_task,
    change_lead,
    confirm_completion,
    open_next_occurrences,
    report_progress,
    request_extension,
)
from congso.apps.directives.tests.factories import do, make_task, moment, new_task
from congso.kernel.access.principals import System
from congso.kernel.access.services import NOBODY, Actor, acting_as
from congso.kernel.directory.models import Person

pytestmark = pytest.mark.django_db

REMINDERS = Actor.system(System.REMINDERS)
EVERYBODY = {
    "secretary",
    "chief",
    "clerk",
    "secrecy_officer",
    "tracker",
    "head",
    "specialist",
    "other_head",
    "agency_leader",
    "agency_clerk",
    "agency_specialist",
    "commune_leader",
    "commune_clerk",
    "stranger",
    "administrator",
    "second_administrator",
    "reader",
    "auditor",
}
ASSIGNING = {"secretary", "chief", "tracker", "reader"}
AGENCY = {"agency_leader", "agency_clerk", "agency_specialist"}
FRONT = {"stranger", "reader", "auditor"}


def who_sees(world, task: Task) -> set[str]:
    """Everybody who finds the task, by the model and by plain SQL alike."""
    found = set()
    for who, person_id in world.people().items():
        with acting_as(Actor.person(person_id)):
            by_model = Task.objects.filter(pk=task.pk).exists()
            with connection.cursor() as cursor:
                cursor.execute("SELECT count(*) FROM directives_task WHERE record_ptr_id = %s", [task.pk])
                assert cursor.fetchone()[0] == by_model
            if by_model:
                found.add(who)
    return found


def test_the_cast_is_complete(world):
    assert set(world.people()) == EVERYBODY


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ({"lead": "BTC"}, ASSIGNING | AGENCY),
        ({"lead": "BTC", "supporting": ["MT"]}, ASSIGNING | AGENCY | FRONT),
        ({"lead": "BTC", "supporting": ["TH"]}, ASSIGNING | AGENCY | {"head", "specialist"}),
        ({"lead": "XA"}, ASSIGNING | {"commune_leader", "commune_clerk"}),
        ({"lead": "TH"}, ASSIGNING | {"head", "specialist"}),
        ({"lead": "BTC", "owner": "BTC", "who": "agency_leader"}, AGENCY | {"reader"}),
        ({"lead": "BTC", "owner": "TU", "who": "secretary"}, ASSIGNING | AGENCY),
    ],
)
def test_those_who_assign_lead_and_support_see_a_task_and_nobody_else(world, facts, expected):
    assert who_sees(world, make_task(world, **facts)) == expected


def test_closing_a_task_keeps_its_people_but_not_the_reminders(world):
    task = make_task(world)
    with acting_as(REMINDERS):
        assert Task.objects.filter(pk=task.pk).exists()
    do(world, "agency_leader", ask_confirmation, task)
    do(world, "chief", confirm_completion, task)
    with acting_as(REMINDERS):
        assert not Task.objects.filter(pk=task.pk).exists()
    assert who_sees(world, task) == ASSIGNING | AGENCY


def test_without_principals_there_is_nothing(world):
    task = make_task(world)
    with acting_as(NOBODY):
        assert not Task.objects.filter(pk=task.pk).exists()
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM directives_task")
        assert cursor.fetchone()[0] == 0


# Readings are the assigning side's alone: test_reading_access.py.
READING_TABLES = {
    "directives_planreading",
    "directives_proposedtask",
    "directives_handout",
    "directives_proposalchange",
}


def full_task(world) -> Task:
    """A task with a row in every table of the system."""
    task = make_task(world, targets=[FigureRow("Tỷ lệ số hóa")], supporting=["TH"])
    do(world, "agency_leader", report_progress, task, text="Nửa chừng", percent=50, figures=[FigureRow("Hồ sơ", 5)])
    do(world, "agency_leader", request_extension, task, new_due_on=date(2027, 1, 4), reason="Chờ")
    with acting_as(Actor.person(world.chief)):
        assign_task(
            new_task(
                world,
                deadline_kind="recurring",
                due_on=None,
                recurrence="monthly",
                recurrence_start=date(2026, 10, 1),
                recurrence_end=date(2027, 10, 31),
            ),
            owner=world.organization("VPTU"),
            source_symbol="16-KH/TU",
            by=Actor.person(world.chief),
            at=moment(date(2026, 11, 2)),
        )
    with acting_as(REMINDERS):
        assert open_next_occurrences(by=REMINDERS, at=moment(date(2026, 11, 23))) == 1
    return task


def test_raw_sql_finds_rows_of_no_table_for_a_person_outside(world):
    full_task(world)
    for table in TABLES:
        if table.name == "directives_digest" or table.name in READING_TABLES:
            continue
        for who, sees in (("agency_leader", True), ("secretary", True), ("stranger", False), ("commune_leader", False)):
            with acting_as(Actor.person(getattr(world, who))), connection.cursor() as cursor:
                cursor.execute(f"SELECT count(*) FROM {table.name}")
                assert (cursor.fetchone()[0] > 0) == sees or (table.name == "directives_support" and sees), (
                    f"{who} {table.name}"
                )


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE directives_task SET progress = 100",
        "UPDATE directives_extension SET decision = 'granted', decided_at = now(), decided_by_id = 1",
        "DELETE FROM directives_support",
    ],
)
@pytest.mark.parametrize("who", ["stranger", "agency_specialist", "specialist", "commune_leader"])
def test_raw_sql_changes_nothing_for_a_person_who_may_not_act(world, who, statement):
    full_task(world)
    with acting_as(Actor.person(getattr(world, who))), connection.cursor() as cursor:
        cursor.execute(statement)
        assert cursor.rowcount == 0


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE records_record SET state = 'completed'",
        "DELETE FROM directives_task",
        "UPDATE directives_progressreport SET percent = 100",
        "UPDATE directives_figure SET value = 1",
        "DELETE FROM directives_extension",
        "UPDATE directives_extension SET old_due_on = '2026-01-01'",
        "INSERT INTO directives_digest (organization_id, day, late) VALUES (1, '2026-11-23', 1)",
    ],
)
def test_what_nobody_may_do_is_refused_even_to_those_who_act(world, statement):
    full_task(world)
    for who in ("chief", "agency_leader"):
        with acting_as(Actor.person(getattr(world, who))), pytest.raises(DatabaseError), transaction.atomic():
            connection.cursor().execute(statement)


def test_a_report_bears_the_name_of_who_wrote_it(world):
    task = make_task(world)
    do(world, "agency_leader", accept_task, task)
    with acting_as(Actor.person(world.agency_leader)), pytest.raises(DatabaseError), transaction.atomic():
        connection.cursor().execute(
            "INSERT INTO directives_progressreport (task_id, text, percent, period, late_reason, reporter_id,"
            " reporter_label, at) VALUES (%s, 'x', 1, '', '', %s, '', now())",
            [task.pk, world.chief],
        )


def test_a_transfer_of_the_lead_moves_the_access_with_it(world):
    task = make_task(world, lead="BTC")
    with acting_as(Actor.person(world.chief)):
        commune = world.organization("XA")
    do(world, "chief", change_lead, task, lead=commune, note="Việc của xã")
    assert who_sees(world, task) == ASSIGNING | {"commune_leader", "commune_clerk"}


def test_the_person_in_charge_sees_a_task_by_name(world):
    with acting_as(Actor.person(world.chief)):
        clerk = Person.objects.get(pk=world.commune_clerk)
    task = make_task(world, lead="XA", in_charge=clerk)
    assert "commune_clerk" in who_sees(world, task)
