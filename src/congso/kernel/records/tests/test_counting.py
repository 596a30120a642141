"""Several counts in one query say what each would have said alone, with the rights of who asks."""

import pytest
from django.db.models import QuerySet
from django.utils import timezone

from congso.kernel.access.services import Actor, acting_as
from congso.kernel.directory.models import Organization
from congso.kernel.directory.testing import World
from congso.kernel.records.counting import counted
from congso.kernel.records.models import Record
from congso.kernel.records.tests.test_hanging import record_seen_by

pytestmark = pytest.mark.django_db


def questions(world: World) -> list[QuerySet[Record] | QuerySet[Organization]]:
    mine = Record.objects.filter(type="thử")
    office = world.organizations["VPTU"]
    return [
        mine.select_related("owner", "unit").order_by("-created_at"),
        mine.order_by("title")[:2],
        mine.filter(owner__in=[office], audience__overlap=[1, 2]),
        mine.filter(pk__in=[]),
        mine.none()[:5],
        Organization.objects.filter(serves__isnull=False).exclude(pk=office),
        mine.filter(title="%s' -- "),
    ]


def test_they_are_what_each_would_be_alone(world, django_assert_num_queries):
    for _ in range(3):
        record_seen_by(world, timezone.now(), world.head)
    for person in (world.clerk, world.head, world.stranger):
        with acting_as(Actor.person(person)):
            alone = [found.count() for found in questions(world)]
            with django_assert_num_queries(1):
                together = counted(*questions(world))
            assert together == alone
            assert together[:2] == ([0, 0] if person == world.stranger else [3, 2])


def test_what_can_hold_nothing_is_not_asked(world, django_assert_num_queries):
    with acting_as(Actor.person(world.clerk)), django_assert_num_queries(0):
        assert counted(Record.objects.none(), Record.objects.filter(pk__in=[])) == [0, 0]
        assert counted() == []
