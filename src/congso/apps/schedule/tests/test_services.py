"""Proposed, approved, published, changed with notice; nobody and nothing in two places unless somebody said why."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, connection, transaction

from congso.apps.schedule import services
from congso.apps.schedule.models import Acceptance, Claim, Entry
from congso.apps.schedule.queries import busy_slots, conflicts
from congso.apps.schedule.rules import Slot
from congso.apps.schedule.services import Occupied
from congso.apps.schedule.tests.factories import (
    NOW,
    approved,
    as_one,
    at,
    do,
    facts,
    make,
    proposed,
    published,
    read,
    room,
)
from congso.apps.schedule.views.free import free_hours
from congso.kernel.access.services import Actor, acting_as
from congso.kernel.notify.models import Notice
from congso.kernel.workflow.services import NotYours, ReasonMissing, Refused, WrongState
from congso.lib.repeating import Rhythm, Rule

pytestmark = pytest.mark.django_db


def notices(world, who: str, entry: Entry) -> list[str]:
    with as_one(world, who):
        return list(Notice.objects.filter(record_id=entry.pk).order_by("id").values_list("text", flat=True))


def test_an_entry_goes_from_a_proposal_to_what_everybody_reads(world, clock):
    made = make(world, chair=None)
    with pytest.raises(Refused, match="chủ trì"):
        do(world, "clerk", services.propose_entry, made)
    do(world, "clerk", services.edit_entry, made, facts=_facts(world, people=("head",)))
    do(world, "clerk", services.propose_entry, made)
    with pytest.raises(WrongState):
        do(world, "clerk", services.edit_entry, made, facts=_facts(world))
    with as_one(world, "head"):
        assert not Entry.objects.filter(pk=made.pk).exists()
    do(world, "chief", services.approve_entry, made)
    assert notices(world, "head", made) == ["Duyệt vào lịch"]
    with as_one(world, "tracker"):
        assert not Entry.objects.filter(pk=made.pk).exists()
        assert busy_slots(Slot(at(0), at(23)), [world.secretary]) == [Slot(at(9), at(10))]
    with as_one(world, "chief"):
        assert services.publish_week(world.organization("TU"), date(2026, 11, 23), by=_actor(world), at=NOW) == 1
        assert services.publish_week(world.organization("TU"), date(2026, 11, 23), by=_actor(world), at=NOW) == 0
    with as_one(world, "tracker"):
        assert Entry.objects.filter(pk=made.pk).exists()


def _actor(world, who: str = "chief") -> Actor:
    return Actor.person(getattr(world, who))


def _facts(world, who: str = "clerk", **told):
    with as_one(world, who):
        return facts(world, **told)


def test_a_private_entry_is_seen_by_others_as_busy_without_words(world, clock):
    made = published(world, is_private=True, title="Khám sức khỏe")
    with as_one(world, "tracker"):
        assert not Entry.objects.filter(pk=made.pk).exists()
        (found,) = conflicts(Slot(at(9, 30), at(11)), [world.secretary], [])
        assert (found.title, found.entry_id, found.name) == ("", None, "Lê Mẫu Bí Thư")
        with connection.cursor() as cursor:
            cursor.execute("SELECT * FROM schedule_claim")
            assert "Khám" not in str(cursor.fetchall())
    with as_one(world, "secretary"):
        assert Entry.objects.get(pk=made.pk).title == "Khám sức khỏe"


def test_a_person_is_in_two_places_only_when_somebody_says_why(world, clock):
    approved(world, people=("head",))
    second = proposed(world, chair="head", starts=at(9, 30))
    with pytest.raises(Occupied, match="Phạm Mẫu Trưởng") as refused:
        do(world, "chief", services.approve_entry, second)
    assert refused.value.may_accept
    assert read(world, second).state == "proposed"
    do(world, "chief", services.approve_entry, second, accept="Dự phần đầu rồi sang")
    with as_one(world, "chief"):
        assert Acceptance.objects.get(entry=second).reason == "Dự phần đầu rồi sang"
    third = proposed(world, chair="head", starts=at(10, 30), hours=0.5)
    do(world, "chief", services.approve_entry, third)  # begins when the second ends


def test_a_room_is_never_in_two_places(world, clock):
    one = room(world)
    approved(world, things=(one,))
    second = proposed(world, chair="head", things=(one,), starts=at(9, 45))
    with pytest.raises(Occupied, match="không thể ở hai nơi"):
        do(world, "chief", services.approve_entry, second, accept="Vẫn muốn")
    with as_one(world, "chief"), pytest.raises(IntegrityError), transaction.atomic():
        Claim.objects.create(entry=second, thing=one, during=(at(9), at(10)), is_firm=True)
    later = proposed(world, chair="head", things=(one,), starts=at(10))
    do(world, "chief", services.approve_entry, later)


def test_a_change_is_kept_told_to_all_concerned_and_looked_at_for_clashes(world, clock):
    made = published(world, people=("head", "other_head"))
    approved(world, chair="head", starts=at(14))
    told = _facts(world, "chief", people=("head",), starts=at(14))
    with pytest.raises(ReasonMissing):
        do(world, "chief", services.change_entry, made, facts=told, reason=" ")
    with pytest.raises(Occupied):
        do(world, "chief", services.change_entry, made, facts=told, reason="Dời giờ")
    assert read(world, made).starts_at == at(9)
    told = _facts(world, "chief", people=("head",), starts=at(15))
    do(world, "chief", services.change_entry, made, facts=told, reason="Dời giờ")
    now = read(world, made)
    assert (now.starts_at, now.changes_told, now.state) == (at(15), 1, "published")
    with as_one(world, "head"):
        change = now.changes.get()
        assert "09:00" in change.before["when"]
        assert "15:00" in change.after["when"]
        assert busy_slots(Slot(at(8), at(12)), [world.secretary]) == []
    assert notices(world, "head", made)[-1] == "Thay đổi lịch"
    assert notices(world, "other_head", made)[-1] == "Không còn dự: Dời giờ"
    with as_one(world, "clerk"), pytest.raises(NotYours):
        services.change_entry(read(world, made), told, reason="x", by=_actor(world, "clerk"), at=NOW)


def test_a_cancelled_entry_gives_its_people_and_things_back(world, clock):
    one = room(world)
    made = published(world, people=("head",), things=(one,))
    do(world, "chief", services.cancel_entry, made, note="Hoãn")
    assert notices(world, "head", made)[-1] == "Hủy lịch"
    with as_one(world, "tracker"):
        assert Entry.objects.get(pk=made.pk).state == "cancelled"
        assert not Claim.objects.filter(entry=made).exists()
    approved(world, people=("head",), things=(one,))


def test_who_works_elsewhere_does_not_propose_and_nobody_takes_others_things(world, clock):
    with pytest.raises(NotYours):
        make(world, "stranger", owner="VPTU", unit="MT")
    one = room(world)
    told = _facts(world, "commune_clerk", owner="XA", unit="VPX", chair=None, things=(one,))
    with as_one(world, "commune_clerk"), pytest.raises(NotYours):
        services.create_entry(told, by=_actor(world, "commune_clerk"), at=NOW)
    # An agency proposes into the calendar of the committee above it.
    made = proposed(world, who="agency_clerk", unit="BTC")
    do(world, "chief", services.approve_entry, made)
    with as_one(world, "chief"), pytest.raises(Refused, match="sau giờ bắt đầu"):
        services.create_entry(facts(world, hours=-1), by=_actor(world), at=NOW)


def test_a_weekly_entry_is_one_entry_a_week_but_for_days_off(world, clock):
    actor = _actor(world, "clerk")
    with acting_as(actor):
        rule = Rule(Rhythm.WEEKLY, date(2026, 12, 15))
        made = services.create_series(facts(world, starts=at(8, day=24)), rule, by=actor, at=NOW)
        # 24 November 2026 is a day off: the series begins a week later.
        assert [one.starts_at for one in made] == [at(8, day=24) + timedelta(weeks=week) for week in (1, 2, 3)]
        assert len({one.series_id for one in made}) == 1


def test_twenty_people_find_an_hour_in_one_query(world, clock, django_assert_max_num_queries):
    approved(world, people=("head",), starts=at(7, 30), hours=4)
    approved(world, chair="other_head", starts=at(13, 30), hours=2)
    people = list(world.people().values())
    with as_one(world, "clerk"), django_assert_max_num_queries(3):
        found = free_hours(date(2026, 11, 26), 1, timedelta(hours=1), people, [])
    assert [(one.starts_at, one.ends_at) for one in found] == [(at(15, 30), at(16, 30)), (at(16), at(17))]
