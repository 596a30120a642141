"""What runs by itself: reviews open once a quarter and are reminded of, openings reported; raw SQL decides nothing."""

from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.db import Error, connection, transaction
from django.utils import timezone

from congso.apps.rights.jobs import report_openings
from congso.apps.rights.models import Campaign
from congso.apps.rights.rules import is_reminded, opens_by_itself, quarter_of
from congso.apps.rights.services.opening import ask_sight, give_sight
from congso.apps.rights.services.reviewing import keep_calendar, open_campaign
from congso.kernel.access.principals import System
from congso.kernel.access.services import Actor, acting_as
from congso.kernel.directory.testing import World
from congso.kernel.notify.models import Notice
from congso.lib.workdays import Calendar

MACHINE = Actor.system(System.RIGHTS)


def morning(day: int, month: int = 1, year: int = 2027) -> datetime:
    return datetime(year, month, day, 8, tzinfo=ZoneInfo("Asia/Ho_Chi_Minh"))


def told(person: int) -> list[str]:
    with acting_as(Actor.person(person)):
        return list(Notice.objects.order_by("id").values_list("text", flat=True))


def test_days_of_a_quarter() -> None:
    assert quarter_of(date(2026, 12, 31)) == (2026, 4)
    assert [opens_by_itself(date(2027, 1, day)) for day in (1, 10, 11)] == [True, True, False]
    assert not opens_by_itself(date(2027, 2, 1))
    due = date(2027, 1, 15)  # a Friday
    reminded = [day for day in range(8, 32) if is_reminded(date(2027, 1, day), due, Calendar())]
    assert reminded == [12, 15, 18, 25]


@pytest.mark.django_db
def test_it_opens_once_and_is_reminded_of_once_a_day(world: World) -> None:
    with acting_as(MACHINE):
        for at in (morning(4), morning(4), morning(5)):
            keep_calendar(at)
        review = Campaign.objects.get()
        assert (review.year, review.quarter, review.opened_by_id) == (2027, 1, None)
        due = review.due_on
    opened = told(world.chief)
    assert len(opened) == 1
    with acting_as(MACHINE):
        for _twice in range(2):
            keep_calendar(morning(due.day, due.month))
    assert len(told(world.chief)) == 2
    assert "sắp đến hạn" in told(world.chief)[-1]
    with acting_as(MACHINE):
        keep_calendar(morning(12, 4))
        assert Campaign.objects.count() == 1  # too late in the quarter to open by itself


@pytest.mark.django_db
def test_raw_sql_decides_for_nobody(world: World) -> None:
    with acting_as(Actor.person(world.administrator)):
        review = open_campaign(2027, 1, by=world.administrator, at=timezone.now()).pk
    ids = [review, world.organizations["VPTU"]]
    decision = (
        "INSERT INTO rights_decision (campaign_id, organization_id, kind, target_id, words, verdict, note,"
        " decided_by_id, decided_at) VALUES (%s, %s, 'assignment', 1, 'x', 'keep', '', {by}, now())"
    )
    confirmed = (
        "INSERT INTO rights_unitreview (campaign_id, organization_id, confirmed_by_id, confirmed_label, confirmed_at,"
        " kept, revoked) VALUES (%s, %s, {by}, 'x', now(), 0, 0)"
    )
    for who, by in (
        ("clerk", "clerk"),
        ("agency_leader", "agency_leader"),
        ("administrator", "chief"),
        ("chief", "head"),
    ):
        for statement in (decision, confirmed):
            with acting_as(Actor.person(getattr(world, who))), pytest.raises(Error), transaction.atomic():
                connection.cursor().execute(statement.format(by=getattr(world, by)), ids)
    with acting_as(Actor.person(world.chief)), connection.cursor() as cursor:
        cursor.execute(confirmed.format(by=world.chief), ids)
        with pytest.raises(Error), transaction.atomic():
            cursor.execute(decision.format(by=world.chief), ids)
        for statement in ("DELETE FROM rights_unitreview", "UPDATE rights_unitreview SET revoked = 0"):
            with pytest.raises(Error), transaction.atomic():
                cursor.execute(statement)


@pytest.mark.django_db(transaction=True)
def test_an_ended_opening_is_reported_to_its_owner_once(world: World, as_owner: Any) -> None:
    with acting_as(Actor.person(world.stranger)):
        opening = ask_sight(world.organization("VPTU"), number="", hours=2, reason="Trực bão", by=world.stranger)
    with acting_as(Actor.person(world.chief)):
        give_sight(opening, record=None, words="", by=world.chief)
    as_owner.execute(
        "UPDATE access_opening SET begins_at = now() - interval '3 hours', ends_at = now() - interval '1 hour'"
    )
    for _twice in range(2):
        report_openings(0)
    assert [words for words in told(world.chief) if words.startswith("Hết hạn mở khẩn cấp")] == [
        "Hết hạn mở khẩn cấp hồ sơ của Văn phòng Tỉnh ủy Thử Nghiệm của Hồ Người Lạ: 0 lượt mở, xem báo cáo"
    ]
