"""What the pages show, to whom, in how many queries."""

import re
from datetime import date
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from openpyxl import load_workbook

from congso.apps.directives.models import Task
from congso.apps.directives.services import (
    FigureRow,
    accept_task,
    ask_confirmation,
    open_next_occurrences,
    report_progress,
    request_extension,
)
from congso.apps.directives.tests.factories import do, make_task
from congso.apps.directives.tests.test_reminding import monthly, run
from congso.kernel.access.services import Actor, acting_as
from congso.kernel.directory.models import Person

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]

LIST, BOARD, DASHBOARD, ASSIGN = (reverse(f"directives:{name}") for name in ("list", "board", "dashboard", "assign"))


def page(client, address: str, **facts) -> str:
    answer = client.get(address, facts)
    assert answer.status_code == 200, answer.status_code
    return answer.content.decode()


def titles(shown: str) -> set[str]:
    return set(re.findall(r"Việc [A-Z]", shown))


@pytest.mark.parametrize("address", [LIST, BOARD, DASHBOARD, ASSIGN, "/nhiem-vu/1/", "/nhiem-vu/don-vi.json"])
def test_a_visitor_is_sent_to_the_door(client, address):
    assert client.get(address).status_code == 302


def test_not_there_and_not_yours_look_alike(signed_in, world):
    task = make_task(world)
    client = signed_in("stranger")
    for name in ("detail", "report"):
        hidden = client.get(reverse(f"directives:{name}", args=[task.pk]))
        missing = client.get(reverse(f"directives:{name}", args=[10**9]))
        assert (hidden.status_code, hidden.content) == (404, missing.content)
    assert client.post(reverse("directives:act", args=[task.pk, "accept"])).status_code == 404


def test_each_tab_holds_what_it_says(signed_in, world):
    make_task(world, content="Việc A", due_on=date(2026, 11, 20), assigned_on=date(2026, 11, 2))  # late
    make_task(world, content="Việc B", due_on=date(2026, 11, 26))  # soon
    make_task(world, content="Việc C", due_on=date(2026, 12, 30))
    make_task(world, content="Việc D", lead="MT", supporting=["BTC"], due_on=date(2026, 12, 30))
    with acting_as(Actor.person(world.chief)):
        secretary = Person.objects.get(pk=world.secretary)
    make_task(world, content="Việc E", lead="MT", supervisor=secretary, due_on=date(2026, 12, 30))
    done = make_task(world, content="Việc F", lead="BTC", due_on=date(2026, 12, 30))
    do(world, "agency_leader", ask_confirmation, done)
    expected = {
        "agency_leader": {"mine": "ABC", "unit": "ABCDF", "overdue": "A", "soon": "B", "directed": "", "all": "ABCDF"},
        "chief": {"mine": "F", "unit": "", "overdue": "A", "soon": "B", "directed": "E", "all": "ABCDEF"},
        "stranger": {"mine": "", "unit": "DE", "overdue": "", "soon": "", "directed": "E", "all": "DE"},
        "specialist": dict.fromkeys(("mine", "unit", "overdue", "soon", "directed", "all"), ""),
    }
    for who, tabs in expected.items():
        client = signed_in(who)
        for scope, letters in tabs.items():
            assert titles(page(client, LIST, scope=scope)) == {f"Việc {one}" for one in letters}, f"{who} {scope}"


def test_lists_narrow_by_unit_document_group_and_words(signed_in, world):
    make_task(world, content="Việc A số hóa", clause="II.1", symbol="16-KH/TU")
    make_task(world, content="Việc B", lead="MT", clause="III.2", symbol="16-KH/TU")
    make_task(world, content="Việc C", symbol="20-TB/TU")
    client = signed_in("chief")
    for facts, letters in (
        ({"symbol": "16-KH/TU"}, "AB"),
        ({"chapter": "II"}, "A"),
        ({"chapter": "-"}, "C"),
        ({"q": "SỐ HÓA"}, "A"),
        ({"unit": str(world.organizations["MT"])}, "B"),
        ({"state": "assigned"}, "ABC"),
        ({"standing": "overdue"}, ""),
        ({"due_from": "01/01/2027"}, ""),
        ({"kind": "series"}, ""),
    ):
        assert titles(page(client, LIST, scope="all", **facts)) == {f"Việc {one}" for one in letters}, facts


def test_the_ledger_in_excel_has_the_official_columns_and_the_computed_states(signed_in, world):
    late = make_task(
        world, content="Việc A", due_on=date(2026, 11, 20), assigned_on=date(2026, 11, 2), supporting=["MT", "TH"]
    )
    do(world, "agency_leader", report_progress, late, text="Được nửa", percent=50, late_reason="Thiếu số liệu")
    answer = signed_in("chief").get(LIST, {"scope": "all", "format": "xlsx"})
    sheet = load_workbook(BytesIO(b"".join(answer.streaming_content))).active
    rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    heads = next(row for row in rows if row[0] == "Số văn bản")
    assert heads == [
        "Số văn bản",
        "Mục",
        "Nội dung giao",
        "Cơ quan chủ trì",
        "Cơ quan phối hợp",
        "Hạn",
        "Trạng thái",
        "Tiến độ (%)",
        "Kết quả",
        "Lý do chậm",
    ]
    line = rows[-1]
    assert line[2] == "Việc A"
    assert set(line[4].split("; ")) == {"Ủy ban Mặt trận Tổ quốc tỉnh Thử Nghiệm", "Phòng Tổng hợp"}
    assert line[6:] == ["Đang thực hiện, quá hạn 3 ngày", 50, "Được nửa", "Thiếu số liệu"]


def test_the_page_of_a_task_tells_everything_and_offers_what_may_be_done(signed_in, world):
    task = make_task(
        world, content="Việc A", supporting=["MT"], clause="II.5", targets=[FigureRow("Hồ sơ số hóa", 100, "%")]
    )
    do(world, "agency_leader", report_progress, task, text="Được nửa", percent=50, figures=[FigureRow("Hồ sơ", 12)])
    do(world, "agency_leader", request_extension, task, new_due_on=date(2026, 12, 25), reason="Chờ số liệu")
    shown = page(signed_in("chief"), reverse("directives:detail", args=[task.pk]))
    wish = "Đang đề nghị gia hạn đến 25/12/2026"
    for words in ("Việc A", "II.5", "Được nửa", wish, "Đồng ý gia hạn", "Hồ sơ số hóa"):
        assert words in shown
    assert "Báo cáo tiến độ</a>" not in shown
    assert "Đồng ý gia hạn" not in page(signed_in("agency_leader"), reverse("directives:detail", args=[task.pk]))


def test_a_report_is_sent_from_the_phone_with_figures(signed_in, world):
    task = make_task(world, targets=[FigureRow("Hồ sơ số hóa", 100, "%")])
    client, address = signed_in("agency_leader"), reverse("directives:report", args=[task.pk])
    assert "Hồ sơ số hóa" in page(client, address)
    sent = {
        "percent": "100",
        "text": "Đã xong",
        "so-TOTAL_FORMS": "2",
        "so-INITIAL_FORMS": "1",
        "so-0-name": "Hồ sơ số hóa",
        "so-0-value": "1.234,5",
        "so-0-unit": "hồ sơ",
    }
    assert client.post(address, sent | {"so-0-value": "mười"}).status_code == 422
    assert client.post(address, sent).status_code == 302
    shown = page(client, reverse("directives:detail", args=[task.pk]))
    assert "Chờ xác nhận hoàn thành" in shown
    assert "1.234,5 hồ sơ" in shown


def test_evidence_goes_with_the_report_and_a_bad_file_keeps_it_back(signed_in, world):
    task = make_task(world)
    client, address = signed_in("agency_leader"), reverse("directives:report", args=[task.pk])
    sent = {"percent": "40", "text": "Có minh chứng", "so-TOTAL_FORMS": "0", "so-INITIAL_FORMS": "0"}
    files = [SimpleUploadedFile(f"anh-{place}.png", b"\x89PNG\r\n\x1a\n" + b"0" * 50) for place in range(2)]
    answer = client.post(address, sent | {"evidence": files})
    assert answer.status_code == 302, answer.content.decode()
    shown = page(client, reverse("directives:detail", args=[task.pk]))
    assert "anh-0.png" in shown
    assert "anh-1.png" in shown
    many = [SimpleUploadedFile(f"{place}.png", b"x") for place in range(21)]
    answer = client.post(address, sent | {"evidence": many, "text": "Quá nhiều tệp"})
    assert answer.status_code == 422
    assert "nhiều nhất 20 tệp" in answer.content.decode()
    assert "Quá nhiều tệp" not in page(client, reverse("directives:detail", args=[task.pk]))


@pytest.mark.parametrize(
    ("who", "key", "facts", "state"),
    [
        ("agency_leader", "accept", {}, "in_progress"),
        ("agency_leader", "return", {"note": "Không thuộc chức năng"}, "returned"),
        ("agency_leader", "finish", {"note": ""}, "awaiting_confirmation"),
        ("agency_leader", "request_extension", {"new_due_on": "25/12/2026", "note": "Chờ"}, "assigned"),
        ("agency_leader", "pass_on", {"person": ""}, "assigned"),
        ("chief", "pause", {"note": "Chờ"}, "paused"),
        ("chief", "cancel", {"note": "Thôi"}, "cancelled"),
        ("chief", "change_lead", {"lead": "mat tran", "note": "Đúng việc"}, "assigned"),
    ],
)
def test_each_act_is_asked_and_done_on_its_page(signed_in, world, who, key, facts, state):  # noqa: PLR0917 - a table
    task = make_task(world)
    client, address = signed_in(who), reverse("directives:act", args=[task.pk, key])
    assert client.get(address).status_code == 200
    answer = client.post(address, facts)
    assert answer.status_code == 302, answer.content.decode()
    with acting_as(Actor.person(world.chief)):
        assert Task.objects.get(pk=task.pk).state == state


def test_an_act_that_misses_something_says_so_and_changes_nothing(signed_in, world):
    task = make_task(world)
    for who, key, facts, words in (
        ("agency_leader", "return", {"note": " "}, "Hãy ghi lý do"),
        ("agency_leader", "request_extension", {"new_due_on": "1/1/2026", "note": "x"}, "Hạn mới phải sau"),
        ("chief", "change_lead", {"lead": "phong", "note": "x"}, "khớp"),
        ("chief", "change_lead", {"lead": "hội chợ", "note": "x"}, "Không có đơn vị"),
        ("agency_specialist", "accept", {}, "không có quyền"),
    ):
        answer = signed_in(who).post(reverse("directives:act", args=[task.pk, key]), facts)
        assert answer.status_code == 422
        assert words in answer.content.decode(), key
    assert signed_in("chief").post(reverse("directives:act", args=[task.pk, "erase"])).status_code == 404


def test_an_act_that_has_passed_leads_back_to_the_task(signed_in, world):
    task = make_task(world)
    do(world, "agency_leader", accept_task, task)
    answer = signed_in("agency_leader").get(reverse("directives:act", args=[task.pk, "accept"]), follow=True)
    assert "đã chuyển sang bước khác" in answer.content.decode()


def test_a_card_is_moved_by_its_button_and_the_board_answers(signed_in, world):
    task = make_task(world, content="Việc A")
    client = signed_in("agency_leader")
    assert "Tiếp nhận" in page(client, BOARD)
    moved = client.post(
        reverse("directives:act", args=[task.pk, "accept"]),
        {"next": "board", "scope": "unit", "note": ""},
        headers={"HX-Request": "true"},
        follow=True,
    )
    shown = moved.content.decode()
    assert "<html" not in shown
    assert "Việc A" in shown.split("Đang thực hiện")[1]
    assert "Tiếp nhận<" not in shown


def test_a_card_waiting_for_confirmation_is_confirmed_on_the_board(signed_in, world):
    task = make_task(world)
    do(world, "agency_leader", ask_confirmation, task)
    sent = {"next": "board", "finished_on": "23/11/2026", "note": ""}
    assert signed_in("tracker").post(reverse("directives:act", args=[task.pk, "confirm"]), sent).status_code == 302
    with acting_as(Actor.person(world.chief)):
        assert Task.objects.get(pk=task.pk).completed_on == date(2026, 11, 23)


def test_a_comment_is_said_where_the_task_is(signed_in, world):
    task = make_task(world)
    client = signed_in("agency_specialist")
    client.post(reverse("directives:comment", args=[task.pk]), {"text": "Đã gửi số liệu"})
    assert "Đã gửi số liệu" in page(client, reverse("directives:detail", args=[task.pk]))


def budget(django_assert_max_num_queries, client, most: int, address: str, **facts) -> None:
    client.get("/thong-bao/so-moi/")  # signing in and the regulations' snapshot are not the page's
    with django_assert_max_num_queries(most):
        page(client, address, **facts)


def test_pages_keep_their_budget_of_queries_however_many_tasks_there_are(
    signed_in, world, django_assert_max_num_queries
):
    monthly(world)
    run(open_next_occurrences, date(2026, 11, 23))
    for place in range(12):
        task = make_task(world, content=f"Việc {place}", clause=f"{'I' * (place % 3 + 1)}.{place}", supporting=["MT"])
        do(world, "agency_leader", report_progress, task, text="Đang làm", percent=place, figures=[FigureRow("x", 1)])
    client = signed_in("chief")
    for most, address, facts in (
        (28, LIST, {"scope": "all"}),
        (28, LIST, {"scope": "mine"}),
        (26, BOARD, {"scope": "all"}),
        (24, DASHBOARD, {}),
        (36, reverse("directives:detail", args=[task.pk]), {}),
        (40, ASSIGN, {}),
    ):
        budget(django_assert_max_num_queries, client, most, address, **facts)
