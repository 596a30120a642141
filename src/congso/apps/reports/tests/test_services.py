"""A month of reports: opened, filled by several, sent, returned, approved, locked, added up."""

from datetime import date, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest

from congso.apps.reports import services
from congso.apps.reports.models import Entry, Form, Report
from congso.apps.reports.queries import (
    board_of,
    collected,
    draft_of,
    merged_texts,
    punctuality,
    report_of,
    reports,
    reports_of_period,
    sources_of,
)
from congso.apps.reports.rules import Schema
from congso.apps.reports.services import Given, InvalidForm, InvalidReport
from congso.apps.reports.tests.factories import (
    FILLED,
    NOW,
    REMINDERS,
    SCHEMA,
    as_one,
    do,
    fill,
    make_form,
    make_report,
    open_due,
    report_in,
    submitted,
)
from congso.kernel.access.services import Actor, acting_as
from congso.kernel.directory.services import Decision, merge_organizations
from congso.kernel.indicators.models import Indicator, Observation, Standing
from congso.kernel.indicators.periods import Period
from congso.kernel.journal.models import Entry as JournalEntry
from congso.kernel.notify.models import Notice
from congso.kernel.workflow.services import NotYours, Refused, WrongState

pytestmark = pytest.mark.django_db
NOVEMBER = Period.parse("2026-M11")


def board(world, report, who="commune_clerk"):
    with as_one(world, who):
        fresh = report_of(report.pk)
        return board_of(fresh, Schema.parse(fresh.version_of_form.schema))


def test_each_unit_owes_one_report_a_period_due_in_working_days(world, clock):
    make_form(world)
    assert open_due() == 2
    assert open_due() == 0
    report = report_in(world)
    assert (report.title, report.due_on, report.state) == ("Báo cáo tháng tháng 11/2026", date(2026, 12, 3), "draft")
    with as_one(world, "commune_clerk"):
        assert Notice.objects.filter(record_id=report.pk).count() == 1
    # The next month opens next to it; a unit taken off the list owes nothing any more.
    with as_one(world, "chief") as _:
        form = Form.objects.get()
        services.set_units(
            form, {world.organizations["XA"]: world.organizations["VPTU"]}, day=date(2026, 12, 1),
            by=Actor.person(world.chief), at=NOW,
        )  # fmt: skip
        services.set_units(
            form, {world.organizations[code]: world.organizations["VPTU"] for code in ("XA", "MT")},
            day=date(2026, 12, 1), by=Actor.person(world.chief), at=NOW,
        )  # fmt: skip
    # The one that came onto the list in December owes nothing for November.
    assert open_due(datetime(2026, 12, 1, 8, tzinfo=ZoneInfo("Asia/Ho_Chi_Minh"))) == 2


def test_the_heirs_of_a_merged_unit_report_in_its_stead(world, clock):
    make_form(world, units=("XA",))
    admin = Actor.person(world.administrator)
    with acting_as(admin):
        merge_organizations(
            [world.organization("VPX"), world.organization("XA")], into=world.organization("BTC"),
            decision=Decision("Quyết định 1", date(2026, 11, 1)), by=world.administrator, at=NOW,
        )  # fmt: skip
    assert open_due() == 1
    assert report_in(world, "BTC").organization_id == world.organizations["BTC"]


def test_a_months_cycle_from_filling_to_the_receivers_total(world, clock):
    report = make_report(world)
    submitted(world, report, ct__den="120", ct__han="100", ct__dv="1.234", kk="Thiếu máy quét")
    other = report_in(world, "BTC")
    submitted(world, other, "agency_clerk", ct__den="80", ct__han="80", kk="Không")
    do(world, "tracker", services.approve_report, report)
    with as_one(world, "chief"):
        form = Form.objects.get()
        schema = Schema.parse(report.version_of_form.schema)
        root = world.organizations["TU"]
        totals = {one.key: one for one in collected(form, schema, NOVEMBER, root, date(2026, 11, 30))}
        assert (totals["ct.den"].now.value, totals["ct.den"].now.figures) == (200, 2)
        assert totals["ct.dv"].now.value == 1234
        assert totals["ct.diem"].now.value is None
        rows = sources_of(totals["ct.den"].indicator, NOVEMBER, root, date(2026, 11, 30))
        assert [(one.organization, one.value, one.entered.by_label) for one in rows] == [
            ("Ban Tổ chức Tỉnh ủy Thử Nghiệm", 80, "Ngô Mẫu Thư, Văn thư"),
            ("Đảng ủy xã Mẫu", 120, "Mai Thử Sổ, Văn thư"),
        ]
        assert all("Mẫu Thư" in one.observation.words or "Thử Sổ" in one.observation.words for one in rows)
        said = merged_texts(reports_of_period(form, NOVEMBER), schema)["kk"]
        assert [one.text for one in said] == ["Không", "Thiếu máy quét"]
        assert punctuality(form) == [
            {"first_day": NOVEMBER.start, "due": 2, "sent": 2, "on_time": 2, "period": "tháng 11/2026"}
        ]
        paper = services.gathered_paper(form, schema, NOVEMBER, root=form.scope, chart_day=date(2026, 11, 30))
        assert paper[:2] == b"PK"


def test_nothing_is_sent_with_mistakes_and_what_was_typed_stays(world, clock):
    report = make_report(world)
    fill(world, report, ct__den="12 con", ct__han="=1+1", kk="Không")
    with pytest.raises(InvalidReport, match="Còn 2 ô") as told:
        do(world, "commune_clerk", services.submit_report, report)
    assert {one.key for one in told.value.findings} == {"ct.den", "ct.han"}
    assert board(world, report).texts["ct.den"] == "12 con"
    with as_one(world, "chief"):
        assert Observation.objects.count() == 0


def test_two_people_in_one_report_lose_nothing_and_the_conflict_is_settled(world, clock):
    report = make_report(world)
    fill(world, report, ct__den="10", ct__han="5", kk="Lời một")
    seen = board(world, report).cells
    # Both opened the page now; the leader changes one cell and saves, then the clerk saves the whole page.
    fill(world, report, "commune_leader", ct__den="11")
    page = {key: Given(one.text, one.since) for key, one in seen.items()}
    actor = Actor.person(world.commune_clerk)
    with acting_as(actor):
        fresh = report_of(report.pk)
        saved = services.save_cells(fresh, page | {"ct.han": Given("6", seen["ct.han"].since)}, by=actor, at=NOW)
    assert (saved.written, saved.contested) == (["ct.han"], [])
    assert board(world, report).texts["ct.den"] == "11"
    with acting_as(actor):
        saved = services.save_cells(
            report_of(report.pk), {"ct.den": Given("12", seen["ct.den"].since)}, by=actor, at=NOW
        )
    assert saved.contested == ["ct.den"]
    cell = board(world, report).cells["ct.den"]
    assert (cell.text, [one.text for one in cell.contested]) == ("11", ["12"])
    with pytest.raises(InvalidReport, match="hai người ghi khác nhau"):
        do(world, "commune_clerk", services.submit_report, report)
    do(world, "commune_leader", services.settle_cell, report, key="ct.den", chosen=cell.contested[0].pk)
    cell = board(world, report).cells["ct.den"]
    assert (cell.text, cell.contested) == ("12", ())
    do(world, "commune_leader", services.submit_report, report)
    with as_one(world, "chief"):
        assert Entry.objects.filter(report=report, key="ct.den").count() == 4


def test_a_returned_report_shows_remarks_until_the_cell_is_changed(world, clock):
    report = submitted(world, make_report(world))
    with pytest.raises(Refused, match="Nhận xét không hợp lệ"):
        do(world, "tracker", services.return_report, report, note="Sai", remarks={"no.such": "x"})
    do(world, "tracker", services.return_report, report, note="Xem lại", remarks={"ct.den": "Cao quá", "ct.han": " "})
    assert [one.text for one in board(world, report).cells["ct.den"].remarks] == ["Cao quá"]
    clock.shift(60)
    fill(world, report, at=NOW.replace(hour=9), ct__den="110")
    assert board(world, report).cells["ct.den"].remarks == ()
    do(world, "commune_clerk", services.submit_report, report)
    with as_one(world, "chief"):
        assert [one.value for one in Observation.objects.filter(indicator__code="thang.ct.den").order_by("id")] == [
            120,
            110,
        ]
        assert Standing.objects.get(indicator__code="thang.ct.den").value == 110


def test_lateness_is_judged_by_the_first_sending(world, clock):
    report = make_report(world)
    late = datetime(2026, 12, 4, 8, tzinfo=ZoneInfo("Asia/Ho_Chi_Minh"))
    submitted(world, report, at=late)
    do(world, "commune_clerk", services.recall_report, report, note="Sửa", at=late)
    do(world, "commune_clerk", services.submit_report, report, at=late.replace(day=7))
    assert (report.submitted_on, report.is_late) == (date(2026, 12, 4), True)


def test_a_figure_typed_once_fills_every_form_that_asks_for_it(world, clock):
    first = submitted(world, make_report(world))
    second = {"sections": [{"key": "a", "title": "A", "kind": "figures", "figures": [
        {"key": "den", "title": "Văn bản đến", "unit": "văn bản", "indicator": "thang.ct.den", "required": True},
    ]}]}  # fmt: skip
    make_form(world, code="khac", schema=second, units=("XA",))
    open_due()
    with as_one(world, "commune_clerk"):
        other = report_of(Report.objects.get(form__code="khac").pk)
    cell = board(world, other).cells["a.den"]
    assert (cell.text, cell.shared.record.pk, cell.entry) == ("120", first.pk, None)
    do(world, "commune_clerk", services.submit_report, other)
    with as_one(world, "chief"):
        assert Observation.objects.filter(indicator__code="thang.ct.den").count() == 1
        entry = Entry.objects.get(report=other)
        assert (entry.means, entry.number) == ("shared", 120)
        assert "Báo cáo tháng" in entry.words


def test_last_months_figures_and_words_are_carried_over_where_the_form_says_so(world, clock):
    report = make_report(world)
    submitted(world, report, ct__den="120", ct__han="100", ct__dv="55", kk="Như cũ")
    december = datetime(2026, 12, 1, 8, tzinfo=ZoneInfo("Asia/Ho_Chi_Minh"))
    open_due(december)
    following = report_in(world, first_day=date(2026, 12, 1))
    saved = do(world, "commune_clerk", services.carry_over, following, at=december)
    assert sorted(saved.written) == ["ct.dv", "kk"]
    cells = board(world, following).cells
    assert (cells["ct.dv"].text, cells["kk"].text, cells["ct.den"].last_text) == ("55", "Như cũ", "120")
    assert cells["ct.dv"].entry.words == "Từ báo cáo tháng 11/2026"


def test_a_form_renewed_while_people_fill_keeps_what_they_wrote(world, clock):
    report = make_report(world)
    fill(world, report, ct__den="120", ct__han="100", ct__diem="7,5", kk="Không")
    changed = {**SCHEMA, "sections": [*SCHEMA["sections"]]}
    figures = [one for one in SCHEMA["sections"][0]["figures"] if one["key"] != "diem"]
    more = {"key": "moi", "title": "Chỉ tiêu mới", "required": True}
    changed["sections"][0] = {**SCHEMA["sections"][0], "figures": [*figures, more]}
    chief = Actor.person(world.chief)
    with acting_as(chief):
        form = Form.objects.get()
        services.save_draft(form, changed, seen=0, by=chief, at=NOW)
        services.publish_form(form, by=chief, at=NOW)
    with pytest.raises(InvalidReport, match="bản mới"):
        do(world, "commune_clerk", services.submit_report, report)
    assert do(world, "commune_clerk", services.renew_form, report) == ["Điểm bình quân"]
    now = board(world, report)
    assert now.texts["ct.den"] == "120"
    assert [(one.key, one.text) for one in now.left_over] == [("ct.diem", "7,5")]
    fill(world, report, ct__moi="3")
    do(world, "commune_clerk", services.submit_report, report)
    assert report.state == "submitted"


def test_a_published_cell_keeps_its_meaning_and_an_unknown_indicator_is_refused(world, clock):
    form = make_form(world)
    chief = Actor.person(world.chief)
    changed = {**SCHEMA, "sections": [{**SCHEMA["sections"][0], "figures": [
        {"key": "den", "title": "Văn bản đến", "unit": "trang"}, {"key": "la", "title": "Lạ", "indicator": "KHONG.CO"},
    ]}], "rules": []}  # fmt: skip
    with acting_as(chief):
        services.save_draft(form, changed, seen=0, by=chief, at=NOW)
        with pytest.raises(InvalidForm) as told:
            services.publish_form(form, by=chief, at=NOW)
        assert len(told.value.mistakes) == 2
        draft = draft_of(form)
        with pytest.raises(InvalidForm, match="vừa sửa"):
            services.save_draft(form, SCHEMA, seen=draft.revision + 1, by=chief, at=NOW)
        assert Indicator.objects.filter(code__startswith="thang.").count() == 8


def test_units_that_report_to_each_other_in_a_circle_are_refused(world, clock):
    form = make_form(world)
    chief, ids = Actor.person(world.chief), world.organizations
    with acting_as(chief), pytest.raises(InvalidForm, match="vòng quanh"):
        services.set_units(
            form, {ids["XA"]: ids["BTC"], ids["BTC"]: ids["XA"]}, day=date(2026, 11, 1), by=chief, at=NOW
        )


def test_levels_approve_one_after_the_other(world, clock):
    """The agency reports to the commune, the commune to the office: what the office has got the commune cannot undo."""
    form = make_form(world, units=("XA",))
    chief, ids = Actor.person(world.chief), world.organizations
    with acting_as(chief):
        wanted = {ids["XA"]: ids["VPTU"], ids["BTC"]: ids["XA"]}
        services.set_units(form, wanted, day=date(2026, 11, 1), by=chief, at=NOW)
    open_due()
    below, above = report_in(world, "BTC", "agency_leader"), report_in(world)
    submitted(world, below, "agency_clerk")
    do(world, "commune_leader", services.approve_report, below)
    submitted(world, above)
    with pytest.raises(Refused, match="lên cấp trên"):
        do(world, "commune_leader", services.unapprove_report, below, note="Xem lại")
    do(world, "commune_clerk", services.recall_report, above, note="Sửa")
    do(world, "commune_leader", services.unapprove_report, below, note="Xem lại")
    assert below.state == "submitted"


def test_who_may_not_is_told_and_nothing_changes(world, clock):
    report = make_report(world)
    for who in ("agency_clerk", "stranger"):
        with pytest.raises(Report.DoesNotExist):
            fill(world, report, who, ct__den="1")
    with pytest.raises(NotYours):
        fill(world, report, "chief", ct__den="1")
    submitted(world, report)
    with pytest.raises(WrongState):
        fill(world, report, ct__den="1")
    with pytest.raises(NotYours):
        do(world, "commune_leader", services.approve_report, report)
    assert board(world, report).texts["ct.den"] == FILLED["ct.den"]


def test_the_machine_reminds_before_on_and_after_the_day(world, clock):
    make_form(world, units=("XA",))
    open_due()
    told = []
    for day, hour in ((1, 8), (1, 9), (2, 8), (3, 8), (4, 8), (7, 8)):
        at = datetime(2026, 12, day, hour, tzinfo=ZoneInfo("Asia/Ho_Chi_Minh"))
        with acting_as(REMINDERS):
            told.append(services.send_reminders(by=REMINDERS, at=at))
    assert [bool(one) for one in told] == [True, False, True, True, True, True]
    with as_one(world, "tracker"):
        assert Notice.objects.filter(text__contains="quá hạn").exists()


def test_every_act_leaves_one_journal_line(world, clock):
    report = submitted(world, make_report(world))
    do(world, "tracker", services.approve_report, report)
    with as_one(world, "auditor"):
        acts = list(JournalEntry.objects.filter(record_id=report.pk).order_by("id").values_list("act", flat=True))
    assert acts == ["report.start", "report.fill", "indicators.observe", "report.submit", "report.approve"]


def test_a_list_of_reports_asks_few_questions(world, clock, django_assert_max_num_queries):
    make_report(world)
    with as_one(world, "chief"), django_assert_max_num_queries(1):
        assert len([(one.organization.name, one.form.title, one.owner.short_name) for one in reports()]) == 2


def test_a_value_shown_equals_the_decimal_stored(world, clock):
    report = submitted(world, make_report(world), ct__den="1.200", ct__han="1000", ct__diem="7,25", kk="Không")
    with as_one(world, "chief"):
        found = Standing.objects.get(indicator__code="thang.ct.diem")
    assert found.value == Decimal("7.25")
    assert board(world, report).texts["ct.diem"] == "7,25"
