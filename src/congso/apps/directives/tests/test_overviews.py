"""The heat map, the month, what is on the way, and the calendar one subscribes to."""

import base64
from datetime import date, timedelta
from html import unescape

import pytest
from django.urls import reverse
from django.utils import timezone

from congso.apps.directives.models import Task
from congso.apps.directives.queries.overviews import heat_by_clause, heat_by_standing
from congso.apps.directives.tests.factories import NOW, make_task
from congso.kernel.access.services import Actor, acting_as
from congso.kernel.accounts.models import User
from congso.kernel.accounts.tokens import issue_token

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]
FEED = "/api/v1/directives/calendar.ics"
PAGES = ("matrix", "calendar", "gantt")


def page(client, name: str, **facts) -> str:
    answer = client.get(reverse(f"directives:{name}"), facts)
    assert answer.status_code == 200
    return unescape(answer.content.decode())


def token(world, who: str, *systems: str) -> str:
    user = User.objects.get(person_id=getattr(world, who))
    with acting_as(Actor.person(user.person_id)):
        _token, secret = issue_token(
            user, name="Lịch", systems=systems, may_act=False, at=timezone.now(),
            expires_at=timezone.now() + timedelta(days=30),
        )  # fmt: skip
    return secret


def basic(secret: str) -> dict[str, str]:
    return {"Authorization": "Basic " + base64.b64encode(f"ai:{secret}".encode()).decode()}


def test_heat_squares_add_up_to_the_tasks_one_sees(world):
    make_task(world, clause="II.2", due_on=date(2026, 11, 20), at=NOW.replace(day=2))
    make_task(world, clause="II.10", due_on=date(2026, 12, 20))
    for who in ("chief", "agency_leader", "stranger"):
        with acting_as(Actor.person(getattr(world, who))):
            clauses = heat_by_clause(Task.objects.all(), NOW.date())
            standing = heat_by_standing(Task.objects.all(), NOW.date())
            for heat in (clauses, standing):
                counted = sum(square.total for row in heat.rows for square in row.squares if square)
                assert counted == Task.objects.exclude(state="cancelled").count()
            if clauses.rows:
                assert [name for name in clauses.columns if name.startswith("II")] == ["II.2", "II.10"]


@pytest.mark.parametrize("name", PAGES)
def test_pages_show_ones_own_and_take_any_address(world, signed_in, name):
    task = make_task(world, due_on=date(2026, 12, 1))
    client = signed_in("agency_leader")
    wanted = {"scope": "all", "thang": "2026-12", "symbol": task.source_symbol}
    for facts in ({}, wanted, {"scope": "x", "thang": "9-9"}, {"thang": "0000-13", "symbol": "'; --"}):
        page(client, name, **facts)
    assert task.title[:20] not in page(signed_in("stranger"), name, scope="all", thang="2026-12")


def test_a_month_and_the_way_hold_what_is_due(world, signed_in):
    task = make_task(world, due_on=date(2026, 12, 1))
    client = signed_in("agency_leader")
    assert task.title[:20] in page(client, "calendar", scope="all", thang="2026-12")
    assert task.title[:20] not in page(client, "calendar", scope="all", thang="2026-10")
    assert task.title[:20] in page(client, "gantt", scope="all")


def test_a_calendar_is_subscribed_to_with_a_token_as_password(world, client):
    task = make_task(world, due_on=date(2026, 12, 1))
    secret = token(world, "agency_leader", "directives")
    answer = client.get(FEED, {"scope": "unit"}, headers=basic(secret))
    assert answer.status_code == 200
    assert answer["Content-Type"].startswith("text/calendar")
    told = answer.content.decode()
    assert f"UID:task-{task.pk}@congso" in told
    assert "DTSTART;VALUE=DATE:20261201" in told
    assert client.get(FEED, headers={"Authorization": f"Bearer {secret}"}).status_code == 200


def test_a_wrong_foreign_or_missing_token_opens_nothing(world, client):
    make_task(world, due_on=date(2026, 12, 1))
    answer = client.get(FEED)
    assert answer.status_code == 401
    assert answer["WWW-Authenticate"].startswith("Basic")
    for header in ("Basic ???", "Basic " + base64.b64encode(b"no colon").decode(), "Basic"):
        assert client.get(FEED, headers={"Authorization": header}).status_code == 401
    assert client.get(FEED, headers=basic("congso_wrong")).status_code == 401
    assert client.get(FEED, headers=basic(token(world, "agency_leader", "search"))).status_code == 403
    stranger = client.get(FEED, {"scope": "unit"}, headers=basic(token(world, "stranger", "directives")))
    assert "BEGIN:VEVENT" not in stranger.content.decode()


def test_a_token_in_a_basic_header_reaches_no_further_than_in_a_bearers(world, client):
    foreign = token(world, "agency_leader", "search")
    own = token(world, "agency_leader", "directives")
    for header, status in ((basic(foreign), 403), ({"Authorization": f"Bearer {foreign}"}, 403), (basic(own), 200)):
        assert client.get("/api/v1/directives/tasks", headers=header).status_code == status
    task = make_task(world, due_on=date(2026, 12, 1))
    told = client.post(f"/api/v1/directives/tasks/{task.pk}/accept", headers=basic(own))
    assert told.status_code == 403
    assert told.json()["code"] == "only_reading"
