"""A breach's 72 hours: counted by the wall clock, reminded of, late only with a reason; drills stay drills."""

from datetime import timedelta

import pytest
from django.db import Error, connection, transaction
from django.utils import timezone

from congso.apps.personal_data import queries
from congso.apps.personal_data.models import BreachReport
from congso.apps.personal_data.rules import breach_clock, breach_step
from congso.apps.personal_data.services import breaches, reminding
from congso.apps.personal_data.tests.factories import FACTS, do, found, open_breach
from congso.kernel.access.principals import System
from congso.kernel.access.services import Actor, acting_as
from congso.kernel.notify.models import Notice
from congso.kernel.workflow.services import Refused

pytestmark = pytest.mark.django_db
Phase = BreachReport.Phase
REMINDERS = Actor.system(System.REMINDERS)


def remind(at):
    with acting_as(REMINDERS):
        return reminding.remind_of_breaches(by=REMINDERS, at=at)


def bell(world, who):
    with acting_as(Actor.person(getattr(world, who))):
        return list(Notice.objects.order_by("id").values_list("text", flat=True))


def test_the_clock_runs_through_nights_and_holidays(clock):
    friday = timezone.now()  # the day before a day off
    told = breach_clock(friday, friday + timedelta(hours=71, minutes=30), hours=72)
    assert (told.is_late, told.hours, told.minutes) == (False, 0, 30)
    late = breach_clock(friday, friday + timedelta(hours=80), hours=72)
    assert (late.is_late, late.hours) == (True, 8)
    assert breach_step(friday, friday + timedelta(hours=23, minutes=59), [24, 48]) is None
    assert breach_step(friday, friday + timedelta(hours=60), [24, 48, 60, 70]) == 60


def test_each_step_is_reminded_of_once_and_lateness_every_day(protected):
    now = timezone.now()
    breach = open_breach(protected, at=now)
    told = [remind(now + timedelta(hours=hours)) for hours in (1, 24, 25, 48, 60, 70, 71, 73, 80, 97)]
    assert told == [0, 2, 0, 2, 2, 2, 0, 2, 0, 2]
    assert any("còn 12 giờ" in words for words in bell(protected, "chief"))
    do(protected, "other_head", breaches.report_breach, breach, Phase.INITIAL, addressee="A05",
       at=now + timedelta(hours=98), late_reason="Mất điện")  # fmt: skip
    assert remind(now + timedelta(hours=200)) == 0


def test_a_late_report_needs_its_reason_and_keeps_it(protected):
    now = timezone.now()
    breach = open_breach(protected, ago=timedelta(hours=73), at=now)
    with pytest.raises(Refused, match="lý do báo cáo chậm"):
        do(protected, "other_head", breaches.report_breach, breach, Phase.INITIAL, addressee="A05", at=now)
    report = do(protected, "other_head", breaches.report_breach, breach, Phase.INITIAL, addressee="A05", at=now,
                late_reason="Phát hiện chậm do nghỉ lễ")  # fmt: skip
    assert report.late_reason == "Phát hiện chậm do nghỉ lễ"
    in_time = open_breach(protected, ago=timedelta(hours=71, minutes=59), at=now)
    told = do(protected, "other_head", breaches.report_breach, in_time, Phase.INITIAL, addressee="A05", at=now,
              late_reason="thừa")  # fmt: skip
    assert told.late_reason == ""


def test_phases_follow_and_each_keeps_what_was_known(protected):
    breach = open_breach(protected, data_kinds=[], cause_text="", measures="")
    with pytest.raises(Refused, match="loại dữ liệu"):
        do(protected, "other_head", breaches.report_breach, breach, Phase.INITIAL, addressee="A05")
    first = FACTS | {"measures": "", "people_count": None}
    do(protected, "other_head", breaches.amend_breach, breach, breaches.BreachFacts(**first))
    do(protected, "other_head", breaches.report_breach, breach, Phase.INITIAL, addressee="A05")
    do(protected, "other_head", breaches.report_breach, breach, Phase.ADDITIONAL, addressee="A05")
    with pytest.raises(Refused, match="số người"):
        do(protected, "other_head", breaches.report_breach, breach, Phase.FINAL, addressee="A05")
    do(protected, "other_head", breaches.amend_breach, breach, breaches.BreachFacts(**FACTS))
    do(protected, "other_head", breaches.tell_people, breach, people_count=120, means="Thư", words="Xin lỗi")
    do(protected, "other_head", breaches.report_breach, breach, Phase.FINAL, addressee="A05")
    done = found(protected, breach)
    with acting_as(Actor.person(protected.other_head)):
        assert [one.known["people_count"] for one in done.reports.all()] == [None, None, 120]
        assert done.notices.get().people_count == 120
    assert done.closed_at is not None


def test_a_drill_is_marked_for_good_counts_apart_and_goes_nowhere(protected):
    real, drill = open_breach(protected), open_breach(protected, is_drill=True)
    assert real.number.startswith("1/")
    assert (drill.number.split("/")[0], drill.title[:11]) == ("1", "[DIỄN TẬP] ")
    report = do(protected, "other_head", breaches.report_breach, drill, Phase.INITIAL, addressee="A05, Bộ Công an")
    assert "không gửi" in report.addressee
    assert any("DIỄN TẬP" in words for words in bell(protected, "chief"))
    with pytest.raises(Refused):
        open_breach(protected, "specialist", is_drill=True)
    with acting_as(Actor.person(protected.other_head)), pytest.raises(Error), transaction.atomic():
        connection.cursor().execute("UPDATE personal_data_breach SET is_drill = false")


def test_moments_that_cannot_be_are_refused(protected):
    now = timezone.now()
    with pytest.raises(Refused):
        open_breach(protected, ago=-timedelta(minutes=1), at=now)
    with pytest.raises(Refused):
        open_breach(protected, happened_at=now + timedelta(hours=1), at=now)


def test_raw_sql_shows_a_breach_and_its_reports_to_nobody_else(protected):
    breach = open_breach(protected, who="specialist")
    do(protected, "other_head", breaches.report_breach, breach, Phase.INITIAL, addressee="A05")
    for who in set(protected.people()) - {"other_head", "chief", "reader"}:
        with acting_as(Actor.person(getattr(protected, who))), connection.cursor() as cursor:
            for table in ("personal_data_breach", "personal_data_breachreport", "personal_data_affectednotice"):
                cursor.execute(f"SELECT count(*) FROM {table}")
                assert cursor.fetchone() == (0,), (who, table)
    with acting_as(Actor.person(protected.other_head)):
        assert queries.breaches().count() == 1
        for statement in (
            "UPDATE personal_data_breach SET discovered_at = now()",
            "UPDATE personal_data_breachreport SET late_reason = ''",
            "DELETE FROM personal_data_breachreport",
        ):
            with pytest.raises(Error), transaction.atomic():
                connection.cursor().execute(statement)
