"""A target that reports fill: its figure is the roll-up of what units sent, and moves when they send more."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.urls import reverse
from django.utils import timezone

from congso.apps.plan_board import services
from congso.apps.plan_board.models import Figure
from congso.apps.plan_board.services import MilestoneRow
from congso.apps.plan_board.tests.factories import add, by, do, draft, item, target
from congso.apps.reports.services import waive_report
from congso.apps.reports.tests.factories import do as do_report
from congso.apps.reports.tests.factories import make_form, open_due, report_in, submitted
from congso.kernel.access.services import acting_as
from congso.kernel.indicators.measures import measure_of
from congso.kernel.signing.models import Credential
from tests.planning.test_board_pages import page

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


def test_a_targets_figure_is_what_units_reported_added_up(world, signed_in):
    make_form(world)
    open_due()
    plan = draft(world)
    facts = target(
        None, code="CT20", text="Văn bản xử lý", measured_by="indicator", indicator="thang.ct.den",
        figure_unit="văn bản", milestones=[MilestoneRow(date(2026, 12, 31), Decimal(200))],
    )  # fmt: skip
    add(world, plan, facts)
    do(world, "chief", services.step_on, plan, key="approve")
    assert do(world, "tracker", services.measure_plan, plan)[0] == 0  # nobody has reported yet
    submitted(world, report_in(world))
    do(world, "tracker", services.measure_plan, plan)
    submitted(world, report_in(world, "BTC"), "agency_clerk", ct__den="90", ct__han="80", kk="Không")
    do(world, "tracker", services.measure_plan, plan)
    do(world, "tracker", services.measure_plan, plan)  # the same again is not kept twice
    with acting_as(by(world, "tracker")):
        wanted = item(plan, "CT20")
        found = list(Figure.objects.filter(item=wanted).order_by("id"))
    assert [one.value for one in found] == [120, 210]
    assert {one.origin for one in found} == {"indicator"}
    assert "tháng 11/2026 của 2 đơn vị" in found[-1].scope
    shown = page(signed_in("tracker"), reverse("plan_board:detail", args=[plan.pk]))
    assert "210 văn bản" in shown
    assert "Đã đạt" in shown


def test_reporting_and_the_catalogue_count_themselves(world):
    """CT13 and CT11 of plan 16: what is due and sent here; what is asked of the catalogue and there."""
    make_form(world, starts_on=date(2026, 10, 1))
    open_due()
    submitted(world, report_in(world, first_day=date(2026, 10, 1)))
    do_report(world, "chief", waive_report, report_in(world, "BTC", first_day=date(2026, 10, 1)), note="Mới thành lập")
    with acting_as(by(world, "chief")):
        sent = measure_of("reports.sent").count(world.organization("TU"), date(2026, 11, 30))
        late = measure_of("reports.in_time").count(world.organization("TU"), date(2026, 11, 30))
        at_hand = measure_of("analytics.at_hand").count(world.organization("TU"), date(2026, 11, 30))
    assert (sent.numerator, sent.denominator) == (1, 1)
    assert (late.numerator, late.denominator) == (0, 1)  # due on 4/11, sent on 23/11
    assert (at_hand.numerator, at_hand.denominator) == (2, 8)
    assert "due_to=30" in sent.url


def test_the_platform_counts_who_may_sign_with_a_certificate_and_tells_nobody_who(world):
    """CT02 of plan 16: leaders and chiefs of office with a certificate of their own; demonstration keys are none."""
    now, day = timezone.now(), timezone.localdate()

    def add_one(who: str, provider: str) -> None:
        with acting_as(by(world, who)):
            Credential.objects.create(
                person_id=getattr(world, who), provider=provider, certificate="", subject=who, issuer="", serial="1",
                fingerprint=who, valid_from=now - timedelta(days=1), valid_to=now + timedelta(days=90),
                added_by_id=getattr(world, who), added_at=now,
            )  # fmt: skip

    def counted(who: str, on: date) -> tuple[int, int | None]:
        with acting_as(by(world, who)):
            assert who == "chief" or not Credential.objects.exists()
            found = measure_of("signing.certified").count(world.organization("TU"), on)
            return found.numerator, found.denominator

    assert counted("tracker", day) == (0, 6)
    for who, provider in (("chief", "token"), ("agency_leader", "software"), ("clerk", "token")):
        add_one(who, provider)
    assert [counted(who, day) for who in ("tracker", "stranger", "chief")] == [(1, 6)] * 3
    assert counted("tracker", day + timedelta(days=91)) == (0, 6)
