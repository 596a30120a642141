"""Two chiefs approve at once: the room and the person are in one place afterwards, whatever the order."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from congso.apps.schedule import services
from congso.apps.schedule.models import Claim
from congso.apps.schedule.queries import entry_of
from congso.apps.schedule.services import Occupied
from congso.apps.schedule.tests.factories import NOW, as_one, at, do, make, proposed, room
from congso.kernel.access.services import Actor, acting_as
from congso.kernel.workflow.services import Refused


def approve_at_once(world, entries) -> list[object]:
    barrier = Barrier(len(entries))
    actor = Actor.person(world.chief)

    def run(pk: int) -> object:
        try:
            with acting_as(actor):
                entry = entry_of(pk)
                barrier.wait(timeout=10)
                services.approve_entry(entry, by=actor, at=NOW)
                return "approved"
        except Refused as refusal:
            return type(refusal)
        finally:
            connection.close()

    with ThreadPoolExecutor(len(entries)) as pool:
        return list(pool.map(run, [one.pk for one in entries]))


@pytest.mark.django_db(transaction=True)
def test_of_two_who_want_one_room_at_once_one_gets_it(world):
    one = room(world)
    chairs = ("head", "other_head")
    entries = [proposed(world, chair=who, things=(one,), starts=at(9, 10 * step)) for step, who in enumerate(chairs)]
    told = approve_at_once(world, entries)
    assert sorted(map(str, told)) == sorted([str(Occupied), "approved"])
    with as_one(world, "chief"):
        assert Claim.objects.filter(thing=one, is_firm=True).count() == 1


@pytest.mark.django_db(transaction=True)
def test_crossing_wishes_do_not_wait_for_each_other_for_ever(world):
    rooms = [room(world, f"Phòng {place}") for place in (1, 2)]
    entries = [
        proposed(world, chair="head", people=("other_head",), things=tuple(rooms)),
        proposed(world, chair="other_head", people=("head",), things=tuple(reversed(rooms))),
    ]
    told = approve_at_once(world, entries)
    assert sorted(map(str, told)) == sorted([str(Occupied), "approved"])


spans = st.lists(
    st.tuples(
        st.integers(0, 8), st.integers(1, 4), st.sampled_from(["head", "other_head"]), st.booleans(), st.booleans()
    ),
    min_size=2, max_size=6,
)  # fmt: skip


@pytest.mark.django_db
@settings(max_examples=4, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(spans)
def test_no_two_approved_entries_share_anybody_or_anything_unless_accepted(world, wanted):
    with as_one(world, "chief"):
        known = set(Claim.objects.values_list("pk", flat=True))
    one = room(world, f"Phòng {len(known)}-{abs(hash(tuple(wanted)))}")
    for begins, hours, who, has_room, is_accepted in wanted:
        made = make(world, chair=who, starts=at(7 + begins), hours=hours, things=(one,) if has_room else ())
        do(world, "clerk", services.propose_entry, made)
        try:
            do(world, "chief", services.approve_entry, made, accept="Biết" if is_accepted else "")
        except Occupied:
            do(world, "clerk", services.drop_entry, made)
    with as_one(world, "chief"):
        firm = list(Claim.objects.filter(is_firm=True))
        for place, first in enumerate(firm):
            for second in firm[place + 1 :]:
                meets = first.during.lower < second.during.upper and second.during.lower < first.during.upper
                same = first.person_id == second.person_id and first.thing_id == second.thing_id
                assert not (meets and same) or first.is_accepted or second.is_accepted
                assert not (meets and same and first.thing_id)
