"""Data no longer needed: proposed, tried, confirmed, gone from every declared place; a hold keeps it."""

from datetime import date, timedelta

import pytest
from django.db import Error, connection, transaction
from django.utils import timezone

from congso.apps.personal_data.models import Anonymisation, Hold
from congso.apps.personal_data.services.exporting import ask_for_copy, make_copy
from congso.apps.personal_data.services.retention import anonymise, keep_data, propose_anonymisations, rehearse
from congso.apps.personal_data.tests.factories import ask
from congso.kernel.access.principals import System
from congso.kernel.access.services import Actor, acting_as
from congso.kernel.accounts.models import ApiToken, User
from congso.kernel.accounts.tokens import issue_token
from congso.kernel.directory.finding import find_people
from congso.kernel.directory.models import Assignment, Person
from congso.kernel.journal.models import Entry
from congso.kernel.notify.models import Notice
from congso.kernel.personal.declared import model_of, personal_data
from congso.kernel.personal.models import Disclosure, Place, Purpose
from congso.kernel.personal.services import note_disclosure
from congso.kernel.regulations.services import set_parameter
from congso.kernel.workflow.services import Refused
from congso.lib.personal import Fate

pytestmark = pytest.mark.django_db
REMINDERS = Actor.system(System.REMINDERS)
NAME = "Vũ Thí Dụ"
FORGED = (
    "INSERT INTO personal_data_anonymisation"
    " (person_id, organization_id, left_on, due_on, proposed_at, state, reason, counts)"
    " VALUES ({person}, 2, '2020-01-01', '2020-01-01', now(), 'proposed', '', '{{}}')"
)


@pytest.fixture
def left(protected):
    """The specialist left three years ago by the clock of now; her data stands in every place that is emptied."""
    now = timezone.now()
    me = Actor.person(protected.specialist)
    ask(protected, "specialist")
    with acting_as(me):
        make_copy(ask_for_copy(by=me, at=now), by=me, at=now)
        issue_token(User.objects.get(username="specialist"), name="Máy của tôi", systems=["search"], may_act=False,
                    expires_at=now + timedelta(days=9), at=now)  # fmt: skip
        note_disclosure(person_id=protected.head, place=Place.PAGE, purpose=Purpose.CONTACT, at=now)
    with acting_as(Actor.person(protected.administrator)):
        Person.objects.filter(pk=protected.specialist).update(phone="0214", email="a@vi-du.vn", code="CB-1")
        Assignment.objects.filter(person=protected.specialist).update(valid_to=date(2025, 8, 1))
    return protected


def propose(at=None):
    with acting_as(REMINDERS):
        return propose_anonymisations(at=at or timezone.now())


def proposal():
    return Anonymisation.objects.get(state="proposed")


def by_protector(world):
    return acting_as(Actor.person(world.other_head))


def shorten(world):
    """One year instead of two: her day has come, by the database's own clock too."""
    with acting_as(Actor.person(world.administrator)):
        key, by = "personal_data.years_after_leaving", world.administrator
        set_parameter(key, 1, valid_from=date(2026, 1, 1), source="Quy chế", by=by, at=timezone.now())


def test_nobody_is_proposed_before_her_day_and_nobody_twice(left):
    assert propose() == 0
    shorten(left)
    assert (propose(), propose()) == (1, 0)
    with by_protector(left):
        assert proposal().person_id == left.specialist
    for who in ("specialist", "stranger", "chief", "administrator"):
        with acting_as(Actor.person(getattr(left, who))):
            assert not Anonymisation.objects.exists(), who


def test_every_declared_place_is_emptied_and_the_trial_touched_nothing(left):
    shorten(left)
    propose()
    me = Actor.person(left.other_head)
    with by_protector(left):
        counts = rehearse([proposal()], by=me, at=timezone.now())
        assert Person.objects.get(pk=left.specialist).full_name == NAME
        assert counts["directory_person"] == counts["accounts_user"] == counts["accounts_apitoken"] == 1
        assert anonymise([proposal()], by=me, at=timezone.now()) == counts
        person = Person.objects.get(pk=left.specialist)
        assert (person.full_name, person.phone, person.email, person.code) == (
            f"Người đã ẩn danh {person.pk}", "", "", ""
        )  # fmt: skip
        assert [one.pk for one in find_people("vu thi du")] == []
        assert not User.objects.filter(username="specialist").exists()
        told = Entry.objects.get(act="personal_data.anonymised").facts
        assert told == {"person": left.specialist, "proposal": Anonymisation.objects.get().pk}
    with acting_as(Actor.person(left.auditor)):
        assert not Disclosure.objects.filter(viewer_label__contains=NAME).exists()
        assert Entry.objects.filter(actor_label__contains=NAME).exists()  # sealed: the chain still fits
    with acting_as(Actor.person(left.specialist)):
        assert not ApiToken.objects.exists()
        assert not Notice.objects.exists()


def test_the_function_knows_every_place_that_is_declared_to_end(left):
    shorten(left)
    propose()
    with by_protector(left):
        counts = rehearse([proposal()], by=Actor.person(left.other_head), at=timezone.now())
    ending = {
        model_of(one)._meta.db_table
        for one in personal_data()
        if any(datum.fate is not Fate.KEEP for datum in one.data)
    }
    assert set(counts) == ending


def test_who_came_back_is_held_or_is_oneself_is_not_touched(left):
    shorten(left)
    propose()
    with by_protector(left):
        one = proposal()
        with pytest.raises(Refused):
            keep_data([one], reason=" ", by=Actor.person(left.other_head), at=timezone.now())
        Hold.objects.create(
            person_id=left.specialist, organization_id=one.organization_id, reason="Đang thanh tra",
            placed_by_id=left.other_head, placed_at=timezone.now(), valid_from=timezone.localdate(),
        )  # fmt: skip
        with pytest.raises(Refused):
            anonymise([one], by=Actor.person(left.other_head), at=timezone.now())
        assert Person.objects.get(pk=left.specialist).full_name == NAME


def test_what_is_kept_is_held_with_its_reason_and_not_proposed_again(left):
    shorten(left)
    propose()
    with by_protector(left):
        keep_data([proposal()], reason="Còn khiếu nại", by=Actor.person(left.other_head), at=timezone.now())
        assert Hold.objects.get().reason == "Còn khiếu nại"
    assert propose() == 0


def test_raw_sql_of_others_carries_nothing_out(left):
    shorten(left)
    propose()
    with by_protector(left):
        pk = proposal().pk
    for who in ("administrator", "chief", "stranger", "reader", "agency_leader"):
        with acting_as(Actor.person(getattr(left, who))):
            for statement in (f"SELECT congso.anonymise({pk}, now())", FORGED.format(person=left.head)):
                with pytest.raises(Error), transaction.atomic():
                    connection.cursor().execute(statement)


def test_the_page_counts_first_and_asks_for_the_last_word(left, signed_in):
    shorten(left)
    propose()
    client, address = signed_in("other_head"), "/du-lieu-ca-nhan/luu-giu/"
    assert signed_in("stranger").get(address).status_code == 403
    with by_protector(left):
        pk = proposal().pk
    assert client.post(address, {"act": "anonymise"}).status_code == 422
    assert "directory_person: 1" in client.post(address, {"act": "anonymise", "chosen": pk}).content.decode()
    assert client.post(address, {"act": "keep", "chosen": pk}).status_code == 422
    assert client.post(address, {"act": "anonymise", "chosen": pk, "sure": "on"}).status_code == 302
    assert "Đã ẩn danh" in client.get(address).content.decode()
