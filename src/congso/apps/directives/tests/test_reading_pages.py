"""The review screen without script, its fragments, who may open what, and what it asks of the database."""

from io import BytesIO

import pytest
from django.test import RequestFactory
from django.urls import reverse
from openpyxl import load_workbook

from congso.apps.directives.models import HandOut, PlanReading
from congso.apps.directives.services import confirm_certain, confirm_proposals, hand_out
from congso.apps.directives.tests.factories import make_task
from congso.apps.directives.tests.reading_factories import (
    COMMUNES,
    PROPOSALS,
    ready,
    review,
    rows_of,
    source_of,
    started,
)
from congso.apps.directives.tests.test_handing_out import TERMS
from congso.kernel.access.services import Actor, acting_as
from congso.kernel.jobs.models import Job
from congso.kernel.records.models import Record
from congso.kernel.web.offers import offers_for

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]
READ = reverse("directives:read")
FRAGMENT = {"HX-Request": "true"}


def screen(reading: PlanReading) -> str:
    return reverse("directives:reading", args=[reading.pk])


def line(reading: PlanReading, row) -> str:
    return reverse("directives:proposal", args=[reading.pk, row.pk])


def shown(answer) -> str:
    return answer.content.decode()


def edit(row, **facts: str) -> dict[str, str]:
    typed = {"content": row.text, "lead": "VPTU", "deadline": row.deadline_kind, "due": "31/12/2026"} | facts
    return {"act": "save"} | {f"r{row.pk}-{name}": value for name, value in typed.items()}


def test_a_document_offers_to_be_read_to_those_who_assign(world):
    task = make_task(world)
    for who, expected in (("chief", True), ("tracker", True), ("specialist", False), ("clerk", False)):
        with acting_as(Actor.person(getattr(world, who))) as held:
            request = RequestFactory().get("/")
            request.principals = held
            record = Record(pk=task.pk, type="incoming_document")
            offered = [address for _offer, address in offers_for(request, record) if address.startswith(READ)]
        assert offered == ([f"{READ}?source={task.pk}"] if expected else []), who


def test_a_press_starts_the_reading_and_shows_how_far_it_is(signed_in, world):
    source = source_of(world)
    chief = signed_in("chief")
    page = shown(chief.get(READ, {"source": source.pk}))
    assert "Chưa có gì được giao cho đến khi bạn xác nhận" in page
    answer = chief.post(f"{READ}?source={source.pk}", {"organization": world.organizations["VPTU"]})
    with acting_as(Actor.person(world.chief)):
        reading = PlanReading.objects.get()
    assert answer.url == screen(reading)
    assert "Đang đọc văn bản" in shown(chief.get(screen(reading)))
    assert "Đang đọc văn bản" in shown(signed_in("tracker").get(screen(reading)))
    assert shown(chief.get(READ, {"source": source.pk})).count("Đang đọc") == 1


def test_a_reading_is_stopped_and_read_again(signed_in, world):
    reading = started(world)
    chief = signed_in("chief")
    chief.post(reverse("directives:reading-stop", args=[reading.pk]))
    with acting_as(Actor.person(world.chief)):
        assert Job.objects.get(pk=reading.job_id).is_stop_asked
        Job.objects.filter(pk=reading.job_id).update(state=Job.State.STOPPED, message="Đã dừng theo yêu cầu.")
    page = shown(chief.get(screen(reading)))
    assert "Đã dừng theo yêu cầu." in page
    assert "Đọc lại" in page
    chief.post(reverse("directives:reading-again", args=[reading.pk]))
    with acting_as(Actor.person(world.chief)):
        assert Job.objects.get(pk=reading.job_id).state == Job.State.WAITING


def test_the_screen_shows_rows_doubts_first_with_their_reasons(signed_in, world):
    page = shown(signed_in("chief").get(screen(ready(world))))
    assert page.index("Tập huấn kỹ năng số") < page.index("Xây dựng kho dữ liệu")
    assert "Chủ trì: Không có đơn vị nào tên “Ban lạ”." in page
    assert "Xác nhận 3 dòng chắc chắn" in page
    assert "Hằng tháng, 2026–2027" in page


def test_the_list_narrows_to_what_needs_a_person_and_to_a_chapter(signed_in, world):
    reading = ready(world)
    chief = signed_in("chief")
    look = shown(chief.get(screen(reading), {"show": "unit"}))
    assert ("Tập huấn" in look, "Tổng kết" in look) == (True, False)
    chapter = shown(chief.get(screen(reading), {"chapter": "II. Dữ liệu", "order": "paper"}))
    assert ("Xây dựng kho" in chapter, "Rà soát thiết bị" in chapter) == (True, False)
    assert chief.get(screen(reading), {"show": "x", "page": "²", "order": "y"}).status_code == 200


def test_without_script_a_row_is_confirmed_dropped_and_taken_back(signed_in, world):
    reading = ready(world)
    chief, row = signed_in("chief"), rows_of(world, reading)[0]
    for act, state in (("confirm", "confirmed"), ("drop", "dropped"), ("restore", "proposed")):
        answer = chief.post(f"{line(reading, row)}?show=look", {"act": act})
        assert answer.url == f"{screen(reading)}?show=look#row-{row.pk}"
        assert rows_of(world, reading)[0].state == state
    chief.post(reverse("directives:proposals", args=[reading.pk]), {"act": "undo"})
    assert rows_of(world, reading)[0].state == "dropped"


def test_a_key_gets_the_row_and_the_counts_back(signed_in, world):
    reading = ready(world)
    row = rows_of(world, reading)[0]
    answer = shown(signed_in("chief").post(line(reading, row), {"act": "confirm"}, headers=FRAGMENT))
    assert f'id="row-{row.pk}"' in answer
    assert 'hx-swap-oob="true"' in answer
    assert "<html" not in answer


def test_a_row_that_cannot_be_confirmed_says_why_in_its_place(signed_in, world):
    reading = ready(world)
    row = rows_of(world, reading)[3]
    answer = shown(signed_in("chief").post(line(reading, row), {"act": "confirm"}, headers=FRAGMENT))
    assert "Không có đơn vị nào tên “Ban lạ”." in answer
    assert rows_of(world, reading)[3].state == "proposed"


def test_a_correction_is_checked_like_the_grid_and_keeps_what_was_typed(signed_in, world):
    reading = ready(world)
    chief, row = signed_in("chief"), rows_of(world, reading)[0]
    answer = chief.post(line(reading, row), edit(row, lead="không có", due="31/13/2026", content="Sửa rồi"))
    page = shown(answer)
    assert answer.status_code == 422
    assert "Không có đơn vị nào tên “không có”." in page
    assert "không phải là ngày hợp lệ" in page
    assert "Sửa rồi" in page
    chief.post(line(reading, row), edit(row, lead="ban to chuc", due="2027", content="Sửa rồi"))
    row = rows_of(world, reading)[0]
    assert (row.text, row.state, row.due) == ("Sửa rồi", "confirmed", "2027")
    assert row.led_by.organizations == (world.organizations["BTC"],)
    assert row.led_by.written == "VPTU"


def test_what_was_not_touched_in_the_form_stays_as_it_was_read(signed_in, world):
    reading = ready(world)
    chief = signed_in("chief")
    for place in (1, 2, 3):
        row = rows_of(world, reading)[place]
        form = chief.get(line(reading, row), {"view": "edit"}).context["form"]
        typed = {f"r{row.pk}-{name}": str(form[name].value() or "") for name in form.fields}
        chief.post(line(reading, row), {"act": "save", "keep": "1"} | typed)
        after = rows_of(world, reading)[place]
        for name in ("text", "lead", "supporting", "due", "start", "deadline_kind", "recurrence", "schedule_text"):
            assert getattr(after, name) == getattr(row, name), (place, name)


def test_a_row_is_cut_joined_and_its_words_moved_by_plain_forms(signed_in, world):
    reading = ready(world)
    chief, row = signed_in("chief"), rows_of(world, reading)[3]
    assert "Xuống dòng ở chỗ cần cắt" in shown(chief.get(line(reading, row), {"view": "split"}))
    parts = "Tập huấn kỹ năng số.\r\nKiểm tra việc học"
    chief.post(line(reading, row), {"act": "split", "parts": parts})
    assert len(rows_of(world, reading)) == 6
    chief.post(line(reading, row), {"act": "join"})
    assert rows_of(world, reading)[3].text == "Tập huấn kỹ năng số. Kiểm tra việc học"
    chief.post(line(reading, row), {"act": "split", "parts": parts, "toward": "next"})
    assert rows_of(world, reading)[4].text == "Kiểm tra việc học Tổng kết"
    refused = shown(chief.post(line(reading, row), {"act": "split", "parts": "một"}, headers=FRAGMENT))
    assert "Hãy đặt con trỏ vào giữa nội dung" in refused


def test_a_unit_is_chosen_for_every_row_that_writes_it_so(signed_in, world):
    reading = ready(world, [PROPOSALS[3], *PROPOSALS])
    chief, row = signed_in("chief"), rows_of(world, reading)[0]
    page = shown(chief.get(line(reading, row), {"view": "unit", "written": "Ban lạ"}))
    assert "Có 2 dòng viết như vậy." in page
    sent = {"act": "unit", "written": "Ban lạ", "unit": "xyz", "everywhere": "on"}
    assert "Không có đơn vị nào tên “xyz”." in shown(chief.post(line(reading, row), sent))
    chief.post(line(reading, row), sent | {"unit": "mặt trận"})
    named = [one.led_by.organizations for one in rows_of(world, reading) if one.led_by.written == "Ban lạ"]
    assert named == [(world.organizations["MT"],)] * 2


def test_handing_out_shows_what_would_happen_and_asks_about_groups(signed_in, world):
    reading = ready(world)
    review(world, "chief", confirm_certain, reading)
    address = reverse("directives:hand-out", args=[reading.pk])
    chief = signed_in("chief")
    page = shown(chief.get(address))
    assert "3 dòng thành 4 nhiệm vụ" in page
    assert f"{COMMUNES} (2 đơn vị) chủ trì 1 dòng" in page
    ids = ",".join(str(row.pk) for row in rows_of(world, reading) if row.state == "confirmed")
    sent = {"ids": ids, "source_symbol": "16-KH/TU", "assigned_on": "23/11/2026", "g0-how": "one", "g0-lead": ""}
    assert "Hãy chọn đơn vị chủ trì nhiệm vụ chung." in shown(chief.post(address, sent | {"act": "give"}))
    sent |= {"g0-lead": "Đảng ủy xã Mẫu"}
    assert "3 dòng thành 3 nhiệm vụ" in shown(chief.post(address, sent | {"act": "look"}))
    answer = chief.post(address, sent | {"act": "give"})
    assert answer.status_code == 302, shown(answer)
    again = chief.post(address, sent | {"act": "give"}, follow=True)
    assert "đã giao thành nhiệm vụ" in shown(again)
    with acting_as(Actor.person(world.chief)):
        assert HandOut.objects.count() == 3
    page = shown(chief.get(screen(reading), {"show": "assigned"}))
    assert page.count("Mở nhiệm vụ") == 3


def test_a_chapter_or_filter_is_handed_out_alone(signed_in, world):
    reading = ready(world)
    review(world, "chief", confirm_certain, reading)
    address = reverse("directives:hand-out", args=[reading.pk])
    page = shown(signed_in("chief").get(address, {"chapter": "II. Dữ liệu"}))
    assert "2 dòng thành 2 nhiệm vụ" in page


def test_rows_that_cannot_go_out_are_named_before_anything_is_given(signed_in, world):
    from dataclasses import replace

    reading = ready(world, [replace(PROPOSALS[0], due="2025")])
    row = rows_of(world, reading)[0]
    review(world, "chief", confirm_proposals, reading, [row.pk])
    page = shown(signed_in("chief").get(reverse("directives:hand-out", args=[reading.pk])))
    assert "Hạn trước ngày giao 23/11/2026." in page


def test_the_rows_go_to_excel_as_the_screen_shows_them(signed_in, world):
    reading = ready(world)
    answer = signed_in("chief").get(reverse("directives:reading-export", args=[reading.pk]), {"show": "look"})
    sheet = load_workbook(BytesIO(b"".join(answer.streaming_content))).active
    rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=6)]
    assert [row[0] for row in rows] == ["III.2", "III.3"]
    assert rows[0][3] == "Ban lạ"


@pytest.mark.parametrize("who", ["stranger", "agency_leader", "clerk", "specialist", "head", "commune_leader"])
def test_a_reading_does_not_exist_for_others(signed_in, world, who):
    reading = ready(world)
    row = rows_of(world, reading)[0]
    client = signed_in(who)
    addresses = [screen(reading), line(reading, row), reverse("directives:hand-out", args=[reading.pk]),
                 reverse("directives:reading-export", args=[reading.pk])]  # fmt: skip
    assert [client.get(address).status_code for address in addresses] == [404] * 4
    names = ("proposals", "reading-stop", "hand-out")
    posts = [line(reading, row), *(reverse(f"directives:{name}", args=[reading.pk]) for name in names)]
    assert [client.post(address, {"act": "confirm"}).status_code for address in posts] == [404] * 4
    assert rows_of(world, reading)[0].state == "proposed"


@pytest.mark.parametrize(("who", "status"), [("clerk", 403), ("specialist", 403), ("agency_leader", 404)])
def test_who_may_not_start_a_reading(signed_in, world, who, status):
    source = source_of(world)
    assert signed_in(who).get(READ, {"source": source.pk}).status_code == status


def test_a_source_that_is_not_there_is_not_read(signed_in):
    for asked in ("", "x", "999999999"):
        assert signed_in("chief").get(READ, {"source": asked}).status_code == 404


def test_an_act_or_view_nobody_knows_is_not_there(signed_in, world):
    reading = ready(world)
    row = rows_of(world, reading)[0]
    chief = signed_in("chief")
    assert chief.get(line(reading, row), {"view": "x"}).status_code == 404
    assert chief.post(line(reading, row), {"act": "x"}).status_code == 404
    assert chief.post(reverse("directives:proposals", args=[reading.pk]), {"act": "x"}).status_code == 404


def test_the_screen_asks_as_much_for_two_hundred_rows_as_for_five(signed_in, world, django_assert_max_num_queries):
    few, many = ready(world), ready(world, PROPOSALS * 40)
    review(world, "chief", confirm_certain, many)
    given = [row.pk for row in rows_of(world, many) if row.state == "confirmed"][:1]
    review(world, "chief", hand_out, many, given, terms=TERMS)
    chief = signed_in("chief")
    for reading in (few, many):
        with django_assert_max_num_queries(21):
            chief.get(screen(reading))
    row = rows_of(world, many)[-1]
    with django_assert_max_num_queries(30):
        chief.post(line(many, row), {"act": "drop"}, headers=FRAGMENT)
