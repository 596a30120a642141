"""What the pages show, to whom, in how many queries; what a wrong form is told."""

import io
from datetime import date
from html import unescape

import docx
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from congso.apps.directives.services import NewTask, assign_tasks
from congso.apps.outgoing.tests.factories import drafting
from congso.apps.plan_board import services
from congso.apps.plan_board.models import Figure, Plan
from congso.apps.plan_board.queries import board_of, plan_of
from congso.apps.plan_board.rules import Outlook
from congso.apps.plan_board.tests.factories import NOW, SYMBOL, by, do, draft, in_force, item, pack, report
from congso.kernel.access.services import acting_as
from congso.kernel.records.models import Record

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]
MOST_QUERIES = 30


def page(client, address: str, **facts) -> str:
    answer = client.get(address, facts)
    assert answer.status_code == 200, answer.status_code
    return unescape(answer.content.decode())


def give_tasks(world, plan: Plan) -> None:
    """Two tasks of the plan: one late with the agency, one of the clause of a task item."""
    actor = by(world, "chief")
    with acting_as(actor):
        lead = world.organization("BTC")
        assign_tasks(
            [
                NewTask(content="Triển khai sổ tay đảng viên", lead=lead, clause="II.5", due_on=date(2026, 11, 20)),
                NewTask(content="Chuẩn bị họp", lead=lead, clause="I.1", due_on=date(2026, 12, 20)),
            ],
            owner=world.organization("TU"), source=Record.objects.get(pk=plan.pk), source_symbol=SYMBOL, by=actor,
            at=NOW.replace(day=2),
        )  # fmt: skip


def test_the_board_shows_figures_outlooks_tasks_and_what_they_count(world, signed_in):
    plan = in_force(world)
    report(world, plan)
    give_tasks(world, plan)
    shown = page(signed_in("tracker"), reverse("plan_board:detail", args=[plan.pk]))
    for words in (
        "74 %", "Có nguy cơ", "chưa theo kịp đường tiến độ", "Nhiệm vụ quá hạn", "Triển khai sổ tay đảng viên", "II.5",
        "trong phạm vi bạn được xem",
    ):  # fmt: skip
        assert words in shown, words
    with acting_as(by(world, "tracker")):
        board = board_of(plan_of(plan.pk), NOW.date())
        assert len(board.tasks) == 2
        assert [line.clause for line in board.overdue] == ["II.5"]
        late = next(node for node in board.nodes() if node.item.code == "II.5")
        assert late.outlook is Outlook.LATE
        assert next(node for node in board.roots if node.item.code == "II").outlook is Outlook.LATE


def test_who_sees_fewer_tasks_is_told_that_fewer_are_counted(world, signed_in):
    plan = in_force(world)
    give_tasks(world, plan)
    with acting_as(by(world, "secrecy_officer")):
        assert board_of(plan_of(plan.pk), NOW.date()).tasks == []
    shown = page(signed_in("secrecy_officer"), reverse("plan_board:detail", args=[plan.pk]))
    assert "trong phạm vi bạn được xem" in shown
    assert "Triển khai sổ tay đảng viên" not in shown


def test_the_board_asks_a_bounded_number_of_queries(world, signed_in):
    plan = in_force(world)
    report(world, plan)
    give_tasks(world, plan)
    client = signed_in("tracker")
    address = reverse("plan_board:detail", args=[plan.pk])
    page(client, address)
    with CaptureQueriesContext(connection) as few:
        page(client, address)
    from congso.apps.plan_board.tests.factories import add, target

    for place in range(12):
        add(world, plan, target(world.organization("BTC"), code=f"X{place}"), who="chief")
        report(world, plan, code=f"X{place}")
    with CaptureQueriesContext(connection) as many:
        page(client, address)
    assert len(many) <= len(few) + 1
    assert len(many) <= MOST_QUERIES, len(many)


def test_measuring_keeps_what_was_counted_and_opens_it(world, signed_in):
    plan = in_force(world)
    give_tasks(world, plan)
    client = signed_in("tracker")
    client.post(reverse("plan_board:measure", args=[plan.pk]))
    client.post(reverse("plan_board:measure", args=[plan.pk]))
    with acting_as(by(world, "tracker")):
        found = Figure.objects.get()
        assert (found.value, found.numerator, found.denominator) == (0, 0, 1)
        counted = item(plan, "CT03")
    assert "due_from=01%2F01%2F2026" in found.url
    shown = page(client, reverse("plan_board:item", args=[plan.pk, counted.pk]))
    assert "Đếm ngay, theo quyền của bạn" in shown
    assert "trong phạm vi người đếm được xem" in shown
    assert "Triển khai sổ tay đảng viên" in page(client, found.url)


def test_a_figure_is_typed_with_its_evidence_and_shown_with_it(world, signed_in):
    plan = in_force(world)
    with acting_as(by(world, "agency_leader")):
        wanted = item(plan, "CT15")
    client = signed_in("agency_leader")
    address = reverse("plan_board:report", args=[plan.pk, wanted.pk])
    for typed in ("bảy tư", "74,5,1", "=1+1", "NaN", "1e3"):
        answer = client.post(address, {"value": typed, "day": "31/10/2026", "note": "Biên bản"})
        assert answer.status_code == 422, typed
        assert "Hãy nhập một số" in unescape(answer.content.decode())
    answer = client.post(address, {"value": "74,5", "day": "31/10/2026", "note": "Biên bản", "evidence": "99-BC/KHÔNG"})
    assert answer.status_code == 422
    assert "Không thấy văn bản" in unescape(answer.content.decode())
    told = {"value": "74,5", "day": "31/10/2026", "note": "Biên bản", "evidence": SYMBOL}
    assert client.post(address, told).status_code == 302
    with acting_as(by(world, "agency_leader")):
        assert Figure.objects.get().evidence_id == plan.pk
    shown = page(client, reverse("plan_board:item", args=[plan.pk, wanted.pk]))
    assert "74,5 %" in shown
    assert "Biên bản" in shown
    assert 'role="img"' in shown


def test_a_plan_is_drafted_item_by_item(world, signed_in):
    client = signed_in("tracker")
    with acting_as(by(world, "tracker")):
        owner, unit = world.organization("TU").pk, world.organization("VPTU").pk
    told = {"owner": owner, "number": "20-KH/TU", "title": "Kế hoạch mới", "issued_on": "01/11/2026",
            "starts_on": "01/11/2026", "ends_on": "31/12/2025", "unit": unit}  # fmt: skip
    answer = client.post(reverse("plan_board:new"), told)
    assert answer.status_code == 422
    assert "phải sau ngày bắt đầu" in unescape(answer.content.decode())
    answer = client.post(reverse("plan_board:new"), told | {"ends_on": "31/12/2027"})
    with acting_as(by(world, "tracker")):
        plan = Plan.objects.get(number="20-KH/TU")
    forms = {"moc-TOTAL_FORMS": "6", "moc-INITIAL_FORMS": "0"}
    row = {"kind": "target", "text": "Chỉ tiêu", "code": "CT1", "measured_by": "person", "figure_unit": "%",
           "direction": "at_least", "moc-0-due_on": "31/12/2026", "moc-0-value": "80,5"}  # fmt: skip
    add = reverse("plan_board:item-add", args=[plan.pk])
    assert client.post(add, forms | row | {"moc-0-due_on": "31/12/2030"}).status_code == 422
    assert client.post(add, forms | row | {"moc-1-due_on": "31/12/2026", "moc-1-value": "9"}).status_code == 422
    assert client.post(add, forms | row | {"moc-1-due_on": "31/12/2027"}).status_code == 422
    assert client.post(add, forms | row | {"measured_by": ""}).status_code == 422
    assert client.post(add, forms | row).status_code == 302
    assert "80,5 %" in page(client, reverse("plan_board:detail", args=[plan.pk]))


def test_the_shipped_plan_is_drafted_whole(world, signed_in):
    client = signed_in("chief")
    with acting_as(by(world, "chief")):
        owner = world.organization("TU").pk
    answer = client.post(reverse("plan_board:starter"), {"owner": owner, "starter": "plan16"})
    assert answer.status_code == 302
    with acting_as(by(world, "chief")):
        plan = plan_of(Plan.objects.get().pk)
        kinds = [one.kind for one in plan.items.all()]
        assert kinds.count("target") == 16
        assert kinds.count("task") == 24
    assert "30 %" in page(client, answer["Location"])


def test_a_pack_stays_as_it_was_made_and_goes_into_word(world, signed_in):
    plan = in_force(world)
    report(world, plan)
    give_tasks(world, plan)
    do(world, "agency_leader", services.raise_matter, plan, text="Xin thêm máy quét", item=None)
    made = pack(world, plan)
    report(world, plan, value="80", day=date(2026, 11, 20))
    client = signed_in("tracker")
    shown = page(client, reverse("plan_board:pack", args=[plan.pk, made.pk]))
    for words in (
        "74 %", "Xin thêm máy quét", "Triển khai sổ tay đảng viên", "Báo cáo tiến độ", "23/11/2026", "V. Nguồn số đo",
    ):  # fmt: skip
        assert words in shown, words
    assert "80 %" not in shown
    answer = client.get(reverse("plan_board:pack-word", args=[plan.pk, made.pk]))
    paper = docx.Document(io.BytesIO(answer.content))
    words = "\n".join([*(p.text for p in paper.paragraphs), *(c.text for t in paper.tables for c in t._cells)])
    for told in (
        "NỘI DUNG HỌP", "Xin thêm máy quét", "74 %", "Trần Thử Chánh", "Số ngày quá hạn", "II.5", "NGUỒN SỐ ĐO",
        "Biên bản kiểm đếm", "Bùi Giả Định, Trưởng ban",
    ):  # fmt: skip
        assert told in words, told
    again = client.get(reverse("plan_board:pack-word", args=[plan.pk, made.pk]))
    assert again.content == answer.content
    assert pack(world, plan).edition == 2


def test_a_pack_becomes_a_draft_in_one_press_for_who_drafts_there(world, signed_in):
    plan = in_force(world)
    report(world, plan)
    made = pack(world, plan)
    address = reverse("plan_board:pack", args=[plan.pk, made.pk])
    client = signed_in("tracker")
    assert "Lập văn bản đi" in page(client, address)
    drafted = client.post(reverse("plan_board:pack-hand-over", args=[plan.pk, made.pk]))
    assert drafted["Location"].startswith("/van-ban-di/")
    shown = page(client, f"{drafted['Location']}sua/")
    for words in ("II- KẾT QUẢ THỰC HIỆN CÁC CHỈ TIÊU", "74 %", "Thành viên Ban Chỉ đạo"):
        assert words in shown, words
    assert SYMBOL in page(client, drafted["Location"])  # tied to the plan
    lead = signed_in("agency_leader")
    assert "Lập văn bản đi" not in page(lead, address)
    lead.post(reverse("plan_board:pack-hand-over", args=[plan.pk, made.pk]))
    with acting_as(by(world, "tracker")):
        assert Record.objects.filter(number="", type="outgoing_document").count() == 1


def test_a_paper_is_offered_to_be_followed_as_a_plan(world, signed_in):
    paper = drafting(world)
    client = signed_in("chief")
    answer = client.get(f"{reverse('plan_board:new')}?source={paper.pk}")
    assert answer.status_code == 200


@pytest.mark.parametrize("who", ["stranger", "specialist", "commune_leader"])
def test_who_has_no_part_finds_nothing(world, signed_in, who):
    plan = in_force(world)
    client = signed_in(who)
    assert client.get(reverse("plan_board:detail", args=[plan.pk])).status_code == 404
    assert client.post(reverse("plan_board:measure", args=[plan.pk])).status_code == 404
    if who != "commune_leader":
        assert client.get(reverse("plan_board:new")).status_code == 404


def test_dropped_items_vanish_with_what_is_below_them(world, signed_in):
    plan = draft(world)
    with acting_as(by(world, "tracker")):
        goal = item(plan, "A")
    client = signed_in("tracker")
    assert client.post(reverse("plan_board:item-drop", args=[plan.pk, goal.pk]), {"note": ""}).status_code == 302
    shown = page(client, reverse("plan_board:detail", args=[plan.pk]))
    assert "Số hóa tài liệu" not in shown.split("Quá trình xử lý")[0]
    assert client.get(reverse("plan_board:item", args=[plan.pk, goal.pk])).status_code == 404


def test_a_leader_sees_on_her_home_how_the_plan_stands(world, signed_in):
    plan = in_force(world)
    report(world, plan, value="20")
    assert "Chỉ tiêu chậm" in page(signed_in("secretary"), "/")
    assert plan.pk


def test_tasks_of_a_source_that_no_longer_stands_are_found_again(world, signed_in):
    plan = draft(world)
    give_tasks(world, plan)
    client = signed_in("chief")
    listed = reverse("directives:list")
    assert "Triển khai sổ tay" not in page(client, listed, scope="touched")
    do(world, "chief", services.step_on, plan, key="drop", note="Thay bằng kế hoạch khác")
    assert "Triển khai sổ tay" in page(client, listed, scope="touched")
    assert "Triển khai sổ tay" not in page(signed_in("agency_leader"), listed, scope="touched")
