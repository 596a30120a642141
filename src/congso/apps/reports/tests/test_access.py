"""Raw SQL as the application's role: what the screens forget the database still refuses."""

import pytest
from django.db import DatabaseError, connection, transaction

from congso.apps.reports import services
from congso.apps.reports.models import Entry
from congso.apps.reports.protection import TABLES
from congso.apps.reports.tests.factories import NOW, do, fill, make_form, make_report, submitted
from congso.kernel.access.services import NOBODY, Actor, acting_as

pytestmark = pytest.mark.django_db

COMMUNE = {"commune_leader", "commune_clerk"}
RECEIVING = {"secretary", "chief", "clerk", "secrecy_officer", "tracker", "reader"}


def rows(statement: str) -> int:
    with connection.cursor() as cursor:
        cursor.execute(statement)
        return cursor.rowcount


def test_a_reports_rows_are_seen_by_its_two_sides_alone(world, clock):
    report = make_report(world)
    fill(world, report)
    seen = {"reports_report": set(), "reports_entry": set()}
    for who, person in world.people().items():
        with acting_as(Actor.person(person)):
            for table, found in seen.items():
                column = "record_ptr_id" if table == "reports_report" else "report_id"
                if rows(f"SELECT 1 FROM {table} WHERE {column} = {report.pk}"):
                    found.add(who)
    assert seen == {"reports_report": COMMUNE | RECEIVING, "reports_entry": COMMUNE | RECEIVING}
    with acting_as(NOBODY):
        assert [rows(f"SELECT 1 FROM {table.name}") for table in TABLES] == [0] * len(TABLES)


def write_entry(report, by: int) -> None:
    Entry.objects.bulk_create([Entry(report=report, key="ct.den", text="1", number=1, by_id=by, by_label="x", at=NOW)])


@pytest.mark.parametrize("who", ["chief", "tracker", "clerk", "reader", "agency_clerk", "stranger", "auditor"])
def test_only_the_unit_fills_its_cells(world, clock, who):
    report = make_report(world)
    person = getattr(world, who)
    with acting_as(Actor.person(person)), pytest.raises(DatabaseError), transaction.atomic():
        write_entry(report, person)


def test_cells_are_filled_in_ones_own_name_while_the_report_is_open_and_never_changed(world, clock):
    report = make_report(world)
    with acting_as(Actor.person(world.commune_clerk)):
        write_entry(report, world.commune_clerk)
        with pytest.raises(DatabaseError), transaction.atomic():
            write_entry(report, world.commune_leader)
        for statement in ("UPDATE reports_entry SET text = '2'", "DELETE FROM reports_entry"):
            with pytest.raises(DatabaseError), transaction.atomic():
                rows(statement)
    submitted(world, report)
    with acting_as(Actor.person(world.commune_clerk)), pytest.raises(DatabaseError), transaction.atomic():
        write_entry(report, world.commune_clerk)


def test_a_form_is_its_owners_and_what_is_published_stays(world, clock):
    make_form(world)
    with acting_as(Actor.person(world.agency_leader)):
        assert rows("UPDATE reports_form SET title = 'x'") == 0
        with pytest.raises(DatabaseError), transaction.atomic():
            rows(
                "INSERT INTO reports_formunit (form_id, organization_id, reports_to_id)"
                f" SELECT id, {world.organizations['MT']}, owner_id FROM reports_form"
            )
    with acting_as(Actor.person(world.chief)):
        assert rows("UPDATE reports_formversion SET schema = '{}'") == 0
        with pytest.raises(DatabaseError), transaction.atomic():
            rows("UPDATE reports_form SET code = 'y'")


def test_remarks_are_made_by_who_may_act_in_her_own_name(world, clock):
    report = submitted(world, make_report(world))
    do(world, "tracker", services.return_report, report, note="Sai", remarks={"ct.den": "Cao"})
    statement = (
        "INSERT INTO reports_remark (report_id, key, text, by_id, by_label, at)"
        f" VALUES ({report.pk}, 'ct.den', 'x', %s, 'x', now())"
    )
    for who, by in (("clerk", "clerk"), ("tracker", "chief")):
        with acting_as(Actor.person(getattr(world, who))), pytest.raises(DatabaseError), transaction.atomic():
            rows(statement % getattr(world, by))
