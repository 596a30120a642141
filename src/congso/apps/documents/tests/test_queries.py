"""Lists are complete, ordered, and cost the same number of queries however long they are."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from congso.apps.documents import queries
from congso.apps.documents.models import IncomingDocument
from congso.apps.documents.tests import factories
from congso.apps.documents.tests.factories import DUE, NOW, by
from congso.kernel.access.services import Actor, acting_as

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _stopped(clock):
    """The office is at Monday 23 November 2026, 8:00."""


def _cost(client, url: str) -> int:
    with CaptureQueriesContext(
        connection,
    ) as spent:
        assert client.get(url).status_code == 200
    return len(spent)


@pytest.mark.parametrize(
    ("who", "name", "budget"),
    [
        ("clerk", "list", 20), ("clerk", "book", 21), ("clerk", "tracking", 20), ("clerk", "intake", 21),
        ("head", "inbox", 16), ("secretary", "list", 17), ("clerk", "quick", 20), ("chief", "accuracy", 22),
    ],
)  # fmt: skip
def test_a_list_costs_the_same_however_long(world, signed_in, who, name, budget):
    url = reverse(f"documents:{name}")
    client = signed_in(who)
    for make in (factories.received, factories.in_progress):
        make(world)
    client.get(url)
    few = _cost(client, url)
    for _ in range(4):
        factories.received(world)
        factories.in_progress(world)
    many = _cost(client, url)
    assert many <= few
    assert many <= budget, many


@pytest.mark.parametrize(("who", "budget"), [("clerk", 24), ("secretary", 23), ("head", 23)])
def test_the_page_of_a_document_keeps_its_budget(world, signed_in, who, budget):
    document = factories.in_progress(world)
    client = signed_in(who)
    url = reverse("documents:detail", args=[document.pk])
    client.get(url)
    spent = _cost(client, url)
    assert spent <= budget, spent


def test_late_documents_are_open_and_past_their_day(world):
    late, in_time = factories.in_progress(world), factories.in_progress(world)
    done = factories.completed(world)
    with by(world.secretary):
        IncomingDocument.objects.filter(pk=in_time.pk).update(due_on=DUE + timedelta(days=9))
        found = queries.late_documents(queries.incoming_documents(), DUE + timedelta(days=1))
        assert [one.pk for one in found] == [late.pk]
        assert done.pk not in {one.pk for one in found}


def test_present_by_is_the_next_working_day_and_at_once_for_urgent_ones(world):
    ordinary, urgent = factories.registered(world), factories.registered(world, urgency=2)
    presented = factories.presented(world)
    with by(world.clerk):
        stored = {one.pk: one for one in queries.incoming_documents()}
        assert queries.present_by(stored[ordinary.pk]).isoformat() == "2026-11-25"  # 24/11 is off
        assert queries.present_by(stored[urgent.pk]) == NOW.date()
        assert queries.present_by(stored[presented.pk]) is None


def test_unread_counts_what_lies_unopened_before_the_person(world):
    factories.directed(world)
    factories.in_progress(world)
    with acting_as(Actor.person(world.head)) as held:
        assert queries.unread_count(held) == 1
    with acting_as(Actor.person(world.other_head)) as held:
        assert queries.unread_count(held) == 2
    with acting_as(Actor.person(world.stranger)) as held:
        assert queries.unread_count(held) == 0


def test_followed_offices_are_those_one_clerks_leads_or_directs_for(world):
    expected = {
        "clerk": {"VPTU"}, "chief": {"VPTU"}, "secretary": {"VPTU"}, "commune_leader": {"VPX"},
        "agency_clerk": {"BTC"}, "specialist": set(), "stranger": set(),
    }  # fmt: skip
    names = {pk: code for code, pk in world.organizations.items()}
    for who, offices in expected.items():
        with acting_as(Actor.person(getattr(world, who))) as held:
            found = queries.followed_offices(held, NOW.date())
            assert {names[one.pk] for one in found} == offices, who


def test_choices_are_near_ones_first_and_never_the_office_itself(world):
    with by(world.secretary):
        groups = queries.choices_of(world.organization("VPTU"), NOW.date())
    assert [group.label for group in groups] == [
        "Đơn vị trong cơ quan", "Cán bộ trong cơ quan", "Cơ quan, tổ chức khác",
    ]  # fmt: skip
    others = {choice.key for choice in groups[2].choices}
    assert f"u{world.organizations['BTC']}" in others
    assert f"u{world.organizations['VPTU']}" not in others
    keys = [choice.key for group in groups for choice in group.choices]
    assert len(set(keys)) == len(keys)


def test_the_register_form_keeps_its_budget_with_proposals(world, signed_in):
    document = factories.read(world)
    client = signed_in("clerk")
    url = reverse("documents:register", args=[document.pk])
    client.get(url)
    spent = _cost(client, url)
    assert spent <= 24, spent


def test_what_waits_with_proposals_costs_the_same_however_long(world, signed_in):
    client = signed_in("clerk")
    factories.read(world)
    costs = []
    for name in ("intake", "quick"):
        client.get(reverse(f"documents:{name}"))
        costs.append(_cost(client, reverse(f"documents:{name}")))
    for count in range(4):
        factories.read(world, str(count).encode())
    assert [_cost(client, reverse(f"documents:{name}")) for name in ("intake", "quick")] == costs
