"""Who reaches what by plain SQL as the application's role, whatever the code above forgets."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, connection, transaction

from congso.apps.dossiers.protection import TABLES
from congso.apps.dossiers.queries import dossier_of
from congso.apps.dossiers.services import checking, disposing
from congso.apps.dossiers.services.dossiers import share_dossier
from congso.apps.dossiers.services.filing import make_rule
from congso.apps.dossiers.services.keeping import register_transfer
from congso.apps.dossiers.services.reading import grant_reading, note_look
from congso.apps.dossiers.tests import factories as made
from congso.apps.dossiers.tests.factories import NOW, by
from congso.kernel.directory.models import Person

pytestmark = pytest.mark.django_db
# What everybody signed in may know: fonds, the nightly figures, cards of open dossiers.
OPEN_TO_ALL = {"dossiers_fonds", "dossiers_fixityrun"}


@pytest.fixture
def everything(world) -> None:
    """A row in every table of the system; all dossiers of the archive are conditional."""
    from congso.apps.dossiers import rules

    later = NOW + timedelta(days=365 * 12)
    made.issued(world)
    dossier = made.filled(world, record=True)
    with by(world, "specialist") as actor:
        person = Person.objects.get(pk=world.tracker)
        share_dossier(dossier_of(dossier.pk), person=person, by=actor, at=NOW)
        words = rules.RuleWords(words="gì đó")
        make_rule(dossier_of(dossier.pk), name="Thử", words=words, unit=None, by=actor, at=NOW)
    kept = made.archived(world, record=True, symbol="02-TH", mode="02")
    permanent = made.archived(world, symbol="03-TH", mode="02", retention="permanent")
    made.certified(world, kept)
    with by(world, "head") as actor:
        note_look(dossier_of(kept.pk), "read", by=actor, at=NOW)
    with by(world, "clerk") as actor:
        register_transfer([dossier_of(permanent.pk)], by=actor, at=NOW)
    checking.check_fixity(at=NOW)
    held = made.archived(world, symbol="04-TH", mode="02")
    with by(world, "clerk") as actor:
        from congso.apps.dossiers.services.keeping import hold_dossier

        hold_dossier(dossier_of(held.pk), note="Thanh tra", by=actor, at=NOW)
    disposal = made.in_disposal(world, kept, at=later)
    with by(world, "clerk") as actor:
        disposing.carry_out_disposal(made.current(disposal), by=actor, at=later)


def count(table: str) -> int:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*) FROM {table}")
        return int(cursor.fetchone()[0])


def test_no_table_shows_a_stranger_anything_and_the_archive_sees_its_own(world, everything):
    for table in TABLES:
        with by(world, "clerk"):
            assert count(table.name) > 0, table.name
        for who in ("stranger", "agency_leader", "commune_leader"):
            with by(world, who):
                assert (count(table.name) > 0) == (table.name in OPEN_TO_ALL), (table.name, who)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE dossiers_dossier SET title = 'x'",
        "UPDATE dossiers_dossier SET destroyed_at = now()",
        "UPDATE dossiers_archivedfile SET sha256 = 'x'",
        "UPDATE dossiers_entry SET record_id = NULL",
        "UPDATE dossiers_readinglog SET label = 'x'",
        "DELETE FROM dossiers_readinglog",
        "DELETE FROM dossiers_destroyedfile",
        "DELETE FROM dossiers_dossier",
        "UPDATE dossiers_card SET is_destroyed = false",
        "UPDATE dossiers_disposalitem SET dossier_id = 1",
        "UPDATE dossiers_councilmember SET person_id = 1",
        "UPDATE dossiers_readingrequest SET mode = '01'",
    ],
)
def test_what_nobody_may_write_is_refused_even_to_the_archive(world, everything, statement):
    for who in ("clerk", "chief", "head"):
        with by(world, who), pytest.raises(DatabaseError), transaction.atomic():
            connection.cursor().execute(statement)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE dossiers_dossier SET keywords = 'x'",
        "UPDATE dossiers_entry SET subject = 'x'",
        "DELETE FROM dossiers_entry",
        "DELETE FROM dossiers_archivedfile",
        "UPDATE dossiers_archivedfile SET state = 'sound'",
        "UPDATE dossiers_disposal SET decision = 'x'",
        "UPDATE dossiers_readingrequest SET until = now() + interval '9 years'",
        "UPDATE dossiers_fonds SET code = 'x'",
        "DELETE FROM dossiers_share",
    ],
)
def test_others_change_nothing(world, everything, statement):
    for who in ("stranger", "tracker", "agency_leader"):
        with by(world, who), connection.cursor() as cursor:
            cursor.execute(statement)
            assert cursor.rowcount == 0, who


def test_a_closed_dossier_is_read_only_for_its_makers_by_sql_too(world):
    dossier = made.closed(world, record=True)
    for who in ("specialist", "head"):
        for statement in (
            "UPDATE dossiers_dossier SET keywords = 'x'", "UPDATE dossiers_entry SET subject = 'x'",
            "DELETE FROM dossiers_archivedfile", "DELETE FROM dossiers_entry",
        ):  # fmt: skip
            with by(world, who), connection.cursor() as cursor:
                cursor.execute(statement)
                assert cursor.rowcount == 0, (who, statement)
    assert made.fresh(world, dossier).keywords == ""


def test_a_reading_ends_by_the_clock(world):
    dossier = made.archived(world, record=True)
    wish = made.wished(world, dossier)
    with by(world, "clerk") as actor:
        grant_reading(wish, by=actor, at=NOW - timedelta(days=16))
    with by(world, "agency_specialist"):
        assert count("dossiers_archivedfile") == 0


def test_a_member_speaks_for_herself_alone(world):
    later = NOW + timedelta(days=365 * 12)
    disposal = made.in_disposal(world, made.archived(world), until="reviewing", at=later)
    with by(world, "head"), connection.cursor() as cursor:
        cursor.execute("UPDATE dossiers_councilmember SET opinion = 'agree' WHERE disposal_id = %s", [disposal.pk])
        assert cursor.rowcount == 1
