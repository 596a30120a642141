"""Who looked at private data: one row a day, in the looker's own name, read by the person and auditors alone."""

from datetime import date

import pytest
from django.db import Error, connection, transaction
from django.utils import timezone

from congso.kernel.access.services import NOBODY, Actor, acting_as
from congso.kernel.personal.models import Disclosure, Place, Purpose
from congso.kernel.personal.queries import disclosures_to
from congso.kernel.personal.services import note_disclosure

pytestmark = pytest.mark.django_db


def look(world, who="stranger", **scope):
    with acting_as(Actor.person(getattr(world, who))):
        note_disclosure(place=scope.pop("place", Place.PAGE), purpose=Purpose.CONTACT, at=timezone.now(), **scope)


def seen(world, who):
    with acting_as(Actor.person(getattr(world, who))):
        return list(disclosures_to(getattr(world, who)))


def test_repeats_of_a_day_are_one_row_that_counts(world):
    for _ in range(3):
        look(world, person_id=world.specialist)
    look(world, person_id=world.specialist, place=Place.CARD)
    rows = seen(world, "specialist")
    assert sorted((row.place, row.times) for row in rows) == [("card", 1), ("page", 3)]
    assert rows[0].viewer_label == "Hồ Người Lạ, Chuyên viên, Ủy ban Mặt trận Tổ quốc tỉnh Thử Nghiệm"


def test_another_day_is_another_row(world, clock):
    look(world, person_id=world.specialist)
    clock.move_to("2026-11-25 09:00+07:00")
    look(world, person_id=world.specialist)
    assert [row.day for row in seen(world, "specialist")] == [date(2026, 11, 25), date(2026, 11, 23)]


def test_a_list_is_one_row_in_which_its_people_find_themselves(world):
    today = timezone.localdate()
    look(world, as_of=today, place=Place.CSV)
    look(world, as_of=today, organization_id=world.organizations["BTC"], place=Place.API)
    look(world, as_of=date(2025, 6, 30), place=Place.API)  # nobody held a post yet
    assert len(seen(world, "agency_clerk")) == 2
    assert len(seen(world, "specialist")) == 1
    assert seen(world, "stranger") == []  # her own looking is not news to her


def test_looking_at_oneself_is_not_written_and_nobody_cannot_look(world):
    look(world, "specialist", person_id=world.specialist)
    with acting_as(Actor.person(world.auditor)):
        assert not Disclosure.objects.exists()
    with acting_as(NOBODY), pytest.raises(Error), transaction.atomic():
        note_disclosure(place=Place.PAGE, purpose=Purpose.CONTACT, at=timezone.now(), person_id=world.specialist)


def test_raw_sql_reads_only_what_concerns_one_and_writes_nothing(world):
    look(world, person_id=world.specialist)
    readers = set()
    for who, person in world.people().items():
        with acting_as(Actor.person(person)), connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM personal_disclosure")
            readers |= {who} if cursor.fetchone() != (0,) else set()
            for statement in ("UPDATE personal_disclosure SET times = 0", "DELETE FROM personal_disclosure"):
                with pytest.raises(Error), transaction.atomic():
                    connection.cursor().execute(statement)
    assert readers == {"specialist", "auditor"}


def test_lists_of_the_directory_are_written(world, signed_in):
    client = signed_in("stranger")
    client.get("/to-chuc/danh-ba.csv")
    client.get(f"/to-chuc/danh-ba.vcf?nguoi={world.specialist}")
    client.get("/api/v1/organizations/assignments?organization=T.TH")
    client.get("/api/v1/organizations/assignments?organization=T.TH&offset=1")
    rows = {(row.place, row.subject_id is None, row.times) for row in seen(world, "specialist")}
    assert rows == {("csv", True, 1), ("card", False, 1), ("api", True, 2)}
    assert {row.place for row in seen(world, "agency_clerk")} == {"csv"}
