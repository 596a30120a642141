"""The week of a calendar with what other systems plan."""

from datetime import date

import pytest

from congso.apps.programme.tests import factories as programmes
from congso.apps.schedule.tests.factories import published

pytestmark = pytest.mark.django_db


def page(response) -> str:
    return response.content.decode()


def test_the_week_shows_what_others_plan_days_off_and_whom_one_cannot_see_as_busy(world, clock, signed_in):
    made = programmes.make(world)
    programmes.item(world, made, "Xem xét đề án", session_on=date(2026, 12, 15))
    programmes.approved(world, made)
    published(world, is_private=True, title="Khám sức khỏe")
    committee = world.organizations["TU"]
    tracker = signed_in("tracker")
    assert "Xem xét đề án" in page(tracker.get(f"/lich/?lich={committee}&ngay=2026-12-15"))
    week = page(tracker.get(f"/lich/?lich={committee}&ngay=2026-11-26"))
    assert "Khám sức khỏe" not in week
    assert "Bận" in week
    assert "Ngày Văn hóa" in week
    assert "Bận" in page(tracker.get(f"/lich/thang/?lich={committee}&ngay=2026-11-01"))
    assert "Khám sức khỏe" in page(signed_in("secretary").get("/lich/?ngay=2026-11-26"))
