"""The flow against a table of expectations: every act, by everybody, in every state; and by raw SQL."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import Error, connection, transaction

from congso.apps.plan_board import services
from congso.apps.plan_board.models import Figure, Plan
from congso.apps.plan_board.queries import plan_of
from congso.apps.plan_board.tests.factories import NOW, by, do, draft, in_force, item, pack, report, target
from congso.kernel.access.services import acting_as, current_principals
from congso.kernel.workflow.services import NotYours, ReasonMissing, Refused, WrongState, possible_transitions

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]

KEEP = {"edit", "drop"}
RUN = {"measure", "count", "report", "raise", "decide", "pack"}
SAY = {"report", "raise"}
NONE: set[str] = set()
# The office's staff read; the agency leads a target, so it reads and says.
READERS = dict.fromkeys(("clerk", "secrecy_officer"), NONE)
EXPECTED = {
    "draft": {"secretary": KEEP | {"approve"}, "chief": KEEP | {"approve"}, "tracker": KEEP},
    "in_force": {
        "secretary": RUN | {"adjust", "close"}, "chief": RUN | {"adjust", "close"}, "tracker": RUN,
        "agency_leader": SAY, "agency_clerk": SAY, "agency_specialist": NONE, **READERS,
    },
    "closed": {
        "secretary": {"reopen"}, "chief": {"reopen"}, "tracker": NONE, "agency_leader": NONE, "agency_clerk": NONE,
        "agency_specialist": NONE, **READERS,
    },
    "dropped": {"secretary": NONE, "chief": NONE, "tracker": NONE},
}  # fmt: skip


def in_state(world, state: str) -> Plan:
    plan = draft(world) if state in ("draft", "dropped") else in_force(world)
    if state == "dropped":
        do(world, "tracker", services.step_on, plan, key="drop", note="Lập trùng")
    if state == "closed":
        do(world, "chief", services.step_on, plan, key="close", note="Đã tổng kết")
    return plan


@pytest.mark.parametrize("state", EXPECTED)
def test_each_state_gives_each_person_exactly_her_acts(world, state):
    found = in_state(world, state)
    shown = {}
    for who, person in world.people().items():
        with acting_as(by(world, who)):
            assert person
            if Plan.objects.filter(pk=found.pk).exists():
                plan = plan_of(found.pk)
                shown[who] = {one.key for one in possible_transitions(plan, held=current_principals(), at=NOW)}
    assert shown.pop("reader") == set()
    assert shown == EXPECTED[state]


def test_an_empty_plan_or_a_target_without_a_milestone_is_not_put_in_force(world):
    plan = draft(world, is_empty=True)
    with pytest.raises(Refused, match="chưa có mục nào"):
        do(world, "chief", services.step_on, plan, key="approve")
    from congso.apps.plan_board.tests.factories import add

    add(world, plan, target(None, milestones=()))
    with pytest.raises(Refused, match="ít nhất một mốc"):
        do(world, "chief", services.step_on, plan, key="approve")


def test_an_adjustment_needs_a_reason_and_keeps_what_was(world):
    plan = in_force(world)
    with acting_as(by(world, "chief")):
        wanted = item(plan, "CT15")
        facts = target(world.organization("BTC"), milestones=(services.MilestoneRow(date(2027, 6, 30), Decimal(90)),))
        with pytest.raises(ReasonMissing):
            services.change_item(wanted, facts, plan=plan_of(plan.pk), by=by(world, "chief"), at=NOW)
        services.change_item(wanted, facts, plan=plan_of(plan.pk), by=by(world, "chief"), at=NOW, note="Theo 20-KH/TU")
        said = plan_of(plan.pk).timeline.order_by("-id").first()
        assert "Theo 20-KH/TU" in said.note
        assert "31/12/2026: 100" in said.note
        assert item(plan, "CT15").milestones.get().value == 90


def test_who_is_named_as_lead_sees_the_plan_from_then_on(world):
    plan = in_force(world)
    with acting_as(by(world, "stranger")):
        assert not Plan.objects.exists()
    from congso.apps.plan_board.tests.factories import add

    with acting_as(by(world, "chief")):
        front = world.organization("MT")
    add(world, plan, target(front, code="CT12"), who="chief")
    with acting_as(by(world, "stranger")):
        assert Plan.objects.get(pk=plan.pk).state == "in_force"


def test_a_lead_reports_its_own_target_alone(world):
    plan = in_force(world)
    assert report(world, plan).by_label.startswith("Bùi Giả Định")
    with pytest.raises(NotYours, match="đơn vị đầu mối"):
        report(world, plan, code="CT03")
    with pytest.raises(NotYours):
        report(world, plan, "agency_specialist")
    with pytest.raises(Plan.DoesNotExist):
        report(world, plan, "stranger")


@pytest.mark.parametrize(
    ("more", "words"),
    [
        ({"value": "100.5"}, "0 đến 100"),
        ({"value": "-1"}, "0 đến 100"),
        ({"value": "50.1234"}, "ba chữ số"),
        ({"value": "1e20"}, "quá lớn"),
        ({"day": date(2026, 11, 24)}, "tương lai"),
        ({"day": date(2020, 1, 1)}, "trước khi có kế hoạch"),
        ({"note": "  "}, "căn cứ"),
    ],
)
def test_a_figure_that_cannot_be_is_refused_whole(world, more, words):
    plan = in_force(world)
    with pytest.raises(Refused, match=words):
        report(world, plan, **more)
    with acting_as(by(world, "tracker")):
        assert not Figure.objects.exists()
        assert plan_of(plan.pk).timeline.filter(act="report").count() == 0


def test_a_matter_is_decided_once(world):
    plan = in_force(world)
    matter = do(world, "agency_leader", services.raise_matter, plan, text="Xin thêm máy", item=None)
    with acting_as(by(world, "tracker")):
        matter.plan = plan_of(plan.pk)
        services.decide_matter(matter, text="Đồng ý", by=by(world, "tracker"), at=NOW)
        with pytest.raises(Refused, match="đã có kết luận"):
            services.decide_matter(matter, text="Không", by=by(world, "tracker"), at=NOW)
    with pytest.raises(NotYours):
        do(world, "agency_leader", lambda held, **who: services.decide_matter(matter, text="Không", **who), plan)


def test_what_is_closed_takes_no_figures(world):
    plan = in_state(world, "closed")
    with pytest.raises((WrongState, NotYours)):
        report(world, plan, "tracker")


TABLES = ("plan", "item", "milestone", "figure", "matter", "pack", "clock")


def changed(statement: str) -> int:
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)
            return cursor.rowcount
    except Error:
        return 0


def test_raw_sql_shows_the_plan_to_its_parties_and_changes_nothing_behind_the_flow(world):
    plan = in_force(world)
    report(world, plan)
    do(world, "tracker", services.raise_matter, plan, text="Xin ý kiến", item=None)
    pack(world, plan)
    do(world, "tracker", services.start_counting, plan)
    sees = {*EXPECTED["in_force"], "reader"}
    for who in world.people():
        with acting_as(by(world, who)), connection.cursor() as cursor:
            for table in TABLES:
                cursor.execute(f"SELECT count(*) FROM plan_board_{table}")
                assert bool(cursor.fetchone()[0]) is (who in sees), (who, table)
    for who in ("agency_leader", "agency_specialist", "specialist", "stranger", "administrator", "clerk"):
        with acting_as(by(world, who)):
            assert changed("UPDATE plan_board_item SET text = 'x'") == 0, who
            assert changed("DELETE FROM plan_board_milestone") == 0, who
            assert changed("UPDATE plan_board_matter SET decision = 'x', decided_at = now(), decided_by_id = 1") == 0
    for who in ("tracker", "agency_leader"):
        with acting_as(by(world, who)):
            assert changed("UPDATE plan_board_figure SET value = 100") == 0, who
            assert changed("DELETE FROM plan_board_figure") == 0, who
            assert changed("UPDATE plan_board_pack SET content = '{}'") == 0, who
            assert changed("UPDATE records_record SET state = 'closed'") == 0, who


def test_a_lead_cannot_forge_a_counted_figure_or_one_of_anothers_target(world):
    plan = in_force(world)
    insert = (
        "INSERT INTO plan_board_figure (item_id, day, value, origin, url, scope, note, by_id, by_label, at)"
        " SELECT id, '2026-11-01', 100, '{origin}', '', '', 'x', congso.person(), 'x', now() FROM plan_board_item"
        " WHERE code = '{code}'"
    )
    with acting_as(by(world, "agency_leader")):
        assert changed(insert.format(origin="measure", code="CT15")) == 0
        assert changed(insert.format(origin="person", code="CT03")) == 0
        assert changed(insert.format(origin="person", code="CT15")) == 1
    assert plan.pk
